"""A translation denies where its English denies, and does not say "may" where its English says "must".

The words are those of data/languages.yml. A translation without any word that could deny, or with a "may" and no
"must", is a finding. A reading settles it, because a sentence can be turned round: "if you are not sure" is "if you
hesitate". A "must" where the English has only "may" is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Note, Project
from i18n.language import DENIALS, Language
from i18n.unit import plain

MUST = re.compile(r"\b(?:must|(?:has|have|had) to|needs? to|(?:is|are) (?:required|obliged) to)\b", re.IGNORECASE)
MAY = re.compile(r"\b(?:may|might|can|could|(?:is|are) allowed to)\b", re.IGNORECASE)
"""The words of the English guides. Beside a denial, a "may" forbids: `stronger` leaves such sentences out."""


def check(project: Project) -> Iterator[str]:
    for locale, place, unit, words in project.translated(unread=True):
        if sentence := lost(unit.msgid, words, project.languages[locale]):
            yield f"{place}: {sentence} Compare it with its English."
        elif sentence := stronger(unit.msgid, words, project.languages[locale]):
            yield Note(f"{place}: {sentence} Compare it with its English.")


def lost(english: str, words: str, language: Language) -> str | None:
    """Return what a translation has lost, a denial or a duty, as a sentence; None if nothing is missing for sure."""
    english, words = plain(english), plain(words)
    denial = DENIALS.search(english)
    if denial and language.negations and not language.negations.search(words):
        return f'the English says "{denial[0]}", and nothing in the translation denies.'
    duty = MUST.search(english)
    if duty and not MAY.search(english) and language.must and language.may:
        only_may = language.may.search(words) and not language.must.search(words)
        return f'the English says "{duty[0]}", the translation only that it may be.' if only_may else None
    return None


def stronger(english: str, words: str, language: Language) -> str | None:
    """Return a sentence if a translation says "must" where its English says only "may"."""
    english, words = plain(english), plain(words)
    allowed = MAY.search(english)
    if not allowed or DENIALS.search(english) or MUST.search(english) or not language.must or not language.may:
        return None
    only_must = language.must.search(words) and not language.may.search(words)
    return f'the English says "{allowed[0]}", the translation that it must be.' if only_must else None
