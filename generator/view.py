"""Write the view of a guide for its translators: block by block, the English, the translation, and what is left to do.

The views exist only while serving. They are never part of a published site.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator import templates
from generator.edition import Edition
from i18n import readings, unread
from i18n.catalogs import path_of
from i18n.coverage import Judgement, State, Translation
from i18n.guides import Guide
from i18n.merge import SIMILAR, nearest, tokens
from i18n.readings import Finding, Level, Reading, unit_of
from i18n.unit import Unit
from machine.cached import cached_property

Change = tuple[tuple[str, str], ...]
"""The difference between two versions of the English, as (kind, words). The kind is "same", "gone" or "new"."""


@dataclass(frozen=True)
class Suggestion:
    """The translation of a similar sentence.

    guide: the slug of the guide that contains that sentence.
    words: its translation.
    change: the difference between its English and that of the unit.
    """

    guide: str
    words: str
    change: Change


@dataclass(frozen=True)
class Row:
    """A unit in the view.

    place: where the unit is, "arrested#helping:6".
    unit: the unit.
    judgement: its state in the catalog.
    file: the catalog and line to open, "locales/tr/…/arrested.po:31"; without a line if the catalog lacks the unit.
    change: for a stale translation, how the English has changed since.
    suggestion: for a missing translation, one that a translator may begin with.
    level: how far a translation that readers see has been read against the English; None without one.
    findings: the open findings of those who have read it.
    reading: the line of the readings that says that a person has read it.
    """

    place: str
    unit: Unit
    judgement: Judgement
    file: str
    change: Change = ()
    suggestion: Suggestion | None = None
    level: Level | None = None
    findings: tuple[Finding, ...] = ()
    reading: str = ""

    @property
    def state(self) -> State:
        return self.judgement.state

    @property
    def translation(self) -> str:
        return self.judgement.entry.msgstr if self.judgement.entry is not None else ""


def write(pages: Path, edition: Edition, theme: Path, only: str | None = None) -> None:
    """Write the view of each guide, below `translate/`.

    pages: the folder of the language.
    edition: the site in that language.
    theme: the folder of the template.
    only: the slug of the only guide whose view is written; None for all.
    """
    template = templates.plain(theme).get_template("translate.html")
    memory = Memory(lambda: [(guide, edition.translation(guide)) for guide in edition.site.guides])
    locales = edition.site.locales
    day = datetime.date.today().isoformat()
    readings_file = unread.path_of(locales, edition.locale).relative_to(locales.parent)
    for guide in edition.site.guides:
        if only not in (None, guide.slug):
            continue
        place = pages / "translate" / guide.slug
        place.mkdir(parents=True, exist_ok=True)
        path = path_of(locales, edition.locale, guide.slug).relative_to(locales.parent)
        values = {
            "guide": guide,
            "locale": edition.locale,
            "rows": rows(guide, edition.translation(guide), path, memory, day),
            "counts": edition.coverage[guide.slug].counts,
            "readings": readings_file,
            "back": "../../" if guide.slug == "index" else f"../../{guide.slug}/",
        }
        (place / "index.html").write_text(template.render(values), encoding="utf-8")


class Memory:
    """The translated sentences of a language, to find similar ones. Their translations are only ever suggested.

    translations: returns each guide with its translation. It is called when the first suggestion is asked for.
    """

    def __init__(self, translations: Callable[[], Iterable[tuple[Guide, Translation]]]) -> None:
        self._translations = translations

    @cached_property
    def _known(self) -> dict[str, tuple[str, str]]:
        """The slug of the guide and the translation of each sentence."""
        found: dict[str, tuple[str, str]] = {}
        for guide, translation in self._translations():
            for unit in guide.units:
                judged = translation.judge(unit)
                if judged.state is State.TRANSLATED and judged.entry is not None:
                    found.setdefault(unit.msgid, (guide.slug, judged.entry.msgstr))
        return found

    @cached_property
    def _having(self) -> dict[str, list[str]]:
        """The sentences that have a word."""
        found: dict[str, list[str]] = {}
        for msgid in self._known:
            for token in dict.fromkeys(tokens(msgid)):
                found.setdefault(token, []).append(msgid)
        return found

    def suggestion(self, unit: Unit) -> Suggestion | None:
        """Return the translation of the most similar sentence; None if no sentence is similar enough."""
        wanted = tokens(unit.msgid)
        # Of two similar sentences, one has at least SIMILAR / (2 - SIMILAR) of the other's words. So they share some of
        # the less frequent words, and only sentences with one of those need to be compared.
        rare = sorted(wanted, key=lambda token: len(self._having.get(token, ())))
        rare = rare[: len(rare) - int(len(rare) * SIMILAR / (2 - SIMILAR)) + 1]
        near = dict.fromkeys(msgid for token in dict.fromkeys(rare) for msgid in self._having.get(token, ()))
        if (best := nearest(unit.msgid, near)) is None:
            return None
        guide, words = self._known[best]
        return Suggestion(guide, words, tuple(difference(best, unit.msgid)))


def rows(guide: Guide, translation: Translation, path: Path, memory: Memory | None = None, day: str = "") -> list[Row]:
    """Return a row for every unit of the guide, in reading order.

    path: the catalog, as messages show it.
    memory: where to find suggestions; None to make no suggestions.
    day: today, for the lines of readings.
    """
    found = []
    for unit, place in zip(guide.units, guide.places, strict=True):
        judged = translation.judge(unit)
        line = f":{judged.entry.linenum}" if judged.entry is not None and judged.entry.linenum else ""
        before = judged.entry.previous_msgid if judged.entry is not None and judged.state is State.STALE else None
        change = tuple(difference(before, unit.msgid)) if before else ()
        suggestion = memory.suggestion(unit) if memory and judged.state is State.MISSING else None
        level = translation.level(unit)
        key = unit_of(judged.entry) if level is not None and judged.entry is not None else ""
        reading = readings.line(Reading(key, guide.slug, "person", day)) if key else ""
        findings = tuple(translation.readings.open(key))
        found.append(Row(place, unit, judged, f"{path}{line}", change, suggestion, level, findings, reading))
    return found


def difference(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield the words of both texts in order, in runs of (kind, words). The kind is "same", "gone" or "new"."""
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(before[a:b])
            continue
        if a < b:
            yield "gone", "".join(before[a:b])
        if c < d:
            yield "new", "".join(after[c:d])
