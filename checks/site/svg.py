"""No picture is needed for the meaning, so nothing is lost without SVG, as in Tor Browser's "Safest" level.

An icon is beside words and hidden from screen readers, and everything that can be pressed has words.
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
                    yield f'{place}: this SVG has no words beside it. Write some, and set aria-hidden="true" on it.'
            elif element.tag in ("object", "embed") and "svg" in (element.get("type", "") + element.get("data", "")):
                yield f"{place}: this SVG is embedded. Write words in its place."
            elif element.tag in _PRESSED and not words(element) and element.get("hidden") is None:
                # A link without an address is only an anchor.
                if element.tag == "a" and element.get("href") is None:
                    continue
                yield f"{place}: <{element.tag}> shows no words. Write them beside the picture."
