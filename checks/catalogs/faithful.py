"""Every translation is faithful: its links, numbers, calls and marks are those of the English unit."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n import coverage
from i18n.catalogs import SITE
from i18n.words import Words


def check(project: Project) -> Iterator[str]:
    guides = {guide.slug: guide for guide in project.guides}
    for (_, name), (path, translation) in project.translations.items():
        yield from coverage.findings(guides[name], translation, path)
    for (locale, name), (path, catalog) in project.catalogs.items():
        if name == SITE:
            yield from Words(catalog, project.languages[locale], path).faults
