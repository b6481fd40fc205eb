"""Sentences have at most 15 words on average on a page, and at most 25 each, unless a reason is given.

The reason is a comment before the block: `[comment]: # (Long: the official name is this long.)`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from generator.macros import called
from i18n.calls import Span, replace_spans
from i18n.guides import Guide
from i18n.unit import Unit

MEAN, MOST = 15, 25

# Words in the place of what a call prints, to count them.
_SHOWN = {"cite": "", "deadline": "four months from the day it is admissible", "fact": "number"}
_LINK = re.compile(r"!?\[([^\]]*)\]\(\d+\)")


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        found = list(sentences(guide))
        for unit, sentence in found:
            count = len(sentence.split())
            if count > MOST and not any(note.startswith("Long:") for note in unit.notes):
                yield f"{place(guide, unit)}: {count} words in one sentence: “{sentence[:60]}…” Make two of it."
        mean = sum(len(sentence.split()) for _, sentence in found) / max(len(found), 1)
        if mean > MEAN:
            yield f"{guide.path}:{guide.line}: the sentences have {mean:.1f} words on average. Aim for {MEAN}."


def sentences(guide: Guide) -> Iterator[tuple[Unit, str]]:
    """Yield every sentence of a guide's prose, as a reader sees it, with its unit."""
    for unit in guide.source.units:
        for sentence in re.split(r"(?<=[.!?:])\s+", shown(unit.msgid)):
            if len(sentence.split()) > 1:
                yield unit, sentence


def shown(words: str) -> str:
    """Return the words of a unit without their Markdown."""
    words = replace_spans(words, _printed)
    return re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"[*_`]", "", _LINK.sub(r"\1", words)))


def _printed(span: Span) -> str:
    if span.is_code:
        return span.text
    return _SHOWN.get(next((call.name for call in called(span.text)), ""), "name")


def place(guide: Guide, unit: Unit) -> str:
    first = " ".join(re.split(r"[\[{*]", unit.msgid)[0].split()[:6]) or unit.msgid[:20]
    return f"{guide.path}:{guide.line_of(first)}"
