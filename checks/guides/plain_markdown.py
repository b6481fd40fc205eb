"""A guide has no raw HTML, character codes or bare addresses, because translators could not see what they do."""

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
                yield f"{guide.path}:{number}: {found[0]} is raw HTML. Use Markdown or a macro."
            if found := _ENTITY.search(words):
                yield f"{guide.path}:{number}: {found[0]} is the code of a character. Type the character itself."
            if found := _ADDRESS.search(words):
                yield (
                    f"{guide.path}:{number}: {found[0]} is an address. "
                    'Put it in data/contacts.yml and write {{ contact("…") }}.'
                )
