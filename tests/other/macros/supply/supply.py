"""How much water a household keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def litres(people: int, facts: Mapping[str, Any]) -> int:
    """Count the litres that so many people need for the days of a supply.

    facts: what data/facts.yml holds, with `litres` (for a person and a day) and `supply` (in days).
    """
    return people * int(facts["litres"]["value"]) * int(facts["supply"]["value"])
