"""Put a page and its English face to face: the same blocks side by side, for whoever doubts a translation.

Both pages are rendered from the tree of one guide, so they have the same blocks in the same order. A block that has
only words gets both; blocks inside a block are paired one by one.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html as parser
from lxml.html import HtmlElement, defs

FOLDER = "facing"
"""The name of the page below that of its guide."""

_BLOCKS = defs.block_tags | {"summary", "details", "figure", "figcaption", "section", "main", "nav", "header", "footer"}
_ALONE = "macro-"
"""Classes of blocks that begin with it are made by macros: tables, lists and charts of values, in their own order."""


def faced(own: str, english: str, page: str) -> str:
    """Return the HTML of a page in which each block has its English beside it.

    own, english: the HTML of the guide in both languages.
    page: the relative address of the page itself, where the list of its sources is.
    """
    ours, theirs = parser.fragment_fromstring(own, "div"), parser.fragment_fromstring(english, "div")
    for tree in (ours, theirs):
        for gone in tree.xpath(".//details[contains(@class, 'earlier')] | ./section[@class='macro-references']"):
            gone.drop_tree()
        for link in tree.iter("a"):
            address = link.get("href", "")
            if address and not address.startswith("#") and not urlsplit(address).scheme:
                link.set("href", page + address)
    for mark in ours.xpath(".//a[@class='macro-cite'][@id]"):
        mark.set("href", page + mark.get("href", ""))
        del mark.attrib["id"]
    for mark in theirs.xpath(".//a[@class='macro-cite'][@id]"):
        # The mark is beside the translation already.
        _without(mark)
    _pair(ours, theirs)
    return "".join(parser.tostring(child, encoding="unicode") for child in ours)


def _without(mark: HtmlElement) -> None:
    """Remove a mark, and the space before it."""
    before, parent = mark.getprevious(), mark.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()
    mark.drop_tree()


def _pair(own: HtmlElement, english: HtmlElement) -> None:
    """Put the words of `english` into `own`, block by block."""
    blocks, others = _blocks(own), _blocks(english)
    if _is_made(own) or [block.tag for block in blocks] != [block.tag for block in others]:
        return
    for block, other in zip(blocks, others, strict=True):
        _pair(block, other)
    # The words before the first block inside. Words between and after blocks are rare, and stay as they are.
    ours, theirs = _words(own, blocks), _words(english, others)
    is_english = _is(own, "untranslated") or any(_is(each, "untranslated", "english") for each in ours)
    if _text(ours) and not is_english:
        _put(own, ours, theirs)


def _blocks(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child.tag in _BLOCKS]


def _is_made(element: HtmlElement) -> bool:
    return element.tag in _BLOCKS and any(name.startswith(_ALONE) for name in element.get("class", "").split())


def _is(element: HtmlElement, *classes: str) -> bool:
    return bool(set(classes).intersection(element.get("class", "").split()))


def _words(element: HtmlElement, blocks: list[HtmlElement]) -> HtmlElement:
    """Return a <span> with a copy of the words that `element` has before its first block."""
    span = parser.Element("span")
    span.text = element.text
    for child in element:
        if blocks and child is blocks[0]:
            break
        twin = copy.deepcopy(child)
        span.append(twin)
    return span


def _text(span: HtmlElement) -> str:
    return " ".join(span.text_content().split())


def _put(element: HtmlElement, own: HtmlElement, english: HtmlElement) -> None:
    for child in list(_before_blocks(element)):
        element.remove(child)
    element.text = None
    for link in english.iter():
        # An anchor is only once on a page.
        link.attrib.pop("id", None)
    english.set("lang", "en")
    english.set("dir", "ltr")
    element.insert(0, own)
    element.insert(1, english)
    element.set("class", f"{element.get('class', '')} pair".strip())


def _before_blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if child.tag in _BLOCKS:
            return
        yield child
