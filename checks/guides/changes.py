"""The page of changes is newest first, and each entry has an anchor that a writer has set.

The feed identifies an entry by its anchor. An anchor made from the heading would change when the heading is corrected,
and the entry would look new to every subscriber.
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
                yield f"{place}: {{{{ changed(…) }}}} belongs on {feed}.md only. Move the entry there."
                continue
            if not _ANCHOR.search(heading):
                yield f"{place}: the heading of this entry has no anchor. Add one such as {{ #new-limit }} to it."
            if heading == entry:
                yield f"{place}: this entry has two days. Give each change its own heading."
            if last and day > last:
                yield f"{place}: the entry of {day} is below the older one of {last}. Put the newest first."
            entry, last = heading, day
