"""What a faithful translation of a unit keeps.

Links, calls, code, numbers, addresses, emphasis: each rule is a small function with its sentence. The build, the
report, the checks and `update` all ask `fault`, so they cannot disagree.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, cached_property

from i18n.unit import ATTRIBUTES, CODE, ESCAPE, FOOTNOTE, MACRO_CALL, MASK, Unit


def fault(unit: Unit, msgstr: str) -> str | None:
    """Why `msgstr` is not a faithful translation of `unit`, as one sentence with what to do; None when it is."""
    if len(msgstr) > 3 * len(unit.msgid) + 60:
        return f"The translation is {len(msgstr) // len(unit.msgid)} times as long as the English. Shorten it."
    wanted, found = _english(unit.msgid), _Kept(msgstr)
    return next((sentence for rule in _RULES if (sentence := rule(wanted, found))), None)


class _Kept:
    """What a translation has to give back, in reading order; `rest` is the words without it, brackets included."""

    def __init__(self, words: str) -> None:
        self.words = self.rest = words
        self.code = self._take(CODE) if "`" in words else []
        self.calls = self._take(MACRO_CALL) if "{{" in self.rest else []
        self.marks = self._take(ESCAPE) if "\\" in self.rest else []
        if "[^" in self.rest:
            self.marks += self._take(FOOTNOTE)
        self.links: list[str] = []
        self.linked: list[tuple[str, str]] = []
        if "](" in self.rest:
            self.linked = list(_linked(self.rest))
            self.links = [link for link, _ in self.linked]
            self.rest = _LINK_NUMBER.sub(MASK, self.rest)
        if "{" in self.rest:
            self.marks += self._take(ATTRIBUTES)

    def _take(self, pattern: re.Pattern[str]) -> list[str]:
        found = [match[0] for match in pattern.finditer(self.rest)]
        if found:
            self.rest = pattern.sub(MASK, self.rest)
        return found

    @cached_property
    def html(self) -> list[str]:
        return _HTML.findall(self.rest) if "<" in self.rest or "&" in self.rest else []

    @cached_property
    def targets(self) -> list[str]:
        return _TARGET.findall(self.rest) if "[" in self.rest else []

    @cached_property
    def syntax(self) -> list[str]:
        return [sign for sign in _SYNTAX for _ in range(self.rest.count(sign))]

    @cached_property
    def addresses(self) -> list[str]:
        if not _MAYBE_ADDRESS.search(self.rest):
            return []
        return [run.strip(_EDGES).lower() for run in self.rest.split() if _ADDRESS.search(run)]

    @cached_property
    def numbers(self) -> list[str]:
        return list(_numbers(self.rest))

    @cached_property
    def emphasis(self) -> list[str]:
        return _EMPHASIS.findall(self.rest) if "*" in self.rest or "_" in self.rest else []

    @cached_property
    def crossed(self) -> str | None:
        return _crossed(self.rest) if self.emphasis or "[" in self.rest else None

    @cached_property
    def spelled(self) -> Counter[str]:
        """The small numbers written as English words."""
        return Counter(_SPELLED[word] for word in _WORD.findall(self.rest.lower()) if word in _SPELLED)

    @cached_property
    def capitals(self) -> frozenset[str]:
        return frozenset(re.findall("[A-Z]{2,}", self.rest))

    @cached_property
    def spelling(self) -> list[str]:
        return self.words.split()

    @cached_property
    def count(self) -> int:
        """Words, without calls and code."""
        return len(_WORD.findall(self.rest))


@cache
def _english(msgid: str) -> _Kept:
    """The English of a unit is the same for every language that a process judges."""
    return _Kept(msgid)


_LINK_NUMBER = re.compile(r"(?<=\])(\((\d{1,4})\))")
_BRACKET = re.compile(r"\[|\](?:\((\d{1,4})\))?")


def _linked(words: str) -> Iterator[tuple[str, str]]:
    """Each numbered link as what of it must stay, and its words.

    `[…](1)`, `![…](1)` for a picture, `[](1)` without a letter or digit, one more `[` for each bracket it is in. Each
    call, code span or footnote in it is a `{…}`: the HTML of a call would break the description of a picture.
    """
    opened: list[int] = []
    for bracket in _BRACKET.finditer(words):
        if bracket[0] == "[":
            opened.append(bracket.start())
            continue
        start = opened.pop() if opened else bracket.start()
        if bracket[1]:
            inner = words[start + 1 : bracket.start()]
            image = "!" if words[start - 1 : start] == "!" else ""
            some = "…" if any(map(str.isalnum, inner)) else ""
            yield f"{'[' * len(opened)}{image}[{some}{'{…}' * inner.count(MASK)}]({int(bracket[1])})", inner


def _quoted(*parts: str) -> str:
    """The first few parts, each cut to a length that fits a message."""
    shown = [part.replace(MASK, "…").strip() for part in parts[:5]]
    return ", ".join([*(part if len(part) <= 60 else f"{part[:60]}…" for part in shown), *["…"] * (len(parts) > 5)])


Rule = Callable[[_Kept, _Kept], str | None]
"""Given the English and the translation, what is wrong as a sentence, or None."""


def _keeps(part: str, lost_copy: str, added_copy: str = "Remove it.") -> Rule:
    """The named part of a translation is the English one: each thing as often, in any order."""

    def rule(wanted: _Kept, found: _Kept) -> str | None:
        ours: list[str] = getattr(wanted, part)
        theirs: list[str] = getattr(found, part)
        if ours == theirs or sorted(ours) == sorted(theirs):
            return None
        if lost := Counter(ours) - Counter(theirs):
            return f"The translation lost {_quoted(*lost)}. {lost_copy}"
        added = Counter(theirs) - Counter(ours)
        if added.keys() <= set(ours):
            return f"The translation has {_quoted(*added)} more often than the English. {added_copy}"
        return f"The translation has {_quoted(*added)}, which the English has not. {added_copy}"

    return rule


# Bidirectional controls, invisible and private characters, marks that strike letters out.
_JOINER = "\u200c\u200d"
_HIDDEN = re.compile(
    f"[{_JOINER}"
    "\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff\u0334-\u0338\u20d0-\u20dc\u20e1\u20e5-\u20f0]"
)
# At home are joiners in Persian spelling and Indic scripts, and a break without width where no spaces are written.
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_AT_HOME = re.compile(
    rf"(?<=[{_JOINED}])(?<!\d)[{_JOINER}](?![\d{_JOINER}])|(?<=[^\W\d_])[{_JOINER}](?=[{_JOINED}])(?!\d)"
    rf"|(?<=[{_SPACELESS}])\u200b(?=[{_SPACELESS}])"
)
_NAMELESS = {"Cc": "a control character", "Co": "for private use"}


def _no_hidden(wanted: _Kept, found: _Kept) -> str | None:
    words = found.words
    if (words.isascii() and words.isprintable()) or not _HIDDEN.search(words):
        return None
    for character in _HIDDEN.findall(_AT_HOME.sub("", words)):
        if character not in wanted.words:
            name = unicodedata.name(character, _NAMELESS.get(unicodedata.category(character), "no character")).lower()
            what = "a mark over a letter" if unicodedata.combining(character) else "an invisible character"
            return f"The translation has {what}, U+{ord(character):04X} ({name}). Remove it."
    return None


def _has_words(wanted: _Kept, found: _Kept) -> str | None:
    if not found.words.strip():
        return "The translation is empty but for spaces. Translate it, or leave it quite empty."
    if not any(map(str.isalpha, found.rest)) and any(map(str.isalpha, wanted.rest)):
        return "The translation has no words. Translate it, or leave it quite empty."
    if 10 * len(found.rest) + 50 < len(wanted.rest):
        return "The translation is much shorter than the English. Translate all of it."
    return None


def _same_link_words(wanted: _Kept, found: _Kept) -> str | None:
    """English words that a translation keeps ("CCF") lead where they led."""
    if len(found.linked) > 1:
        for link, words in found.linked:
            places = [place for place, name in wanted.linked if name == words]
            if places and link not in places:
                return f'"{_quoted(words)}" leads to {link}, in the English to {places[0]}. Correct the number.'
    return None


_HTML = re.compile(r"<[a-zA-Z/!?][^<>]*>?|&#?\w+;")

# What makes a link of brackets, and other signs that are syntax, or would be for another tool.
_TARGET = re.compile(r"\](?:\([^\s)]*\)?|\[[^\s\]]*\]?|:)")
_SYNTAX = ("![", "[", "]", "{", "}", "`", "\\", "<", "|", "~~")

_MAYBE_ADDRESS = re.compile("[.:/@\u2024\uff0e\uff20\uff61](?=\\S)")
_ADDRESS = re.compile(
    r"[@\uff20]|:/|//|[^\W_][.\u2024\uff0e\uff61][^\W\d_]{2}"
    r"|(?<![^\W_])(?:javascript|vbscript|data|blob|file|ftp|https?|mailto|tel|sms|intent|geo|magnet|bitcoin):[\w/,;]",
    re.IGNORECASE,
)
_EDGES = f".,:;!?…()[]\"'«»„“”‘’*_،؛؟。，：；！？、（）「」{MASK}"

_GROUPED = r"\d{1,3}(?:([,.٬'’\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})*(?!\d)|\d{1,2}(?:(,)\d\d)+,\d{3}(?!\d)"
# In circles, brackets, fractions, above or below the line.
_DRESSED_DIGITS = (
    "\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\U0001f100-\U0001f10c"
)
_DIGIT = re.compile(rf"[\d{_DRESSED_DIGITS}]")
_NUMBER = re.compile(rf"(?:{_GROUPED}|\d+)(?:[.,٫]\d+)?|[{_DRESSED_DIGITS}]")
_SPELLED = {
    word: str(value)
    for value, words in enumerate(
        (
            *("zero", "one first once", "two second twice", "three third", "four fourth", "five fifth", "six sixth"),
            *("seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth"),
        )
    )
    for word in words.split()
}
_FULL_WIDTH_ZERO = 0xFF10


def _numbers(words: str) -> Iterator[str]:
    """The values of all numbers in `words`, in any digits: "13,048", "13 048", "13.048" and "١٣٬٠٤٨" are one value."""
    for found in _NUMBER.finditer(words) if _DIGIT.search(words) else ():
        number = found[0] if found[0].isascii() else _western(found[0], words)
        if separator := found[1] or found[2]:
            number = number.replace(separator, "")
        yield number.replace(",", ".").replace("٫", ".")


def _western(number: str, words: str) -> str:
    """`number` in the digits 0 to 9, if all its digits are of one system and that system's letters are in `words`.

    A Bengali four looks like an eight to who reads French: such a number stays as it is, which equals no other.
    """
    zeros = {ord(digit) - unicodedata.decimal(digit) for digit in number if digit.isdecimal()}
    if len(zeros) != 1:
        return number
    zero = zeros.pop()
    script = zero >> 8
    if script and zero != _FULL_WIDTH_ZERO and not any(ord(c) >> 8 == script and c.isalpha() for c in words):
        return number
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in number)


def _same_numbers(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.numbers == found.numbers:
        return None
    if lost := Counter(wanted.numbers) - Counter(found.numbers):
        return f"The translation lost the number {_quoted(*lost)}. Write the same numbers as the English."
    if added := Counter(found.numbers) - Counter(wanted.numbers) - wanted.spelled:
        return f"The translation has the number {_quoted(*added)}, which the English has not. Remove it."
    return None


_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")
_PAIRED = re.compile(rf"{_EMPHASIS.pattern}|\[|\]")


def _crossed(rest: str) -> str | None:
    """The first mark of emphasis or bracket that has no partner, or crosses another pair."""
    opened: list[str] = []
    for found in _PAIRED.finditer(rest):
        mark, start, end = found[0], found.start(), found.end()
        if mark == "[":
            opened.append(mark)
        elif mark == "]" or mark in opened:
            if not opened or opened.pop() != ("[" if mark == "]" else mark):
                return mark
            if mark != "]" and rest[start - 1].isspace():
                return mark
        elif end == len(rest) or rest[end].isspace():
            return mark
        else:
            opened.append(mark)
    return opened[-1] if opened else None


def _same_emphasis(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.emphasis != found.emphasis and sorted(wanted.emphasis) != sorted(found.emphasis):
        return "The translation has other * or _ marks than the English. Keep them around the same words."
    if found.crossed and not wanted.crossed:
        return f"A {found.crossed} in the translation stands alone. Put it directly before or after the word it marks."
    return None


_BLOCK = re.compile(r"\s*(?:#{1,6}\s|>|[-+*]\s|\d+[.)]\s|!!!|\?\?\?|///|```|~~~|={3}|-{3}|:\s{1,3}(?=\S)|\|)")


def _no_block(wanted: _Kept, found: _Kept) -> str | None:
    if (start := _BLOCK.match(found.words)) and not _BLOCK.match(wanted.words):
        return f'The translation starts with "{start[0].strip()}", as if it were a new block. Remove it.'
    if found.words.count("\n") > wanted.words.count("\n"):
        return "The translation has a line break that the English has not. Write it as one line."
    return None


_WORD = re.compile(r"[^\W\d_]+")
_LATIN = "A-Za-z\u00c0-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff"
# Greek, Coptic, Cyrillic, Armenian, Cherokee, Lisu: scripts with letters that look Latin.
_TWIN = "\u0370-\u058f\u13a0-\u13ff\u1c80-\u1c8f\u1f00-\u1fff\u2c80-\u2cff\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf"
# Latin letters in a dress: in circles, of full width, from mathematics.
_DRESSED = (
    "\u2102\u210a-\u2115\u2119-\u211d\u2124\u212a-\u212d\u212f-\u2134\u24b6-\u24e9\uff21-\uff5a\U0001d400-\U0001d7ff"
    "\U0001f130-\U0001f189"
)
_ACCENTS = "[\u0300-\u036f]*"
_MAYBE_LOOK_ALIKE = re.compile(f"[{_TWIN}{_DRESSED}]")
_LOOK_ALIKE = re.compile(f"[{_LATIN}]{_ACCENTS}(?=[{_TWIN}])|[{_TWIN}]{_ACCENTS}(?=[{_LATIN}])|[{_DRESSED}]")
_LATIN_OF_TWIN = str.maketrans("АВЕԌНІЈКМОРԚЅТԜХУҮСΑΒΕΖΗΙΚΜΝΟΡΤΥΧՍՏՕ", "ABEGHIJKMOPQSTWXYYCABEZHIKMNOPTYXUSO")
_TWIN_WORD = re.compile(f"[{''.join(map(chr, _LATIN_OF_TWIN))}]{{2,}}")


def _no_look_alikes(wanted: _Kept, found: _Kept) -> str | None:
    rest = found.rest
    if not _MAYBE_LOOK_ALIKE.search(rest) or not (_LOOK_ALIKE.search(rest) or _TWIN_WORD.search(rest)):
        return None
    for word in rest.split():
        if word not in wanted.rest and (_LOOK_ALIKE.search(word) or not wanted.capitals.isdisjoint(_untwinned(word))):
            return f'"{_quoted(word)}" has letters of another script that look alike. Type it again in one script.'
    return None


def _untwinned(word: str) -> Iterator[str]:
    """What the words of capitals in `word` that look Latin would be in Latin."""
    return (twin.translate(_LATIN_OF_TWIN) for twin in _TWIN_WORD.findall(word))


def _not_the_english(wanted: _Kept, found: _Kept) -> str | None:
    if wanted.count > 5 and found.spelling == wanted.spelling:
        return "The translation is the English, unchanged. Translate it, or leave it empty."
    return None


_RULES: tuple[Rule, ...] = (
    _has_words,
    _no_hidden,
    _keeps("calls", "Copy it unchanged from the msgid."),
    _keeps("links", "Keep every link with its number."),
    _same_link_words,
    _keeps("code", "Copy it unchanged from the msgid."),
    _keeps("marks", "Copy it unchanged from the msgid."),
    _keeps("html", "Copy it unchanged from the msgid.", "Write words only."),
    _keeps("targets", "Keep the brackets as they are in the msgid."),
    _keeps("syntax", "Keep it as it is in the msgid."),
    _keeps("addresses", "Copy it unchanged from the msgid.", "Remove it, or put a space after a full stop."),
    _same_numbers,
    _same_emphasis,
    _no_block,
    _no_look_alikes,
    _not_the_english,
)
