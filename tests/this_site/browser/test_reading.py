"""A reader opens this site, changes the language, and reads with scripts off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import languages, to_language

HEADING = "helping"
NAMES = {
    "English": "en",
    "Français": "fr",
    "العربية": "ar",
    "Русский": "ru",
    "Español": "es",
    "Türkçe": "tr",
    "فارسی": "fa",
    "中文": "zh-Hans",
}


def test_language_link_keeps_the_place(page: Page, address: str) -> None:
    """From a heading in English, one tap leads to the same heading in Arabic, right to left."""
    page.goto(f"{address}en/arrested/#{HEADING}")
    to_language(page, "ar")
    expect(page).to_have_url(f"{address}ar/arrested/#{HEADING}")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("body")).to_have_css("direction", "rtl")
    expect(page.locator(f"#{HEADING}")).to_be_in_viewport()
    expect(page.locator(f"#{HEADING}")).to_have_text(re.compile("[\u0600-\u06ff]"))


def test_reading_without_script(page_without_script: Page, address: str) -> None:
    """With scripts off: languages, a guide in Arabic, its questions, and the way on all work."""
    page = page_without_script
    page.goto(f"{address}en/check/")
    to_language(page, "ar")
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
    for name, tag in NAMES.items():
        link = page.get_by_role("link", name=name)
        expect(link).to_have_attribute("hreflang", tag)
    page.get_by_role("link", name="Русский").click()
    expect(page).to_have_url(f"{address}ru/")


def test_unknown_address_is_answered_in_every_language(page: Page, address: str) -> None:
    """The 404 page, at any depth, leads back to each language."""
    page.goto(f"{address}404.html")
    for tag in NAMES.values():
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


def test_header_is_low(page: Page, address: str, site: Path) -> None:
    """On a phone, the languages take one line, and the title is within the first 200 pixels."""
    for tag in languages(site):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(f"{address}{tag}/arrested/")
        tops = page.locator(".languages > :is(a, b, details)").evaluate_all(
            "found => found.map((each) => Math.round(each.getBoundingClientRect().bottom))"
        )
        assert len(tops) == (2 if tag == "en" else 3)
        assert max(tops) - min(tops) < 10, tag
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.locator("h1").evaluate("title => title.getBoundingClientRect().top") < 200, tag


def test_list_of_languages_says_how_much_it_has(page_without_script: Page, address: str) -> None:
    """The list opens without script, and says of each other language how much of this page is in it."""
    page = page_without_script
    page.goto(f"{address}en/arrested/")
    page.locator(".languages summary").click()
    lines = page.locator(".languages li")
    expect(lines).to_have_count(len(NAMES) - 1)
    for line in lines.all():
        expect(line).to_have_text(re.compile(r"\S+ \d+%$"))


@pytest.mark.parametrize("tag", ["fr", "fa", "zh-Hans"])
def test_english_is_beside_the_translation(page_without_script: Page, address: str, tag: str) -> None:
    """From the notice, without script, to a page with both: side by side, and one under the other on a phone."""
    page = page_without_script
    page.goto(f"{address}{tag}/arrested/")
    page.locator(".notice a[href='facing/']").click()
    expect(page).to_have_url(f"{address}{tag}/arrested/facing/")
    pair = page.locator("p.pair:not(.admonition-title)").first
    for width, beside in ((1000, True), (320, False)):
        page.set_viewport_size({"width": width, "height": 700})
        own, english = (box for box in (part.bounding_box() for part in pair.locator("> span").all()) if box)
        assert (abs(own["y"] - english["y"]) < 5) is beside
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
