"""The earlier translation of a sentence whose English has changed since: what of it a reader may be shown.

What a catalog calls the older English (`#|`) is words of that catalog and proves nothing. So an earlier translation is
plain text, and has nothing in it that the English of today has not.
"""

from __future__ import annotations

from i18n.calls import written
from i18n.faithful import CUT_SHARE, fault
from i18n.language import UNKNOWN, Language
from i18n.reworded import is_only_reworded
from i18n.unit import Unit, plain

_EDGES = ".,;:!?…()[]\"'«»„“”‘’،؛؟。，：；！？、（）「」"


def earlier(unit: Unit, old: str, msgstr: str, language: Language = UNKNOWN) -> tuple[str | None, str]:
    """The words to show as the earlier translation of `unit`, None for none; and why it is refused, or "".

    old: the English that `msgstr` says it translates. Much of what is not shown is honest: the English has simply
    changed too much. It is refused where it has something that may never be on the page.
    """
    # Before anything else is done with them: they may be of any length.
    longest = 3 * len(unit.msgid) + 60
    if len(msgstr) > longest:
        times = len(msgstr) // len(unit.msgid)
        return None, _refused(f"It is {times} times as long as the English. Shorten it.")
    old = old[:longest]
    words, english = plain(msgstr), plain(unit.msgid)
    if fault(Unit(english), words):
        # It may only lack something. What is wrong beside an English that has nothing to lose is wrong.
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
    """`english` without the numbers, addresses and signs that `words` have not, and not too long for `words`.

    With the words of `old`, some of which are small numbers: a translation may have digits for them.
    """
    had = {word.strip(_EDGES) for word in words.split()}
    cores = [word.strip(_EDGES) for word in english.split()]
    kept = [core if core.isalpha() or core in had else "x" * len(core) for core in cores]
    spelled = [word for word in old.split() if word.isascii() and word.isalpha()]
    return " ".join([*spelled, *kept])[: CUT_SHARE * len(words)]
