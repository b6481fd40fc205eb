"""No translation says anything else than its English: links, numbers, calls and marks are those of the English unit."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n import coverage
from i18n.catalogs import SITE
from i18n.coverage import Translation
from i18n.words import placeholder_fault


def check(project: Project) -> Iterator[str]:
    guides = {guide.slug: guide for guide in project.guides}
    for (_, name), (path, catalog) in project.catalogs.items():
        if name in guides:
            yield from coverage.findings(guides[name], Translation(catalog), path)
        elif name == SITE:
            for entry in catalog:
                if entry.obsolete or entry.fuzzy:
                    continue
                for words in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
                    # "one file" may stand without its number: a form is that of the English singular or plural.
                    faults = [placeholder_fault(each, words) for each in (entry.msgid_plural, entry.msgid) if each]
                    if all(faults):
                        yield f"{path}:{entry.linenum}: {faults[0]}"
