"""What the tests of the page that prepares a request share: a network that tells all, and a reader who fills it in."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.browser.conftest import PREFIX

HOST = "prepare.test"
"""The only host that answers."""

ROOT = f"http://{HOST}{PREFIX}"

TYPED = "Zyxqvorm"
"""A word that stands nowhere on the site."""

USUAL = (
    "w-deletion",
    "w-faster",
    "w-myself",
    "typed-other",
    "w-refugee",
    "w-red",
    "w-g-political",
    "w-g-refugee",
    "w-g-human-rights",
    "w-m-address",
    "w-m-family",
    "doc-id",
    "doc-signed",
)
"""What somebody ticks who asks for the deletion of a Red Notice."""


# ── a network that tells all ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Network:
    """Where a browser sends each of its requests, to whatever host, and what came there: method and address."""

    port: int
    asked: list[str]

    @property
    def server(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Proxy(http.server.SimpleHTTPRequestHandler):
    asked: list[str]

    def parse_request(self) -> bool:
        known = super().parse_request()
        self.asked.append(f"{self.command} {self.path}")
        return known

    def translate_path(self, path: str) -> str:
        return super().translate_path(urlsplit(path).path.removeprefix(PREFIX.rstrip("/")))

    def send_head(self) -> object:  # type: ignore[override]
        if urlsplit(self.path).hostname != HOST:
            self.send_error(404)
            return None
        return super().send_head()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def network(site: Path) -> Iterator[Network]:
    """A network in which there is only the site, as long as that lasts."""
    asked: list[str] = []
    kind = type("Proxy", (_Proxy,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(kind, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Network(server.server_address[1], asked)
        server.shutdown()


# ── a reader ─────────────────────────────────────────────────────────────────────────────────────────────────────────

# Ticks what has one of the ids, or everything but signs of danger, and writes into every field that is shown.
FILL = """
([ids, text, day]) => {
  const tell = (field, name) => field.dispatchEvent(new Event(name, { bubbles: true }));
  for (const item of document.querySelectorAll("article li[id]")) {
    const box = item.querySelector("input");
    const isMeant = ids ? ids.includes(item.id) : !item.id.startsWith("sign-") && box?.type === "checkbox";
    if (box && isMeant && !box.checked) box.click();
  }
  for (const field of document.querySelectorAll("article :is(textarea, [type=text], [type=date])")) {
    if (!field.checkVisibility() || field.disabled) continue;
    field.value = field.type === "date" ? day : text;
    tell(field, "input");
    tell(field, "change");
  }
}
"""

# Where something typed or ticked is left.
LEFT = """
(text) => {
  const boxes = ["checkbox", "radio"];
  return [
    ...[...document.querySelectorAll("input, textarea, select")]
      .filter((field) => boxes.includes(field.type) ? field.checked : field.value || field.defaultValue)
      .map((field) => `field ${field.type} ${field.getAttribute("aria-labelledby") || field.name}`),
    ...[...document.querySelectorAll(".macro-prepare__papers > li")].map(() => "a row"),
    ...Object.entries({
      markup: document.documentElement.outerHTML, title: document.title, address: location.href, name: window.name,
      state: JSON.stringify(history.state), selection: String(getSelection()), referrer: document.referrer,
    }).filter(([, held]) => held && held.includes(text)).map(([name]) => name),
  ];
}
"""


def word(page: Page, name: str) -> str:
    """What a button says, or another word of the script, in the language of the page."""
    return page.locator("[data-kind=result]").get_attribute(f"data-{name}") or ""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=word(page, name), exact=True).click()


def fill(page: Page, ids: Collection[str] | None = USUAL, text: str = TYPED, day: str = "2026-03-30") -> None:
    """Tick and write. ids: of the answers to tick; None: everything but signs of danger. All fields get the text."""
    press(page, "add")
    # Reasons that are ticked get a field each.
    page.evaluate(FILL, [list(ids) if ids is not None else None, text, day])
    page.evaluate(FILL, [[], text, day])


def left(page: Page, text: str = TYPED) -> list[str]:
    """Where something typed or ticked is left in a page."""
    found: list[str] = page.evaluate(LEFT, text)
    return found
