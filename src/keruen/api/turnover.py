"""Turnover: both reporters side by side, of what the node counted and of what was published."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.places import Country
from keruen.customs import Struct
from keruen.exchange.figures.period import today
from keruen.mirror.turnover import Choice, Kept, Length, Turnover, narrowed, turnover_of

FlowCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}[-+][A-Z]{2}$")]
Year = Annotated[int, Meta(ge=1900, le=2099)]


class WantedTurnover(Struct, frozen=True, forbid_unknown_fields=True):
    """Which periods and directions; what is left out narrows nothing.

    Attributes:
        length: of the periods.
        flow: `KZ-TJ` is what Kazakhstan exports and Tajikistan imports, `KZ+TJ` the turnover of both.
        reporter: only rows in which this country states a figure.
        since: first year.
        until: last year.
    """

    length: Length | None = None
    flow: FlowCode | None = None
    reporter: Country | None = None
    since: Year | None = None
    until: Year | None = None


@operation("GET", "/turnover", id="getTurnover", tag="Figures", act=Act.SEE_TURNOVER)
def whole(call: Call, query: WantedTurnover) -> Turnover:
    """Both reporters by measure, direction and period: growth, difference, ratio, every figure with its source.

    What the node counted is narrowed to the token's posts and partners; what was published is for everybody.
    """
    context = call.gate.context
    found = call.gate.store.read(
        lambda reader: turnover_of(reader, context.country, today(context), call.caller.narrowed)
    )
    choice = Choice(
        length=query.length,
        flow=query.flow,
        reporter=query.reporter,
        since=query.since,
        until=query.until,
    )
    return Turnover(
        own=narrowed(found.own, choice),
        published=narrowed(found.published, choice),
        series=found.series,
        withheld=found.withheld,
    )


@operation("GET", "/turnover/series", id="listSeries", tag="Figures", act=Act.SEE_TURNOVER)
def series(call: Call) -> list[Kept]:
    """The published series that were imported into the node."""
    context = call.gate.context
    found = call.gate.store.read(
        lambda reader: turnover_of(reader, context.country, today(context))
    )
    return list(found.series)


OPERATIONS = (whole, series)
