"""A guide in one language, rendered: all that comes of it, as one value.

Python-Markdown renders a tree in steps. Those of ours are functions of other modules; this one puts them in their order
and gathers what they find. Between two pages nothing is left of the first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from generator import decision_tree, links, macros, search
from generator.decision_tree import Way
from generator.links import Addresses, Link, LinkError
from generator.macros import Macros
from i18n.guides import SUFFIX, Guide
from i18n.markdown import SOURCE_LANGUAGE, Translate
from i18n.unit import Unit


@dataclass(frozen=True)
class Voice:
    """What a page needs to know of its language.

    lang: its tag, "zh-Hans". speak: for such a tag, the macros that speak it.
    translate: what to show for each unit; None for the language of the guides.
    direction: "ltr" or "rtl". earlier: what opens an earlier translation, in this language.
    """

    lang: str
    speak: Callable[[str], Macros]
    translate: Translate | None = None
    direction: str = "ltr"
    earlier: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading as the contents of its page list it. title: HTML. id: its anchor."""

    title: str
    id: str
    children: tuple[Heading, ...]

    @property
    def url(self) -> str:
        return f"#{self.id}"


@dataclass(frozen=True)
class Page:
    """What rendering a guide in one language gives.

    landmarks: the headings and terms with an anchor: the HTML tag, the anchor and the unit, which is English.
    anchors: all that can be linked to. links: those within the site. ways: through the decision tree of the page.
    parts: its words, for the search.
    call_faults, link_faults: sentences with their place.
    """

    html: str
    contents: tuple[Heading, ...]
    landmarks: tuple[tuple[str, str, Unit], ...]
    anchors: frozenset[str]
    links: tuple[Link, ...]
    ways: tuple[Way, ...]
    parts: tuple[search.Part, ...]
    call_faults: tuple[str, ...]
    link_faults: tuple[str, ...]


def render(guide: Guide, voice: Voice, addresses: Addresses, unread: Collection[str] = ()) -> Page:
    """Render a guide in one language. The Markdown instance of `guide` has `PageExtension` among its extensions.

    unread: the names of guides that cannot be read, which was said: nothing is said of the links to them.
    """
    file = f"{guide.slug}{SUFFIX}"

    def address(written: str) -> tuple[str, Link | None]:
        try:
            return links.resolve(written, file, addresses)
        except LinkError:
            if written.partition("#")[0].removesuffix(SUFFIX) in unread:
                return written, None
            raise

    def resolve(slug: str, anchor: str) -> str:
        target = f"{slug}{SUFFIX}"
        if target not in addresses and slug not in unread:
            raise macros.missing(slug)
        way = "" if target == file else links.relative(addresses.get(target, f"{slug}/"), addresses[file])
        return f"{way}#{anchor}" if anchor else way

    rendering = _Rendering(voice, address, resolve)
    with _now(rendering):
        # First: it goes through the steps itself, and would leave the headings of the English page.
        landmarks = tuple(guide.source.landmarks)
        lang = voice.lang if voice.translate else None
        html = guide.source.render(voice.translate, lang, voice.direction, voice.earlier)
    for made, mended in _MENDED.items():
        html = html.replace(made, mended)
    return Page(
        html,
        _contents(getattr(guide.md, "toc_tokens", []) if html else []),
        landmarks,
        frozenset(rendering.anchors),
        tuple(rendering.links),
        rendering.ways,
        rendering.parts,
        _placed(guide, rendering.call_faults),
        _placed(guide, [(f"]({written}", sentence) for written, sentence in rendering.link_faults]),
    )


def _placed(guide: Guide, faults: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return each sentence once, with the line where the words before it stand."""
    return tuple(f"{guide.path}:{guide.line_of(words)}: {sentence}" for words, sentence in dict.fromkeys(faults))


def landmarks(guide: Guide, speak: Callable[[str], Macros]) -> list[tuple[str, str, Unit]]:
    """Return the landmarks of `Page` without rendering the page: an index lists them on another one."""
    with _now(_Rendering(Voice(SOURCE_LANGUAGE, speak), lambda written: (written, None), lambda slug, anchor: "")):
        return guide.source.landmarks


_MENDED = {
    # As `pymdownx.tasklist` writes it. Nobody can use it on a page, so it is not a control: the style draws a mark.
    '<input type="checkbox" disabled/> ': "",
    # The corner of a table heads nothing: an empty cell, and not a heading without words.
    "<th></th>": "<td></td>",
    # The search has read it.
    f' {search.EXCLUDED}=""': "",
    f" {search.EXCLUDED}": "",
}
"""What a rendered page has, and what a reader gets."""


def _contents(tokens: Collection[dict[str, Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(token["name"], token["id"], _contents(token["children"])) for token in tokens)


# ── the steps ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class _Rendering:
    """One page while it is being rendered: what the steps need to know, then what they find."""

    voice: Voice
    address: Callable[[str], tuple[str, Link | None]]
    resolve: macros.Resolve
    anchors: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)
    ways: tuple[Way, ...] = ()
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


def _anchors(root: Element, md: Markdown, page: _Rendering) -> None:
    page.anchors |= {anchor for element in root.iter() if (anchor := element.get("id"))}


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
            continue
        element.set(name, address)
        if link:
            page.links.append(link)


def _parts(root: Element, md: Markdown, page: _Rendering) -> None:
    page.parts = search.parts(root, md.htmlStash)


_STEPS = {
    # After the translation (21) has chosen each block's language, before inline text (20) is parsed.
    "macros": (_calls, 20.5),
    # Once inline text (20) has made elements and their attributes.
    "macros-in-attributes": (_attributes, 19.9),
    # Once headings have their ids (5).
    "anchors": (_anchors, 4.9),
    # The twin's links are links too.
    "decision-tree": (_ways, 1),
    # When escaped characters (0) are themselves again.
    "links": (_links, -1),
    "search": (_parts, -10),
}
"""What is done with the tree of a page, each with its priority in Python-Markdown: the highest is first."""


class _Step(Treeprocessor):
    def __init__(self, md: Markdown, work: Callable[[Element, Markdown, _Rendering], None]) -> None:
        super().__init__(md)
        self._work = work

    def run(self, root: Element) -> None:
        if page := _current.get():
            self._work(root, self.md, page)


class PageExtension(Extension):
    """The steps as Python-Markdown knows extensions. Outside of `render` they do nothing."""

    def extendMarkdown(self, md: Markdown) -> None:
        for name, (work, priority) in _STEPS.items():
            md.treeprocessors.register(_Step(md, work), name, priority)
