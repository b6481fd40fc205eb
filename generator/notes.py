"""Number the notes of a page: a short mark in a sentence, such as "[rule 3]", and a list of what the marks stand for.

The number of a note is known only when the whole page is rendered. So a macro writes a placeholder into its mark, and
this module replaces the placeholders. The list comes from the macro `references`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

LIST = "references"
"""The macro that shows the list. It is called with the notes of a page, in groups."""

_START, _BETWEEN, _END = "\x10", "\x0f", "\x11"

# The mark is a link to its note, so it is the only link around the number.
_MARK = re.compile(f"<a\\b([^<>]*)>([^<>]*){_START}([^{_START}{_END}]*){_END}([^<>]*)</a>")
_PLACEHOLDER = re.compile(f"{_START}[^{_START}{_END}]*{_END}")


@dataclass(frozen=True)
class Note:
    """A note of a page.

    number: its number on the page, from 1.
    values: what the macro that made its mark gave: first what notes are grouped by, such as the key of a source.
    id: the anchor of the note.
    marks: the anchors of its marks in the text, in their order.
    """

    number: int
    values: tuple[str, ...]
    id: str
    marks: tuple[str, ...]


def placeholder(*values: str) -> str:
    """Return what stands for the number of a note until the page is complete. Equal values are one note."""
    return f"{_START}{_BETWEEN.join(values)}{_END}"


def numbered(html: str, number: Callable[[int], str]) -> tuple[str, list[list[Note]]]:
    """Return a page with the numbers of its notes, and the notes, in groups.

    Notes with the same first value are a group. Groups, and the notes in a group, are in the order of their first
    marks. The numbers count through all groups, so that a reader of the list finds a number by counting.

    html: the page, with placeholders in its marks.
    number: formats a number.
    """
    found: dict[str, dict[tuple[str, ...], int]] = {}
    for mark in _MARK.finditer(html):
        values = _values(mark[3])
        group = found.setdefault(values[0], {})
        group[values] = group.get(values, 0) + 1
    groups: list[list[Note]] = []
    known: dict[tuple[str, ...], Note] = {}
    for group in found.values():
        groups.append([])
        for values, times in group.items():
            place = len(known) + 1
            marks = tuple(f"note-{place}-{time}" for time in range(1, times + 1))
            known[values] = Note(place, values, f"note-{place}", marks)
            groups[-1].append(known[values])
    waiting = {values: iter(note.marks) for values, note in known.items()}

    def filled(mark: re.Match[str]) -> str:
        values = _values(mark[3])
        note = known[values]
        here = next(waiting[values])
        return f'<a{mark[1]} id="{here}" href="#{note.id}">{mark[2]}{number(note.number)}{mark[4]}</a>'

    return _MARK.sub(filled, html), groups


def _values(written: str) -> tuple[str, ...]:
    return tuple(unescape(written).split(_BETWEEN))


def without(html: str) -> str:
    """Return HTML that repeats a part of a page, such as a heading in a table of contents, without its marks."""
    return _PLACEHOLDER.sub("", _MARK.sub("", html))
