"""What the search of a language looks through, and what its list from A to Z holds."""

from __future__ import annotations

import bz2
import json
import re
import zlib
from base64 import b64decode
from operator import itemgetter
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml

from generator import values
from generator.edition import Edition
from generator.index import Landmark
from generator.page import PageExtension
from generator.search import Entry, Part, Words, script
from generator.site import ENGLISH, Site
from i18n import guides
from i18n.catalogs import new
from i18n.coverage import State
from i18n.guides import Guide
from i18n.locales import Locale
from macros.a_z.a_z import groups

EXTENSIONS = ("attr_list", "def_list", "tables", "admonition", "pymdownx.details", "pymdownx.blocks.html")

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


def guide_of(text: str, slug: str = "arrested") -> Guide:
    return guides.parse(Path(f"guides/{slug}.md"), text, guides.markdown(list(EXTENSIONS), PageExtension()))


def site_of(folder: Path, *given: Guide) -> Site:
    addresses = {f"{guide.slug}.md": f"{guide.slug}/" for guide in given}
    return Site(folder, guides=given, addresses=addresses, macros=folder)


def parts_of(text: str, folder: Path) -> tuple[Part, ...]:
    """What the search knows of an English page."""
    guide = guide_of(text)
    return Edition(site_of(folder, guide), ENGLISH).page(guide).parts


def unpacked(made: str) -> str:
    """The JSON in the file that the search page loads."""
    found = re.fullmatch(r'var searchPages = unpack\("([\w+/=]+)", (\d+), (\d+)\);\n', made)
    assert found
    packed = b64decode(found[1])
    plain = bz2.decompress(packed)
    assert (zlib.adler32(packed), len(plain)) == (int(found[2]), int(found[3]))
    return plain.decode()


def edition_of(folder: Path, locale: str, translated: dict[str, str], *given: Guide) -> Edition:
    """An edition whose catalogs translate what `translated` has."""
    for guide in given:
        catalog = new(Locale.of(locale))
        catalog.extend(polib.POEntry(msgid=english, msgstr=other) for english, other in translated.items())
        path = folder / locale / "LC_MESSAGES" / f"{guide.slug}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))
    return Edition(site_of(folder, *given), Locale.of(locale))


def test_words_are_those_of_the_page_part_by_part(tmp_path: Path) -> None:
    """Each heading with its anchor, each block as plain words; the page's first heading is the page itself."""
    assert parts_of(GUIDE, tmp_path) == (
        Part("", Words("Stopped or arrested"), (Words("Call a lawyer, now *."),)),
        Part(
            "steps",
            Words("Steps"),
            (Words("Say nothing."), Words("Ask for:"), Words("an interpreter"), Words("water")),
        ),
    )


def test_words_are_in_the_language_that_readers_see(tmp_path: Path) -> None:
    """Translated blocks give the translation; blocks left in English say so; earlier ones are left out."""
    guide = guide_of(GUIDE)
    edition_of(tmp_path, "fr", {"Steps": "Étapes", "Say nothing.": "Ne dites rien."}, guide)
    catalog = tmp_path / "fr" / "LC_MESSAGES" / "arrested.po"
    catalog.write_text(
        catalog.read_text("utf-8") + '\n#, fuzzy\n#| msgid "some water"\nmsgid "water"\nmsgstr "de l’eau"\n', "utf-8"
    )
    page = Edition(site_of(tmp_path, guide), Locale.of("fr")).page(guide)
    assert "de l’eau" in page.html
    _, steps = page.parts
    assert steps.heading == Words("Étapes")
    assert steps.blocks == (
        Words("Ne dites rien."),
        Words("Ask for:", "en"),
        Words("an interpreter", "en"),
        Words("water", "en"),
    )


def test_a_macro_is_found_by_what_it_shows(tmp_path: Path) -> None:
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
    text = "# A\n\nThere are {{ value() }} {{ source() }}.\n\nAnd {{ both() }}!\n\n{{ items() }}\n\n{{ all() }}\n"
    assert [block.text for block in parts_of(text, tmp_path)[0].blocks] == [
        "There are 196.",
        "And two!",
        "one & only",
        "two",
    ]


def test_a_term_is_a_part_of_its_own(tmp_path: Path) -> None:
    """A search for a term leads to its explanation, not to the top of a long list."""
    assert parts_of("# Words\n\nCCF { #ccf }\n:   A body.\n\nplain\n:   No anchor.\n", tmp_path) == (
        Part("", Words("Words")),
        Part(
            "ccf",
            Words("CCF"),
            (
                Words("A body."),
                Words("plain"),
                Words("No anchor."),
            ),
        ),
    )


def test_what_only_repeats_is_left_out(tmp_path: Path) -> None:
    """The flat twin of a decision tree only repeats words, so the search leaves it out."""
    text = '# A\n\n??? question "Yes"\n    Go on.\n\n/// html | div.flat-twin\n///\n'
    assert [block.text for block in parts_of(text, tmp_path)[0].blocks] == ["Yes", "Go on."]


