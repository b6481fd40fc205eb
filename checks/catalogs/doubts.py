"""Translations keep every "not", number word, sentence and order of calls of the English, and add no number word.

Faithful translations sometimes differ, so these are notes. data/languages.yml lists the words for "not" and for numbers
in each language; without the words for "not", every unit whose English has one is noted.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks import Note, Project
from i18n.faithful import doubts, fault
from i18n.unit import Unit


def check(project: Project) -> Iterator[str]:
    slugs = {guide.slug for guide in project.guides}
    for (locale, name), (path, catalog) in project.catalogs.items():
        if name not in slugs:
            continue
        language = project.languages[locale]
        for entry in catalog:
            if entry.obsolete or entry.fuzzy or not entry.msgstr or fault(Unit(entry.msgid), entry.msgstr, language):
                continue
            for sentence in doubts(Unit(entry.msgid), entry.msgstr, language):
                yield Note(f"{path}:{entry.linenum}: {sentence}")
