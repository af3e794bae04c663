"""Events in, projections out: the one way in which the state of a consignment changes.

`record` appends an event and applies it; `rebuild` throws the projections away and applies all events again.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec.structs import replace

from keruen.agreement import border_mode, departure_of, entry_stop
from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.exchange.context import Context
from keruen.exchange.identifiers import identifiers
from keruen.exchange.lifecycle import Happening, State, after
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    PreliminaryInformation,
    decode,
)
from keruen.store import (
    Consignment,
    DiscrepancyRow,
    Event,
    ImportMatch,
    Role,
    Store,
    Transaction,
)

TITLE_LENGTH = 60
"""Characters of the goods description that lists show."""


class EventData(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an event knows that no message says.

    Attributes:
        code: of the ebMS error that the line reports to the administration; `reason`: its cause in words.
    """

    declaration_id: str | None = None
    registration_number: str | None = None
    declared: str | None = None
    tolerance: str | None = None
    code: str | None = None
    reason: str | None = None


def record(  # noqa: PLR0913 - an event has this many facts
    tx: Transaction,
    context: Context,
    corridor: str,
    consignment_id: str,
    happening: Happening,
    *,
    at: datetime | None = None,
    cause: str,
    message: AnyMessage | None = None,
    data: EventData | None = None,
) -> Event:
    """Append an event of a consignment and bring its projections up to date.

    Args:
        at: when it happened; None for now.
        cause: who or what brought it about.
        message: the message that says it; already stored.
        data: what no message says.
    """
    now = context.clock.now()
    event = Event(
        corridor=corridor,
        event_id=context.clock.new_id(),
        consignment_id=consignment_id,
        name=happening.value,
        at=at or now,
        recorded=now,
        cause=cause,
        message_id=message.header.message_id if message else None,
        data=msgspec.json.encode(data or EventData()),
    )
    tx.add_event(event)
    apply(tx, context, event, message)
    return event


def rebuild(store: Store, context: Context) -> int:
    """Throw all projections away and apply every event again; gives the number of events."""

    def again(tx: Transaction) -> int:
        tx.clear_projections()
        count, last = 0, ""
        while events := tx.all_events(after=last):
            for event in events:
                stored = tx.message(event.corridor, event.message_id) if event.message_id else None
                apply(tx, context, event, decode(stored.body) if stored else None)
                count, last = count + 1, event.event_id
        return count

    return store.write_now(again)


def apply(tx: Transaction, context: Context, event: Event, message: AnyMessage | None) -> None:
    """Bring the projections of one consignment up to date with one event."""
    happening = Happening(event.name)
    data = msgspec.json.decode(event.data, type=EventData)
    before = tx.consignment(event.corridor, event.consignment_id)
    consignment = _begun(context, event, message) if before is None else before
    state = after(State(before.state) if before else None, happening)
    tx.put_consignment(
        replace(_with_facts(consignment, event, message, data), state=state, updated=event.recorded)
    )
    if before is None:
        tx.put_identifiers(event.corridor, event.consignment_id, tuple(identifiers(event, message)))
    if happening in (Happening.ARRIVED, Happening.PARTLY_ARRIVED):
        tx.withdraw_discrepancies(
            event.corridor, event.consignment_id, [DiscrepancyCode.NOT_ARRIVED]
        )
    tx.add_discrepancies(_discrepancies(event, message, data))
    if happening is Happening.IMPORTED and data.declaration_id:
        tx.put_match(
            ImportMatch(
                corridor=event.corridor,
                declaration_id=data.declaration_id,
                consignment_id=event.consignment_id,
                matched=event.recorded,
            )
        )


def _begun(context: Context, event: Event, message: AnyMessage | None) -> Consignment:
    match message:
        case PreliminaryInformation():
            return _announced(context, event, message)
        case ArrivalInformation():
            return _unannounced(context, event, message)
        case _:
            raise ValueError(f"{event.name} cannot begin a consignment")


def _announced(context: Context, event: Event, message: PreliminaryInformation) -> Consignment:
    declaration = message.declaration
    header = message.header
    agreement = context.agreement_of(event.corridor)
    stop = entry_stop(declaration, agreement, header.receiver.country)
    first = declaration.items[0] if declaration.items else None
    title = (first.trade_description or first.description or "") if first else ""
    mass = declaration.total_gross_mass
    means = declaration.means()
    sending = header.sender.country == context.country
    return Consignment(
        corridor=event.corridor,
        consignment_id=event.consignment_id,
        role=Role.SENDER if sending else Role.RECEIVER,
        partner=header.receiver.country if sending else header.sender.country,
        state="",
        mode=header.mode,
        stage=header.stage,
        ordinal=message.ordinal,
        reference=declaration.reference or event.consignment_id,
        updated=event.recorded,
        information_id=header.message_id,
        post=stop.office.code if stop and stop.office else None,
        eta=stop.eta if stop else None,
        eta_basis=stop.eta_basis if stop else None,
        departed=departure_of(declaration),
        transport_mode=border_mode(declaration),
        vehicle=" + ".join(dict.fromkeys(m.identity for m in means if m.identity)) or None,
        title=title[:TITLE_LENGTH] or None,
        goods=len(declaration.items),
        gross_mass=str(mass) if mass is not None else None,
    )


def _unannounced(context: Context, event: Event, message: ArrivalInformation) -> Consignment:
    header = message.header
    sending = header.sender.country == context.country
    return Consignment(
        corridor=event.corridor,
        consignment_id=event.consignment_id,
        role=Role.RECEIVER if sending else Role.SENDER,
        partner=header.receiver.country if sending else header.sender.country,
        state="",
        mode=header.mode,
        stage=header.stage,
        ordinal=0,
        reference=event.consignment_id,
        updated=event.recorded,
        information_id=header.message_id,
        post=message.post,
        arrived=message.arrived,
        vehicle=" + ".join(m.identity for m in message.transport_means if m.identity) or None,
        gross_mass=str(message.weighbridge) if message.weighbridge is not None else None,
    )


def _with_facts(
    consignment: Consignment, event: Event, message: AnyMessage | None, data: EventData
) -> Consignment:
    """What an event adds to a consignment beside its state."""
    match message:
        case ArrivalInformation():
            return replace(
                consignment,
                arrived=consignment.arrived or message.arrived,
                complete=consignment.complete or not message.partial,
            )
        case ImportInformation():
            return replace(consignment, import_number=message.declaration_number)
        case Acknowledgement(registration_number=str(number)) if event.name == Happening.ACCEPTED:
            return replace(consignment, registration_number=number)
        case _ if data.registration_number:
            return replace(consignment, registration_number=data.registration_number)
        case _:
            return consignment


def _discrepancies(
    event: Event, message: AnyMessage | None, data: EventData
) -> list[DiscrepancyRow]:
    found: tuple[Discrepancy, ...] = ()
    if isinstance(message, ArrivalInformation | ImportInformation) and event.name in (
        Happening.ARRIVED,
        Happening.PARTLY_ARRIVED,
        Happening.IMPORTED,
    ):
        found = message.discrepancies
    if event.name == Happening.OVERDUE:
        found = (
            Discrepancy(
                code=DiscrepancyCode.NOT_ARRIVED,
                path="itinerary.eta",
                declared=data.declared,
                tolerance=data.tolerance,
            ),
        )
    return [
        DiscrepancyRow(
            corridor=event.corridor,
            consignment_id=event.consignment_id,
            source=event.message_id or event.event_id,
            stated=event.recorded,
            discrepancy=one,
        )
        for one in found
    ]
