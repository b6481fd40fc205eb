"""Pages look the same with all of Material's style sheet and with what is left of it."""

from __future__ import annotations

from pathlib import Path

import material as material_theme
import pytest
from playwright.sync_api import Browser, Page

from generator import style
from generator.macros import FOLDER as MACROS

PAGES = ("arrested", "check", "figures", "words", "border-card")


@pytest.fixture(scope="module")
def whole() -> str:
    """Material's sheet as it comes, then ours."""
    material = style.material_sheet(Path(material_theme.__file__).parent / "templates")
    return f"{material}\n{style.own_sheet(MACROS)}"


def pictures(page: Page, url: str) -> list[bytes]:
    """The whole page on the screen and on paper, with everything opened."""
    page.goto(url)
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        found.append(page.screenshot(full_page=True))
    return found


@pytest.mark.parametrize(("locale", "width", "scheme"), [("en", 390, "light"), ("ar", 1280, "dark")])
def test_cutting_the_style_changes_no_pixel(
    browser: Browser, address: str, whole: str, locale: str, width: int, scheme: str
) -> None:
    """Each kind of page is the same picture before and after, opened details and paper too."""
    different = []
    # Without motion: a colour on its way to another one is no difference.
    with browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    ) as context:
        page, before = context.new_page(), context.new_page()
        before.route("**/style.css", lambda route: route.fulfill(body=whole, content_type="text/css"))
        for name in PAGES:
            url = f"{address}{locale}/{name}/"
            if pictures(page, url) != pictures(before, url):
                different.append(name)
    assert different == []
