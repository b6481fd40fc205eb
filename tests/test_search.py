"""What the search of a language looks through, and what its list from A to Z holds."""

from __future__ import annotations

import json
from operator import itemgetter
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml

from generator import values
from generator.edition import Edition, Landmark, landmarks
from generator.macros import MacroExtension, Macros
from generator.search import Entry, Part, SearchIndexExtension, Words, script
from i18n import guides
from i18n.catalogs import new
from i18n.guides import Guide
from i18n.locales import Locale
from macros.a_z.a_z import groups

EXTENSIONS = ["attr_list", "def_list", "tables", "admonition", "pymdownx.details", "pymdownx.blocks.html",
              "generator.decision_tree"]  # fmt: skip

GUIDE = """---
title: Arrested
summary: What to do.
search: handcuffs
---
# Stopped or *arrested*

Call a [lawyer](get-help.md), **now** \\*.

## Steps { #steps }

1. Say nothing.
2. Ask for:

    - an interpreter
    - water
"""


@pytest.fixture
def index() -> SearchIndexExtension:
    return SearchIndexExtension()


def guide_of(
    text: str, index: SearchIndexExtension, slug: str = "arrested", macros: MacroExtension | None = None
) -> Guide:
    md = guides.markdown(list(EXTENSIONS), index, *([macros] if macros else []))
    return guides.parse(Path(f"guides/{slug}.md"), text, md)


def edition_of(folder: Path, locale: str, translated: dict[str, str], *given: Guide) -> Edition:
    """An edition whose catalogs translate what `translated` has."""
    for guide in given:
        catalog = new(Locale.of(locale))
        catalog.extend(polib.POEntry(msgid=english, msgstr=other) for english, other in translated.items())
        path = folder / locale / "LC_MESSAGES" / f"{guide.slug}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))
    edition = Edition(Locale.of(locale), folder)
    for guide in given:
        edition.add(guide)
    return edition


def test_words_are_those_of_the_page_part_by_part(index: SearchIndexExtension) -> None:
    """Each heading with its anchor, each block as plain words; the page's first heading is the page itself."""
    guide_of(GUIDE, index).source.render()
    assert index.index.parts == [
        Part("", Words("Stopped or arrested"), [Words("Call a lawyer, now *.")]),
        Part(
            "steps",
            Words("Steps"),
            [Words("Say nothing."), Words("Ask for:"), Words("an interpreter"), Words("water")],
        ),
    ]


def test_words_are_in_the_language_that_readers_see(index: SearchIndexExtension, tmp_path: Path) -> None:
    """Translated blocks give the translation; blocks left in English say so; earlier ones are left out."""
    guide = guide_of(GUIDE, index)
    edition = edition_of(tmp_path, "fr", {"Steps": "Étapes", "Say nothing.": "Ne dites rien."}, guide)
    catalog = tmp_path / "fr" / "LC_MESSAGES" / "arrested.po"
    catalog.write_text(
        catalog.read_text("utf-8") + '\n#, fuzzy\n#| msgid "some water"\nmsgid "water"\nmsgstr "de l’eau"\n', "utf-8"
    )
    edition = Edition(Locale.of("fr"), tmp_path)
    edition.add(guide)
    assert "de l’eau" in edition.render(guide)
    _, steps = index.index.parts
    assert steps.heading == Words("Étapes")
    assert steps.blocks == [
        Words("Ne dites rien."),
        Words("Ask for:", "en"),
        Words("an interpreter", "en"),
        Words("water", "en"),
    ]


def test_a_macro_is_found_by_what_it_shows(index: SearchIndexExtension, tmp_path: Path) -> None:
    """The words of a macro stand in their sentence, its blocks are blocks, and what excludes itself is left out."""
    templates = {
        "value": "<b>196</b>",
        "source": '<a data-search-exclude href="#">(S1)</a>',
        "both": '<b>two</b> <a data-search-exclude href="#">(S2)</a>',
        "items": "<ul><li>one &amp; only</li><li>two</li></ul>",
        "all": "<ul data-search-exclude><li>gone</li></ul>",
    }
    for name, html in templates.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_text(f"{{% macro {name}() %}}{html}{{% endmacro %}}", "utf-8")
    macros = MacroExtension()
    macros.speak = lambda tag: Macros({}, edition.words, tag, folder=tmp_path)
    macros.lang = "en"
    edition = Edition(Locale.of("en"), tmp_path)
    text = "# A\n\nThere are {{ value() }} {{ source() }}.\n\nAnd {{ both() }}!\n\n{{ items() }}\n\n{{ all() }}\n"
    guide_of(text, index, macros=macros).source.render()
    assert [block.text for block in index.index.parts[0].blocks] == ["There are 196.", "And two!", "one & only", "two"]


