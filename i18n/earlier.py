"""Decide whether readers may see an earlier translation of a sentence whose English has changed since.

The older English (`#|`) comes from the catalog itself and proves nothing. So an earlier translation is shown as plain
text, and only if it has nothing in it that the present English does not have.
"""

from __future__ import annotations

from i18n.calls import written
from i18n.faithful import CUT_SHARE, fault
from i18n.language import UNKNOWN, Language
from i18n.reworded import is_only_reworded
from i18n.unit import Unit, plain

_EDGES = ".,;:!?…()[]\"'«»„“”‘’،؛؟。，：；！？、（）「」"


def earlier(unit: Unit, old: str, msgstr: str, language: Language = UNKNOWN) -> tuple[str | None, str]:
    """Return the earlier translation of `unit` to show, or None, and the reason to refuse it, or "".

    old: the English that `msgstr` translates, according to the catalog.

    Most translations that are not shown are honest: the English has simply changed too much. They are not refused. A
    translation is refused if it has something that must never be on the page.
    """
    # Check this first, because the words may be of any length.
    longest = 3 * len(unit.msgid) + 60
    if len(msgstr) > longest:
        times = len(msgstr) // len(unit.msgid)
        return None, _refused(f"It is {times} times as long as the English. Shorten it.")
    old = old[:longest]
    words, english = plain(msgstr), plain(unit.msgid)
    if fault(Unit(english), words):
        # It may only lack something, so compare it again with an English from which nothing can be lost.
        bare = fault(Unit(_without_what_is_lost(english, old, words)), words)
        return None, _refused(bare) if bare else ""
    if "{" in words or not set(written(msgstr)) <= set(written(unit.msgid)):
        return None, ""
    if not is_only_reworded(old, unit.msgid) or fault(Unit(old), msgstr, language):
        return None, ""
    return words, ""


def _refused(reason: str) -> str:
    return f"The earlier translation is not shown. {reason}"


def _without_what_is_lost(english: str, old: str, words: str) -> str:
    """Return `english` without the numbers, addresses and signs that `words` lacks, cut to fit the length of `words`.

    The words of `old` are added, since some are small numbers that a translation may write in digits.
    """
    had = {word.strip(_EDGES) for word in words.split()}
    cores = [word.strip(_EDGES) for word in english.split()]
    kept = [core if core.isalpha() or core in had else "x" * len(core) for core in cores]
    spelled = [word for word in old.split() if word.isascii() and word.isalpha()]
    return " ".join([*spelled, *kept])[: CUT_SHARE * len(words)]
