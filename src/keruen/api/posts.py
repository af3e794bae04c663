"""Posts of this country and their boards: what is awaited by the clock, what came; and what bears a mark."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act
from keruen.agreement import Post
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Code
from keruen.api.problems import missing
from keruen.border import Found, Hint, find, lanes
from keruen.border.schedule import Standing, Window, counts_of, standing, until, window
from keruen.customs import Struct
from keruen.exchange import EXPECTED
from keruen.store import Consignment, IdentifierKind, Reader
from keruen.store.pages import Place

BOARD: dict[str, Any] = {"tag": "Posts", "act": Act.SEE_BOARD}
UNKNOWN = {404: ("post-unknown",)}
DAY = timedelta(days=1)
Last = tuple[datetime | None, str]
"""ETA and id of the last consignment of a page."""


class PostState(Struct, frozen=True):
    """A border post of this country that takes part.

    Attributes:
        pilot: a code of the project's own, to be replaced.
        names: by language.
        expected: how many consignments are awaited, by standing.
        arrived: how many came in the last 24 hours.
    """

    code: str
    names: dict[str, str]
    modes: tuple[str, ...]
    expected: dict[Standing, int]
    arrived: int
    pilot: bool = False


class OnePost(Struct, frozen=True):
    """Which post.

    Attributes:
        code: of the post.
    """

    code: Code


class WantedExpected(Paged, frozen=True, forbid_unknown_fields=True):
    """Which of the awaited consignments.

    Attributes:
        standing: how it stands by the clock; left out: any.
    """

    standing: Standing | None = None


class WantedArrived(Paged, frozen=True, forbid_unknown_fields=True):
    """Which of those that came.

    Attributes:
        since: when, with offset; left out: 24 hours ago.
    """

    since: Annotated[datetime, Meta(tz=True)] | None = None


class Awaited(Struct, frozen=True):
    """A consignment that a post awaits.

    Attributes:
        standing: by the clock.
        hint: where its vehicle is best sent, and why.
    """

    consignment: Consignment
    standing: Standing
    hint: Hint


class Wanted(Struct, frozen=True, forbid_unknown_fields=True):
    """What was read.

    Attributes:
        q: plate, trailer, wagon, container, seal, transport document, reference or number, as somebody read it.
        limit: how many at most.
    """

    q: Annotated[str, Meta(min_length=1, max_length=100)]
    limit: Annotated[int, Meta(ge=1, le=200)] = 50


class Bearer(Struct, frozen=True):
    """A consignment that bears a mark, and why it was found.

    Attributes:
        kind: of the mark; `declared`: as it was declared.
        how: equal, alike, a part of what was written together, or its beginning.
    """

    consignment: Consignment
    kind: IdentifierKind
    declared: str
    how: str


@operation("GET", "/posts", id="listPosts", **BOARD)
def listed(call: Call) -> list[PostState]:
    """Posts of this country with what they await, in numbers."""
    gate, now = call.gate, call.gate.context.clock.now()

    def look(reader: Reader) -> list[PostState]:
        counted = reader.expected_counts(EXPECTED, until(now), partners=call.caller.partners)
        arrived = reader.arrived_counts(now - DAY)
        return [
            PostState(
                code=one.code,
                names=one.names,
                modes=one.modes,
                pilot=one.pilot,
                expected=counts_of([counted[one.code]] if one.code in counted else ()),
                arrived=arrived.get(one.code, 0),
            )
            for one in _posts(call).values()
        ]

    return gate.store.read(look)


def _posts(call: Call) -> dict[str, Post]:
    context = call.gate.context
    every = (one for agreement in context.agreements for one in agreement.posts_of(context.country))
    return {one.code: one for one in every if call.caller.sees_post(one.code)}


def require_post(call: Call, code: str) -> None:
    """A post is this country's, and the caller's.

    Raises:
        ProblemError: 404 ``post-unknown``.
    """
    known = _posts(call)
    if code not in known:
        there = ", ".join(known) or "none"
        home = call.gate.context.country
        raise missing("post-unknown", f"{home} has no post {code} here; there are {there}.")


@operation("GET", "/posts/{code}/expected", id="listExpected", codes=UNKNOWN, **BOARD)
def expected(call: Call, place: OnePost, query: WantedExpected) -> Page[Awaited]:
    """What a post awaits, the earliest ETA first, each with a hint where its vehicle is best sent."""
    require_post(call, place.code)
    now = call.gate.context.clock.now()
    span = window(query.standing, now) if query.standing else Window()
    after = place_of(query.cursor, Last)

    def look(reader: Reader) -> Page[Awaited]:
        found = reader.expected_page(
            call.caller.narrowed,
            place.code,
            EXPECTED,
            start=span.start,
            end=span.end,
            timed=query.standing is not Standing.NO_ETA,
            untimed=query.standing in (None, Standing.NO_ETA),
            after=after,
            limit=query.limit + 1,
        )
        hints = lanes(reader, found, now)
        return page(
            found,
            query.limit,
            lambda one: (one.eta, one.consignment_id),
            lambda one: Awaited(
                consignment=one, standing=standing(one, now), hint=hints[one.consignment_id]
            ),
        )

    return call.gate.store.read(look)


@operation("GET", "/posts/{code}/arrived", id="listArrived", codes=UNKNOWN, **BOARD)
def arrived(call: Call, place: OnePost, query: WantedArrived) -> Page[Consignment]:
    """What has come to a post, the last first."""
    require_post(call, place.code)
    since = query.since or call.gate.context.clock.now() - DAY
    found = call.gate.store.read(
        lambda reader: reader.arrived_page(
            call.caller.narrowed,
            place.code,
            since,
            after=place_of(query.cursor, Place),
            limit=query.limit + 1,
        )
    )
    return page(found, query.limit, lambda one: (one.arrived, one.consignment_id))


@operation("GET", "/find", id="findConsignments", tag="Consignments", act=Act.FIND, audited=True)
def bearing(call: Call, query: Wanted) -> list[Bearer]:
    """Consignments by whatever was read of them, the closest first, and why each was found.

    One field for plate, trailer, wagon, container, seal, transport document or number; Cyrillic for Latin,
    readers' slips and spaces are forgiven.
    """
    found = call.gate.store.read(
        lambda reader: find(reader, query.q, call.caller.sees, limit=query.limit)
    )
    return [_bearer(one) for one in found]


def _bearer(one: Found) -> Bearer:
    return Bearer(consignment=one.consignment, kind=one.kind, declared=one.declared, how=one.how)


OPERATIONS = (listed, expected, arrived, bearing)
