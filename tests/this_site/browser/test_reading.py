"""A reader opens this site, changes the language, and reads with scripts off."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

HEADING = "helping"


def test_language_link_keeps_the_place(page: Page, address: str) -> None:
    """From a heading in English, one tap leads to the same heading in Arabic, right to left."""
    page.goto(f"{address}en/arrested/#{HEADING}")
    page.get_by_role("link", name="العربية").click()
    expect(page).to_have_url(f"{address}ar/arrested/#{HEADING}")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    expect(page.locator(f"#{HEADING}")).to_be_in_viewport()
    expect(page.locator(f"#{HEADING}")).to_have_text(re.compile("[\u0600-\u06ff]"))


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


def test_old_translation_of_nothing_is_marked(page: Page, address: str) -> None:
    """No block on a translated page is English without saying so, as a whole or in spans of it."""
    page.goto(f"{address}ru/arrested/")
    texts: list[str] = page.locator("article :is(p, li, summary, h2)").evaluate_all(
        """blocks => blocks.filter((block) => !block.closest("[lang=en]")).map((block) => {
          const copy = block.cloneNode(true);
          for (const inner of copy.querySelectorAll("[lang=en], p, li, .macro-cite")) inner.remove();
          return copy.textContent;
        })"""
    )
    assert any(re.search("[а-яё]", text) for text in texts)
    # Where a passage stands in a source is written as lawyers write it: "36(1)(b)", "no. 2/2024". In a block of two
    # languages, four English words in a row are English.
    whole = [text for text in texts if re.search("[a-z]{3,}", text) and not re.search("[а-яё]", text)]
    parts = [text for text in texts if re.search("([A-Za-z]{2,}[ ,]+){3}[A-Za-z]{2,}", text)]
    assert [*whole, *parts] == []
