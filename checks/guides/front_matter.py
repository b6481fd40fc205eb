"""Every guide has a title, a summary, an audience, the day it was reviewed and the day to check it again."""

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
            yield f"{guide.path}:1: {name} is not an audience. Use {', '.join(sorted(AUDIENCES))}."
        if guide.meta.get("search_in", "headings") != "headings":
            yield f"{guide.path}:1: search_in is not headings. Write that, or remove the line: all words are searched."
        if guide.meta.get("reviewed") and guide.meta.get("recheck") and guide.meta["recheck"] <= guide.meta["reviewed"]:
            yield f"{guide.path}:1: recheck is not after reviewed. Set the day for the next check of this guide."
