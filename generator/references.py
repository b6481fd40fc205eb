"""Number the references of a page: a short mark in a sentence, such as "[rule 3]", and a list of what they refer to.

The number of a reference is known only when the whole page is rendered. So a macro writes a placeholder into its mark,
and this module replaces the placeholders. The list comes from the macro `references`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

LIST = "references"
"""The macro that shows the list. It is called with the references of a page, in groups."""

_START, _BETWEEN, _END = "\x10", "\x0f", "\x11"

# The mark is a link to its entry in the list, so it is the only link around the number. Words without a translation are
# in elements of their own in it.
_WORDS = rf"((?:(?!</?a\b)[^{_START}{_END}])*)"
_MARK = re.compile(rf"<a\b([^<>]*)>{_WORDS}{_START}([^{_START}{_END}]*){_END}{_WORDS}</a>")


class Reference(NamedTuple):
    """An entry of the list at the end of a page.

    Templates unpack it, which is faster than to ask the sandbox for each attribute.

    number: its number on the page, from 1.
    values: what the macro that made its mark gave: first what entries are grouped by, such as the key of a source.
    id: the anchor of the entry.
    marks: the anchors of its marks in the text, in their order.
    """

    number: int
    values: tuple[str, ...]
    id: str
    marks: tuple[str, ...]


def placeholder(*values: str) -> str:
    """Return what stands for the number of a reference until the page is complete. Equal values are one reference."""
    return f"{_START}{_BETWEEN.join(values)}{_END}"


def numbered(html: str, number: Callable[[int], str]) -> tuple[str, list[list[Reference]]]:
    """Return a page with the numbers of its references, and the references, in groups.

    References with the same first value are a group. Groups, and the references in a group, are in the order of their
    first marks. The numbers count through all groups, so that a reader of the list finds a number by counting.

    html: the page, with placeholders in its marks.
    number: formats a number.
    """
    times: dict[str, dict[tuple[str, ...], int]] = {}
    for mark in _MARK.finditer(html):
        values = _values(mark[3])
        group = times.setdefault(values[0], {})
        group[values] = group.get(values, 0) + 1
    ordered = [(values, count) for group in times.values() for values, count in group.items()]
    known = {
        values: Reference(place, values, f"ref-{place}", tuple(f"ref-{place}-{each}" for each in range(1, count + 1)))
        for place, (values, count) in enumerate(ordered, 1)
    }
    waiting = {values: iter(reference.marks) for values, reference in known.items()}

    def filled(mark: re.Match[str]) -> str:
        reference = known[_values(mark[3])]
        here = next(waiting[reference.values])
        return f'<a{mark[1]} id="{here}" href="#{reference.id}">{mark[2]}{number(reference.number)}{mark[4]}</a>'

    return _MARK.sub(filled, html), [[known[values] for values in group] for group in times.values()]


def _values(written: str) -> tuple[str, ...]:
    return tuple(unescape(written).split(_BETWEEN))


def without(html: str) -> str:
    """Return HTML that repeats a part of a page, such as a heading in a table of contents, without its marks."""
    return re.sub(f"{_START}[^{_START}{_END}]*{_END}", "", _MARK.sub("", html))
