"""A link between guides leads to an existing guide and anchor, and the text refers to each footnote."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator.edition import lost_anchors
from generator.macros import called


def check(project: Project) -> Iterator[str]:
    pages = [(guide, project.edition.page(guide)) for guide in project.guides]
    for _, page in pages:
        yield from page.link_faults
    yield from lost_anchors(pages)
    glossary = project.roles.glossary
    explained = next((page.anchors for guide, page in pages if guide.slug == glossary), frozenset())
    for guide in project.guides:
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            for key in (str(call.arguments[0]) for call in called(line) if call.name == "term" and call.arguments):
                if key not in explained:
                    place = f"{guide.path}:{number}"
                    yield f'{place}: {glossary}.md does not explain "{key}". Add an entry with {{ #{key} }} there.'
