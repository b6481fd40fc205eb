"""Translate the words of macros, nav and theme: the functions that Jinja's gettext calls.

A message that is missing, stale or unfaithful falls back by itself: to another language if there is one that readers
understand, and else to English. All results are escaped, because Jinja
marks the results of its gettext functions as safe.
"""

from __future__ import annotations

import copy
import gettext
import re
from collections.abc import Callable
from pathlib import Path

import polib
from markupsafe import escape

from i18n.faithful import plain_fault
from i18n.language import UNKNOWN, Language
from i18n.locales import lang_and_dir
from i18n.markdown import SOURCE_LANGUAGE
from i18n.pseudo import pseudo

TRIED = 1000
"""How many numbers, from 0, a rule for plural forms is tried on."""


# Between the first two of them is the tag of a language.
_START, _BEGUN, _END, _VALUE_START, _VALUE_END = "\x13", "\x12", "\x14", "\x15", "\x16"
_OPENING = re.compile(f"{_START}([^{_BEGUN}]*){_BEGUN}")
_SIGN = re.compile(f"{_OPENING.pattern}|[{_END}-{_VALUE_END}]")
_MARKED_TAG = re.compile(f"<[^<>{_START}-{_VALUE_END}]*[{_START}-{_VALUE_END}{_BEGUN}][^<>]*>")
_VALUE = re.compile(r"%\(\w+\)s")


def spanned(html: str, lang: str) -> str:
    """Return HTML in which words in another language than the page are marked. In an attribute, they cannot be.

    lang: the tag of the language of the page. Values in these words, such as dates, are in it.
    """
    if _START not in html:
        return html
    html = _MARKED_TAG.sub(lambda tag: unmarked(tag[0]), html)
    html = _OPENING.sub(lambda opening: f"<span{lang_and_dir(opening[1])}>", html)
    for sign, element in (
        (_END, "</span>"),
        (_VALUE_START, f'<bdi lang="{lang}">'),
        (_VALUE_END, "</bdi>"),
    ):
        html = html.replace(sign, element)
    return html


def unmarked(text: str) -> str:
    """Return text without the signs around words that have no translation."""
    return _SIGN.sub("", text)


def _english_plural(number: int) -> int:
    return int(number != 1)


class Words:
    """The gettext functions over a catalog; without one, they return the English.

    path: the path of the catalog, to show in `faults`.
    faults: a sentence with its place for each message or plural rule that cannot be used.
    """

    def __init__(
        self, catalog: polib.POFile | None = None, language: Language = UNKNOWN, path: Path = Path("site.po")
    ) -> None:
        self._is_marking = False
        self._fallback: tuple[str, Words] | None = None
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
                f'{path}:1: "{shown}" is not a plural rule. Copy the header Plural-Forms from another file.'
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
                # Without a rule, it is unknown which number a form is for.
                self._words[entry.msgctxt, entry.msgid] = forms

    def marking(self) -> Words:
        """Return the same words, with control characters around those that have no translation.

        `spanned` and `unmarked` replace these once the words are in their place.
        """
        words = copy.copy(self)
        words._is_marking = True
        return words

    def falling_back(self, tag: str, words: Words) -> Words:
        """Return the same words, with those of another language instead of the English where that language has them.

        tag: the tag of that language.
        """
        both = copy.copy(self)
        both._fallback = tag, words
        return both

    def has(self, context: str | None, msgid: str) -> bool:
        """Return whether a message has a translation that readers see, in any of its forms."""
        return any(self._words.get((context, msgid), {}).values())

    def gettext(self, msgid: str) -> str:
        return str(escape(self._singular(None, msgid)))

    def pgettext(self, context: str, msgid: str) -> str:
        return str(escape(self._singular(context, msgid)))

    def ngettext(self, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(None, msgid, plural, number)))

    def npgettext(self, context: str, msgid: str, plural: str, number: int) -> str:
        return str(escape(self._counted(context, msgid, plural, number)))

    def _singular(self, context: str | None, msgid: str) -> str:
        return self._own(context, msgid) or self._other(context, msgid, None, msgid)

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        english = msgid if number == 1 else plural
        return self._own(context, msgid, number) or self._other(context, msgid, number, english)

    def _own(self, context: str | None, msgid: str, number: int | None = None) -> str:
        """Return the words of this language for a message, in the form for `number`; empty without a translation."""
        try:
            form = 0 if number is None else self._plural(number)
        except ArithmeticError:
            form = -1
        return self._words.get((context, msgid), {}).get(form) or ""

    def _other(self, context: str | None, msgid: str, number: int | None, english: str) -> str:
        tag, words = SOURCE_LANGUAGE, english
        if self._fallback and (borrowed := self._fallback[1]._own(context, msgid, number)):
            tag, words = self._fallback[0], borrowed
        if not self._is_marking:
            return words
        inner = _VALUE.sub(lambda value: f"{_VALUE_START}{value[0]}{_VALUE_END}", words)
        return f"{_START}{tag}{_BEGUN}{inner}{_END}"


def _rule(header: str) -> Callable[[int], int] | None:
    """Return the function from a number to its plural form, by the header Plural-Forms; None if that is invalid."""
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
    # A form may translate the English singular or plural: "one file" may be written without its number.
    faults = [plain_fault(english, words, language) for english in (entry.msgid_plural, entry.msgid) if english]
    return faults[0] if all(faults) else None


class PseudoWords(Words):
    """The words of a pseudo-locale, made on the fly."""

    def _singular(self, context: str | None, msgid: str) -> str:
        return pseudo(msgid)

    def _counted(self, context: str | None, msgid: str, plural: str, number: int) -> str:
        return pseudo(msgid if number == 1 else plural)
