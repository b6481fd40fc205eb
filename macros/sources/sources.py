"""Which sources the guides rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_HOLDER = {"fact": "facts", "deadline": "deadlines", "contact": "contacts", "chart": "series"}


def cited(calls: Iterable[Any], data: Mapping[str, Any]) -> list[str]:
    """The keys of all sources that the guides cite, or whose facts, deadlines or contacts they show, sorted.

    calls: each with a `name` and `arguments`.
    """
    found = set()
    for call in calls:
        key = str(call.arguments[0]) if call.arguments else ""
        if call.name == "cite":
            found.add(key)
        elif call.name in _HOLDER:
            # A key that is not there is said of the call itself.
            entry = data[_HOLDER[call.name]].get(key, {})
            found |= {str(one.get("source")) for one in (entry, *entry.get("rows", ()))}
    return sorted(set(data["sources"]) & found, key=lambda key: (int(re.sub(r"\D", "", key) or 0), key))
