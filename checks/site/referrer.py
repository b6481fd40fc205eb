"""No other site learns where a reader came from, and readers can tell which links leave this site.

The host of such a link is written in the link or beside it, so that it is heard and printed too.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from checks import Project
from generator.built_site import WEB, elements, words


def check(project: Project) -> Iterator[str]:
    for page in project.site.pages:
        said = [meta.get("content") for meta in page.tree.iterfind(".//meta[@name='referrer']")]
        if said != ["no-referrer"]:
            yield f'{page.path}:1: the page lacks <meta name="referrer" content="no-referrer">. Add it once.'
        for element in elements(page):
            address = element.get("href", "")
            if element.tag != "a" or not WEB.match(address):
                continue
            if "noreferrer" not in element.get("rel", "").split():
                yield f'{page.at(element)}: the link to {address} lacks rel="noreferrer". Add it.'
            host = urlsplit(address).netloc.removeprefix("www.")
            around = element.getparent()
            if host not in words(element) and (around is None or host not in words(around)):
                yield f"{page.at(element)}: nothing says that this link leaves the site. Write {host} in or beside it."
