"""What happens by the clock: consignments set out, those that do not come are asked for, days are reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from keruen.agreement import Agreement
from keruen.exchange import enquiries, replies, reported, reporting
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import AWAITED, EXPECTED, Happening, State
from keruen.exchange.record import EventData, record
from keruen.store import Alarm, Consignment, Direction, EnquiryRow, Reader, Transaction

BATCH = 500
"""Consignments that one sweep handles; the next one takes the rest."""
LOOKED_AT = 20 * BATCH
"""Consignments past their ETA that one sweep looks at: those by rail may wait longer than those by road."""


@dataclass(frozen=True, slots=True)
class Due:
    """What the clock says something of.

    Attributes:
        steps: enquiries of this node whose next step is due.
        overtaken: enquiries, of either side, whose consignments are awaited no longer.
        reports: periods that are to be reported.
        looks: alarms that may have settled themselves.
    """

    departed: list[Consignment]
    overdue: list[Consignment]
    steps: list[EnquiryRow]
    overtaken: list[EnquiryRow]
    reports: list[tuple[Agreement, datetime, datetime]]
    looks: list[Alarm]

    def __len__(self) -> int:
        moved = len(self.departed) + len(self.overdue) + len(self.steps)
        return moved + len(self.overtaken) + len(self.reports) + len(self.looks)


def due(reader: Reader, context: Context) -> Due:
    """What has departed and what is past its time, by the clock of now."""
    now = context.clock.now()
    overdue = [one for one in _past_eta(reader, context) if _is_overdue(context, one)]
    return Due(
        departed=reader.consignments_departing([State.ACCEPTED], now, limit=BATCH),
        overdue=overdue[:BATCH],
        steps=[one for one in reader.enquiries_due(now, BATCH) if _is_here(context, one.corridor)],
        overtaken=[one for one in _overtaken(reader) if _is_here(context, one.corridor)],
        reports=list(_reports(reader, context)),
        looks=[one for one in reader.alarms_due(now, BATCH) if _is_here(context, one.corridor)],
    )


def sweep(tx: Transaction, context: Context) -> int:
    """Do what the clock says; gives how much it was."""
    found = due(tx, context)
    for consignment in found.departed:
        _mark(tx, context, consignment, Happening.DEPARTED, EventData())
    for consignment in found.overdue:
        _mark(tx, context, consignment, Happening.OVERDUE, _overdue_data(context, consignment))
        enquiries.plan(tx, context, consignment)
    for row in found.overtaken:
        if row.direction is Direction.OUT or not replies.overtaken(tx, context, row):
            enquiries.withdraw(tx, context, row)
    overtaken = {row.enquiry_id for row in found.overtaken}
    for row in found.steps:
        if row.enquiry_id not in overtaken:
            enquiries.advance(tx, context, row)
    for agreement, since, until in found.reports:
        regular = until == since + _every(agreement)
        reporting.make(tx, context, agreement, since, until, regular=regular)
    for alarm in found.looks:
        reported.look(tx, context, alarm)
    return len(found)


def _is_here(context: Context, corridor: str) -> bool:
    return any(agreement.corridor == corridor for agreement in context.agreements)


def _overtaken(reader: Reader) -> list[EnquiryRow]:
    return reader.enquiries_overtaken(EXPECTED, BATCH)


def _every(agreement: Agreement) -> timedelta:
    return agreement.reporting.every if agreement.reporting else timedelta(0)


def _reports(reader: Reader, context: Context) -> Iterator[tuple[Agreement, datetime, datetime]]:
    for agreement in context.agreements:
        if agreement.current(context.clock.now()) is None:
            continue
        period = reporting.due(reader, context, agreement)
        if period is not None:
            yield agreement, *period


def _past_eta(tx: Reader, context: Context) -> list[Consignment]:
    waits = [
        wait
        for agreement in context.agreements
        for wait in agreement.deadlines.overdue_after.values()
    ]
    if not waits:
        return []
    before = context.clock.now() - min(waits)
    return tx.consignments_due(AWAITED, before, limit=LOOKED_AT)


def _is_overdue(context: Context, consignment: Consignment) -> bool:
    wait = _wait(context, consignment)
    if wait is None or consignment.eta is None:
        return False
    return context.clock.now() - wait >= consignment.eta


def _wait(context: Context, consignment: Consignment) -> timedelta | None:
    """How long after its ETA a consignment is overdue; None when its agreement is no longer here."""
    for agreement in context.agreements:
        if agreement.corridor == consignment.corridor:
            return agreement.deadline(agreement.deadlines.overdue_after, consignment.transport_mode)
    return None


def _overdue_data(context: Context, consignment: Consignment) -> EventData:
    wait = _wait(context, consignment)
    return EventData(
        declared=consignment.eta.isoformat() if consignment.eta else None,
        tolerance=f"{wait.total_seconds() / 3600:g} h" if wait is not None else None,
    )


def _mark(
    tx: Transaction,
    context: Context,
    consignment: Consignment,
    happening: Happening,
    data: EventData,
) -> None:
    record(
        tx,
        context,
        consignment.corridor,
        consignment.consignment_id,
        happening,
        cause="clock",
        data=data,
    )
