"""Pages look the same with all of Material's style sheet and with what is left of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator import style
from generator.macros import FOLDER as MACROS
from i18n.locales import Locale
from packs.language import TEMPLATES

PAGES = ("arrested", "check", "figures", "words", "border-card")

OWN = style.own_sheet(MACROS.parent / "theme" / "site.css", MACROS)


@pytest.fixture(scope="module")
def whole(site: Path) -> str:
    """Material's sheet as it comes, then ours."""
    words = set().union(*(style.vocabulary(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")))
    return f"{style.material_sheet()}\n{style.for_scripts(OWN, words)}"


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


def document(locale: Locale) -> str:
    """A page of a language, with words in English and a word of the language in English ones; its style inside."""
    body = (
        f'<html lang="{locale.tag}" dir="{locale.direction}" data-script="{locale.script}"><body>'
        '<article class="md-typeset"><p id="own">x <em>x</em></p>'
        f'<p id="english" lang="en">x <em>x</em> <b lang="{locale.tag}">x</b></p></article>'
    )
    words = style.vocabulary(body)
    paper = style.for_scripts((TEMPLATES / "copy.css").read_text(encoding="utf-8"), words)
    return f"<!doctype html><style>{style.sheet(style.material_sheet(), OWN, words)}{paper}</style>{body}"


LOOK = """(selector) => {
  const found = getComputedStyle(document.querySelector(selector));
  return {
    line: Math.round(100 * parseFloat(found.lineHeight) / parseFloat(found.fontSize)) / 100,
    font: found.fontFamily.split(",")[0].replaceAll('"', ""),
    italic: found.fontStyle === "italic",
  };
}"""


@pytest.mark.parametrize(
    ("name", "line", "font", "italic"),
    [
        ("ar", 1.9, "Noto Naskh Arabic", False),
        ("ur", 1.9, "Noto Naskh Arabic", False),
        ("ps", 1.9, "Noto Naskh Arabic", False),
        ("ckb", 1.9, "Noto Naskh Arabic", False),
        ("he", 1.6, "Noto Sans Hebrew", False),
        ("bn", 1.75, "Noto Sans Bengali", False),
        ("my", 1.9, "Noto Sans Myanmar", False),
        ("zh_Hans", 1.6, "Noto Sans CJK SC", True),
        ("zh_Hant", 1.6, "Noto Sans CJK TC", True),
        ("ru", 1.6, "Noto Sans", True),
    ],
)
def test_each_script_has_its_line_height_and_font_on_paper(
    page: Page, name: str, line: float, font: str, italic: bool
) -> None:
    """Nothing is added for a language: its script says how it looks, and English words in it look like English."""
    page.set_content(document(Locale.of(name)))
    first = {"Arab": "Segoe UI", "Hans": "PingFang SC", "Hant": "PingFang TC"}.get(Locale.of(name).script)
    assert first in (None, page.evaluate(LOOK, "#own")["font"])
    page.emulate_media(media="print")
    own, english = page.evaluate(LOOK, "#own"), page.evaluate(LOOK, "#english")
    assert (own["line"], own["font"]) == (line, font)
    assert english["font"] == "Noto Sans"
    assert page.evaluate(LOOK, "#english b")["font"] == font
    assert page.evaluate(LOOK, "#own em")["italic"] == italic
    assert page.evaluate(LOOK, "#english em")["italic"]
