"""Numbers, dates and lengths of time as a language writes them, from CLDR."""

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
"""What Babel takes a day, a month and a year to be, in seconds, so that the length comes out as it went in."""


def formats(locale: str) -> dict[str, Callable[..., Any]]:
    """What a macro's template can call, for one locale (Babel's spelling)."""
    # The day first, as most readers of English here know it.
    cldr = Locale.parse("en_GB" if locale == "en" else locale)

    def number(value: float) -> str:
        return numbers.format_decimal(value, locale=cldr)

    def percent(value: float) -> str:
        """`value` in hundredths: 70 is 70 %."""
        return numbers.format_percent(Decimal(str(value)) / 100, locale=cldr, decimal_quantization=False)

    def date(value: datetime.date) -> str:
        return dates.format_date(value, "long", locale=cldr)

    def duration(length: int, unit: Literal["day", "month", "year"]) -> str:
        """Not by `format_unit`, which misses CLDR's aliases and says "9 duration-month" in Arabic."""
        seconds = length * SECONDS[unit]
        return dates.format_timedelta(seconds, granularity=unit, threshold=math.inf, format="long", locale=cldr)

    symbols = icu.DateFormatSymbols(icu.Locale(str(cldr)))
    months: list[str] = symbols.getMonths(icu.DateFormatSymbols.STANDALONE, icu.DateFormatSymbols.WIDE)

    def month(number: int) -> str:
        """The name of a month, 1 to 12, standing alone.

        Not by Babel 2.18: after Chinese, it gives Chinese names for many other languages.
        """
        return months[number - 1]

    def value(fact: dict[str, Any]) -> str:
        """A fact's value by what it is: a date, a length of time, a percentage, a number, or text as it stands."""
        given, unit = fact["value"], fact.get("unit")
        if isinstance(given, datetime.date):
            return date(given)
        if isinstance(given, str):
            return given
        if unit == "percent":
            return percent(given)
        return duration(given, unit) if unit else number(given)

    def language_name(code: str) -> str:
        """The name of a language in itself."""
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
    """An outside address as a reader sees it: its host on a screen, all of it on paper (class `address`).

    With its scheme on paper, too: typed without, some browsers send the path unencrypted first.
    """
    host = urlsplit(url).netloc.removeprefix("www.")
    if not host:
        return escape(url)
    before, _, after = url.partition(host)
    return _on_paper(before) + host + _on_paper(after)


def _on_paper(text: str) -> Markup:
    return Markup('<span class="address" data-search-exclude>{}</span>').format(text) if text else Markup("")
