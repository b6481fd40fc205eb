"""The page that prepares a request keeps nothing, tells nobody, and works for everyone, in real browsers.

tests/prepare/ proves what its result says.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from marionette_driver.marionette import Marionette
from pdfua import Severity, validate
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import system
from tests.browser import find
from tests.browser.conftest import LOOKS
from tests.browser.test_conditions import WIDER, double_the_text
from tests.browser.test_keyboard import tab_to, unseen
from tests.browser.test_leave import LEFT as LEFT_FOR
from tests.browser.test_leave import hold, leave
from tests.browser.test_privacy import WATCH, kept
from tests.browser.visits import looked
from tests.this_site.browser import preparing
from tests.this_site.browser.preparing import FILL, LEFT, ROOT, TYPED, USUAL, Network, fill, left, press, word
from tests.this_site.browser.test_firefox import SAFEST, all_of, fits, one, opened, started
from tests.this_site.browser.test_print import PALE

OFFICIAL = {"en": "official-fr", "ar": "official-en"}
"""For the language of a page, the official language that the reader chooses."""

DAY_BESIDE = {"en": "mars 2026", "ar": "March 2026"}
"""Part of a date in that language. Words may lack a translation, dates do not."""

STATES = ("start", "filled", "danger", "result")

FIELDS = "article :is(input, textarea)"
CONTROLS = f"{FIELDS}, article button"
RESULT = ".macro-prepare__result"
SENTENCE = "They came at night and took my papers, because I had written about the mine. "
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script></bdi></textarea><style>*{display:none}</style>"


@pytest.fixture(params=["en", "ar"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def network(site: Path) -> Iterator[Network]:
    with preparing.network(site) as found:
        yield found


@pytest.fixture
def context(browser: Browser, network: Network) -> Iterator[BrowserContext]:
    """Windows of a browser whose requests all go to `network`."""
    with browser.new_context(proxy={"server": network.server}) as opened:
        opened.add_init_script(WATCH)
        opened.set_default_timeout(8000)
        yield opened


@pytest.fixture
def prepare(context: BrowserContext, locale: str) -> Page:
    """The page, just opened."""
    page = context.new_page()
    page.goto(f"{ROOT}{locale}/prepare/")
    return page


def answered(locale: str) -> list[str]:
    return [*USUAL, OFFICIAL[locale]]


def bring(page: Page, state: str, locale: str) -> None:
    """Bring the page, just opened, to a state."""
    if state != "start":
        fill(page, answered(locale))
    if state == "danger":
        page.locator("#sign-asylum input").check()
    if state in ("danger", "result"):
        press(page, "show")
        expect(page.locator(RESULT)).to_be_visible()
        shown = page.get_by_role("button", name=word(page, "on"), exact=True)
        expect(shown).to_be_visible() if state == "danger" else expect(shown).to_have_count(0)


def through_all(page: Page, locale: str) -> Iterator[str]:
    """Bring the page to each state after the other, and clear it at the end."""
    for state in STATES:
        if state == "result":
            page.locator("#sign-asylum input").uncheck()
        bring(page, state, locale)
        yield state
    press(page, "clear")
    yield "cleared"


def text_of(pdf: Path) -> str:
    done = subprocess.run([system.needed("pdftotext"), pdf, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())


def pages_of(pdf: Path) -> int:
    with pikepdf.open(pdf) as file:
        return len(file.pages)


# ── it tells nobody ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_request_leaves(context: BrowserContext, network: Network, locale: str) -> None:
    """Served, the page is the only request, in every state, and the browser makes none of its own for the fields."""
    page = context.new_page()
    page.goto(f"{ROOT}{locale}/prepare/")
    for _ in through_all(page, locale):
        assert page.evaluate("window.refused || []") == []
    assert network.asked == [f"GET {ROOT}{locale}/prepare/"]


def test_no_request_leaves_a_file(context: BrowserContext, network: Network, site: Path, locale: str) -> None:
    """Opened from a disk, the file to download asks the network for nothing, in every state."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    file = (site / locale / "prepare" / "prepare.html").as_uri()
    page = context.new_page()
    page.goto(file)
    for _ in through_all(page, locale):
        assert page.evaluate("window.refused || []") == []
    assert asked == [file]
    assert network.asked == []


