"""A decision tree is a guide with nested details; its flat twin lists all ways through it.

`/// html | div.flat-twin` in a guide becomes a list of all ways through the tree, made of the same words: for print,
and for readers who would rather read than open. After translation, so it is in the language of the page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

TWIN = "flat-twin"
SEPARATOR = " › "


@dataclass(frozen=True)
class Way:
    """One way through the tree. path: answers opened (`summary`) and questions met, outermost first.

    end: what the last answer holds.
    """

    path: tuple[Element, ...]
    end: tuple[Element, ...]

    @property
    def answers(self) -> list[Element]:
        return [element for element in self.path if element.tag == "summary"]

    @property
    def links(self) -> list[str]:
        return [
            link.get("href", "") for block in self.end for link in block.iter("a") if "macro" not in str(link.attrib)
        ]


def ways(parent: Element, before: tuple[Element, ...] = ()) -> Iterator[Way]:
    """Every way through the details below `parent`, in reading order."""
    for child in parent:
        if child.tag != "details" or "earlier" in child.get("class", ""):
            continue
        if not len(child) or child[0].tag != "summary":
            continue
        summary, *rest = child
        if any(block.tag == "details" for block in rest):
            questions = [block for block in rest if block.tag != "details"]
            yield from ways(child, (*before, summary, *questions))
        else:
            yield Way((*before, summary), tuple(rest))


def fill(root: Element) -> tuple[Way, ...]:
    """Write every way through the tree of a page into its flat twins; return the ways.

    root: after inline text was parsed and headings have their ids.
    """
    found = tuple(ways(root))
    # Listed before any is filled: a twin in the tree would otherwise hold itself.
    for twin in list(root.iter("div")):
        if TWIN in twin.get("class", "").split():
            entries = SubElement(twin, "ul")
            for way in found:
                _write(SubElement(entries, "li"), way)
    return found


def _write(entry: Element, way: Way) -> None:
    path = SubElement(entry, "p", {"class": f"{TWIN}__answers"})
    for number, step in enumerate(way.path):
        if number:
            # Text, not made by the style: Chromium leaves that out of what a PDF says.
            path[-1].tail = SEPARATOR
        words = SubElement(path, "span", {name: step.attrib[name] for name in ("lang", "dir") if name in step.attrib})
        words.text = step.text
        words.extend(copy.deepcopy(child) for child in step)
    for block in way.end:
        twin = copy.deepcopy(block)
        for element in twin.iter():
            element.attrib.pop("id", None)
            if TWIN in element.get("class", "").split():
                element.clear()
        entry.append(twin)
