"""Catalogs ask for the words that guides and templates have now, and translate no sentence of another guide."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n import extract
from i18n.catalogs import SITE, path_of
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
                    yield f"{path}: there is no such catalog. Make it: make catalogs"
                continue
            found = {(entry.msgctxt, entry.msgid) for entry in catalog if not entry.obsolete}
            if found != keys:
                new, gone = len(keys - found), len(found - keys)
                yield f"{path}:1: the English has changed since ({new} new, {gone} gone). Run: make catalogs"
            for entry in foreign(catalog, pool):
                if not entry.obsolete:
                    yield f"{path}:{entry.linenum}: this translates a sentence of another guide. Run: make catalogs"
    for (_, name), (path, catalog) in project.catalogs.items():
        if name not in wanted and (gone := sum(not entry.obsolete for entry in catalog)):
            yield f"{path}:1: there is no guide {name}.md any more ({gone} gone). Run: make catalogs"
