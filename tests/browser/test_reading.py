"""A reader opens the site, changes the language, searches, and reads with scripts off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

HEADING = "helping"


def search(page: Page, query: str) -> None:
    box = page.locator("input.md-search__input")
    box.click()
    box.press_sequentially(query)
    # Letters that are on no key of the test's keyboard are put in without the event that the search waits for.
    box.press("End")


def test_language_link_keeps_the_place(page: Page, address: str) -> None:
    """From a heading in English, one tap leads to the same heading in Arabic, right to left."""
    page.goto(f"{address}en/arrested/#{HEADING}")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{address}ar/arrested/#{HEADING}")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    expect(page.locator(f"#{HEADING}")).to_be_in_viewport()
    expect(page.locator(f"#{HEADING}")).to_have_text(re.compile("[\u0600-\u06ff]"))


# The nominative is in the guide's title; readers type what they say.
@pytest.mark.parametrize(
    ("locale", "query", "guide"),
    [
        ("ru", "беженцами", "refugees"),
        ("ru", "порталом", "using-the-portal"),
        ("fr", "réfugiées", "refugees"),
        ("en", "arresting", "arrested"),
    ],
)
def test_search_finds_inflected_forms(page: Page, address: str, locale: str, query: str, guide: str) -> None:
    """Searching for an inflected form leads to the guide on it."""
    page.goto(f"{address}{locale}/")
    search(page, query)
    results = page.locator(".md-search-result__link")
    expect(results.first).to_be_visible()
    found = results.evaluate_all("links => links.slice(0, 5).map(link => link.href)")
    assert any(f"/{locale}/{guide}/" in link for link in found), found
    page.locator(f'.md-search-result__link[href*="/{guide}/"]').first.click()
    expect(page).to_have_url(re.compile(f"/{locale}/{guide}/"))


def test_reading_without_script(page_without_script: Page, address: str) -> None:
    """With scripts off: languages, a guide in Arabic, its questions, and the way on all work."""
    page = page_without_script
    page.goto(f"{address}en/check/")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{address}ar/check/")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    question = page.locator("article details").first
    question.locator("summary").first.click()
    expect(question.locator("a, details").first).to_be_visible()
    page.goto(f"{address}ar/")
    page.locator("article a[href]:not([rel])").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{address}ar/arrested/")
    expect(page.get_by_text("ابحث", exact=True)).to_have_count(0)
    expect(page.locator("article ol > li").first).to_be_visible()


def test_first_page_offers_every_language(page_without_script: Page, address: str) -> None:
    """The root of the site lists every language in its own script as a plain link, and sends nobody anywhere."""
    page = page_without_script
    page.goto(address)
    expect(page).to_have_url(address)
    for name, tag in (("English", "en"), ("Français", "fr"), ("العربية", "ar"), ("Русский", "ru")):
        link = page.get_by_role("link", name=name)
        expect(link).to_have_attribute("hreflang", tag)
    page.get_by_role("link", name="Русский").click()
    expect(page).to_have_url(f"{address}ru/")


def test_unknown_address_is_answered_in_every_language(page: Page, address: str) -> None:
    """The 404 page, at any depth, leads back to each language."""
    page.goto(f"{address}404.html")
    for tag in ("en", "fr", "ar", "ru"):
        expect(page.locator(f'a[hreflang="{tag}"]')).to_have_attribute("href", f"/somewhere/below/{tag}/")


def test_nothing_leaves_the_site_and_nothing_is_kept(page: Page, address: str, requests: list[str]) -> None:
    """Reading, changing the language and searching ask no other host for anything and leave nothing in the browser."""
    page.goto(f"{address}en/alerts/")
    page.get_by_role("link", name="Français").click()
    search(page, "réfugié")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    host = address.split("/somewhere")[0]
    assert [url for url in requests if not url.startswith((host, "blob:", "data:"))] == []
    assert page.context.cookies() == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    assert page.evaluate("[...Object.keys(localStorage)]") == []


def test_old_translation_of_nothing_is_marked(page: Page, address: str) -> None:
    """No block on a translated page is English without saying so."""
    page.goto(f"{address}ru/arrested/")
    for text in page.locator("article p:not([lang]), article li:not([lang])").all_inner_texts():
        assert re.search("[а-яё]", text), text
