"""The build manifest: what a build records about the language it made, for commands that work with the built site.

Each language has its own manifest, such as `site/.build/fr.json`. Manifests are not published: neither the site nor
packs, checksums and mirrors contain them.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from generator.edition import Edition
from generator.roles import Roles
from generator.site import ENGLISH
from i18n import nav
from i18n.coverage import State
from i18n.guides import SUFFIX
from i18n.locales import Locale, is_locale

FOLDER = ".build"

_PATH = re.compile(r"(?!\.)(?:[^/\\]+(?:/|\.html))?")
"""The path of a page below the folder of its language: never outside of it."""


@dataclass(frozen=True)
class Page:
    """A guide on the site.

    slug: its name, such as "index" or "arrested".
    path: its folder, relative to the folder of the language: "" or "arrested/".
    title: its title, as plain text.
    lang: the tag of the language of the title; empty if it is that of the page.
    section: the title of its section in the nav, as plain text; empty if it is not in a section.
    is_in_nav: whether it is in the nav, so that readers reach it by going from each page to the next.
    counts: the number of units in each state.
    words: the number of English words that are not translated.
    status: the value of its catalog's header `X-Translation-Status`.
    is_announced: whether the page offers itself to search engines.
    """

    slug: str
    path: str
    title: str
    lang: str
    section: str
    is_in_nav: bool
    counts: dict[State, int]
    words: int
    status: str
    is_announced: bool


@dataclass(frozen=True)
class Manifest:
    """One language of a built site.

    locale: the language.
    address: the address of the root of the site, with a slash at its end; empty if the build did not know it.
    seconds: the time of the commit, in seconds since 1970.
    site_name: the name of the site in this language, as plain text.
    roles: which guide has which role.
    pages: every guide: first those in the nav, in reading order, then the others.
    """

    locale: Locale
    address: str
    seconds: int
    site_name: str
    roles: Roles
    pages: tuple[Page, ...]

    @property
    def tag(self) -> str:
        return self.locale.tag

    @property
    def announced(self) -> set[str]:
        """The paths of the pages that offer themselves to search engines."""
        return {page.path for page in self.pages if page.is_announced}

    @property
    def summary(self) -> str:
        """A line about what the readers of the language see."""
        start = f"{self.tag:8} {self.locale.own_name}"
        if self.locale == ENGLISH:
            return f"{start}: {len(self.pages)} guides"
        total: Counter[State] = sum((Counter(page.counts) for page in self.pages), Counter())
        parts = ", ".join(f"{total[state]} {state}" for state in State if total[state] or state is State.TRANSLATED)
        return f"{start}: {parts}"


def manifest(edition: Edition, site_name: str, url: str, seconds: int) -> Manifest:
    """Return the manifest of an edition.

    site_name: the name of the site in the language of the edition, as HTML.
    url: the address of its first page; empty if it is not known.
    seconds: the time of the commit, in seconds since 1970.
    """
    tag = edition.locale.tag
    return Manifest(
        edition.locale,
        url.removesuffix(f"{tag}/"),
        seconds,
        html.unescape(site_name).strip(),
        edition.site.roles,
        tuple(_pages(edition)),
    )


def _pages(edition: Edition) -> list[Page]:
    guides = edition.site.by_slug
    listed = nav.order(edition.site.nav, guides)
    left = [("", slug) for slug in guides if slug not in {slug for _, slug in listed}]
    found = []
    for number, (section, slug) in enumerate([*listed, *left]):
        counted = edition.coverage[slug]
        found.append(
            Page(
                slug,
                edition.site.addresses[f"{slug}{SUFFIX}"].removeprefix("./"),
                edition.title(guides[slug]),
                edition.title_lang(guides[slug]),
                section and html.unescape(edition.words.pgettext("nav", section)),
                number < len(listed),
                dict(counted.counts),
                counted.words,
                counted.status,
                counted.is_announced and not edition.locale.is_pseudo,
            )
        )
    return found


def shares(locales: Sequence[Locale], size: int) -> list[list[Locale]]:
    """Divide the locales among machines, in their order, `size` for each. Raises ValueError if `size` is below 1."""
    if size < 1:
        raise ValueError(f"{size} is not a number of languages for one machine. Ask for one or more.")
    return [list(locales[start : start + size]) for start in range(0, len(locales), size)]


def path_of(site: Path, tag: str) -> Path:
    """Return the path of the manifest of a language, whether it exists or not."""
    return site / FOLDER / f"{tag}.json"


def write(site: Path, made: Manifest) -> None:
    """Write the manifest of a language whose pages are complete. Raises OSError."""
    path = path_of(site, made.tag)
    path.parent.mkdir(exist_ok=True)
    rows = asdict(replace(made, locale=made.locale.name))  # type: ignore[arg-type]  # asdict would copy the data of CLDR
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def tags(site: Path) -> list[str]:
    """Return the tags of the languages that builds left in `site`, English first."""
    found = [path.stem for path in (site / FOLDER).glob("*.json") if (site / path.stem).is_dir()]
    return sorted(found, key=lambda tag: (tag != ENGLISH.tag, tag))


def lost(site: Path) -> list[str]:
    """Return a sentence for each language whose pages are in `site` without their manifest."""
    folders = sorted(page.parent.name for page in site.glob("*/index.html"))
    return [
        f"{site / tag}: the manifest of these pages is missing. {_again(tag)}"
        for tag in folders
        if is_locale(_name(tag)) and not path_of(site, tag).exists()
    ]


def read(site: Path, tag: str) -> Manifest:
    """Return the manifest of a language. Raises ValueError if the language or its manifest is missing or broken."""
    path = path_of(site, tag)
    if not path.exists() or not (site / tag).is_dir():
        raise ValueError(f"{site}: the part {_name(tag)} is missing. {_again(tag)}")
    try:
        found = _of_rows(json.loads(path.read_text(encoding="utf-8")))
        if found.tag != tag:
            raise ValueError(f"it is that of {found.tag}")
        return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}: this is not the manifest of a build ({error!r}). {_again(tag)}") from None


def _of_rows(rows: dict[str, Any]) -> Manifest:
    pages = [
        Page(**{**page, "counts": {State(state): int(count) for state, count in page["counts"].items()}})
        for page in rows["pages"]
    ]
    # This raises what the caller expects if the address is not text or has an invalid host.
    urlsplit(str.strip(rows["address"]))
    if odd := [page.path for page in pages if not _PATH.fullmatch(page.path)]:
        raise ValueError(f"{odd[0]} is not the path of a page")
    given = {"locale": Locale.of(rows["locale"]), "roles": Roles.of(rows["roles"]), "pages": tuple(pages)}
    return Manifest(**{**rows, **given})


def part(site: Path, locale: Locale, address: str, seconds: int) -> Manifest:
    """Return the manifest of a language that another machine built. Raises ValueError if it belongs to another site.

    address: the address of the root of the site, the same in all its parts.
    seconds: the time of the commit, in seconds since 1970, the same in all its parts.
    """
    found = read(site, locale.tag)
    for name, value, wanted in (
        ("address", found.address, address),
        ("time of the commit", found.seconds, seconds),
    ):
        if value != wanted:
            path = path_of(site, locale.tag)
            raise ValueError(f"{path}: this part has another {name}, {value} instead of {wanted}. {_again(locale.tag)}")
    return found


def _name(tag: str) -> str:
    return tag.replace("-", "_")


def _again(tag: str) -> str:
    return f'Build it again: make part LOCALE="{_name(tag)}"'


def forget(site: Path, gone: Collection[str]) -> None:
    """Remove the manifests of languages whose pages are gone or about to be replaced."""
    for tag in gone:
        path_of(site, tag).unlink(missing_ok=True)