def test_the_file_is_plain_and_always_the_same() -> None:
    """Other languages than the page's are marked; the same entries give the same bytes."""
    entries = [
        Entry(
            "arrested/",
            Words("Arrêté"),
            "menottes",
            [
                Part(
                    "a",
                    Words("Steps", "en"),
                    (
                        Words("Un"),
                        Words("اثنان", "ar"),
                    ),
                )
            ],
        )
    ]
    made = script(entries, "fr")
    assert made == script(entries, "fr")
    assert json.loads(unpacked(made)) == [["arrested/", "Arrêté", "menottes", ["a", "\tSteps", "Un", {"ar": "اثنان"}]]]


def test_search_words_are_translated_and_seen_nowhere(tmp_path: Path) -> None:
    """`search` is in catalogs, found in both languages, on no page, and a page is whole without its translation."""
    guide = guide_of(GUIDE)
    shown = {unit.msgid: f"x {unit.msgid}" for unit in guide.shown}
    edition = edition_of(tmp_path, "fr", shown, guide)
    assert "handcuffs" in [unit.msgid for unit in guide.units]
    assert edition.coverage["arrested"].english == 0
    assert '"handcuffs"' in unpacked(edition.search_script())
    assert set(edition.meta(guide)) == {"title", "summary"}
    edition = edition_of(tmp_path, "fr", {"handcuffs": "menottes"}, guide)
    assert '"menottes, handcuffs"' in unpacked(edition.search_script())


def test_search_words_of_an_older_english_still_serve(tmp_path: Path) -> None:
    """Nobody sees search words, so readers find a page by their translation also after the English has changed."""
    guide = guide_of(GUIDE)
    edition = edition_of(tmp_path, "fr", {"handcuffs": "menottes"}, guide)
    path = tmp_path / "fr" / "LC_MESSAGES" / f"{guide.slug}.po"
    catalog = polib.pofile(str(path))
    catalog[0].flags.append("fuzzy")
    catalog[0].previous_msgid = "cuffs"
    catalog.save(str(path))
    edition = Edition(site_of(tmp_path, guide), Locale.of("fr"))
    assert edition.coverage["arrested"].counts[State.TRANSLATED] == 0
    assert '"menottes, handcuffs"' in unpacked(edition.search_script())


def test_landmarks_are_pages_terms_and_headings_of_their_own(tmp_path: Path) -> None:
    """Headings that two guides have and words for macros are not listed; what is not translated says it is English."""
    phrase = "- from the day\n  { #start }\n"
    one = guide_of(f"---\ntitle: One\n---\n# One\n\n## Steps\n\n{phrase}\n## Bail {{ #bail }}\n", "one")
    two = guide_of("---\ntitle: Two\n---\n# Two\n\n## Steps\n\nCCF { #ccf }\n:   A body.\n", "two")
    edition = edition_of(tmp_path, "fr", {"Two": "Deux", "Bail": "Caution"}, one, two)
    assert edition.landmarks == [
        Landmark("one", "", "One", "en"),
        Landmark("one", "bail", "Caution", "", "One", "en"),
        Landmark("two", "", "Deux", ""),
        Landmark("two", "ccf", "CCF", "en"),
    ]


def test_index_is_the_same_wherever_it_is(tmp_path: Path) -> None:
    """A list of all headings can be in any block, even in a heading, whichever page is rendered first."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index/index.html").write_text(
        "{% macro index() %}{% for line in landmarks() %}[{{ line.words }}]{% endfor %}{% endmacro %}", encoding="utf-8"
    )
    one = guide_of("---\ntitle: One\n---\n# One\n\n{{ index() }}\n\n## Bail { #bail }\n", "one")
    two = guide_of("---\ntitle: Two\n---\n# Two\n\n## {{ index() }}\n", "two")
    for order in ((one, two), (two, one)):
        edition = Edition(site_of(tmp_path, one, two), ENGLISH)
        pages = {guide.slug: edition.page(guide) for guide in order}
        assert "<p>[One][Bail][Two]</p>" in pages["one"].html
        assert ">[One][Bail][Two]</h2>" in pages["two"].html
        assert pages["one"].call_faults == pages["two"].call_faults == ()


CASES = Path(__file__).parent / "cases" / "search"


@pytest.mark.parametrize(
    "case", yaml.safe_load((CASES / "a_z.yml").read_text(encoding="utf-8")), ids=itemgetter("locale")
)
def test_a_to_z_is_that_of_the_language(case: dict[str, Any]) -> None:
    """Letters, their order and the articles that do not count are those of the language; Chinese goes by sound."""
    languages = values.load(CASES.parent.parent.parent / "data")["languages"]
    found = groups([Landmark("x", "", line, "") for line in case["lines"]], languages, case["locale"])
    assert [(letter, [line.words for line in lines]) for letter, lines in found] == list(case["expected"].items())
