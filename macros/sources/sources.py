"""Which sources the guides rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_CALL = re.compile(r"\{\{\s*(cite|fact|deadline|contact)\(\s*[\"']([^\"']+)[\"']")
_CHART = re.compile(r"\{\{\s*chart\(\s*[\"']([^\"']+)[\"']")
_HOLDER = {"fact": "facts", "deadline": "deadlines", "contact": "contacts"}


def cited(guides: Iterable[str], data: Mapping[str, Any]) -> list[str]:
    """The keys of all sources that the guides cite, or whose facts, deadlines or contacts they show, sorted."""
    found = set()
    for text in guides:
        for key in _CHART.findall(text):
            found |= {row["source"] for row in data["series"][key]["rows"]}
        for macro, key in _CALL.findall(text):
            found.add(key if macro == "cite" else data[_HOLDER[macro]].get(key, {}).get("source"))
    return sorted(found & set(data["sources"]), key=lambda key: (int(re.sub(r"\D", "", key)), key))
