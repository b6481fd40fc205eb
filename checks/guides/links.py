"""A link between guides leads to a guide that is there, and to an anchor that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from macros import called

_LINK = re.compile(r"\]\(([\w-]*)(\.md)?(?:#([\w-]+))?(?:\s+[\"'][^)]*)?\)")


def check(project: Project) -> Iterator[str]:
    anchors = {guide.slug: set(re.findall(r'\bid="([^"]+)"', guide.source.render())) for guide in project.guides}
    for guide in project.guides:
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            for key in (str(call.arguments[0]) for call in called(line) if call.name == "term" and call.arguments):
                if key not in anchors.get("words", ()):
                    place = f"{guide.path}:{number}"
                    yield f'{place}: words.md does not explain "{key}". Add an entry with {{ #{key} }} there.'
            for slug, is_guide, anchor in _LINK.findall(line):
                target = slug or guide.slug
                if slug and not is_guide:
                    yield f"{guide.path}:{number}: the link to {slug} leads to no file. Write {slug}.md."
                    continue
                if target not in anchors:
                    yield f"{guide.path}:{number}: there is no guide {slug}.md. Correct the link."
                elif anchor and anchor not in anchors[target]:
                    yield (
                        f'{guide.path}:{number}: {target}.md has no anchor "{anchor}". '
                        f"Correct the link, or add {{ #{anchor} }} there."
                    )
