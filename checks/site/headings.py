"""A page has one <h1>, which is its first heading, and skips no level, because listeners move by headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from generator.built_site import elements, words


def check(project: Project) -> Iterator[str]:
    for page in project.site.pages:
        above = 0
        for element in elements(page):
            if not re.fullmatch("h[1-6]", element.tag):
                continue
            level = int(element.tag[1])
            place = page.at(element)
            if not words(element):
                yield f"{place}: this heading has no words. Write some, or remove it."
            if above == 0 and level > 1:
                yield f"{place}: <h{level}> is before the title. Begin with <h1>."
            elif above and level == 1:
                yield f"{place}: there is a second <h1>. Use <h2> for a part of the page."
            elif level > above + 1:
                yield f"{place}: <h{level}> follows <h{above}>. Use <h{above + 1}>."
            above = level
        if not above:
            yield f"{page.path}:1: the page has no heading. Begin it with <h1>."
