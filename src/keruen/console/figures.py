"""Numbers, masses, times and spans of time as the reader's language writes them.

Times are shown in the administration's own time, whatever zone they came in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

from keruen.console.texts import Texts

MINUTE = timedelta(minutes=1)
_MASSES = ("gross-mass-differs", "net-mass-differs")
_COUNTS = ("quantity-short", "quantity-over")
_TIMES = ("not-arrived", "arrived-late")
_COUNTRIES = ("other-origin",)
_LONG_DAY = {"tg": "d MMMM'и соли' y"}
"""Where Unicode's locale data have no form of a sentence: *24 ноябри соли 2026*, months in lower case."""
_NUMBER = re.compile(r"\d+(\.\d+)?")
_MEASURE = re.compile(r"(\d+(?:\.\d+)?) (kg|packages|h|%)")


@dataclass(frozen=True, slots=True)
class Figures:
    """How figures are written in one language.

    Args:
        texts: the language.
        zone: offset of the administration's own time.
    """

    texts: Texts
    zone: timezone

    def clock(self, moment: datetime, zone: timezone | None = None) -> str:
        """Hours and minutes: ``01:40``; in another zone than the administration's, if one is given."""
        local = moment.astimezone(zone or self.zone)
        return _written("Hm", datetime(1970, 1, 1, local.hour, local.minute), self.texts.locale)  # noqa: DTZ001 - only its hands

    def day(self, moment: datetime | date, zone: timezone | None = None) -> str:
        """Day and month: ``24 Nov``."""
        local = moment.astimezone(zone or self.zone) if isinstance(moment, datetime) else moment
        plain = date(local.year, local.month, local.day)
        return self._months(_written("MMMd", plain, self.texts.locale))

    def long_day(self, moment: datetime | date) -> str:
        """Day, month and year in full."""
        local = self.local(moment) if isinstance(moment, datetime) else moment
        form = _LONG_DAY.get(self.texts.language, "long")
        return self._months(format_date(local, form, locale=self.texts.locale))

    def _months(self, text: str) -> str:
        return text.lower() if self.texts.language in _LONG_DAY else text

    def local(self, moment: datetime) -> datetime:
        """The moment in the administration's time."""
        return moment.astimezone(self.zone)

    def offset(self, zone: timezone | None = None) -> str:
        """A zone, the administration's if none is given, as its offset: ``UTC+5``, ``UTC+5:30``."""
        minutes = int(((zone or self.zone).utcoffset(None) or timedelta(0)).total_seconds()) // 60
        hours, rest = divmod(abs(minutes), 60)
        sign = "+" if minutes >= 0 else "\N{MINUS SIGN}"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")

    def number(self, value: Decimal | float | str) -> str:
        """A number with the language's separators; what is no number stays as it is."""
        try:
            return _number(Decimal(value), self.texts.locale)
        except InvalidOperation:
            return str(value)

    def octets(self, size: int) -> str:
        """The size of a file: in bytes while it is small, then in kB, MB or GB of a thousand each."""
        units = ("byte", "kB", "MB", "GB")
        power = min((len(str(size)) - 1) // 3, len(units) - 1)
        value = round(Decimal(size) / 1000**power, 1 if power else 0)
        return f"{self.number(value)}\N{NO-BREAK SPACE}{self.texts.label(units[power], 'unit')}"

    def mass(self, value: Decimal | str) -> str:
        """A mass given in kg."""
        return f"{self.number(value)}\N{NO-BREAK SPACE}{self.texts.label('kg', 'unit')}"

    def span(self, length: timedelta) -> str:
        """A span in its two largest units: ``1 d 4 h``, ``3 h 20 min``, ``7 min``."""
        minutes = abs(length) // MINUTE
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        gettext = self.texts.gettext
        if days:
            text = gettext("%(days)d d %(hours)d h") if hours else gettext("%(days)d d")
        elif hours:
            text = gettext("%(hours)d h %(minutes)d min") if minutes else gettext("%(hours)d h")
        else:
            text = gettext("%(minutes)d min")
        return text % {"days": days, "hours": hours, "minutes": minutes}

    def away(self, moment: datetime, now: datetime) -> str:
        """How far a moment lies ahead or back: ``in 3 h 20 min``, ``7 min ago``."""
        distance = moment - now
        if abs(distance) < MINUTE:
            return self.texts.gettext("now")
        gettext = self.texts.gettext
        text = gettext("in %(span)s") if distance > timedelta(0) else gettext("%(span)s ago")
        return text % {"span": self.span(distance)}

    def stated(self, value: str | None, code: str) -> str:
        """A declared or found value of a discrepancy, which travels as text, in this language."""
        if not value:
            return "–"
        if measured := _MEASURE.fullmatch(value):
            return self._bound(*measured.groups())
        if _NUMBER.fullmatch(value) and code in (*_MASSES, *_COUNTS):
            return self.mass(value) if code in _MASSES else self.number(value)
        if code in _TIMES:
            return self._moment(value)
        return self.texts.country(value) if code in _COUNTRIES else value

    def _moment(self, value: str) -> str:
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            return value
        return f"{self.day(moment)}, {self.clock(moment)}"

    def _bound(self, number: str, unit: str) -> str:
        if unit == "packages":
            text = self.texts.ngettext("%(count)s package", "%(count)s packages", float(number))
            return text % {"count": self.number(number)}
        return f"{self.number(number)}\N{NO-BREAK SPACE}{self.texts.label(unit, 'unit')}"

    def tolerance(self, text: str) -> str:
        """A tolerance in words: ``max(20 kg, 2 %)`` becomes *20 kg or 2 %, whichever is more*."""
        inner = text.removeprefix("max(").removesuffix(")")
        bounds = [_MEASURE.fullmatch(bound) for bound in inner.split(", ")]
        written = [self._bound(*bound.groups()) for bound in bounds if bound]
        if len(written) != len(bounds):
            return text
        if len(written) == 1:
            return written[0]
        both = self.texts.gettext("%(first)s or %(second)s, whichever is more")
        return both % {"first": written[0], "second": written[1]}


# A board writes the same few times and numbers again and again, and each costs Babel some hundred steps.


@lru_cache(maxsize=4096)
def _written(skeleton: str, moment: datetime | date, locale: Locale) -> str:
    return str(format_skeleton(skeleton, moment, locale=locale))


@lru_cache(maxsize=4096)
def _number(value: Decimal, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale))
