"""What a search of this site shows can be used by everyone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import find
from tests.browser.test_axe import AXE, READY


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "query"), [("en", "lawyer"), ("ar", "محام")])
def test_results_of_a_search(browser: Browser, address: str, locale: str, query: str, scheme: str) -> None:
    """What a search shows is held to the same rules."""
    axe = find.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}{locale}/search/")
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(".macro-search mark").first).to_be_visible()
        page.evaluate(axe)
        page.evaluate(READY)
        found = page.evaluate(AXE)
    assert not found, "\n".join(found)
