"""A reader opens the site, changes the language, and reads with scripts off."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PREFIX, languages, to_language


@pytest.mark.parametrize("script", ["page", "page_without_script"])
def test_language_link_leads_to_the_same_guide(
    request: pytest.FixtureRequest, address: str, guide: str, right_to_left: str, script: str
) -> None:
    """One tap leads from a guide to the same guide in another language, which runs in the direction of its script."""
    page: Page = request.getfixturevalue(script)
    tag = right_to_left.split("/")[0]
    page.goto(address + guide)
    to_language(page, tag)
    expect(page).to_have_url(address + right_to_left)
    expect(page.locator("html")).to_have_attribute("lang", tag)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("body")).to_have_css("direction", "rtl")


def test_language_link_keeps_the_place(page: Page, address: str, guide: str, right_to_left: str) -> None:
    """From a heading, the link leads to the same heading."""
    page.goto(address + guide)
    anchor = page.locator("article h2[id]").first.get_attribute("id")
    page.goto(f"{address}{guide}#{anchor}")
    to_language(page, right_to_left.split("/")[0])
    expect(page).to_have_url(f"{address}{right_to_left}#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_menu_leads_through_the_guides_without_script(page_without_script: Page, address: str) -> None:
    """With scripts off, each entry of the menu on a first page leads to a guide that has its heading and its text."""
    page = page_without_script
    page.goto(f"{address}en/")
    entries = page.locator("#menu nav a[href]:not([href^='#'], [rel])")
    ways = entries.evaluate_all("links => links.map((link) => link.href)")
    assert ways
    for way in ways:
        page.goto(way)
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator("article :is(p, li)").first).to_be_visible()


def test_first_page_offers_every_language(page_without_script: Page, address: str, site: Path) -> None:
    """The root of the site lists every language as a plain link that leads to it, and sends nobody anywhere."""
    page = page_without_script
    for tag in languages(site):
        page.goto(address)
        expect(page).to_have_url(address)
        page.locator(f"a[hreflang={tag}]").click()
        expect(page).to_have_url(f"{address}{tag}/")
        expect(page.locator("html")).to_have_attribute("lang", tag)


def test_unknown_address_is_answered_in_every_language(page: Page, address: str, site: Path) -> None:
    """The 404 page, at any depth, leads back to each language."""
    page.goto(f"{address}404.html")
    for tag in languages(site):
        expect(page.locator(f'a[hreflang="{tag}"]')).to_have_attribute("href", f"{PREFIX}{tag}/")
