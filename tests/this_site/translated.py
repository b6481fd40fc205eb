"""This site as it would be if a page were translated whole, although nobody has translated it yet."""

from __future__ import annotations

import re
import shutil
from itertools import cycle, islice
from pathlib import Path

import polib

from i18n.calls import replace_spans
from i18n.unit import MASK
from tests.project import ENGINE, Project
from tests.this_site import ROOT

LATIN = "abcdefghijklmnopqrstuvwxyz"
LETTERS = {
    "ru": "абцдефгхижклмнопярстувщыйз",
    "ar": "ابجدتفغهيثكلمنوصقرسطعحضخزش",
    "es": "abcdefghijklmnópqrstuvwxyz",
    "fr": "abcéefghijklmnopqrstuvwxyz",
}
"""For each language, a letter for each Latin letter: one of its script, or as many accents as it has."""

LENGTH = {"ru": 1.15, "ar": 0.95, "es": 1.2, "fr": 1.25}
"""How long a translation is, in characters, if the English has 1: measured on catalogs of this site; es is a guess."""

NOT = {"ru": "не", "ar": "لا", "es": "no", "fr": "ne pas"}
"""A word for "not": a translation of a sentence with it is refused without one."""

_NOT = re.compile(r"\b(?:not|never|no|cannot|nothing|nobody|without)\b", re.IGNORECASE)

# What a translation keeps: calls and code, which are masked, numbers of links, attributes and placeholders.
_KEPT = re.compile(rf"{MASK}+|\]\(\d+\)|\{{[^}}]*\}}|%\(\w+\)[sd]|[A-Z]{{3,}}")


def translated(words: str, tag: str) -> str:
    """Words of the same length as a translation, in its letters, with everything that a translation keeps."""
    letters = str.maketrans(LATIN + LATIN.upper(), LETTERS[tag] + LETTERS[tag].upper())
    pieces, end = [], 0
    for kept in _KEPT.finditer(replace_spans(words, lambda span: MASK * len(span.text))):
        pieces += words[end : kept.start()].translate(letters), words[kept.start() : kept.end()]
        end = kept.end()
    pieces.append(words[end:].translate(letters))
    if _NOT.search(words):
        pieces.append(f" {NOT[tag]}")
    more = round(len(words) * (LENGTH[tag] - 1)) - 1
    return " ".join(["".join(pieces), *filter(None, ["".join(islice(cycle(LETTERS[tag]), max(0, more)))])])


def lay_out(folder: Path, guide: str, reader: str, *others: str) -> Project:
    """Copy this site into `folder`, with the words of a guide and those around it in other languages.

    reader: the language that has the words around the guide too.
    """
    for name in (*ENGINE, "guides", "data", "macros", "locales", "mkdocs.yml"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        else:
            shutil.copy(ROOT / name, folder / name)
    project = Project(folder)
    for tag in (reader, *others):
        if not (folder / "locales" / tag).exists():
            assert not project.run("-m", "i18n", "new", tag).returncode
    done = project.run("-m", "i18n", "update", reader, *others)
    assert not done.returncode, done.stderr
    for tag, name in ((reader, "site"), *((tag, guide) for tag in (reader, *others))):
        catalog = polib.pofile(str(project.catalog(tag, name)))
        for entry in catalog:
            if entry.msgid_plural:
                entry.msgstr_plural = {number: translated(entry.msgid_plural, tag) for number in entry.msgstr_plural}
            else:
                entry.msgstr = translated(entry.msgid, tag)
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        catalog.save()
    return project
