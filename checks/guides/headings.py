"""A guide has one `#` heading, which is the first, and its headings skip no level."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        above = 0
        titled = False
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            found = re.match(r"(#{1,6}) \S", line)
            if not found:
                continue
            level = len(found[1])
            if level == 1 and titled:
                yield f"{guide.path}:{number}: there is a second # heading. Use ## for a part of the page."
            elif level > 1 and not titled:
                yield f"{guide.path}:{number}: this heading is before the title. Put the # heading first."
            elif level > above + 1:
                marks = "#" * (above + 1)
                yield f"{guide.path}:{number}: a heading of level {level} follows one of level {above}. Use {marks}."
            above, titled = level, titled or level == 1
