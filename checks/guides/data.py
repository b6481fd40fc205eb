"""Every value says where it comes from and how old it is: its source, when it was checked, when to check again."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from checks import Project

# What each file's entries have to say. Terms are words; languages, unknowns and hosts are ours: they rest on no source.
NEEDED = {
    "sources": ("title", "publisher", "level", "read", "checked", "recheck"),
    "facts": ("value", "source", "scope", "level", "checked", "recheck"),
    "deadlines": ("length", "unit", "start", "source", "article", "level", "missed", "checked", "recheck"),
    "contacts": ("name", "url", "source", "checked", "recheck"),
    "series": ("rows", "level", "checked", "recheck"),
    "unknowns": ("sought", "recheck"),
    "hosts": ("answers", "why", "recheck"),
}
LEVELS = {"rule", "practice", "reported", "unverified"}


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
                yield f"{place}: there is no level {entry['level']}. Use one of {', '.join(sorted(LEVELS))}."
            rows = entry.get("rows", [])
            if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
                yield f"{place}: rows is not a list of entries with fields. Write it as other entries have it."
                rows = []
            for source in [entry.get("source"), *(row.get("source") for row in rows)]:
                if source is not None and str(source) not in sources:
                    yield f"{place}: there is no source {source} in data/sources.yml. Add it there, or correct the key."
