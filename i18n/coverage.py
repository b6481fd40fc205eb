"""Judge what readers see of a guide in a locale, unit by unit: translated, stale, missing or refused."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import polib

from i18n.catalogs import CatalogError, emptiness, is_there, path_of, remembered
from i18n.earlier import earlier
from i18n.faithful import fault
from i18n.guides import Guide
from i18n.language import UNKNOWN, Language
from i18n.locales import Locale
from i18n.markdown import Choice, Translate
from i18n.pseudo import pseudo
from i18n.readings import SERIOUS, Level, Readings, unit_of
from i18n.unit import Unit
from i18n.verdicts import Verdicts

ANNOUNCED = 0.8
"""Share of translated units (0 to 1) from which a page offers itself to search engines in a language."""

UNREAD = "unread"
"""The class of a block that was read less far than the other blocks of its page."""

STATUSES = ("machine-draft", "human", "reviewed")
"""The valid values of a catalog's header `X-Translation-Status`, lowest first."""


def least(statuses: Iterable[str]) -> str:
    """Return the lowest of `statuses`. An unknown one counts as the lowest; without any, the result is "human"."""
    ranks = [STATUSES.index(status) if status in STATUSES else 0 for status in statuses]
    return STATUSES[min(ranks)] if ranks else "human"


class State(enum.StrEnum):
    """The state of a unit: translated, stale (its English has changed since), missing, or refused as unfaithful."""

    TRANSLATED = "translated"
    STALE = "stale"
    MISSING = "missing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Judgement:
    """The state of one unit in one catalog.

    state: whether it is translated, stale, missing or refused.
    reason: why it was refused, as a sentence; empty otherwise.
    entry: the message in the catalog; None if there is none.
    earlier: a stale translation, as plain text, that a reader may be shown under the English.
    """

    state: State
    reason: str = ""
    entry: polib.POEntry | None = None
    earlier: str | None = None


class Translation:
    """The translation of a guide, by its catalog.

    strays: messages with a context, which cannot belong to a unit of a guide.
    status: the value of the catalog's header `X-Translation-Status`.
    readings: who has read which unit of the language against its English.
    fallback: the language in which readers see what is not translated, and the translation into it; None for English.
    """

    fallback: tuple[Locale, Translation] | None = None

    def __init__(
        self,
        catalog: polib.POFile | None,
        language: Language = UNKNOWN,
        known: Verdicts | None = None,
        readings: Readings | None = None,
    ) -> None:
        self.language = language
        self.readings = readings or Readings()
        self._fault = known.fault if known else partial(fault, language=language)
        live = [entry for entry in catalog if not entry.obsolete] if catalog is not None else []
        # Units of a guide have no context, so readers never see a message that has one.
        self._entries = {entry.msgid: entry for entry in live if entry.msgctxt is None}
        self.strays = [entry for entry in live if entry.msgctxt is not None]
        self._judged: dict[str, Judgement] = {}
        self.status = catalog.metadata.get("X-Translation-Status", "") if catalog is not None else ""

    def judge(self, unit: Unit) -> Judgement:
        """Return the state of `unit`. The build and the checks both ask this function, so they cannot disagree."""
        if (judged := self._judged.get(unit.msgid)) is None:
            judged = self._judged[unit.msgid] = self._judge(unit)
        return judged

    def _judge(self, unit: Unit) -> Judgement:
        entry = self._entries.get(unit.msgid)
        if entry is None or not entry.msgstr:
            return Judgement(State.MISSING, entry=entry)
        if entry.fuzzy:
            return self._stale(unit, entry)
        if reason := self._fault(unit, entry.msgstr):
            return Judgement(State.REFUSED, reason, entry)
        return Judgement(State.TRANSLATED, entry=entry)

    def _stale(self, unit: Unit, entry: polib.POEntry) -> Judgement:
        if not entry.previous_msgid or entry.previous_msgid in self._entries:
            # The message does not say what it translated, or it translated another sentence of this page.
            return Judgement(State.STALE, entry=entry)
        words, reason = earlier(unit, entry.previous_msgid, entry.msgstr, self.language)
        return Judgement(State.REFUSED if reason else State.STALE, reason, entry, words)

    def choose(self, unit: Unit) -> Choice:
        """Return what a reader is shown for `unit`."""
        judged = self.judge(unit)
        if judged.entry is not None and judged.state is State.TRANSLATED:
            return Choice(judged.entry.msgstr)
        earlier = None if unit.withdrawn_when_stale else judged.earlier
        if self.fallback and self.is_borrowed(unit):
            locale, translation = self.fallback
            return replace(translation.choose(unit), earlier=earlier, lang=locale.tag, dir=locale.direction)
        return Choice(earlier=earlier)

    def is_borrowed(self, unit: Unit) -> bool:
        """Return whether a unit that is not translated is shown in the language that this one falls back to."""
        is_lacking = self.judge(unit).state is not State.TRANSLATED
        return is_lacking and self.fallback is not None and self.fallback[1].judge(unit).state is State.TRANSLATED

    def marking(self, level: Level) -> Translate:
        """Return a function that chooses as `choose` does, and marks the translations that have this level."""

        def marked(unit: Unit) -> Choice:
            choice = self.choose(unit)
            return replace(choice, mark=UNREAD) if self.level(unit) is level else choice

        return marked

    def level(self, unit: Unit) -> Level | None:
        """Return how far a translated unit has been read against its English; None if it is not translated."""
        judged = self.judge(unit)
        if judged.state is not State.TRANSLATED or judged.entry is None:
            return None
        return self.readings.level(unit_of(judged.entry)) if self.readings else Level.UNREAD

    def is_faulty(self, unit: Unit) -> bool:
        """Return whether somebody who read the translation of a unit found a serious fault that is still open."""
        judged = self.judge(unit)
        if not self.readings or judged.state is not State.TRANSLATED or judged.entry is None:
            return False
        return any(found.severity in SERIOUS for found in self.readings.open(unit_of(judged.entry)))


