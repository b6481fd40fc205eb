"""The words of macros, nav and theme in one language: what Jinja's gettext calls.

A word that is missing, stale or unfaithful falls back to English by itself. What is returned is escaped: Jinja marks
the results of its gettext functions as safe.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable
from pathlib import Path

import polib
from markupsafe import escape

from i18n.faithful import plain_fault
from i18n.language import UNKNOWN, Language
from i18n.pseudo import pseudo

TRIED = 1000
"""A rule for plural forms is tried on so many numbers."""


def _english_plural(number: int) -> int:
    return int(number != 1)


class Words:
    """gettext callables over a catalog; without one, the English. path: of the catalog, for messages.

    faults: a sentence with its place for each message, or rule, that is not used.
    """

    def __init__(
        self, catalog: polib.POFile | None = None, language: Language = UNKNOWN, path: Path = Path("site.po")
    ) -> None:
        self._words: dict[tuple[str | None, str], dict[int, str]] = {}
        self._plural: Callable[[int], int] = _english_plural
        self.faults: list[str] = []
        if catalog is None:
            return
        header = catalog.metadata.get("Plural-Forms", "")
        plural = _rule(header) if header else _english_plural
        if plural:
            self._plural = plural
        else:
            shown = header if len(header) <= 60 else f"{header[:60]}…"
            self.faults.append(
                f'{path}:1: "{shown}" is not a rule for plural forms. Copy the header Plural-Forms from another file.'
            )
        for entry in catalog:
            if entry.obsolete or entry.fuzzy:
                continue
            forms = dict(entry.msgstr_plural or {0: entry.msgstr})
            for form, words in list(forms.items()):
                if words and (reason := _fault(entry, words, language)):
                    self.faults.append(f"{path}:{entry.linenum}: {reason}")
                    del forms[form]
            if plural or not entry.msgid_plural:
                # Without a rule nobody knows which number a form is for.
                self._words[entry.msgctxt, entry.msgid] = forms

    def gettext(self, msgid: str) -> str:
        return str(escape(self._singular(None, msgid)))

    def pgettext(self, context: str, msgid: str) -> str:
        return str(escape(self._singular(context, msgid)))

    def ngettext(self, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(None, msgid, plural, number)))

    def npgettext(self, context: str, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(context, msgid, plural, number)))

    def _singular(self, context: str | None, msgid: str) -> str:
        return self._words.get((context, msgid), {}).get(0) or msgid

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        try:
            form = self._plural(number)
        except ArithmeticError:
            form = -1
        return self._words.get((context, msgid), {}).get(form) or (msgid if number == 1 else plural)


def _rule(header: str) -> Callable[[int], int] | None:
    """Which plural form goes with a number, by the header Plural-Forms; None where it says nothing that can be used."""
    found = re.fullmatch(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*", header)
    if not found:
        return None
    try:
        plural = gettext.c2py(found[2])
        usable = all(0 <= plural(number) < int(found[1]) for number in range(TRIED))
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return plural if usable else None


def _fault(entry: polib.POEntry, words: str, language: Language) -> str | None:
    # "one file" may stand without its number: a form is that of the English singular or plural.
    faults = [plain_fault(english, words, language) for english in (entry.msgid_plural, entry.msgid) if english]
    return faults[0] if all(faults) else None


class PseudoWords(Words):
    """Every word made strange on the fly."""

    def _singular(self, context: str | None, msgid: str) -> str:
        return pseudo(msgid)

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        return pseudo(super()._counted(context, msgid, plural, number))
