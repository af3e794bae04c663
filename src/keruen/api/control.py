"""What an operator watches: the node in numbers, what waits for a person, missed deadlines, storage."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import NARROWED, Call, require_whole
from keruen.api.operation import operation
from keruen.api.paging import Page, Paged, page, place_of
from keruen.api.places import Corridor
from keruen.customs import Struct
from keruen.exchange.alarms import settle_by_person
from keruen.exchange.deadlines import missed_deadlines
from keruen.messages import Mode
from keruen.store import Alarm, MissedDeadline, Transaction
from keruen.store.pages import AlarmPlace
from keruen.store.watching import Size

CONTROL: dict[str, Any] = {
    "tag": "Control",
    "act": Act.SEE_CONTROL,
    "codes": NARROWED,
}


class WantedAlarms(Paged, frozen=True, forbid_unknown_fields=True):
    """Which alarms.

    Attributes:
        settled: those that are settled, instead of those that wait.
    """

    settled: bool = False


class SettledAlarm(Struct, frozen=True, forbid_unknown_fields=True):
    """Which alarm a person has seen to.

    Attributes:
        corridor: pair of countries, sorted.
        code: of the alarm.
        subject: that it is about.
    """

    corridor: Corridor
    code: Annotated[str, Meta(min_length=1, max_length=100)]
    subject: Annotated[str, Meta(min_length=1, max_length=300)]


class WantedDeadlines(Struct, frozen=True, forbid_unknown_fields=True):
    """Which deadlines.

    Attributes:
        corridor: pair of countries, sorted.
        mode: live or test data.
        limit: how many at most, the longest due first.
    """

    corridor: Corridor | None = None
    mode: Mode | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 100


class Status(Struct, frozen=True):
    """The node in numbers.

    Attributes:
        now: domain time.
        messages: by direction and kind.
        outbox: by state; `inbox`: waiting and handled.
        consignments: by state, live data; `test`: test data; `roles`: by role and state.
        discrepancies: by code.
        enquiries: by direction and state; `alarms`: that are not settled, by code.
        evidence: leaves of the evidence log.
        deadlines_missed: of late, by code and mode.
    """

    country: str
    now: datetime
    messages: dict[str, int]
    outbox: dict[str, int]
    inbox: dict[str, int]
    consignments: dict[str, int]
    roles: dict[str, int]
    test: dict[str, int]
    discrepancies: dict[str, int]
    enquiries: dict[str, int]
    alarms: dict[str, int]
    refusals: int
    evidence: int
    deadlines_missed: dict[str, int]


class Storage(Struct, frozen=True):
    """How much is kept.

    Attributes:
        size: of the database.
        purged: when retention last looked for what was kept long enough.
        removed: how much of what that look removed.
    """

    size: Size
    purged: datetime | None = None
    removed: dict[str, int] = {}  # noqa: RUF012 - msgspec copies it


@operation("GET", "/status", id="getStatus", **CONTROL)
def status(call: Call) -> Status:
    """The node in numbers."""
    require_whole(call)
    context = call.gate.context
    counts, missed = call.gate.store.read(
        lambda reader: (reader.counts(), missed_deadlines(reader, context))
    )
    now = context.clock.now()
    return Status(country=context.country, now=now, deadlines_missed=missed, **counts)


@operation("GET", "/alarms", id="listAlarms", **CONTROL)
def alarms(call: Call, query: WantedAlarms) -> Page[Alarm]:
    """What waits for a person, the newest first; or what is settled."""
    require_whole(call)
    found = call.gate.store.read(
        lambda reader: reader.alarm_page(
            settled=query.settled, after=place_of(query.cursor, AlarmPlace), limit=query.limit + 1
        )
    )
    return page(found, query.limit, lambda one: (one.raised, one.subject, one.code))


@operation(
    "POST",
    "/alarms/settled",
    id="settleAlarm",
    tag="Control",
    act=Act.SETTLE_ALARM,
    codes={**NARROWED, 422: ("alarm-unknown",)},
)
def settled(call: Call, body: SettledAlarm, tx: Transaction) -> Alarm:
    """Say that a person has seen to an alarm.

    What still holds then is raised anew by whatever finds it.
    """
    require_whole(call)
    settle_by_person(tx, call.gate.context, body.corridor, body.code, body.subject)
    found = tx.alarm(body.corridor, body.code, body.subject)
    assert found is not None  # noqa: S101 - it was settled just now
    return found


@operation("GET", "/deadlines", id="listMissedDeadlines", **CONTROL)
def deadlines(call: Call, query: WantedDeadlines) -> list[MissedDeadline]:
    """Deadlines of the agreements that were missed and that nothing has met since, the longest due first."""
    require_whole(call)
    return call.gate.store.read(
        lambda reader: reader.deadlines_missed(
            corridor=query.corridor, mode=query.mode, limit=query.limit
        )
    )


@operation("GET", "/storage", id="getStorage", **CONTROL)
def storage(call: Call) -> Storage:
    """How much is kept, and what retention removed last."""
    require_whole(call)
    size, run = call.gate.store.read(lambda reader: (reader.size(), reader.last_purge()))
    removed = msgspec.json.decode(run.removed) if run else {}
    return Storage(size=size, purged=run.at if run else None, removed=removed)


OPERATIONS = (status, alarms, settled, deadlines, storage)
