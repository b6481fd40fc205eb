"""A visit leaves nothing behind and tells nobody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import rare_word, to_language

if TYPE_CHECKING:
    from tests.browser.visits import Visits

WATCH = """
addEventListener("securitypolicyviolation", (event) => {
  (window.refused ||= []).push(`${event.violatedDirective} ${event.blockedURI}`);
}, true);
"""

KEPT = """
async () => [
  ...Object.keys(localStorage).map((key) => `localStorage ${key}`),
  ...Object.keys(sessionStorage).map((key) => `sessionStorage ${key}`),
  ...(await indexedDB.databases()).map(({ name }) => `indexedDB ${name}`),
  ...(await caches.keys()).map((key) => `caches ${key}`),
  ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => `serviceWorker ${scope}`),
  ...(window.name ? [`name ${window.name}`] : []),
]
"""


def kept(page: Page) -> list[str]:
    """Everything that a page and its context hold."""
    return [*page.evaluate(KEPT), *(str(cookie) for cookie in page.context.cookies())]


def test_every_page_keeps_to_its_policy(visits: Visits) -> None:
    """No page has anything that its policy refuses, says anything on the console, or asks another host."""
    assert visits.policy == []


def leaves(url: str, host: str) -> bool:
    return not url.startswith((f"{host}/", "data:", "about:"))


def test_a_visit_leaves_nothing(browser: Browser, address: str, site: Path, guide: str, right_to_left: str) -> None:
    """Reading, changing the language and searching leave nothing behind and ask nobody else."""
    host = address.split("/somewhere")[0]
    tag, slug, _ = right_to_left.split("/")
    asked: list[str] = []
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto(address + guide)
        to_language(page, tag)
        page.locator(".bar a[href$='search/']").click()
        page.get_by_role("searchbox").fill(rare_word(site, tag, slug))
        expect(page.locator(".macro-search mark").first).to_be_visible()
        assert page.evaluate("window.refused || []") == []
        assert kept(page) == []
        assert context.storage_state() == {"cookies": [], "origins": []}
        page.go_back()
        assert kept(page) == []
    assert [url for url in asked if leaves(url, host)] == []


def test_policy_refuses_what_it_is_for(page: Page, address: str, guide: str) -> None:
    """Script and style in the page, another host's picture, and data that is sent or fetched are refused."""
    page.add_init_script(WATCH)
    page.goto(address + guide)
    page.evaluate(
        """() => {
          const add = (html) => document.body.insertAdjacentHTML("beforeend", html);
          add("<p style='color: red'>");
          add("<img src='https://example.org/x.png'>");
          add("<button onclick='document.title = 1'>");
          document.querySelector("button:last-of-type").click();
          document.body.append(Object.assign(document.createElement("script"), { textContent: "document.title = 2" }));
          fetch("https://example.org/").catch(() => {});
        }"""
    )
    page.wait_for_function("window.refused.length >= 5")
    refused = {one.split()[0] for one in page.evaluate("window.refused")}
    assert refused == {"style-src-attr", "img-src", "script-src-attr", "script-src-elem", "connect-src"}
