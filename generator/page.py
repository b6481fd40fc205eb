"""Render a guide in one language, and return all results as one value.

Python-Markdown renders a tree in steps. Our own steps are functions of other modules. This module puts them in order
and collects their results. Nothing of one page is left when the next one is rendered.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from generator import decision_tree, links, macros, references, search
from generator.links import AddressError, Addresses, Link, LinkError
from generator.macros import MacroError, Macros
from i18n.guides import SUFFIX, Guide
from i18n.markdown import SOURCE_LANGUAGE, Translate
from i18n.unit import Unit


@dataclass(frozen=True)
class Voice:
    """What a page needs to know about its language.

    lang: its tag, "zh-Hans".
    speak: returns the macros that speak a language, by its tag.
    translate: returns what to show for a unit; None for the language in which guides are written.
    direction: "ltr" or "rtl".
    earlier: the words, in this language, that open an earlier translation.
    is_short: whether the list of references names no titles.
    """

    lang: str
    speak: Callable[[str], Macros]
    translate: Translate | None = None
    direction: str = "ltr"
    earlier: str = ""
    is_short: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading in the table of contents of its page.

    title: its words, as HTML.
    id: its anchor.
    children: the headings below it.
    """

    title: str
    id: str
    children: tuple[Heading, ...]

    @property
    def url(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True)
class Way:
    """One way through the decision tree of a page.

    answers: the words of the answers that a reader opens.
    links: the addresses that the last answer leads to.
    """

    answers: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A guide rendered in one language.

    html: its text.
    contents: its table of contents.
    landmarks: the headings and terms that have an anchor, each with its HTML tag, anchor and unit, which is English.
    anchors: everything on the page that a link can lead to.
    links: the links within the site.
    ways: the ways through the decision tree of the page.
    packed: its words, for the search, as bytes. Only the search page unpacks these many small values.
    call_faults: sentences about calls that cannot be rendered, with their place.
    link_faults: sentences about links that lead nowhere, with their place.
    """

    html: str
    contents: tuple[Heading, ...]
    landmarks: tuple[tuple[str, str, Unit], ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]
    ways: tuple[Way, ...]
    packed: bytes
    call_faults: tuple[str, ...]
    link_faults: tuple[str, ...]

    @property
    def parts(self) -> tuple[search.Part, ...]:
        """The words of the page, for the search."""
        parts: tuple[search.Part, ...] = pickle.loads(self.packed)
        return parts

    @property
    def faults(self) -> tuple[str, ...]:
        """All sentences about what is wrong with the page alone."""
        return (*self.call_faults, *self.link_faults)


def render(guide: Guide, voice: Voice, addresses: Addresses) -> Page:
    """Render a guide in one language. The Markdown instance of `guide` must have `PageExtension` among its extensions.

    addresses: the address of each file of the site.
    """
    file = f"{guide.slug}{SUFFIX}"

    def address(written: str) -> tuple[str, Link | None]:
        return links.resolve(written, file, addresses)

    def resolve(slug: str, anchor: str) -> str:
        target = slug if slug in addresses else f"{slug}{SUFFIX}"
        if target not in addresses:
            raise macros.missing(slug)
        way = "" if target == file else links.relative(addresses[target], addresses[file])
        return f"{way}#{anchor}" if anchor else way

    rendering = _Rendering(voice, address, resolve)
    with _now(rendering):
        # This comes first because it runs the steps too, and would leave the headings of the English page behind.
        guide.source.renew()
        landmarks = tuple(guide.source.landmarks)
        lang = voice.lang if voice.translate else None
        html = guide.source.render(voice.translate, lang, voice.direction, voice.earlier)
    html, groups = references.numbered(html, lambda number: voice.speak(voice.lang).formats["number"](number))
    if groups:
        try:
            html = f"{html}\n{voice.speak(voice.lang).references(groups, resolve, voice.is_short)}"
        except MacroError as error:
            rendering.call_faults.append(("", str(error)))
    for made, mended in _MENDED.items():
        html = html.replace(made, mended)
    return Page(
        html,
        _contents(getattr(guide.md, "toc_tokens", []) if html else []),
        landmarks,
        frozenset(rendering.anchors),
        tuple(rendering.links),
        tuple(Way(way.answers, way.links) for way in rendering.ways),
        pickle.dumps(rendering.parts, pickle.HIGHEST_PROTOCOL),
        _placed(guide, guide.line_of, rendering.call_faults),
        _placed(guide, guide.line_of_link, rendering.link_faults),
    )


def _placed(guide: Guide, line: Callable[[str], int], faults: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return each sentence once, with its place.

    line: returns the line of a call or link.
    faults: the call or link, and a sentence.
    """
    return tuple(f"{guide.path}:{line(words)}: {sentence}" for words, sentence in dict.fromkeys(faults))


