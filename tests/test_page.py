"""Rendering a guide in one language: a pure function, and links between the files of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import links, page
from generator.links import LinkError
from generator.macros import Macros
from generator.page import Page, PageExtension, Voice, Way
from generator.roles import Roles, RolesError
from generator.site import addresses
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
    assert first == last[::-1]


def test_all_that_rendering_gives(folder: Path) -> None:
    """The page, its contents, what can be linked to, its ways and its faults come as one value."""
    one, two = guides_of(one=ONE, two=TWO)
    made = rendered(one, folder)
    assert '<a href="../two/#part">two</a>, <img alt="map" src="../map.png" />' in made.html
    assert '<a href="../two/#a&amp;b">x</a>' in made.html
    assert [heading.title for heading in made.contents] == ["One"]
    assert [(heading.url, heading.title) for heading in made.contents[0].children] == [("#part-1", "Part 1")]
    assert made.anchors == {"one", "part-1"}
    assert [(link.file, link.anchor) for link in made.links] == [
        ("two.md", "part"),
        ("map.png", ""),
        *[("two.md", "")] * 2,
    ]
    assert made.ways == (Way(("Yes",), ("../two/",)),)
    assert made.html.count("../two/") == 4
    assert (made.call_faults, made.link_faults) == ((), ())
    bad = rendered(two, folder)
    assert bad.link_faults == ("guides/two.md:3: there is no guide gone.md. Correct the link.",)
    assert [fault.partition(" it leads")[0] for fault in bad.call_faults[:1]] == [
        "guides/two.md:3: {{ lead('gone') }}:"
    ]
    assert len(bad.call_faults) == 2


def test_heading_with_a_call_has_the_anchor_of_the_present_values(folder: Path) -> None:
    """After a value has changed, as while serving, a translated page has the same anchor as the English one."""
    (guide,) = guides_of(one="# One\n\n## Within {{ length() }} days\n")
    (folder / "length").mkdir()
    (folder / "length/length.html").write_text("{% macro length() %}{{ data.length }}{% endmacro %}", encoding="utf-8")
    for length in (6, 9):
        macros = Macros({"length": length}, Words(), "en", folder=folder)
        voice = Voice("fr", lambda _, macros=macros: macros, lambda _: Choice())  # type: ignore[misc]
        made = page.render(guide, voice, ADDRESSES)
        assert f'id="within-{length}-days"' in made.html
        assert [anchor for _, anchor, _ in made.landmarks] == ["one", f"within-{length}-days"]
        assert [anchor for _, anchor, _ in page.landmarks(guide, voice.speak)] == ["one", f"within-{length}-days"]


@pytest.mark.parametrize("address", ["http://[abc", "//[", "http://a\u2100b/"])
def test_address_that_cannot_be_read(folder: Path, address: str) -> None:
    """A mistyped address is a fault with its line, and the page has the words of the link without it."""
    (guide,) = guides_of(one=f"# One\n\nSee [words]({address}).\n")
    made = rendered(guide, folder)
    assert made.link_faults == (f"guides/one.md:3: {address} is not a valid address. Correct the link.",)
    assert "<a>words</a>" in made.html


def test_fault_of_a_link_has_the_line_of_its_address(folder: Path) -> None:
    """Addresses in angle brackets and in a list of references are found too."""
    (guide,) = guides_of(one="# One\n\n[a][1]\n\n[b](<gone.md>)\n\n[1]: lost.md\n")
    assert rendered(guide, folder).link_faults == (
        "guides/one.md:7: there is no guide lost.md. Correct the link.",
        "guides/one.md:5: there is no guide gone.md. Correct the link.",
    )


def test_anchor_in_a_macro_is_an_anchor_of_the_page(folder: Path) -> None:
    """A link to an entry that a macro writes, such as a source, leads somewhere. HTML in code does not count."""
    (folder / "list").mkdir()
    (folder / "list/list.html").write_text('{% macro list() %}<ul><li id="s&amp;1">x</li></ul>{% endmacro %}')
    (guide,) = guides_of(one='# One\n\n{{ list() }}\n\n`<b id="no">`\n')
    assert rendered(guide, folder).anchors == {"one", "s&1"}


def test_addresses_are_those_of_published_files(tmp_path: Path) -> None:
    """A link to a hidden file is a fault. One to a guide that cannot be read is not: the guide is reported itself."""
    for name in ("index.md", "broken.md", "README.md", "draft.md", "map.png", "draft.png", ".notes.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    known = addresses(tmp_path, Roles(feed="news"), is_hidden=lambda name: name.startswith("draft"))
    assert known == {"index.md": "./", "broken.md": "broken/", "map.png": "map.png", "news.xml": "news.xml"}


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
        ("http://[::1", "http://[::1 is not a valid address. Correct the link."),
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
