"""References: the short marks of a page, their numbers, and the list at its end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import page
from generator.macros import Macros
from generator.page import PageExtension, Voice
from generator.references import Reference, numbered, placeholder, without
from i18n import guides
from i18n.markdown import Choice
from i18n.unit import Unit
from i18n.words import Words

ANCHORS = re.compile(r'id="([^"]+)"')


def mark(*values: str) -> str:
    return f"<a>[rule {placeholder(*values)}]</a>"


def test_same_reference_has_one_number() -> None:
    """A reference that is marked twice has one number and one entry, and a way back to each of its marks."""
    html, groups = numbered(f"<p>{mark('A', '1')} {mark('B', '2')} {mark('A', '1')}</p>", str)
    assert html == (
        '<p><a id="ref-1-1" href="#ref-1">[rule 1]</a> <a id="ref-2-1" href="#ref-2">[rule 2]</a> '
        '<a id="ref-1-2" href="#ref-1">[rule 1]</a></p>'
    )
    assert groups == [
        [Reference(1, ("A", "1"), "ref-1", ("ref-1-1", "ref-1-2"))],
        [Reference(2, ("B", "2"), "ref-2", ("ref-2-1",))],
    ]


def test_references_to_a_source_stand_together() -> None:
    """Numbers count through the list, not through the text, so that a reader of paper finds a number in the list."""
    html, groups = numbered(mark("A", "1") + mark("B", "1") + mark("A", "2"), str)
    assert [entry.number for group in groups for entry in group] == [1, 2, 3]
    assert [entry.values for entry in groups[0]] == [("A", "1"), ("A", "2")]
    assert re.findall(r"rule (\d)", html) == ["1", "3", "2"]


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert numbered(mark("A"), lambda number: "٠١٢٣"[number])[0] == '<a id="ref-1-1" href="#ref-1">[rule ١]</a>'


def test_values_of_a_reference_may_have_signs_of_html() -> None:
    """A template escapes what it shows, and the list gets what the macro gave."""
    assert numbered(mark("A", "1 &amp; 2"), str)[1][0][0].values == ("A", "1 & 2")


def test_words_of_a_mark_may_have_no_translation() -> None:
    """Marked as English, they stand in elements inside the mark; links before and after it stay as they are."""
    word = '<span lang="en" dir="ltr">[rule </span>'
    html, groups = numbered(f'<a href="x">{word}</a> <a>{word}{placeholder("A")}<i>]</i></a> <a href="y">z</a>', str)
    assert html == (f'<a href="x">{word}</a> <a id="ref-1-1" href="#ref-1">{word}1<i>]</i></a> <a href="y">z</a>')
    assert [entry.marks for group in groups for entry in group] == [("ref-1-1",)]


def test_heading_that_is_repeated_has_no_mark() -> None:
    """In a table of contents, a mark would be a second one with the same anchor."""
    assert without(f"Steps {mark('A')}") == "Steps "


@settings(derandomize=True, database=None)
@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("123")), max_size=12))
def test_every_mark_leads_to_its_entry_and_back(values: list[tuple[str, str]]) -> None:
    """Whatever is marked in whatever order: anchors are unique; marks and entries lead to each other."""
    html, groups = numbered("".join(mark(*each) for each in values), str)
    entries = {entry.id: entry for group in groups for entry in group}
    anchors = ANCHORS.findall(html)
    assert len(set(anchors)) == len(anchors) == len(values)
    assert sorted(anchors) == sorted(each for entry in entries.values() for each in entry.marks)
    for given_values, anchor, target in zip(values, anchors, re.findall(r'href="#([^"]+)"', html), strict=True):
        assert entries[target].values == given_values
        assert anchor in entries[target].marks


MACROS = {
    "cite": '{% macro cite(key) %}<a>[{{ pgettext("cite", "source") }} {{ reference(key) }}]</a>{% endmacro %}',
    "references": """{% macro references(groups) -%}
  <ul>{% for group in groups %}{% for entry in group %}<li id="{{ entry.id }}">{{ entry.values[0] }}
    {% for mark in entry.marks %}<a href="#{{ mark }}">back</a>{% endfor %}</li>{% endfor %}{% endfor %}</ul>
{%- endmacro %}""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, template in MACROS.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_text(template, encoding="utf-8")
    return tmp_path


