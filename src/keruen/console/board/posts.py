"""What the start page and a post's board read of the store: what is coming, by the clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from keruen.access import Act, Person
from keruen.agreement import Post
from keruen.border import Found, answer_of, find, schedule
from keruen.border.schedule import Standing
from keruen.console import views
from keruen.console.control.scope import narrowed
from keruen.console.reading import PAGE, View
from keruen.console.rows import rows
from keruen.console.views import Group, PostFigures
from keruen.exchange import EXPECTED, Context
from keruen.exchange.deadlines import CODES
from keruen.messages import Mode
from keruen.store import OPEN, ArrivalEntry, Consignment, Direction, Reader, Role

NO_POST = "-"
"""Stands in an address for consignments that are expected at no post of the agreements."""

LATEST = 8
"""Discrepancies whose consignments the start page lists."""

WEEK = timedelta(days=7)
"""Before today: of these days the start page counts discrepancies by kind."""

LATELY = timedelta(hours=1)
"""What somebody registered within this is listed on their board."""

Counted = dict[str | None, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks at a board, and when.

    Attributes:
        zone: the administration's own time.
    """

    reader: Reader
    context: Context
    zone: timezone
    person: Person

    @property
    def now(self) -> datetime:
        """Domain time."""
        return self.context.clock.now()

    @property
    def midnight(self) -> datetime:
        """When today began."""
        local = self.now.astimezone(self.zone)
        return local.replace(hour=0, minute=0, second=0, microsecond=0)

    def posts(self) -> dict[str, Post]:
        """The posts of this country that the person sees."""
        every = views.posts_of(self.context.agreements, self.context.country)
        return {one.code: one for one in every if self.person.sees(post=one.code)}

    def sees(self, one: Consignment) -> bool:
        """Whether the person may be shown a consignment."""
        return self.person.sees(post=one.post, partner=one.partner)

    def counted(self) -> Counted:
        """Expected consignments by post."""
        found = self.reader.expected_counts(
            EXPECTED, schedule.until(self.now), partners=self.person.partners
        )
        return {code: one for code, one in found.items() if self.person.sees(post=code)}


def start(watch: Watch) -> View:
    """Posts in numbers; for whoever keeps the exchange running the line and what waits, too."""
    posts, counted = watch.posts(), watch.counted()
    arrived = watch.reader.arrived_counts(watch.midnight)
    figures = [
        views.post_figures(one, _of(counted, [code]), arrived.get(code, 0))
        for code, one in posts.items()
    ]
    elsewhere = _elsewhere(watch, counted)
    if elsewhere:
        figures.append(views.post_figures(None, _of(counted, elsewhere)))
    return {
        "posts": figures,
        "announced": bool(watch.reader.consignments(limit=1)),
        "latest": _latest(watch),
        "late_code": CODES,
        **_control(watch),
    }


def _control(watch: Watch) -> View:
    """What is nobody's at a post."""
    if not watch.person.may(Act.SEE_CONTROL) or watch.person.partners is not None:
        return {"outbox": None, "discrepancies": (), "alarms": (), "missed": (), "asked": ()}
    reader = watch.reader
    counts = reader.discrepancy_counts(watch.midnight - WEEK)
    partners = {one.other(watch.context.country) for one in watch.context.agreements}
    return {
        "outbox": {"waiting": 0, "failed": 0, "probable": 0}
        | reader.outbox_lately(partners, watch.midnight),
        "discrepancies": sorted(counts.items(), key=lambda pair: -pair[1]),
        "alarms": reader.alarms(limit=LATEST),
        "missed": reader.deadlines_missed(mode=Mode.LIVE, limit=LATEST),
        "asked": reader.enquiry_page(
            narrowed(watch.person), states=OPEN, equal={"direction": Direction.IN}, limit=LATEST
        ),
    }


def _latest(watch: Watch) -> tuple[views.Row, ...]:
    """The consignments whose discrepancies were stated last, each once."""
    stated = watch.reader.latest_discrepancies(LATEST)
    ids = dict.fromkeys(one.consignment_id for one in stated)
    known = {one.consignment_id: one for one in watch.reader.consignments_by_id(ids)}
    seen = [known[key] for key in ids if key in known and watch.sees(known[key])]
    return rows(watch.reader, seen)


