"""Messages of a consignment, each with its answer → the record that both sides print alike (`JointRecord`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from keruen.customs import Declaration, TransportMeans
from keruen.exchange.differences import differences
from keruen.exchange.joint import (
    JointArrival,
    JointDiscrepancy,
    JointImport,
    JointMessage,
    JointRecord,
    JointStop,
    JointVersion,
)
from keruen.exchange.kept import said
from keruen.exchange.lifecycle import FIRST, Happening, State, after
from keruen.exchange.outcomes import ANSWERED
from keruen.exchange.retold import standing_arrivals
from keruen.exchange.versions import KINDS, MOST, Validity, Version, ordinal_of, versions
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    EnquiryOutcome,
    EnquiryReply,
    ImportInformation,
    Outcome,
    PreliminaryInformation,
    kind_of,
)
from keruen.store import Consignment, Reader, Role

LATE = "information-late"
"""Code of the finding that marks information which came too late before the crossing."""
_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")


class Told(NamedTuple):
    """A message and its business answer; None where there is none."""

    message: AnyMessage
    answer: Acknowledgement | None = None

    @property
    def kind(self) -> str:
        """Name of the message's kind."""
        return kind_of(self.message)

    @property
    def outcome(self) -> Outcome | None:
        """Whether it could be used."""
        return self.answer.outcome if self.answer else None


def joint_record(reader: Reader, consignment: Consignment) -> JointRecord:
    """The record of a consignment, as the messages about it make it."""
    told = _told(reader, consignment)
    stated = versions(reader, consignment.corridor, consignment.consignment_id)
    sender, receiver = _sides(consignment)
    made = JointRecord(
        consignment_id=consignment.consignment_id,
        corridor=consignment.corridor,
        sender=sender,
        receiver=receiver,
        stage=consignment.stage,
        mode=consignment.mode,
        state=state_of(told),
        registration_number=_number(told),
        late=any(finding.code == LATE for one in stated for finding in one.findings),
        versions=tuple(_versions(stated)),
        messages=tuple(map(_message, told)),
        arrivals=tuple(_arrivals(told)),
        imports=tuple(_imports(told)),
        discrepancies=tuple(_discrepancies(told)),
    )
    holding = _holding(stated)
    whole = _with_declared(made, holding) if holding else made
    return replace(whole, digest=hashlib.sha256(_encoder.encode(whole)).hexdigest())


def _told(reader: Reader, consignment: Consignment) -> list[Told]:
    """The messages of a consignment in the order in which they were made."""
    stored = reader.messages(
        corridor=consignment.corridor, consignment_id=consignment.consignment_id, limit=MOST
    )
    messages = [message for row in stored if (message := said(row)) is not None]
    answers = {m.header.refers_to: m for m in messages if isinstance(m, Acknowledgement)}
    told = (
        Told(message, answers.get(message.header.message_id))
        for message in messages
        if not isinstance(message, Acknowledgement)
    )
    return sorted(told, key=lambda one: (one.message.header.created, one.message.header.message_id))


def _sides(consignment: Consignment) -> tuple[str, str]:
    one, other = consignment.corridor.split("-")
    own = other if consignment.partner == one else one
    is_sender = consignment.role is Role.SENDER
    return (own, consignment.partner) if is_sender else (consignment.partner, own)


def state_of(told: Sequence[Told]) -> State | None:
    """Where the consignment stands by the life-cycle table, as far as messages tell.

    What states it comes first and by its ordinal: the clocks of two nodes may differ.
    """
    told = _standing(told)
    stating = sorted(
        (one for one in told if one.kind in KINDS), key=lambda one: ordinal_of(one.message)
    )
    state: State | None = None
    for one in (*stating, *(one for one in told if one.kind not in KINDS)):
        for happening in _happenings(one):
            if state is not None or happening in FIRST:
                state = after(state, happening)
    return state


def _standing(told: Sequence[Told]) -> list[Told]:
    """Without arrivals that were taken back, and without the taking back."""
    arrivals = [one.message for one in told if isinstance(one.message, ArrivalInformation)]
    standing = standing_arrivals(arrivals)
    return [
        one
        for one in told
        if not isinstance(one.message, ArrivalInformation) or one.message in standing
    ]


