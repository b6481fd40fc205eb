"""Nothing on the site is older than it says: each guide, source and value is looked at again by its day.

Not among the checks of every change: a day that passes must not make a change red that has nothing to do with it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from checks import Project


def check(project: Project, today: datetime.date | None = None) -> Iterator[str]:
    today = today or datetime.date.today()
    for guide in project.guides:
        due = guide.meta.get("recheck")
        if due and due < today:
            yield f"{guide.path}:1: this guide was due for checking on {due}. Check it, move `reviewed` and `recheck`."
    for name, entries in project.values.items():
        for key, entry in entries.items():
            due = entry.get("recheck") if isinstance(entry, dict) else None
            # What is no date is found by guides/data.py.
            if type(due) is not datetime.date or due >= today:
                continue
            source = entry.get("source")
            against = f"Check it against source {source}" if source else "Check it"
            yield f"data/{name}.yml: {key} was due for checking on {due}. {against} and move `recheck`."
