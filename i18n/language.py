"""What the judge of translations knows of a language: its words for numbers, for "not", and for units of time."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from i18n import handwritten
from i18n.handwritten import Unreadable
from i18n.numbers import GAP, NUMBER

Words = re.Pattern[str] | None


@dataclass(frozen=True)
class Language:
    """One language of the site. A pattern is None if data/languages.yml does not list its words.

    name: the name of its folder in locales/, "zh_Hans"; empty for an unknown language.
    numbers: finds number words; the name of the matching group holds the value, "n7".
    negations: finds words and endings that may mean "not".
    denials: finds words that can only mean "not".
    must: finds words that say that something has to be.
    may: finds words that say that something is possible or allowed.
    units: finds a number in digits with what it counts; the name of the matching group is the kind, "month".
    counted: finds a number word with what it counts, with the groups of `numbers` and `units`.
    abbreviations: words with a dot inside that are not addresses, "p.ej".
    """

    name: str = ""
    numbers: Words = None
    negations: Words = None
    denials: Words = None
    must: Words = None
    may: Words = None
    units: Words = None
    counted: Words = None
    abbreviations: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, values: Mapping[str, Any] | None = None) -> Language:
        """Return the language called `name`. Raises ValueError with a sentence.

        values: its entry in data/languages.yml; without it, hardly anything is known of the language.
        """
        try:
            return cls._of(name, values or {})
        except (re.error, TypeError, AttributeError) as error:
            raise ValueError(
                f"data/languages.yml: a word of {name} is not a valid regular expression: {error}. Correct the entry."
            ) from None

    @classmethod
    def _of(cls, name: str, values: Mapping[str, Any]) -> Language:
        numbers, units = values.get("numbers") or {}, values.get("units") or {}
        # Languages without spaces between words need no space around a number either.
        spaced = values.get("spaced", True)
        before, after = (rf"(?<![\w-]){values.get('prefixes', '')}", r"(?![\w-])") if spaced else ("", "")
        # "12" comes before "2", so that of two number words that begin at one place the longer one is found.
        groups = "|".join(f"(?P<n{value}>{numbers[value]})" for value in sorted(numbers, reverse=True))
        kinds = "|".join(f"(?P<{kind}>{words})" for kind, words in units.items())
        return cls(
            name,
            re.compile(f"{before}(?:{groups}){after}", re.IGNORECASE) if numbers else None,
            _any(values.get("negations")),
            _any(values.get("denials")),
            _any([values["must"]] if values.get("must") else None),
            _any([values["may"]] if values.get("may") else None),
            re.compile(rf"{NUMBER}{GAP}*(?:{kinds}){after}", re.IGNORECASE) if units else None,
            re.compile(rf"{before}(?:{groups}){GAP}*(?:{kinds}){after}", re.IGNORECASE) if numbers and units else None,
            frozenset(values.get("abbreviations") or ()),
        )


def _any(patterns: list[str] | None) -> Words:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def language_of(name: str, languages: Mapping[str, Any] | None, faults: list[str]) -> Language:
    """Return the language called `name`, by data/languages.yml. Adds a sentence to `faults` if its entry is wrong."""
    try:
        return Language.of(name, (languages or {}).get(name))
    except ValueError as error:
        faults.append(str(error))
        return Language(name)


def read_languages(path: Path, faults: list[str]) -> dict[str, Any]:
    """Return the entries of data/languages.yml, if the file exists. Adds a sentence to `faults` if it is unreadable."""
    if not os.path.lexists(path):
        return {}
    try:
        return handwritten.entries(handwritten.read(path))
    except Unreadable as error:
        faults.append(f"{path}{error}")
        return {}


UNKNOWN = Language()

DENIALS = re.compile(r"\b(?:not|never|no|none|nobody|nothing|cannot|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
"""Finds the words with which the English of the guides says "not"."""
