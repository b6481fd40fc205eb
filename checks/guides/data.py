"""Every value has its source, the day it was checked, and the day to check it again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from checks import Project

# The required fields of each file's entries. Terms are words, and languages, unknowns and hosts are the project's own
# notes, so they need no source.
NEEDED = {
    "sources": ("title", "publisher", "level", "read", "checked", "recheck"),
    "facts": ("value", "source", "scope", "level", "checked", "recheck"),
    "deadlines": ("length", "unit", "start", "source", "article", "level", "missed", "checked", "recheck"),
    "contacts": ("name", "url", "source", "checked", "recheck"),
    "series": ("rows", "level", "checked", "recheck"),
    "unknowns": ("sought", "recheck"),
    "hosts": ("answers", "why", "recheck"),
    "grounds": ("rules", "checked", "recheck"),
}
LEVELS = {"rule", "practice", "reported", "unverified"}
READ = {"full", "excerpt", "seed", "title-only"}
"""How much of a source somebody read. Readers are told, so it may not be guessed."""


def check(project: Project) -> Iterator[str]:
    sources = project.values.get("sources", {})
    for name, fields in NEEDED.items():
        for key, entry in project.values.get(name, {}).items():
            place = f"data/{name}.yml: {key}"
            for field in fields:
                if entry.get(field) in (None, ""):
                    yield f"{place} has no {field}. Add it."
            for field in ("checked", "recheck", "sought"):
                if entry.get(field) is not None and type(entry[field]) is not datetime.date:
                    yield f"{place}: {field} is not a date. Write it like 2026-11-22."
            if str(entry.get("level", "rule")) not in LEVELS:
                yield f"{place}: {entry['level']} is not a level. Use one of {', '.join(sorted(LEVELS))}."
            if name == "sources" and entry.get("read") and entry["read"] not in READ:
                yield f"{place}: {entry['read']} does not say how much was read. Use one of {', '.join(sorted(READ))}."
            rows = entry.get("rows", [])
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                yield f"{place}: rows is not a list of entries with fields. Write it as in other entries."
                rows = []
            for source in [entry.get("source"), *(row.get("source") for row in rows)]:
                if source is not None and str(source) not in sources:
                    yield f"{place}: source {source} is missing in data/sources.yml. Add it there, or correct the key."
