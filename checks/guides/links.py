"""A link between guides leads to an existing guide and anchor, and the text refers to each footnote."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from checks import Project
from generator.macros import called

_LINK = re.compile(r"\]\(([\w-]*)(\.md)?(?:#([\w-]+))?(?:\s+[\"'][^)]*)?\)")


def check(project: Project) -> Iterator[str]:
    pages = {guide.slug: guide.source.render() for guide in project.guides}
    anchors = {slug: set(re.findall(r'\bid="([^"]+)"', page)) for slug, page in pages.items()}
    for guide in project.guides:
        for footnote in re.findall(r'href="#fnref:([^"]+)"', pages[guide.slug]):
            if f"fnref:{footnote}" not in anchors[guide.slug]:
                mark = f"[^{html.unescape(footnote)}]"
                yield (
                    f"{guide.path}:{guide.line_of(f'{mark}:')}: nothing refers to the footnote {mark}. "
                    f"Write {mark} where it belongs, or remove it."
                )
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            for key in (str(call.arguments[0]) for call in called(line) if call.name == "term" and call.arguments):
                if key not in anchors.get("words", ()):
                    place = f"{guide.path}:{number}"
                    yield f'{place}: words.md does not explain "{key}". Add an entry with {{ #{key} }} there.'
            for slug, is_guide, anchor in _LINK.findall(line):
                target = slug or guide.slug
                if slug and not is_guide:
                    yield f"{guide.path}:{number}: the link to {slug} does not lead to a guide. Write {slug}.md."
                    continue
                if target not in anchors:
                    yield f"{guide.path}:{number}: the guide {slug}.md does not exist. Correct the link."
                elif anchor and anchor not in anchors[target]:
                    yield (
                        f'{guide.path}:{number}: {target}.md has no anchor "{anchor}". '
                        f"Correct the link, or add {{ #{anchor} }} there."
                    )
