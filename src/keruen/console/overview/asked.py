"""What the filter of the overview says → what is counted, and the addresses that lead on from there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlencode

from keruen.access import Person
from keruen.errors import UsageError
from keruen.exchange.context import Context
from keruen.exchange.figures import Scale
from keruen.exchange.figures.period import day_of, wanted
from keruen.store import Role
from keruen.store.figures import Wanted
from keruen.store.pages import Narrowed

PATH = "/overview"
DAY = timedelta(days=1)
LENGTHS = {Scale.DAY: 0 * DAY, Scale.WEEK: 6 * DAY, Scale.MONTH: 31 * DAY}
"""From the first day to the last; of a month, into the next one."""
FINE = 45
"""Days up to which a trend has a point a day, where nobody says; twelve times as many have one a week."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The filter as it was set.

    Attributes:
        wanted: what is counted, narrowed to whom the person sees.
        kept: what addresses of this page go on saying.
        fault: a code of the table ``figure-fault``, where what was typed cannot be taken.
    """

    wanted: Wanted
    scale: Scale
    kept: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None

    @property
    def first(self) -> date:
        """The first day."""
        return date.fromisoformat(self.wanted.since)

    @property
    def last(self) -> date:
        """The last day."""
        return date.fromisoformat(self.wanted.until)

    def address(self, path: str = "", **more: str) -> str:
        """An address with the same filter."""
        pairs = {**self.kept, **{name: value for name, value in more.items() if value}}
        return f"{PATH}{path}?{urlencode(pairs)}"

    def within(self, period: str, scale: Scale) -> dict[str, str]:
        """First and last day of one point of a trend, no further than the filter reaches."""
        first = start_of(period)
        last = first + LENGTHS[scale]
        if scale is Scale.MONTH:
            last = last.replace(day=1) - DAY
        return {
            "since": max(self.wanted.since, first.isoformat()),
            "until": min(self.wanted.until, last.isoformat()),
        }


def start_of(period: str) -> date:
    """The first day of a day, a week or a month."""
    return date.fromisoformat(period if len(period) > len("2026-11") else f"{period}-01")


def choice(context: Context, person: Person, typed: Mapping[str, str]) -> Choice:
    """What was asked for; what cannot be taken is left out, and said."""
    narrowed = Narrowed(posts=person.posts, partners=person.partners)
    role, partner, post = _role(typed), typed.get("partner") or None, typed.get("post") or None
    chosen = {"role": role, "partner": partner, "post": post, "narrowed": narrowed}
    fault = None
    try:
        days = day_of(typed.get("since", "")), day_of(typed.get("until", ""))
        found = wanted(context, *days, **chosen)  # type: ignore[arg-type]
    except UsageError as error:
        fault, found = error.code, wanted(context, **chosen)  # type: ignore[arg-type]
    return Choice(found, _scale(typed, found), dict(_kept(typed, found, fault)), fault)


def _role(typed: Mapping[str, str]) -> Role | None:
    return Role(typed["role"]) if typed.get("role") in tuple(Role) else None


def _scale(typed: Mapping[str, str], found: Wanted) -> Scale:
    if typed.get("scale") in tuple(Scale):
        return Scale(typed["scale"])
    days = (date.fromisoformat(found.until) - date.fromisoformat(found.since)).days
    if days <= FINE:
        return Scale.DAY
    return Scale.WEEK if days <= FINE * 12 else Scale.MONTH


def _kept(typed: Mapping[str, str], found: Wanted, fault: str | None) -> Iterator[tuple[str, str]]:
    if fault is None:
        yield "since", found.since
        yield "until", found.until
    for name in ("role", "partner", "post", "scale"):
        if typed.get(name):
            yield name, typed[name]
