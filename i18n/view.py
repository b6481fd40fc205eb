"""A guide as its translator sees it: block by block the English, the translation, and what is to be done.

Shown while serving only; it is never part of a published site.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from i18n.coverage import Judgement, State, Translation
from i18n.guides import Guide
from i18n.unit import Unit


@dataclass(frozen=True)
class Row:
    """One unit. file: the catalog and the line to open, "locales/tr/…/arrested.po:31"; without a line when it has none.

    change: what changed in the English since a stale translation, as (kind, words) with kind "same", "gone" or "new".
    """

    place: str
    unit: Unit
    judgement: Judgement
    file: str
    change: tuple[tuple[str, str], ...] = ()

    @property
    def state(self) -> State:
        return self.judgement.state

    @property
    def translation(self) -> str:
        return self.judgement.entry.msgstr if self.judgement.entry is not None else ""


def rows(guide: Guide, translation: Translation, path: Path) -> list[Row]:
    """Every unit of the guide, in reading order. path: the catalog, as messages show it."""
    found = []
    for unit, place in zip(guide.units, guide.places, strict=True):
        judged = translation.judge(unit)
        line = f":{judged.entry.linenum}" if judged.entry is not None and judged.entry.linenum else ""
        before = judged.entry.previous_msgid if judged.entry is not None and judged.state is State.STALE else None
        change = tuple(difference(before, unit.msgid)) if before else ()
        found.append(Row(place, unit, judged, f"{path}{line}", change))
    return found


def difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """The words of both, in order, each run as ("same" | "gone" | "new", words)."""
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[a:b])
            continue
        if a < b:
            yield "gone", "".join(before[a:b])
        if c < d:
            yield "new", "".join(after[c:d])
