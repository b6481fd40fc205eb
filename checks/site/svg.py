"""No picture carries meaning: where SVG is off, as in Tor Browser's "Safest", nothing is lost.

An icon stands beside words and is hidden from who listens; whatever can be pressed has words.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator.built_site import elements, words

_PRESSED = ("a", "button", "summary", "label")


def check(project: Project) -> Iterator[str]:
    for page in project.site.pages:
        for element in elements(page):
            place = page.at(element)
            if element.tag == "svg" or (element.tag == "img" and ".svg" in element.get("src", "")):
                around = element.getparent()
                silent = element.get("aria-hidden") == "true" or element.get("alt") == ""
                if not silent or around is None or not words(around):
                    yield f'{place}: an SVG stands for itself. Write words beside it, and aria-hidden="true" on it.'
            elif element.tag in ("object", "embed") and "svg" in (element.get("type", "") + element.get("data", "")):
                yield f"{place}: an SVG is embedded. Write words in its place."
            elif element.tag in _PRESSED and not words(element) and element.get("hidden") is None:
                # Without an address it is a place to jump to.
                if element.tag == "a" and element.get("href") is None:
                    continue
                yield f"{place}: <{element.tag}> shows no words. Write them beside the picture."
