"""The first link on every page leaves the site. It is a plain link that works without script.

Only the link that skips to the text may be before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checks import Project
from generator.built_site import elements, words

_REACHED = ("a", "button", "input", "select", "textarea", "summary", "iframe")
"""Elements that the Tab key stops at."""


def check(project: Project) -> Iterator[str]:
    for page in project.site.read:
        reached = [
            element
            for element in elements(page)
            if (element.tag in _REACHED and (element.tag != "a" or element.get("href") is not None))
            or element.get("tabindex", "").isdigit()
        ]
        if reached and "skip" in reached[0].get("class", "").split():
            reached = reached[1:]
        first = reached[0] if reached else None
        if first is None or first.tag != "a" or "leave" not in first.get("class", "").split():
            yield f"{page.path}:1: the first link is not the way out. Put a.leave after a.skip, before all others."
            continue
        place, address = page.at(first), first.get("href", "")
        if not (address == "about:blank" or urlsplit(address).scheme in ("http", "https")):
            yield f'{place}: the way out leads to "{address}". Point it at about:blank, or at another site.'
        if first.get("target") is not None:
            yield f"{place}: the way out opens another tab, and this page stays open. Remove target."
        if any(one.get("hidden") is not None for one in (first, *first.iterancestors())) or not words(first):
            yield f"{place}: the way out is hidden, or has no words. Show it."
