"""Every guide is in the nav, at most two links from the first page, and linked from another guide.

A draft need not be: a guide that `exclude_docs` or `draft_docs` of mkdocs.yml keeps off the site. The nav names no
missing page, and no title that is not shown.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from pathspec import GitIgnoreSpec

from checks import Project
from generator.macros import called
from i18n import nav

MOST = 2


def check(project: Project) -> Iterator[str]:
    links = {
        guide.slug: set(re.findall(r"\]\(([\w-]+)\.md(?:#[\w-]+)?(?:\s+[\"'][^)]*)?\)", guide.text))
        for guide in project.guides
    }
    listed = {slug for _, slugs in nav.guides(project.config.get("nav"), links) for slug in slugs}
    for guide in project.guides:
        if any(call.name == "pages" for call in called(guide.text)):
            links[guide.slug] |= listed
    reached, edge = {"index"}, {"index"}
    for _ in range(MOST):
        edge = {target for slug in edge for target in links.get(slug, ())} - reached
        reached |= edge
    hidden = [project.config.get(key) or "" for key in ("exclude_docs", "draft_docs")]
    drafts = GitIgnoreSpec.from_lines("\n".join(hidden).splitlines())
    for guide in project.guides:
        if drafts.match_file(guide.path.name):
            continue
        if guide.slug not in listed:
            yield f"mkdocs.yml:1: {guide.slug}.md is not in the nav. Add it to a section."
        if guide.slug not in reached:
            yield (
                f"{guide.path}:1: the first page is more than {MOST} links away. "
                "Link to it from index, or from a guide that index links to."
            )
        linked = any(guide.slug in targets for slug, targets in links.items() if slug != guide.slug)
        if guide.slug != "index" and not linked:
            yield f"{guide.path}:1: no other guide links here. Link to it where readers need it."
    config = project.root / "mkdocs.yml"
    for section in nav.sections(project.config.get("nav")):
        for entry in section.entries:
            # A guide that exists and cannot be read is reported elsewhere.
            if entry.is_page and not os.path.lexists(project.root / "guides" / entry.target):
                yield nav.missing(entry.target, config)
            if entry.title and entry.slug in links:
                yield (
                    f'{nav.place(entry.target, config)}: the title "{entry.title}" of {entry.target} is not shown: '
                    "a guide has its own. Remove it."
                )
