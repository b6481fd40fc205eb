"""Whoever edits a guide while `make serve` runs sees the change without touching the browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.project import edit, lay_out, served


def test_page_reloads_itself_after_a_change(browser: Browser, tmp_path: Path) -> None:
    """The page in view shows a saved sentence by itself, and the policy of the page blocks nothing of that."""
    project = lay_out(tmp_path)
    with served(project) as (_, address):
        page = browser.new_page()
        blocked: list[str] = []
        page.on("console", lambda message: blocked.append(message.text) if "Content Security" in message.text else None)
        page.goto(f"{address}en/help/")
        edit(project.guide("help"), "Call a neighbour.", "Call two neighbours.")
        expect(page.get_by_text("Call two neighbours.").first).to_be_visible(timeout=60_000)
        assert blocked == []
        page.close()


def test_page_that_is_made_with_the_rest_reloads_too(browser: Browser, tmp_path: Path) -> None:
    """A page beside its English shows saved words, and no page reloads again and again because a build reads files."""
    project = lay_out(tmp_path)
    with served(project) as (_, address):
        page = browser.new_page()
        loads: list[str] = []
        page.on("load", lambda loaded: loads.append(loaded.url))
        page.goto(f"{address}fr/water/facing/")
        old = "des bouteilles propres."
        for new in ("des bouteilles bien propres.", "des bouteilles très propres.", "des bouteilles bien lavées."):
            edit(project.catalog("fr", "water"), old, new)
            expect(page.get_by_text(new).first).to_be_visible(timeout=60_000)
            old = new
        # Once at first, then at most after the page in view was made, and after the rest was.
        assert len(loads) <= 1 + 2 * 3
        page.close()


def test_published_page_allows_no_script_of_mkdocs(tmp_path: Path) -> None:
    """Only a served page allows scripts without a hash."""
    project = lay_out(tmp_path)
    assert project.publish("en").returncode == 0
    assert "unsafe-inline" not in project.page("en", "help")