def landmarks(guide: Guide, speak: Callable[[str], Macros]) -> list[tuple[str, str, Unit]]:
    """Return the landmarks of a page without rendering it, for an index on another page."""
    with _now(_Rendering(Voice(SOURCE_LANGUAGE, speak), lambda written: (written, None), lambda slug, anchor: "")):
        guide.source.renew()
        return guide.source.landmarks


_MENDED = {
    # `pymdownx.tasklist` writes a control, which nobody can use on a page. The style draws a mark instead.
    '<input type="checkbox" disabled/> ': "",
    # The corner of a table is not the heading of anything, so it is an empty cell and not a heading without words.
    "<th></th>": "<td></td>",
    # Only the search needs these marks, and it has read the page by now.
    f' {search.EXCLUDED}=""': "",
    f" {search.EXCLUDED}": "",
}
"""HTML that Python-Markdown writes, and what replaces it."""


def _contents(tokens: Collection[dict[str, Any]]) -> tuple[Heading, ...]:
    return tuple(
        Heading(references.without(token["name"]), token["id"], _contents(token["children"])) for token in tokens
    )


# ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Rendering:
    """A page while it is being rendered: first what the steps need to know, then what they find."""

    voice: Voice
    address: Callable[[str], tuple[str, Link | None]]
    resolve: macros.Resolve
    anchors: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    ways: tuple[decision_tree.Way, ...] = ()
    parts: tuple[search.Part, ...] = ()
    call_faults: list[macros.Fault] = field(default_factory=list)
    link_faults: list[tuple[str, str]] = field(default_factory=list)


_current: ContextVar[_Rendering | None] = ContextVar("rendering", default=None)


@contextmanager
def _now(rendering: _Rendering) -> Iterator[None]:
    token = _current.set(rendering)
    try:
        yield
    finally:
        _current.reset(token)


def _calls(root: Element, md: Markdown, page: _Rendering) -> None:
    page.call_faults += macros.fill(root, page.voice.lang, page.voice.speak, page.resolve, md.htmlStash)


def _attributes(root: Element, md: Markdown, page: _Rendering) -> None:
    macros.fill_attributes(root, md.htmlStash)


_ID = re.compile(r'<[^<>]* id="([^"]+)"')


def _anchors(root: Element, md: Markdown, page: _Rendering) -> None:
    page.anchors |= {anchor for element in root.iter() if (anchor := element.get("id"))}
    # The HTML of macros is not in the tree.
    page.anchors |= {unescape(anchor) for html in md.htmlStash.rawHtmlBlocks for anchor in _ID.findall(str(html))}


def _ways(root: Element, md: Markdown, page: _Rendering) -> None:
    page.ways = decision_tree.fill(root)


def _links(root: Element, md: Markdown, page: _Rendering) -> None:
    for element in root.iter():
        name = {"a": "href", "img": "src"}.get(element.tag)
        if name is None or (written := element.get(name)) is None:
            continue
        try:
            address, link = page.address(written)
        except LinkError as error:
            page.link_faults.append((written, str(error)))
            if isinstance(error, AddressError):
                # Whatever reads the page later could not read it either.
                del element.attrib[name]
            continue
        element.set(name, address)
        if link:
            page.links.append(link)


def _parts(root: Element, md: Markdown, page: _Rendering) -> None:
    page.parts = search.parts(root, md.htmlStash)


_STEPS = {
    # After the translation (21) has chosen the language of each block, before inline text (20) is parsed.
    "macros": (_calls, 20.5),
    # After inline text (20) has become elements with attributes.
    "macros-in-attributes": (_attributes, 19.9),
    # After headings have received their ids (5).
    "anchors": (_anchors, 4.9),
    # Before the links, because the flat twin contains links.
    "decision-tree": (_ways, 1),
    # After escaped characters (0) have been restored.
    "links": (_links, -1),
    "search": (_parts, -10),
}
"""Our steps, each with its priority in Python-Markdown. The step with the highest priority runs first."""


class _Step(Treeprocessor):
    def __init__(self, md: Markdown, work: Callable[[Element, Markdown, _Rendering], None]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        if page := _current.get():
            self._work(root, self.md, page)


class PageExtension(Extension):
    """Extension that adds our steps to Python-Markdown. Outside of `render` they do nothing."""

    def extendMarkdown(self, md: Markdown) -> None:
        for name, (work, priority) in _STEPS.items():
            md.treeprocessors.register(_Step(md, work), name, priority)
