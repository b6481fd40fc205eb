"""New English into old catalogs, without losing a word that a translator wrote.

A message keeps its translation when its English is the same; else it takes that of the message that stood in the same
place, then of the most similar one in the guide, then in the locale, and is stale (fuzzy) until someone looks at it.
"""

from __future__ import annotations

import copy
import difflib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import polib

from i18n.catalogs import WIDTH, Catalog
from i18n.faithful import fault
from i18n.unit import Unit

SIMILAR = 0.6
"""From this share of equal words on, an old translation is worth showing to a translator (0 to 1)."""

SAME_PLACE = 0.4
"""The same for a message in the very place of the old one."""

EDITORIAL = 0.8
"""With `editorial`, from this share on a change of English is taken for a mere typo fix."""

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """What a catalog asks for: the words, where they stand, and comments for the translator."""

    msgid: str
    context: str | None = None
    plural: str | None = None
    places: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.context, self.msgid


class Pool:
    """All translated messages of a locale, for text that moved from one guide to another."""

    def __init__(self, catalogs: Iterable[polib.POFile]) -> None:
        self.entries: dict[Key, polib.POEntry] = {}
        for catalog in catalogs:
            for entry in catalog:
                if _has_translation(entry) and (_key(entry) not in self.entries or not entry.fuzzy):
                    self.entries[_key(entry)] = entry


def merge(old: polib.POFile, messages: Iterable[Message], pool: Pool | None = None, editorial: bool = False) -> Catalog:
    """A catalog of `messages`, in their order, with everything of `old` that can be kept; `old` is not changed.

    pool: other catalogs of the locale. editorial: small changes of the English leave translations current.
    """
    catalog = Catalog(wrapwidth=WIDTH)
    catalog.trailer = getattr(old, "trailer", "")
    catalog.header, catalog.metadata = old.header, dict(old.metadata)
    catalog.metadata_is_fuzzy = old.metadata_is_fuzzy
    messages = _joined(messages)
    # What is not used yet, by its words; where they stand twice, the message in use before the obsolete one.
    left: dict[Key, polib.POEntry] = {}
    for given in sorted(old, key=lambda entry: bool(entry.obsolete)):
        left.setdefault(_key(given), given)
    kept = {
        message.key: left.pop(message.key)
        for message in messages
        if message.key in left and _same_kind(message, left[message.key])
    }
    before = {
        (entry.previous_msgctxt, entry.previous_msgid or ""): entry
        for entry in left.values()
        if entry.fuzzy and entry.previous_msgid
    }
    used = {id(entry) for entry in kept.values()}

    def take(entry: polib.POEntry) -> polib.POEntry:
        left.pop(_key(entry), None)
        used.add(id(entry))
        return entry

    for message in messages:
        if message.key in kept:
            entry = _current(kept[message.key], message)
        elif (found := before.get(message.key)) and id(found) not in used and _same_kind(message, found):
            # The English went back to what it was: so does its translation.
            entry = _current(take(found), message, fresh=True)
        elif found := _nearest(message, left.values()):
            entry = _stale(take(found), message, editorial)
        elif pool and (found := pool.entries.get(message.key)) and _same_kind(message, found):
            entry = _current(found, message)
        elif pool and (found := _nearest(message, pool.entries.values())):
            entry = _stale(found, message, editorial=False)
        else:
            entry = _current(polib.POEntry(), message)
        catalog.append(entry)
    for unused in old:
        if id(unused) not in used and (_has_translation(unused) or unused.tcomment):
            gone = copy.copy(unused)
            gone.obsolete, gone.occurrences, gone.comment = True, [], ""
            catalog.append(gone)
    return catalog


def same(one: polib.POFile, other: polib.POFile) -> bool:
    """Whether two catalogs say the same, however their lines are wrapped."""
    return (
        (one.header, one.metadata, one.metadata_is_fuzzy) == (other.header, other.metadata, other.metadata_is_fuzzy)
        and len(one) == len(other)
        and all(_content(a) == _content(b) for a, b in zip(one, other, strict=True))
    )


