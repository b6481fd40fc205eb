"""Every guide says where it comes from: it cites at least one source."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project

# Navigation, and pages that rest on general knowledge and say so.
NO_SOURCE = {"index", "about", "read-safely", "download"}


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        if guide.slug not in NO_SOURCE and "{{ cite(" not in guide.text and "{{ deadline(" not in guide.text:
            yield f'{guide.path}:{guide.line}: nothing here has a source. Add {{{{ cite("…") }}}}.'
