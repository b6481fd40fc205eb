"""Fill catalogs from Markdown files that were translated by hand, one file for each guide.

Blocks are aligned by their kind, within each part between two headings. Where they do not align, nothing is guessed:
the part is left out and reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polib

from i18n.faithful import fault
from i18n.guides import Guide
from i18n.language import UNKNOWN, Language
from i18n.unit import Unit


@dataclass
class Adopted:
    """The result for one file.

    taken: how many units were adopted.
    kept: how many units had a translation already, which stays.
    left: a sentence for each unit, or part of the page, that was not adopted.
    """

    taken: int = 0
    kept: int = 0
    left: list[str] = field(default_factory=list)


def adopt(english: Guide, foreign: Guide, catalog: polib.POFile, language: Language = UNKNOWN) -> Adopted:
    """Fill the empty messages of `catalog` with the words of `foreign`, block by block. Other messages are unchanged.

    english, foreign: the same guide in two languages.
    catalog: holds the messages of `english`.
    """
    done = Adopted()
    entries = {entry.msgid: entry for entry in catalog if not entry.obsolete and entry.msgctxt is None}
    for unit, other, where in _pairs(english, foreign, done):
        entry = entries.get(unit.msgid)
        if entry is None:
            done.left.append(f"{where}: the catalog does not have this message yet. Run: make catalogs")
            continue
        if entry.msgstr:
            done.kept += 1
            continue
        words = _renumbered(unit, other)
        if words is None:
            done.left.append(f"{where}: its links lead elsewhere than the English links. Translate it by hand.")
        elif reason := fault(unit, words, language):
            done.left.append(f"{where}: {reason}")
        else:
            entry.msgstr = words
            done.taken += 1
    return done


def _pairs(english: Guide, foreign: Guide, done: Adopted) -> Iterator[tuple[Unit, Unit, str]]:
    """Yield the pairs of units that have the same place in parts of the same shape, with the place to report."""
    for name, unit in english.meta_units.items():
        if name in foreign.meta_units:
            yield unit, foreign.meta_units[name], f"{foreign.path}: {name}"
    parts, others = _parts(english), _parts(foreign)
    if len(parts) != len(others):
        done.left.append(
            f"{foreign.path}: this file has {len(others)} headings and the English has {len(parts)}, so they cannot "
            "be aligned. Give it the headings of the English and try again."
        )
        return
    for (place, units), (_, words) in zip(parts, others, strict=True):
        if [unit.kind for unit in units] != [unit.kind for unit in words]:
            done.left.append(f"{foreign.path}: {place} has other blocks than the English. Translate it by hand.")
            continue
        for number, (unit, other) in enumerate(zip(units, words, strict=True), 1):
            yield unit, other, f"{foreign.path}: {place}:{number}"


def _parts(guide: Guide) -> list[tuple[str, list[Unit]]]:
    """Return the units under each heading, with the heading's anchor."""
    parts: list[tuple[str, list[Unit]]] = []
    for unit, place in zip(guide.source.units, guide.source.places, strict=True):
        if unit.kind == "heading" or not parts:
            parts.append((place.rpartition(":")[0], []))
        parts[-1][1].append(unit)
    return parts


def _renumbered(unit: Unit, other: Unit) -> str | None:
    """Return the words of `other` with the link numbers of `unit`, or None if a link leads elsewhere."""
    numbers = []
    free = list(unit.links)
    for link in other.links:
        if link not in free:
            return None
        place = free.index(link)
        numbers.append(place + 1)
        free[place] = ""
    # Filling in numbers in place of targets gives what a translator would have written.
    return Unit(other.msgid, tuple(f"({number})" for number in numbers)).fill(other.msgid)
