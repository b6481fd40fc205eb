"""Pseudo-locales: English made strange, to see what escaped translation and which layout breaks. Never committed.

en-XA: accented, a third longer, in brackets. ar-XB: the same, right to left.
"""

from __future__ import annotations

import re
from itertools import cycle, islice

from i18n.calls import replace_spans
from i18n.unit import MASK

LOCALES = {"en_XA": "en", "ar_XB": "ar"}
"""Each pseudo-locale, and the language whose CLDR it borrows."""

LONGER = 0.35
"""How much longer a pseudo translation is: about what German or Russian need."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
)
_FILLER = "één ţŵö ţĥŕéé ƒöûŕ"

# What a translation keeps as it is: calls and code, which are masked; link numbers, footnotes, attributes, placeholders
# of templates.
_KEPT = re.compile(rf"{MASK}+|\]\(\d+\)|\[\^[^\]]*\]|\{{[^}}]*\}}|%\(\w+\)[sd]|%[sd%]")


def pseudo(words: str) -> str:
    """`words` as a pseudo-locale has them; faithful, so that they pass every rule a translation passes."""
    pieces: list[str] = []
    end = 0
    for kept in _KEPT.finditer(replace_spans(words, lambda span: MASK * len(span.text))):
        pieces += words[end : kept.start()].translate(_ACCENTED), words[kept.start() : kept.end()]
        end = kept.end()
    pieces.append(words[end:].translate(_ACCENTED))
    # Letters only: a digit or a bracket more would be refused, and rightly.
    padding = "".join(islice(cycle(_FILLER), int(len(words) * LONGER)))
    return "".join(["⟦", *pieces, f" {padding}".rstrip(), "⟧"])
