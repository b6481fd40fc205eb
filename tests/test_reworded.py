"""Two versions of a sentence say the same only where nothing differs that a reader acts on.

A file in cases/reworded is a list of cases: `old` and `new` are English msgids, `same` is whether the translation of
the old one may still be shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from i18n.reworded import is_only_reworded

CASES = Path(__file__).parent / "cases/reworded"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{path.stem}-{number}")
        for path in sorted(CASES.glob("*.yml"))
        for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
    ]


@pytest.mark.parametrize("case", cases())
def test_versions(case: dict[str, Any]) -> None:
    """Each case is decided as it says, whichever of the two versions came first."""
    assert is_only_reworded(case["old"], case["new"]) is case["same"]
    assert is_only_reworded(case["new"], case["old"]) is case["same"]


WORDS = (
    *("the", "police", "lawyer", "you", "they", "asks", "signs", "paper", "in", "and"),
    *("not", "never", "must", "may", "two", "if", "INTERPOL", "refugee"),
)


@settings(max_examples=200, derandomize=True, database=None, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9), st.integers(0, 8), st.sampled_from(WORDS[10:15]))
def test_a_negation_a_number_or_a_duty_never_comes_or_goes(words: list[str], place: int, telling: str) -> None:
    """Wherever "not", "never", "must", "may" or a number is put into a sentence, it is not the same sentence."""
    changed = [*words[:place], telling, *words[place:]]
    assert not is_only_reworded(" ".join(words), " ".join(changed))
    assert not is_only_reworded(" ".join(changed), " ".join(words))


@pytest.mark.parametrize("end", ["a " * 10_000_000, "“" * 10_000_000])
def test_versions_of_very_different_length_are_not_compared(end: str) -> None:
    """Words of any length, as a catalog may have them, are refused before anything is done with them."""
    assert not is_only_reworded(f"Ask for a lawyer. {end}", "Ask for a lawyer.")
