"""What the start page and a post's board read of the store: what is coming, by the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any

from keruen.agreement import Post
from keruen.console import views
from keruen.console.reading import PAGE, View, bearing, one_row, rows
from keruen.console.views import Group, PostFigures, Row, Standing
from keruen.exchange import EXPECTED, Context
from keruen.exchange.deadlines import CODES
from keruen.messages import Mode
from keruen.store import OPEN, Consignment, Direction, Reader, Role

NO_POST = "-"
"""Stands in an address for consignments that are expected at no post of the agreements."""

LATEST = 8
"""Discrepancies whose consignments the start page lists."""

Counted = dict[str | None, dict[str, int]]


def start(reader: Reader, context: Context, zone: timezone) -> View:
    """Posts in numbers, the line, discrepancies by code and the latest of them."""
    now, midnight = _today(context, zone)
    posts = _posts(context)
    counted = reader.expected_counts(EXPECTED, views.until(now))
    arrived = reader.arrived_counts(midnight)
    figures = [
        views.post_figures(one, _of(counted, [code]), arrived.get(code, 0))
        for code, one in posts.items()
    ]
    elsewhere = _elsewhere(counted, posts)
    if elsewhere:
        figures.append(views.post_figures(None, _of(counted, elsewhere)))
    counts = reader.discrepancy_counts()
    return {
        "posts": figures,
        "announced": bool(reader.consignments(limit=1)),
        "outbox": {"waiting": 0, "delivered": 0, "failed": 0, "probable": 0}
        | reader.outbox_counts(),
        "discrepancies": sorted(counts.items(), key=lambda pair: -pair[1]),
        "latest": _latest(reader),
        "alarms": reader.alarms(limit=LATEST),
        "missed": reader.deadlines_missed(mode=Mode.LIVE, limit=LATEST),
        "late_code": CODES,
        "asked": reader.enquiries(direction=Direction.IN, states=OPEN, limit=LATEST),
    }


def _latest(reader: Reader) -> tuple[Row, ...]:
    """The consignments whose discrepancies were stated last, each once."""
    stated = reader.latest_discrepancies(LATEST)
    places = dict.fromkeys((one.corridor, one.consignment_id) for one in stated)
    found = (reader.consignment(*place) for place in places)
    return tuple(rows(reader, (one for one in found if one is not None)))


def _today(context: Context, zone: timezone) -> tuple[datetime, datetime]:
    now = context.clock.now()
    return now, now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _posts(context: Context) -> dict[str, Post]:
    return {one.code: one for one in views.posts_of(context.agreements, context.country)}


def _of(counted: Counted, codes: Sequence[str | None]) -> list[dict[str, int]]:
    return [counted[code] for code in codes if code in counted]


def _elsewhere(counted: Counted, posts: dict[str, Post]) -> list[str | None]:
    """Where something is expected, but by no post that an agreement names."""
    return [code for code in counted if code not in posts]


def post(reader: Reader, context: Context, zone: timezone, code: str, mark: str) -> View | None:
    """One post: what is expected by the clock, what arrived today; None for an unknown code.

    Args:
        mark: only consignments that bear it; empty for all.
    """
    known = _posts(context)
    if code not in known and code != NO_POST:
        return None
    now, midnight = _today(context, zone)
    counted = reader.expected_counts(EXPECTED, views.until(now))
    codes = [code] if code in known else _elsewhere(counted, known)
    came = reader.arrived_counts(midnight).get(code, 0)
    figures = views.post_figures(known.get(code), _of(counted, codes), came)
    return {
        "post": known.get(code),
        "figures": figures,
        "q": mark,
        **(
            _found(reader, codes, mark, now)
            if mark
            else _all(reader, codes, figures, now, midnight)
        ),
    }


def _found(reader: Reader, codes: Sequence[str | None], mark: str, now: datetime) -> dict[str, Any]:
    here = [one for one in bearing(reader, mark) if _is_expected(one, codes)]
    here.sort(key=lambda one: (one.eta is None, one.eta.timestamp() if one.eta else 0.0))
    return {"groups": views.groups(rows(reader, here, now)), "arrived": ()}


def _is_expected(one: Consignment, codes: Sequence[str | None]) -> bool:
    return one.role is Role.RECEIVER and one.state in EXPECTED and one.post in codes


def _all(
    reader: Reader,
    codes: Sequence[str | None],
    figures: PostFigures,
    now: datetime,
    midnight: datetime,
) -> dict[str, Any]:
    code = codes[0] if figures.post and codes else None
    return {
        "groups": tuple(_groups(reader, codes, figures, now)),
        "arrived": tuple(rows(reader, reader.arrived(code, midnight, limit=PAGE))) if code else (),
    }


def _groups(
    reader: Reader, codes: Sequence[str | None], figures: PostFigures, now: datetime
) -> Iterator[Group]:
    """By standing: what is overdue with the latest ETA first, everything else with the earliest."""
    for standing in (one for one in Standing if figures.counts[one]):
        window = views.window(standing, now)
        found = reader.expected(
            codes,
            EXPECTED,
            eta_from=window.start,
            eta_before=window.end,
            last_first=standing in (Standing.OVERDUE, Standing.LONG_OVERDUE),
            limit=PAGE,
        )
        shown = tuple(one_row(reader, one, standing) for one in found)
        yield Group(standing=standing, rows=shown, count=figures.counts[standing])
