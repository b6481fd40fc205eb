"""Find the numbers in a text of any language: in digits of any system, in words, and with what they count."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import icu  # type: ignore[import-untyped]  # it has no types

from i18n.characters import DIGITS, DRESSED_DIGITS, EAST_ASIAN, HAN_AT_HOME, HAN_DIGITS, RIGHT_TO_LEFT, SPACELESS

# ── in digits ────────────────────────────────────────────────────────────────────────────────────────────────────────

_GROUPED = r"\d{1,3}(?:([,.٬'’\u00a0\u2009\u202f ])\d{3})(?:\1\d{3})*(?!\d)|\d{1,2}(?:(,)\d\d)+,\d{3}(?!\d)"
NUMBER = rf"(?:(?:{_GROUPED}|\d+)(?:[.,٫]\d+)?)"
"""Matches a number in decimal digits, with separators of groups and decimals. The pattern has two groups."""

GAP = r"[\s\u200c\u2010\u2011*_-]"
"""Matches what may separate the words of a number, or a number and what it counts: spaces, hyphens, emphasis."""

_DIGIT = re.compile(f"[{DIGITS}]")
_PLAIN_NUMBER = re.compile(NUMBER)
_NUMBER = re.compile(rf"{NUMBER}|[{DRESSED_DIGITS}]")
_HAN = re.compile(f"[{HAN_DIGITS}]+")
_FULL_WIDTH_ZERO = 0xFF10


def values(words: str, is_plain: bool = False) -> Iterator[str]:
    """Yield the values of all numbers in `words`: "13,048", "13 048", "13.048" and "١٣٬٠٤٨" have the same value.

    A number that is not in decimal digits ("⑨", "Ⅸ") is its own value. Chinese numerals in a Chinese text are left to
    the functions for number words.

    is_plain: whether all numbers are in decimal digits.
    """
    if is_plain and not _DIGIT.search(words):
        return
    words = _FULL_DATE.sub(_parted, words)
    for found in (_PLAIN_NUMBER if is_plain else _NUMBER).finditer(words):
        number = found[0] if found[0].isascii() else _western(found[0], words)
        if separator := found[1] or found[2]:
            number = number.replace(separator, "")
        yield number.replace(",", ".").replace("٫", ".")
    if not is_plain and not HAN_AT_HOME.search(words):
        yield from _HAN.findall(words)


def _western(number: str, words: str) -> str:
    """Return `number` in the digits 0 to 9, if its digits are of one system and `words` has letters of its script.

    Otherwise the number is returned unchanged, and so differs from every other: a Bengali four looks like an eight to
    a reader of French.
    """
    zeros = {ord(digit) - unicodedata.decimal(digit) for digit in number if digit.isdecimal()}
    if len(zeros) != 1:
        return number
    zero = zeros.pop()
    script = zero >> 8
    if script and zero != _FULL_WIDTH_ZERO and not any(ord(c) >> 8 == script and c.isalpha() for c in words):
        return number
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in number)


_FULL_DATE = re.compile(
    r"(?<![\d.])(?:(\d{4})([-/.])[0٠۰]?(\d{1,2})\2[0٠۰]?(\d{1,2})|[0٠۰]?(\d{1,2})([-/.])[0٠۰]?(\d{1,2})\6(\d{4}))(?!\d)"
)


def _parted(date: re.Match[str]) -> str:
    """Return the year, month and day of a date as separate numbers, so that "03.05.2026" has those of "2026-05-03"."""
    return " ; ".join(part for part in date.groups() if part and part.isdecimal())


_DATE = re.compile(r"(?<!\d)(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")


def dates(words: str) -> list[tuple[int, ...]]:
    """Return all dates in digits as (year, month, day). "2.5.2026" and "02/05/2026" are read as 2 May, as in Europe."""
    found = [tuple(int(date[part]) for part in (1, 3, 4)) for date in _DATE.finditer(words)]
    return [date if date[0] > 31 else date[::-1] for date in found if date[0] > 31 or date[-1] > 31]


_MINUS = re.compile(r"(?:(?<!\S)|(?<=[(«\"“]))[-\u2212\u2010-\u2013\ufe63\uff0d](?=\d)|\u2212\s?(?=\d)")


def negatives(words: str) -> int:
    """Return how many numbers in `words` have a minus."""
    return len(_MINUS.findall(words))


# Unicode's bidirectional algorithm joins digits only across a comma, full stop, colon or no-break space.
_TORN = re.compile(r"(?<!\d)\d{1,3}(?:[ '’\u2009\u2008]\d{3})+(?!\d)")
_TURNED = re.compile(f"[{RIGHT_TO_LEFT}]")


def torn(words: str) -> str | None:
    """Return the first number whose groups change places in a right-to-left line: "13 048" would be read "048 13"."""
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
# Words that are often not numbers: "one", "first", or a second as a length of time.
_UNSURE = {"zero", "one", "first", "once", "second"}
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_LARGER = re.compile(
    r"\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty\b|\b(?:thir|four|fif|six|seven|eigh|nine)teen\b"
    r"|\b(?:hundred|thousand|million|billion|dozen|fortnight|hal(?:f|ves)|quarter|thirds|fifths|tenths)s?\b",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"\b(?:an?|one|single|only|sole|each|every|per)\b", re.IGNORECASE)


def english(words: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the number words of an English text: value, word, and whether the word is always a number."""
    for word in _WORD.findall(words):
        if (value := _SPELLED.get(small := word.lower())) is not None:
            yield value, word, small not in _UNSURE


