"""Every page can be used by everyone, as far as a machine can tell: axe-core in Chromium, and a validator of HTML."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser

from tests.browser import find

if TYPE_CHECKING:
    from tests.browser.visits import Visits

# What is folded is opened: closed, nobody would look at it. A colour on its way to another one is none.
READY = """
() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const animation of document.getAnimations()) animation.finish();
}
"""

# WCAG 2.2 AA and best practices. Contrast of AAA, 7:1, only of the text of a page. To look at contrast takes most of
# the time: axe-core looks once, with the ratios of AAA, and what it finds says whether AA is missed as well.
AXE = """
async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const contrastRatio = { normal: { expected: 7 }, large: { expected: 4.5 } };
  const checks = { "color-contrast": { options: { contrastRatio } } };
  const options = { resultTypes: ["violations"], preload: false, runOnly, checks };
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.flatMap((node) => {
    const target = node.target.join(" ");
    if (id !== "color-contrast") return [`${id}: ${target}`];
    const { contrastRatio: ratio, expectedContrastRatio: expected } = node.any[0].data;
    if (!(ratio > { "7:1": 4.5, "4.5:1": 3 }[expected])) return [`${id}: ${target}`];
    return document.querySelector(target).closest("article") ? [`${id}-enhanced: ${target}`] : [];
  }));
}
"""


def test_axe_finds_no_violation(visits: Visits) -> None:
    """WCAG 2.2 AA and best practices hold on every page, narrow and wide, light and dark, and text has AAA contrast."""
    assert visits.axe == []


def test_axe_would_find_a_violation(browser: Browser, address: str, guide: str) -> None:
    """The same run, on a page that is spoiled, finds a picture without words, and weak contrast: of AA, and in the text
    of AAA, each with the ratio for large letters too.
    """
    axe = find.package("axe-core/axe.min.js").read_text(encoding="utf-8")
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address + guide)
        page.evaluate(axe)
        page.evaluate(
            """() => {
              // With words of their own: a link has a colour of its own.
              const ownWords = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
              const [first, second] = [...document.querySelectorAll("article p")]
                .filter((paragraph) => [...paragraph.childNodes].some(ownWords));
              first.style.color = "#888"; first.style.background = "#fff"; first.id = "weak";
              second.style.color = "#666"; second.style.background = "#fff"; second.id = "weaker";
              const add = (id, place, color, fontSize) => {
                const added = Object.assign(document.createElement("p"), { id, textContent: "Some words" });
                Object.assign(added.style, { color, background: "#fff", fontSize, opacity: 1 });
                document.querySelector(place).append(added);
              };
              add("outside-weak", "body", "#888", "16px");
              add("outside-weaker", "body", "#666", "16px");
              add("outside-large", "body", "#888", "40px");
              add("outside-large-weak", "body", "#aaa", "40px");
              add("large", "article", "#666", "40px");
              add("large-weaker", "article", "#888", "40px");
              add("large-weak", "article", "#aaa", "40px");
              document.querySelector("article").append(document.createElement("img"));
            }"""
        )
        page.evaluate(READY)
        found = page.evaluate(AXE)
    weak = {"weak", "outside-weak", "outside-large-weak", "large-weak"}
    assert {violation for violation in found if violation.startswith("color-contrast")} == {
        *(f"color-contrast: #{name}" for name in weak),
        *(f"color-contrast-enhanced: #{name}" for name in ("weaker", "large-weaker")),
    }
    assert any(violation.startswith("image-alt: ") for violation in found)


def validated(*paths: Path) -> list[str]:
    """What html-validate finds in files: the file, its line, the rule.

    tests/browser/html-validate.json lets style sheets come without a hash: they are of this site.
    """
    validator = find.package("html-validate/bin/html-validate.mjs")
    config = Path(__file__).parent / "html-validate.json"
    command = ["node", validator, "--config", config, "--formatter", "json", *paths]
    # Into a file: it ends before a pipe has taken all it says.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(command, stdout=said, stderr=subprocess.PIPE, text=True, check=False, timeout=300)
        said.seek(0)
        report = said.read()
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{result['filePath']}:{message['line']}: {message['ruleId']}: {message['message']}"
        for result in json.loads(report or "[]")
        for message in result["messages"]
    ]


def test_html_is_valid(site: Path) -> None:
    """html-validate has nothing to say about the HTML of any page."""
    found = validated(*sorted(site.rglob("*.html")))
    assert not found, "\n".join(found)


def test_validator_would_find_a_fault(tmp_path: Path) -> None:
    """With the rules that the site is looked at with, an element that is closed in the wrong place is found."""
    spoiled = tmp_path / "index.html"
    spoiled.write_text(
        "<!doctype html>\n<html lang='en'><head><title>x</title></head>\n<body><p><b>x</p></body></html>\n"
    )
    assert {finding.split(": ")[1] for finding in validated(spoiled)} == {"close-order"}
