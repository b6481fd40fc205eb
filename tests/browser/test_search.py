"""The search finds words in any of their forms, works with the keyboard alone, and keeps to itself what is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import find
from tests.browser.conftest import rare_word

CASES = Path(__file__).resolve().parent.parent / "cases" / "search" / "alike.yml"
ALIKE: list[dict[str, str]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
LOADED = ("minisearch.js", "normalise.js", "bzip2.js", "search.js", "pages.js")

BOX = "#macro-search-box"
RESULTS = ".macro-search__results"
STATUS = ".macro-search__status[role=status]"

Find = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


def search_of(page: Page, site: Path, locale: str) -> Find:
    """The search of the built site: the same files that the search page loads."""
    page.goto("about:blank")
    for name in LOADED:
        page.add_script_tag(path=site / locale / "search" / name)
    page.evaluate("window.find = createSearch(MiniSearch, normalise, searchPages)")
    return lambda query: page.evaluate("query => find(query)", query)


# ── what is found ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['lang']}: {case['typed']}") for case in ALIKE])
def test_the_same_word_is_found_however_it_is_written(blank: Page, site: Path, case: dict[str, str]) -> None:
    """Spelling, script variants, endings and small mistakes do not hide a page; a page on something else stays out."""
    search_of(blank, site, "en")
    pages = [["other/", "", "", ["", "", "0 xyz ющя ظغ 囗"]], ["right/", "", "", ["", "", case["page"]]]]
    found = blank.evaluate(
        "([pages, typed]) => createSearch(MiniSearch, normalise, pages)(typed)", [pages, case["typed"]]
    )
    assert [result["address"] for result in found] == ["right/"]


def test_another_form_of_a_word_finds_its_page(blank: Page, site: Path, slug: str) -> None:
    """A word that stands in one guide only is found there in the plural too."""
    results = search_of(blank, site, "en")(f"{rare_word(site, 'en', slug)}s")
    assert f"{slug}/" in {result["address"].partition("#")[0] for result in results}


def test_a_result_shows_the_sentence_and_leads_to_its_part(blank: Page, site: Path) -> None:
    """A result names the page and the heading, leads to the anchor, and cuts out the sentence with the word."""
    search_of(blank, site, "en")
    pages = [
        ["index/", "Start", "", ["", "Start", "Nothing here. Or here."]],
        [
            "arrested/",
            "Arrested",
            "",
            ["", "Arrested", "Keep calm."],
            ["helping", "Helping", "Stay. Call a lawyer now. Wait."],
        ],
    ]
    found = blank.evaluate("pages => createSearch(MiniSearch, normalise, pages)('lawyers')", pages)
    assert found == [
        {
            "address": "arrested/#helping",
            "title": {"text": "Arrested", "lang": ""},
            "heading": {"text": "Helping", "lang": ""},
            "sentence": {
                "pieces": [
                    {"text": "Call a ", "found": False},
                    {"text": "lawyer", "found": True},
                    {"text": " now.", "found": False},
                ],
                "lang": "",
            },
        }
    ]


def test_everyday_words_find_a_page_that_does_not_say_them(blank: Page, site: Path) -> None:
    """The words of a guide's `search` lead to it and are shown nowhere."""
    search_of(blank, site, "en")
    pages = [["deletion/", "Ask for deletion", "get rid of it", ["", "Ask for deletion", "File a request."]]]
    found = blank.evaluate("pages => createSearch(MiniSearch, normalise, pages)('rid')", pages)
    assert found[0]["sentence"]["pieces"] == [{"text": "File a request.", "found": False}]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def ask(page: Page, query: str) -> None:
    page.locator(BOX).focus()
    page.keyboard.insert_text(query)


def sentence(page: Page, name: str) -> re.Pattern[str]:
    """What the status says: "ready", "none", "results" or "cleared", as the page has it in its language."""
    said = str(page.locator(".macro-search").get_attribute(f"data-{name}"))
    return re.compile(rf"^{re.escape(said).replace(re.escape('{count}'), '[0-9]+')}$")


def test_nothing_is_loaded_before_the_box_is_used(
    page: Page, address: str, site: Path, slug: str, requests: list[str]
) -> None:
    """Opening the page loads one small script; going to the box loads the rest, once."""
    page.goto(f"{address}en/search/", wait_until="networkidle")
    loaded = [url.rpartition("/search/")[2] for url in requests if "/search/" in url]
    assert loaded == ["", "find.js"]
    page.locator(BOX).focus()
    expect(page.locator(STATUS)).to_have_text(sentence(page, "ready"))
    page.locator("a[href]").first.focus()
    page.locator(BOX).focus()
    ask(page, rare_word(site, "en", slug))
    expect(page.locator(f"{RESULTS} a").first).to_be_visible()
    assert [url.rpartition("/search/")[2] for url in requests if "/search/" in url] == ["", "find.js", *LOADED]


