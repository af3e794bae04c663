"""Registers an arrival: the consignments that came, or an unannounced one, and tells the other side.

    arrival ─► refusals? ─► candidates ─► choice ─┬─► a consignment each: ArrivalInformation + event
                                                  └─► nobody announced it: the same, unannounced

A refused arrival writes nothing. The same arrival handed in twice is refused the second time.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.border.announced import arrivals_of, nothing_new, share, units_come, units_earlier
from keruen.border.arrival import Arrival
from keruen.border.choice import choose, repeated
from keruen.border.identify import Candidate, candidates
from keruen.border.notice import arrival_information, own_phase
from keruen.border.parts import ArrivalRegistered, part_of, tell_part
from keruen.border.refusals import (
    already_arrived,
    ambiguous,
    input_findings,
    more_on_vehicle,
    needs_number,
    number_unknown,
    partner_findings,
    partners_of,
    unknown_items,
)
from keruen.customs import Finding, refuses
from keruen.exchange import Attached, Context, Happening, record, send
from keruen.store import Transaction

CAUSE = "officer"
"""Who brings an arrival about."""


def register_arrival(
    tx: Transaction, context: Context, arrival: Arrival, attached: Sequence[Attached] = ()
) -> list[ArrivalRegistered]:
    """Register an arrival; gives one answer a consignment, or one refusal with its findings.

    Args:
        attached: files that travel with what the other side is told; their drafts become payloads here.

    Raises:
        LocalError: files that are not agreed, see `send`; nothing is written.
    """
    registered = _register(tx, context, arrival, attached)
    if any(one.attachments for one in registered):
        for one in attached:
            tx.keep_draft(one.payload_id)
    return registered


def _register(
    tx: Transaction, context: Context, arrival: Arrival, attached: Sequence[Attached]
) -> list[ArrivalRegistered]:
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
        return [_unannounced(tx, context, arrival, attached)]
    registered = _announced(tx, context, arrival, choice.chosen, attached)
    if not choice.companions:
        return registered
    more = more_on_vehicle([one.consignment for one in choice.companions])
    return [replace(one, findings=(*one.findings, more)) for one in registered]


def _refused(arrival: Arrival, findings: tuple[Finding, ...]) -> ArrivalRegistered:
    return ArrivalRegistered(post=arrival.post, findings=findings)


def _announced(
    tx: Transaction,
    context: Context,
    arrival: Arrival,
    chosen: Sequence[Candidate],
    attached: Sequence[Attached],
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
    parts = [part_of(tx, context, one, own) for one, own in coming]
    wrong = tuple(
        finding for part in parts for finding in unknown_items(part.arrival, part.announced)
    )
    if wrong:
        return [_refused(arrival, wrong)]
    return [tell_part(tx, context, part, cause=CAUSE, attached=attached) for part in parts]


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
    if candidate.here:
        return True
    earlier = arrivals_of(tx, candidate.consignment)
    same_moment = any(
        one.arrived == arrival.arrived and one.post == arrival.post for one in earlier
    )
    before, now = units_earlier(earlier), units_come(arrival)
    return nothing_new(before, now) or (same_moment and not now)


def _unannounced(
    tx: Transaction, context: Context, arrival: Arrival, attached: Sequence[Attached]
) -> ArrivalRegistered:
    agreements = partners_of(context, arrival)
    findings = (
        *number_unknown(arrival),
        *partner_findings(context, arrival, agreements),
        *unknown_items(arrival, None),
    )
    if refuses(findings):
        return _refused(arrival, findings)
    agreement = agreements[0]
    stage, mode = own_phase(context, agreement)
    message = arrival_information(context, agreement, arrival, stage=stage, mode=mode)
    sent = send(tx, context, agreement, message, attached)
    record(
        tx,
        context,
        agreement.corridor,
        sent.arrival_id,
        Happening.UNANNOUNCED,
        at=sent.arrived,
        cause=CAUSE,
        message=sent,
    )
    return ArrivalRegistered(
        post=arrival.post,
        arrival_id=sent.arrival_id,
        message_id=sent.header.message_id,
        attachments=len(attached),
        partial=arrival.partial,
        unannounced=True,
        findings=findings,
    )
