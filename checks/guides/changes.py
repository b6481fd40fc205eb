"""The page of changes can be followed: newest first, and each entry has an anchor of its own that outlives its words.

The feed knows an entry by its anchor. One made from the heading would change with a correction of the heading, and the
entry would look new to everybody who follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from generator.macros import called

_ANCHOR = re.compile(r"\{\s*#[\w-]+\s*\}\s*$")


def check(project: Project) -> Iterator[str]:
    feed = project.roles.feed
    for guide in project.guides:
        heading, entry, last = "", "", ""
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            if line.startswith("## "):
                heading = line
            days = [str(call.arguments[0]) for call in called(line) if call.name == "changed" and call.arguments]
            if not days:
                continue
            place, day = f"{guide.path}:{number}", days[0]
            if guide.slug != feed:
                yield f"{place}: {{{{ changed(…) }}}} stands on {feed}.md only. Move the entry there."
                continue
            if not _ANCHOR.search(heading):
                yield f"{place}: the heading of this entry has no anchor. Add one such as {{ #new-limit }} to it."
            if heading == entry:
                yield f"{place}: this entry has two days. Give each change a heading of its own."
            if last and day > last:
                yield f"{place}: the entry of {day} stands below that of {last}. Put the newest first."
            entry, last = heading, day
