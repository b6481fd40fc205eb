"""Words that stand in a guide and that macros repeat elsewhere, each found by the anchor that a writer gave it."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from generator.edition import Edition
from generator.site import ENGLISH, Site
from generator.values import ValuesError
from i18n import guides
from i18n.catalogs import new
from i18n.guides import Guide
from i18n.locales import Locale

FRENCH = Locale.of("fr")
TEXT = """---
title: Dates
---
# Dates

## Starts { #starts }

- from the *day* of the arrest
  { #start-arrest }
- from the day
  you are told
  { #start-told }
- from the last of {{ fact("days") }} days
  { #start-last }
- without an anchor

Term { #term }
:   Its body.
"""


@pytest.fixture
def guide() -> Guide:
    md = guides.markdown(["attr_list", "def_list"])
    return guides.parse(Path("guides/dates.md"), TEXT, md)


@pytest.fixture
def french(guide: Guide, tmp_path: Path) -> Edition:
    """An edition in which one of the phrases is translated."""
    catalog = new(FRENCH)
    catalog.append(polib.POEntry(msgid="from the day you are told", msgstr="à compter du jour où vous l’apprenez"))
    path = tmp_path / "fr/LC_MESSAGES/dates.po"
    path.parent.mkdir(parents=True)
    catalog.save(str(path))
    return Edition(Site(tmp_path, guides=[guide]), FRENCH)


def test_what_has_an_anchor_of_its_own(guide: Guide) -> None:
    """Each block to which a writer gave an anchor is found by it: items, headings and terms; no other is."""
    assert {anchor: unit.msgid for anchor, unit in guide.source.phrases.items()} == {
        "starts": "Starts",
        "start-arrest": "from the *day* of the arrest",
        "start-told": "from the day you are told",
        "start-last": 'from the last of {{ fact("days") }} days',
        "term": "Term",
    }


def test_words_in_the_language_of_the_call(french: Edition) -> None:
    """A call in a translated block gets the translation, or English that is marked; one in English gets English."""
    assert french.phrase(FRENCH, "dates", "start-told") == ("à compter du jour où vous l’apprenez", "")
    assert french.phrase(FRENCH, "dates", "start-arrest") == ("from the day of the arrest", "en")
    assert french.phrase(ENGLISH, "dates", "start-told") == ("from the day you are told", "")


def test_words_in_the_english_edition(guide: Guide, tmp_path: Path) -> None:
    """In English nothing is marked as English."""
    edition = Edition(Site(tmp_path, guides=[guide]), ENGLISH)
    assert edition.phrase(ENGLISH, "dates", "start-arrest") == ("from the day of the arrest", "")


@pytest.mark.parametrize(
    ("slug", "anchor", "says"),
    [
        (
            "dates",
            "start-tolt",
            'guides/dates.md has no words with the anchor "start-tolt". Did you mean "start-told"?',
        ),
        (
            "dates",
            "hearing",
            'guides/dates.md has no words with the anchor "hearing". Write them there, with { #hearing } below them.',
        ),
        (
            "days",
            "hearing",
            'guides/days.md, which has the words "hearing", is missing or cannot be read. Write that guide.',
        ),
        ("dates", "start-last", 'guides/dates.md: the words "start-last" contain a call. Write it outside of them.'),
    ],
)
def test_words_that_are_not_there(slug: str, anchor: str, says: str, french: Edition) -> None:
    """Words that cannot be shown are an error with the file and what to do, and never an empty place."""
    with pytest.raises(ValuesError) as raised:
        french.phrase(FRENCH, slug, anchor)
    assert str(raised.value) == says
