"""A built site, read: its address, its languages, the pages of one in reading order."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html
from lxml.html import HtmlElement

_LOCATION = re.compile(r"<loc>([^<]*)</loc>")
_LOCAL = ("127.0.0.1", "localhost", "::1", "")


class SiteError(Exception):
    """A site that is not as a build leaves it: a sentence with what to do."""


@dataclass(frozen=True)
class Site:
    """url: the address of the site's root, with a slash at its end. announced: pages that are really in their language,
    as (tag, guide).
    """

    folder: Path
    url: str
    announced: frozenset[tuple[str, str]]

    @property
    def live(self) -> str:
        """The address where readers find the site; empty when it was built for this machine only."""
        return "" if urlsplit(self.url).hostname in _LOCAL else self.url

    def tags(self) -> list[str]:
        """The languages that were built, English first."""
        # What else may lie in the folder of a site has no such file.
        found = [path.parent.name for path in self.folder.glob("*/style.css")]
        return sorted(found, key=lambda tag: (tag != "en", tag))


@dataclass(frozen=True)
class Page:
    """One page of a guide. path: of its folder in the language's, "" or "arrested/". tree: parsed, read by several."""

    path: str
    title: str
    is_english: bool
    section: str
    tree: HtmlElement

    @property
    def guide(self) -> str:
        return self.path.rstrip("/") or "index"


def read(folder: Path) -> Site:
    """Raises SiteError."""
    try:
        locations = _LOCATION.findall((folder / "sitemap.xml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        locations = []
    url = next((each.removesuffix("en/") for each in locations if each.endswith("/en/")), "")
    if not url:
        raise SiteError(f"{folder}: there is no built site here. Run make build first.")
    pages = (each.removeprefix(url).partition("/") for each in locations)
    return Site(folder, url, frozenset((tag, path.rstrip("/") or "index") for tag, _, path in pages))


def parsed(text: str) -> HtmlElement:
    return html.document_fromstring(text)


def written(tree: HtmlElement) -> str:
    text: str = html.tostring(tree, encoding="unicode")
    return f"<!doctype html>\n{text}\n"


def is_moved(text: str) -> bool:
    """Whether a page only leads on, from an old address of a guide."""
    return 'http-equiv="refresh"' in text


def pages(folder: Path, prepare: Callable[[str], str]) -> list[Page]:
    """The pages of one language as its reader goes through them: from the first, each to the next. Raises SiteError.

    prepare: changes a page's text before it is parsed.
    """
    found: dict[str, Page] = {}
    path = ""
    while path not in found:
        place = folder / path / "index.html"
        try:
            page = _page(path, parsed(prepare(place.read_text(encoding="utf-8"))))
        except (OSError, ValueError, IndexError) as error:
            raise SiteError(f"{place} cannot be read ({error}). Run make build again.") from None
        found[path] = page
        onward = page.tree.xpath('string(//a[@rel="next"]/@href)')
        if onward:
            path = posixpath.normpath(posixpath.join(path, onward)) + "/"
    return list(found.values())


def _page(path: str, tree: HtmlElement) -> Page:
    """Its title and its section are those that its own menu gives it."""
    link = (tree.xpath('//a[@aria-current="page"]') or tree.xpath("//h1"))[0]
    section = link.xpath("string(ancestor::li[b][1]/b)")
    return Page(path, link.text_content(), link.get("lang") == "en", section, tree)