@dataclass(frozen=True)
class Coverage:
    """How much of one guide is translated in one locale.

    guide: its slug.
    locale: the name of the locale, as its folder.
    counts: the number of units in each state.
    words: the number of English words that are not translated.
    status: the value of the catalog's header `X-Translation-Status`.
    levels: how many of the translated units have been read against the English, and how far.
    faulty: the number of translated units with a serious fault that is still open.
    borrowed: the number of units that readers see in the language that this one falls back to.
    """

    guide: str
    locale: str
    counts: Counter[State]
    words: int
    status: str
    levels: Counter[Level] = field(default_factory=Counter)
    faulty: int = 0
    borrowed: int = 0

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def translated(self) -> int:
        return self.counts[State.TRANSLATED]

    @property
    def english(self) -> int:
        """The number of units that the reader sees in English."""
        return self.total - self.translated - self.borrowed

    @property
    def level(self) -> Level:
        """The level of the page: the lowest that any of its translated units has."""
        return min((level for level, count in self.levels.items() if count), default=Level.UNREAD)

    @property
    def below(self) -> int:
        """The number of translated units that have the level of the page, if others have a higher one; otherwise 0."""
        lowest = self.levels[self.level]
        return lowest if lowest < self.levels.total() else 0

    @property
    def is_marked(self) -> bool:
        """Whether the blocks that are counted by `below` are marked: on a draft, if they are at most half of it.

        Marks on most blocks of a page would say nothing, and cost bytes.
        """
        is_told = self.status not in ("human", "reviewed") and self.level < Level.PERSON
        return is_told and 0 < 2 * self.below <= self.levels.total()

    @property
    def is_announced(self) -> bool:
        return self.translated >= ANNOUNCED * self.total


def measure(guide: Guide, locale: Locale, translation: Translation) -> Coverage:
    """Count the units of a guide that readers see, each as often as it is on the page."""
    counts: Counter[State] = Counter()
    levels: Counter[Level] = Counter()
    words = faulty = borrowed = 0
    for unit in guide.shown:
        state = translation.judge(unit).state
        counts[state] += 1
        if state is not State.TRANSLATED:
            words += len(unit.msgid.split())
            borrowed += translation.is_borrowed(unit)
        elif (level := translation.level(unit)) is not None:
            levels[level] += 1
            faulty += translation.is_faulty(unit)
    return Coverage(guide.slug, locale.name, counts, words, translation.status, levels, faulty, borrowed)


def findings(guide: Guide, translation: Translation, path: Path) -> list[str]:
    """Return a sentence for each refused unit in the catalog at `path`, and for each message of no unit."""
    refused = {unit.msgid: translation.judge(unit) for unit in guide.units}
    return [
        f"{path}:{judged.entry.linenum if judged.entry else 1}: {judged.reason}"
        for judged in refused.values()
        if judged.state is State.REFUSED
    ] + [
        f"{path}:{stray.linenum}: this message has a msgctxt, so it is not shown anywhere: sentences of guides have "
        "none. Remove the message, or its msgctxt if no other message has this msgid."
        for stray in translation.strays
    ]


class PseudoTranslation(Translation):
    """A translation into a pseudo-locale, made on the fly."""

    def __init__(self) -> None:
        super().__init__(None)

    def _judge(self, unit: Unit) -> Judgement:
        made = polib.POEntry(msgid=unit.msgid, msgstr=pseudo(unit.msgid))
        reason = fault(unit, made.msgstr)
        return Judgement(State.REFUSED if reason else State.TRANSLATED, reason or "", made)


def translation_of(
    guide: Guide,
    locale: Locale,
    folder: Path,
    language: Language = UNKNOWN,
    known: Verdicts | None = None,
    readings: Readings | None = None,
) -> tuple[Translation, list[str]]:
    """Return the translation of a guide and the faults of its catalog. Without a readable catalog, all is English."""
    if locale.is_pseudo:
        return PseudoTranslation(), []
    path = path_of(folder, locale, guide.slug)
    if not is_there(path):
        return Translation(None), []
    try:
        catalog = remembered(path)
    except CatalogError as error:
        return Translation(None), [str(error)]
    translation = Translation(catalog, language, known, readings)
    return translation, [*emptiness(catalog, path), *findings(guide, translation, path)]
