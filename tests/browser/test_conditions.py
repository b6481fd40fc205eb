"""Nothing is lost on a narrow screen, with large text, without script, in forced colours, or without movement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page

if TYPE_CHECKING:
    from tests.browser.visits import Visits

WIDER = r"""
() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  const scrolls = (element) => element.closest("[tabindex='0']") && getComputedStyle(element).overflowX === "auto";
  const found = [];
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth - clientWidth} px wider than the screen`);
  for (const element of document.querySelectorAll("body *")) {
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    if (clipPath !== "none" || element.closest(".md-skip, .leaving, [hidden]")) continue;
    const cut = (overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1 && !scrolls(element))
      || (["hidden", "clip"].includes(overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (cut && element.innerText.trim()) found.push(`<${element.localName} class="${element.className}"> is cut`);
  }
  for (const table of document.querySelectorAll("table")) {
    const texts = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const { 0: word, index } of texts.currentNode.data.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.,]\p{N}+)*/gu)) {
        if (word.length > 4 && !/^[\p{N}.,]+$/u.test(word)) continue;
        // Chinese has no words to keep whole: a line may end after each character.
        if (/\p{Script=Han}/u.test(word)) continue;
        const range = document.createRange();
        range.setStart(texts.currentNode, index);
        range.setEnd(texts.currentNode, index + word.length);
        const seen = [...range.getClientRects()].filter(({ width }) => width);
        if (new Set(seen.map(({ top }) => Math.round(top))).size > 1) found.push(`"${word}" is broken in a table`);
      }
    }
  }
  return [...new Set(found)];
}
"""


def test_nothing_is_wider_than_the_screen(visits: Visits) -> None:
    """On every page, 320 px wide, and 640 px wide with text of 200 %, nobody scrolls sideways and no text is cut.

    A table too wide for the screen may scroll by itself, if the keyboard reaches it. Cells are wide enough for a number
    and for a word of four letters.
    """
    assert visits.width == []


def double_the_text(page: Page) -> None:
    page.evaluate(
        """() => {
          const root = document.documentElement;
          root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
        }"""
    )


def test_the_same_words_without_script(page: Page, page_without_script: Page, address: str, url: str) -> None:
    """With scripts off a page says the same; only of what needs a script nothing is said: the key and the search."""
    texts = []
    for one in (page, page_without_script):
        one.goto(address + url)
        text = one.locator("body").inner_text()
        for needs_script in one.locator(".header__keys:visible, .macro-search:visible").all():
            text = text.replace(needs_script.inner_text(), "", 1)
        texts.append(" ".join(text.split()))
    assert texts[0] == texts[1]


def test_nothing_moves_by_itself(browser: Browser, address: str, url: str) -> None:
    """Whoever asks for less movement gets none: no transition, no animation, no smooth scrolling."""
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(address + url)
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((element) => {
              const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
              return parseFloat(transitionDuration) > 0.01 || animationName !== "none" || scrollBehavior === "smooth";
            }).map((element) => element.outerHTML.slice(0, 80))"""
        )
    assert moving == []


def test_forced_colours(browser: Browser, address: str, url: str) -> None:
    """In colours that the reader chose, nothing insists on its own, and boxes and the way out keep an edge."""
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(address + url)
        found = page.evaluate(
            """() => {
              const edge = (element) => { const style = getComputedStyle(element);
                return ["Top", "Left", "Right", "Bottom"].some((side) =>
                  parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none"); };
              const plain = (element) => getComputedStyle(element).textDecorationLine.includes("underline");
              return [
                ...[...document.querySelectorAll("*")].filter((element) =>
                  getComputedStyle(element).forcedColorAdjust === "none" && !(element instanceof SVGElement)),
                ...[...document.querySelectorAll(".admonition, details")].filter((element) =>
                  !edge(element) && !plain(element.querySelector("summary") ?? element)),
                ...[...document.querySelectorAll("a.leave")].filter((element) => !edge(element) && !plain(element)),
              ].map((element) => element.outerHTML.slice(0, 80));
            }"""
        )
    assert found == []
