"""Figures: on time, arrived, missing, differing, and by what; and the consignments behind them."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Code, Country
from keruen.api.problems import REFUSED
from keruen.customs import Struct
from keruen.exchange.figures import By, Figure, Overview, by, overview
from keruen.exchange.figures.period import wanted
from keruen.store import Consignment, Role
from keruen.store.figured import Aspect
from keruen.store.figures import Wanted, Which

Key = Annotated[str, Meta(max_length=300, pattern=r"^[^\x00]*$")]


class WantedFigures(Struct, frozen=True, forbid_unknown_fields=True):
    """What is counted: consignments by the day of their ETA at the entry post.

    Attributes:
        since: first day; 29 days before the last if left out.
        until: last day; today if left out.
        role: what this node announced, or what it was told of.
        partner: country of the other side.
        post: code of the entry post.
    """

    since: date | None = None
    until: date | None = None
    role: Role | None = None
    partner: Country | None = None
    post: Code | None = None


class WantedTable(WantedFigures, frozen=True, forbid_unknown_fields=True):
    """The same, and what the table has a row for.

    Attributes:
        since: first day; 29 days before the last if left out.
        until: last day; today if left out.
        role: what this node announced, or what it was told of.
        partner: country of the other side.
        post: code of the entry post.
        by: what it has a row for.
    """

    by: By = By.MONTH


class WantedBehind(Paged, frozen=True, forbid_unknown_fields=True):
    """Which consignments.

    Attributes:
        since: first day.
        until: last day.
        role: what this node announced, or what it was told of.
        partner: country of the other side.
        post: code of the entry post.
        by: what they are counted by.
        key: of a row of that table.
        which: a part of them.
    """

    since: date | None = None
    until: date | None = None
    role: Role | None = None
    partner: Country | None = None
    post: Code | None = None
    by: Aspect = Aspect.ALL
    key: Key | None = None
    which: Which | None = None


CODES = {REFUSED: ("period-invalid",)}


@operation("GET", "/figures", id="getFigures", tag="Figures", act=Act.SEE_OVERVIEW, codes=CODES)
def whole(call: Call, query: WantedFigures) -> Overview:
    """A stretch of days in one row: announced, arrived, on time, with discrepancies, missing.

    Rejected, annulled and test consignments do not count.
    """
    asked, now = _wanted(call, query), call.gate.context.clock.now()
    return call.gate.store.read(lambda reader: overview(reader, asked, now))


@operation(
    "GET", "/figures/table", id="listFigures", tag="Figures", act=Act.SEE_OVERVIEW, codes=CODES
)
def table(call: Call, query: WantedTable) -> list[Figure]:
    """The same by discrepancy code, office, HS chapter, trader, day, week or month.

    Firms are named, natural persons are counted together.
    """
    asked, now = _wanted(call, query), call.gate.context.clock.now()
    return list(call.gate.store.read(lambda reader: by(reader, asked, now, query.by)))


@operation(
    "GET",
    "/figures/consignments",
    id="listFigureConsignments",
    tag="Figures",
    act=Act.SEE_CONSIGNMENT,
    codes=CODES,
)
def behind(call: Call, query: WantedBehind) -> Page[Consignment]:
    """The consignments behind a figure, the last day first."""
    asked, now = _wanted(call, query), call.gate.context.clock.now()
    found = call.gate.store.read(
        lambda reader: reader.figure_page(
            asked,
            now,
            aspect=query.by,
            key=query.key,
            which=query.which,
            after=place_of(query.cursor, tuple[str, str]),
            limit=query.limit + 1,
        )
    )
    return page(
        found,
        query.limit,
        lambda one: (one.day, one.consignment.consignment_id),
        lambda one: one.consignment,
    )


def _wanted(call: Call, query: WantedFigures | WantedBehind) -> Wanted:
    return wanted(
        call.gate.context,
        query.since,
        query.until,
        role=query.role,
        partner=query.partner,
        post=query.post,
        narrowed=call.caller.narrowed,
    )


OPERATIONS = (whole, table, behind)
