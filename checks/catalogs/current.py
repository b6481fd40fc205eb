"""Catalogs have the present words of guides and templates, and hold no translation of another guide's sentence."""

from __future__ import annotations

import os
from collections.abc import Iterator

from checks import Project
from i18n import extract
from i18n.catalogs import SITE, path_of
from i18n.guides import SUFFIX
from i18n.merge import Pool, foreign


def check(project: Project) -> Iterator[str]:
    wanted = {guide.slug: {message.key for message in extract.of_guide(guide)} for guide in project.guides}
    wanted[SITE] = {message.key for message in extract.of_site(project.root, project.config)}
    for locale in project.locales:
        pool = Pool(catalog for (of, _), (_, catalog) in project.catalogs.items() if of == locale)
        for name, keys in wanted.items():
            path, catalog = project.catalogs.get(
                (locale, name), (path_of(project.root / "locales", locale, name), None)
            )
            if catalog is None:
                if not path.exists():
                    yield f"{path}: this catalog is missing. Run: make catalogs"
                continue
            found = {(entry.msgctxt, entry.msgid) for entry in catalog if not entry.obsolete}
            if found != keys:
                new, gone = len(keys - found), len(found - keys)
                yield f"{path}:1: the English has changed ({new} messages new, {gone} gone). Run: make catalogs"
            for entry in foreign(catalog, pool):
                if not entry.obsolete:
                    yield f"{path}:{entry.linenum}: this translates a sentence of another guide. Run: make catalogs"
    for (_, name), (path, catalog) in project.catalogs.items():
        # A guide that exists and cannot be read is reported elsewhere.
        is_gone = name not in wanted and not os.path.lexists(project.root / "guides" / f"{name}{SUFFIX}")
        if is_gone and (gone := sum(not entry.obsolete for entry in catalog)):
            yield f"{path}:1: the guide {name}.md no longer exists ({gone} messages left). Run: make catalogs"
