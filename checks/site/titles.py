"""Each page has a title, and no two pages of a language have the same: tabs, bookmarks and results show only it."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator.built_site import words


def check(project: Project) -> Iterator[str]:
    seen: dict[tuple[str, str], str] = {}
    for page in project.site.read:
        titles = page.tree.findall("head/title")
        title = words(titles[0]) if titles else ""
        if not title:
            yield f"{page.path}:1: the page has no title. Write one."
            continue
        key = page.locale.tag if page.locale else "", title
        if key in seen:
            yield f'{page.at(titles[0])}: "{title}" is the title of {seen[key]} too. Give each page its own.'
        seen.setdefault(key, str(page.path))
