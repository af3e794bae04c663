"""Status reports that this node makes, by the clock or by hand. `keruen.exchange.reported` compares what comes.

A report counts messages by the time of creation in their headers, which both sides hold alike. It carries the
digest of the agreement, so that two sides whose copies differ learn it with the first report.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from keruen.agreement import Agreement, digest
from keruen.errors import LocalError
from keruen.exchange.comparing import counted
from keruen.exchange.context import Context
from keruen.exchange.outgoing import current_phase, new_header, send
from keruen.messages import Entry, Range, StatusReport, Tally, Way
from keruen.store import Content, Direction, Reader, Report, Transaction

_DIRECTIONS = {Way.SENT: Direction.OUT, Way.RECEIVED: Direction.IN}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def held(reader: Reader, corridor: str, way: Way, since: datetime, until: datetime) -> list[Entry]:
    """Messages that this node sent or received and that were created in a time."""
    found = reader.contents(corridor, _DIRECTIONS[way], since, until)
    return [Entry(one.message_id, one.digest) for one in found]


def due(reader: Reader, context: Context, agreement: Agreement) -> tuple[datetime, datetime] | None:
    """The period of the report that is to be made now by the clock, if one is.

    Regular reports follow each other without a gap. When the agreement's file has changed since the last
    report, and when none was made yet, the present period is reported as far as it goes.
    """
    rule, now = agreement.reporting, context.clock.now()
    first = reader.first_stored(agreement.corridor) if rule else None
    if rule is None or first is None:
        return None
    regular = reader.last_report(agreement.corridor, Direction.OUT, regular=True)
    since = regular.until if regular else period_of(agreement, rule.every, first)
    if since + rule.every + rule.after <= now:
        return since, since + rule.every
    last = reader.last_report(agreement.corridor, Direction.OUT)
    if last is None and first + rule.after <= now:
        return period_of(agreement, rule.every, now), now
    if last is not None and last.digest != digest_here(agreement):
        return period_of(agreement, rule.every, now), now
    return None


def period_of(agreement: Agreement, every: timedelta, at: datetime) -> datetime:
    """When the period of a moment begins: periods are counted from a midnight of the agreement's days."""
    origin = _EPOCH - timedelta(minutes=agreement.dates_utc_offset_minutes)
    return origin + (at - origin) // every * every


_digests: dict[int, tuple[Agreement, str]] = {}


def digest_here(agreement: Agreement) -> str:
    """The agreement's digest, worked out once: it is asked for at every look at the clock."""
    known = _digests.get(id(agreement))
    if known is None or known[0] is not agreement:
        _digests.clear() if len(_digests) > 64 else None  # noqa: PLR2004 - tests make many
        known = _digests[id(agreement)] = (agreement, digest(agreement))
    return known[1]


def make(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    since: datetime,
    until: datetime,
    *,
    regular: bool = False,
) -> StatusReport:
    """Report what was sent and received in a period to the other side.

    Raises:
        LocalError: ``phase-off``: nothing is exchanged now.
    """
    tallies: list[Tally] = []
    ranges: list[Range] = []
    for way, direction in _DIRECTIONS.items():
        found = tx.contents(agreement.corridor, direction, since, until)
        tallies += _tallies(way, found)
        entries = [Entry(one.message_id, one.digest) for one in found]
        ranges.append(counted(way, since, until, entries))
    return dispatch(
        tx, context, agreement, since, until, tuple(tallies), tuple(ranges), regular=regular
    )


def by_hand(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    since: datetime | None = None,
    until: datetime | None = None,
) -> StatusReport:
    """Report at a person's wish; the present period up to now where nothing is said.

    Raises:
        LocalError: ``period-empty``: it ends before it begins; ``phase-off``.
    """
    end = min(until or context.clock.now(), context.clock.now())
    every = agreement.reporting.every if agreement.reporting else timedelta(days=1)
    start = since or period_of(agreement, every, end)
    if start >= end:
        raise LocalError("period-empty", f"the period ends at {end}, before it begins at {start}")
    return make(tx, context, agreement, start, end)


def _tallies(way: Way, found: Sequence[Content]) -> list[Tally]:
    counts = Counter(one.kind for one in found)
    return [
        Tally(
            way,
            kind,
            counts[kind],
            hashlib.sha256(
                b"".join(f"{m.message_id} {m.digest}\n".encode() for m in found if m.kind == kind)
            ).hexdigest(),
        )
        for kind in sorted(counts)
    ]


def dispatch(  # noqa: PLR0913 - a report has this many facts
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    since: datetime,
    until: datetime,
    tallies: tuple[Tally, ...],
    ranges: tuple[Range, ...],
    *,
    regular: bool = False,
    refers_to: str | None = None,
) -> StatusReport:
    """Send a report, whole or some parts of it, and keep it.

    Raises:
        LocalError: ``phase-off``: nothing is exchanged now.
    """
    stage, mode = current_phase(context, agreement)
    report = send(
        tx,
        context,
        agreement,
        StatusReport(
            header=new_header(
                context, agreement, StatusReport, stage=stage, mode=mode, refers_to=refers_to
            ),
            since=since,
            until=until,
            agreement_version=agreement.version,
            agreement_digest=digest_here(agreement),
            tallies=tallies,
            ranges=ranges,
        ),
    )
    keep(tx, agreement, report, Direction.OUT, regular=regular)
    return report


def keep(
    tx: Transaction,
    agreement: Agreement,
    report: StatusReport,
    direction: Direction,
    *,
    regular: bool = False,
) -> None:
    """Note a report that was made or has come."""
    tx.add_report(
        Report(
            corridor=agreement.corridor,
            message_id=report.header.message_id,
            direction=direction,
            since=report.since,
            until=report.until,
            regular=regular,
            digest=report.agreement_digest,
        )
    )
