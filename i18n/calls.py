"""Where macros are called in Markdown: the one definition, for translators, for checks and for the page.

A call begins at "{{" and ends where Jinja's lexer ends it: "}}" in quotes does not end it, nor does an escaped quote.
A brace outside quotes is never part of a call. In a code span a call is an example.

What Jinja cannot read, such as a call with typographic quotes, ends at its first "}}" and is still kept, compared and
reported as one call. With a brace before that "}}", or without a "}}", the call is unfinished: it is its "{{" alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import jinja2

from i18n import limits

BEGIN, END = "{{", "}}"

CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)

_CODE_OR_BEGIN = re.compile(rf"{CODE.pattern}|{re.escape(BEGIN)}", re.DOTALL)
_BROKEN = re.compile(r"\{\{[^{}]*\}\}")
_JINJA = jinja2.Environment()
_LEXER = _JINJA.lexer


class Span(NamedTuple):
    """A code span, a call, or a "{{" that begins a call and does not end it.

    start, end: its place in the text, in characters.
    text: the characters at that place.
    """

    start: int
    end: int
    text: str
    is_code: bool

    @property
    def is_finished(self) -> bool:
        return self.text != BEGIN


def spans(text: str) -> Iterator[Span]:
    """Yield the code spans and calls in Markdown, from left to right: what begins first holds what is inside it."""
    if BEGIN not in text and "`" not in text:
        return
    end = 0
    while found := _CODE_OR_BEGIN.search(text, end):
        start, end = found.span()
        is_code = bool(found[1])
        if not is_code:
            end = _end(text, start)
        yield Span(start, end, text[start:end], is_code)


def calls(text: str) -> Iterator[Span]:
    """Yield the calls in Markdown, with each "{{" that begins one and does not end it."""
    if BEGIN in text:
        yield from (span for span in spans(text) if not span.is_code)


def written(text: str) -> list[str]:
    """Return the calls in Markdown as they are written, in order."""
    return [call.text for call in calls(text)]


def replace_spans(text: str, put: Callable[[Span], str]) -> str:
    """Replace each code span and each call by another text."""
    pieces: list[str] = []
    end = 0
    for span in spans(text):
        pieces += text[end : span.start], put(span)
        end = span.end
    return "".join([*pieces, text[end:]]) if pieces else text


def without_calls(text: str, put: str = "") -> str:
    """Replace each call by `put`; code spans stay."""
    return replace_spans(text, lambda span: span.text if span.is_code else put) if BEGIN in text else text


def _end(text: str, start: int) -> int:
    """Return where the call at `start` ends: after its "}}", or after the "{{" alone."""
    # Nearly every call ends at the first "}}" and has been read before, in another language.
    stop = text.find(END, start, start + limits.CALL)
    if stop >= 0 and _is_call(text[start : stop + len(END)]):
        return stop + len(END)
    length = _length(text[start : start + limits.CALL])
    # Two apostrophes are not quotes around all that is between them.
    if length and _makes_sense(text[start : start + length]):
        return start + length
    broken = _BROKEN.match(text, start)
    return broken.end() if broken else start + len(BEGIN)


@lru_cache(maxsize=4096)
def _is_call(text: str) -> bool:
    """Return whether the whole `text` is one call."""
    return _length(text) == len(text)


def _makes_sense(text: str) -> bool:
    """Return whether Jinja can parse what its lexer takes for a call."""
    try:
        _JINJA.parse(text)
    except (jinja2.TemplateSyntaxError, RecursionError):
        return False
    return True


def _length(text: str) -> int:
    """Return how many characters of a text that begins with "{{" are a call, or 0 if Jinja finds no end."""
    length = 0
    try:
        # Jinja makes one line break of "\r\n"; here every character counts.
        for _, kind, token in _LEXER.tokeniter(text.replace("\r", " "), None):
            if kind == "variable_end":
                return length + token.index(END) + len(END)
            if token == "{":
                break
            length += len(token)
    except jinja2.TemplateSyntaxError:
        pass
    return 0
