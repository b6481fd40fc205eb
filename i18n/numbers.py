"""Numbers in words of any language: in digits of any system, in words, with what they count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import icu  # type: ignore[import-untyped]  # it has no types

from i18n.characters import DIGITS, DRESSED_DIGITS, EAST_ASIAN, HAN_DIGITS, RIGHT_TO_LEFT, SPACELESS

# ── in digits ────────────────────────────────────────────────────────────────────────────────────────────────────────

_GROUPED = r"\d{1,3}(?:([,.٬'’\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})*(?!\d)|\d{1,2}(?:(,)\d\d)+,\d{3}(?!\d)"
NUMBER = rf"(?:(?:{_GROUPED}|\d+)(?:[.,٫]\d+)?)"
"""A number in decimal digits, with the separators of groups and decimals. It has two groups of its own."""

_DIGIT = re.compile(f"[{DIGITS}]")
_PLAIN_NUMBER = re.compile(NUMBER)
_NUMBER = re.compile(rf"{NUMBER}|[{DRESSED_DIGITS}]")
_HAN = re.compile(f"[{HAN_DIGITS}]+")
_HAN_AT_HOME = re.compile(f"(?![{HAN_DIGITS}])[{EAST_ASIAN}]")
_FULL_WIDTH_ZERO = 0xFF10


def values(words: str, is_plain: bool = False) -> Iterator[str]:
    """The values of all numbers in `words`, in any digits: "13,048", "13 048", "13.048" and "١٣٬٠٤٨" are one value.

    What is not in decimal digits ("⑨", "Ⅸ") has only itself for a value; Chinese numerals are words in Chinese.
    is_plain: there is nothing but decimal digits.
    """
    if is_plain and not _DIGIT.search(words):
        return
    for found in (_PLAIN_NUMBER if is_plain else _NUMBER).finditer(words):
        number = found[0] if found[0].isascii() else _western(found[0], words)
        if separator := found[1] or found[2]:
            number = number.replace(separator, "")
        yield number.replace(",", ".").replace("٫", ".")
    if not is_plain and not _HAN_AT_HOME.search(words):
        yield from _HAN.findall(words)


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


_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")


def dates(words: str) -> list[tuple[int, ...]]:
    """All dates in digits as (year, month, day); "2.5.2026" and "02/05/2026" are read as Europe reads them."""
    found = [tuple(int(date[part]) for part in (1, 3, 4)) for date in _DATE.finditer(words)]
    return [date if date[0] > 31 else date[::-1] for date in found if date[0] > 31 or date[-1] > 31]


_MINUS = re.compile(r"(?:(?<!\S)|(?<=[(«\"“]))[-\u2212\u2010-\u2013\ufe63\uff0d](?=\d)|\u2212\s?(?=\d)")


def negatives(words: str) -> int:
    """How many numbers in `words` have a minus."""
    return len(_MINUS.findall(words))


# By the bidirectional algorithm only a comma, a full stop, a colon or a no-break space joins the digits around it.
_TORN = re.compile(r"(?<!\d)\d{1,3}(?:[ '’\u2009\u2008]\d{3})+(?!\d)")
_TURNED = re.compile(f"[{RIGHT_TO_LEFT}]")


def torn(words: str) -> str | None:
    """A number whose groups change places on a line from right to left: "13 048" would be read "048 13"."""
    found = _TORN.search(words)
    return found[0] if found and _TURNED.search(words) else None


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────────────

_SPELLED = {
    word: value
    for value, words in enumerate(
        (
            *("zero", "one first once", "two second twice", "three third", "four fourth", "five fifth", "six sixth"),
            *("seven seventh", "eight eighth", "nine ninth", "ten tenth", "eleven eleventh", "twelve twelfth"),
        )
    )
    for word in words.split()
}
# "One" and "first" may be anything, a second is a time.
_UNSURE = {"zero", "one", "first", "once", "second"}
_ENGLISH = re.compile(rf"\b(?:{'|'.join(_SPELLED)})\b", re.IGNORECASE)
_LARGER = re.compile(
    r"\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b|\b(?:thir|four|fif|six|seven|eigh|nine)teen\b"
    r"|\b(?:hundred|thousand|million|billion|dozen|fortnight|hal(?:f|ves)|quarter|thirds|fifths|tenths)s?\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"\b(?:an?|one|single|only|sole|each|every|per)\b", re.IGNORECASE)


def english(words: str) -> Iterator[tuple[int, str, bool]]:
    """The number words of an English text: value, word, and whether it can mean nothing else."""
    for found in _ENGLISH.finditer(words):
        yield _SPELLED[found[0].lower()], found[0], found[0].lower() not in _UNSURE


def has_larger(words: str) -> bool:
    """Whether an English text has number words beyond twelve, or fractions: small ones may be parts of them."""
    return _LARGER.search(words) is not None


def spelled(words: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """The number words in `words` by the list of its language: value and word."""
    for found in pattern.finditer(words):
        yield int((found.lastgroup or "n0")[1:]), found[0]


def counted(words: str, pattern: re.Pattern[str]) -> Counter[tuple[str, str]]:
    """Each number in digits with what it counts, ("9", "month")."""
    return Counter(
        (next(values(found[0])), found.lastgroup or "") for found in pattern.finditer(words) if found.lastgroup
    )


ENGLISH_UNITS = re.compile(
    rf"{NUMBER}[\s-]*(?:(?P<minute>minutes?|min\b)|(?P<hour>hours?)|(?P<day>days?)|(?P<week>weeks?)|(?P<month>months?)"
    r"|(?P<year>years?)|(?P<thousand>thousand)|(?P<million>million)|(?P<billion>billion)|(?P<percent>%|per ?cent\b))",
    re.IGNORECASE,
)
TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_AFTERNOON = re.compile(r"\bp\.? ?m\b", re.IGNORECASE)


def same_otherwise(lost: str, words: str, wanted: str, language: str) -> bool:
    """Whether `words` say the number `lost` of the English `wanted` in another way: as a word, in Roman numerals,
    on a clock of 24 hours. language: as CLDR spells it."""
    if not lost.isdecimal() or not 1 < int(lost) <= 100:
        return False
    number, lowered = int(lost), words.lower()
    if _AFTERNOON.search(wanted) and re.search(rf"(?<!\d){number + 12}(?!\d)", words):
        return True
    if re.search(rf"(?<![^\W\d_]){_roman(number)}(?:e|er|ème|è|º|ª|\.)?(?![^\W\d_])", words):
        return True
    return any(
        spelling in lowered
        if re.search(f"[{SPACELESS}]", spelling)
        else re.search(rf"(?<!\w){re.escape(spelling)}(?!\w)", lowered)
        for spelling in _spellings(number, language)
    )


def is_clock(added: str, number: str, wanted: str) -> bool:
    """Whether `added` is the hour `number` of an English afternoon on a clock of 24 hours."""
    return (
        added.isdecimal()
        and number.isdecimal()
        and int(added) == int(number) + 12
        and _AFTERNOON.search(wanted) is not None
    )


def is_single(number: str, words: str, wanted: str) -> bool:
    """Whether the number is a 1 before a Chinese, Japanese or Korean counter, for "a", "one" or "single"."""
    return number == "1" and bool(re.search(rf"(?<!\d)[1１][{EAST_ASIAN}]", words)) and bool(_SINGLE.search(wanted))


def _roman(number: int) -> str:
    letters = []
    for value, letter in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), *_ROMAN):
        while number >= value:
            letters.append(letter)
            number -= value
    return "".join(letters)


@cache
def _spellings(number: int, language: str) -> frozenset[str]:
    """All ways in which CLDR writes a number as a word: cardinal and ordinal, of each gender and case."""
    if not language or language not in _CLDR:
        return frozenset()
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))
    names = [rules.getRuleSetName(position) for position in range(rules.getNumberOfRuleSetNames())]
    return frozenset(
        rules.format(number, name).replace("\u00ad", "").lower()
        for name in names
        if name.startswith("%spellout") and "year" not in name
    )


_CLDR = frozenset(icu.Locale.getAvailableLocales())