def has_larger(words: str) -> bool:
    """Return whether an English text has number words above twelve, or fractions: small ones may be parts of them."""
    return _LARGER.search(words) is not None


def spelled(words: str, pattern: re.Pattern[str], language: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the number words in `words` that `pattern` finds: value, word, and whether it is the whole number.

    pattern: `Language.numbers`. language: CLDR's spelling, "zh_Hans".
    """
    for found in pattern.finditer(words):
        yield int((found.lastgroup or "n0")[1:]), found[0], stands_alone(words, *found.span(), language)


def counted_words(words: str, pattern: re.Pattern[str], language: str) -> Iterator[tuple[str, str]]:
    """Yield each number word with what it counts: ("9", "month").

    pattern: `Language.counted`. language: CLDR's spelling, "zh_Hans".
    """
    for found in pattern.finditer(words):
        value, kind = (name for name, text in found.groupdict().items() if text is not None)
        if stands_alone(words, found.start(), found.end(value), language):
            yield value[1:], kind


def counted(words: str, pattern: re.Pattern[str]) -> Counter[tuple[str, str]]:
    """Return each number in digits with what it counts, ("9", "month"). pattern: `Language.units`."""
    return Counter(
        (next(values(found[0])), found.lastgroup or "") for found in pattern.finditer(words) if found.lastgroup
    )


_ENGLISH_KINDS = (
    r"(?P<minute>minutes?|min\b)|(?P<hour>hours?)|(?P<day>days?)|(?P<week>weeks?)|(?P<month>months?)|(?P<year>years?)"
    r"|(?P<thousand>thousand)|(?P<million>million)|(?P<billion>billion)|(?P<percent>%|per ?cent\b)"
)
ENGLISH_UNITS = re.compile(rf"{NUMBER}{GAP}*(?:{_ENGLISH_KINDS})", re.IGNORECASE)
_ENGLISH_COUNTED = re.compile(
    rf"(?<![\w-])(?P<word>{'|'.join(sorted(_SPELLED.keys() - _UNSURE))}){GAP}+(?:{_ENGLISH_KINDS})", re.IGNORECASE
)


def english_units(words: str) -> Counter[tuple[str, str]]:
    """Return each number of an English text, in digits or as a word up to twelve, with what it counts."""
    found = counted(words, ENGLISH_UNITS) if _DIGIT.search(words) else Counter()
    if not _SPELLED.keys().isdisjoint(_LETTERS.findall(words.lower())):
        found.update(
            (str(_SPELLED[each["word"].lower()]), each.lastgroup or "") for each in _ENGLISH_COUNTED.finditer(words)
        )
    return found


TIMES = frozenset({"minute", "hour", "day", "week", "month", "year"})


def _is_small(number: str) -> bool:
    return number.isdecimal() and len(number) <= 2


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_AFTERNOON = re.compile(r"\bp\.? ?m\b", re.IGNORECASE)
_HALF_DAY = re.compile(r"\b[ap]\.? ?m\b", re.IGNORECASE)


def same_otherwise(lost: str, words: str, wanted: str, language: str) -> bool:
    """Return whether `words` have the number `lost` of the English `wanted` in another form.

    Other forms are a word, Roman numerals, and the hour on a 24-hour clock.

    language: CLDR's spelling, "zh_Hans".
    """
    number = int(lost) if lost == "100" or _is_small(lost) else 0
    if number < 2:
        return False
    if _AFTERNOON.search(wanted) and re.search(rf"(?<!\d){number + 12}(?!\d)", words):
        return True
    if re.search(rf"(?<![^\W\d_]){_roman(number)}(?:e|er|ème|è|º|ª|\.)?(?![^\W\d_])", words):
        return True
    pattern = _spellings(number, language)
    return pattern is not None and any(
        stands_alone(words, *found.span(), language) for found in pattern.finditer(words)
    )


def is_clock(added: str, number: str, words: str, wanted: str) -> bool:
    """Return whether `added` is the English hour `number` p.m. on a 24-hour clock, or the minutes of such a time."""
    if added == "00":
        return _HALF_DAY.search(wanted) is not None and re.search(r"(?<!\d)\d\d?:00(?!\d)", words) is not None
    return (
        _is_small(added)
        and _is_small(number)
        and int(added) == int(number) + 12
        and _AFTERNOON.search(wanted) is not None
    )


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENGLISH_MONTH = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>{'|'.join(_MONTHS)})\b(?:\s+(?P<last>\d{{1,2}})\b)?"
    r"(?:,?\s+(?P<year>\d{4}))?"
)


def english_months(words: str) -> Iterator[int]:
    """Yield the months that an English text names with a day or a year. "May" alone may be a verb."""
    for found in _ENGLISH_MONTH.finditer(words) if _DIGIT.search(words) else ():
        if found["day"] or found["last"] or found["year"]:
            yield _MONTHS.index(found["month"]) + 1


def is_month(added: str, words: str, wanted: str) -> bool:
    """Return whether `added` is the number of a month that the English names: 5月, 5월, 3.5.2026."""
    if not _is_small(added) or int(added) not in english_months(wanted):
        return False
    return re.search(rf"(?<!\d){added}\s?[月월]", words) is not None or int(added) in {date[1] for date in dates(words)}


def months(words: str, language: str) -> set[int]:
    """Return the months that a text names beside a number, in the words of its language."""
    pattern, names = _month_names(language)
    found = pattern.finditer(words) if pattern else ()
    return {names[(each["month"] or each["other"]).lower()] for each in found}


@cache
def _month_names(language: str) -> tuple[re.Pattern[str] | None, dict[str, int]]:
    if language not in _CLDR:
        return None, {}
    symbols = icu.DateFormatSymbols(icu.Locale(language))
    names = {
        name.lower(): number
        for context in (symbols.FORMAT, symbols.STANDALONE)
        for number, name in enumerate(symbols.getMonths(context, symbols.WIDE), start=1)
        if len(name) > 2 and not _DIGIT.search(name) and not _SPACELESS.search(name)
    }
    if not names:
        return None, {}
    month = rf"(?P<month>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
    found = rf"\d(?:er|\.|º|-го)?\s(?:de\s)?{month}(?!\w)|(?<!\w){month.replace('month', 'other')}\s(?:del?\s)?\d"
    return re.compile(found, re.IGNORECASE), names


def is_single(number: str, words: str, wanted: str) -> bool:
    """Return whether the number is a 1 before a Chinese, Japanese or Korean counter, for "a", "one" or "single"."""
    return number == "1" and bool(re.search(rf"(?<!\d)[1１][{EAST_ASIAN}]", words)) and bool(_SINGLE.search(wanted))


def _roman(number: int) -> str:
    letters = []
    for value, letter in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), *_ROMAN):
        while number >= value:
            letters.append(letter)
            number -= value
    return "".join(letters)


@cache
def _spellings(number: int, language: str) -> re.Pattern[str] | None:
    """Return a pattern for a number as CLDR writes it in words: cardinal and ordinal, in each gender and case."""
    words = sorted(_spelled_out(number, language, "%spellout"), key=len, reverse=True)
    if not words:
        return None
    # Spaces and hyphens are interchangeable: "trente et un", "trente-et-un".
    found = "|".join(f"{GAP}+".join(map(re.escape, _PART.split(word))) for word in words)
    return re.compile(found if _is_spaceless(words) else rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


_PART = re.compile(f"{GAP}+")
_HAN_DIGIT = re.compile(f"[{HAN_DIGITS}]")


def _spelled_out(number: int, language: str, rules: str) -> set[str]:
    """Return the ways to write a number in words by the CLDR rules whose names begin with `rules`."""
    formatter = _formatter(language)
    if formatter is None:
        return set()
    names = map(formatter.getRuleSetName, range(formatter.getNumberOfRuleSetNames()))
    found = {formatter.format(number, name) for name in names if name.startswith(rules) and "year" not in name}
    return {word.replace("\u00ad", "").lower() for word in found if not _DIGIT.search(word)}


@cache
def _formatter(language: str) -> icu.RuleBasedNumberFormat | None:
    if not language or language not in _CLDR:
        return None
    return icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))


def _is_spaceless(words: Iterable[str]) -> bool:
    return any(_SPACELESS.search(word) for word in words)


_SPACELESS = re.compile(f"[{SPACELESS}]")
_TENS = (*range(20, 100, 10), *range(100, 1000, 100), *range(1000, 10000, 1000), 10**6, 2 * 10**6, 5 * 10**6, 10**9)


@dataclass(frozen=True)
class _Numerals:
    """The words that the numbers of a language consist of, in lower case, or Han characters in a spaceless language.

    ones: the words for one, which may be articles.
    small: the words of the numbers up to twelve.
    large: the words of larger numbers.
    joins: the words that join two of them in a number, such as French "et".
    spaceless: whether the language writes numbers without spaces.
    row: a regex that finds such words in a row, with only spaces, hyphens and joining words between them.
    """

    ones: frozenset[str]
    small: frozenset[str]
    large: frozenset[str]
    joins: frozenset[str]
    spaceless: bool
    row: str


def _otherwise_spelled(word: str) -> str:
    """Return an Arabic numeral in its other case and with the other spelling of "hundred"."""
    return re.sub("(?:ون|ان)$", "ين", word).replace("مائ", "مئ")


def _years(language: str) -> set[str]:
    """Return the words of "three years". In Vietnamese, the word for "year" is also the word for five."""
    if language not in _CLDR:
        return set()
    formatter = icu.MeasureFormat(icu.Locale(language), icu.UMeasureFormatWidth.WIDE)
    return set(formatter.formatMeasure(icu.Measure(3, icu.MeasureUnit.createYear())).lower().split())


@cache
def _numerals(language: str) -> _Numerals:
    split: Callable[[str], Iterable[str]] = _PART.split
    cardinals = {value: _spelled_out(value, language, "%spellout-cardinal") for value in (*range(1, 100), *_TENS)}
    spaceless = _is_spaceless(set().union(*cardinals.values()))
    if spaceless:
        split = _HAN_DIGIT.findall
    else:
        # "The first three" are two numbers, "seven hundredth" is one.
        for value in _TENS:
            ordinals = _spelled_out(value, language, "%spellout-ordinal")
            cardinals[value] |= {word for word in ordinals if not _PART.search(word)}
    parts = {value: [tuple(split(word)) for word in words] for value, words in cardinals.items()}
    for words in parts.values():
        words += [tuple(map(_otherwise_spelled, word)) for word in words]
    inner = {part for words in parts.values() for word in words for part in word[1:-1]}
    outer = {part for words in parts.values() for word in words for part in (*word[:1], *word[-1:])} - _years(language)
    small = {part for value in range(1, 13) for word in parts[value] for part in word} & outer
    zero = {part for word in _spelled_out(0, language, "%spellout-numbering") for part in split(word)}
    ones = {part for word in parts[1] for part in word}
    joins = set() if spaceless else inner - outer
    each = "|".join(map(re.escape, sorted((inner | outer | zero) - joins, key=len, reverse=True)))
    between = rf"{GAP}+(?:(?:{'|'.join(map(re.escape, joins))}){GAP}+)?" if joins else f"{GAP}+"
    row = rf"(?:{each})+" if spaceless else rf"(?<!\w)(?:{each})(?:{between}(?:{each}))*(?!\w)"
    return _Numerals(
        frozenset(ones),
        frozenset(small - joins),
        frozenset((inner | outer) - small - joins),
        frozenset(joins),
        spaceless,
        row,
    )


# Compiled only for `unasked`, which no build asks: for Russian it takes four times as long as all the rest.
@cache
def _row(language: str) -> re.Pattern[str]:
    return re.compile(_numerals(language).row, re.IGNORECASE)


def unasked(words: str, wanted: str, language: str) -> str | None:
    """Return number words that the English `wanted` has neither in words nor in digits; None without any.

    Only three or more words in a row count, or one for a number above twelve.
    """
    numerals = _numerals(language)
    if not numerals.small or has_larger(wanted):
        return None
    for number in values(wanted, True):
        if number.isdecimal() and 2 <= len(number) < 10 and (pattern := _spellings(int(number), language)):
            words = pattern.sub("", words)
    for row in _row(language).finditer(words):
        split = list(row[0]) if numerals.spaceless else _PART.split(row[0].lower())
        parts = [part for part in split if part not in numerals.joins]
        if numerals.spaceless:
            is_large = any(one in numerals.small and two in numerals.large for one, two in pairwise(parts))
        else:
            is_large = any(part in numerals.large for part in parts)
        if is_large or len(parts) > 2:
            return row[0]
    return None


_BEFORE = re.compile(rf"(?:([^\W\d_]+){GAP}+)?([^\W\d_]+){GAP}+$")
_AFTER = re.compile(rf"{GAP}+([^\W\d_]+)(?:{GAP}+([^\W\d_]+))?")
_LONGEST = 40


def stands_alone(words: str, start: int, end: int, language: str) -> bool:
    """Return whether the number word from `start` to `end` is a whole number: no "twenty" or "hundred" is beside it."""
    numerals = _numerals(language)
    left, right = words[max(0, start - _LONGEST) : start].lower(), words[end : end + _LONGEST].lower()
    if numerals.spaceless:
        beside = left.rstrip("*_")[-1:] + right.lstrip("*_")[:1]
        return not any(each in numerals.small or each in numerals.large for each in beside)
    before, after = _BEFORE.search(left), _AFTER.match(right)
    number = set(_PART.split(words[start:end].lower()))
    # A word for one may be an article before a small number ("a two"), but not before a large one ("one hundred").
    is_article = before is not None and before[2] in numerals.ones and not number & numerals.large
    return not (
        (before and not is_article and _continues(before[2], before[1], number, numerals))
        or (after and _continues(after[1], after[2], number, numerals))
    )


def _continues(beside: str, beyond: str | None, number: set[str], numerals: _Numerals) -> bool:
    """Return whether the word beside a number word, or the one beyond a joining word, belongs to the same number.

    "Three and four" are two numbers, "thirty and four" is one.
    """
    if beside in numerals.small or beside in numerals.large:
        return True
    if beside not in numerals.joins or beyond is None:
        return False
    return (beyond in numerals.large and not number & numerals.large) or (
        beyond in numerals.small and bool(number & numerals.large)
    )


_CLDR = frozenset(icu.Locale.getAvailableLocales())
