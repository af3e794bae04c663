"""What happens by the clock: consignments set out, and those that do not come are marked."""

from __future__ import annotations

from dataclasses import dataclass

from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.record import EventData, record
from keruen.store import Consignment, Reader, Transaction

BATCH = 500
"""Consignments that one sweep handles; the next one takes the rest."""


@dataclass(frozen=True, slots=True)
class Due:
    """Consignments for which the clock says something."""

    departed: list[Consignment]
    overdue: list[Consignment]

    def __bool__(self) -> bool:
        return bool(self.departed or self.overdue)


def due(reader: Reader, context: Context) -> Due:
    """What has departed and what is past its time, by the clock of now."""
    now = context.clock.now()
    return Due(
        departed=reader.consignments_departing([State.ACCEPTED], now, limit=BATCH),
        overdue=[one for one in _past_eta(reader, context) if _overdue(context, one)],
    )


def sweep(tx: Transaction, context: Context) -> int:
    """Mark as under way what has departed and as overdue what is past its time; gives how many."""
    found = due(tx, context)
    for consignment in found.departed:
        _mark(tx, context, consignment, Happening.DEPARTED, EventData())
    for consignment in found.overdue:
        _mark(tx, context, consignment, Happening.OVERDUE, _overdue_data(context, consignment))
    return len(found.departed) + len(found.overdue)


def _past_eta(tx: Reader, context: Context) -> list[Consignment]:
    waits = [
        wait
        for agreement in context.agreements
        for wait in agreement.deadlines.overdue_after.values()
    ]
    if not waits:
        return []
    before = context.clock.now() - min(waits)
    return tx.consignments_due([State.ACCEPTED, State.UNDER_WAY], before, limit=BATCH)


def _overdue(context: Context, consignment: Consignment) -> bool:
    agreement = context.agreement_of(consignment.corridor)
    wait = agreement.deadline(agreement.deadlines.overdue_after, consignment.transport_mode)
    return consignment.eta is not None and context.clock.now() >= consignment.eta + wait


def _overdue_data(context: Context, consignment: Consignment) -> EventData:
    agreement = context.agreement_of(consignment.corridor)
    wait = agreement.deadline(agreement.deadlines.overdue_after, consignment.transport_mode)
    return EventData(
        declared=consignment.eta.isoformat() if consignment.eta else None,
        tolerance=f"{wait.total_seconds() / 3600:g} h",
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