def test_a_term_is_a_part_of_its_own(index: SearchIndexExtension) -> None:
    """A search for a term leads to its explanation, not to the top of a long list."""
    guide_of("# Words\n\nCCF { #ccf }\n:   A body.\n\nplain\n:   No anchor.\n", index).source.render()
    assert index.index.parts == [
        Part("", Words("Words")),
        Part("ccf", Words("CCF"), [Words("A body."), Words("plain"), Words("No anchor.")]),
    ]


def test_what_only_repeats_is_left_out(index: SearchIndexExtension) -> None:
    """The flat twin of a decision tree says nothing new."""
    text = '# A\n\n??? question "Yes"\n    Go on.\n\n/// html | div.flat-twin\n///\n'
    guide_of(text, index).source.render()
    assert [block.text for block in index.index.parts[0].blocks] == ["Yes", "Go on."]


def test_the_file_is_plain_and_always_the_same() -> None:
    """Other languages than the page's are marked; the same entries give the same bytes."""
    entries = [
        Entry(
            "arrested/",
            Words("Arrêté"),
            "menottes",
            [Part("a", Words("Steps", "en"), [Words("Un"), Words("Two", "en")])],
        )
    ]
    made = script(entries, "fr")
    assert made == script(entries, "fr")
    assert json.loads(made.removeprefix("var searchPages = ").removesuffix(";\n")) == [
        ["arrested/", "Arrêté", "menottes", ["a", {"en": "Steps"}, "Un", {"en": "Two"}]]
    ]


def test_search_words_are_translated_and_seen_nowhere(index: SearchIndexExtension, tmp_path: Path) -> None:
    """`search` is in catalogs, found in both languages, on no page, and a page is whole without its translation."""
    guide = guide_of(GUIDE, index)
    shown = {unit.msgid: f"x {unit.msgid}" for unit in guide.shown}
    edition = edition_of(tmp_path, "fr", shown, guide)
    assert "handcuffs" in [unit.msgid for unit in guide.units]
    assert edition.coverage["arrested"].english == 0
    assert edition.searched(guide) == "handcuffs"
    assert set(edition.meta(guide)) == {"title", "summary"}
    edition = edition_of(tmp_path, "fr", {"handcuffs": "menottes"}, guide)
    assert edition.searched(guide) == "menottes, handcuffs"


def test_landmarks_are_pages_terms_and_headings_of_their_own(index: SearchIndexExtension, tmp_path: Path) -> None:
    """A heading that two guides have is not listed; what is not translated says that it is English."""
    one = guide_of("---\ntitle: One\n---\n# One\n\n## Steps\n\n## Bail { #bail }\n", index, "one")
    two = guide_of("---\ntitle: Two\n---\n# Two\n\n## Steps\n\nCCF { #ccf }\n:   A body.\n", index, "two")
    edition = edition_of(tmp_path, "fr", {"Two": "Deux", "Bail": "Caution"}, one, two)
    assert landmarks(edition) == [
        Landmark("one", "", "One", "en"),
        Landmark("one", "bail", "Caution", "", "One", "en"),
        Landmark("two", "", "Deux", ""),
        Landmark("two", "ccf", "CCF", "en"),
    ]


CASES = Path(__file__).parent / "cases" / "search"


@pytest.mark.parametrize(
    "case", yaml.safe_load((CASES / "a_z.yml").read_text(encoding="utf-8")), ids=itemgetter("locale")
)
def test_a_to_z_is_that_of_the_language(case: dict[str, Any]) -> None:
    """Letters, their order and the articles that do not count are those of the language; Chinese goes by sound."""
    languages = values.load(CASES.parent.parent.parent / "data")["languages"]
    found = groups([Landmark("x", "", line, "") for line in case["lines"]], languages, case["locale"])
    assert [(letter, [line.words for line in lines]) for letter, lines in found] == list(case["expected"].items())
