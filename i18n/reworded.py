"""Whether two versions of an English sentence say the same, so that a translation of the old one may still be shown.

A reader acts on what is shown. In doubt the answer is no: without the earlier translation a reader has the English of
today, with a wrong one the opposite advice.
"""

from __future__ import annotations

import difflib
import re

from i18n.calls import written
from i18n.unit import plain

ALIKE = 0.65
"""From this share of equal words on, two versions are one sentence (0 to 1)."""


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A word of these in one version only, or in another order, changes what is said.
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
    """Whether `old` and `new`, msgids, are versions of a sentence that differ in nothing that a reader acts on.

    No negation, number, "must" or "may", condition, name or person differs. The words that both have stand in the same
    order. A word may have come or gone, but not the first, or have got another ending; none took another's place.
    """
    if len(old) > 3 * len(new) + 60 or len(new) > 3 * len(old) + 60:
        return False
    # A call may be a number, a day or an address.
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
    # "Do not go to the police alone": in a sentence that forbids, any word that comes or goes changes what.
    if (gone | come) - _ARTICLES and not _NEGATIONS.isdisjoint(before):
        return False
    # Words that moved: "you call the police", "the police call you".
    return gone.isdisjoint(come)


def _words(text: str) -> list[str]:
    """The words of a msgid in lower case, "don't" as "do not"; signs that are not punctuation are words too."""
    text = plain(text).replace("’", "'").lower()
    text = re.sub(r"\b(?:can't|cannot)\b", "can not", text)
    text = re.sub(r"\bwon't\b", "will not", text)
    text = re.sub(r"n't\b", " not", text)
    # "Once" is a number, "at once" is not.
    return _TOKEN.findall(re.sub(r"\bat once\b", "immediately", text))


def _names(text: str) -> list[str]:
    """Abbreviations, and words with a capital that do not begin a sentence."""
    found = []
    for sentence in _SENTENCE_END.split(plain(text)):
        for number, word in enumerate(re.findall(r"[^\W\d_]+", sentence)):
            if word[0].isupper() and (number or word[1:2].isupper()):
                found.append(word)
    return found


def _matters(words: list[str], start: int, stop: int) -> bool:
    """Whether it changes what is said that `words[start:stop]` stand here, and nothing in the other version."""
    if start == stop:
        return False
    if _ARTICLES.issuperset(words[start:stop]):
        return False
    if start == 0 or words[start - 1] in _NEGATIONS:
        # "Do not sign" and "do not hesitate, sign" have all but one word in common.
        return True
    if words[start - 1] == "and" and stop == start + 1 and words[start] in _REPEATED & {*words[: start - 1]}:
        # "For a lawyer and for an interpreter".
        return False
    return any(map(_is_telling, words[start:stop]))


def _are_inflected(before: list[str], after: list[str]) -> bool:
    """Whether words were replaced one by one, each by another form of itself."""
    return len(before) == len(after) and all(map(_is_inflected, before, after))


def _is_inflected(one: str, other: str) -> bool:
    if _is_telling(one) or _is_telling(other):
        return False
    return not _stems(one).isdisjoint(_stems(other))


def _is_telling(word: str) -> bool:
    return not word.isalpha() or not _stems(word).isdisjoint(_TELLING)


def _stems(word: str) -> set[str]:
    return {word} | {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending) and len(word) > 4}
