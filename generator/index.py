"""Make the lines of a list from A to Z: every guide, the terms that guides explain, and headings used on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.kept import Mark
from i18n.unit import plain

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


def landmarks(titles: Mapping[str, tuple[str, str]], marks: Mapping[str, Sequence[Mark]]) -> list[Landmark]:
    """Return the lines of the list, in the order of the guides.

    A heading that is used on more than one page ("What can go wrong") is left out: nobody looks for it in an index.

    titles: the title of each guide that has one, and the tag of its language, by the slug of the guide.
    marks: the headings and terms of each guide.
    """
    listed = {guide: [mark for mark in found if mark.tag in _LISTED] for guide, found in marks.items()}
    often = Counter(mark.msgid for found in listed.values() for mark in found)
    lines = []
    for guide, (words, lang) in titles.items():
        title = plain(words)
        lines.append(Landmark(guide, "", title, lang))
        for mark in listed[guide]:
            if often[mark.msgid] > 1 or "{{" in mark.msgid:
                continue
            within = ("", "") if mark.tag == "dt" else (title, lang)
            lines.append(Landmark(guide, mark.anchor, plain(mark.words), mark.lang, *within))
    return lines
