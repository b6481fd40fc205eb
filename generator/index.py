"""What a list from A to Z holds: every guide, the terms that guides explain, and headings that stand on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from i18n.guides import Guide
from i18n.unit import Unit, plain

Marks = Mapping[str, Iterable[tuple[str, str, Unit]]]
"""By the name of a guide, its headings and terms: the HTML tag, the anchor and the unit."""

Wording = Callable[[Guide, Unit], tuple[str, str]]
"""The words of a unit in the language of the list; then their language, where it is another one."""

_LISTED = frozenset({"h2", "dt"})


@dataclass(frozen=True)
class Landmark:
    """A line of the list. Words are plain.

    guide: its name. anchor: empty for the guide itself. within: the title of the guide, for a part of it.
    lang, within_lang: their language, where it is not that of the list.
    """

    guide: str
    anchor: str
    words: str
    lang: str
    within: str = ""
    within_lang: str = ""


def landmarks(guides: Iterable[Guide], marks: Marks, wording: Wording) -> list[Landmark]:
    """Return the lines of the list, in the order of `guides`.

    A heading that stands on more than one page ("What can go wrong") is not what anybody looks for.
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
