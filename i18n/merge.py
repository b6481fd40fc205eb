"""Merge the present English into existing catalogs without losing a word that a translator wrote.

A message keeps its translation while its English is the same, in whichever catalog of the locale it is. A new message
that is a version of an earlier sentence of the guide takes that sentence's translation, and is stale (fuzzy) until
someone looks at it. A mere resemblance is never written into a catalog: translators are only shown it (`view.py`).
"""

from __future__ import annotations

import copy
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import polib

from i18n.calls import calls
from i18n.catalogs import WIDTH, Catalog
from i18n.faithful import fault
from i18n.language import UNKNOWN, Language
from i18n.unit import Unit

SAME_PLACE = 0.4
"""Share of equal words (0 to 1) from which a new sentence is a version of the one that was in its place."""

SIMILAR = 0.6
"""Share of equal words (0 to 1) from which a new sentence is a version of one elsewhere in the guide."""

CLEAR = 0.1
"""How much more similar (0 to 1) a sentence elsewhere must be than any other, so that there is no doubt which it is."""

EDITORIAL = 0.8
"""Share of equal words (0 to 1) from which `editorial` treats a change of the English as a correction of a typo."""

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """A message that a catalog needs.

    msgid: the English words.
    context: the msgctxt; None without one.
    plural: the English plural; None if the words are not counted.
    places: where the words are, as "arrested#what-to-do:3" or the path of a template.
    comments: comments for the translator.
    """

    msgid: str
    context: str | None = None
    plural: str | None = None
    places: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        return self.context, self.msgid


class Pool:
    """The translations of a locale that are not stale, to use for the same words in another guide.

    catalogs: all catalogs of the locale.
    language: what the judge knows of its language.
    """

    def __init__(self, catalogs: Iterable[polib.POFile], language: Language = UNKNOWN) -> None:
        self.language = language
        self._catalogs = list(catalogs)
        self._entries: dict[Key, polib.POEntry] = {}
        # For each message, and for each translation of any message, the indexes of the catalogs that have it.
        self._keys: dict[Key, set[int]] = {}
        self._words: dict[str, set[int]] = {}
        for number, catalog in enumerate(self._catalogs):
            for entry in catalog:
                if not _has_translation(entry) or entry.fuzzy:
                    continue
                self._keys.setdefault(_key(entry), set()).add(number)
                if entry.msgstr:
                    self._words.setdefault(entry.msgstr, set()).add(number)
                known = self._entries.get(_key(entry))
                if known is None or (known.obsolete and not entry.obsolete):
                    self._entries[_key(entry)] = entry

    def twin(self, message: Message) -> polib.POEntry | None:
        """Return the message with the same words and context, if its translation is faithful; None otherwise."""
        found = self._entries.get(message.key)
        if found is None or not _same_kind(message, found):
            return None
        return None if found.msgstr and fault(Unit(message.msgid), found.msgstr, self.language) else found

    def has(self, words: str) -> bool:
        """Return whether any message has exactly these words as its translation."""
        return words in self._words

    def is_elsewhere(self, catalog: polib.POFile, key: Key, words: str) -> bool:
        """Return whether another catalog translates this message, or has these words as any message's translation."""
        found = self._keys.get(key, set()) | self._words.get(words, set())
        return any(self._catalogs[number] is not catalog for number in found)


_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d{1,2})\b")
MOST_FORMS = 6
"""The highest number of plural forms that a language has in CLDR: Arabic has six."""


