"""Every guide, source and value is checked again by the day it names in `recheck`.

This check does not run with every change, because the passing of a day must not fail an unrelated change.
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
            yield f"{guide.path}:1: this guide was due for checking on {due}. Check it. Move `reviewed` and `recheck`."
    for name, entries in project.values.items():
        for key, entry in entries.items():
            due = entry.get("recheck") if isinstance(entry, dict) else None
            # The check guides/data.py reports invalid dates.
            if type(due) is not datetime.date or due >= today:
                continue
            source = entry.get("source")
            against = f"Check it against source {source}" if source else "Check it"
            yield f"data/{name}.yml: {key} was due for checking on {due}. {against} and move `recheck`."
