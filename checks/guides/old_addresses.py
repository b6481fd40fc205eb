"""An old address of a guide (`was`) leads to one guide only, and is not the address of another guide."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n.guides import moved


def check(project: Project) -> Iterator[str]:
    _, faults = moved(project.guides)
    yield from faults