def merge(old: polib.POFile, messages: Iterable[Message], pool: Pool | None = None, editorial: bool = False) -> Catalog:
    """Return a catalog of `messages`, in their order, with everything of `old` that can be kept. `old` is not changed.

    pool: the translations of the locale.
    editorial: whether translations stay current after small changes of the English.
    """
    pool = pool or Pool(())
    catalog = Catalog(wrapwidth=WIDTH)
    catalog.trailer = getattr(old, "trailer", "")
    catalog.header, catalog.metadata = old.header, dict(old.metadata)
    catalog.metadata_is_fuzzy = old.metadata_is_fuzzy
    messages = _joined(messages)
    # Of two messages with the same words, prefer the one in use to the obsolete one.
    stock: dict[Key, polib.POEntry] = {}
    for given in sorted(old, key=lambda entry: bool(entry.obsolete)):
        stock.setdefault(_key(given), given)
    wanted = {message.key for message in messages}
    before = {_previous(entry): entry for entry in stock.values() if entry.fuzzy and entry.previous_msgid}
    # `strangers` are stale messages in use whose translation belongs to another sentence, of another guide or of this
    # one. They can give it back without loss: another message has the words, or will have them. `kept` are the words
    # that no other message has.
    others = foreign(old, pool)
    kept: dict[Key, polib.POEntry] = {}
    strangers: set[int] = set()
    for entry in others:
        if _key(entry) in wanted and (
            pool.has(entry.msgstr) or kept.setdefault(_previous(entry), entry).msgstr == entry.msgstr
        ):
            strangers.add(id(entry))
    for message in messages:
        if (version := before.get(message.key)) and (
            pool.has(version.msgstr) or _gets(message, version, stock.get(message.key), pool)
        ):
            strangers.add(id(version))
    done: dict[Key, polib.POEntry] = {}
    new: list[Message] = []
    used: set[int] = set()
    for message in messages:
        own = stock.get(message.key)
        if own is not None and not _same_kind(message, own):
            own = None
        if own is not None and id(own) in strangers:
            own = _emptied(own)
        elif own is not None:
            used.add(id(own))
        if own is not None and _has_translation(own):
            done[message.key] = _current(own, message)
        elif twin := pool.twin(message):
            done[message.key] = _current(_with_words(own, twin), message, fresh=True)
        elif (was := before.get(message.key)) and id(was) not in used and _same_kind(message, was):
            # The English has returned to an earlier version, so its translation returns too.
            used.add(id(was))
            done[message.key] = _current(was, message, fresh=True)
        elif own is not None:
            done[message.key] = _current(own, message)
        else:
            new.append(message)
    not_versions = used | {id(entry) for entry in others}
    left = [e for e in stock.values() if _key(e) not in wanted and not e.obsolete and id(e) not in not_versions]
    versions = _versions(new, [entry for entry in left if _has_translation(entry)])
    traces: set[int] = set()
    for message in new:
        if found := versions.get(message.key):
            done[message.key] = _stale(found, message, editorial, pool.language)
            used.add(id(found))
            if done[message.key].fuzzy > found.fuzzy and pool.is_elsewhere(old, _key(found), found.msgstr):
                # Other guides have the same sentence. Leave a trace that this guide had it too.
                traces.add(id(found))
        else:
            done[message.key] = _current(polib.POEntry(), message)
    catalog += [done[message.key] for message in messages]
    forms = _FORMS.match(catalog.metadata.get("Plural-Forms", ""))
    for entry in catalog:
        if forms and entry.msgid_plural and not _has_translation(entry):
            entry.msgstr_plural = dict.fromkeys(range(min(int(forms[1]), MOST_FORMS)), "")
    for entry in old:
        if id(entry) in traces:
            catalog.append(_obsolete(entry, comment=""))
        elif id(entry) in strangers:
            if kept.get(_previous(entry)) is entry:
                catalog.append(_as_it_was(entry))
        elif id(entry) not in used and (entry.tcomment or (_has_translation(entry) and not _says_again(entry, done))):
            catalog.append(_obsolete(entry, entry.tcomment))
    return catalog


def foreign(catalog: polib.POFile, pool: Pool) -> list[polib.POEntry]:
    """Return the stale messages of `catalog` that hold the translation of another guide's sentence.

    If several guides had a sentence and one of them changed it, `merge` keeps it among that guide's obsolete messages.
    """
    known = {_key(entry) for entry in catalog}
    return [
        entry
        for entry in catalog
        if entry.fuzzy
        and entry.previous_msgid
        and _previous(entry) not in known
        and pool.is_elsewhere(catalog, _previous(entry), entry.msgstr)
    ]


def _versions(messages: list[Message], entries: list[polib.POEntry]) -> dict[Key, polib.POEntry]:
    """Return, for each new message that is clearly a version of a message no longer wanted, that message."""
    pairs = [
        (message, entry, similarity(entry.msgid, message.msgid))
        for message in messages
        for entry in entries
        if _same_kind(message, entry) and _ceiling(entry.msgid, message.msgid) >= SAME_PLACE
    ]
    shares: dict[Key | int, list[float]] = {}
    for message, entry, share in pairs:
        shares.setdefault(message.key, []).append(share)
        shares.setdefault(id(entry), []).append(share)
    for each in shares.values():
        each.sort(reverse=True)
    found: dict[Key, polib.POEntry] = {}
    taken: set[int] = set()
    for message, entry, share in pairs:
        rivals = [_next(share, shares[of]) for of in (message.key, id(entry))]
        if any(f"{path}:{line}" in message.places for path, line in entry.occurrences):
            is_clear = share >= SAME_PLACE and share >= max(rivals)
        else:
            is_clear = share >= SIMILAR and share >= max(rivals) + CLEAR
        if is_clear and message.key not in found and id(entry) not in taken:
            found[message.key] = entry
            taken.add(id(entry))
    return found


def _next(share: float, shares: list[float]) -> float:
    """Return the highest of `shares` after removing `share` once. shares: sorted, highest first."""
    return shares[0] if share < shares[0] else [*shares, 0.0][1]


def same(one: polib.POFile, other: polib.POFile) -> bool:
    """Return whether two catalogs have the same content, however their lines are wrapped."""
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
        # This comment is made from the guide, and a tool may have wrapped its lines differently.
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


def _previous(entry: polib.POEntry) -> Key:
    """Return the key of the message whose translation a stale message holds."""
    return entry.previous_msgctxt, entry.previous_msgid or ""


def _same_kind(message: Message, entry: polib.POEntry) -> bool:
    """Return whether both have a plural, or neither."""
    return bool(message.plural) == bool(entry.msgid_plural)


def _has_translation(entry: polib.POEntry) -> bool:
    return bool(entry.msgstr or any((entry.msgstr_plural or {}).values()))


