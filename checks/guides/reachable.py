"""Every guide is in the nav, and two links from the first page at most; none is an orphan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks import Project

MOST = 2


def check(project: Project) -> Iterator[str]:
    links = {
        guide.slug: set(re.findall(r"\]\(([\w-]+)\.md(?:#[\w-]+)?(?:\s+[\"'][^)]*)?\)", guide.text))
        for guide in project.guides
    }
    listed = set(_pages(project.config.get("nav", [])))
    for guide in project.guides:
        if re.search(r"\{\{\s*pages\(\)\s*\}\}", guide.text):
            links[guide.slug] |= {Path(page).stem for page in listed}
    reached, edge = {"index"}, {"index"}
    for _ in range(MOST):
        edge = {target for slug in edge for target in links.get(slug, ())} - reached
        reached |= edge
    for guide in project.guides:
        if f"{guide.slug}.md" not in listed:
            yield f"mkdocs.yml:1: {guide.slug}.md is not in the nav. Add it to a section."
        if guide.slug not in reached:
            yield f"{guide.path}:1: the first page is more than {MOST} links away. Link to it from index or check."
        linked = any(guide.slug in targets for slug, targets in links.items() if slug != guide.slug)
        if guide.slug != "index" and not linked:
            yield f"{guide.path}:1: no other guide links here. Link to it where readers need it."


def _pages(nav: Any) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    for item in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
        yield from _pages(item)
