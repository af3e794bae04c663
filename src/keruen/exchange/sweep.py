"""What happens by the clock: consignments set out, and those that do not come are marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.record import EventData, record
from keruen.store import Consignment, Reader, Transaction

BATCH = 500
"""Consignments that one sweep handles; the next one takes the rest."""
LOOKED_AT = 20 * BATCH
"""Consignments past their ETA that one sweep looks at: those by rail may wait longer than those by road."""


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
    overdue = [one for one in _past_eta(reader, context) if _is_overdue(context, one)]
    return Due(
        departed=reader.consignments_departing([State.ACCEPTED], now, limit=BATCH),
        overdue=overdue[:BATCH],
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
    return tx.consignments_due([State.ACCEPTED, State.UNDER_WAY], before, limit=LOOKED_AT)


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
