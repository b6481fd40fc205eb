"""Pick the values that the script of the preparation page needs: time limits, reported limits, rules of reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEADLINES = (
    "admissibility",
    "access-decision",
    "deletion-decision",
    "decision-to-secretariat",
    "access-notice",
    "revision",
)
LIMITS = {"pages": "page-limit", "papers": "annex-limit", "revision": "revision-summary-pages"}


def values(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values for the script. data: the files of data/."""
    deadlines = {
        key: {field: data["deadlines"][key][field] for field in ("length", "unit", "start", "source", "article")}
        for key in DEADLINES
    }
    limits = {key: data["facts"][fact]["value"] for key, fact in LIMITS.items()}
    # A list is smaller than names: source, article, and "red" if the rule is for Red Notices only.
    articles = {
        key: [[rule["source"], rule["article"], *([rule["only"]] if "only" in rule else [])] for rule in entry["rules"]]
        for key, entry in data["grounds"].items()
    }
    return {"deadlines": deadlines, "limits": limits, "articles": articles}
