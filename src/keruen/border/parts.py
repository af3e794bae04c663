"""One consignment's part of an arrival: compared, told to the other side, recorded."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.announced import (
    announced_declaration,
    arrivals_of,
    more_to_come,
    units_announced,
    units_come,
    units_earlier,
)
from keruen.border.arrival import Arrival
from keruen.border.compare import compare_arrival, compare_whole
from keruen.border.identify import Candidate
from keruen.border.match import retry_unmatched
from keruen.border.notice import arrival_information
from keruen.border.split import balances, split, together
from keruen.customs import Declaration, Discrepancy, Finding, Struct
from keruen.exchange import Attached, Context, Happening, record, send
from keruen.messages import ArrivalInformation, MatchBasis, Mode, Stage
from keruen.store import Reader, Transaction


class ArrivalRegistered(Struct, frozen=True):
    """The answer to the post for one consignment of an arrival.

    Attributes:
        arrival_id: UUID of the arrival; None where it was refused and nothing was written.
        consignment_id: None for a refused and for an unannounced arrival.
        attachments: number of files that travel with the message.
        matched_by: how the consignment was recognised.
        findings: errors refuse the arrival, warnings travel along.
    """

    post: str
    arrival_id: str | None = None
    consignment_id: str | None = None
    reference: str | None = None
    message_id: str | None = None
    attachments: int = 0
    partial: bool = False
    unannounced: bool = False
    discrepancies: tuple[Discrepancy, ...] = ()
    matched_by: tuple[MatchBasis, ...] = ()
    findings: tuple[Finding, ...] = ()


class Part(Struct, frozen=True):
    """One consignment's part of an arrival, ready to be written."""

    candidate: Candidate
    arrival: Arrival
    announced: Declaration | None
    discrepancies: tuple[Discrepancy, ...]


def part_of(reader: Reader, context: Context, one: Candidate, arrival: Arrival) -> Part:
    """Compare an arrival with what was announced; writes nothing."""
    announced = announced_declaration(reader, one.consignment)
    if announced is None:
        return Part(candidate=one, arrival=arrival, announced=None, discrepancies=())
    earlier = arrivals_of(reader, one.consignment)
    agreement = context.agreement_of(one.consignment.corridor)
    partial = _more_to_come(announced, arrival, earlier, agreement)
    in_parts = replace(arrival, partial=partial or bool(earlier))
    found = compare_arrival(announced, in_parts, agreement, one.consignment.eta, context.lists)
    return Part(
        candidate=one,
        arrival=replace(arrival, partial=partial),
        announced=announced,
        discrepancies=(
            *found,
            *((split(announced, arrival),) if partial and not earlier else ()),
            *_whole(announced, arrival, earlier, agreement, is_last=not partial),
        ),
    )


def _more_to_come(
    announced: Declaration,
    arrival: Arrival,
    earlier: Sequence[ArrivalInformation],
    agreement: Agreement,
) -> bool:
    """By the units that are awaited, else as the officer says, unless all has come by weight or quantity."""
    units = units_announced(announced), units_earlier(earlier), units_come(arrival)
    if more_to_come(*units):
        return True
    is_all = bool(earlier) and balances(announced, together(arrival, earlier), agreement)
    return arrival.partial and not is_all


def _whole(
    announced: Declaration,
    arrival: Arrival,
    earlier: Sequence[ArrivalInformation],
    agreement: Agreement,
    *,
    is_last: bool,
) -> tuple[Discrepancy, ...]:
    if not earlier or not is_last:
        return ()
    return compare_whole(announced, together(arrival, earlier), agreement)


def tell_part(
    tx: Transaction,
    context: Context,
    part: Part,
    *,
    cause: str,
    attached: Sequence[Attached] = (),
    unannounced: ArrivalInformation | None = None,
) -> ArrivalRegistered:
    """Tell the other side of an arrival, and record it.

    Args:
        cause: who or what brought it about.
        attached: files that travel with it.
        unannounced: the message that told of this very arrival before anything had announced it.
    """
    consignment, arrival = part.candidate.consignment, part.arrival
    agreement = context.agreement_of(consignment.corridor)
    sent = send(
        tx,
        context,
        agreement,
        arrival_information(
            context,
            agreement,
            arrival,
            stage=Stage(consignment.stage),
            mode=Mode(consignment.mode),
            consignment_id=consignment.consignment_id,
            discrepancies=part.discrepancies,
            unannounced=unannounced,
        ),
        attached,
    )
    happening = Happening.PARTLY_ARRIVED if arrival.partial else Happening.ARRIVED
    record(
        tx,
        context,
        consignment.corridor,
        consignment.consignment_id,
        happening,
        at=sent.arrived,
        cause=cause,
        message=sent,
    )
    retry_unmatched(tx, context, consignment.corridor, consignment.consignment_id)
    return ArrivalRegistered(
        post=arrival.post,
        arrival_id=sent.arrival_id,
        consignment_id=consignment.consignment_id,
        reference=consignment.reference,
        message_id=sent.header.message_id,
        attachments=len(attached),
        partial=arrival.partial,
        discrepancies=part.discrepancies,
        matched_by=tuple(one.basis for one in part.candidate.evidence),
    )
