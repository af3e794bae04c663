"""What a post awaits: the list on the officer's table."""

from __future__ import annotations

from datetime import datetime, timedelta

from keruen.agreement import Agreement
from keruen.border.identify import WINDOW, agreement_now
from keruen.customs import Struct
from keruen.exchange import EXPECTED, Context, State
from keruen.store import Consignment, IdentifierKind, Reader

_MINUTE = timedelta(minutes=1)


class Expected(Struct, frozen=True):
    """One consignment that has not (wholly) arrived.

    Attributes:
        title: the goods in a few words; `gross_mass` in kg.
        eta_basis: ``declared`` or ``estimated``.
        minutes: until the ETA; negative when it has passed.
        overdue: whether the agreed time to wait has passed, too.
    """

    corridor: str
    consignment_id: str
    partner: str
    reference: str
    state: str
    mode: str
    vehicle: str | None = None
    containers: tuple[str, ...] = ()
    title: str | None = None
    gross_mass: str | None = None
    eta: datetime | None = None
    eta_basis: str | None = None
    minutes: int | None = None
    overdue: bool = False


def expected(reader: Reader, context: Context, post: str, limit: int = 200) -> list[Expected]:
    """What is on the way to a post, the next one first; what has no ETA comes last.

    What has been overdue for long is no longer on the way: its state tells of it.
    """
    now = context.clock.now()
    awaited = reader.consignments_expected(
        post, (*EXPECTED, State.PARTLY_ARRIVED.value), eta_from=now - WINDOW, limit=limit
    )
    return [
        _expected(reader, consignment, agreement, now)
        for consignment in awaited
        if (agreement := agreement_now(context, consignment)) is not None
    ]


def _expected(
    reader: Reader, consignment: Consignment, agreement: Agreement, now: datetime
) -> Expected:
    marks = reader.identifiers(consignment.corridor, consignment.consignment_id)
    eta = consignment.eta
    wait = agreement.deadline(agreement.deadlines.overdue_after, consignment.transport_mode)
    return Expected(
        corridor=consignment.corridor,
        consignment_id=consignment.consignment_id,
        partner=consignment.partner,
        reference=consignment.reference,
        state=consignment.state,
        mode=consignment.mode,
        vehicle=consignment.vehicle,
        containers=tuple(m.declared for m in marks if m.kind is IdentifierKind.CONTAINER),
        title=consignment.title,
        gross_mass=consignment.gross_mass,
        eta=eta,
        eta_basis=consignment.eta_basis,
        minutes=(eta - now) // _MINUTE if eta else None,
        overdue=eta is not None and now > eta + wait,
    )
