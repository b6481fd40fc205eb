"""Pages are light, measured as GitHub Pages sends them (gzip, level 6).

A page is readable after 20 kB of HTML and style. A first visit, with scripts and pictures, takes 40 kB in 5 requests;
with scripts off, 20 kB in 3. Searching a whole language takes 100 kB. A kB is 1000 bytes.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from checks import Project
from generator.built_site import BuiltPage, BuiltSite, elements

READABLE, WITHOUT_SCRIPT, FIRST_VISIT, SEARCH = 20_000, 20_000, 40_000, 100_000
"""Limits in compressed bytes."""

REQUESTS, REQUESTS_WITHOUT_SCRIPT = 5, 3


@cache
def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def check(project: Project) -> Iterator[str]:
    site = project.site
    # What the search page loads does not count for reading.
    search = f"{site.roles.search}/" if site.roles.search else ""
    # checks/site/alone.py weighs pages that are complete alone: their style and script are inside them.
    for page in [page for page in site.pages if page not in site.alone]:
        styles, pictures, scripts = _loaded(site, page)
        readable = _sum(page.path, *styles)
        plain = readable + _sum(*pictures)
        whole = plain + _sum(*scripts)
        searches = bool(search) and page.url.endswith(f"/{search}")
        if readable > READABLE:
            yield _heavy(page, "HTML and style are", readable, READABLE)
        if plain > WITHOUT_SCRIPT:
            yield _heavy(page, "without script the page is", plain, WITHOUT_SCRIPT)
        if whole > FIRST_VISIT and not searches:
            yield _heavy(page, "a first visit loads", whole, FIRST_VISIT)
        if len(styles | pictures) + 1 > REQUESTS_WITHOUT_SCRIPT:
            yield _many(page, "without script", len(styles | pictures) + 1, REQUESTS_WITHOUT_SCRIPT)
        if len(styles | pictures | scripts) + 1 > REQUESTS:
            yield _many(page, "a first visit", len(styles | pictures | scripts) + 1, REQUESTS)
    for locale in site.locales if search else ():
        folder = site.folder / locale.tag / site.roles.search
        found = [path for path in folder.rglob("*") if path.is_file() and path.name != "index.html"]
        page_of_search = site.of(locale).get(search)
        if page_of_search:
            found += _loaded(site, page_of_search)[2]
        if (total := _sum(*set(found))) > SEARCH:
            yield f"{folder}: searching loads {total} bytes, the limit is {SEARCH}. Index fewer words."


def _loaded(site: BuiltSite, page: BuiltPage) -> tuple[set[Path], set[Path], set[Path]]:
    """Return the style sheets, pictures and scripts that a page requests, without repetition, as a browser does."""
    styles, pictures, scripts = set(), set(), set()
    for element in elements(page):
        relations = element.get("rel", "").lower().split() if element.tag == "link" else []
        address = element.get("href" if relations else "src", "")
        path = site.target(page, address) if address else None
        if path is None or not path.is_file():
            continue
        if "stylesheet" in relations:
            styles.add(path)
        elif "icon" in relations or element.tag in ("img", "source", "input"):
            pictures.add(path)
        elif element.tag == "script" or "modulepreload" in relations or "preload" in relations:
            scripts.add(path)
    return styles, pictures, scripts


def _sum(*paths: Path) -> int:
    return sum(_weight(path) for path in paths)


def _heavy(page: BuiltPage, what: str, weight: int, limit: int) -> str:
    return f"{page.path}:1: {what} {weight} bytes compressed, the limit is {limit}. Remove something or split the page."


def _many(page: BuiltPage, what: str, count: int, limit: int) -> str:
    return f"{page.path}:1: {what} takes {count} requests, the limit is {limit}. Join files, or remove some."
