"""On paper, and in a PDF that Chromium makes, a guide is whole, black on white, and in reading order."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pdfua import Severity, validate
from playwright.sync_api import Browser, Page, expect

from tests import system

LOCALES = ("en", "fr", "ar", "ru")
GUIDES = ("arrested", "check", "dates", "words", "border-card", "about")

BETWEEN = r"[(),.:،؛\d]|[A-Za-z]{4,}"
"""Between parts of a block, for blocks that are not there as one: addresses that a link gets on paper, and, in Arabic,
what runs from left to right."""

CONTROLS = "a.skip, a.leave, .bar, .languages, #menu, .steps, .contents, .footer__way, button, input, select"

# Where paper would be dark, or text pale.
PALE = """
() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => parts(colour).slice(0, 3).map((value) => value / 255)
    .map((value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const found = [];
  for (const element of document.querySelectorAll("html, body, article, article *")) {
    const { color, backgroundColor, display } = getComputedStyle(element);
    if (display === "none") continue;
    const [, , , opaque = 1] = parts(backgroundColor);
    if (opaque > 0.1 && luminance(backgroundColor) < 0.8) found.push(["dark paper", element]);
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (says && 1.05 / (luminance(color) + 0.05) < 4.5) found.push(["pale text", element]);
  }
  return found.map(([what, element]) => `${what}: ${element.outerHTML.slice(0, 80)}`);
}
"""


def letters(text: str, locale: str) -> str:
    """The letters of a text in its order, without case and marks.

    Without lam and alef as well: a PDF has one shape for both, and poppler writes its letters in either order. In
    Arabic without Latin letters: where a line turns is not to be seen in a row of letters.
    """
    text = "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if unicodedata.category(one)[0] == "L")
    text = re.sub("[لاأإآٱـ]", "", text)
    return re.sub("[a-z]", "", text) if locale == "ar" else text


@pytest.mark.parametrize("guide", GUIDES)
@pytest.mark.parametrize("locale", LOCALES)
def test_pdf_holds_the_whole_guide(browser: Browser, address: str, tmp_path: Path, locale: str, guide: str) -> None:
    """Every paragraph, folded or not, stands in the PDF in logical order, with the day of its check."""
    pdftotext = system.needed("pdftotext")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}{locale}/{guide}/")
        page.pdf(path=tmp_path / "guide.pdf", format="A4")
        page.emulate_media(media="print")
        blocks = page.locator("article :is(p, h1, h2, h3, summary, dt):not(.contents *, .steps *)").all_inner_texts()
        addresses = page.locator("article a[href^='http']").evaluate_all("links => links.map((link) => link.href)")
        expect(page.locator("article #checked")).to_be_visible()
    done = subprocess.run([pdftotext, tmp_path / "guide.pdf", "-"], capture_output=True, text=True, check=True)
    printed = letters(done.stdout, locale)
    blocks = [block for block in blocks if len(letters(block, locale)) > 8]
    assert len(blocks) > 5
    parts = [part for block in blocks if letters(block, locale) not in printed for part in re.split(BETWEEN, block)]
    assert {word for part in parts for word in part.split() if letters(word, locale) not in printed} == set()
    moved = [part for part in parts if letters(part, locale) not in printed]
    # Where a line of Arabic ends beside numbers or Latin letters, poppler may take its pieces in another order:
    # three of the notices that stand on every page, and few more.
    assert len(moved) <= (max(4, len(blocks) / 10) if locale == "ar" else 0), "\n".join(moved)
    plain = re.sub(r"[\s\W]", "", done.stdout)
    assert {piece for one in addresses for piece in re.findall("[a-z]{5,}", one) if piece not in plain} == set()


@pytest.mark.parametrize("guide", ["about", "check", "get-help"])
@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_printed_is_heard(browser: Browser, address: str, tmp_path: Path, locale: str, guide: str) -> None:
    """In a PDF that a reader prints, no words are without a tag: a style makes none, and addresses are text."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}{locale}/{guide}/")
        page.pdf(path=tmp_path / "guide.pdf", format="A4", tagged=True)
    found = validate(str(tmp_path / "guide.pdf")).findings
    assert [each.message for each in found if each.severity == Severity.ERROR] == []


def test_an_address_is_heard_once(page: Page, address: str) -> None:
    """On a screen there is the host alone, beside a link that leads to the address; on paper there is all of it."""
    page.goto(f"{address}en/get-help/")
    beside = page.locator(".macro-contact bdi").first
    for medium, wanted in (("screen", "help.unhcr.org"), ("print", "https://help.unhcr.org")):
        page.emulate_media(media=medium)
        assert beside.inner_text() == wanted


SCRIPTS = ("en", "ar", "fa", "ru", "tr", "zh-Hans")
"""A language of each script, and those whose words are long."""


@pytest.mark.parametrize("locale", SCRIPTS)
def test_the_card_is_a_postcard_in_two_languages(page: Page, address: str, locale: str) -> None:
    """Printed, it is as wide as a postcard and not higher, nothing sticks out of it, and its English is beside it."""
    page.goto(f"{address}{locale}/border-card/")
    page.emulate_media(media="print")
    card = page.locator("article .card")
    width, height = card.evaluate("card => [card.offsetWidth, card.offsetHeight].map((one) => one / 96 * 25.4)")
    assert 147 < width < 149
    assert 60 < height <= 105
    assert card.evaluate("card => card.scrollWidth <= card.clientWidth && card.scrollHeight <= card.clientHeight")
    said = card.inner_text()
    assert "I am a refugee." in said
    if locale != "en":
        # Each line of the card is there in both languages.
        assert card.locator("[lang=en]").count() * 2 >= card.locator("p, li").count() > 8


@pytest.mark.parametrize("locale", SCRIPTS)
def test_a_notice_ends_with_its_sentence_on_paper(page: Page, address: str, locale: str) -> None:
    """What leads from it to other pages is not printed, nor is what separates these ways."""
    page.goto(f"{address}{locale}/about/")
    page.emulate_media(media="print")
    for said in page.locator("article .notice p").all_inner_texts():
        assert "·" not in said


def test_letters_in_the_wrong_order_would_be_seen() -> None:
    """A word whose letters are turned round, and words in another order, are not the same text."""
    assert letters("كتبت آلة مسودة", "ar") == letters("كتبت ٱلة مسودة\n", "ar")
    assert letters("كتبت آلة مسودة", "ar") != letters("تبتك آلة مسودة", "ar")
    assert letters("كتبت آلة مسودة", "ar") != letters("مسودة آلة كتبت", "ar")


@pytest.mark.parametrize("guide", GUIDES)
def test_paper_has_no_controls(page: Page, address: str, guide: str) -> None:
    """What can be pressed on a screen only is not printed, and nothing is folded away."""
    page.goto(f"{address}ar/{guide}/")
    page.emulate_media(media="print")
    for control in page.locator(CONTROLS).all():
        expect(control).to_be_hidden()
    for answer in page.locator("article details:not(.contents) > :not(summary)").all():
        expect(answer).to_be_visible()


@pytest.mark.parametrize("guide", GUIDES)
def test_paper_is_black_on_white(browser: Browser, address: str, guide: str) -> None:
    """Whoever reads light on dark prints dark on light."""
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{address}en/{guide}/")
        page.emulate_media(media="print", color_scheme="dark")
        pale = page.evaluate(PALE)
    assert not pale, "\n".join(pale)
