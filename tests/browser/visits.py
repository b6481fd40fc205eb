"""Every page is opened once, and everything that is said of every page is looked for in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.browser import find
from tests.browser.conftest import Look
from tests.browser.test_axe import AXE, READY
from tests.browser.test_conditions import WIDER, double_the_text
from tests.browser.test_privacy import WATCH, kept, leaves

NARROW = 320
"""The width of the screen in px on which a page is opened."""


@dataclass
class Visits:
    """What was found: against the policy of a page, what is too wide or cut, and what axe-core says."""

    policy: list[str] = field(default_factory=list)
    width: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)


def visited(browser: Browser, address: str, urls: Iterable[str], looks: Mapping[str, Sequence[Look]]) -> Visits:
    """Open each page, and look at it. looks: how axe-core looks at each."""
    found = Visits()
    host = address.split("/somewhere")[0]
    with browser.new_context() as context:
        context.add_init_script(WATCH)
        # Compiled once, not for each page.
        context.add_init_script(path=find.package("axe-core/axe.min.js"))
        context.on("request", lambda request: found.policy.append(request.url) if leaves(request.url, host) else None)
        page = context.new_page()
        page.on("console", lambda message: found.policy.append(f"{page.url} console: {message.text}"))
        page.on("pageerror", lambda error: found.policy.append(f"{page.url} error: {error}"))
        for url in urls:
            page.set_viewport_size({"width": NARROW, "height": 640})
            page.goto(address + url)
            found.policy += [f"{url} {refused}" for refused in page.evaluate("window.refused || []")]
            found.width += [f"{url} {NARROW} px: {what}" for what in page.evaluate(WIDER)]
            found.axe += [f"{url} {violation}" for look in looks[url] for violation in looked(page, *look)]
            page.set_viewport_size({"width": 2 * NARROW, "height": 640})
            double_the_text(page)
            found.width += [f"{url} 200 %: {what}" for what in page.evaluate(WIDER)]
        found.policy += kept(page)
    return found


def looked(page: Page, width: int, scheme: str) -> list[str]:
    """What axe-core finds in a page that has it."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.evaluate(READY)
    return [f"{width} {scheme} {violation}" for violation in page.evaluate(AXE)]
