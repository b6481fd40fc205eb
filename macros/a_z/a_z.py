"""Sort and group lines as readers of a language expect, by CLDR's rules from ICU."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import icu  # type: ignore[import-untyped]  # it has no types


def groups(lines: Iterable[Any], languages: Mapping[str, Any], locale: str) -> list[tuple[str, list[Any]]]:
    """Return the lines under their first letters, both sorted for `locale`. Letters without lines are left out.

    lines: the result of `landmarks()`.
    languages: data/languages.yml. Its `articles` are ignored at the beginning of a line.
    locale: the locale of the page.
    """
    # Add Latin letters, because some lines are English in every language.
    index = icu.AlphabeticIndex(icu.Locale(locale)).addLabels(icu.Locale("en"))
    for line in lines:
        articles = (languages.get(line.lang or locale) or {}).get("articles", "")
        words = re.sub(r"^[^\w]+", "", line.words)
        index.addRecord(re.sub(f"^(?:{articles})", "", words, flags=re.IGNORECASE), line)
    found = []
    for letter, _ in index:
        group = []
        while index.nextRecord():
            group.append(index.recordData)
        if group:
            found.append((letter, group))
    return found
