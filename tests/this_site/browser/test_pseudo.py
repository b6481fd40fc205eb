"""No string escapes translation: every page of the pseudo-locale is read, word for word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.this_site import ROOT

# Every run of plain letters that a reader sees or hears and that is not said to be in another language. A pseudo
# translation has none. What CLDR writes (names of months, lengths of time) is no words of ours.
PLAIN = """
() => {
  const cldr = new RegExp("^(january|february|march|april|may|june|july|august|september|october|november|december"
    + "|days?|months?|years?)$", "i");
  const skip = (element) => element.closest("script, style, template, bdi, code, [lang]:not([lang='en-XA'])");
  const found = [];
  const look = (text, element, where) => {
    if (skip(element)) return;
    for (const word of text.match(/[A-Za-z]{3,}/g) || []) {
      if (!cldr.test(word)) found.push(`${where}: ${text.trim().slice(0, 80)}`);
    }
  };
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) look(walker.currentNode.data, walker.currentNode.parentElement, "text");
  for (const name of ["aria-label", "alt", "title", "placeholder", "aria-description"]) {
    for (const element of document.querySelectorAll(`[${name}]`)) look(element.getAttribute(name), element, name);
  }
  for (const meta of document.querySelectorAll("meta[name=description]")) look(meta.content, meta, "description");
  return [...new Set(found)];
}
"""


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in en-XA."""
    folder = tmp_path_factory.mktemp("pseudo")
    subprocess.run(
        [sys.executable, "publish.py", "en_XA"], cwd=ROOT, env=os.environ | {"SITE_DIR": str(folder)}, check=False
    )
    return folder / "en-XA"


def test_no_string_escapes_extraction(browser: Browser, pseudo: Path) -> None:
    """On every page, no visible or spoken string is plain English without being marked as English."""
    escaped = {}
    pages = sorted(pseudo.glob("**/index.html"))
    assert len(pages) > 10
    with browser.new_context(java_script_enabled=True) as context:
        page = context.new_page()
        for path in pages:
            page.goto(path.as_uri())
            if found := page.evaluate(PLAIN):
                escaped[path.parent.name] = found
    assert escaped == {}
