"""A visit to this site leaves nothing behind, its questions and its search included."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import to_language
from tests.browser.test_privacy import WATCH, kept, leaves
from tests.this_site.browser.conftest import arabic_word


def test_a_visit_leaves_nothing(browser: Browser, address: str, site: Path) -> None:
    """Reading, opening answers, changing the language and searching leave nothing behind and ask nobody else."""
    host = address.split("/somewhere")[0]
    asked: list[str] = []
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(f"{address}en/check/")
        page.locator("article summary").first.click()
        to_language(page, "ar")
        page.locator(".bar a[href$='search/']").click()
        page.get_by_role("searchbox").fill(arabic_word(site))
        expect(page.locator(".macro-search mark").first).to_be_visible()
        assert page.evaluate("window.refused || []") == []
        assert kept(page) == []
        assert context.storage_state() == {"cookies": [], "origins": []}
        page.go_back()
        assert kept(page) == []
    assert [url for url in asked if leaves(url, host)] == []
