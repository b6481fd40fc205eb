"""Real Firefox with the settings of Tor Browser's "Safest": no script, no SVG, no web font, no WebAssembly.

What it shows is kept in .cache/screenshots/.
"""

from __future__ import annotations

import base64
import logging
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from marionette_driver import By
from marionette_driver.marionette import Marionette, WebElement

from tests import system
from tests.this_site import ROOT
from tests.this_site.browser.conftest import PACKED

SAFEST = {
    "javascript.enabled": False,
    "javascript.options.wasm": False,
    "svg.disabled": True,
    "gfx.downloadable_fonts.enabled": False,
    # Nothing but the site is asked for.
    "network.proxy.type": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "services.settings.server": "data:,",
}

SCREENSHOTS = ROOT / ".cache" / "screenshots"

PAGES = ["", "404.html"] + [
    f"{locale}/{guide}" for locale in ("en", "ar") for guide in ("", "arrested/", "check/", "dates/", "search/")
]
"""Every kind of page: the roots, a first page, a guide, the tree, tables, search and the index from A to Z."""


def started(preferences: dict[str, object], folder: Path) -> Iterator[Marionette]:
    logging.getLogger("mozversion").setLevel(logging.WARNING)
    driver = Marionette(
        bin=system.needed("firefox-esr"),
        headless=True,
        prefs=preferences,
        port=0,
        gecko_log=str(folder / "log"),
        socket_timeout=60,
        startup_timeout=60,
    )
    driver.start_session()
    driver.timeout.implicit = 0
    yield driver
    driver.quit(in_app=False)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    yield from started(SAFEST, tmp_path_factory.mktemp("safest"))


@pytest.fixture(scope="module")
def firefox_with_script(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Marionette]:
    yield from started(SAFEST | {"javascript.enabled": True}, tmp_path_factory.mktemp("script"))


def opened(firefox: Marionette, url: str, width: int = 1280) -> None:
    firefox.set_window_rect(width=width, height=800)
    firefox.navigate(url)


def all_of(firefox: Marionette, selector: str) -> list[WebElement]:
    return list(firefox.find_elements(By.CSS_SELECTOR, selector))


def one(firefox: Marionette, selector: str) -> WebElement:
    return firefox.find_element(By.CSS_SELECTOR, selector)


def fits(firefox: Marionette) -> bool:
    """Whether nobody has to scroll sideways."""
    script = "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    return bool(firefox.execute_script(script, sandbox="system"))


def test_settings_are_in_force(firefox: Marionette, tmp_path: Path) -> None:
    """In this Firefox no script runs and no SVG is drawn."""
    page = tmp_path / "page.html"
    page.write_text("<p id=p>plain</p><svg width=99 height=99><rect/></svg><script>p.textContent = 'ran'</script>")
    firefox.navigate(page.as_uri())
    assert one(firefox, "p").text == "plain"
    assert "SVG" not in firefox.execute_script(
        "return document.querySelector('svg').constructor.name", sandbox="system"
    )


@pytest.mark.parametrize("url", PAGES)
def test_page_is_usable(firefox: Marionette, address: str, site: Path, url: str) -> None:
    """The text, the way out, the languages and the menu are there, wide and on a phone; nothing needs what is off."""
    if not (site / url / "index.html").exists() and not (site / url).is_file():
        pytest.fail(f"{url} is not part of the site")
    for width in (1280, 500):
        opened(firefox, address + url, width)
        assert one(firefox, "h1").is_displayed()
        assert one(firefox, "h1").text.strip()
        assert one(firefox, "a.leave").is_displayed()
        links = all_of(firefox, ".languages a[hreflang]")
        assert len(links) >= 3
        for summary in all_of(firefox, ".languages summary"):
            summary.click()
        assert all(link.is_displayed() and link.text.strip() for link in links)
        assert fits(firefox)
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = url.strip("/").replace("/", "-").removesuffix(".html") or "root"
        picture = firefox.screenshot(format="binary", full=True)
        (SCREENSHOTS / f"firefox-safest-{name}-{width}.png").write_bytes(picture)


