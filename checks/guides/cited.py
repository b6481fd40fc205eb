"""Every guide cites at least one source."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator.macros import called

# Pages for navigation, and pages that rest on general knowledge and say so.
NO_SOURCE = {"index", "about", "read-safely", "download", "search", "updates"}


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        if guide.slug not in NO_SOURCE and not any(call.name in ("cite", "deadline") for call in called(guide.text)):
            yield f'{guide.path}:{guide.line}: this guide cites no source. Add {{{{ cite("…") }}}}.'
