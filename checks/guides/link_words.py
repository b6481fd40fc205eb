"""The words of a link say where it leads, even to someone who hears only the links of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from checks.guides.sentences import place

EMPTY = {"here", "this", "this page", "link", "this link", "more", "read more", "page", "click", "see", "it"}
_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(\d+\)")


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        for unit in guide.source.units:
            for words in _LINK.findall(unit.msgid):
                if re.sub(r"[*_.]", "", words).strip().lower() in EMPTY or not words.strip():
                    yield f'{place(guide, unit)}: the link "{words}" does not say where it leads. Name the page.'
