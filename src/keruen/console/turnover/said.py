"""Periods, directions and figures of turnover as the reader's language writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from babel.dates import get_month_names
from babel.numbers import format_decimal, format_percent

from keruen.console.overview.tables import Reading
from keruen.mirror.turnover import Comparison, Flow, Length, Measure, Period
from keruen.mirror.turnover.period import HALF, QUARTER

ABSENT = "\N{EN DASH}"
PLACES = {Measure.USD_MLN: 1, Measure.NET_MASS_T: 1, Measure.CONSIGNMENTS: 0}
"""Decimals with which a figure is written."""


def period(reading: Reading, one: Period) -> str:
    """A period: *2021*, *2021, first half*, *2022, quarter 1*, *Jan 2026*, *2022, January – September*."""
    gettext = reading.texts.gettext
    match one.length:
        case Length.YEAR:
            return str(one.year)
        case Length.HALF:
            first = one.last == HALF
            text = gettext("%(year)s, first half") if first else gettext("%(year)s, second half")
            return text % {"year": one.year}
        case Length.QUARTER:
            number = one.last // QUARTER
            return gettext("%(year)s, quarter %(number)s") % {"year": one.year, "number": number}
        case Length.MONTH:
            return reading.month(date(one.year, one.first, 1))
        case _:
            return f"{one.year}, {month(reading, one.first)} \N{EN DASH} {month(reading, one.last)}"


def month(reading: Reading, number: int) -> str:
    """The name of a month that stands within a text; English alone writes it with a capital letter."""
    names = get_month_names("wide", "stand-alone", locale=reading.texts.locale)
    name = str(names[number])
    return name if reading.texts.language == "en" else name.lower()


def flow(reading: Reading, one: Flow) -> str:
    """A direction: *Kazakhstan → Tajikistan*; *Turnover: Kazakhstan – Tajikistan*."""
    first, second = reading.texts.country(one.first), reading.texts.country(one.second)
    if not one.both:
        return f"{first} \N{RIGHTWARDS ARROW} {second}"
    return reading.texts.gettext("Turnover: %(one)s – %(other)s") % {"one": first, "other": second}


def amount(reading: Reading, value: Decimal | None, measure: Measure) -> str:
    """A figure in the unit of its measure."""
    if value is None:
        return ABSENT
    form = "#,##0" + ".0" * PLACES[measure]
    return str(format_decimal(value, form, locale=reading.texts.locale))


def ratio(reading: Reading, value: Decimal | None) -> str:
    """A ratio, with three decimals."""
    if value is None:
        return ABSENT
    return str(format_decimal(value, "#,##0.000", locale=reading.texts.locale))


def growth(reading: Reading, value: Decimal | None) -> str:
    """A growth in per cent, with its sign."""
    if value is None:
        return ABSENT
    form = "+#,##0.0 %;\N{MINUS SIGN}#,##0.0 %"
    return str(format_percent(value, form, locale=reading.texts.locale))


def signed(reading: Reading, value: Decimal | None, measure: Measure) -> str:
    """A difference, with its sign."""
    if value is None or not round(value, PLACES[measure]):
        return amount(reading, value and abs(value), measure)
    sign = "+" if value > 0 else "\N{MINUS SIGN}"
    return sign + amount(reading, abs(value), measure)


def reporter(reading: Reading, one: Comparison, *, second: bool) -> str:
    """Who reports, and what: *Kazakhstan (exports)*."""
    gettext = reading.texts.gettext
    name = reading.texts.country((one.second if second else one.first).reporter)
    if one.flow.both:
        return name
    return (gettext("%(country)s (imports)") if second else gettext("%(country)s (exports)")) % {
        "country": name
    }
