"""Where the English says "not", the translation says it too: a lost "not" turns advice into harm.

data/languages.yml lists the words with which a language negates; without a list, every such unit is noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Note, Project

ENGLISH = re.compile(r"\b(?:not|never|no|none|nobody|nothing|cannot|without|neither|nor)\b|n't\b", re.IGNORECASE)


def check(project: Project) -> Iterator[str]:
    slugs = {guide.slug for guide in project.guides}
    for (locale, name), (path, catalog) in project.catalogs.items():
        if name not in slugs:
            continue
        words = (project.values.get("languages", {}).get(locale.name) or {}).get("negations")
        negated = re.compile("|".join(words), re.IGNORECASE) if words else None
        for entry in catalog:
            if entry.obsolete or entry.fuzzy or not entry.msgstr or not (found := ENGLISH.findall(entry.msgid)):
                continue
            if negated is None or not negated.search(entry.msgstr):
                yield Note(
                    f'{path}:{entry.linenum}: the English says "{", ".join(found)}". '
                    "See that the translation denies the same thing."
                )
