"""Make the content of the packs of one language, as text and bytes. It depends only on the built site."""

from __future__ import annotations

import datetime
import html
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import minify_html
from jinja2 import Environment, FileSystemLoader
from lxml import html as lxml_html
from markupsafe import Markup

from generator import alone, built_site, style
from generator import site as sites
from generator.built_site import SUMS, BuiltSite
from generator.edition import Edition
from generator.formats import formats
from generator.policy import STYLE, policy, sealed
from generator.site import ENGLISH
from i18n.words import spanned, unmarked
from machine.cached import cached_property
from packs import copies
from packs.page import Page

TEMPLATES = Path(__file__).parent / "templates"

OWN_IDS = ("copy", "copy-contents", "copy-contents-title", "leave-limit")
"""The ids in templates/copy.html."""


@dataclass(frozen=True)
class Pack:
    """A file for the list: one that was made, or a page of the site that is complete alone.

    path: its path, relative to the root of the site.
    kind: "zip", "html", "small" (the HTML file in a ZIP), "pdf" or "alone".
    page: the guide, if the file is a PDF of one guide, or a page that is complete alone.
    kilobytes: its size in kB.
    fingerprint: the beginning of its SHA-256, in groups.
    """

    path: str
    kind: str
    page: Page | None
    kilobytes: int
    fingerprint: str

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


