"""The page that prepares a request: its rules are those of the guides, and its scripts do what their cases say."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from generator.macros import called
from generator.values import load
from tests import system
from tests.this_site import ROOT

SCRIPTS = ROOT / "tests/prepare"
PREPARE = (ROOT / "guides/prepare.md").read_text(encoding="utf-8")
GROUNDS = load(ROOT / "data")["grounds"]


@pytest.mark.parametrize("reason", GROUNDS)
def test_the_rules_of_a_reason_are_cited_where_it_is_explained(reason: str) -> None:
    """What the result prints beside a reason stands in its part of guides/grounds.md, with the same article."""
    text = (ROOT / "guides/grounds.md").read_text(encoding="utf-8")
    part = re.split(r"^##", text.partition(f"{{ #{reason} }}")[2], maxsplit=1, flags=re.MULTILINE)[0]
    cited = {tuple(call.arguments[:2]) for call in called(part) if call.name == "cite"}
    shown = [(rule["source"], *filter(None, [rule["article"]])) for rule in GROUNDS[reason]["rules"]]
    assert set(shown) <= cited


def test_a_start_has_the_words_of_the_page_with_the_dates() -> None:
    """The words of a start are those of guides/dates.md, so that their translations are too."""
    words = re.compile(r"^- (.*)\n  \{ #(?:w-)?(start-[\w-]+) \}$", re.MULTILINE)
    here = {anchor: text for text, anchor in words.findall(PREPARE)}
    there = {anchor: text for text, anchor in words.findall((ROOT / "guides/dates.md").read_text(encoding="utf-8"))}
    shared = {anchor: there[anchor] for anchor in here if anchor in there}
    assert shared
    assert {anchor: here[anchor] for anchor in shared} == shared


def _installed() -> Path:
    """The folder of what npm installs. Without it, the test that asks is skipped; in CI it fails."""
    for name in ("node", "npm"):
        system.needed(name)
    folder = SCRIPTS / "node_modules"
    if not folder.exists():
        said = (
            "What the tests of the scripts need is not installed. Run: npm ci --prefix tests/prepare --ignore-scripts"
        )
        if os.environ.get("CI"):
            pytest.fail(said, pytrace=False)
        pytest.skip(said)
    return folder


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=SCRIPTS, capture_output=True, text=True, check=False, timeout=300)
    assert not done.returncode, done.stdout + done.stderr


def test_the_types_of_the_scripts_are_right() -> None:
    """TypeScript has no finding in the JSDoc types of macros/prepare/."""
    _run("node", str(_installed() / "typescript/bin/tsc"), "-p", ".")


def test_the_cases_of_the_scripts_pass() -> None:
    """What somebody answers gives the result that tests/cases/prepare/ expects; dates and words are counted right."""
    _installed()
    _run("node", "--test")
