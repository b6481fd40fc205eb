"""Compute in which month a time limit ends, for each month in which it can start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class End:
    """The end of a time limit.

    month: 1 to 12.
    next_year: whether it is in the year after the start.
    """

    month: int
    next_year: bool


@dataclass(frozen=True)
class Row:
    start: int
    ends: tuple[End, ...]


def due(deadlines: Mapping[str, Any], keys: Sequence[str]) -> list[Row]:
    """Return a row for each month. Raises ValueError for a limit that is not counted in months from admissibility."""
    for key in keys:
        if deadlines[key]["unit"] != "month" or deadlines[key]["start"] != "admissibility":
            raise ValueError(f"{key} is not counted in months from the day the request is declared admissible")
    return [Row(start, tuple(_end(start, deadlines[key]["length"]) for key in keys)) for start in range(1, 13)]


def _end(start: int, months: int) -> End:
    years, month = divmod(start - 1 + months, 12)
    return End(month + 1, years > 0)
