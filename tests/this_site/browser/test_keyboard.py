"""Whoever has a keyboard alone sees where they are on this site, and answers its questions."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_keyboard import tab_to, unseen


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize(
    ("url", "width"), [("", 1280), ("en/check/", 320), ("ar/arrested/", 320), ("ar/dates/", 1280), ("en/", 1280)]
)
def test_focus_is_always_seen(browser: Browser, address: str, url: str, width: int, forced: str) -> None:
    """Each stop of the Tab key is seen, also on pages with rarer kinds of links."""
    assert unseen(browser, address + url, width, forced) == []


@pytest.mark.parametrize("script", ["page", "page_without_script"])
def test_tree_by_keyboard(request: pytest.FixtureRequest, address: str, script: str) -> None:
    """An answer of the tree opens and closes with Enter and with Space, and the next stop is what it holds."""
    page: Page = request.getfixturevalue(script)
    page.goto(f"{address}ar/check/")
    tab_to(page, "article summary")
    answer = page.locator("article details:has(> summary:focus)")
    page.keyboard.press("Enter")
    expect(answer).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(answer).not_to_have_attribute("open", "")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(page.locator("article details[open] :focus")).to_be_visible()