def test_languages_and_menu(firefox: Marionette, address: str) -> None:
    """Links lead to the same page in the other language, to the menu, to another guide, and out."""
    opened(firefox, f"{address}en/dates/", 500)
    one(firefox, ".languages summary").click()
    one(firefox, ".languages a[hreflang=ar]").click()
    assert firefox.get_url() == f"{address}ar/dates/"
    one(firefox, "a[href='#menu']").click()
    assert firefox.get_url() == f"{address}ar/dates/#menu"
    way = one(firefox, "#menu a[href='../']") if all_of(firefox, "#menu a[href='../']") else one(firefox, "#menu li a")
    way.click()
    assert firefox.get_url().startswith(f"{address}ar/")
    one(firefox, "a.leave").click()
    assert firefox.get_url() == "about:blank"


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_tree_leads_to_a_guide(firefox: Marionette, address: str, locale: str) -> None:
    """The first answers open, down to a link; the link leads to a guide, and the address never told which."""
    opened(firefox, f"{address}{locale}/check/", 500)
    branch = one(firefox, "article details:not(.contents)")
    while True:
        assert not branch.find_element(By.CSS_SELECTOR, ":scope > :not(summary)").is_displayed()
        branch.find_element(By.CSS_SELECTOR, ":scope > summary").click()
        assert branch.find_element(By.CSS_SELECTOR, ":scope > :not(summary)").is_displayed()
        assert firefox.get_url() == f"{address}{locale}/check/"
        inner = branch.find_elements(By.CSS_SELECTOR, ":scope > details")
        if not inner:
            break
        branch = inner[0]
    branch.find_element(By.CSS_SELECTOR, "a[href]").click()
    assert firefox.get_url().startswith(f"{address}{locale}/")
    assert "check" not in firefox.get_url()


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_tables_can_be_read(firefox: Marionette, address: str, locale: str) -> None:
    """Every table has headings, and each of its rows is shown."""
    opened(firefox, f"{address}{locale}/dates/")
    tables = all_of(firefox, "article table")
    assert tables
    for table in tables:
        assert table.find_element(By.CSS_SELECTOR, "th").is_displayed()
        assert all(row.is_displayed() for row in table.find_elements(By.CSS_SELECTOR, "tr"))


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_printing(firefox: Marionette, address: str, tmp_path: Path, locale: str) -> None:
    """Firefox prints the guide too, with what is folded away on the screen and without what can only be pressed."""
    pdftotext = system.needed("pdftotext")
    opened(firefox, f"{address}{locale}/check/")
    # The driver has no name for this command of the protocol.
    printed = firefox._send_message("WebDriver:Print", {"background": False}, key="value")
    pdf = SCREENSHOTS / f"firefox-safest-{locale}-check.pdf"
    pdf.parent.mkdir(parents=True, exist_ok=True)
    pdf.write_bytes(base64.b64decode(printed))
    text = subprocess.run([pdftotext, pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert len(text.split()) > 300
    if locale == "en":
        assert "Leave this page" not in text
        firefox.execute_script(
            "document.querySelectorAll('details').forEach((d) => { d.open = true })", sandbox="system"
        )
        # In a PDF, "ff" may be one letter.
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        assert "On this page" not in plain
        for summary in all_of(firefox, "article details:not(.contents) summary"):
            assert summary.text.strip() in plain


@pytest.mark.parametrize("tag", PACKED)
def test_pack_is_read_from_a_disk(firefox: Marionette, packed: Path, tag: str) -> None:
    """An unpacked ZIP and the one file open without a server: with their style, and links lead on."""
    folder = packed / "unpacked" / tag
    opened(firefox, (folder / "index.html").as_uri(), 500)
    assert one(firefox, ".bar").value_of_css_property("position") == "sticky"
    one(firefox, 'article a[href="arrested/index.html"]').click()
    assert firefox.get_url() == (folder / "arrested" / "index.html").as_uri()
    assert one(firefox, "h1").text.strip()
    assert fits(firefox)
    opened(firefox, (packed / "packs" / f"{tag}.html").as_uri(), 500)
    assert one(firefox, ".bar").value_of_css_property("position") == "sticky"
    one(firefox, '#copy-contents a[href="#arrested"]').click()
    assert firefox.get_url().endswith("#arrested")
    assert fits(firefox)


def test_pack_is_searched_from_a_disk(firefox_with_script: Marionette, packed: Path) -> None:
    """With script, the search of an unpacked ZIP finds without a server, and without WebAssembly."""
    firefox = firefox_with_script
    opened(firefox, (packed / "unpacked" / "ar" / "search" / "index.html").as_uri())
    one(firefox, ".macro-search input").send_keys("لاجئ")
    firefox.timeout.implicit = 10
    one(firefox, ".macro-search ol a").click()
    assert firefox.get_url().startswith((packed / "unpacked" / "ar").as_uri())
    assert "/search/" not in firefox.get_url()
    assert one(firefox, "h1").text.strip()
