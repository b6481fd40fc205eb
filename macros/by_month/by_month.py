"""In which month a time limit ends that starts in a given month."""

from __future__ import annotations

from collections.abc import Mapping
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


def end_of(deadlines: Mapping[str, Any], key: str, start: int) -> End:
    """Count from month `start`, 1 to 12. Raises ValueError for a limit not counted in months from admissibility."""
    if deadlines[key]["unit"] != "month" or deadlines[key]["start"] != "admissibility":
        raise ValueError(f"{key} is not counted in months from the day the request is declared admissible")
    years, month = divmod(start - 1 + deadlines[key]["length"], 12)
    return End(month + 1, years > 0)
