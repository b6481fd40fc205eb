"""A short version fits into a message, has no links, and its page links to its text file.

Only the words of English readers are counted: a translation is as long as its language needs.
"""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator import short

MOST = 900
"""Characters. Enough for what has to be said in a call of one minute, and no messenger cuts it."""


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        if not short.is_in(guide.text):
            continue
        found = short.of_page(project.edition.page(guide).html)
        place = f"{guide.path}:{guide.line_of('div.' + short.CLASS)}"
        length = sum(len(line) + 1 for line in found.lines) - 1 if found else 0
        if not found or not found.lines:
            yield f"{place}: this short version has no words. Write a few short sentences, or remove the block."
            continue
        if length > MOST:
            yield f"{place}: this short version has {length:,} characters. Write at most {MOST}."
        if found.has_links:
            yield f"{place}: a link or a source mark leads nowhere in a text file. Take it out: the page has it."
        name = short.file_of(guide.slug)
        if f"]({name})" not in guide.text:
            yield f"{place}: the page has no link to its text file. Add one below: [As a text file]({name})."
