"""Guides use plain words: none that belittle, promise or hide who acts, and "must" only beside its source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from checks.guides.sentences import place
from generator.macros import called
from i18n.calls import without_calls

OUT = {
    "simply": "It is not simple for the reader. Leave it out.",
    "just": "Leave it out.",
    "obviously": "Leave it out.",
    "clearly": "Leave it out.",
    "of course": "Leave it out.",
    "easy": "It is not easy for the reader. Leave it out.",
    "click here": "Name what the link leads to.",
    "don't": 'Write "do not".',
    "can't": 'Write "cannot".',
    "shouldn't": 'Write "should not".',
    "in order to": 'Write "to".',
    "utilise": 'Write "use".',
    "guaranteed": "Nobody can guarantee it. Say what is likely, or leave it out.",
}
_OUT = re.compile(rf"\b(?:{'|'.join(map(re.escape, OUT))})\b", re.IGNORECASE)
_MUST = re.compile(r"\bmust\b(?! not exceed)", re.IGNORECASE)


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        for unit in guide.source.units:
            prose = without_calls(unit.msgid).replace("’", "'")
            for found in _OUT.findall(prose):
                yield f'{place(guide, unit)}: "{found}". {OUT[found.lower()]}'
            if (
                unit.kind != "heading"
                and _MUST.search(prose)
                and not any(call.name in ("cite", "deadline") for call in called(unit.msgid))
            ):
                yield f'{place(guide, unit)}: "must" without a source. Add {{{{ cite("…") }}}}, or write "have to".'
