"""Registers an arrival: the consignments that came, or an unannounced one, and tells the other side.

    arrival ─► refusals? ─► candidates ─► choice ─┬─► a consignment each: ArrivalInformation + event
                                                  └─► nobody announced it: the same, unannounced

A refused arrival writes nothing. The same arrival handed in twice is refused the second time.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.announced import (
    announced_declaration,
    arrivals_of,
    more_to_come,
    nothing_new,
    share,
    units_announced,
    units_come,
    units_earlier,
)
from keruen.border.arrival import Arrival
from keruen.border.compare import compare_arrival
from keruen.border.identify import Candidate, candidates, choose, repeated
from keruen.border.match import retry_unmatched
from keruen.border.notice import arrival_information, own_phase
from keruen.border.refusals import (
    already_arrived,
    ambiguous,
    input_findings,
    needs_number,
    number_unknown,
    partner_findings,
    partners_of,
    unknown_items,
)
from keruen.customs import Declaration, Discrepancy, Finding, Struct, refuses
from keruen.exchange import Context, Happening, record, send
from keruen.messages import ArrivalInformation, MatchBasis, Mode, Stage
from keruen.store import Transaction

CAUSE = "officer"
"""Who brings an arrival about."""


class ArrivalRegistered(Struct, frozen=True):
    """The answer to the post for one consignment of an arrival.

    Attributes:
        arrival_id: UUID of the arrival; None where it was refused and nothing was written.
        consignment_id: None for a refused and for an unannounced arrival.
        matched_by: how the consignment was recognised.
        findings: errors refuse the arrival, warnings travel along.
    """

    post: str
    arrival_id: str | None = None
    consignment_id: str | None = None
    reference: str | None = None
    message_id: str | None = None
    partial: bool = False
    unannounced: bool = False
    discrepancies: tuple[Discrepancy, ...] = ()
    matched_by: tuple[MatchBasis, ...] = ()
    findings: tuple[Finding, ...] = ()


def register_arrival(
    tx: Transaction, context: Context, arrival: Arrival
) -> list[ArrivalRegistered]:
    """Register an arrival; gives one answer a consignment, or one refusal with its findings."""
    findings = tuple(input_findings(context, arrival))
    if refuses(findings):
        return [_refused(arrival, findings)]
    possible = candidates(tx, context, arrival)
    twice = repeated(possible, arrival)
    if twice is not None:
        return [_refused(arrival, (already_arrived(twice.consignment),))]
    choice = choose(possible)
    if choice.rivals:
        return [_refused(arrival, (ambiguous([one.consignment for one in choice.rivals]),))]
    if not choice.chosen:
        return [_unannounced(tx, context, arrival)]
    return _announced(tx, context, arrival, choice.chosen)


def _refused(arrival: Arrival, findings: tuple[Finding, ...]) -> ArrivalRegistered:
    return ArrivalRegistered(post=arrival.post, findings=findings)


class _Part(Struct, frozen=True):
    """One consignment's part of an arrival, ready to be written."""

    candidate: Candidate
    arrival: Arrival
    announced: Declaration | None
    discrepancies: tuple[Discrepancy, ...]


def _announced(
    tx: Transaction, context: Context, arrival: Arrival, chosen: Sequence[Candidate]
) -> list[ArrivalRegistered]:
    """Everything is judged before anything is written."""
    shares = _shares(tx, arrival, chosen)
    known = [already_arrived(one.consignment) for one, own in shares if _is_known(tx, one, own)]
    coming = [(one, own) for one, own in shares if not _is_known(tx, one, own)]
    if not coming:
        return [_refused(arrival, tuple(known))]
    if len(coming) > 1 and (arrival.items or arrival.partial):
        refusal = needs_number([one.consignment for one, _ in coming])
        return [_refused(arrival, (refusal,))]
    parts = [_part(tx, context, one, own) for one, own in coming]
    wrong = tuple(
        finding for part in parts for finding in unknown_items(part.arrival, part.announced)
    )
    if wrong:
        return [_refused(arrival, wrong)]
    return [_write(tx, context, part) for part in parts]


