"""Events and messages → what is known of a consignment now, as the row that lists and searches read."""

from __future__ import annotations

from msgspec.structs import replace

from keruen.agreement import border_mode, departure_of, entry_stop, lateness
from keruen.customs import Declaration, TransportMeans
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.messages import (
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    EnquiryReply,
    ImportInformation,
    PreliminaryInformation,
)
from keruen.store import Consignment, Event, Role

Stating = PreliminaryInformation | Amendment
"""Messages that state a version of the declaration."""
TITLE_LENGTH = 60
"""Characters of the goods description that lists show."""
_REGISTERED = (Happening.ACCEPTED, Happening.AMENDED, Happening.EMPTY_EXPECTED)
_SENT_BY_SENDER = PreliminaryInformation | Amendment | Annulment | EmptyVehicle
_DECLARED = (
    "ordinal", "reference", "information_id", "post", "eta", "eta_basis", "departed",
    "transport_mode", "vehicle", "title", "goods", "gross_mass", "late",
)  # fmt: skip
"""What a new version states anew."""


def begun(context: Context, event: Event, message: AnyMessage | None) -> Consignment:
    """The consignment that an event begins."""
    match message:
        case PreliminaryInformation() | Amendment():
            return replace(
                _blank(context, event, message),
                ordinal=message.ordinal,
                **_declared(context, event, message),
            )
        case Annulment():
            return _blank(context, event, message)
        case EmptyVehicle():
            return replace(
                _blank(context, event, message),
                ordinal=1,
                reference=_identities(message.transport_means) or event.consignment_id,
                post=message.post,
                eta=message.eta,
                eta_basis="declared",
                departed=message.departed,
                vehicle=_identities(message.transport_means),
            )
        case ArrivalInformation():
            return replace(
                _blank(context, event, message),
                post=message.post,
                arrived=message.arrived,
                vehicle=_identities(message.transport_means),
                gross_mass=str(message.weighbridge) if message.weighbridge is not None else None,
            )
        case _:
            raise ValueError(f"{event.name} cannot begin a consignment")


def _blank(
    context: Context, event: Event, message: _SENT_BY_SENDER | ArrivalInformation
) -> Consignment:
    """What the header says; the one who tells of an arrival is the consignment's receiver."""
    header = message.header
    ours = header.sender.country == context.country
    sending = ours is not isinstance(message, ArrivalInformation)
    return Consignment(
        corridor=event.corridor,
        consignment_id=event.consignment_id,
        role=Role.SENDER if sending else Role.RECEIVER,
        partner=header.receiver.country if ours else header.sender.country,
        state="",
        mode=header.mode,
        stage=header.stage,
        ordinal=0,
        reference=event.consignment_id,
        updated=event.recorded,
        information_id=header.message_id,
    )


def _identities(means: tuple[TransportMeans, ...]) -> str | None:
    return " + ".join(dict.fromkeys(one.identity for one in means if one.identity)) or None


def _declared(context: Context, event: Event, message: Stating) -> dict[str, object]:
    declaration = message.declaration
    agreement = context.agreement_of(event.corridor)
    stop = entry_stop(declaration, agreement, message.header.receiver.country)
    mass = declaration.total_gross_mass
    return {
        "reference": declaration.reference or event.consignment_id,
        "post": stop.office.code if stop and stop.office else None,
        "eta": stop.eta if stop else None,
        "eta_basis": stop.eta_basis if stop else None,
        "departed": departure_of(declaration),
        "transport_mode": border_mode(declaration),
        "vehicle": _identities(declaration.means()),
        "title": _title(declaration),
        "goods": len(declaration.items),
        "gross_mass": str(mass) if mass is not None else None,
        "late": bool(lateness(message, agreement, event.recorded)),
    }


def _title(declaration: Declaration) -> str | None:
    first = declaration.items[0] if declaration.items else None
    title = (first.trade_description or first.description or "") if first else ""
    return title[:TITLE_LENGTH] or None


def counts(version: Stating, before: Consignment) -> bool:
    """Whether a version takes the place of the one that holds; of what was rejected nothing holds."""
    return version.ordinal > before.ordinal or before.state == State.REJECTED


def restated(context: Context, event: Event, version: Stating, before: Consignment) -> Consignment:
    """The consignment as a new version states it; what has happened to it stays."""
    fresh = begun(context, event, version)
    return replace(before, **{name: getattr(fresh, name) for name in _DECLARED})


def with_facts(
    consignment: Consignment, event: Event, message: AnyMessage | None, number: str | None
) -> Consignment:
    """What an event adds to a consignment beside its state.

    Args:
        number: registration number that the event itself knows.
    """
    match message:
        case ArrivalInformation():
            return _with_arrival(consignment, event, message)
        case EnquiryReply() if event.name == Happening.FOUND:
            return replace(consignment, arrived=consignment.arrived or message.arrived)
        case ImportInformation():
            return replace(consignment, import_number=message.declaration_number)
        case Acknowledgement(registration_number=str(said)) if event.name in _REGISTERED:
            return replace(consignment, registration_number=said)
        case _ if number:
            return replace(consignment, registration_number=number)
        case _:
            return consignment


def _with_arrival(
    consignment: Consignment, event: Event, message: ArrivalInformation
) -> Consignment:
    """When the first part came, and whether all did; of one that is taken back what other parts leave."""
    if message.withdrawn:
        others = event.name == Happening.PART_WITHDRAWN
        arrived = consignment.arrived if others else None
        return replace(consignment, arrived=arrived, complete=False)
    return replace(
        consignment,
        arrived=consignment.arrived or message.arrived,
        complete=consignment.complete or not message.partial,
    )
