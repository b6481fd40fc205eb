"""Every translation is faithful: its links, numbers, calls and marks are those of the English unit."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n import coverage
from i18n.catalogs import SITE
from i18n.coverage import Translation
from i18n.words import Words


def check(project: Project) -> Iterator[str]:
    guides = {guide.slug: guide for guide in project.guides}
    for (locale, name), (path, catalog) in project.catalogs.items():
        if name in guides:
            yield from coverage.findings(guides[name], Translation(catalog, project.languages[locale]), path)
        elif name == SITE:
            yield from Words(catalog, project.languages[locale], path).faults