def _of(counted: Counted, codes: Sequence[str | None]) -> list[dict[str, int]]:
    return [counted[code] for code in codes if code in counted]


def _elsewhere(watch: Watch, counted: Counted) -> list[str | None]:
    """Where something is expected, but by no post that an agreement names."""
    every = views.posts_of(watch.context.agreements, watch.context.country)
    known = {one.code for one in every}
    return [code for code in counted if code not in known]


def post(watch: Watch, code: str, mark: str) -> View | None:
    """One post: what is expected by the clock, what arrived today; None for one that the person does not see.

    Args:
        mark: only consignments that bear it; empty for all.
    """
    known = watch.posts()
    if code not in known and (code != NO_POST or watch.person.posts is not None):
        return None
    counted = watch.counted()
    codes = [code] if code in known else _elsewhere(watch, counted)
    came = watch.reader.arrived_counts(watch.midnight).get(code, 0)
    figures = views.post_figures(known.get(code), _of(counted, codes), came)
    drafts = watch.reader.arrival_drafts(watch.person.user_id, code)
    return {
        "post": known.get(code),
        "figures": figures,
        "q": mark,
        "drafts": drafts,
        "entered": _entered(watch, code),
        **(_found(watch, codes, mark) if mark else _all(watch, codes, figures)),
    }


def _entered(watch: Watch, code: str) -> tuple[tuple[ArrivalEntry, str], ...]:
    """What the person registered lately, with its references: the way back to what can still be undone."""
    since = watch.context.clock.wall() - LATELY
    found = watch.reader.arrivals_entered(watch.person.user_id, code, since)[:LATEST]
    return tuple(
        (one, ", ".join(told.reference for told in answer_of(one) if told.reference))
        for one in found
    )


def _found(watch: Watch, codes: Sequence[str | None], mark: str) -> dict[str, Any]:
    """What of it is expected here; and what bears the mark but is not expected here."""
    found = find(watch.reader, mark, watch.sees, limit=PAGE)
    here = [one for one in found if _is_expected(one.consignment, codes)]
    other = [one for one in found if one not in here]
    return {
        "groups": views.groups(_rows(watch, here)),
        "others": rows(watch.reader, [one.consignment for one in other], by=other),
        "arrived": (),
    }


def _rows(watch: Watch, found: Sequence[Found]) -> tuple[views.Row, ...]:
    now = watch.now
    consignments = [one.consignment for one in found]
    return rows(
        watch.reader, consignments, lambda one: schedule.standing(one, now), by=found, now=now
    )


def _is_expected(one: Consignment, codes: Sequence[str | None]) -> bool:
    return one.role is Role.RECEIVER and one.state in EXPECTED and one.post in codes


def _all(watch: Watch, codes: Sequence[str | None], figures: PostFigures) -> dict[str, Any]:
    code = codes[0] if figures.post and codes else None
    came = watch.reader.arrived(code, watch.midnight, limit=PAGE) if code else []
    return {
        "groups": tuple(_groups(watch, codes, figures)),
        "others": (),
        "arrived": rows(watch.reader, [one for one in came if watch.sees(one)]),
    }


def _groups(watch: Watch, codes: Sequence[str | None], figures: PostFigures) -> Iterator[Group]:
    """By standing: what is overdue with the latest ETA first, everything else with the earliest."""
    for standing in (one for one in Standing if figures.counts[one]):
        window = schedule.window(standing, watch.now)
        found = watch.reader.expected(
            codes,
            EXPECTED,
            eta_from=window.start,
            eta_before=window.end,
            last_first=standing in (Standing.OVERDUE, Standing.LONG_OVERDUE),
            partners=watch.person.partners,
            limit=PAGE,
        )
        shown = rows(watch.reader, found, partial(_as, standing), now=watch.now)
        yield Group(standing=standing, rows=shown, count=figures.counts[standing])


def _as(standing: Standing, _: Consignment) -> Standing:
    return standing


def search(watch: Watch, mark: str) -> View:
    """Consignments that bear a mark, the closest first."""
    found = find(watch.reader, mark, watch.sees)
    shown = found[:PAGE]
    return {
        "q": mark,
        "rows": rows(watch.reader, [one.consignment for one in shown], by=shown),
        "count": len(found),
        "posts": watch.posts(),
    }