@pytest.mark.parametrize("kind", ["http", "file"])
def test_no_request_leaves_without_script(
    browser: Browser, network: Network, site: Path, locale: str, kind: str
) -> None:
    """With scripts off, the worksheet is the only request too, down to its end."""
    file = (site / locale / "prepare" / "prepare.html").as_uri()
    with browser.new_context(proxy={"server": network.server}, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{ROOT}{locale}/prepare/" if kind == "http" else file)
        page.locator("#next").scroll_into_view_if_needed()
        expect(page.locator(".macro-prepare[data-kind=lines]").first).to_be_visible()
        expect(page.locator(FIELDS)).to_have_count(0)
    assert network.asked == ([f"GET {ROOT}{locale}/prepare/"] if kind == "http" else [])


def test_network_would_tell(context: BrowserContext, network: Network, tmp_path: Path) -> None:
    """A page from a disk that asks other hosts is seen to do it."""
    spoiled = tmp_path / "spoiled.html"
    spoiled.write_text("<img src='http://a.test/x.png'><img src='https://b.test/y.png'>")
    context.new_page().goto(spoiled.as_uri())
    assert {one.split("/")[2] if "//" in one else one for one in network.asked} == {"a.test", "CONNECT b.test:443"}


def test_typed_text_is_in_no_address(context: BrowserContext, prepare: Page, network: Network, locale: str) -> None:
    """Who follows a link takes nothing typed along: it is in no address, title, referrer, name or opener."""
    bring(prepare, "result", locale)
    with context.expect_page() as opened:
        prepare.locator("article a[href*='read-safely']").first.click()
    other = opened.value
    other.wait_for_load_state()
    assert other.url == f"{ROOT}{locale}/read-safely/"
    assert other.evaluate("[window.opener, document.referrer, window.name]") == [None, "", ""]
    assert left(other) == []
    assert TYPED not in "".join([prepare.url, prepare.title(), *network.asked])


def test_typed_text_is_in_the_print_of_no_other_page(prepare: Page, locale: str, tmp_path: Path) -> None:
    """What is printed after the page was left, with its header of title and address, has nothing that was typed."""
    bring(prepare, "result", locale)
    for name in ("own", "other"):
        if name == "other":
            prepare.goto(f"{ROOT}{locale}/read-safely/")
        prepare.pdf(path=tmp_path / f"{name}.pdf", display_header_footer=True)
    assert TYPED in text_of(tmp_path / "own.pdf")
    assert TYPED not in text_of(tmp_path / "other.pdf")


# ── it keeps nothing ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_stored(browser: Browser, address: str, locale: str) -> None:
    """No state of the page is in a cookie, a storage, the history, the address or the title."""
    # Where a page may store, which one that is not of this machine and not encrypted may not.
    context = browser.new_context()
    prepare = context.new_page()
    prepare.goto(f"{address}{locale}/prepare/")
    script = "[location.href, document.title, history.length, JSON.stringify(history.state)]"
    before = prepare.evaluate(script)
    for state in through_all(prepare, locale):
        assert prepare.evaluate(script) == before, state
        assert kept(prepare) == [], state
    assert context.storage_state(indexed_db=True) == {"cookies": [], "origins": []}
    context.close()


@pytest.mark.parametrize("slug", ["prepare", "plain"])
def test_nothing_typed_is_on_the_disk(browser: Browser, site: Path, tmp_path: Path, slug: str) -> None:
    """A browser that is closed with the page filled in wrote none of it into its profile; of a plain field it does."""
    plain = tmp_path / "plain.html"
    plain.write_text("<!doctype html><title>x</title><article><input type=text>")
    url = (plain if slug == "plain" else site / "en" / "prepare" / "prepare.html").as_uri()
    profile = tmp_path / "profile"
    kind = browser.browser_type
    with kind.launch_persistent_context(profile, executable_path=find.browser(), args=["--no-sandbox"]) as context:
        page = context.new_page()
        page.goto(url)
        page.locator("article :is(input[type=text], textarea)").first.press_sequentially(TYPED)
        if slug == "prepare":
            bring(page, "result", "en")
        # A page that is left is written down with its fields.
        page.goto("about:blank")
    forms = [TYPED.encode(), TYPED.encode("utf-16-le")]
    held = [path for path in profile.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]
    assert bool(held) == (slug == "plain"), held


def test_clear_everything(prepare: Page, locale: str) -> None:
    """ "Clear everything" makes the page what it was when it was opened, and says so; and so again."""
    status = prepare.locator(".macro-prepare__status")
    html = "document.querySelector('article').outerHTML"
    before = prepare.evaluate(html)
    for state in ("filled", "danger", "result"):
        bring(prepare, state, locale)
        assert left(prepare) != [], state
        press(prepare, "clear")
        expect(status).to_have_text(word(prepare, "cleared"))
        assert left(prepare) == [], state
        status.evaluate("status => status.replaceChildren()")
        assert prepare.evaluate(html) == before, state


@pytest.mark.parametrize("way", ["click", "Shift"])
def test_leaving_clears(prepare: Page, locale: str, way: str) -> None:
    """Before the other page has come, nothing typed is left in this one."""
    bring(prepare, "result", locale)
    prepare.locator("h1").click()
    hold(prepare)
    leave(prepare, way)
    expect(prepare.locator("article")).to_be_hidden()
    assert left(prepare) == []


@pytest.mark.parametrize("way", ["click", "Shift"])
def test_back_after_leaving_finds_nothing(prepare: Page, locale: str, way: str) -> None:
    """The page that was left is not in the history."""
    prepare.goto(f"{ROOT}{locale}/read-safely/")
    prepare.goto(f"{ROOT}{locale}/prepare/")
    bring(prepare, "result", locale)
    prepare.locator("h1").click()
    leave(prepare, way)
    prepare.wait_for_url(LEFT_FOR)
    prepare.go_back()
    expect(prepare).to_have_url(f"{ROOT}{locale}/read-safely/")
    assert left(prepare) == []


@pytest.mark.parametrize("way", ["back", "forward", "reload"])
def test_coming_again_finds_nothing(prepare: Page, locale: str, way: str) -> None:
    """Who comes back to the page, goes forward to it, or loads it again finds it as it was at first."""
    url = f"{ROOT}{locale}/prepare/"
    if way == "forward":
        prepare.goto(f"{ROOT}{locale}/read-safely/")
        prepare.goto(url)
    before = prepare.locator("article").inner_html()
    bring(prepare, "result", locale)
    if way == "reload":
        prepare.reload()
    elif way == "back":
        prepare.goto(f"{ROOT}{locale}/read-safely/")
        prepare.go_back()
    else:
        prepare.go_back()
        prepare.go_forward()
    expect(prepare).to_have_url(url)
    assert left(prepare) == []
    assert prepare.locator("article").inner_html() == before


def test_pagehide_clears(prepare: Page, locale: str) -> None:
    """When the page goes out of sight for good, it is empty at once, whatever the browser does with it then."""
    bring(prepare, "result", locale)
    prepare.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert left(prepare) == []


def test_enter_sends_nothing(prepare: Page, locale: str) -> None:
    """Enter in a line neither leaves the page nor tries to."""
    prepare.locator("input[aria-labelledby=q-country]").fill(TYPED)
    prepare.keyboard.press("Enter")
    expect(prepare).to_have_url(f"{ROOT}{locale}/prepare/")
    assert prepare.evaluate("window.refused || []") == []


def test_no_field_is_kept_or_checked_by_the_browser(prepare: Page, locale: str) -> None:
    """Each field asks not to be completed, kept, corrected or checked."""
    bring(prepare, "filled", locale)
    assert prepare.locator(FIELDS).count() > 100
    assert (
        prepare.locator(FIELDS).evaluate_all(
            """fields => fields.filter((field) => field.spellcheck !== false
              || ["autocomplete", "autocapitalize", "autocorrect"].some((name) => field.getAttribute(name) !== "off"))
              .map((field) => field.outerHTML)"""
        )
        == []
    )


def test_file_has_the_bytes_of_the_page(context: BrowserContext, site: Path, locale: str) -> None:
    """The file to download is the page, and a browser gets the same bytes of both."""
    folder = site / locale / "prepare"
    assert (folder / "prepare.html").read_bytes() == (folder / "index.html").read_bytes()
    page = context.new_page()
    bodies = []
    for name in ("", "prepare.html"):
        response = page.goto(f"{ROOT}{locale}/prepare/{name}")
        assert response
        bodies.append(response.body())
    assert bodies[0] == bodies[1] == (folder / "index.html").read_bytes()


# ── it works for everyone ────────────────────────────────────────────────────────────────────────────────────────────


def test_keyboard_alone(prepare: Page, locale: str) -> None:
    """From the first field to the result with Tab, Space, arrows and Enter: each field is reached on the way."""
    keyboard = prepare.keyboard
    prepare.locator("h1").click()
    tab_to(prepare, "#sign-asylum input")
    keyboard.press("Space")
    reached = prepare.locator("#sign-whereabouts input, #sign-asylum input").count()
    assert reached == 2
    tab_to(prepare, "#w-access input")
    for _ in range(2):
        keyboard.press("ArrowDown")
    expect(prepare.locator("#w-deletion input")).to_be_checked()
    tab_to(prepare, "#w-myself input")
    tab_to(prepare, "[aria-labelledby=q-names]")
    keyboard.type(TYPED)
    tab_to(prepare, "#w-g-political input")
    keyboard.press("Space")
    tab_to(prepare, ".macro-prepare__each textarea")
    keyboard.type(f"{TYPED} reason")
    tab_to(prepare, "button")
    expect(prepare.locator("button:focus")).to_have_text(word(prepare, "add"))
    keyboard.press("Enter")
    keyboard.type(f"{TYPED} paper")
    tab_to(prepare, "input[type=date]")
    name = prepare.locator("input:focus").get_attribute("aria-labelledby")
    assert name == "q-received"
    keyboard.type("03302026" if locale == "en" else "30032026")
    tab_to(prepare, ".macro-prepare__controls button")
    expect(prepare.locator("button:focus")).to_have_text(word(prepare, "show"))
    keyboard.press("Enter")
    result = prepare.locator(RESULT)
    expect(result).to_be_focused()
    expect(result.get_by_role("heading", name=word(prepare, "first"), exact=True)).to_be_visible()
    tab_to(prepare, f"{RESULT} a")
    tab_to(prepare, f"{RESULT} button")
    keyboard.press("Enter")
    expect(result).to_be_focused()
    for said in (TYPED, f"{TYPED} reason", f"{TYPED} paper"):
        expect(result.get_by_text(said, exact=True).first).to_be_visible()
    expect(result.get_by_text("2026").first if locale == "en" else result.get_by_text("202").first).to_be_visible()


def test_every_control_is_a_stop(prepare: Page, locale: str) -> None:
    """Tab alone stops at each field and each button that is shown, in the order of the page."""
    bring(prepare, "result", locale)
    prepare.evaluate("document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    prepare.locator(CONTROLS).evaluate_all("all => all.forEach((one, at) => { one.dataset.at = at; })")
    stops = []
    for _ in range(400):
        prepare.keyboard.press("Tab")
        at = prepare.evaluate("document.activeElement.dataset.at || document.activeElement.localName")
        if stops and at == "body":
            break
        if at.isdigit() and (not stops or stops[-1] != at):
            stops.append(at)
    # Of radio buttons one is a stop: the checked one, or the first.
    wanted = prepare.locator(CONTROLS).evaluate_all(
        """all => all.filter((one) => one.checkVisibility() && !one.disabled && (one.type !== "radio"
          || (document.querySelector(`[name="${one.name}"]:checked`)
            || document.querySelector(`[name="${one.name}"]`)) === one)).map((one) => one.dataset.at)"""
    )
    assert len(wanted) > 80
    assert stops == wanted


@pytest.mark.parametrize("forced", ["none", "active"])
def test_focus_is_always_seen(browser: Browser, address: str, locale: str, forced: str) -> None:
    """Each stop of the Tab key is on the screen, under nothing, and looks other than without focus."""
    assert unseen(browser, f"{address}{locale}/prepare/", 320, forced) == []


def test_names(prepare: Page, locale: str) -> None:
    """A screen reader says of each field and button what it is for: the question, or the words beside it."""
    bring(prepare, "result", locale)
    for control in prepare.locator(CONTROLS).filter(visible=True).all():
        expect(control).to_have_accessible_name(re.compile(r"\S"))
    for field in prepare.locator("article :is(input, textarea)[aria-labelledby]").all():
        question = prepare.locator(f"#{field.get_attribute('aria-labelledby')}")
        expect(field).to_have_accessible_name(" ".join(question.inner_text().split()))
    for name in ("q-request", "q-signs", "q-names"):
        heading = " ".join(prepare.locator(f"#{name}").inner_text().split())
        role = "radiogroup" if name == "q-request" else "group"
        expect(prepare.get_by_role(role, name=heading, exact=True)).to_have_count(1)
    result = prepare.get_by_role("region", name=word(prepare, "title"), exact=True)
    expect(result).to_have_count(1)
    expect(prepare.locator(".macro-prepare__status")).to_have_text(word(prepare, "shown"))


def test_axe_finds_no_violation(prepare: Page, locale: str) -> None:
    """WCAG 2.2 AA, best practices and AAA contrast of text hold in each state, narrow and wide, light and dark."""
    prepare.evaluate(find.package("axe-core/axe.min.js").read_text(encoding="utf-8"))
    found = []
    for state, _ in zip(STATES, through_all(prepare, locale), strict=False):
        for width, scheme in LOOKS:
            # At the top, the bar covers nothing. Elsewhere, what it covers in part would count as too small.
            prepare.evaluate("scrollTo(0, 0)")
            found += [f"{state} {violation}" for violation in looked(prepare, width, scheme)]
    assert found == []


def test_nothing_is_wider_than_the_screen(prepare: Page, locale: str) -> None:
    """320 px wide, which is 1280 at 400 %, and with text of 200 %, nothing is cut, not even a word of 300 letters."""
    found = []
    prepare.set_viewport_size({"width": 320, "height": 256})
    for state, _ in zip(STATES, through_all(prepare, locale), strict=False):
        if state == "result":
            fill(prepare, answered(locale), text="ñ" * 300)
            press(prepare, "show")
        found += [f"{state} 320 px: {what}" for what in prepare.evaluate(WIDER)]
        prepare.set_viewport_size({"width": 640, "height": 512})
        double_the_text(prepare)
        found += [f"{state} 200 %: {what}" for what in prepare.evaluate(WIDER)]
        prepare.set_viewport_size({"width": 320, "height": 256})
        prepare.evaluate("document.documentElement.style.fontSize = ''")
    assert found == []


def test_targets_are_large_enough(prepare: Page, locale: str) -> None:
    """What is pressed or clicked is at least 24 px high and wide (WCAG 2.2, 2.5.8), and so are the boxes themselves."""
    bring(prepare, "danger", locale)
    for width in (320, 1280):
        prepare.set_viewport_size({"width": width, "height": 800})
        small = prepare.locator(f"{CONTROLS}, article label").evaluate_all(
            """all => all.filter((one) => one.checkVisibility()).filter((one) => {
              const { width, height } = one.getBoundingClientRect();
              return Math.min(width, height) < 24;
            }).map((one) => one.outerHTML)"""
        )
        assert small == [], width


def test_forced_colours(prepare: Page, locale: str) -> None:
    """In colours that the reader chose, fields and buttons keep an edge, and a ticked box is not like another."""
    prepare.emulate_media(forced_colors="active")
    bring(prepare, "danger", locale)
    found = prepare.locator("article :is(textarea, button, input:not([type=checkbox], [type=radio]))").evaluate_all(
        """all => all.filter((one) => { const style = getComputedStyle(one); return style.forcedColorAdjust === "none"
          || ["Top", "Left", "Right", "Bottom"].some((side) =>
            parseFloat(style[`border${side}Width`]) < 1 || style[`border${side}Style`] === "none"); })
          .map((one) => one.outerHTML)"""
    )
    assert found == []
    for box in ("#sign-detained input", "#w-access input"):
        before = prepare.locator(box).screenshot()
        prepare.locator(box).check()
        prepare.evaluate("document.activeElement.blur()")
        assert prepare.locator(box).screenshot() != before


def test_direction(prepare: Page, locale: str) -> None:
    """Boxes stand before their words; what is in another language or typed runs its own way, and moves nothing else."""
    bring(prepare, "result", locale)
    way = "rtl" if locale == "ar" else "ltr"
    item = prepare.locator("#w-access")
    for direction in ("ltr", "rtl"):
        # Words that lack a translation run as English does.
        item.evaluate("(item, direction) => { item.dir = direction; }", direction)
        box, words = item.locator("input").bounding_box(), item.locator("span").bounding_box()
        assert box
        assert words
        assert (box["x"] > words["x"]) == (direction == "rtl")
    row = prepare.locator(".macro-prepare__row", has=prepare.locator("bdi", has_text=TYPED)).first
    own, official = row.locator(".macro-prepare__said").all()
    assert own.evaluate("one => getComputedStyle(one).direction") == way
    expect(official).to_have_attribute("lang", OFFICIAL[locale].removeprefix("official-"))
    assert official.evaluate("one => getComputedStyle(one).direction") == "ltr"
    names = prepare.locator("textarea[aria-labelledby=q-names]")
    for text, direction in ((TYPED, "ltr"), ("محمد", "rtl")):
        names.fill(text)
        assert names.evaluate("field => getComputedStyle(field).direction") == direction
    press(prepare, "show")
    typed = row.page.locator(f"{RESULT} bdi", has_text="محمد").first
    assert typed.evaluate("one => getComputedStyle(one).direction") == "rtl"


# ── hostile input ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "\u202eevil\u2066\u2067\u061c", "👩\u200d👩\u200d👧 e\u0301", "x\\ud800y"],
    ids=["markup", "right-to-left controls", "emoji", "half a letter"],
)
def test_hostile_input_stays_text(prepare: Page, locale: str, text: str) -> None:
    """Whatever is typed into every field is text in the result: no element comes of it, and no words around it move."""
    alerts: list[str] = []
    errors: list[str] = []
    prepare.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    prepare.on("pageerror", lambda error: errors.append(str(error)))
    look = f"""() => [...document.querySelectorAll("{RESULT} :is(h3, .macro-prepare__said)")].map((one) => {{
      const {{ x, width }} = one.getBoundingClientRect();
      return [one.textContent.replace(/[\\d٠-٩۰-۹]/g, ""), x, width];
    }})"""
    count = f"[document.querySelectorAll('{RESULT} *').length, document.styleSheets.length, document.scripts.length]"
    bring(prepare, "result", locale)
    before = [prepare.evaluate(look), prepare.evaluate(count)]
    half = text == "x\\ud800y"
    fill(prepare, answered(locale), text="half" if half else text)
    prepare.locator("[class*=papers] > li button").last.click()
    if half:
        prepare.locator(FIELDS).evaluate_all(
            """all => all.filter((one) => one.value === "half").forEach((one) => {
              one.value = "x\\ud800y";
              one.dispatchEvent(new Event("input", { bubbles: true }));
            })"""
        )
    press(prepare, "show")
    assert [prepare.evaluate(look), prepare.evaluate(count)] == before
    shown = prepare.locator(f"{RESULT} bdi[dir=auto]").evaluate_all(
        "all => all.map((one) => one.textContent.replace('\\ud800', '\\\\ud800'))"
    )
    assert len(shown) > 10
    assert set(shown) == {text}
    assert prepare.evaluate("window.refused || []") == []
    assert alerts == errors == []


def test_a_long_text_is_text_too(prepare: Page, locale: str) -> None:
    """A page of which a hundred thousand letters are pasted into one field still shows its result, and clears."""
    # A browser needs time to lay out so much text.
    prepare.set_default_timeout(30_000)
    prepare.locator("textarea[aria-labelledby=q-events]").evaluate(
        """field => {
          field.value = "word ".repeat(20_000);
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    press(prepare, "show")
    shown = f"document.querySelector('{RESULT}').textContent.split('word ').length"
    assert prepare.evaluate(shown) >= 20_000
    press(prepare, "clear")
    assert left(prepare, "word word") == []


def test_copy(context: BrowserContext, site: Path, address: str, browser: Browser, locale: str) -> None:
    """The result is copied as text; where the browser does not let a page do it, the result is selected instead."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as allowed:
        for opened, url in ((allowed, address), (context, ROOT)):
            page = opened.new_page()
            page.goto(f"{url}{locale}/prepare/")
            fill(page, answered(locale))
            press(page, "copy")
            status = page.locator(".macro-prepare__status")
            expect(status).to_have_text(word(page, "copied" if opened is allowed else "selected"))
            held = "navigator.clipboard.readText()" if opened is allowed else "String(getSelection())"
            copied = page.evaluate(held)
            for heading in page.locator(f"{RESULT} h3 > :first-child").all_inner_texts():
                assert heading in copied
            assert TYPED in copied


# ── paper ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def paper(page: Page) -> list[str]:
    """What is wrong with the page on paper: what can be pressed, what is dark or pale, what a fold hides."""
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.locator(f"{CONTROLS}, a.skip, a.leave, .bar, .languages, .footer__way").filter(visible=True)
    pressed = [f"on paper: {html}" for html in shown.evaluate_all("all => all.map((one) => one.outerHTML)")]
    return [*pressed, *page.evaluate(PALE)]


@pytest.mark.parametrize("answers", ["few", "usual"])
def test_printed_result(prepare: Page, locale: str, tmp_path: Path, answers: str) -> None:
    """The result alone is printed: 2 to 6 pages, black on white, without controls, in both languages, with tags."""
    if answers == "few":
        prepare.locator(f"#{OFFICIAL[locale]} input").check()
        prepare.locator("#w-access input").check()
    else:
        fill(prepare, answered(locale), text=f"{TYPED} {SENTENCE}")
    press(prepare, "show")
    assert paper(prepare) == []
    expect(prepare.locator("h1, #q-names, [aria-labelledby=q-names]").filter(visible=True)).to_have_count(0)
    path = tmp_path / "result.pdf"
    prepare.pdf(path=path, format="A4", tagged=True)
    assert 2 <= pages_of(path) <= 6
    text = text_of(path)
    assert (DAY_BESIDE[locale] in text) == (TYPED in text) == (answers != "few")
    assert word(prepare, "clear") not in text
    found = validate(str(path)).findings
    assert [each.message for each in found if each.severity == Severity.ERROR] == []


@pytest.mark.parametrize("state", ["without script", "start", "filled", "danger"])
def test_printed_worksheet(browser: Browser, address: str, locale: str, tmp_path: Path, state: str) -> None:
    """Without a result the worksheet is printed, empty, also when fields are filled: questions, lines and boxes."""
    with browser.new_context(java_script_enabled=state != "without script") as context:
        page = context.new_page()
        page.goto(f"{address}{locale}/prepare/")
        if state != "without script":
            bring(page, state, locale)
        path = tmp_path / "worksheet.pdf"
        page.pdf(path=path, format="A4", tagged=True)
        assert paper(page) == []
        expect(page.locator(".macro-prepare[data-kind=lines]").first).to_be_visible()
        expect(page.locator("#q-names")).to_be_visible()
    assert pages_of(path) <= 6
    assert TYPED not in text_of(path)
    found = validate(str(path)).findings
    assert [each.message for each in found if each.severity == Severity.ERROR] == []


# ── Firefox ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def firefox_network(site: Path) -> Iterator[Network]:
    with preparing.network(site) as found:
        yield found


def _firefox(network: Network, folder: Path, script: bool) -> Iterator[Marionette]:
    proxy = {
        "javascript.enabled": script,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": network.port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": network.port,
    }
    yield from started(SAFEST | proxy, folder)


@pytest.fixture(scope="module")
def firefox(firefox_network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    yield from _firefox(firefox_network, tmp_path_factory.mktemp("prepare"), script=True)


@pytest.fixture(scope="module")
def firefox_without_script(firefox_network: Network, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    yield from _firefox(firefox_network, tmp_path_factory.mktemp("prepare-safest"), script=False)


def asked_of(network: Network) -> list[str]:
    """What the page asked for: Firefox itself asks its maker for its own settings, whatever is open."""
    return [one for one in network.asked if one != "CONNECT firefox.settings.services.mozilla.com:443"]


def run(firefox: Marionette, script: str, *arguments: object) -> Any:
    return firefox.execute_script(f"return ({script})(arguments[0])", script_args=arguments, sandbox=None)


def press_in(firefox: Marionette, name: str) -> None:
    said = one(firefox, "[data-kind=result]").get_attribute(f"data-{name}")
    next(button for button in all_of(firefox, "article button") if button.text == said).click()


def fill_in(firefox: Marionette, locale: str) -> None:
    """Type into one field, and fill the others."""
    one(firefox, "textarea[aria-labelledby=q-names]").send_keys(TYPED)
    for ids in (answered(locale), []):
        run(firefox, FILL, [ids, TYPED, "2026-03-30"])
    assert run(firefox, LEFT, TYPED) != []


SESSION = """
const { SessionStore } = ChromeUtils.importESModule("resource:///modules/sessionstore/SessionStore.sys.mjs");
const { TabStateFlusher } = ChromeUtils.importESModule("resource:///modules/sessionstore/TabStateFlusher.sys.mjs");
const [done] = arguments;
TabStateFlusher.flushWindow(window).then(() => done(SessionStore.getBrowserState()));
"""
"""What Firefox would write down to restore its windows."""


def session(firefox: Marionette) -> str:
    with firefox.using_context("chrome"):
        return str(firefox.execute_async_script(SESSION))


@pytest.mark.parametrize("kind", ["http", "file"])
def test_firefox_asks_and_keeps_nothing(
    firefox: Marionette, firefox_network: Network, site: Path, locale: str, kind: str
) -> None:
    """In Firefox the page is the only request too, and nothing is in a storage, the session or the address."""
    url = f"{ROOT}{locale}/prepare/"
    url = url if kind == "http" else (site / locale / "prepare" / "prepare.html").as_uri()
    firefox.navigate("about:blank")
    firefox_network.asked.clear()
    firefox.navigate(url)
    length = run(firefox, "() => history.length")
    press_in(firefox, "add")
    fill_in(firefox, locale)
    press_in(firefox, "show")
    assert TYPED in one(firefox, RESULT).text
    assert asked_of(firefox_network) == ([f"GET {url}"] if kind == "http" else [])
    assert TYPED not in session(firefox)
    assert run(firefox, "() => history.length") == length
    assert run(firefox, "() => [localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert firefox.get_url() == url
    press_in(firefox, "clear")
    assert run(firefox, LEFT, TYPED) == []


def test_firefox_would_keep_a_plain_field(firefox: Marionette, tmp_path: Path) -> None:
    """Of a field that does not ask to be forgotten, Firefox writes down what is typed."""
    plain = tmp_path / "plain.html"
    plain.write_text("<!doctype html><title>x</title><input>")
    firefox.navigate(plain.as_uri())
    one(firefox, "input").send_keys(TYPED)
    assert TYPED in session(firefox)


def test_firefox_finds_nothing_when_it_comes_back(firefox: Marionette, locale: str) -> None:
    """Firefox keeps the page as it was to show it again at "back": nothing typed is in it."""
    url = f"{ROOT}{locale}/prepare/"
    for is_shown in (False, True):
        firefox.navigate(url)
        fill_in(firefox, locale)
        if is_shown:
            press_in(firefox, "show")
        run(firefox, "() => { document.documentElement.id = 'same'; }")
        firefox.navigate(f"{ROOT}{locale}/read-safely/")
        firefox.go_back()
        assert firefox.get_url() == url
        # Firefox loads the page again, for reasons of its own, where a result was shown.
        assert is_shown or run(firefox, "() => document.documentElement.id") == "same"
        assert run(firefox, LEFT, TYPED) == []
        assert not one(firefox, RESULT).is_displayed()
    firefox.navigate(f"{ROOT}{locale}/read-safely/")
    firefox.navigate(url)
    fill_in(firefox, locale)
    one(firefox, "a.leave").click()
    assert firefox.get_url() == "about:blank"
    firefox.go_back()
    assert firefox.get_url() == f"{ROOT}{locale}/read-safely/"
    assert run(firefox, LEFT, TYPED) == []


def test_firefox_without_script(firefox_without_script: Marionette, firefox_network: Network, locale: str) -> None:
    """With the settings of Tor Browser's "Safest", the worksheet is there, with lines and boxes and no field."""
    firefox = firefox_without_script
    firefox_network.asked.clear()
    opened(firefox, f"{ROOT}{locale}/prepare/", 500)
    assert asked_of(firefox_network) == [f"GET {ROOT}{locale}/prepare/"]
    assert fits(firefox)
    assert all_of(firefox, FIELDS) == []
    lines = all_of(firefox, ".macro-prepare[data-kind=lines] span")
    assert len(lines) > 10
    assert all(line.is_displayed() for line in lines)
    assert not one(firefox, "#r-checklist").is_displayed()
    one(firefox, "a.leave").click()
    assert firefox.get_url() == "about:blank"
