"""Every macro call in a guide can be rendered: the macro, its arguments and the data it names are there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checks import Project
from generator.macros import MacroError, Macros, missing
from i18n import nav
from i18n.calls import Span, calls
from i18n.words import Words


def check(project: Project) -> Iterator[str]:
    if not project.values:
        # data/ cannot be read, which is a finding itself.
        return
    slugs = {guide.slug for guide in project.guides}

    def link(guide: str, anchor: str) -> str:
        if guide not in slugs:
            raise missing(guide)
        return f"{guide}#{anchor}"

    texts = [guide.text for guide in project.guides]
    macros = Macros(project.values, Words(), "en", texts, sections=lambda: _sections(project))
    for guide in project.guides:
        first: dict[str, Span] = {}
        for found in calls(guide.text):
            first.setdefault(found.text, found)
        for call in first.values():
            try:
                macros.render(call.text, link)
            except MacroError as error:
                line = guide.line + guide.text.count("\n", 0, call.start)
                yield f"{guide.path}:{line}: {error}"


def _sections(project: Project) -> Iterator[dict[str, Any]]:
    """The nav, as a macro gets it."""
    titles = {guide.slug: str(guide.meta.get("title", guide.slug)) for guide in project.guides}
    for title, slugs in nav.guides(project.config.get("nav"), titles):
        pages = [{"guide": slug, "title": titles[slug], "is_english": False} for slug in slugs]
        yield {"title": title, "pages": pages}
