"""List all ways through a decision tree, a guide with nested details. The list is the flat twin of the tree.

`/// html | div.flat-twin` in a guide becomes this list, which repeats the words of the tree: for print, and for readers
who prefer to read everything at once. It is made after translation, so it is in the language of the page.
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
    """One way through the tree of a page that is being rendered.

    path: the answers that a reader opens (`summary`) and the questions between them, outermost first.
    end: the content of the last answer.
    """

    path: tuple[Element, ...]
    end: tuple[Element, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        return tuple("".join(element.itertext()).strip() for element in self.path if element.tag == "summary")

    @property
    def links(self) -> tuple[str, ...]:
        links = (link for block in self.end for link in block.iter("a"))
        return tuple(link.get("href", "") for link in links if "macro" not in str(link.attrib))


def ways(parent: Element, before: tuple[Element, ...] = ()) -> Iterator[Way]:
    """Yield every way through the details below `parent`, in reading order."""
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
    """Write every way through the tree of a page into its flat twins, and return the ways.

    root: the page, after inline text was parsed and headings received their ids.
    """
    found = tuple(ways(root))
    # Find all twins before filling any: otherwise a twin inside the tree would contain itself.
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
            # This is text and not a style, because Chromium leaves text from styles out of the tags of a PDF.
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
