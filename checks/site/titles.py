"""Each page of a language has its own title, because tabs, bookmarks and search results show nothing else."""

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
            yield f'{page.at(titles[0])}: "{title}" is also the title of {seen[key]}. Give each page its own.'
        seen.setdefault(key, str(page.path))
