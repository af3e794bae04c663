"""Status reports: made by the clock or by hand, compared when they come, and what differs is healed.

    report ─► digests agree: done
        └──► they differ ─► answered by the parts that differ ─► … ─► what is missing is asked for again

A report counts messages by the time of creation in their headers, which both sides hold alike. It carries the
digest of the agreement, so that two sides whose copies differ learn it with the first report.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

from keruen.agreement import Agreement, digest
from keruen.customs import refuses
from keruen.errors import LocalError
from keruen.exchange.alarms import raise_alarm, settle
from keruen.exchange.answering import list_findings
from keruen.exchange.comparing import OPPOSITE, Comparison, compare, counted, digest_of
from keruen.exchange.context import Context
from keruen.exchange.enquiries import ask_again
from keruen.exchange.incoming import Incoming, UnusableError
from keruen.exchange.kept import said
from keruen.exchange.outgoing import new_header, send
from keruen.messages import Entry, Range, StatusReport, Tally, Way
from keruen.store import Alarm, Content, Direction, Reader, Report, Transaction

AGREEMENT_DIFFERS = "agreement-differs"
REPORT_DIFFERS = "report-differs"
MESSAGE_DIFFERS = "message-differs"
MESSAGE_UNKNOWN = "message-unknown"

RANGES = 512
"""Ranges of one report that are compared."""
ASKED = 500
"""Messages that one enquiry asks for."""
LOOK = timedelta(minutes=15)
"""Domain time before the first look whether a difference is healed."""
DAY = timedelta(days=1)
"""The same between looks at one that stands for long."""
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
    if last is not None and last.digest != _digest(agreement):
        return period_of(agreement, rule.every, now), now
    return None


def period_of(agreement: Agreement, every: timedelta, at: datetime) -> datetime:
    """When the period of a moment begins: periods are counted from a midnight of the agreement's days."""
    origin = _EPOCH - timedelta(minutes=agreement.dates_utc_offset_minutes)
    return origin + (at - origin) // every * every


_digests: dict[int, tuple[Agreement, str]] = {}


def _digest(agreement: Agreement) -> str:
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
    return _send(
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


def _send(  # noqa: PLR0913 - a report has this many facts
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
    phase = agreement.current(context.clock.now())
    if phase is None:
        raise LocalError("phase-off", f"the agreement {agreement.id} exchanges nothing now")
    stage, mode = phase
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
            agreement_digest=_digest(agreement),
            tallies=tallies,
            ranges=ranges,
        ),
    )
    _keep(tx, agreement, report, Direction.OUT, regular=regular)
    return report


def _keep(
    tx: Transaction,
    agreement: Agreement,
    report: StatusReport,
    direction: Direction,
    *,
    regular: bool = False,
) -> None:
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


