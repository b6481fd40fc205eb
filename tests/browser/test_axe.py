"""Every page can be used by everyone, as far as a machine can tell: axe-core in Chromium, and a validator of HTML."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import find
from tests.browser.conftest import SHARES

LOOKS = [(width, scheme) for width in (1280, 320) for scheme in ("light", "dark")]

# What is folded is opened: closed, nobody would look at it. A colour on its way to another one is none.
READY = """
() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const animation of document.getAnimations()) animation.finish();
}
"""

# WCAG 2.2 AA and best practices. Contrast of AAA, 7:1, only of the text of a page.
AXE = """
async () => {
  const options = {
    resultTypes: ["violations"],
    preload: false,
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast-enhanced": { enabled: true } },
  };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes
    .map((node) => node.target.join(" "))
    .filter((target) => id !== "color-contrast-enhanced" || document.querySelector(target).closest("article"))
    .map((target) => `${id}: ${target}`));
}
"""


@pytest.mark.parametrize("share", range(SHARES))
def test_axe_finds_no_violation(browser: Browser, address: str, urls: list[str], share: int) -> None:
    """WCAG 2.2 AA and best practices hold on every page, narrow and wide, light and dark, and text has AAA contrast."""
    axe = find.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    found = []
    with browser.new_context() as context:
        page = context.new_page()
        for url in urls[share::SHARES]:
            page.goto(address + url)
            page.evaluate(axe)
            for width, scheme in LOOKS:
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)
                page.evaluate(READY)
                found += [f"{url} {width} {scheme} {violation}" for violation in page.evaluate(AXE)]
    assert found == []


def test_axe_would_find_a_violation(browser: Browser, address: str) -> None:
    """The same run, on a page that is spoiled, finds weak contrast, of AA and of AAA, and a picture without words."""
    axe = find.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{address}en/arrested/")
        page.evaluate(axe)
        page.evaluate(
            """() => {
              const [first, second] = document.querySelectorAll("article > p");
              first.style.color = "#888"; first.style.background = "#fff"; first.id = "weak";
              second.style.color = "#666"; second.style.background = "#fff"; second.id = "weaker";
              document.querySelector("article").append(document.createElement("img"));
            }"""
        )
        page.evaluate(READY)
        found = page.evaluate(AXE)
    assert "color-contrast: #weak" in found
    assert "color-contrast-enhanced: #weaker" in found
    assert any(violation.startswith("image-alt: ") for violation in found)


def test_html_is_valid(site: Path) -> None:
    """html-validate has nothing to say about the HTML of any page."""
    validator = find.package("html-validate/bin/html-validate.mjs")
    config = Path(__file__).parent / "html-validate.json"
    pages = [str(path) for path in sorted(site.rglob("*.html"))]
    done = subprocess.run(
        ["node", str(validator), "--config", str(config), "--formatter", "json", *pages],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode in (0, 1), done.stderr
    assert [
        f"{Path(result['filePath']).relative_to(site)}:{message['line']}: {message['ruleId']}: {message['message']}"
        for result in json.loads(done.stdout)
        for message in result["messages"]
    ] == []


def test_validator_would_find_a_fault(tmp_path: Path) -> None:
    """An element that is not closed is found, with the rules that the site is looked at with."""
    validator = find.package("html-validate/bin/html-validate.mjs")
    config = Path(__file__).parent / "html-validate.json"
    spoiled = tmp_path / "index.html"
    spoiled.write_text("<!doctype html>\n<html lang=en><head><title>x</title></head><body><p><b>x</p></body></html>\n")
    done = subprocess.run(
        ["node", str(validator), "--config", str(config), str(spoiled)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "close-order" in done.stdout
