"""The way out works for everyone, at once, and does not lead back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

LEFT = "about:blank"
"""Where it leads, unless a language sets another place."""

SIZES = [(320, 640), (320, 256), (1280, 800), (640, 180)]
"""A phone; a window of 1280 by 1024 pixels at 400 %; a wide screen; a phone on its side with a keyboard open."""


UNCOVERED = """link => {
  const { left, top, right, bottom, width, height } = link.getBoundingClientRect();
  const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  // 24 px: WCAG 2.2, 2.5.8.
  return isWhole && Math.min(width, height) >= 24
    && [[left, top], [right, top], [left, bottom], [right, bottom], [left + right, top + bottom]]
      .map(([x, y], at) => at < 4 ? [Math.min(Math.max(x, left + 4), right - 4),
        Math.min(Math.max(y, top + 4), bottom - 4)] : [x / 2, y / 2])
      .every(([x, y]) => link.contains(document.elementFromPoint(x, y)));
}"""


def hold(page: Page) -> None:
    """Let the way out lead to a place that has nothing to show: what a reader sees until it answers stays."""
    page.route("**/does-not-answer", lambda route: route.fulfill(status=204))
    page.locator("a.leave").evaluate("link => { link.href = '/somewhere/below/does-not-answer'; }")


def leave(page: Page, way: str) -> None:
    if way == "click":
        page.locator("a.leave").click(no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Shift")


def test_without_script(page_without_script: Page, address: str, url: str) -> None:
    """The way out is a plain link, the first after the one that skips to the text."""
    page = page_without_script
    page.goto(address + url)
    page.keyboard.press("Tab")
    if page.locator("a.skip").count():
        expect(page.locator("a.skip")).to_be_focused()
        page.keyboard.press("Tab")
    expect(page.locator("a.leave")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(LEFT)


@pytest.mark.parametrize("way", ["click", "Shift"])
def test_back_does_not_return(page: Page, address: str, guide: str, way: str) -> None:
    """The page that was left is not in the history."""
    page.goto(f"{address}en/")
    page.goto(address + guide)
    leave(page, way)
    page.wait_for_url(LEFT)
    page.go_back()
    expect(page).to_have_url(f"{address}en/")
    page.go_forward()
    expect(page).to_have_url(LEFT)


@pytest.mark.parametrize("way", ["click", "Shift"])
@pytest.mark.parametrize("which", ["guide", "right_to_left"])
def test_page_is_covered_at_once(
    request: pytest.FixtureRequest, page: Page, address: str, which: str, way: str
) -> None:
    """Before the other page has come, this one shows nothing, its title says nothing, and leaving is announced."""
    page.goto(address + request.getfixturevalue(which))
    hold(page)
    leave(page, way)
    # `page.title()` may return a text of Playwright's own while the browser is asking for the other page.
    expect(page).to_have_title(re.compile(r"^[\u200b ]*$"))
    for hidden in ("h1", "article", "a.leave", "nav", "footer"):
        expect(page.locator(hidden).first).to_be_hidden()
    status = page.get_by_role("status")
    expect(status).to_have_count(1)
    expect(status).not_to_be_empty()


def test_each_press_is_announced(page: Page, address: str, guide: str) -> None:
    """Whoever cannot see hears how many presses are left."""
    page.goto(address + guide)
    hold(page)
    said = []
    for _ in range(3):
        page.keyboard.press("Shift")
        said.append(page.get_by_role("status").inner_text())
    assert "2" in said[0]
    assert "1" in said[1]
    assert len(set(said)) == 3


def test_other_keys_do_not_leave(page: Page, address: str, guide: str) -> None:
    """Escape, capitals, and Shift with another key between leave nobody without the page."""
    page.goto(address + guide)
    for key in ("Escape", "Escape", "Escape", "Shift+A", "Shift+B", "Shift+C", "Shift", "Shift", "x", "Shift"):
        page.keyboard.press(key)
    expect(page.locator("h1")).to_be_visible()
    expect(page).to_have_url(address + guide)


def test_without_network(page: Page, address: str, guide: str) -> None:
    """The way out asks for nothing, so it works when there is no network any more."""
    page.goto(address + guide)
    page.context.set_offline(True)
    leave(page, "click")
    page.wait_for_url(LEFT)


def test_never_covered(page: Page, address: str, url: str) -> None:
    """Wherever a page is scrolled to, the way out is whole on the screen, large enough, and nothing lies over it."""
    page.goto(address + url)
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for part in (0, 0.5, 1):
            page.evaluate("part => scrollTo(0, document.documentElement.scrollHeight * part)", part)
            assert page.locator("a.leave").evaluate(UNCOVERED), (width, height, part)


def test_uncovered_without_script(page_without_script: Page, address: str, right_to_left: str) -> None:
    """With scripts off it stays on the screen too, right to left, at 400 %."""
    page = page_without_script
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(address + right_to_left)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
    box = page.locator("a.leave").bounding_box()
    assert box
    assert 0 <= box["y"] <= 256 - box["height"]
    page.locator("a.leave").click(trial=True)
