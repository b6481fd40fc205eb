"""Make the lines of a list from A to Z: every guide, the terms that guides explain, and headings used on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from i18n.guides import Guide
from i18n.unit import Unit, plain

Marks = Mapping[str, Iterable[tuple[str, str, Unit]]]
"""The headings and terms of each guide, by its slug. Each has an HTML tag, an anchor and a unit."""

Wording = Callable[[Guide, Unit], tuple[str, str]]
"""Returns the words of a unit in the language of the list, and the tag of their language if it is another one."""

_LISTED = frozenset({"h2", "dt"})


@dataclass(frozen=True)
class Landmark:
    """A line of the list.

    guide: the slug of the guide.
    anchor: the anchor on its page; empty for the guide itself.
    words: the words of the line, as plain text.
    lang: the language of `words`; empty if it is that of the list.
    within: for a heading, the title of its guide, as plain text.
    within_lang: the language of `within`; empty if it is that of the list.
    """

    guide: str
    anchor: str
    words: str
    lang: str
    within: str = ""
    within_lang: str = ""


def landmarks(guides: Iterable[Guide], marks: Marks, wording: Wording) -> list[Landmark]:
    """Return the lines of the list, in the order of `guides`.

    A heading that is used on more than one page ("What can go wrong") is left out: nobody looks for it in an index.
    """
    listed = {guide: [mark for mark in found if mark[0] in _LISTED] for guide, found in marks.items()}
    often = Counter(unit.msgid for found in listed.values() for _, _, unit in found)
    lines = []
    for guide in guides:
        if "title" not in guide.meta_units:
            continue
        title, title_lang = _plain(*wording(guide, guide.meta_units["title"]))
        lines.append(Landmark(guide.slug, "", title, title_lang))
        for tag, anchor, unit in listed[guide.slug]:
            if often[unit.msgid] > 1 or "{{" in unit.msgid:
                continue
            within = ("", "") if tag == "dt" else (title, title_lang)
            lines.append(Landmark(guide.slug, anchor, *_plain(*wording(guide, unit)), *within))
    return lines


def _plain(words: str, lang: str) -> tuple[str, str]:
    return plain(words), lang
