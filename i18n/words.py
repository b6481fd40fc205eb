"""The words of macros, nav and theme in one language: what Jinja's gettext calls.

A word that is missing, stale or has lost a placeholder falls back to English by itself. What is returned is escaped:
Jinja marks the results of its gettext functions as safe.
"""

from __future__ import annotations

import gettext
import re
from collections import Counter
from collections.abc import Callable

import polib
from markupsafe import escape

from i18n.pseudo import pseudo

_PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd%]")


def placeholder_fault(msgid: str, msgstr: str) -> str | None:
    """Why `msgstr` cannot stand in for `msgid` in a template, as one sentence; None when it can."""
    wanted, found = (Counter(_PLACEHOLDER.findall(text)) for text in (msgid, msgstr))
    if lost := wanted - found:
        return f"The translation lost {', '.join(lost)}. Copy it unchanged from the msgid."
    if added := found - wanted:
        return f"The translation has {', '.join(added)}, which the English has not. Remove it."
    if re.search(r"%(?!\(\w+\)[sd]|[sd%])", msgstr):
        return 'The translation has a single "%". Write "%%".'
    return None


def _english_plural(number: int) -> int:
    return int(number != 1)


class Words:
    """gettext callables over a catalog; without one, the English."""

    def __init__(self, catalog: polib.POFile | None = None) -> None:
        self._messages: dict[tuple[str | None, str], polib.POEntry] = {}
        self._plural: Callable[[int], int] = _english_plural
        if catalog is None:
            return
        self._messages = {
            (entry.msgctxt, entry.msgid): entry
            for entry in catalog
            if not entry.obsolete and not entry.fuzzy and entry.translated()
        }
        if found := re.search(r"plural=([^;]+)", catalog.metadata.get("Plural-Forms", "")):
            try:
                self._plural = gettext.c2py(found[1])
                self._plural(0)
            except (ValueError, ArithmeticError):
                # msgfmt says so (a check); a page shows what fits the English rule.
                self._plural = _english_plural

    def gettext(self, msgid: str) -> str:
        return str(escape(self._singular(None, msgid)))

    def pgettext(self, context: str, msgid: str) -> str:
        return str(escape(self._singular(context, msgid)))

    def ngettext(self, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(None, msgid, plural, number)))

    def npgettext(self, context: str, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(context, msgid, plural, number)))

    def _singular(self, context: str | None, msgid: str) -> str:
        entry = self._messages.get((context, msgid))
        if entry is None or placeholder_fault(msgid, entry.msgstr):
            return msgid
        return str(entry.msgstr)

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        english = msgid if number == 1 else plural
        entry = self._messages.get((context, msgid))
        if entry is None:
            return english
        msgstr = entry.msgstr_plural.get(self._plural(number), "")
        # "one file" may stand without its number where the plural form is only for one.
        if not msgstr or (placeholder_fault(plural, msgstr) and placeholder_fault(msgid, msgstr)):
            return english
        return str(msgstr)


class PseudoWords(Words):
    """Every word made strange on the fly."""

    def _singular(self, context: str | None, msgid: str) -> str:
        return pseudo(msgid)

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        return pseudo(super()._counted(context, msgid, plural, number))
