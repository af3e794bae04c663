"""The counts of the database → scores of both sides, by month and office, as commands and pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from keruen.agreement import Agreement
from keruen.customs import Struct
from keruen.exchange.context import Context
from keruen.exchange.score import Quality, judged, together
from keruen.store import Direction, Reader
from keruen.store.supplied import Place, Supplied


class Scored(Struct, frozen=True):
    """The quality of what one side supplied in a month.

    Attributes:
        supplier: country that supplied it; `judge`: country that received it.
        office: customs office or post; empty for the administration as a whole, None for all of them together.
    """

    supplier: str
    judge: str
    month: str
    office: str | None
    quality: Quality


def scores(
    reader: Reader,
    context: Context,
    *,
    partner: str | None = None,
    month: str | None = None,
    office: str | None = None,
    since: str = "",
) -> tuple[Scored, ...]:
    """Scores of both sides that pass all filters given: the partner's first, the newest month first.

    Of each month there is one for all offices together, and one for each office where there are several.
    """
    return tuple(
        one
        for agreement in context.agreements
        if partner is None or partner in agreement.countries
        for direction in (Direction.IN, Direction.OUT)
        for one in _scored(reader, context, agreement, direction, month, office, since)
    )


def _scored(
    reader: Reader,
    context: Context,
    agreement: Agreement,
    direction: Direction,
    month: str | None,
    office: str | None,
    since: str,
) -> Iterator[Scored]:
    found = reader.supplied(
        context.clock.now(),
        corridor=agreement.corridor,
        direction=direction,
        month=month,
        office=office,
        since=since,
    )
    sides = agreement.other(context.country), context.country
    supplier, judge = sides if direction is Direction.IN else sides[::-1]
    for at, counts in _by_month(found):
        rows = [(None, together(counts.values())), *sorted(counts.items())]
        for name, one in rows if len(rows) > 2 or office is not None else rows[:1]:  # noqa: PLR2004
            if office is None or name is not None:
                yield Scored(supplier, judge, at, name, judged(one))


def lately(reader: Reader, context: Context) -> dict[tuple[str, str], list[Scored]]:
    """Supplier and receiver → the scores of a year as a page shows them: offices only of the newest month."""
    now = context.clock.now()
    by_side: dict[tuple[str, str], list[Scored]] = {}
    for one in scores(reader, context, since=f"{now.year - 1}-{now.month:02}"):
        shown = by_side.setdefault((one.supplier, one.judge), [])
        if one.office is None or one.month == shown[0].month:
            shown.append(one)
    return by_side


def _by_month(found: Mapping[Place, Supplied]) -> Iterator[tuple[str, dict[str, Supplied]]]:
    """Counts by office for each month, the newest first."""
    places = sorted(found, key=lambda place: place.month, reverse=True)
    for month, several in groupby(places, key=lambda place: place.month):
        yield month, {place.office: found[place] for place in several}
