"""Every macro call in a guide can be rendered: the macro exists, and so do its arguments and the data it names."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project


def check(project: Project) -> Iterator[str]:
    if not project.values:
        # data/ cannot be read. That is a finding of its own.
        return
    for guide in project.guides:
        yield from project.edition.page(guide).call_faults
