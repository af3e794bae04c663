"""Everything about one consignment, read in one go: some fifteen queries, however many messages it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from keruen.agreement import Agreement
from keruen.border.dossier.comparison import Comparison, compare
from keruen.border.dossier.linked import Linked, linked
from keruen.border.dossier.timeline import Moment, timeline
from keruen.border.dossier.told import Difference, File, Objection, differences, files, objections
from keruen.customs import Declaration, DeclarationKind, Struct
from keruen.exchange import Context, Version
from keruen.exchange.kept import content
from keruen.exchange.passage import Transmission, transmissions
from keruen.exchange.retold import standing_arrivals
from keruen.exchange.versions import KINDS, versions_among
from keruen.messages import (
    Acknowledgement,
    Amendment,
    AnyMessage,
    ArrivalInformation,
    ImportInformation,
    PreliminaryInformation,
)
from keruen.store import (
    Alarm,
    Consignment,
    Direction,
    EnquiryRow,
    Event,
    Message,
    MissedDeadline,
    Reader,
)

MOST = 200
"""Messages of one consignment that are read, the newest: a train comes in many parts."""

_NOTHING = Declaration(kind=DeclarationKind.EXPORT)
"""Stands for the declaration of an unannounced arrival, so that what was found is shown all the same."""


class Dossier(Struct, frozen=True):
    """Everything about one consignment.

    Attributes:
        declaration: None for an unannounced arrival.
        agreement: None where none is in force any more.
        comparison: None where no agreement says how to compare.
        arrivals: what came, the first one first.
        evidence: size and root of the evidence log.
    """

    consignment: Consignment
    agreement: Agreement | None
    declaration: Declaration | None
    moments: tuple[Moment, ...]
    comparison: Comparison | None
    differences: tuple[Difference, ...]
    objections: tuple[Objection, ...]
    messages: tuple[Transmission, ...]
    arrivals: tuple[ArrivalInformation, ...]
    versions: tuple[Version, ...]
    files: tuple[File, ...]
    enquiries: tuple[EnquiryRow, ...]
    alarms: tuple[Alarm, ...]
    missed: tuple[MissedDeadline, ...]
    linked: tuple[Linked, ...]
    evidence: tuple[int, bytes]


def dossier(reader: Reader, context: Context, consignment_id: str) -> Dossier | None:
    """One consignment with everything about it; None where there is none."""
    one = reader.by_consignment_id(consignment_id)
    if one is None:
        return None
    place = one.corridor, consignment_id
    events = reader.events(*place)
    messages = _messages(reader, one, events)
    by_id = {s.message.message_id: s for s in transmissions(reader, one.corridor, messages)}
    contents = _contents(by_id)
    agreement = next((a for a in context.agreements if a.corridor == one.corridor), None)
    declaration = _declaration(one, contents)
    found = _found(contents.values())
    ebms_ids = [message.ebms_id for message in messages]
    return Dossier(
        consignment=one,
        agreement=agreement,
        declaration=declaration,
        moments=timeline(events, by_id),
        comparison=compare(declaration or _NOTHING, found, agreement) if agreement else None,
        differences=tuple(differences(reader.discrepancies(*place), by_id)),
        objections=tuple(objections(contents, by_id)),
        messages=tuple(by_id.values()),
        arrivals=tuple(said for said in found if isinstance(said, ArrivalInformation)),
        versions=versions_among(messages),
        files=tuple(files(reader.attachments_among(one.corridor, ebms_ids), by_id)),
        enquiries=tuple(reader.enquiries(consignment_id=consignment_id)),
        alarms=tuple(reader.alarms_about(*place)),
        missed=tuple(reader.deadlines_about(*place)),
        linked=linked(reader, one),
        evidence=reader.evidence_head(),
    )


def _messages(reader: Reader, one: Consignment, events: Iterable[Event]) -> list[Message]:
    """The messages about a consignment, those that its events name, and answers; the first stored first.

    A message that was refused whole is answered by one that names no consignment.
    """
    said = reader.messages(corridor=one.corridor, consignment_id=one.consignment_id, limit=MOST)
    by_id = {message.message_id: message for message in said}
    named = {event.message_id for event in events if event.message_id} - by_id.keys()
    by_id |= {row.message_id: row for row in reader.messages_by_id(one.corridor, named)}
    open_ids = _unanswered(by_id.values())
    by_id |= {row.message_id: row for row in reader.answers_to(one.corridor, open_ids)}
    return sorted(by_id.values(), key=lambda row: (row.stored, row.message_id))


def _unanswered(messages: Iterable[Message]) -> list[str]:
    said = list(messages)
    answered = {one.refers_to for one in said if one.kind == Acknowledgement.__name__}
    return [
        one.message_id
        for one in said
        if one.direction is Direction.OUT and one.kind in KINDS and one.message_id not in answered
    ]


def _contents(by_id: Mapping[str, Transmission]) -> Mapping[str, AnyMessage]:
    decoded = ((message_id, content(one.message)) for message_id, one in by_id.items())
    return {message_id: said for message_id, said in decoded if said is not None}


def _declaration(one: Consignment, contents: Mapping[str, AnyMessage]) -> Declaration | None:
    information = contents.get(one.information_id)
    if isinstance(information, PreliminaryInformation | Amendment):
        return information.declaration
    return None


def _found(
    contents: Iterable[AnyMessage],
) -> Sequence[ArrivalInformation | ImportInformation]:
    """What came, and then what was imported, each the first one first."""
    told = tuple(contents)
    imports = [m for m in told if isinstance(m, ImportInformation)]
    arrivals = standing_arrivals(m for m in told if isinstance(m, ArrivalInformation))
    found: tuple[ArrivalInformation | ImportInformation, ...] = (*arrivals, *imports)
    return sorted(found, key=lambda one: (isinstance(one, ImportInformation), one.header.created))
