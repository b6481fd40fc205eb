"""Hostile catalogs made at random reach no page; and what looks for their traces finds them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.fuzz import surface
from tests.project import ROOT

HONEST = '<p class="x">Ask the <a href="../help/">lawyer</a>. <b>3</b></p>'


def test_hostile_catalogs_reach_no_page() -> None:
    """Fifty catalogs, damaged or forged, leave the other languages as they are and add nothing to their own pages."""
    command = [sys.executable, "-m", "tests.fuzz", "--seconds", "0", "--seed", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ('<p onclick="x()">', "<p onclick=x()>"),
        ('<a href="https://evil.example/">x</a>', "<a href=https://evil.example/>"),
        ('<meta http-equiv="refresh" content="0;url=/">', "<meta http-equiv=refresh>"),
        ("<p>evil。example</p>", "evil.example"),
        ("<p>call ٩٠٢١٠</p>", "90210"),
        ("<p>a\u202eb</p>", "U+202E"),
        ("<p>a\x02b</p>", "U+0002"),
    ],
)
def test_traces_are_found(harm: str, seen: str) -> None:
    """A tag, an attribute, a target, a host, a number or a hidden character more than the honest page has is found."""
    assert seen in surface(HONEST + harm) - surface(HONEST)
