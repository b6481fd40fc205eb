"""Find what still has to be read in a language, and keep the file of its readings."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import polib

from i18n import catalogs, limits, readings
from i18n.catalogs import SITE, CatalogError
from i18n.coverage import State, Translation
from i18n.guides import Guide
from i18n.language import Language
from i18n.locales import MESSAGES, Locale
from i18n.readings import SERIOUS, Level, Order, Reading, ReadingError, Readings, points, unit_of
from i18n.words import Words
from machine import files

FILE = "readings.jsonl"
"""Name of the file, inside a locale's folder, that holds its readings."""

NAMED = 20
"""How many lines that could not be taken are named. A file of another program would have thousands."""


# ── the file ──


def path_of(folder: Path, locale: Locale) -> Path:
    """Return the path of the readings of a locale. The file need not exist."""
    return folder / locale.name / FILE


def load(path: Path) -> tuple[list[Reading], list[str]]:
    """Return the readings in a file, and a sentence with its place for each other line. The file need not exist."""
    if not os.path.lexists(path):
        return [], []
    try:
        found, faults = _parsed(_text(path))
    except ReadingError as error:
        return [], [f"{path}{error}"]
    return [*found], [f"{path}:{line}: {sentence}" for line, sentence in faults]


# The list of languages counts every language once for each page that shows it.
_parsed = lru_cache(32)(readings.parse)


def _text(path: Path) -> str:
    """Return the text of a file of readings. Raises ReadingError with what follows the name of the file."""
    try:
        content = files.content(path, limits.READINGS)
        text = files.decoded(content)
    except OSError as error:
        raise ReadingError(f": this file cannot be read ({error.strerror}). Restore it, or remove it.") from None
    except files.Irregular:
        raise ReadingError(": this is not a regular file. Put the readings themselves here.") from None
    except files.NotText as error:
        raise ReadingError(f":{error.line}: this file is not UTF-8. Save it again with the encoding UTF-8.") from None
    if len(content) > limits.READINGS:
        most = limits.READINGS // 1_000_000
        raise ReadingError(f":1: this file is larger than {most} MB. Restore it: no language needs that much.")
    return text.replace("\r\n", "\n")


def save(path: Path, kept: Iterable[Reading]) -> bool:
    """Write the readings if they differ from the file, and return whether they were written. Raises OSError."""
    text = readings.write(kept).encode("utf-8")
    # No file is a file without readings.
    if (path.read_bytes() if path.exists() else b"") == text:
        return False
    files.write(path, text)
    return True


def tidy(folder: Path, locale: Locale) -> tuple[int, list[str]]:
    """Drop the readings of words that no longer exist, and put the others in order. Raises OSError.

    Returns how many readings were dropped, and a sentence for each line that is not a reading. Then nothing is written.
    """
    path = path_of(folder, locale)
    if not os.path.lexists(path):
        return 0, []
    with files.alone(path.parent):
        found, faults = load(path)
        if faults:
            return 0, faults
        kept = readings.canonical(found, order(folder, locale))
        save(path, kept)
    return len(found) - len(kept), []


def order(folder: Path, locale: Locale) -> Order:
    """Return the units of each catalog in the order of the page. A faulty catalog is reported elsewhere."""
    known: dict[str, dict[str, int] | None] = {}
    for path in sorted((folder / locale.name / MESSAGES).glob("*.po")):
        try:
            live = (entry for entry in catalogs.remembered(path) if _is_live(entry))
        except CatalogError:
            known[path.stem] = None
            continue
        known[path.stem] = {unit: place for place, unit in enumerate(dict.fromkeys(map(unit_of, live)))}
    return known


def _is_live(entry: polib.POEntry) -> bool:
    return not entry.obsolete and not entry.fuzzy and bool(entry.msgstr or any(entry.msgstr_plural.values()))


# ── what is published ──


@dataclass(frozen=True)
class Published:
    """A translation that readers see, or that the search uses.

    unit: its hash.
    catalog: the name of the catalog.
    place: the catalog and line, as messages show it.
    kind: what the block is.
    notes: the writer's comments, for whoever translates or reads.
    entry: the message in the catalog.
    is_safety: whether it is in a block marked `.safety`.
    """

    unit: str
    catalog: str
    place: str
    kind: str
    entry: polib.POEntry
    notes: tuple[str, ...] = ()
    is_safety: bool = False

    @property
    def words(self) -> int:
        """The number of English words."""
        return len(self.entry.msgid.split())


