"""Decide whether two versions of an English sentence mean the same, so that the old translation may still be shown.

In doubt the answer is no. Without the earlier translation a reader still has the present English, but with a wrong one
the reader may act on the opposite advice.
"""

from __future__ import annotations

import difflib
import re

from i18n.calls import written
from i18n.unit import plain

ALIKE = 0.65
"""Share of equal words (0 to 1) below which two versions count as different sentences."""


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


# If only one version has a word of these lists, or if their order differs, the meaning may differ.
_NEGATIONS = _list("no not never none nobody nothing nowhere neither nor without hardly barely rarely seldom")
_NUMBERS = _list(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first
    second third fourth fifth sixth seventh eighth ninth tenth once twice half double both single dozen pair"""
)
_MODALS = _list(
    """must may might can could cannot should shall will would ought have has had need needs needed let allowed allow
    allows forbidden forbid forbids required require requires obliged obligatory mandatory optional permitted permit
    permits prohibited prohibit prohibits possible impossible able unable necessary certain certainly sure likely
    perhaps maybe probably always sometimes often usually only just even also still already yet again too"""
)
_CONDITIONS = _list(
    """if unless until till except but instead rather than before after when while during since within or either because
    although though however where whether as like"""
)
_AMOUNTS = _list("all any each every few little many much more most less least fewer enough other another same")
_ACTORS = _list(
    """i me my mine myself you your yours yourself he him his himself she her hers herself it its itself we us our ours
    they them their theirs themselves who whom whose someone somebody anyone anybody everyone everybody people person
    by for to from against between of with"""
)
_OPPOSITES = _list(
    """yes up down in out on off above below over under inside outside early earlier late later first last old new open
    closed right wrong true false good bad safe dangerous public private high low long short start stop begin end keep
    lose win give take accept refuse deny denies denied reject avoid prevent fail failed lack forget hide
    delete withdraw cancel ban dismiss hold release arrest free non anti former"""
)
_ARTICLES = _list("a an the this that these those")
_TELLING = _NEGATIONS | _NUMBERS | _MODALS | _CONDITIONS | _AMOUNTS | _ACTORS | _OPPOSITES

_ARTICLES = _list("a an the some")
_REPEATED = _list("for to of by with from in on at the a an")

_ENDINGS = ("s", "es", "ed", "d", "ing")

_TOKEN = re.compile(r"\d[\d.,:/-]*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s.,;:!?'\"()…–—-]")
_SENTENCE_END = re.compile(r"[.!?:]+[\"”]?\s")


def is_only_reworded(old: str, new: str) -> bool:
    """Return whether two msgids are versions of one sentence without a difference that a reader would act on.

    Negations, numbers, "must" and "may", conditions, names and persons are equal, and the words that both have are in
    the same order. Other words may be added or removed, except at the beginning, or have another ending. Replacing a
    word by another one is a difference.
    """
    if len(old) > 3 * len(new) + 60 or len(new) > 3 * len(old) + 60:
        return False
    # A call may show a number, a day or an address.
    if written(old) != written(new) or _names(old) != _names(new):
        return False
    before, after = _words(old), _words(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return False
    gone: set[str] = set()
    come: set[str] = set()
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and not _are_inflected(before[a:b], after[c:d]):
            return False
        if kind in ("delete", "insert"):
            if _matters(before, a, b) or _matters(after, c, d):
                return False
            gone.update(before[a:b])
            come.update(after[c:d])
    # "Do not go to the police alone": in a sentence that forbids something, any added or removed word may change what.
    if (gone | come) - _ARTICLES and not _NEGATIONS.isdisjoint(before):
        return False
    # A word both added and removed has moved: "you call the police", "the police call you".
    return gone.isdisjoint(come)


def _words(text: str) -> list[str]:
    """Return the words of a msgid in lower case, "don't" as "do not". Signs other than punctuation are words too."""
    text = plain(text).replace("’", "'").lower()
    text = re.sub(r"\b(?:can't|cannot)\b", "can not", text)
    text = re.sub(r"\bwon't\b", "will not", text)
    text = re.sub(r"n't\b", " not", text)
    # "Once" is a number, but "at once" is not.
    return _TOKEN.findall(re.sub(r"\bat once\b", "immediately", text))


def _names(text: str) -> list[str]:
    """Return the abbreviations, and the words with a capital letter that do not begin a sentence."""
    found = []
    for sentence in _SENTENCE_END.split(plain(text)):
        for number, word in enumerate(re.findall(r"[^\W\d_]+", sentence)):
            if word[0].isupper() and (number or word[1:2].isupper()):
                found.append(word)
    return found


def _matters(words: list[str], start: int, stop: int) -> bool:
    """Return whether `words[start:stop]` change the meaning, when the other version has no words in their place."""
    if start == stop:
        return False
    if _ARTICLES.issuperset(words[start:stop]):
        return False
    if start == 0 or words[start - 1] in _NEGATIONS:
        # Removing one word from "do not hesitate, sign" gives "do not sign".
        return True
    if words[start - 1] == "and" and stop == start + 1 and words[start] in _REPEATED & {*words[: start - 1]}:
        # Repeating such a word does not change the meaning: "for a lawyer and for an interpreter".
        return False
    return any(map(_is_telling, words[start:stop]))


def _are_inflected(before: list[str], after: list[str]) -> bool:
    """Return whether each word was replaced by another form of the same word."""
    return len(before) == len(after) and all(map(_is_inflected, before, after))


def _is_inflected(one: str, other: str) -> bool:
    if _is_telling(one) or _is_telling(other):
        return False
    return not _stems(one).isdisjoint(_stems(other))


def _is_telling(word: str) -> bool:
    return not word.isalpha() or not _stems(word).isdisjoint(_TELLING)


def _stems(word: str) -> set[str]:
    return {word} | {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending) and len(word) > 4}
