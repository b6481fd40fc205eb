"""A reader with a keyboard alone reaches everything, and always sees where they are."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

STEPS = 60
"""How many stops of a page are looked at; the pages below have their rarer kinds of links within them."""

HERE = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  // Of a link in two lines, the longer part; of a high field, its first line, which the browser brings into view.
  const { left, top, width, height } = [...element.getClientRects()].sort((a, b) => b.width - a.width)[0];
  const inside = (x, y) => { const found = document.elementFromPoint(x, y); return found && element.contains(found); };
  return {
    html: element.outerHTML.slice(0, 90), left, top, width, height, scrollX, scrollY,
    uncovered: inside(left + width / 2, top + Math.min(height / 2, 20)),
  };
}
"""

NO_CARET = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { caret-color: transparent !important; }");
  document.adoptedStyleSheets.push(sheet);
}
"""
"""What blinks in a field is not enough of a sign."""


def unseen(browser: Browser, url: str, width: int, forced: str) -> list[str]:
    """The stops of the Tab key that are covered, or look as they do without focus. width: of the screen, in px."""
    found = []
    with browser.new_context(
        viewport={"width": width, "height": 700},
        forced_colors=forced,  # type: ignore[arg-type]
    ) as context:
        page = context.new_page()
        page.goto(url)
        page.evaluate(NO_CARET)
        driver = context.new_cdp_session(page)
        for _ in range(STEPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(HERE)
            if stop is None:
                break
            if not stop["uncovered"]:
                found.append(f"covered: {stop['html']}")
                continue
            clip = {
                "x": max(stop["left"] - 8, 0) + stop["scrollX"],
                "y": max(stop["top"] - 8, 0) + stop["scrollY"],
                "width": min(stop["width"] + 16, width),
                "height": stop["height"] + 16,
                "scale": 1,
            }
            # Playwright's own pictures take twice as long.
            ask = {"clip": clip, "optimizeForSpeed": True}
            focused = driver.send("Page.captureScreenshot", ask)["data"]
            # The Tab key goes on from where the focus was, also when nothing has it.
            page.evaluate("document.activeElement.blur()")
            if driver.send("Page.captureScreenshot", ask)["data"] == focused:
                found.append(f"no sign of focus: {stop['html']}")
    return found


@pytest.mark.parametrize(("forced", "width"), [("none", 320), ("active", 1280)])
def test_focus_is_always_seen(browser: Browser, address: str, url: str, width: int, forced: str) -> None:
    """Each stop of the Tab key is on the screen, under nothing, and looks other than without focus."""
    assert unseen(browser, address + url, width, forced) == []


def test_skip_link_leads_to_the_text(page: Page, address: str, guide: str) -> None:
    """The first stop skips what is the same on every page; the next one is in the text."""
    page.goto(address + guide)
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("script", ["page", "page_without_script"])
def test_menu_is_a_place_on_the_page(request: pytest.FixtureRequest, address: str, guide: str, script: str) -> None:
    """ "Menu" leads to the menu, on a phone too, where it stands below the text; the next stop is in it."""
    page: Page = request.getfixturevalue(script)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address + guide)
    page.locator("a[href='#menu']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#menu")).to_be_in_viewport()
    page.keyboard.press("Tab")
    focused = page.locator("#menu :focus")
    expect(focused).to_be_in_viewport()
    expect(focused).to_have_attribute("href", re.compile("."))


def tab_to(page: Page, selector: str) -> None:
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The Tab key does not reach {selector}")


def test_language_by_keyboard(page: Page, address: str, guide: str, right_to_left: str) -> None:
    """Tab and Enter open the list of languages and change the language."""
    page.goto(address + guide)
    tab_to(page, ".languages summary")
    page.keyboard.press("Enter")
    tab_to(page, f".languages a[hreflang={right_to_left.split('/')[0]}]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address + right_to_left)
