"""Readers of this site find what they look for, in their words."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from generator import built
from tests.browser import find
from tests.browser.test_search import RESULTS, STATUS, ask, blank, search_of

__all__ = ["blank"]

CASES = Path(__file__).resolve().parent.parent / "cases" / "search"
LOCALES = ("en", "fr", "ar", "ru")


def cases(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def guide_of(result: dict[str, Any]) -> str:
    return result["address"].partition("#")[0].rstrip("/") or "index"


@pytest.mark.parametrize("locale", LOCALES)
def test_readers_find_the_guide(blank: Page, site: Path, locale: str, record_property: Any) -> None:
    """Of the queries that readers would type, at least 95 % have a right guide among the first three results.

    Where most guides are in English, readers find them by search words and titles only: then it is 85 %.
    """
    find = search_of(blank, site, locale)
    queries = cases(locale)
    assert len(queries) >= 20
    pages = built.read(site, locale).pages
    is_translated = 2 * sum(page.is_announced for page in pages) > len(pages)
    missed = {}
    for case in queries:
        found = [guide_of(result) for result in find(case["query"])]
        if not set(found[:3]) & set(case["finds"]):
            missed[case["query"]] = found[:5]
    rate = 1 - len(missed) / len(queries)
    record_property(
        "figures", f"search {locale}: {rate:.0%} of {len(queries)} queries in the top three; missed: {missed}"
    )
    assert rate >= (0.95 if is_translated else 0.85), missed


@pytest.mark.parametrize("locale", LOCALES)
def test_the_search_is_light(site: Path, locale: str, record_property: Any) -> None:
    """All that a search loads is at most 100 kB, the list from A to Z at most 12 kB, as GitHub Pages sends them."""
    folder = site / locale / "search"
    search = sum(len(gzip.compress(path.read_bytes(), 6)) for path in folder.glob("*.js"))
    page = len(gzip.compress((folder / "index.html").read_bytes(), 6))
    record_property(
        "figures", f"search {locale}: {search / 1000:.1f} kB of script and pages, {page / 1000:.1f} kB of list"
    )
    assert search <= 100_000
    assert page <= 12_000


def test_results_in_french(page: Page, address: str) -> None:
    """How many there are is said with the spaces of the language, and a phrase leads to a guide about it."""
    page.goto(f"{address}fr/search/")
    ask(page, "garde à vue")
    expect(page.locator(STATUS)).to_have_text(re.compile(r"^Résultats\s: \d+$"))
    results = page.locator(f"{RESULTS} li")
    assert page.locator(STATUS).inner_text().endswith(str(results.count()))
    results.first.locator("a").click()
    expect(page).to_have_url(re.compile(r"/fr/(detained|arrested)/"))


def test_found_words_are_marked(page: Page, address: str) -> None:
    """A result shows a sentence of its page, with the words that were found."""
    page.goto(f"{address}en/search/")
    ask(page, "consulate")
    expect(page.locator(f"{RESULTS} mark").first).to_have_text(re.compile("consulate", re.IGNORECASE))


def test_list_has_the_terms(page: Page, address: str) -> None:
    """Below a search that found nothing, the list from A to Z leads to the terms."""
    page.goto(f"{address}en/search/")
    ask(page, "qqxxzz")
    expect(page.locator(STATUS)).to_have_text(re.compile("^Nothing found"))
    expect(page.locator(f"{RESULTS} li")).to_have_count(0)
    expect(page.get_by_role("link", name="Arrest warrant", exact=True)).to_have_attribute(
        "href", re.compile("words/#arrest-warrant")
    )


def test_from_a_disk_and_without_webassembly(browser: Browser, site: Path) -> None:
    """Opened from a folder, without WebAssembly and compiled scripts (Tor Browser's "Safer"), it finds and opens."""
    with browser.browser_type.launch(
        executable_path=find.browser(), args=["--no-sandbox", "--js-flags=--jitless"]
    ) as strict:
        page = strict.new_page()
        page.goto((site / "ar" / "search" / "index.html").as_uri())
        assert page.evaluate("typeof WebAssembly") == "undefined"
        ask(page, "اعتقلوني في المطار")
        page.locator(f"{RESULTS} a").first.click()
        expect(page).to_have_url(re.compile(r"^file:.*/ar/arrested/index\.html"))
        expect(page.locator("h1")).to_be_visible()