def _joined(messages: Iterable[Message]) -> list[Message]:
    """Return one message for each key, with all its places and comments."""
    groups: dict[Key, list[Message]] = {}
    for message in messages:
        groups.setdefault(message.key, []).append(message)
    return [
        replace(
            group[0],
            plural=next((message.plural for message in group if message.plural), None),
            places=tuple(dict.fromkeys(place for message in group for place in message.places)),
            comments=tuple(dict.fromkeys(comment for message in group for comment in message.comments)),
        )
        for group in groups.values()
    ]


def _emptied(entry: polib.POEntry) -> polib.POEntry:
    """Return a copy of `entry` without its translation but with the translator's comments."""
    entry = copy.copy(entry)
    entry.msgstr, entry.msgstr_plural = "", {}
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
    return entry


def _with_words(entry: polib.POEntry | None, twin: polib.POEntry) -> polib.POEntry:
    """Return a copy of `entry`, or a new message, with the translation of `twin`."""
    entry = polib.POEntry() if entry is None else copy.copy(entry)
    entry.msgstr, entry.msgstr_plural = twin.msgstr, dict(twin.msgstr_plural or {})
    return entry


def _obsolete(entry: polib.POEntry, comment: str) -> polib.POEntry:
    """Return a copy of `entry` as an obsolete message. comment: the translator's comments to keep."""
    entry = copy.copy(entry)
    entry.obsolete, entry.occurrences, entry.comment, entry.tcomment = True, [], "", comment
    return entry


def _as_it_was(entry: polib.POEntry) -> polib.POEntry:
    """Return the translation of a stale message as an obsolete message with the English that it translates."""
    was = polib.POEntry(msgstr=entry.msgstr, msgstr_plural=dict(entry.msgstr_plural or {}), flags=["fuzzy"])
    was.msgctxt, was.msgid = _previous(entry)  # type: ignore[assignment]  # None is polib's own default
    was.msgid_plural = entry.previous_msgid_plural or ""
    return _obsolete(was, comment="")


def _gets(message: Message, stale: polib.POEntry, own: polib.POEntry | None, pool: Pool) -> bool:
    """Return whether a message that is in use again takes its translation from its stale version."""
    is_empty = own is None or not _has_translation(own)
    return is_empty and _same_kind(message, stale) and pool.twin(message) is None


def _says_again(entry: polib.POEntry, done: Mapping[Key, polib.POEntry]) -> bool:
    """Return whether a stale message only repeats the translation of a message that is in use again."""
    was = done.get(_previous(entry)) if entry.fuzzy else None
    return was is not None and was.msgstr == entry.msgstr != ""


def _current(entry: polib.POEntry, message: Message, fresh: bool = False) -> polib.POEntry:
    """Return a copy of `entry` for `message`. fresh: whether it stops being stale."""
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


def _stale(entry: polib.POEntry, message: Message, editorial: bool, language: Language) -> polib.POEntry:
    """Return a copy of `entry`, which translates another version of the English, as a stale `message`."""
    stale = _current(entry, message)
    if entry.fuzzy and entry.previous_msgid:
        # It was stale before, and translates an even older version.
        return stale
    is_small = similarity(entry.msgid, message.msgid) >= EDITORIAL
    if editorial and not entry.fuzzy and is_small and not fault(Unit(message.msgid), entry.msgstr, language):
        return stale
    stale.previous_msgid, stale.previous_msgctxt = entry.msgid, entry.msgctxt
    stale.previous_msgid_plural = entry.msgid_plural or None
    if not stale.fuzzy:
        stale.flags.insert(0, "fuzzy")
    return stale


_TOKEN = re.compile(r"\w+|[^\w\s]")


@cache
def _bag(text: str) -> frozenset[str]:
    """Return the tokens of a text as a set in which equal tokens are numbered, so that none is lost."""
    seen: Counter[str] = Counter()
    bag = set()
    for token in tokens(text):
        seen[token] += 1
        bag.add(f"{seen[token]} {token}")
    return frozenset(bag)


@cache
def tokens(text: str) -> tuple[str, ...]:
    """Return the words, signs and calls of an English text, as `similarity` compares them."""
    text = text.lower()
    found: list[str] = []
    end = 0
    for call in calls(text):
        found += *_TOKEN.findall(text[end : call.start]), call.text
        end = call.end
    return (*found, *_TOKEN.findall(text[end:]))


def _ceiling(one: str, other: str) -> float:
    """Return an upper bound of `similarity` that is cheap to compute."""
    a, b = _bag(one), _bag(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


@cache
def similarity(one: str, other: str) -> float:
    """Return the share of equal words in the same order (0 to 1).

    Cached, because every locale compares the same English sentences.
    """
    return difflib.SequenceMatcher(None, tokens(one), tokens(other), autojunk=False).ratio()


def nearest(msgid: str, others: Iterable[str]) -> str | None:
    """Return the msgid of `others` that is most similar to `msgid`, or None if all are too different."""
    best, most = None, SIMILAR
    for other in others:
        if _ceiling(other, msgid) >= most and (share := similarity(other, msgid)) >= most:
            best, most = other, share
    return best
