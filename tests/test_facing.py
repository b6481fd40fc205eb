"""A page beside its English: the same words as both pages, each block once, and nothing that leads elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from generator.facing import faced
from tests.project import Project

LINK = '<a href="../help/#now">help</a>'
CITE = ' <a class="macro-cite" id="ref-1-1" href="#ref-1">[rule 1]</a>'


def pairs(text: str) -> list[tuple[str, str]]:
    """The words of each pair, in both languages."""
    tree = html.fragment_fromstring(text, "div")
    return [
        tuple(" ".join(span.text_content().split()) for span in pair.xpath("./span"))  # type: ignore[misc]
        for pair in tree.xpath(".//*[contains(concat(' ', @class, ' '), ' pair ')]")
    ]


@pytest.mark.parametrize(
    ("own", "english", "expected"),
    [
        ("<p>Un</p><p>Deux</p>", "<p>One</p><p>Two</p>", [("Un", "One"), ("Deux", "Two")]),
        ("<ul><li>A<ul><li>B</li></ul></li></ul>", "<ul><li>1<ul><li>2</li></ul></li></ul>", [("A", "1"), ("B", "2")]),
        ("<table><tr><td>A</td><td></td></tr></table>", "<table><tr><td>1</td><td></td></tr></table>", [("A", "1")]),
        (f"<p>Voir{CITE}.</p>", f"<p>See{CITE}.</p>", [("Voir.", "See.")]),
        ('<p class="untranslated" lang="en">One</p>', "<p>One</p>", []),
        (
            '<li><span class="untranslated" lang="en">One</span><p>Deux</p></li>',
            "<li>One<p>Two</p></li>",
            [("Deux", "Two")],
        ),
        ('<div class="macro-words"><p>Un</p></div><p>A</p>', '<div class="macro-words"></div><p>1</p>', [("A", "1")]),
        ("<pre><code>make</code></pre>", "<pre><code>make</code></pre>", []),
        ('<p>Un</p><details class="earlier"><p>Avant</p></details>', "<p>One</p>", [("Un", "One")]),
    ],
)
def test_blocks_are_paired(own: str, english: str, expected: list[tuple[str, str]]) -> None:
    """Each block with words has its English once. What stayed in English has none; what a macro made is left out."""
    assert pairs(faced(own, english, "../")) == expected


def test_links_lead_where_they_led() -> None:
    """The page is one folder deeper, and links lead on from there. The English has none, and no marks of sources."""
    tree = html.fragment_fromstring(faced(f"<p>Aide: {LINK}{CITE}</p>", f"<p>Help: {LINK}{CITE}</p>", "../"), "div")
    assert tree.xpath(".//a/@href") == ["../../help/#now"]
    assert tree.xpath(".//@id") == []


def test_a_link_to_a_heading_leads_to_the_guide() -> None:
    """The page has no anchors, so that it is light: those of the guide serve it."""
    text = '<h2 id="a">Un</h2><p><a href="#a">haut</a></p>'
    tree = html.fragment_fromstring(faced(text, text.replace("Un", "One"), "../"), "div")
    assert tree.xpath(".//@id") == []
    assert tree.xpath(".//a/@href") == ["../#a"]


@pytest.fixture
def built(tiny_site: Project) -> Project:
    return tiny_site


def test_each_guide_has_its_page(built: Project) -> None:
    """Every guide but the search has the page in every language but English, and its notice leads there."""
    site = built.root / "site"
    found = {path.parent.parent.relative_to(site).as_posix() for path in site.rglob("facing/index.html")}
    guides = {Path(path).parent.as_posix() for path in built.files() if path.endswith("index.html")} - {"."}
    wanted = {page for page in guides if not page.startswith("en") and not page.endswith("facing")}
    assert found == {page for page in wanted if not page.endswith("/search")}
    assert 'href="facing/"' in built.page("fr", "help")
    assert 'href="facing/"' not in built.page("en", "help")


def test_both_languages_are_there(built: Project) -> None:
    """Each sentence of the English page, and each of the translation, is on the page."""
    own, english, both = (
        html.fromstring(built.page(*page)) for page in (("fr", "help"), ("en", "help"), ("fr", "help/facing"))
    )
    said = " ".join(both.text_content().split())
    for page in (own, english):
        for mark in page.xpath("//a[@class='macro-cite'][@id]"):
            mark.drop_tree()
        for block in page.xpath("//article/p[not(@class)] | //article//li[not(*)]"):
            assert " ".join(block.text_content().split()) in said
