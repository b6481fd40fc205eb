"""Numbers are not typed into guides: a macro takes them from data/, so a correction reaches every language at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from i18n.calls import without_calls

# The step numbers of a list, link targets and attribute lists are not prose.
_NO_PROSE = re.compile(r"^\s*\d+\.\s|\]\([^)]*\)|\{[^}]*\}|^\s*\[comment\]:.*")


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        in_code = False
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            # Commands contain numbers as they have to be typed.
            in_code ^= line.lstrip().startswith("```")
            if in_code:
                continue
            prose = _NO_PROSE.sub("", without_calls(line))
            if found := re.search(r"\d+", prose):
                yield (
                    f"{guide.path}:{number}: the number {found[0]} is typed here. "
                    'Put it in data/ and call a macro such as {{ fact("…") }}.'
                )
