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
    articles = {key: [_rule(data, rule) for rule in entry["rules"]] for key, entry in data["grounds"].items()}
    return {"deadlines": deadlines, "limits": limits, "articles": articles}


def _rule(data: Mapping[str, Any], rule: Mapping[str, str]) -> list[str]:
    """Return source, article, and the only kind of data that the rule is for, if there is one. A list is small."""
    article = data["facts"][rule["fact"]]["value"] if "fact" in rule else rule["article"]
    return [rule["source"], article, *([rule["only"]] if "only" in rule else [])]
