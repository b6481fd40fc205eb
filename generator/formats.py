"""Write numbers, dates and lengths of time in the way of a language, from CLDR."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal
from urllib.parse import urlsplit

import icu  # type: ignore[import-untyped]  # it has no types
from babel import Locale, dates, lists, numbers
from babel.dates import TIMEDELTA_UNITS
from markupsafe import Markup, escape

from i18n.locales import lang_and_dir

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

SECONDS = dict(TIMEDELTA_UNITS)
"""The length of a day, a month and a year in seconds, as Babel counts them: 2 months stay 2 months."""


def formats(locale: str, language: Mapping[str, Any] | None = None) -> dict[str, Callable[..., Any]]:
    """Return the functions that templates of macros can call, by name.

    locale: the language, as Babel spells it.
    language: its entry in data/languages.yml, of which `numbering` and `calendar` are used.
    """
    # British dates begin with the day, which most readers of the English pages are used to.
    cldr = Locale.parse("en_GB" if locale == "en" else locale)
    numbering, calendar = ((language or {}).get(name, "") for name in ("numbering", "calendar"))
    digits = _digits(numbering)
    solar = _calendar(cldr, calendar) if calendar else None

    @cache
    def number(value: float) -> str:
        return numbers.format_decimal(value, locale=cldr, numbering_system=numbering or "latn").translate(digits)

    def percent(value: float) -> str:
        """Format a percentage. 70 becomes "70%"."""
        share = Decimal(str(value)) / 100
        system = numbering or "latn"
        written = numbers.format_percent(share, locale=cldr, decimal_quantization=False, numbering_system=system)
        # Babel writes the percent sign of the locale's default digits, whatever digits it is asked for.
        sign = cldr.number_symbols.get(numbering, {}).get("percentSign", "%")
        return written.translate(digits).replace("%", sign)

    @cache
    def date(value: datetime.date) -> str:
        """Format a date; if the language has another calendar too, in that one first."""
        common = dates.format_date(value, "long", locale=cldr).translate(digits)
        return f"{solar(value)} ({common})" if solar else common

    def duration(length: int, unit: Literal["day", "month", "year"]) -> str:
        """Format a length of time.

        This does not use `format_unit`, which ignores aliases in CLDR and returns "9 duration-month" in Arabic.
        """
        seconds = length * SECONDS[unit]
        written = dates.format_timedelta(seconds, granularity=unit, threshold=math.inf, format="long", locale=cldr)
        return written.translate(digits)

    symbols = icu.DateFormatSymbols(icu.Locale(str(cldr)))
    months: list[str] = symbols.getMonths(icu.DateFormatSymbols.STANDALONE, icu.DateFormatSymbols.WIDE)

    def month(number: int) -> str:
        """Return the name of a month, 1 to 12, in the form that it has outside of a date.

        This does not use Babel: once version 2.18 has named a month in Chinese, it returns Chinese names for many other
        languages.
        """
        return months[number - 1]

    def value(fact: dict[str, Any]) -> str:
        """Format the value of a fact by its type: date, length of time, percentage or number. Text is unchanged."""
        given, unit = fact["value"], fact.get("unit")
        if isinstance(given, datetime.date):
            return date(given)
        if isinstance(given, str):
            # A year is a number. Others are names that a reader may have to copy: "Rule 39", "C-505/19".
            return given.translate(digits) if _YEAR.fullmatch(given) else given
        if unit == "percent":
            return percent(given)
        return duration(given, unit) if unit else number(given)

    def language_name(code: str) -> str:
        """Return the name of a language in the language itself."""
        own = Locale.parse(code)
        name = own.get_display_name(own) or code
        return name[:1].title() + name[1:]

    return {
        "number": number,
        "percent": percent,
        "date": date,
        "duration": duration,
        "month": month,
        "value": value,
        "listing": lambda items: lists.format_list(list(items), locale=cldr),
        "language_name": language_name,
        "direction": lambda code: Locale.parse(code).text_direction,
        "lang_and_dir": lambda tag: Markup(lang_and_dir(str(tag))) if tag else "",
        "tag": lambda code: code.replace("_", "-"),
        "address": address,
    }


def _digits(numbering: str) -> dict[int, str]:
    """Return what replaces the digits 0 to 9 in a numbering system of CLDR ("arabext"); nothing if it is empty."""
    native = icu.NumberingSystem.createInstanceByName(numbering).getDescription() if numbering else ""
    return {ord("0") + value: digit for value, digit in enumerate(native)}


def _calendar(cldr: Locale, calendar: str) -> Callable[[datetime.date], str]:
    """Return the function that writes a date in a calendar of CLDR ("persian"), in the digits of the language."""
    form = icu.SimpleDateFormat("d MMMM y", icu.Locale(f"{cldr}@calendar={calendar}"))
    # A date is midnight in UTC here: in a zone west of it, the day before would be written.
    form.setTimeZone(icu.TimeZone.getGMT())
    return lambda value: form.format(datetime.datetime(value.year, value.month, value.day, tzinfo=datetime.UTC))


# The lists of sources of all pages have most addresses in common.
@cache
def address(url: str) -> Markup:
    """Return the address of another site as readers see it: its host on a screen, the whole address on paper.

    What is shown on paper only has the class `address`. It includes the scheme, because if somebody types the address
    without one, some browsers first send the path without encryption.
    """
    host = urlsplit(url).netloc.removeprefix("www.")
    if not host:
        return escape(url)
    before, _, after = url.partition(host)
    return _on_paper(before) + host + _on_paper(after)


def _on_paper(text: str) -> Markup:
    return Markup('<span class="address" data-search-exclude>{}</span>').format(text) if text else Markup("")