def rendered(text: str, folder: Path, translate: str = "") -> str:
    md = guides.markdown(["toc", "attr_list", "pymdownx.details", "pymdownx.blocks.html"], PageExtension())
    guide = guides.parse(Path("guides/one.md"), f"---\ntitle: One\n---\n# One\n\n{text}", md)

    def choose(unit: Unit) -> Choice:
        return Choice(translate if "cite" in unit.msgid else None)

    voice = Voice("fr" if translate else "en", lambda tag: Macros({}, Words(), tag, folder=folder))
    if translate:
        voice = Voice("fr", voice.speak, choose)
    return page.render(guide, voice, {"one.md": "one/"}).html.partition("</h1>\n")[2]


def test_list_stands_after_the_text(folder: Path) -> None:
    """A page with a mark ends with the list of its sources; a page without one has no list."""
    assert rendered('A rule {{ cite("S1") }}.', folder) == (
        '<p>A rule <a id="ref-1-1" href="#ref-1">[source 1]</a>.</p>\n'
        '<ul><li id="ref-1">S1 <a href="#ref-1-1">back</a></li></ul>'
    )
    assert rendered("No rule.", folder) == "<p>No rule.</p>"


def test_marks_in_the_flat_twin_of_a_tree_are_marks_of_their_own(folder: Path) -> None:
    """An answer and its copy for print have different anchors, and the list leads back to the first of them too."""
    text = '??? question "Yes"\n    A rule {{ cite("S1") }}: [one](one.md).\n\n/// html | div.flat-twin\n///\n'
    anchors = ANCHORS.findall(rendered(text, folder))
    assert len(anchors) == len(set(anchors))


def test_mark_in_a_translation_is_that_of_the_page(folder: Path) -> None:
    """A translation has the marks of its English unit, and the same list."""
    assert rendered('A rule {{ cite("S1") }}.', folder, 'Une règle {{ cite("S1") }}.').startswith(
        '<p>Une règle <a id="ref-1-1" href="#ref-1">[source 1]</a>.</p>\n<ul>'
    )


def test_list_that_cannot_be_made_is_a_fault_of_the_page(folder: Path) -> None:
    """If the list cannot be rendered, the page stays, and a sentence says what is wrong and where."""
    (folder / "references/references.html").write_text(
        '{% macro references(groups) %}{{ fail(groups[0][0].values[0] ~ " has no title") }}{% endmacro %}',
        encoding="utf-8",
    )
    md = guides.markdown(["toc", "attr_list"], PageExtension())
    guide = guides.parse(Path("guides/one.md"), '---\ntitle: One\n---\n# One\n\nA rule {{ cite("S1") }}.', md)
    made = page.render(guide, Voice("en", lambda tag: Macros({}, Words(), tag, folder=folder)), {"one.md": "one/"})
    assert "[source 1]" in made.html
    assert made.call_faults == ("guides/one.md:4: The list of sources: S1 has no title.",)


def test_site_without_the_list_is_told_to_add_it(folder: Path) -> None:
    """A macro that makes references needs the macro that lists them."""
    (folder / "references/references.html").unlink()
    md = guides.markdown(["toc", "attr_list"], PageExtension())
    guide = guides.parse(Path("guides/one.md"), '---\ntitle: One\n---\n# One\n\nA rule {{ cite("S1") }}.', md)
    made = page.render(guide, Voice("en", lambda tag: Macros({}, Words(), tag, folder=folder)), {"one.md": "one/"})
    assert [fault.partition(": ")[2] for fault in made.call_faults] == [
        'no macro is called "references". There are: cite.'
    ]
