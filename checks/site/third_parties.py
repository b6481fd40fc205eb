"""A page loads nothing from another host. Links that a reader follows may lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from checks import Project
from generator.built_site import WEB, elements

_LOADING = ("src", "data", "poster", "background", "action", "formaction", "ping", "manifest")
"""Attributes whose address a browser requests although the reader has not followed a link."""

_SETS = ("srcset", "imagesrcset")

_RELATIONS = {
    *("stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload", "prefetch", "modulepreload"),
    *("preconnect", "dns-prefetch", "prerender", "pingback"),
}

_IN_STYLE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"']?)([^\"')\s;]+)", re.IGNORECASE)


def check(project: Project) -> Iterator[str]:
    for page in project.site.pages:
        for element in elements(page):
            for address in _asked_for(element):
                if WEB.match(address):
                    yield f"{page.at(element)}: the page loads {address}. Keep the file in the site, or remove it."
    for style in project.site.styles:
        for place, found in style.matches(_IN_STYLE):
            address = _IN_STYLE.match(found)[1]  # type: ignore[index]
            if WEB.match(address):
                yield f"{place}: the style loads {address}. Keep the file in the site, or remove it."


def _asked_for(element: html.HtmlElement) -> Iterator[str]:
    for name in _LOADING:
        yield element.get(name, "")
    for name in _SETS:
        for candidate in element.get(name, "").split(","):
            yield candidate.strip()
    if element.tag == "link" and _RELATIONS & set(element.get("rel", "").lower().split()):
        yield element.get("href", "")
    if element.tag in ("image", "use", "feimage"):
        yield element.get("href", "") or element.get("xlink:href", "")
    if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
        yield element.get("content", "").partition("=")[2].strip(" '\"")
    yield from _IN_STYLE.findall(element.get("style", ""))
    if element.tag == "style":
        yield from _IN_STYLE.findall(element.text or "")
