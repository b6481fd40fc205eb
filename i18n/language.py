"""What the judge of translations has to know of a language: its words for numbers, for "not", and for units of time."""

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
    """One language of the site.

    name: as its folder in locales/, "zh_Hans"; empty for an unknown one.
    numbers: finds a number word; its value is in the name of the group, "n7".
    negations: finds each word or ending with which the language may say "not".
    denials: finds each word that can only say "not".
    units: finds a number in digits with what it counts; the name of the group is the kind, "month".
    counted: finds a number word with what it counts, with the groups of both.
    abbreviations: what has a dot inside and is not an address, "p.ej".
    """

    name: str = ""
    numbers: Words = None
    negations: Words = None
    denials: Words = None
    units: Words = None
    counted: Words = None
    abbreviations: frozenset[str] = frozenset()

    @classmethod
    def of(cls, name: str, values: Mapping[str, Any] | None = None) -> Language:
        """The language called `name`, with its entry of data/languages.yml; without one, hardly anything is known.

        Raises ValueError with a sentence.
        """
        try:
            return cls._of(name, values or {})
        except (re.error, TypeError, AttributeError) as error:
            raise ValueError(
                f"data/languages.yml: the words of {name} are not regular expressions: {error}. Correct the entry."
            ) from None

    @classmethod
    def _of(cls, name: str, values: Mapping[str, Any]) -> Language:
        numbers, units = values.get("numbers") or {}, values.get("units") or {}
        # Where no space is between words, none has to stand around a number.
        spaced = values.get("spaced", True)
        before, after = (rf"(?<![\w-]){values.get('prefixes', '')}", r"(?![\w-])") if spaced else ("", "")
        # "12" before "2": of two words that begin in one place, the longer one counts.
        groups = "|".join(f"(?P<n{value}>{numbers[value]})" for value in sorted(numbers, reverse=True))
        kinds = "|".join(f"(?P<{kind}>{words})" for kind, words in units.items())
        return cls(
            name,
            re.compile(f"{before}(?:{groups}){after}", re.IGNORECASE) if numbers else None,
            _any(values.get("negations")),
            _any(values.get("denials")),
            re.compile(rf"{NUMBER}{GAP}*(?:{kinds}){after}", re.IGNORECASE) if units else None,
            re.compile(rf"{before}(?:{groups}){GAP}*(?:{kinds}){after}", re.IGNORECASE) if numbers and units else None,
            frozenset(values.get("abbreviations") or ()),
        )


def _any(patterns: list[str] | None) -> Words:
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def language_of(name: str, languages: Mapping[str, Any] | None, faults: list[str]) -> Language:
    """The language called `name` by data/languages.yml; what is wrong there is added to `faults`."""
    try:
        return Language.of(name, (languages or {}).get(name))
    except ValueError as error:
        faults.append(str(error))
        return Language(name)


def read_languages(path: Path, faults: list[str]) -> dict[str, Any]:
    """The entries of data/languages.yml, which need not be there; why it cannot be read is added to `faults`."""
    if not os.path.lexists(path):
        return {}
    try:
        return handwritten.entries(handwritten.read(path))
    except Unreadable as error:
        faults.append(f"{path}{error}")
        return {}


UNKNOWN = Language()

DENIALS = re.compile(r"\b(?:not|never|no|none|nobody|nothing|cannot|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
"""How the English of the guides says "not"."""
