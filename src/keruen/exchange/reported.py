"""Status reports of the other side: compared when they come, and what differs is healed.

report ─► digests agree: done
    └──► they differ ─► answered by the parts that differ ─► … ─► what is missing is asked for again
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from keruen.agreement import Agreement
from keruen.customs import refuses
from keruen.exchange.alarms import raise_alarm, settle
from keruen.exchange.answering import list_findings
from keruen.exchange.comparing import OPPOSITE, Comparison, compare, digest_of
from keruen.exchange.context import Context
from keruen.exchange.enquiries import ask_again
from keruen.exchange.incoming import Incoming, UnusableError
from keruen.exchange.kept import said
from keruen.exchange.reporting import digest_here, dispatch, held, keep, make
from keruen.messages import StatusReport
from keruen.store import Alarm, Direction, Reader, Transaction

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


def reported(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    """The other side reports: compare, ask for what is missing, answer where it must go on comparing."""
    report = incoming.message
    assert isinstance(report, StatusReport)  # noqa: S101 - the table's key says so
    findings = tuple(list_findings(agreement, incoming))
    if refuses(findings):
        raise UnusableError(findings)
    keep(tx, agreement, report, Direction.IN)
    news = _compare_agreements(tx, context, agreement, report)
    corridor = agreement.corridor
    found = compare(report.ranges[:RANGES], partial(held, tx, corridor))
    _told(tx, context, agreement, report, found)
    for start in range(0, len(found.missing), ASKED):
        ask_again(tx, context, agreement, tuple(found.missing[start : start + ASKED]))
    if found.answers or (news and report.header.refers_to is None):
        dispatch(
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
    partner, ours = report.header.sender.country, digest_here(agreement)
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
