"""How well the check of meaning tells a misplaced translation, on languages that its margin was not chosen on."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from checks import Project
from checks.catalogs.meaning import WORDS, misplaced
from i18n.unit import plain
from tests.project import ROOT

GUIDES = ("arrested", "deletion", "dates", "read-safely", "extradition", "myths")
"""Guides of each kind: steps, a table, warnings, arguments, short questions."""


@pytest.fixture(scope="module")
def project() -> Project:
    return Project(ROOT)


@pytest.mark.parametrize("name", ["ar", "es", "ru", "tr", "zh_Hans"])
def test_swapped_translations_are_found(name: str, project: Project, record_property: Any) -> None:
    """Of translations that changed places with their neighbour, at least 95 % are found; of right ones at most 2 %.

    The margin of the check was chosen on French.
    """
    found = alarms = swapped = right = 0
    for guide in (guide for guide in project.guides if guide.slug in GUIDES):
        english = list(dict.fromkeys(unit.msgid for unit in guide.shown))
        given = [
            (english.index(unit.msgid), words)
            for locale, _, unit, words in project.translated(guide)
            if locale.name == name and len(plain(unit.msgid).split()) >= WORDS
        ]
        alarms += sum(other is not None for other in misplaced(english, given))
        right += len(given)
        pairs = list(itertools.pairwise(given))
        moved = [(own, words) for (own, _), (other, words) in pairs if own != other]
        found += sum(other is not None for other in misplaced(english, moved))
        swapped += len(moved)
    record_property("figures", f"meaning {name}: {found}/{swapped} swapped found, {alarms}/{right} false alarms")
    assert right > 300
    assert found >= 0.95 * swapped
    assert alarms <= 0.02 * right
