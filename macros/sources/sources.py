"""Find the sources that the guides rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_HOLDER = {"fact": "facts", "deadline": "deadlines", "contact": "contacts", "chart": "series"}


def cited(calls: Iterable[Any], data: Mapping[str, Any]) -> list[str]:
    """Return the sorted keys of all sources that the guides cite, or whose facts, deadlines or contacts they show.

    calls: the macro calls of all guides, each with a `name` and `arguments`.
    data: the values of data/.
    """
    found = set()
    for call in calls:
        key = str(call.arguments[0]) if call.arguments else ""
        if call.name == "cite":
            found.add(key)
        elif call.name in _HOLDER:
            # A missing key is reported where the call is rendered.
            entry = data[_HOLDER[call.name]].get(key, {})
            found |= {str(one.get("source")) for one in (entry, *entry.get("rows", ()))}
    return sorted(set(data["sources"]) & found, key=lambda key: (int(re.sub(r"\D", "", key) or 0), key))
