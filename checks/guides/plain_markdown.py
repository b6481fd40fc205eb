"""A guide has no raw HTML, no character as a code, no bare address: a translator could not see what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks import Project
from i18n.calls import without_calls

_HTML = re.compile(r"<!--|<[a-zA-Z/!][^>]*>")
_ENTITY = re.compile(r"&#?\w+;")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+\.\w+|\bwww\.\S+")


def check(project: Project) -> Iterator[str]:
    for guide in project.guides:
        for number, line in enumerate(guide.text.split("\n"), guide.line):
            words = without_calls(line)
            if found := _HTML.search(words):
                yield f"{guide.path}:{number}: there is raw HTML, {found[0]}. Use Markdown or a macro."
            if found := _ENTITY.search(words):
                yield f"{guide.path}:{number}: there is a character as a code, {found[0]}. Type the character itself."
            if found := _ADDRESS.search(words):
                yield (
                    f"{guide.path}:{number}: there is an address, {found[0]}. "
                    'Put it in data/contacts.yml and write {{ contact("…") }}.'
                )
