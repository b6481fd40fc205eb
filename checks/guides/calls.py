"""Every macro call in a guide can be rendered: the macro, its arguments and the data it names are there."""

from __future__ import annotations

from collections.abc import Iterator

from checks import Project
from i18n.unit import MACRO_CALL
from i18n.words import Words
from macros import MacroError, Macros


def check(project: Project) -> Iterator[str]:
    macros = Macros(project.values, Words(), "en", [guide.text for guide in project.guides])
    for guide in project.guides:
        for call in dict.fromkeys(MACRO_CALL.findall(guide.text)):
            try:
                macros.render(call)
            except MacroError as error:
                yield f"{guide.path}:{guide.line_of(call)}: {error}"