def of_guide(guide: Guide, translation: Translation, path: Path) -> list[Published]:
    """Return the translations that the page of a guide shows, in reading order.

    path: the catalog, as messages show it.
    """
    found = []
    for unit in guide.units:
        judged = translation.judge(unit)
        if judged.state is State.TRANSLATED and (entry := judged.entry) is not None:
            place = f"{path}:{entry.linenum}"
            safety = unit.withdrawn_when_stale
            found.append(Published(unit_of(entry), guide.slug, place, unit.kind, entry, unit.notes, safety))
    return found


def of_site(catalog: polib.POFile, language: Language, path: Path) -> list[Published]:
    """Return the translated words of macros, nav and theme, in the order of their catalog."""
    words = Words(catalog, language, path)
    return [
        Published(unit_of(entry), SITE, f"{path}:{entry.linenum}", entry.comment or "text", entry)
        for entry in catalog
        if _is_live(entry) and words.has(entry.msgctxt, entry.msgid)
    ]


def in_locale(
    guides: Iterable[Guide], locale: Locale, folder: Path, language: Language
) -> tuple[list[Published], list[str]]:
    """Return what is published in a language, the guides first, and a sentence for each catalog that cannot be read."""
    found: list[Published] = []
    faults: list[str] = []
    by_slug: dict[str, Guide | None] = {**{guide.slug: guide for guide in guides}, SITE: None}
    for name, guide in by_slug.items():
        path = catalogs.path_of(folder, locale, name)
        if not catalogs.is_there(path):
            continue
        try:
            catalog = catalogs.remembered(path)
        except CatalogError as error:
            faults.append(str(error))
            continue
        if guide:
            found += of_guide(guide, Translation(catalog, language), path)
        else:
            found += of_site(catalog, language, path)
    return found, faults


def once(found: Iterable[Published], names: Container[str] | None = None) -> list[Published]:
    """Return each translation once, where it stands first. It is a safety instruction if it is one anywhere.

    names: return only those in these catalogs; None returns all.
    """
    found = list(found)
    safety = {each.unit for each in found if each.is_safety}
    known: dict[str, Published] = {}
    for each in found:
        if names is None or each.catalog in names:
            known.setdefault(each.unit, each)
    return [replace(each, is_safety=each.unit in safety) for each in known.values()]


# ── what is needed ──


def needs(each: Published, known: Readings, reader: str = "machine") -> list[str]:
    """Return what a published translation still needs, in words.

    reader: the kind of reader who has to have read it.
    """
    found = known.of(each.unit)
    wanted = []
    if known.level(each.unit) < (Level.PERSON if reader == "person" else Level.MACHINE):
        wanted.append("a reading by a person" if reader == "person" else "a reading")
    if each.is_safety:
        if len(found) < 2:
            wanted.append("a second reading")
        if not any(reading.back for reading in found):
            wanted.append("a back-translation")
    if any(finding.severity in SERIOUS for finding in known.open(each.unit)):
        wanted.append("a correction")
    return wanted


def fields(each: Published, known: Readings, reader: str = "machine") -> dict[str, Any]:
    """Return what somebody needs who reads a translation against its English, for a line of JSON."""
    entry = each.entry
    made: dict[str, Any] = {"unit": each.unit, "catalog": each.catalog, "place": each.place, "kind": each.kind}
    if each.notes:
        made["notes"] = list(each.notes)
    if entry.msgctxt:
        made["context"] = entry.msgctxt
    made["english"] = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else entry.msgid
    forms = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]
    made["translation"] = forms if entry.msgid_plural else entry.msgstr
    made["safety"] = each.is_safety
    made["level"] = known.level(each.unit).words
    made["needs"] = needs(each, known, reader)
    if opened := known.open(each.unit):
        made["findings"] = [{"type": found.type, "severity": found.severity, "note": found.note} for found in opened]
    return made


# ── taking readings ──


