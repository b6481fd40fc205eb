"""Every guide says what it is called, what the reader gets, for whom it is, and when it was and will be checked."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project

FIELDS = ("title", "summary", "audience", "reviewed", "recheck")
AUDIENCES = {"reader", "helper", "lawyer"}


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        for field in FIELDS:
            if not guide.meta.get(field):
                yield f"{guide.path}:1: the front matter has no {field}. Add it between the lines of dashes."
        audience = guide.meta.get("audience") or []
        if not isinstance(audience, list):
            yield f"{guide.path}:1: audience is not a list. Write it like [reader, helper]."
            audience = []
        for name in sorted({str(name) for name in audience} - AUDIENCES):
            yield f"{guide.path}:1: nobody is an audience called {name}. Use {', '.join(sorted(AUDIENCES))}."
        if guide.meta.get("reviewed") and guide.meta.get("recheck") and guide.meta["recheck"] <= guide.meta["reviewed"]:
            yield f"{guide.path}:1: recheck is not after reviewed. Set the day by which someone looks again."
