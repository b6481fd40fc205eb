"""What each reader sees, for a guide in a locale: translated, stale, missing or refused, unit by unit."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polib

from i18n.catalogs import CatalogError, emptiness, is_there, path_of, remembered
from i18n.earlier import earlier
from i18n.faithful import fault
from i18n.guides import Guide
from i18n.language import UNKNOWN, Language
from i18n.locales import Locale
from i18n.markdown import Choice
from i18n.pseudo import pseudo
from i18n.unit import Unit

ANNOUNCED = 0.8
"""A page offers itself to search engines in a language once this share of its units is in it (0 to 1)."""

STATUSES = ("machine-draft", "human", "reviewed")
"""What `X-Translation-Status` of a catalog can say, the least first."""


def least(statuses: Iterable[str]) -> str:
    """The least that any of `statuses` claims; what is unknown claims nothing. Of none, what a person begins with."""
    ranks = [STATUSES.index(status) if status in STATUSES else 0 for status in statuses]
    return STATUSES[min(ranks)] if ranks else "human"


class State(enum.StrEnum):
    TRANSLATED = "translated"
    STALE = "stale"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judgement:
    """How one unit stands in one catalog.

    reason: why it was refused. entry: the message in the catalog. earlier: a stale translation that a reader may be
    shown under the English, as plain text.
    """

    state: State
    reason: str = ""
    entry: polib.POEntry | None = None
    earlier: str | None = None


class Translation:
    """A guide's catalog, ready to be asked for one unit after the other."""

    def __init__(self, catalog: polib.POFile | None, language: Language = UNKNOWN) -> None:
        self.language = language
        live = [entry for entry in catalog if not entry.obsolete] if catalog is not None else []
        # The units of a guide have no context: with one, a message is of nothing that a reader sees.
        self._entries = {entry.msgid: entry for entry in live if entry.msgctxt is None}
        self.strays = [entry for entry in live if entry.msgctxt is not None]
        self._judged: dict[str, Judgement] = {}
        self.status = catalog.metadata.get("X-Translation-Status", "") if catalog is not None else ""

    def judge(self, unit: Unit) -> Judgement:
        """How `unit` stands. The same function decides what is built and what the checks report."""
        if (judged := self._judged.get(unit.msgid)) is None:
            judged = self._judged[unit.msgid] = self._judge(unit)
        return judged

    def _judge(self, unit: Unit) -> Judgement:
        entry = self._entries.get(unit.msgid)
        if entry is None or not entry.msgstr:
            return Judgement(State.MISSING, entry=entry)
        if entry.fuzzy:
            return self._stale(unit, entry)
        if reason := fault(unit, entry.msgstr, self.language):
            return Judgement(State.REFUSED, reason, entry)
        return Judgement(State.TRANSLATED, entry=entry)

    def _stale(self, unit: Unit, entry: polib.POEntry) -> Judgement:
        if not entry.previous_msgid or entry.previous_msgid in self._entries:
            # It does not say what it translated, or that is another sentence of this page.
            return Judgement(State.STALE, entry=entry)
        words, reason = earlier(unit, entry.previous_msgid, entry.msgstr, self.language)
        return Judgement(State.REFUSED if reason else State.STALE, reason, entry, words)

    def choose(self, unit: Unit) -> Choice:
        """What a reader gets for `unit`."""
        judged = self.judge(unit)
        if judged.entry is not None and judged.state is State.TRANSLATED:
            return Choice(judged.entry.msgstr)
        return Choice(earlier=None if unit.withdrawn_when_stale else judged.earlier)


@dataclass(frozen=True)
class Coverage:
    """Counts for one guide in one locale. words: English words that are not translated. status: of the catalog."""

    guide: str
    locale: str
    counts: Counter[State]
    words: int
    status: str

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def english(self) -> int:
        """Units that the reader sees in English."""
        return self.total - self.counts[State.TRANSLATED]

    @property
    def is_announced(self) -> bool:
        return self.counts[State.TRANSLATED] >= ANNOUNCED * self.total


def measure(guide: Guide, locale: Locale, translation: Translation) -> Coverage:
    """Each unit counted as often as it stands on the page; what is not shown is not counted."""
    counts: Counter[State] = Counter()
    words = 0
    for unit in guide.shown:
        state = translation.judge(unit).state
        counts[state] += 1
        if state is not State.TRANSLATED:
            words += len(unit.msgid.split())
    return Coverage(guide.slug, locale.name, counts, words, translation.status)


def findings(guide: Guide, translation: Translation, path: Path) -> list[str]:
    """A sentence for each unit that the catalog at `path` translates unfaithfully, and for messages of no unit."""
    refused = {unit.msgid: translation.judge(unit) for unit in guide.units}
    return [
        f"{path}:{judged.entry.linenum if judged.entry else 1}: {judged.reason}"
        for judged in refused.values()
        if judged.state is State.REFUSED
    ] + [
        f"{path}:{stray.linenum}: this message has a msgctxt, and no sentence of a guide has one, so it is shown "
        "nowhere. Remove the message, or its msgctxt if no other message has this msgid."
        for stray in translation.strays
    ]


class PseudoTranslation(Translation):
    """Every unit translated on the fly."""

    def __init__(self) -> None:
        super().__init__(None)

    def _judge(self, unit: Unit) -> Judgement:
        made = polib.POEntry(msgid=unit.msgid, msgstr=pseudo(unit.msgid))
        reason = fault(unit, made.msgstr)
        return Judgement(State.REFUSED if reason else State.TRANSLATED, reason or "", made)


def translation_of(
    guide: Guide, locale: Locale, folder: Path, language: Language = UNKNOWN
) -> tuple[Translation, list[str]]:
    """The translation of a guide, and what is wrong with its catalog. Without a readable one, all stays English."""
    if locale.is_pseudo:
        return PseudoTranslation(), []
    path = path_of(folder, locale, guide.slug)
    if not is_there(path):
        return Translation(None), []
    try:
        catalog = remembered(path)
    except CatalogError as error:
        return Translation(None), [str(error)]
    translation = Translation(catalog, language)
    return translation, [*emptiness(catalog, path), *findings(guide, translation, path)]