def _shares(
    tx: Transaction, arrival: Arrival, chosen: Sequence[Candidate]
) -> list[tuple[Candidate, Arrival]]:
    """Each consignment with what of the arrival is its own."""
    marks = [tx.identifiers(*one.key) for one in chosen]
    return [
        (
            one,
            share(
                arrival,
                own=marks[index],
                others=[m for i, rows in enumerate(marks) if i != index for m in rows],
                alone=len(chosen) == 1,
            ),
        )
        for index, one in enumerate(chosen)
    ]


def _is_known(tx: Transaction, candidate: Candidate, arrival: Arrival) -> bool:
    """Whether this has been registered: all of the consignment, or this part of it."""
    if candidate.consignment.complete:
        return True
    earlier = arrivals_of(tx, candidate.consignment)
    same_moment = any(
        one.arrived == arrival.arrived and one.post == arrival.post for one in earlier
    )
    before, now = units_earlier(earlier), units_come(arrival)
    return nothing_new(before, now) or (same_moment and not now)


def _part(tx: Transaction, context: Context, one: Candidate, arrival: Arrival) -> _Part:
    announced = announced_declaration(tx, one.consignment)
    if announced is None:
        return _Part(candidate=one, arrival=arrival, announced=None, discrepancies=())
    earlier = arrivals_of(tx, one.consignment)
    partial = arrival.partial or more_to_come(
        units_announced(announced), units_earlier(earlier), units_come(arrival)
    )
    agreement = context.agreement_of(one.consignment.corridor)
    in_parts = replace(arrival, partial=partial or bool(earlier))
    return _Part(
        candidate=one,
        arrival=replace(arrival, partial=partial),
        announced=announced,
        discrepancies=compare_arrival(announced, in_parts, agreement, one.consignment.eta),
    )


def _write(tx: Transaction, context: Context, part: _Part) -> ArrivalRegistered:
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
        ),
    )
    happening = Happening.PARTLY_ARRIVED if arrival.partial else Happening.ARRIVED
    _record(tx, context, agreement, consignment.consignment_id, happening, sent)
    retry_unmatched(tx, context, consignment.corridor, consignment.consignment_id)
    return ArrivalRegistered(
        post=arrival.post,
        arrival_id=sent.arrival_id,
        consignment_id=consignment.consignment_id,
        reference=consignment.reference,
        message_id=sent.header.message_id,
        partial=arrival.partial,
        discrepancies=part.discrepancies,
        matched_by=tuple(one.basis for one in part.candidate.evidence),
    )


def _unannounced(tx: Transaction, context: Context, arrival: Arrival) -> ArrivalRegistered:
    agreements = partners_of(context, arrival)
    findings = (
        *number_unknown(arrival),
        *partner_findings(context, arrival, agreements),
        *unknown_items(arrival, None),
    )
    if refuses(findings):
        return _refused(arrival, findings)
    agreement = agreements[0]
    stage, mode = own_phase(agreement)
    message = arrival_information(context, agreement, arrival, stage=stage, mode=mode)
    sent = send(tx, context, agreement, message)
    _record(tx, context, agreement, sent.arrival_id, Happening.UNANNOUNCED, sent)
    return ArrivalRegistered(
        post=arrival.post,
        arrival_id=sent.arrival_id,
        message_id=sent.header.message_id,
        partial=arrival.partial,
        unannounced=True,
        findings=findings,
    )


def _record(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    consignment_id: str,
    happening: Happening,
    sent: ArrivalInformation,
) -> None:
    record(
        tx,
        context,
        agreement.corridor,
        consignment_id,
        happening,
        at=sent.arrived,
        cause=CAUSE,
        message=sent,
    )
