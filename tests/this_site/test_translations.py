"""The catalogs of this site: each translation is accepted, damaged ones are not, and none is of another guide."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from translate.storage.pypo import pofile

from i18n import catalogs, coverage, guides, locales
from i18n.coverage import State
from i18n.guides import Guide
from i18n.locales import Locale
from i18n.merge import Pool, foreign
from tests import system
from tests.configured import language
from tests.test_faithful import MD
from tests.test_mutations import Translated, assert_only_damage_is_refused
from tests.this_site import ROOT

LOCALES = locales.in_folder(ROOT / "locales")[0]


PARTS = 8
"""So many tests try all guides, so that no process has to try all alone."""


@cache
def every_guide() -> list[Guide]:
    return guides.load_all(ROOT / "guides", MD)[0]


def of_catalogs(part: int) -> Iterator[Translated]:
    """Where it is, unit, msgstr and language, for each unit of each guide that is translated and not stale."""
    for locale in LOCALES:
        for guide in every_guide()[part::PARTS]:
            translation, _ = coverage.translation_of(guide, locale, ROOT / "locales", language(locale.name))
            for unit in guide.units:
                judged = translation.judge(unit)
                if judged.entry is not None and judged.state in (State.TRANSLATED, State.REFUSED):
                    place = f"{locale.name}/{guide.slug}.po:{judged.entry.linenum}"
                    yield place, unit, judged.entry.msgstr, translation.language


EVERY = 4
"""Of the mutations that can be made of any words, each translation has a quarter; all others each translation has."""


@pytest.mark.parametrize("part", range(PARTS))
def test_real_translations_pass_and_damaged_ones_do_not(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    """No translation of this site is refused as it is, judged as the build does; what is damaged of them is."""
    assert_only_damage_is_refused(of_catalogs(part), f"catalogs, part {part + 1} of {PARTS}", record_property, EVERY)


@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: locale.name)
def test_no_stale_message_is_of_another_guide(locale: Locale) -> None:
    """In the catalogs of this site no message has the translation of a sentence that never stood in its guide."""
    found = {path: catalogs.load(path) for path in sorted((ROOT / "locales" / locale.name).rglob("*.po"))}
    pool = Pool(found.values())
    strangers = {path.stem: [entry.msgid for entry in foreign(catalog, pool)] for path, catalog in found.items()}
    assert {name: msgids for name, msgids in strangers.items() if msgids} == {}


ALL = sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po"))


def test_translate_toolkit_leaves_our_catalogs_as_they_are() -> None:
    """Weblate's library writes each catalog of the site as it has read it: who corrects a word changes a line."""
    assert ALL
    for path in ALL:
        text = catalogs.text_of(catalogs.load(path))
        assert bytes(pofile.parsestring(text.encode())).decode() == text, path


def test_one_corrected_word_changes_one_line() -> None:
    """In Weblate, told as docs/weblate.md says to wrap nowhere, a correction is a difference of one line."""
    path = ROOT / "locales/fr/LC_MESSAGES/arrested.po"
    text = catalogs.text_of(catalogs.load(path))
    store = pofile.parsestring(text.encode())
    store.wrapper.width = 65535
    unit = max((unit for unit in store.units if unit.istranslated()), key=lambda unit: len(unit.target))
    unit.target = unit.target.replace(" ", " et ", 1)
    before, after = text.splitlines(), bytes(store).decode().splitlines()
    assert len(before) == len(after)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1


def test_gettext_leaves_our_catalogs_as_they_are() -> None:
    """GNU gettext, too, when it is told not to wrap; Poedit writes as gettext does."""
    system.needed("msgfmt")
    for path in ALL:
        text = catalogs.text_of(catalogs.load(path))
        done = subprocess.run(["msgcat", "--no-wrap", "-"], input=text, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == (text, ""), path
