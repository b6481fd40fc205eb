"""The translator's view: block by block the English, the translation, and what is to be done."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polib
import pytest
from markdown import Markdown

from generator.view import Memory, Suggestion, difference, rows
from i18n import catalogs, guides
from i18n.coverage import PseudoTranslation, State, Translation
from tests.configured import EXTENSIONS
from tests.project import lay_out

PATH = Path("locales/fr/LC_MESSAGES/help.po")
GUIDE = """\
---
title: Help
---
# What to do

Call a neighbour now.

You have {{ fact("litres") }} days.

Do not sign.

Nobody translated this.
"""
CATALOG = """\
msgid ""
msgstr "Language: fr\\n"

msgid "Help"
msgstr "Aide"

msgid "What to do"
msgstr "Que faire"

#, fuzzy
#| msgid "Call a neighbour."
msgid "Call a neighbour now."
msgstr "Appelez un voisin."

msgid "You have {{ fact(\\"litres\\") }} days."
msgstr "Vous avez des jours."

msgid "Do not sign."
msgstr ""
"""


@cache
def md() -> Markdown:
    return guides.markdown(EXTENSIONS)


@cache
def guide() -> guides.Guide:
    return guides.parse(Path("guides/help.md"), GUIDE, md())


@pytest.fixture
def translation(tmp_path: Path) -> Translation:
    path = tmp_path / "help.po"
    path.write_text(CATALOG, encoding="utf-8")
    return Translation(catalogs.load(path))


def test_rows_are_all_units_in_reading_order(translation: Translation) -> None:
    """Each unit of the page has a row, the title first, with its place and how it stands."""
    assert [(row.place, row.unit.msgid, row.state) for row in rows(guide(), translation, PATH)] == [
        ("help#title", "Help", State.TRANSLATED),
        ("help#what-to-do:1", "What to do", State.TRANSLATED),
        ("help#what-to-do:2", "Call a neighbour now.", State.STALE),
        ("help#what-to-do:3", 'You have {{ fact("litres") }} days.', State.REFUSED),
        ("help#what-to-do:4", "Do not sign.", State.MISSING),
        ("help#what-to-do:5", "Nobody translated this.", State.MISSING),
    ]


def test_row_says_where_to_write(translation: Translation) -> None:
    """A row names the file and the line of its message; the file alone when the catalog has no such message."""
    assert [row.file.removeprefix(str(PATH)) for row in rows(guide(), translation, PATH)] == [
        ":4",
        ":7",
        ":10",
        ":15",
        ":18",
        "",
    ]


def test_row_has_what_there_is_of_a_translation(translation: Translation) -> None:
    """Also words that no reader is shown are there to go on with, and why they are refused."""
    found = rows(guide(), translation, PATH)
    assert [row.translation for row in found] == [
        "Aide",
        "Que faire",
        "Appelez un voisin.",
        "Vous avez des jours.",
        "",
        "",
    ]
    assert [row.judgement.reason for row in found if row.judgement.reason] == [
        'The translation lost {{ fact("litres") }}. Copy it unchanged from the msgid.'
    ]


def test_row_shows_what_changed(translation: Translation) -> None:
    """Only a stale row has a change: from the English that was translated to that of now."""
    changes = {row.unit.msgid: row.change for row in rows(guide(), translation, PATH) if row.change}
    assert changes == {
        "Call a neighbour now.": (("same", "Call a "), ("gone", "neighbour."), ("new", "neighbour now.")),
    }


def test_stale_without_the_old_english_has_no_change() -> None:
    """A tool that keeps no previous msgid leaves nothing to compare."""
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid="Do not sign.", msgstr="Ne signez pas.", flags=["fuzzy"]))
    row = rows(guide(), Translation(catalog), PATH)[4]
    assert (row.state, row.change) == (State.STALE, ())


def test_without_a_catalog_all_is_missing() -> None:
    """A guide without any translation has all its rows."""
    found = rows(guide(), Translation(None), PATH)
    assert {row.state for row in found} == {State.MISSING}
    assert {row.file for row in found} == {str(PATH)}
    assert len(found) == 6


def test_pseudo_translation_has_no_line() -> None:
    """Words of a pseudo-locale are made on the fly, so their rows name no line of a file."""
    found = rows(guide(), PseudoTranslation(), PATH)
    assert {row.state for row in found} == {State.TRANSLATED}
    assert {row.file for row in found} == {str(PATH)}


def test_empty_unit_has_a_suggestion(translation: Translation) -> None:
    """A unit that has no translation is shown that of the most similar sentence of any guide, with its guide."""
    other = guides.parse(Path("guides/other.md"), "# Sign\n\nDo not sign it.\n\nDo not ask.\n", md())
    catalog = polib.POFile()
    for msgid, msgstr in (("Sign", "Signer"), ("Do not sign it.", "Ne le signez pas."), ("Do not ask.", "<b>")):
        catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    memory = Memory(lambda: [(guide(), translation), (other, Translation(catalog))])
    assert {row.unit.msgid: row.suggestion for row in rows(guide(), translation, PATH, memory) if row.suggestion} == {
        "Do not sign.": Suggestion(
            "other", "Ne le signez pas.", (("same", "Do not "), ("gone", "sign it."), ("new", "sign."))
        )
    }


def test_suggestion_is_in_no_catalog_and_in_the_view(tmp_path: Path) -> None:
    """While serving, the view says what stands in which guide; the catalog has no byte of it."""
    project = lay_out(tmp_path)
    project.guide("help").write_text(
        project.guide("help").read_text(encoding="utf-8") + "\nDo not drink tap water here.\n", encoding="utf-8"
    )
    assert project.run("-m", "i18n", "update").returncode == 0
    found = catalogs.load(project.catalog("fr", "help")).find("Do not drink tap water here.")
    assert (found.msgstr, found.fuzzy) == ("", False)
    script = (
        "from pathlib import Path; import publish; from i18n.catalogs import Locale; "
        "print(publish.build(Locale.of('fr'), Path('site/making'), publish.now(publish.ROOT), True).faults)"
    )
    assert project.run("-c", script).stdout == "[]\n"
    page = (project.root / "site/fr/translate/help/index.html").read_text(encoding="utf-8")
    assert "In help: Do not drink tap <del>water.</del><ins>water here.</ins></p>" in page
    assert '<p class="suggestion" lang="fr" dir="ltr">Ne buvez pas l’eau du robinet.</p>' in page


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("one two", "one two", [("same", "one two")]),
        ("one two", "one", [("gone", "one two"), ("new", "one")]),
        ("one two three", "one three", [("same", "one "), ("gone", "two "), ("same", "three")]),
        ("one three", "one two three", [("same", "one "), ("new", "two "), ("same", "three")]),
        ("one", "two", [("gone", "one"), ("new", "two")]),
        ("", "one", [("new", "one")]),
        ("", "", []),
    ],
)
def test_difference(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Runs of words in order; those that are not new are the old text, those that are not gone the new one."""
    found = list(difference(old, new))
    assert found == expected
    assert "".join(words for kind, words in found if kind != "new") == old
    assert "".join(words for kind, words in found if kind != "gone") == new
