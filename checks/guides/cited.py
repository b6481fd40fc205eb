"""Every guide cites at least one source, or its front matter says why it needs none."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from generator.macros import called


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        is_cited = any(call.name in ("cite", "deadline") for call in called(guide.text))
        if is_cited or guide.meta.get("unsourced"):
            continue
        yield (
            f'{guide.path}:{guide.line}: this guide cites no source. Add {{{{ cite("…") }}}}, or say why it needs none '
            "in the front matter: `unsourced: …`."
        )
