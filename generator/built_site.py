"""Read a built site: its languages from their manifests, its pages, each parsed once, and the targets of its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from lxml import html

from generator import alone, built
from generator.built import Manifest
from generator.roles import NONE, Roles
from i18n.locales import Locale
from machine.cached import cached_property

PACKS = "packs"
"""The folder of the packs, relative to the folder of the site."""

SUMS = "SHA256SUMS"
"""The file with the checksums of everything that is published."""

_LOCAL = ("127.0.0.1", "localhost", "::1", None)

WEB = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
"""The beginning of an address that names a host."""


@dataclass(frozen=True)
class BuiltPage:
    """A page of the site.

    path: its file, relative to the root of the repository.
    url: its address, relative to the root of the site: `fr/arrested/`.
    locale: its language; None for a page that does not belong to a language.
    tree: the parsed page.
    """

    path: Path
    url: str
    locale: Locale | None
    tree: html.HtmlElement

    def at(self, element: html.HtmlElement) -> str:
        """Return the place of an element as findings name it: file and line."""
        return f"{self.path}:{element.sourceline or 1}"

    @cached_property
    def moved_to(self) -> str | None:
        return moved_to(self.tree)


@dataclass(frozen=True)
class BuiltFile:
    """A style sheet or a script of the site."""

    path: Path
    text: str

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
        """Yield the place and the text of each match of `pattern`."""
        for found in pattern.finditer(self.text):
            yield f"{self.path}:{self.text.count(chr(10), 0, found.start()) + 1}", found[0]


class BuiltSite:
    """The site that `publish.py` made in a folder.

    folder: the folder of the site.
    manifests: the manifest of each language, by its tag, English first.
    faults: what could not be read, as findings.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []
        self.manifests: dict[str, Manifest] = {}
        if not (folder / "index.html").exists():
            self.faults.append(f"{folder}: there is no built site. Run: make build")
        self.faults += built.lost(folder)
        for tag in built.tags(folder):
            try:
                self.manifests[tag] = built.read(folder, tag)
            except ValueError as error:
                self.faults.append(str(error))

    @classmethod
    def whole(cls, folder: Path) -> BuiltSite:
        """Return the site in `folder`. Raises ValueError if a part of it is missing."""
        if not built.tags(folder):
            raise ValueError(f"{folder}: there is no built site here. Run make build first.")
        site = cls(folder)
        if site.faults:
            raise ValueError("\n".join(site.faults))
        return site

    @property
    def live(self) -> str:
        """The address where readers find the site; empty if it was built for this machine only."""
        return self.url if urlsplit(self.url).hostname not in _LOCAL else ""

    @property
    def url(self) -> str:
        """The address of the root of the site, with a slash at its end; empty if the build did not know it."""
        return next((manifest.address for manifest in self.manifests.values()), "")

    @property
    def roles(self) -> Roles:
        return next((manifest.roles for manifest in self.manifests.values()), NONE)

    @cached_property
    def pages(self) -> list[BuiltPage]:
        """Every page, sorted by path. A file to download that repeats a page is not one."""
        repeated = {self.folder / tag / alone.path_of(slug) for tag, slug in self._alone}
        return [self._page(path) for path in self._files(".html") if path not in repeated]

    @cached_property
    def alone(self) -> list[BuiltPage]:
        """The pages that are complete alone."""
        urls = {f"{tag}/{slug}/" for tag, slug in self._alone}
        return [page for page in self.pages if page.url in urls]

    @property
    def _alone(self) -> list[tuple[str, str]]:
        """The tag and the slug of each page that is complete alone."""
        return [(tag, slug) for tag, manifest in self.manifests.items() for slug in manifest.roles.alone]

    @cached_property
    def read(self) -> list[BuiltPage]:
        """The pages that readers see: all except those at old addresses of guides."""
        return [page for page in self.pages if page.moved_to is None]

    @cached_property
    def styles(self) -> list[BuiltFile]:
        return [BuiltFile(path, path.read_text(encoding="utf-8")) for path in self._files(".css")]

    @cached_property
    def scripts(self) -> list[BuiltFile]:
        return [BuiltFile(path, path.read_text(encoding="utf-8")) for path in self._files(".js")]

    @cached_property
    def base(self) -> str:
        """The path of the root of the site on its host: "/" or "/below/"."""
        return urlsplit(self.url).path or "/"

    @cached_property
    def locales(self) -> list[Locale]:
        """The languages that were built, sorted by tag."""
        return sorted((manifest.locale for manifest in self.manifests.values()), key=lambda locale: locale.tag)

    def of(self, locale: Locale) -> dict[str, BuiltPage]:
        """Return the pages of a language, by their address below the root of the language: `arrested/`."""
        start = f"{locale.tag}/"
        return {page.url.removeprefix(start): page for page in self.pages if page.locale == locale}

    def target(self, page: BuiltPage, address: str) -> Path | None:
        """Return the file that an address in a page leads to; None if it names another host or cannot be a file."""
        if WEB.match(address) or urlsplit(address).scheme:
            return None
        path = unquote(urlsplit(address).path)
        if path.startswith("/"):
            if not path.startswith(self.base):
                return None
            path = path.removeprefix(self.base)
        else:
            parts: list[str] = []
            for part in (page.url.rpartition("/")[0] + "/" + path if path else page.url).split("/"):
                if part == "..":
                    del parts[-1:]
                elif part != ".":
                    parts.append(part)
            path = "/".join(parts).lstrip("/")
        file = self.folder / PurePosixPath(path)
        return file / "index.html" if path == "" or path.endswith("/") else file

    def _files(self, suffix: str) -> list[Path]:
        return sorted(
            path
            for path in self.folder.rglob(f"*{suffix}")
            # An interrupted build leaves a folder whose name begins with a dot; it is never published. Packs are not
            # pages of the site: tests/this_site/browser/test_packs.py says what must hold for them.
            if not any(part.startswith(".") or part == PACKS for part in path.relative_to(self.folder).parts)
        )

    def _page(self, path: Path) -> BuiltPage:
        below = path.relative_to(self.folder)
        manifest = self.manifests.get(below.parts[0]) if len(below.parts) > 1 else None
        url = below.as_posix().removesuffix("index.html")
        return BuiltPage(path, url, manifest.locale if manifest else None, parsed(path.read_bytes()))


def parsed(content: bytes) -> html.HtmlElement:
    """Return the tree of a page in UTF-8."""
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))


def written(tree: html.HtmlElement) -> str:
    """Return a tree as the text of a page."""
    text: str = html.tostring(tree, encoding="unicode")
    return f"<!doctype html>\n{text}\n"


def moved_to(tree: html.HtmlElement) -> str | None:
    """Return where the page at an old address redirects; None for any other page."""
    for meta in tree.iterfind("head/meta"):
        if meta.get("http-equiv", "").lower() == "refresh":
            return str(meta.get("content", "").partition("=")[2].strip(" '\""))
    return None


def words(element: html.HtmlElement) -> str:
    """Return the text of an element in one line, without what is hidden from sight or from screen readers."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return ""
    if element.tag in ("script", "style", "template", "svg"):
        return ""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            parts.append(words(child))
        parts.append(child.tail or "")
    return " ".join("".join(parts).split())


def elements(page: BuiltPage) -> Iterator[html.HtmlElement]:
    """Yield all elements of a page, in order."""
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            yield element