def test_results_are_announced_and_reached_by_keyboard(page: Page, address: str, site: Path, slug: str) -> None:
    """With the keyboard alone: type, hear how many, step to a result, open its page."""
    page.goto(f"{address}en/search/")
    ask(page, rare_word(site, "en", slug))
    expect(page.locator(STATUS)).to_have_text(sentence(page, "results"))
    results = page.locator(f"{RESULTS} li")
    assert re.findall(r"\d+", page.locator(STATUS).inner_text()) == [str(results.count())]
    expect(page.locator(f"{RESULTS} mark").first).to_be_visible()
    # The button, then the first result.
    page.keyboard.press("Tab")
    expect(page.locator(".macro-search__clear")).to_be_focused()
    page.keyboard.press("Tab")
    expect(results.first.locator("a")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/en/{slug}/"))


def test_no_result_says_what_to_do(page: Page, address: str) -> None:
    """A word that is nowhere is answered with a sentence, and the list from A to Z stands below."""
    page.goto(f"{address}en/search/")
    ask(page, "qqxxzz")
    expect(page.locator(STATUS)).to_have_text(sentence(page, "none"))
    expect(page.locator(f"{RESULTS} li")).to_have_count(0)
    expect(page.locator(".macro-a-z a").first).to_be_visible()


@pytest.mark.parametrize("harm", ["cut off", "damaged", "empty", "missing"])
def test_a_file_that_does_not_arrive_whole_is_said(page: Page, address: str, site: Path, harm: str) -> None:
    """If the words of the pages are not there as they were sent, the page says that the search failed, at once."""
    words = (site / "en" / "search" / "pages.js").read_text(encoding="utf-8")
    middle = len(words) // 2
    other = "B" if words[middle] == "A" else "A"
    bodies = {"cut off": words[:middle], "damaged": words[:middle] + other + words[middle + 1 :], "empty": ""}

    def answer(route: Route) -> None:
        if harm in bodies:
            route.fulfill(body=bodies[harm], content_type="text/javascript")
        else:
            route.fulfill(status=404)

    page.route("**/search/pages.js", answer)
    page.goto(f"{address}en/search/")
    ask(page, "lawyer")
    expect(page.locator(STATUS)).to_have_text(sentence(page, "failed"))


def test_without_script_there_is_the_list(page_without_script: Page, address: str, right_to_left: str) -> None:
    """With scripts off no box is seen; the list from A to Z leads to pages, parts and terms."""
    page = page_without_script
    page.goto(f"{address}{right_to_left.split('/')[0]}/search/")
    expect(page.locator(BOX)).to_be_hidden()
    page.locator(".macro-a-z a[href*='/#']").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_what_is_typed_stays_in_the_page(
    page: Page, address: str, site: Path, right_to_left: str, requests: list[str]
) -> None:
    """Searching changes no address, stores nothing, and asks no other host; no request holds what was typed. Nothing
    is done that the page's own policy forbids, and no script fails."""
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    tag, slug, _ = right_to_left.split("/")
    typed = rare_word(site, tag, slug)
    page.goto(f"{address}{tag}/search/")
    before = page.url, page.evaluate("history.length")
    ask(page, typed)
    page.keyboard.press("Enter")
    expect(page.locator(f"{RESULTS} a").first).to_be_visible()
    assert (page.url, page.evaluate("history.length")) == before
    host = address.split("/somewhere")[0]
    assert [url for url in requests if not url.startswith(host) or "?" in url or quote(typed) in url] == []
    assert page.context.cookies() == []
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.locator(BOX).get_attribute("autocomplete") == "off"
    assert wrong == []


def test_clear_everything(page: Page, address: str, site: Path, slug: str) -> None:
    """One button empties the box and the results, says so, and leaves the reader in the box."""
    page.goto(f"{address}en/search/")
    ask(page, rare_word(site, "en", slug))
    expect(page.locator(f"{RESULTS} a").first).to_be_visible()
    page.locator(".macro-search__clear").click()
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(f"{RESULTS} li")).to_have_count(0)
    expect(page.locator(STATUS)).to_have_text(sentence(page, "cleared"))
    expect(page.locator(BOX)).to_be_focused()


def test_leaving_and_coming_back_shows_nothing(page: Page, address: str, site: Path, slug: str) -> None:
    """Whoever goes back to the page finds neither what was typed nor what was found."""
    page.goto(f"{address}en/search/")
    ask(page, rare_word(site, "en", slug))
    page.locator(f"{RESULTS} a").first.click()
    expect(page.locator(BOX)).to_have_count(0)
    page.go_back()
    expect(page.locator(BOX)).to_have_value("")
    expect(page.locator(f"{RESULTS} li")).to_have_count(0)


def test_from_a_disk_and_without_webassembly(browser: Browser, site: Path, right_to_left: str) -> None:
    """Opened from a folder, without WebAssembly and compiled scripts (Tor Browser's "Safer"), it finds and opens."""
    with browser.browser_type.launch(
        executable_path=find.browser(), args=[*find.switches(), "--js-flags=--jitless"]
    ) as strict:
        page = strict.new_page()
        tag, slug, _ = right_to_left.split("/")
        page.goto((site / tag / "search" / "index.html").as_uri())
        assert page.evaluate("typeof WebAssembly") == "undefined"
        ask(page, rare_word(site, tag, slug))
        page.locator(f"{RESULTS} a").first.click()
        expect(page).to_have_url(re.compile(rf"^file:.*/{tag}/{slug}/index\.html"))
        expect(page.locator("h1")).to_be_visible()
