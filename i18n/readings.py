"""Count the readings of translations: who has read which text against its English, and what they found.

A reading is a line of `locales/<locale>/readings.jsonl`. It belongs to the present words of a unit: whoever edits the
English or the translation makes another unit, which nobody has read yet. Nothing here reads or writes a file.
"""

from __future__ import annotations

import datetime
import enum
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import polib

from i18n import limits
from i18n.handwritten import unseen

READERS = ("machine", "person")
"""The kinds of readers, lowest first. A reading never says who it was."""

SEVERITIES = {"critical": 25, "major": 5, "minor": 1}
"""The severities of MQM (https://themqm.org), each with its points."""

TYPES = ("accuracy", "terminology", "fluency", "style", "locale convention", "audience", "design", "other")
"""The types of MQM that a finding may have, with or without a subtype: "accuracy", "accuracy/omission"."""

SERIOUS = ("critical", "major")
"""The severities that must not stay open."""

_UNIT = re.compile(r"[0-9a-f]{16}")
_CATALOG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SUBTYPE = re.compile(r"[a-z][a-z -]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MERGE = re.compile(r"(?:<<<<<<<|\|\|\|\|\|\|\||=======|>>>>>>>)(?: |$)")


class Level(enum.IntEnum):
    """How far a unit has been read against its English, lowest first."""

    UNREAD = 0
    MACHINE = 1
    PERSON = 2
    PERSONS = 3

    @property
    def words(self) -> str:
        return ("unread", "read by a machine", "read by one person", "read by two persons")[self]


@dataclass(frozen=True)
class Finding:
    """A fault that a reader found.

    type: of MQM, such as "accuracy/omission".
    severity: one of `SEVERITIES`.
    note: what is wrong, in words.
    """

    type: str
    severity: str
    note: str


@dataclass(frozen=True)
class Reading:
    """One reading of one unit.

    unit: the hash of its words, by `unit_of`.
    catalog: the name of the catalog that it is in.
    reader: one of `READERS`.
    day: when, as "2026-11-22".
    findings: what was found.
    back: a translation back into English; empty without one.
    """

    unit: str
    catalog: str
    reader: str
    day: str
    findings: tuple[Finding, ...] = ()
    back: str = ""


class ReadingError(ValueError):
    """A line is not a reading. The text says what is wrong and what to do."""


def unit_of(entry: polib.POEntry) -> str:
    """Return the hash of the words of a message: 16 hexadecimal digits, others whenever a word changes."""
    forms = [f"{form} {words}" for form, words in sorted(entry.msgstr_plural.items())] or [entry.msgstr]
    # Catalogs contain no NUL, so two different messages never have the same text here.
    words = "\0".join([entry.msgctxt or "", entry.msgid, entry.msgid_plural or "", *forms])
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# ── lines ──


def parse(text: str) -> tuple[list[Reading], list[tuple[int, str]]]:
    """Return the readings in a text of lines, and for each other line its number and a sentence."""
    found: list[Reading] = []
    faults: list[tuple[int, str]] = []
    for number, line in rows(text):
        try:
            found.append(_plain(line) or of_fields(fields(line)))
        except ReadingError as error:
            faults.append((number, str(error)))
    return found, faults


# Nearly all lines are like this, and a language has thousands of them. JSON takes five times as long to read them.
_PLAIN = re.compile(
    rf'{{"unit":"({_UNIT.pattern})","catalog":"({_CATALOG.pattern})","reader":"({"|".join(READERS)})"'
    rf',"day":"({_DAY.pattern})"}}'
)


def _plain(line: str) -> Reading | None:
    """Return the reading of a line as `write` writes it, without findings and back translation; None for others."""
    found = _PLAIN.fullmatch(line) if len(line) <= limits.READING else None
    return Reading(found[1], found[2], found[3], found[4]) if found and _is_day(found[4]) else None


def rows(text: str) -> list[tuple[int, str]]:
    """Return the lines of a text that are not empty, each with its number from 1."""
    # `splitlines` would also end a line at characters that JSON allows in a string.
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def fields(line: str) -> dict[str, Any]:
    """Return the fields that a line of JSON holds. Raises ReadingError."""
    if _MERGE.match(line):
        raise ReadingError(
            "this is a mark of a merge that git left to you. Keep the lines of both sides, and remove the marks."
        )
    if len(line) > limits.READING:
        raise ReadingError(f"this line has more than {limits.READING:,} characters. Shorten its notes.")
    try:
        made = json.loads(line, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        what = "it is nested too deeply" if isinstance(error, RecursionError) else getattr(error, "msg", str(error))
        raise ReadingError(f"this line is not JSON ({what}). Write one reading as one line.") from None
    if not isinstance(made, dict):
        raise ReadingError('this line is not a reading. Write its fields in braces, like {"unit": "…"}.')
    return made


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if repeated := [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]:
        raise ValueError(f'"{repeated[0]}" is there twice')
    return dict(pairs)


_FIELDS = ("unit", "catalog", "reader", "day", "findings", "back")


def of_fields(given: Mapping[str, Any]) -> Reading:
    """Return the reading that has these fields. Raises ReadingError."""
    if unknown := [name for name in given if name not in _FIELDS]:
        what = f'"{unknown[0]}" is not a field of a reading. Remove it: the fields are {", ".join(_FIELDS)}'
        raise ReadingError(f"{what}, and nobody is named.")
    for name, pattern, example in (
        ("unit", _UNIT, "the 16 digits that `python -m i18n read` prints"),
        ("catalog", _CATALOG, 'the name of the catalog, such as "arrested"'),
    ):
        if not isinstance(given.get(name), str) or not pattern.fullmatch(given[name]):
            raise ReadingError(f'"{name}" is missing or wrong. Write {example}.')
    if given.get("reader") not in READERS:
        raise ReadingError(f'"reader" is missing or wrong. Write {_either(READERS)}, and no name.')
    if not _is_day(given.get("day")):
        raise ReadingError('"day" is missing or is not a date. Write it like "2026-11-22".')
    listed = given.get("findings", [])
    if not isinstance(listed, list):
        raise ReadingError('"findings" is not a list. Write it in square brackets, or leave it out.')
    back = given.get("back", "")
    if not isinstance(back, str) or ("back" in given and not back.strip()):
        raise ReadingError('"back" has no words. Write the translation back into English, or leave it out.')
    return Reading(
        given["unit"], given["catalog"], given["reader"], given["day"], tuple(map(_finding, listed)), _seen(back)
    )


def _finding(given: Any) -> Finding:
    if not isinstance(given, dict) or {*given} != {"type", "severity", "note"}:
        raise ReadingError('a finding has other fields than "type", "severity" and "note". Write these three.')
    kind, severity, note = given["type"], given["severity"], given["note"]
    top, slash, sub = kind.partition("/") if isinstance(kind, str) else ("", "", "")
    if top not in TYPES or (slash and not _SUBTYPE.fullmatch(sub)):
        raise ReadingError(f'"{_short(kind)}" is not a type. Write {_either(TYPES)}, or one of them with "/" and more.')
    if not isinstance(severity, str) or severity not in SEVERITIES:
        raise ReadingError(f'"{_short(severity)}" is not a severity. Write {_either(SEVERITIES)}.')
    if not isinstance(note, str) or not note.strip():
        raise ReadingError('the "note" of a finding has no words. Write what is wrong.')
    return Finding(kind, severity, _seen(note))


def _seen(text: str) -> str:
    if character := unseen(text):
        raise ReadingError(f"there is an invisible character, U+{ord(character):04X}. Remove it.")
    return text


def _short(value: Any) -> str:
    return str(value) if len(str(value)) <= 60 else f"{str(value)[:60]}…"


def _either(words: Iterable[str]) -> str:
    *others, last = [f'"{word}"' for word in words]
    return f"{', '.join(others)} or {last}"


def _is_day(given: Any) -> bool:
    return isinstance(given, str) and _DAY.fullmatch(given) is not None and _is_date(given)


@cache
def _is_date(given: str) -> bool:
    try:
        datetime.date.fromisoformat(given)
    except ValueError:
        return False
    return True


def line(reading: Reading) -> str:
    """Return a reading as its line, without the line break."""
    made: dict[str, Any] = {
        "unit": reading.unit,
        "catalog": reading.catalog,
        "reader": reading.reader,
        "day": reading.day,
    }
    if reading.findings:
        made["findings"] = [
            {"type": found.type, "severity": found.severity, "note": found.note} for found in reading.findings
        ]
    if reading.back:
        made["back"] = reading.back
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


def write(readings: Iterable[Reading]) -> str:
    """Return the readings as the text of a file, in the order given."""
    return "".join(f"{line(reading)}\n" for reading in readings)


Order = Mapping[str, Mapping[str, int] | None]
"""For each catalog, the units in it, each with its place in the order of the page; None if it cannot be read."""


def canonical(readings: Iterable[Reading], order: Order) -> list[Reading]:
    """Return the readings in the order of their file: by catalog, then by page, then by the time of adding.

    Equal readings are one. Readings of words that no catalog has any more are left out. Those of a catalog that could
    not be read stay. Words that have moved to another catalog take their readings along.
    """
    homes: dict[str, str] = {}
    for name in sorted(order):
        for unit in order[name] or ():
            homes.setdefault(unit, name)
    kept: dict[Reading, Reading] = {}
    for reading in readings:
        units = order.get(reading.catalog, {})
        if units is None or reading.unit in units:
            kept.setdefault(_anywhere(reading), reading)
        elif home := homes.get(reading.unit):
            kept.setdefault(_anywhere(reading), replace(reading, catalog=home))
    return sorted(kept.values(), key=lambda each: (each.catalog, (order.get(each.catalog) or {}).get(each.unit, -1)))


def _anywhere(reading: Reading) -> Reading:
    """Return a reading without its catalog. The same words in two catalogs are one unit."""
    # `replace` takes twice as long.
    return Reading(reading.unit, "", reading.reader, reading.day, reading.findings, reading.back)


# ── what they say ──


class Readings:
    """The readings of a language, by unit. Equal ones count once, whatever their order and their catalog."""

    def __init__(self, readings: Iterable[Reading] = ()) -> None:
        self._known: dict[str, list[Reading]] = {}
        for reading in readings:
            self._known.setdefault(reading.unit, []).append(reading)

    def __bool__(self) -> bool:
        return bool(self._known)

    def of(self, unit: str) -> Sequence[Reading]:
        """Return the different readings of a unit, in the order of the file, without their catalogs."""
        return tuple(dict.fromkeys(map(_anywhere, self._known.get(unit, ()))))

    def level(self, unit: str) -> Level:
        return level(self._different(unit))

    def open(self, unit: str) -> list[Finding]:
        """Return the open findings of a unit."""
        return open_findings(self._different(unit))

    def _different(self, unit: str) -> Sequence[Reading]:
        """Return what `of` returns, but one reading with its catalog, which takes no time: most units have only one."""
        known = self._known.get(unit, ())
        return known if len(known) < 2 else self.of(unit)


def level(readings: Iterable[Reading]) -> Level:
    """Return the level that different readings of one unit give it.

    Two persons who have read it on the same day with equal words leave equal readings, which count as one: it is not
    known whether the line was written twice.
    """
    readers = [reading.reader for reading in dict.fromkeys(readings)]
    if persons := readers.count("person"):
        return Level.PERSON if persons == 1 else Level.PERSONS
    return Level.MACHINE if "machine" in readers else Level.UNREAD


def open_findings(readings: Iterable[Reading]) -> list[Finding]:
    """Return the open findings of one unit, given its readings.

    A finding is open until a reading of a later day is without it. A machine does not close what a person found. So
    readings of one day never close each other's findings, and the order of lines after a merge does not matter.
    """
    known = list(readings)
    rank = READERS.index
    return list(
        dict.fromkeys(
            found
            for reading in known
            for found in reading.findings
            if not any(later.day > reading.day and rank(later.reader) >= rank(reading.reader) for later in known)
        )
    )


def points(findings: Iterable[Finding]) -> int:
    """Return the MQM points of findings."""
    return sum(SEVERITIES[found.severity] for found in findings)
