"""A catalog's header names nobody, because translators may be at risk too, and tells honestly how it was translated."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Note, Project
from i18n.coverage import STATUSES

NOBODY = ("Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")


def check(project: Project) -> Iterator[str]:
    for (locale, _), (path, catalog) in project.catalogs.items():
        for name, value in catalog.metadata.items():
            if "@" in value or (name in NOBODY and value.strip()):
                yield f'{path}:1: the header {name} names somebody. Empty it: "{name}: \\n".'
        if "@" in catalog.header:
            yield f"{path}:1: the comment at the top has an e-mail address. Remove it."
        elif catalog.header.strip():
            yield Note(f"{path}:1: there is a comment at the top. Check that it names nobody, or remove it.")
        status = catalog.metadata.get("X-Translation-Status", "")
        if status not in STATUSES:
            yield f'{path}:1: X-Translation-Status is "{status}". Use one of {", ".join(STATUSES)}.'
        if status == "reviewed" and not re.fullmatch(r"\d{4}-\d\d-\d\d", catalog.metadata.get("X-Reviewed", "")):
            yield f"{path}:1: a reviewed catalog needs the day. Add it as a header like X-Reviewed: 2026-11-22."
        if catalog.metadata.get("Language") != locale.name:
            yield f'{path}:1: the header Language is "{catalog.metadata.get("Language", "")}". Write {locale.name}.'
