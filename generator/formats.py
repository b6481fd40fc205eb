"""Write numbers, dates and lengths of time in the way of a language, from CLDR."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import urlsplit

import icu  # type: ignore[import-untyped]  # it has no types
from babel import Locale, dates, lists, numbers
from babel.dates import TIMEDELTA_UNITS
from markupsafe import Markup, escape

SECONDS = dict(TIMEDELTA_UNITS)
"""The length of a day, a month and a year in seconds, as Babel counts them: 2 months stay 2 months."""


def formats(locale: str) -> dict[str, Callable[..., Any]]:
    """Return the functions that templates of macros can call, by name. locale: the language, as Babel spells it."""
    # British dates begin with the day, which most readers of the English pages are used to.
    cldr = Locale.parse("en_GB" if locale == "en" else locale)

    def number(value: float) -> str:
        return numbers.format_decimal(value, locale=cldr)

    def percent(value: float) -> str:
        """Format a percentage. 70 becomes "70%"."""
        return numbers.format_percent(Decimal(str(value)) / 100, locale=cldr, decimal_quantization=False)

    def date(value: datetime.date) -> str:
        return dates.format_date(value, "long", locale=cldr)

    def duration(length: int, unit: Literal["day", "month", "year"]) -> str:
        """Format a length of time.

        This does not use `format_unit`, which ignores aliases in CLDR and returns "9 duration-month" in Arabic.
        """
        seconds = length * SECONDS[unit]
        return dates.format_timedelta(seconds, granularity=unit, threshold=math.inf, format="long", locale=cldr)

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
            return given
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
        "tag": lambda code: code.replace("_", "-"),
        "address": address,
    }


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
