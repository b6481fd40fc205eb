"""Make pseudo-translations, which show what escaped translation and where the layout breaks. Never committed.

en-XA is English with accents, a third longer, in brackets. ar-XB is the same from right to left.
"""

from __future__ import annotations

import re
from itertools import cycle, islice

from i18n.calls import replace_spans
from i18n.unit import MASK

LOCALES = {"en_XA": "en", "ar_XB": "ar"}
"""Each pseudo-locale, and the language whose CLDR it borrows."""

LONGER = 0.35
"""How much longer a pseudo-translation is than the English (0.35 is 35 %): about as much as German or Russian."""

_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", "àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ"
)
_FILLER = "één ţŵö ţĥŕéé ƒöûŕ"

# What a translation keeps unchanged: calls and code, which are masked, link numbers, footnotes, attributes and
# placeholders of templates.
_KEPT = re.compile(rf"{MASK}+|\]\(\d+\)|\[\^[^\]]*\]|\{{[^}}]*\}}|%\(\w+\)[sd]|%[sd%]")


def pseudo(words: str) -> str:
    """Return the pseudo-translation of `words`. It is faithful, so it passes every rule for translations."""
    pieces: list[str] = []
    end = 0
    for kept in _KEPT.finditer(replace_spans(words, lambda span: MASK * len(span.text))):
        pieces += words[end : kept.start()].translate(_ACCENTED), words[kept.start() : kept.end()]
        end = kept.end()
    pieces.append(words[end:].translate(_ACCENTED))
    # Letters only, because an added digit or bracket would be refused.
    padding = "".join(islice(cycle(_FILLER), int(len(words) * LONGER)))
    return "".join(["⟦", *pieces, f" {padding}".rstrip(), "⟧"])
