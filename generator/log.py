"""Collect the warnings of MkDocs and its plugins as sentences that say where to look."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from i18n import nav

_DIRTY = "A 'dirty' build is being performed"
"""The beginning of a warning that does not hold: what is left out has been compared with all that it depends on."""


class Warnings(logging.Handler):
    """Handler that collects each warning as a sentence while its block runs. config: the path of mkdocs.yml."""

    def __init__(self, config: Path) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []
        self._config = config

    def __enter__(self) -> Warnings:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        sentence = record.getMessage()
        if not sentence.startswith(_DIRTY):
            self.sentences.append(placed(sentence, self._config))


def placed(sentence: str, config: Path) -> str:
    """Return a warning of MkDocs in one line. If it is about a value in mkdocs.yml, name the line of the file."""
    if found := re.match(r"A reference to '(.*)' is included in the 'nav' configuration, which is not found", sentence):
        return nav.missing(found[1], config)
    found = re.match(r"Config value '([^']*)': (.*)", sentence, re.DOTALL)
    if not found:
        return sentence
    name, lines = found[1], found[2].splitlines()
    # If MkDocs shows a traceback, its last line says what happened.
    what = lines[0] if len(lines) == 1 else f"{lines[0]} {lines[-1]}"
    rows = config.read_text(encoding="utf-8").splitlines()
    line = next((number for number, row in enumerate(rows, 1) if row.startswith(f"{name}:")), 1)
    if quoted := re.search(r"'([^']+)'|\"([^\"]+)\"", what):
        word = quoted[1] or quoted[2]
        line = next((number for number, row in enumerate(rows[line - 1 :], line) if word in row), line)
    return f"{config}:{line}: {name}: {what}"
