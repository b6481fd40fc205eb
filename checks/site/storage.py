"""A visit leaves nothing in the browser: no script uses storage, and no page offers to be installed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from generator.built_site import elements

_STORAGE = re.compile(
    r"\b(?:localStorage|sessionStorage|indexedDB|serviceWorker|cookieStore|caches\s*(?=[.\[])|document\s*\.\s*cookie"
    r"|navigator\s*\.\s*storage|window\s*\.\s*name\b)"
)


def check(project: Project) -> Iterator[str]:
    for script in project.site.scripts:
        for place, found in script.matches(_STORAGE):
            yield f"{place}: the script uses {found}. Keep what it needs in the page."
    for page in project.site.pages:
        for element in elements(page):
            if element.tag == "script":
                for found in _STORAGE.findall(element.text or ""):
                    yield f"{page.at(element)}: the script uses {found}. Keep what it needs in the page."
            elif element.tag == "link" and "manifest" in element.get("rel", "").lower().split():
                yield f"{page.at(element)}: a manifest offers the site for installation. Remove it."
            elif element.tag == "meta" and element.get("http-equiv", "").lower() == "set-cookie":
                yield f"{page.at(element)}: the page sets a cookie. Remove it."