@dataclass(frozen=True)
class Taken:
    """What was taken from a file.

    readings: the new readings.
    faults: a sentence for each line that was not taken.
    """

    readings: list[Reading]
    faults: list[str]


def take(path: Path, reader: str, day: str, known: Order, wanted: Sequence[str] = ()) -> Taken:
    """Read the readings that somebody wrote into a file: `unit`, and perhaps `findings` and `back`.

    reader: the kind of reader, who a line may also name.
    day: the day of lines without one.
    known: the units that exist.
    wanted: the catalogs that were read, of which a unit takes the first one that has it.
    """
    try:
        lines = readings.rows(_text(path))
    except ReadingError as error:
        return Taken([], [f"{path}{error}"])
    homes: dict[str, str] = {}
    for name in (*wanted, *sorted(known)):
        for unit in known.get(name) or ():
            homes.setdefault(unit, name)
    found: list[Reading] = []
    faults: list[str] = []
    for number, line in lines:
        try:
            found.append(_taken(readings.fields(line), reader, day, homes))
        except ReadingError as error:
            faults.append(f"{path}:{number}: {error}")
    if len(faults) > NAMED:
        faults[NAMED:] = [f"{path}: {len(faults) - NAMED} more lines were not taken, for such reasons."]
    return Taken(found, faults)


def _taken(given: dict[str, Any], reader: str, day: str, homes: dict[str, str]) -> Reading:
    """Return the reading that a line of somebody's file means. Raises ReadingError."""
    if given.get("reader", reader) != reader:
        raise ReadingError(f'"reader" is not {reader}, which the command says. Take these lines in another run.')
    # The catalog comes last, because only the unit decides it.
    made = readings.of_fields({"reader": reader, "day": day} | given | {"catalog": SITE})
    if made.unit not in homes:
        raise ReadingError(
            f"no present unit is {made.unit}: its English or its translation has changed. Read it again as it is now."
        )
    return replace(made, catalog=homes[made.unit])


# ── sums ──


@dataclass(frozen=True)
class Sums:
    """How far a language has been read.

    levels: the number of units of each level.
    findings: the number of open findings of each severity.
    words: the English words of the units that have been read.
    points: the MQM points of the open findings.
    """

    levels: Counter[Level]
    findings: Counter[str]
    words: int
    points: int

    @property
    def density(self) -> float:
        """The MQM points per 1,000 English words; 0 if nothing has been read."""
        return 1000 * self.points / self.words if self.words else 0.0


def sums(published: Iterable[Published], known: Readings) -> Sums:
    """Add up the levels and the open findings of what is published, each unit once."""
    levels: Counter[Level] = Counter()
    findings: Counter[str] = Counter()
    words = total = 0
    for each in once(published):
        level = known.level(each.unit)
        levels[level] += 1
        if level is not Level.UNREAD:
            words += each.words
            found = known.open(each.unit)
            findings.update(finding.severity for finding in found)
            total += points(found)
    return Sums(levels, findings, words, total)


def sentence(name: str, made: Sums) -> str:
    """Return the sums of a language for the person who runs a command."""
    levels = ", ".join(f"{made.levels[level]:,} {level.words}" for level in Level)
    found = ", ".join(f"{made.findings[severity]} {severity}" for severity in readings.SEVERITIES)
    return (
        f"{name}: {made.levels.total():,} units: {levels}. Open findings: {found}. "
        f"{made.density:.1f} MQM points per 1,000 words, in {made.words:,} words read."
    )


_COLUMNS = (
    "language",
    "units",
    "unread",
    "read by a machine",
    "by one person",
    "by two persons",
    *(f"open {severity}" for severity in readings.SEVERITIES),
    "words read",
    "points per 1,000 words",
)


def table(rows: Iterable[tuple[str, Sums]]) -> str:
    """Return the sums of each language as a Markdown table."""
    lines = [_COLUMNS, ["---", *["--:"] * (len(_COLUMNS) - 1)]]
    for name, made in rows:
        levels = (f"{made.levels[level]:,}" for level in Level)
        found = (str(made.findings[severity]) for severity in readings.SEVERITIES)
        lines.append((name, f"{made.levels.total():,}", *levels, *found, f"{made.words:,}", f"{made.density:.1f}"))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
