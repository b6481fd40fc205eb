"""Sorts and groups as readers of a language expect: by CLDR's rules, from ICU."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import icu  # type: ignore[import-untyped]  # it has no types


def groups(lines: Iterable[Any], languages: Mapping[str, Any], locale: str) -> list[tuple[str, list[Any]]]:
    """The lines under the letters that they begin with, both in the order of `locale`; no letter without lines.

    lines: `landmarks()`. languages: data/languages.yml; its `articles` do not count.
    """
    # Latin letters too: some lines are English in every language.
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
