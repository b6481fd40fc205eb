"""Every way through the tree ends at a page after at most five questions, and "I do not know" is always an answer.

The map in docs/decision-tree.md shows the present tree. `python -m checks.guides.decision_tree` draws it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from checks import Project
from generator.page import Way

MOST = 5
UNSURE = "I do not know."
MAP = Path("docs/decision-tree.md")


def check(project: Project) -> Iterator[str]:
    guide = next((guide for guide in project.guides if guide.slug == project.roles.questions), None)
    if guide is None:
        return
    slugs = {guide.slug for guide in project.guides}
    ways = project.edition.page(guide).ways
    for way in ways:
        answers = way.answers
        line = guide.line_of(answers[-1])
        if len(answers) > MOST:
            yield f"{guide.path}:{line}: {' › '.join(answers)} takes {len(answers)} questions. Use at most {MOST}."
        if not any(target(link) in slugs for link in way.links):
            yield f"{guide.path}:{line}: {' › '.join(answers)} does not end at a page. Add a link to a guide."
    groups: dict[tuple[str, ...], set[str]] = {}
    for way in ways:
        answers = way.answers
        for depth, answer in enumerate(answers):
            groups.setdefault(answers[:depth], set()).add(answer)
    for path, answers_ in groups.items():
        if UNSURE not in answers_:
            where = " › ".join(path) or "the first question"
            yield f'{guide.path}:1: after "{where}" the answer "{UNSURE}" is missing. Add it.'
    if ways and (
        not (project.root / MAP).exists() or (project.root / MAP).read_text(encoding="utf-8") != drawn(guide.slug, ways)
    ):
        yield f"{MAP}: the tree has changed since it was drawn. Run: python -m checks.guides.decision_tree"


def target(link: str) -> str:
    """Return the name of the guide that an address on a page leads to."""
    return link.partition("#")[0].rstrip("/").rpartition("/")[2]


def drawn(slug: str, ways: tuple[Way, ...]) -> str:
    """Return the tree as a Mermaid diagram, which hosting platforms draw."""
    lines = [
        "# The decision tree, drawn",
        "",
        f"For reviewers. Drawn from `guides/{slug}.md`; to draw it again: `python -m checks.guides.decision_tree`.",
        "",
        "```mermaid",
        "flowchart LR",
        f'  start["{slug}"]',
    ]
    known: dict[tuple[str, ...], str] = {(): "start"}
    for way in ways:
        answers = way.answers
        for depth in range(1, len(answers) + 1):
            if answers[:depth] not in known:
                node = known[answers[:depth]] = f"n{len(known)}"
                label = answers[depth - 1].replace('"', "'")
                lines.append(f'  {known[answers[: depth - 1]]} --> {node}["{label}"]')
        for link in way.links:
            page = target(link) + "".join(link.partition("#")[1:])
            lines.append(f'  {known[answers]} --> p{re.sub("[^a-z]", "_", page)}(["{page}"])')
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    project = Project()
    found = [guide for guide in project.guides if guide.slug == project.roles.questions]
    if not found:
        sys.exit("No guide has a decision tree. Name one in mkdocs.yml: extra.roles.questions.")
    MAP.write_text(drawn(found[0].slug, project.edition.page(found[0]).ways), encoding="utf-8")
    print(f"{MAP} was drawn.")