class Language:
    """One language of a built site.

    site: the built site.
    tag: the tag of the language.
    seconds: the time of the commit, in seconds since 1970.
    locales: the folder of the catalogs.
    languages: the values of data/languages.yml.
    macros: the folder of macros: the style of those that belong to a page that is complete alone is only there.
    """

    def __init__(
        self, site: BuiltSite, tag: str, seconds: int, locales: Path, languages: Mapping[str, Any], macros: Path
    ) -> None:
        self.site = site
        self._macros = macros
        self.tag = tag
        self.manifest = site.manifests[tag]
        self.locale = self.manifest.locale
        words = Edition(sites.Site(locales, {"languages": languages}), self.locale).marking
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.install_gettext_callables(  # type: ignore[attr-defined]
            words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext, npgettext=words.npgettext
        )
        self._templates.globals |= formats(str(self.locale.cldr), languages.get(self.locale.name)) | {
            "locale": self.locale,
            "made": datetime.datetime.fromtimestamp(seconds, datetime.UTC).date(),
            "live": site.live,
            "live_address": Markup('<bdi dir="ltr">{}</bdi>').format(site.live),
        }

    @cached_property
    def _pages(self) -> list[Page]:
        """The pages of the language in reading order, without the search page, which needs a script."""
        listing = self.listing("copy")
        found = []
        for page in self.manifest.pages:
            if page.is_in_nav and page.slug != self.manifest.roles.search:
                text = (self.site.folder / self.tag / page.path / "index.html").read_text(encoding="utf-8")
                tree = built_site.parsed(copies.with_list(text, listing).encode())
                found.append(Page(page.slug, page.path, page.title, page.lang, page.section, tree))
        return found

    def missing(self) -> list[str]:
        """Return the slugs of the pages that must be translated before the language gets packs, and are not.

        These are the first page and the guides that readers need first.
        """
        pages = {page.slug: page for page in self.manifest.pages}
        needed = ["index", *(slug for slug in self.manifest.roles.emergency if slug in pages)]
        return [slug for slug in needed if slug not in pages or not pages[slug].is_announced]

    def listing(self, state: str, packs: Sequence[Pack] = (), up: str = "") -> str:
        """Return the list of packs for the page that shows it, as HTML.

        state: "list" for the site, "none" if there are no packs, "copy" for a copy, which cannot list itself.
        packs: the packs.
        up: the relative link from the page to the root of the site.
        """
        listing = self._templates.get_template("list.html").render(
            state=state,
            packs=packs,
            up=up,
            has_pdf=any(pack.kind == "pdf" for pack in packs),
            english=f"{up}{ENGLISH.tag}/{self.manifest.roles.downloads}/",
        )
        return spanned(listing, self.tag)

    def filled(self, packs: Sequence[Pack]) -> Iterator[tuple[Path, str]]:
        """Yield the file of the page that lists the packs, and its text with the list, which may say that none exist.

        The page is the guide with the role `downloads`. If the role is not given, the packs are not listed anywhere.
        """
        for page in self.manifest.pages:
            if page.slug == self.manifest.roles.downloads:
                path = self.site.folder / self.tag / page.path / "index.html"
                up = "../" * len(path.relative_to(self.site.folder).parent.parts)
                listing = self.listing("list" if packs else "none", packs, up)
                yield path, copies.with_list(path.read_text(encoding="utf-8"), listing)

    def folder(self) -> dict[str, bytes]:
        """Return the files of the ZIP, by their names in it."""
        root = self.site.folder / self.tag
        listing = self.listing("copy")
        same = {path.removeprefix(f"{self.tag}/"): f"{page.path}index.html" for page, path in self.alone()}
        found, trees = {}, {}
        for path in root.rglob("*"):
            name = path.relative_to(root).as_posix()
            # The feed and the pages at old addresses are useful only on the web. A page with its English beside it has
            # the same words once more, and a page that is complete alone is a file to take along already.
            if not path.is_file() or path.suffix == ".xml" or name in same or copies.is_facing(name):
                continue
            content = path.read_bytes()
            if path.suffix == ".html":
                tree = built_site.parsed(copies.with_list(content.decode(), listing).encode())
                if built_site.moved_to(tree) is not None:
                    continue
                trees[name] = tree
            found[name] = content
        for name, tree in trees.items():
            copies.for_disk(tree, name, found, same, self.tag, self.site.live)
            found[name] = built_site.written(tree).encode()
        downloads = (page.path for page in self.manifest.pages if page.slug == self.manifest.roles.downloads)
        listed = next((f"{self.tag}/{path}" for path in downloads), SUMS)
        readme = self._templates.get_template("readme.txt").render(
            site_name=self.manifest.site_name, fingerprints=listed
        )
        found["README.txt"] = unmarked(html.unescape(readme)).replace("\n", "\r\n").encode("utf-8-sig")
        return {f"{self.tag}/{name}": content for name, content in found.items()}

    def whole(self) -> str:
        """Return one HTML file with all pages that are translated. The others are in the English file."""
        every = self._pages
        pages = [page for page in every if page.path in self.manifest.announced]
        sections = [(name, list(each)) for name, each in itertools.groupby(pages, lambda page: page.section)]
        return self._one_file(pages, self.manifest.site_name, sections, len(pages) < len(every))

    def singles(self) -> Iterator[tuple[int, Page, str]]:
        """Yield the number (from 1) of each guide that readers need first, its page, and an HTML file of this page."""
        pages = {page.slug: page for page in self._pages}
        for number, slug in enumerate(self.manifest.roles.emergency, 1):
            if page := pages.get(slug):
                yield number, page, self._one_file([page], page.title, [])

    def alone(self) -> Iterator[tuple[Page, str]]:
        """Yield each page that is complete alone, and the path of its file, relative to the root of the site."""
        pages = {page.slug: page for page in self._pages}
        for slug in self.manifest.roles.alone:
            if page := pages.get(slug):
                yield page, f"{self.tag}/{alone.path_of(slug)}"

    def _one_file(
        self, pages: Sequence[Page], title: str, contents: Sequence[tuple[str, list[Page]]], lacks_some: bool = False
    ) -> str:
        names = {page.path: page.slug for page in pages}
        taken = copies.shared(pages) | {*names.values(), *OWN_IDS}
        parts = [copies.article(page, names, taken, self.tag, self.locale.direction) for page in pages]
        copies.sources_once(parts)
        copies.without_unused_ids(parts)
        site_sheet = (self.site.folder / self.tag / "style.css").read_text(encoding="utf-8")
        own_sheet = (TEMPLATES / "copy.css").read_text(encoding="utf-8")
        alone_sheet = style.alone_sheet(
            self._macros, [name for name in self.manifest.roles.alone if name in names.values()]
        )
        copies.without_unused_classes(parts, site_sheet + alone_sheet + own_sheet)
        first = pages[0].tree
        limit = first.xpath("string(//*[@id='leave-limit']/text()[1])").strip()
        values = {
            "title": title,
            "site_name": self.manifest.site_name,
            "contents": contents,
            "lacks_some": lacks_some,
            "parts": [Markup(lxml_html.tostring(part, encoding="unicode")) for part in parts],
            "leave": Markup("").join(
                Markup(lxml_html.tostring(link, encoding="unicode", with_tail=False))
                for link in first.xpath("//a[@class='leave']")
            ),
            "leave_limit": limit,
            "policy": Markup(policy(style=STYLE)),
        }
        template = self._templates.get_template("copy.html")
        used = style.vocabulary(template.render(values))
        site_sheet += style.for_scripts(alone_sheet, used)
        sheet = style.cut(site_sheet, used) + style.for_scripts(own_sheet, used)
        small: str = minify_html.minify(
            spanned(template.render(values, style=Markup(sheet)), self.tag),
            minify_css=False,
            minify_js=False,
            keep_comments=False,
        )
        # The policy allows the style by its hash, which is known only after the page was made smaller.
        return sealed(small) + "\n"