def reported(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """The other side reports: compare, ask for what is missing, answer where it must go on comparing."""
    report = incoming.message
    assert isinstance(report, StatusReport)  # noqa: S101 - the table's key says so
    findings = tuple(list_findings(agreement, incoming))
    if refuses(findings):
        raise UnusableError(findings)
    _keep(tx, agreement, report, Direction.IN)
    news = _compare_agreements(tx, context, agreement, report)
    corridor = agreement.corridor
    found = compare(report.ranges[:RANGES], partial(held, tx, corridor))
    _told(tx, context, agreement, report, found)
    for start in range(0, len(found.missing), ASKED):
        ask_again(tx, context, agreement, tuple(found.missing[start : start + ASKED]))
    if found.answers or (news and report.header.refers_to is None):
        _send(
            tx,
            context,
            agreement,
            report.since,
            report.until,
            (),
            tuple(found.answers),
            refers_to=report.header.message_id,
        )
    elif (
        report.header.refers_to is None and not found.differing and _outdated(tx, corridor, report)
    ):
        make(tx, context, agreement, report.since, report.until)


def _outdated(tx: Transaction, corridor: str, report: StatusReport) -> bool:
    """Whether this node's last word of a period is no longer what its books say."""
    kept = tx.report_of(corridor, Direction.OUT, report.since, report.until)
    last = said(tx.message(corridor, kept.message_id)) if kept else None
    return isinstance(last, StatusReport) and differs(tx, corridor, last, own=True)


def _compare_agreements(
    tx: Transaction, context: Context, agreement: Agreement, report: StatusReport
) -> bool:
    """Whether the other side must learn of this node's copy: they differ, or do so no longer."""
    partner, ours = report.header.sender.country, _digest(agreement)
    known = tx.alarm(agreement.corridor, AGREEMENT_DIFFERS, partner)
    if report.agreement_digest == ours:
        settle(tx, context, agreement.corridor, AGREEMENT_DIFFERS, partner)
        return known is not None and known.settled is None
    raise_alarm(
        tx,
        context,
        agreement.corridor,
        AGREEMENT_DIFFERS,
        partner,
        f"{partner} holds version {report.agreement_version} with digest {report.agreement_digest[:16]}…, "
        f"this node version {agreement.version} with {ours[:16]}…; both must hold the same file.",
        message_id=report.header.message_id,
    )
    return True


def _told(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    report: StatusReport,
    found: Comparison,
) -> None:
    """What a person should know of a comparison."""
    partner, about = report.header.sender.country, report.header.message_id
    alarm = partial(raise_alarm, tx, context, agreement.corridor)
    subject = f"{partner} {report.since:%Y-%m-%dT%H:%MZ}"
    if report.header.refers_to is None and found.differing:
        text = (
            f"What {partner} reports of {report.since:%Y-%m-%d %H:%M} to {report.until:%Y-%m-%d %H:%M} UTC "
            "differs from what is here; what is missing is being asked for."
        )
        next_look = _next_look(context, tx.alarm(agreement.corridor, REPORT_DIFFERS, subject))
        alarm(REPORT_DIFFERS, subject, text, message_id=about, next_look=next_look)
    elif report.header.refers_to is None:
        settle(tx, context, agreement.corridor, REPORT_DIFFERS, subject)
    for key in found.altered:
        alarm(
            MESSAGE_DIFFERS,
            key,
            f"This message has another content at {partner}.",
            message_id=key,
        )
    for key in found.unknown:
        alarm(
            MESSAGE_UNKNOWN,
            key,
            f"{partner} received this message from here, and it is not in these books.",
            message_id=key,
        )


def _next_look(context: Context, standing: Alarm | None) -> datetime:
    """When to look at a difference again: the longer it stands, the more rarely, and each day."""
    now = context.clock.now()
    age = now - standing.raised if standing and standing.settled is None else LOOK
    return now + min(max(LOOK, age), DAY)


def look(tx: Transaction, context: Context, alarm: Alarm) -> None:
    """See whether a difference is healed by now, and report the period as it is in the books today.

    The other side's report is as old as the alarm: what it has received since is not in it, and it cannot
    settle its own alarm by an old report of this node either. So each side reports again.
    """
    stored = tx.message(alarm.corridor, alarm.message_id or "")
    report = said(stored)
    agreement = context.agreement_of(alarm.corridor)
    if isinstance(report, StatusReport):
        if agreement.current(context.clock.now()) is not None:
            make(tx, context, agreement, report.since, report.until)
        if not differs(tx, alarm.corridor, report):
            settle(tx, context, alarm.corridor, alarm.code, alarm.subject)
            return
    raise_alarm(
        tx,
        context,
        alarm.corridor,
        alarm.code,
        alarm.subject,
        alarm.text,
        message_id=alarm.message_id,
        next_look=_next_look(context, alarm),
    )


def differs(reader: Reader, corridor: str, report: StatusReport, *, own: bool = False) -> bool:
    """Whether a report says something else than this node's books.

    Args:
        own: whether this node made it; else the other side did, and what it sent was received here.
    """
    return any(
        digest_of(held(reader, corridor, way, one.since, one.until)) != one.digest
        for one in report.ranges
        for way in (one.way if own else OPPOSITE[one.way],)
    )
