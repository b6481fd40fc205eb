"""Read the arguments of a call as values."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any


def date_of(day: object) -> datetime.date | None:
    """Return the date written as "2026-11-22", or None for anything else."""
    if not isinstance(day, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return None
    try:
        return datetime.date.fromisoformat(day)
    except ValueError:
        return None


def pages_of(sections: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return the page of each guide in the nav, by the name of the guide."""
    return {page["guide"]: page for section in sections for page in section["pages"]}
