"""Every macro call in a guide can be rendered: the macro, its arguments and the data it names are there."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project


def check(project: Project) -> Iterator[str]:
    if not project.values:
        # data/ cannot be read, which is a finding itself.
        return
    for guide in project.guides:
        yield from project.edition.page(guide).call_faults
