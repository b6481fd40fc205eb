"""Every macro call in a guide can be rendered: the macro, its arguments and the data it names are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks import Project
from i18n.unit import MACRO_CALL
from i18n.words import Words
from macros import MacroError, Macros


def check(project: Project) -> Iterator[str]:
    texts = [guide.text for guide in project.guides]
    macros = Macros(project.values, Words(), "en", texts, sections=lambda: _sections(project))
    for guide in project.guides:
        for call in dict.fromkeys(MACRO_CALL.findall(guide.text)):
            try:
                macros.render(call)
            except MacroError as error:
                yield f"{guide.path}:{guide.line_of(call)}: {error}"


def _sections(project: Project) -> Iterator[dict[str, Any]]:
    """The nav, as a macro gets it."""
    titles = {f"{guide.slug}.md": str(guide.meta.get("title", guide.slug)) for guide in project.guides}
    for item in project.config.get("nav") or []:
        for title, pages in item.items():
            found = [
                {"guide": Path(page).stem, "title": titles[page], "is_english": False}
                for page in pages
                if page in titles
            ]
            yield {"title": title, "pages": found}
