"""A translation of eight words or more is in the language of its locale.

py3langid tells the language, offline. Names, and words that are left as they are in the English, are not looked at.
Shorter sentences have too few letters to tell by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # it has no types

from checks import Project
from i18n.locales import Locale
from i18n.unit import plain

WORDS = 8
"""From how many English words on a translation is looked at."""

DOUBT = 20.0
"""By how much the logarithm of the likelihood of another language must be greater. Sentences of 10 to 20 words in a
language that is near (Portuguese for Spanish, Ukrainian for Russian) were 37 to 107 greater, and right ones up to 13.
"""

_WORD = re.compile(r"[^\W\d_]+(?:['’\u200c-][^\W\d_]+)*")


def check(project: Project) -> Iterator[str]:
    for locale, place, unit, words in project.translated():
        if other := another(locale, unit.msgid, words):
            yield f"{place}: this looks like {other}, not like {locale.own_name}. Write it in the catalog's language."


def another(locale: Locale, english: str, words: str) -> str | None:
    """Return the code of the language that `words` are in, if that is not the language of `locale`."""
    kept = _words(english)
    if len(kept) < WORDS:
        return None
    said = [word for word in _WORD.findall(plain(words)) if word not in kept]
    if not said:
        return None
    code, text = locale.cldr.language, " ".join(said)
    likeliest, best = _identifier().classify(text)
    if likeliest == code:
        return None
    own = dict(_identifier().rank(text)).get(code)
    return likeliest if own is not None and best - own > DOUBT else None


@cache
def _words(english: str) -> list[str]:
    """Return the words of a sentence, which all languages share."""
    return _WORD.findall(plain(english))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)
