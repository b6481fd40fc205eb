"""What a search of this site shows can be used by everyone, and no kind of page is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator import built
from tests.browser import find
from tests.browser.conftest import CROSSED, LOOKS, Look, features
from tests.browser.test_axe import AXE, READY
from tests.this_site.browser.conftest import WHOLE


def test_nothing_is_left_out_in_any_language(site: Path, sample: list[str]) -> None:
    """Tests of every page open, in each language, every element with every class, role, type and attribute."""
    for tag in built.tags(site):
        there = set().union(*(features(path) for path in (site / tag).rglob("*.html")))
        folders = [site / url for url in sample if url.startswith(f"{tag}/")]
        pages = [path / "index.html" if path.is_dir() else path for path in folders]
        assert there == set().union(*map(features, pages)), tag
    assert {f"{tag}/{page.path}" for tag in WHOLE for page in built.read(site, tag).pages} <= set(sample)


def test_each_language_is_looked_at_in_each_width(
    site: Path, sample: list[str], looks: dict[str, list[Look]], of_templates: dict[str, list[str]]
) -> None:
    """axe-core looks at all of the sample: at each guide wide in one of two languages and narrow in the other, and at
    those that have everything in all ways; in every other language at some pages wide, and at the others narrow.
    """
    assert set(looks) == set(sample)
    assert all(looks.values())
    for tag in built.tags(site):
        of_it = {look for url in sample if url.startswith(f"{tag}/") for look in looks[url]}
        assert of_it >= set(LOOKS), tag
    for path in {page.path for tag in WHOLE for page in built.read(site, tag).pages}:
        assert {width for tag in WHOLE for width, _ in looks[f"{tag}/{path}"]} == {width for width, _ in LOOKS}, path
    closely = [{look for url in of_templates[tag] for look in looks[url]} for tag in WHOLE]
    assert closely == [set(LOOKS), set(CROSSED)]
    assert all(len(looks[url]) == 2 for tag in WHOLE for url in of_templates[tag])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("locale", "query"), [("en", "lawyer"), ("ar", "محام")])
def test_results_of_a_search(browser: Browser, address: str, locale: str, query: str, scheme: str) -> None:
    """What a search shows is held to the same rules."""
    axe = find.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    with browser.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{address}{locale}/search/")
        page.get_by_role("searchbox").fill(query)
        expect(page.locator(".macro-search mark").first).to_be_visible()
        page.evaluate(axe)
        page.evaluate(READY)
        found = page.evaluate(AXE)
    assert not found, "\n".join(found)