def _happenings(one: Told) -> Iterator[Happening]:
    match one.message:
        case PreliminaryInformation():
            yield Happening.ANNOUNCED
        case EmptyVehicle():
            yield Happening.EMPTY_EXPECTED
        case ArrivalInformation(consignment_id=None):
            yield Happening.UNANNOUNCED
        case ArrivalInformation(partial=partial) if one.outcome is not Outcome.REJECTED:
            yield Happening.PARTLY_ARRIVED if partial else Happening.ARRIVED
        case ImportInformation() if one.outcome is not Outcome.REJECTED:
            yield Happening.IMPORTED
        case EnquiryReply(outcome=EnquiryOutcome.FOUND | EnquiryOutcome.OTHER_NUMBER):
            yield Happening.FOUND
    answered = ANSWERED.get((one.kind, one.outcome)) if one.outcome else None
    if answered is not None:
        yield answered


def _number(told: Sequence[Told]) -> str | None:
    answers = [one.answer for one in told if one.answer]
    return next((one.registration_number for one in answers if one.registration_number), None)


def _holding(stated: Sequence[Version]) -> Declaration | None:
    """The declaration that holds; of what was annulled or never accepted, the last that was stated."""
    found = [one for one in stated if one.declaration is not None]
    ranked = sorted(found, key=lambda one: (one.validity is Validity.HOLDS, one.ordinal))
    return ranked[-1].declaration if ranked else None


def _with_declared(record: JointRecord, declared: Declaration) -> JointRecord:
    return replace(
        record,
        reference=declared.reference,
        vehicles=_identities(declared.means()),
        containers=tuple(one.id for one in declared.containers),
        seals=tuple(seal.number for seal in declared.all_seals()),
        gross_mass=declared.total_gross_mass,
        itinerary=tuple(_stops(declared)),
    )


def _identities(means: Sequence[TransportMeans]) -> tuple[str, ...]:
    return tuple(one.identity for one in means if one.identity)


def _stops(declared: Declaration) -> Iterator[JointStop]:
    for stop in declared.itinerary:
        office = stop.office
        yield JointStop(
            country=stop.country or (office.country if office else None),
            office=office.code or office.name if office else None,
            place=stop.place,
            eta=_utc(stop.eta) if stop.eta else None,
            eta_basis=stop.eta_basis,
        )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _versions(stated: Sequence[Version]) -> Iterator[JointVersion]:
    before: Declaration | None = None
    for one in stated:
        changed = differences(before, one.declaration) if before and one.declaration else ()
        yield JointVersion(
            ordinal=one.ordinal,
            kind=one.kind,
            message_id=one.message_id,
            created=_utc(one.created),
            validity=one.validity,
            reason=one.reason,
            findings=tuple(finding.code for finding in one.findings),
            changed=changed,
        )
        before = one.declaration or before


def _message(one: Told) -> JointMessage:
    header = one.message.header
    return JointMessage(
        created=_utc(header.created),
        sender=header.sender.country,
        kind=one.kind,
        message_id=header.message_id,
        outcome=one.outcome,
    )


def _arrivals(told: Sequence[Told]) -> Iterator[JointArrival]:
    messages = [one.message for one in told if isinstance(one.message, ArrivalInformation)]
    yield from map(_arrival, standing_arrivals(messages))


def _arrival(message: ArrivalInformation) -> JointArrival:
    return JointArrival(
        arrival_id=message.arrival_id,
        post=message.post,
        arrived=_utc(message.arrived),
        partial=message.partial,
        vehicles=_identities(message.transport_means),
        containers=tuple(one.id for one in message.containers),
        seals=tuple(seal.number for seal in message.seals),
        seals_broken=message.seals_broken,
        weighbridge=message.weighbridge,
        remark=message.remark,
    )


def _imports(told: Sequence[Told]) -> Iterator[JointImport]:
    for one in told:
        if isinstance(one.message, ImportInformation):
            yield JointImport(
                declaration_number=one.message.declaration_number,
                procedure=one.message.procedure,
                accepted=one.message.accepted,
            )


def _discrepancies(told: Sequence[Told]) -> Iterator[JointDiscrepancy]:
    for one in told:
        if isinstance(one.message, ArrivalInformation | ImportInformation):
            source = one.message.header.message_id
            for found in one.message.discrepancies:
                yield JointDiscrepancy(message_id=source, discrepancy=found)
