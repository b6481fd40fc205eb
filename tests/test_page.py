"""Rendering a guide in one language: a pure function, and links between the files of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import links, page
from generator.links import LinkError
from generator.macros import Macros
from generator.page import Page, PageExtension, Voice
from generator.roles import Roles, RolesError
from i18n import guides
from i18n.guides import Guide
from i18n.markdown import Choice
from i18n.unit import Unit
from i18n.words import Words

EXTENSIONS = ("attr_list", "def_list", "footnotes", "toc", "pymdownx.details", "pymdownx.blocks.html")
ADDRESSES = {"index.md": "./", "one.md": "one/", "two.md": "two/", "map.png": "map.png"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Macros: one leads to a guide, one gives its argument."""
    for name, template in {
        "lead": '{% macro lead(guide) %}<a href="{{ link(guide, "a&b") }}">x</a>{% endmacro %}',
        "say": "{% macro say(words) %}{{ words }}{% endmacro %}",
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.html").write_text(template, encoding="utf-8")
    return tmp_path


def guides_of(**texts: str) -> list[Guide]:
    """Guides that share a Markdown instance, as those of a site do."""
    md = guides.markdown(list(EXTENSIONS), PageExtension())
    return [guides.parse(Path(f"guides/{slug}.md"), text, md) for slug, text in texts.items()]


def rendered(guide: Guide, folder: Path, lang: str = "en", **translated: str) -> Page:
    def translate(unit: Unit) -> Choice:
        return Choice(translated.get(unit.msgid.split()[0]))

    voice = Voice(lang, lambda tag: Macros({}, Words(), tag, folder=folder), translate if translated else None)
    return page.render(guide, voice, ADDRESSES)


ONE = """# One

## Part {{ say("1") }}

[two](two.md#part), ![map](map.png), {{ lead("two") }}

??? question "Yes"
    Go to [two](two.md).

/// html | div.flat-twin
///
"""
TWO = "# Two\n\nBroken [gone](gone.md), [here](#nowhere), {{ lead('gone') }}, {{ say() }}\n"


def test_a_page_is_the_same_whatever_was_rendered_before(folder: Path) -> None:
    """Nothing of one page is left for the next: any order gives the same values, in any language."""
    one, two = guides_of(one=ONE, two=TWO)
    first = [rendered(one, folder), rendered(two, folder), rendered(one, folder, "fr", Go="Allez à [deux](1).")]
    one, two = guides_of(one=ONE, two=TWO)
    last = [rendered(one, folder, "fr", Go="Allez à [deux](1)."), rendered(two, folder), rendered(one, folder)]
    for mine, other in zip(first, reversed(last), strict=True):
        for name in ("html", "contents", "anchors", "links", "parts", "call_faults", "link_faults"):
            assert getattr(mine, name) == getattr(other, name), name
        assert [way.answers[0].text for way in mine.ways] == [way.answers[0].text for way in other.ways]


def test_all_that_rendering_gives(folder: Path) -> None:
    """The page, its contents, what can be linked to, its ways and its faults come as one value."""
    one, two = guides_of(one=ONE, two=TWO)
    made = rendered(one, folder)
    assert '<a href="../two/#part">two</a>, <img alt="map" src="../map.png" />' in made.html
    assert '<a href="../two/#a&amp;b">x</a>' in made.html or '<a href="../two/#a&b">x</a>' in made.html
    assert [heading.title for heading in made.contents] == ["One"]
    assert [(heading.url, heading.title) for heading in made.contents[0].children] == [("#part-1", "Part 1")]
    assert made.anchors == {"one", "part-1"}
    assert [(link.file, link.anchor) for link in made.links] == [
        ("two.md", "part"),
        ("map.png", ""),
        *[("two.md", "")] * 2,
    ]
    assert [way.links for way in made.ways] == [["../two/"]]
    assert made.html.count("../two/") == 4
    assert (made.call_faults, made.link_faults) == ((), ())
    bad = rendered(two, folder)
    assert bad.link_faults == ("guides/two.md:3: there is no guide gone.md. Correct the link.",)
    assert [fault.partition(" it leads")[0] for fault in bad.call_faults[:1]] == [
        "guides/two.md:3: {{ lead('gone') }}:"
    ]
    assert len(bad.call_faults) == 2


def test_outside_of_a_rendering_the_steps_do_nothing() -> None:
    """The same Markdown instance can be used for anything else."""
    md = guides.markdown(list(EXTENSIONS), PageExtension())
    assert md.convert("[x](gone.md) {{ say() }}") == '<p><a href="gone.md">x</a> {{ say() }}</p>'


@pytest.mark.parametrize(
    ("written", "file", "address"),
    [
        ("two.md", "one.md", "../two/"),
        ("two.md#a", "index.md", "two/#a"),
        ("index.md", "one.md", "../"),
        ("index.md", "index.md", "./"),
        ("one.md", "one.md", "./"),
        ("#a", "one.md", "#a"),
        ("map.png", "one.md", "../map.png"),
        ("two.md?x=1#a", "one.md", "../two/?x=1#a"),
        ("./two.md", "one.md", "../two/"),
        ("https://example.org/two.md", "one.md", "https://example.org/two.md"),
        ("mailto:a@example.org", "one.md", "mailto:a@example.org"),
    ],
)
def test_address_of_a_link(written: str, file: str, address: str) -> None:
    """A link is written for the folder that its page is in; links to other sites are unchanged."""
    assert links.resolve(written, file, ADDRESSES)[0] == address


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("gone.md", "there is no guide gone.md. Correct the link."),
        ("two", "the link to two does not lead to a file. Write two.md."),
        ("two/", "the link to two does not lead to a file. Write two.md."),
        ("gone.png", "there is no file gone.png in guides/. Correct the link, or add the file."),
        ("http://[::1", "the link to http://[::1 is not an address. Correct the link."),
        ("/two/", "the link to /two/ begins at the root of the host. Write the name of a file: help.md."),
    ],
)
def test_link_that_leads_nowhere(written: str, sentence: str) -> None:
    """The sentence says what the link should be."""
    with pytest.raises(LinkError) as error:
        links.resolve(written, "one.md", ADDRESSES)
    assert str(error.value) == sentence


def test_line_of_a_link_is_that_of_its_whole_target() -> None:
    """A link whose target begins like that of another, or one with a definition, is reported at its own line."""
    text = "# One\n\n[x](two.md#part)\n\n[y](two 'Y')\n\n[z][here]\n\n[here]: <gone.md>\n"
    (one,) = guides_of(one=text)
    assert [one.line_of_link(written) for written in ("two", "gone.md", "two.md#part")] == [5, 9, 3]


def test_addresses_without_folders() -> None:
    """Where a page is not the index.html of a folder, the way is counted from the folder that it is in."""
    assert links.relative("two.html", "one.html") == "two.html"
    assert links.relative("two.html", "a/one.html") == "../two.html"


def test_roles() -> None:
    """A role that is not given is absent; an unknown role, or one without a guide, is reported."""
    assert Roles.of(None) == Roles()
    roles = Roles.of({"search": "find", "emergency": ["a", "b"]})
    assert (roles.search, roles.feed, roles.emergency) == ("find", "", ("a", "b"))
    assert roles.missing({"a", "b"}) == [
        "mkdocs.yml: the role search needs guides/find.md, which is missing. Write that guide, or remove the role."
    ]
    for wrong in ("search", {"serch": "a"}, {"search": ["a"]}, {"emergency": "a"}, {"emergency": [1]}):
        with pytest.raises(RolesError, match=r"^mkdocs\.yml: .*\. (Use|Write) .*\.$"):
            Roles.of(wrong)
