"""Put a page and its English face to face: the same blocks side by side, for whoever doubts a translation.

Both pages are rendered from the tree of one guide, so they have the same blocks in the same order. A block that has
only words gets both; blocks inside a block are paired one by one. What macros make of values is left out.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html as parser
from lxml.html import HtmlElement, defs

from i18n.markdown import SOURCE_LANGUAGE

FOLDER = "facing"
"""The name of the page below that of its guide."""

_BLOCKS = defs.block_tags | {"summary", "details", "figure", "figcaption", "section", "main", "nav", "header", "footer"}


def faced(own: str, english: str, page: str) -> str:
    """Return the HTML of a page in which each block has its English beside it.

    own, english: the HTML of the guide in both languages.
    page: the relative address of the page of the guide.
    """
    ours, theirs = parser.fragment_fromstring(own, "div"), parser.fragment_fromstring(english, "div")
    for tree in (ours, theirs):
        # Classes that begin with "macro-" are on what macros make: as blocks, these are lists and charts of values, in
        # an order of each language.
        for gone in tree.xpath(".//details[contains(@class, 'earlier')] | .//*[contains(@class, 'macro-')]"):
            if gone.tag in _BLOCKS:
                gone.drop_tree()
        for mark in tree.xpath(".//a[@class='macro-cite'][@id]"):
            # Both languages have the same marks, which the page of the guide explains.
            _without(mark)
    for link in ours.iter("a"):
        address = link.get("href", "")
        if address and not urlsplit(address).scheme:
            link.set("href", page + address)
    for element in (*ours.xpath(".//*[@id]"), *theirs.xpath(".//*[@id]")):
        # The page has to be light, and links to its headings lead to those of the guide.
        del element.attrib["id"]
    for link in theirs.xpath(".//a"):
        # The same link is in the words beside, and the page has to be light.
        link.drop_tag()
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
    # Commands are the same in every language.
    if own.tag == "pre" or [block.tag for block in blocks] != [block.tag for block in others]:
        return
    for block, other in zip(blocks, others, strict=True):
        _pair(block, other)
    # The words before the first block inside. Words between and after blocks are rare, and stay unchanged.
    ours, theirs = _words(own, blocks), _words(english, others)
    if _text(ours) and not any(map(_is_english, (own, *ours))):
        _put(own, ours, theirs)


def _blocks(element: HtmlElement) -> list[HtmlElement]:
    return [child for child in element if child.tag in _BLOCKS]


def _is_english(element: HtmlElement) -> bool:
    """Return whether the words of an element are in English already, or have their English behind them."""
    classes = element.get("class", "").split()
    return "english" in classes or ("untranslated" in classes and element.get("lang") == SOURCE_LANGUAGE)


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
    english.set("lang", SOURCE_LANGUAGE)
    english.set("dir", "ltr")
    element.insert(0, own)
    element.insert(1, english)
    element.set("class", f"{element.get('class', '')} pair".strip())


def _before_blocks(element: HtmlElement) -> Iterator[HtmlElement]:
    for child in element:
        if child.tag in _BLOCKS:
            return
        yield child