def _content(entry: polib.POEntry) -> tuple[object, ...]:
    return (
        entry.msgctxt,
        entry.msgid,
        entry.msgid_plural,
        entry.msgstr,
        entry.msgstr_plural,
        entry.occurrences,
        # Made from the guide; a tool may have broken its lines anew.
        entry.comment.split(),
        entry.tcomment,
        entry.flags,
        entry.previous_msgctxt,
        entry.previous_msgid,
        entry.previous_msgid_plural,
        bool(entry.obsolete),
    )


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def _same_kind(message: Message, entry: polib.POEntry) -> bool:
    """Whether both are counted words, or neither."""
    return bool(message.plural) == bool(entry.msgid_plural)


def _has_translation(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any((entry.msgstr_plural or {}).values()))


def _joined(messages: Iterable[Message]) -> list[Message]:
    """Each msgid once, with all its places and comments."""
    found: dict[Key, Message] = {}
    for message in messages:
        if (first := found.get(message.key)) is not None:
            message = Message(
                message.msgid,
                message.context,
                first.plural or message.plural,
                (*first.places, *(p for p in message.places if p not in first.places)),
                (*first.comments, *(c for c in message.comments if c not in first.comments)),
            )
        found[message.key] = message
    return list(found.values())


def _current(entry: polib.POEntry, message: Message, fresh: bool = False) -> polib.POEntry:
    """A copy of `entry` for `message`; with `fresh`, no longer stale."""
    entry = copy.copy(entry)
    entry.flags = [flag for flag in entry.flags if not (fresh and flag == "fuzzy")]
    if fresh:
        entry.previous_msgid = entry.previous_msgctxt = None
        entry.previous_msgid_plural = None
    entry.msgid, entry.msgid_plural = message.msgid, message.plural or ""
    entry.msgctxt = message.context  # type: ignore[assignment]  # None is polib's own default
    if message.plural and not entry.msgstr_plural:
        entry.msgstr_plural = {0: "", 1: ""}
    if "%(" in message.msgid and "python-format" not in entry.flags:
        entry.flags.append("python-format")
    entry.occurrences = [
        (place.rpartition(":")[0] or place, place.rpartition(":")[2] if ":" in place else "")
        for place in message.places
    ]
    entry.comment = "\n".join(message.comments)
    entry.obsolete = False
    return entry


def _stale(entry: polib.POEntry, message: Message, editorial: bool) -> polib.POEntry:
    """A copy of `entry`, the translation of another English, for `message`."""
    stale = _current(entry, message)
    if entry.fuzzy and entry.previous_msgid:
        # It translated an older English still.
        return stale
    is_small = similarity(entry.msgid, message.msgid) >= EDITORIAL
    if editorial and not entry.fuzzy and is_small and not fault(Unit(message.msgid), entry.msgstr):
        return stale
    stale.previous_msgid, stale.previous_msgctxt = entry.msgid, entry.msgctxt
    stale.previous_msgid_plural = entry.msgid_plural or None
    if not stale.fuzzy:
        stale.flags.insert(0, "fuzzy")
    return stale


def _nearest(message: Message, entries: Iterable[polib.POEntry]) -> polib.POEntry | None:
    best, most = None, SIMILAR
    for entry in entries:
        if not _has_translation(entry) or not _same_kind(message, entry):
            continue
        in_place = any(f"{path}:{line}" in message.places for path, line in entry.occurrences)
        floor = SAME_PLACE if in_place else most
        if _ceiling(entry.msgid, message.msgid) < floor:
            continue
        share = similarity(entry.msgid, message.msgid)
        if in_place and share >= SAME_PLACE:
            return entry
        if share >= most:
            best, most = entry, share
    return best


@cache
def _bag(text: str) -> Counter[str]:
    return Counter(_tokens(text))


@cache
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+|[^\w\s]", text.lower()))


@cache
def _ceiling(one: str, other: str) -> float:
    """Cheaply, what `similarity` cannot exceed."""
    a, b = _bag(one), _bag(other)
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0


@cache
def similarity(one: str, other: str) -> float:
    """The share of equal words in order, 0 to 1. English with English, so it is worth keeping for all locales."""
    return difflib.SequenceMatcher(None, _tokens(one), _tokens(other), autojunk=False).ratio()
