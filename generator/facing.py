"""Put a page and its English face to face: the same blocks side by side, for whoever doubts a translation.

Both pages are rendered from the tree of one guide, so they have the same blocks in the same order. A block that has
only words gets both; blocks inside a block are paired one by one. What macros make of values is left out.
"""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import defs

from i18n.markdown import SOURCE_LANGUAGE

FOLDER = "facing"
"""The name of the page below that of its guide."""

_BLOCKS = defs.block_tags | {"summary", "details", "figure", "figcaption", "section", "main", "nav", "header", "footer"}


# The elements of `lxml.html` have methods for all this, but lxml would look up a class in Python for each of them.
# A comment has no words, and costs bytes.
_PARSER = etree.HTMLParser(remove_comments=True)
# Classes that begin with "macro-" are on what macros make: as blocks, these are lists and charts of values, in an order
# of each language.
_others: Any = etree.XPath(".//details[contains(@class, 'earlier')] | .//*[contains(@class, 'macro-')]")
_marks: Any = etree.XPath(".//a[@class='macro-cite'][@id]")
_words: Any = etree.XPath("string()")


def faced(own: str, english: str, page: str) -> str:
    """Return the HTML of a page in which each block has its English beside it.

    own, english: the HTML of the guide in both languages.
    page: the relative address of the page of the guide.
    """
    # The English is the same for each language, so what is taken out of it is taken out once.
    ours, theirs = _comparable(own), copy.deepcopy(_english(english))
    for link in ours.iter("a"):
        address = link.get("href", "")
        if address and not urlsplit(address).scheme:
            link.set("href", page + address)
    _pair(ours, theirs)
    return "".join(etree.tostring(child, encoding="unicode", method="html") for child in ours)


# A site may be served for days, and each change makes another page.
@lru_cache(500)
def _english(html: str) -> etree._Element:
    tree = _comparable(html)
    # The same link is in the words beside, and the page has to be light.
    etree.strip_tags(tree, "a")
    return tree


def _comparable(html: str) -> etree._Element:
    """Return the tree of a page with only what both languages have."""
    tree = etree.fromstring(f"<html><body>{html}</body></html>", _PARSER).find("body")
    assert tree is not None
    for gone in _others(tree):
        if gone.tag in _BLOCKS:
            _drop(gone)
    for mark in _marks(tree):
        # Both languages have the same marks, which the page of the guide explains.
        _without(mark)
    # The page has to be light, and links to its headings lead to those of the guide.
    etree.strip_attributes(tree, "id")
    return tree


def _without(mark: etree._Element) -> None:
    """Remove a mark, and the space before it."""
    before, parent = mark.getprevious(), mark.getparent()
    if before is not None:
        before.tail = (before.tail or "").rstrip()
    elif parent is not None:
        parent.text = (parent.text or "").rstrip()
    _drop(mark)


def _drop(element: etree._Element) -> None:
    """Remove an element, but not the words after it."""
    before, parent = element.getprevious(), element.getparent()
    assert parent is not None
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _pair(own: etree._Element, english: etree._Element) -> None:
    """Put the words of `english` into `own`, block by block."""
    blocks, others = _blocks(own), _blocks(english)
    # Commands are the same in every language.
    if own.tag == "pre" or [block.tag for block in blocks] != [block.tag for block in others]:
        return
    for block, other in zip(blocks, others, strict=True):
        _pair(block, other)
    # The words before the first block inside. Words between and after blocks are rare, and stay unchanged.
    inner = _before(own, blocks)
    if _has_words(own, inner) and not any(map(_is_english, (own, *inner))):
        ours, theirs = _moved(own, inner), _moved(english, _before(english, others))
        theirs.set("lang", SOURCE_LANGUAGE)
        theirs.set("dir", "ltr")
        own.insert(0, ours)
        own.insert(1, theirs)
        own.set("class", f"{own.get('class', '')} pair".strip())


def _blocks(element: etree._Element) -> list[etree._Element]:
    return [child for child in element if child.tag in _BLOCKS]


def _before(element: etree._Element, blocks: list[etree._Element]) -> list[etree._Element]:
    """Return the children of an element before its first block. blocks: its blocks."""
    return list(element)[: element.index(blocks[0]) if blocks else None]


def _has_words(element: etree._Element, inner: list[etree._Element]) -> bool:
    """Return whether an element has words before its first block. inner: its children there."""
    texts = (words for child in inner for words in (_words(child), child.tail))
    return any(words and not words.isspace() for words in (element.text, *texts))


def _is_english(element: etree._Element) -> bool:
    """Return whether the words of an element are in English already, or have their English behind them."""
    classes = element.get("class", "").split()
    return "english" in classes or ("untranslated" in classes and element.get("lang") == SOURCE_LANGUAGE)


def _moved(element: etree._Element, inner: list[etree._Element]) -> etree._Element:
    """Return a <span> with the words that `element` has before its first block, which it loses. inner: as above."""
    span = etree.Element("span")
    span.text, element.text = element.text, None
    span.extend(inner)
    return span
