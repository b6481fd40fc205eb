"""What this site says that it does not know: its table on the about page, and the days in data/unknowns.yml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from generator.macros import called
from generator.values import load

ROOT = Path(__file__).parent.parent.parent


def test_each_open_question_has_its_day_and_its_row() -> None:
    """Each entry of data/unknowns.yml is shown once by guides/about.md, and each row there has its entry."""
    text = (ROOT / "guides/about.md").read_text(encoding="utf-8")
    shown = Counter(call.arguments[0] for call in called(text) if call.name == "sought")
    assert shown == Counter(load(ROOT / "data")["unknowns"].keys())
