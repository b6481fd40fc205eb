"""Every translation was read against its English, safety instructions twice and back, and no serious fault is open.

A language is asked as soon as it has a readings.jsonl. docs/review.md says what readings are.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from checks import Project
from i18n import unread
from i18n.catalogs import SITE
from i18n.locales import Locale
from i18n.readings import SERIOUS, Readings
from i18n.unread import Published


def check(project: Project) -> Iterator[str]:
    for locale in project.locales:
        path = unread.path_of(project.root / "locales", locale)
        if not os.path.lexists(path):
            continue
        for each in unread.once(_published(project, locale)):
            yield from _needed(each, project.readings[locale], locale)


def _published(project: Project, locale: Locale) -> Iterator[Published]:
    for guide in project.guides:
        if (locale, guide.slug) in project.translations:
            path, translation = project.translations[locale, guide.slug]
            yield from unread.of_guide(guide, translation, path)
    if (locale, SITE) in project.catalogs:
        path, catalog = project.catalogs[locale, SITE]
        yield from unread.of_site(catalog, project.languages[locale], path)


def _needed(each: Published, known: Readings, locale: Locale) -> Iterator[str]:
    found = known.of(each.unit)
    command = f"python -m i18n read {locale.name} {each.catalog}"
    if not found:
        yield f"{each.place}: nobody has read this translation against its English. Read it: {command}"
    elif each.is_safety and len(found) < 2:
        yield f"{each.place}: this safety instruction was read once. A second reading is needed: {command}"
    if found and each.is_safety and not any(reading.back for reading in found):
        yield f"{each.place}: this safety instruction has no back-translation. Add one to a reading: {command}"
    for finding in known.open(each.unit):
        if finding.severity in SERIOUS:
            said = finding.note.rstrip(". ")
            yield (
                f"{each.place}: a reader found a {finding.severity} fault ({finding.type}): {said}. Correct the "
                f"translation, and read it again. If the reader was wrong, take the finding out of {unread.FILE}."
            )
