"""Registers an arrival: the consignments that came, or an unannounced one, and tells the other side.

    arrival ─► judgement ─┬─► refused: nothing is written
                          ├─► a consignment each: ArrivalInformation + event
                          └─► nobody announced it: the same, unannounced

The same arrival handed in twice is refused the second time.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.arrival import Arrival
from keruen.border.judge import Judgement, judge
from keruen.border.notice import arrival_information
from keruen.border.parts import ArrivalRegistered, tell_part
from keruen.exchange import Attached, Context, Happening, current_phase, record, send
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
    registered = _registered(tx, context, judge(tx, context, arrival), attached)
    if any(one.attachments for one in registered):
        for one in attached:
            tx.keep_draft(one.payload_id)
    return registered


def _registered(
    tx: Transaction, context: Context, judged: Judgement, attached: Sequence[Attached]
) -> list[ArrivalRegistered]:
    """Everything is judged before anything is written."""
    if judged.refused:
        return [ArrivalRegistered(post=judged.arrival.post, findings=judged.findings)]
    if judged.agreement is not None:
        told = [_unannounced(tx, context, judged.arrival, judged.agreement, attached)]
    else:
        told = [
            tell_part(tx, context, part, cause=CAUSE, attached=attached) for part in judged.parts
        ]
    return [replace(one, findings=(*one.findings, *judged.findings)) for one in told]


def _unannounced(
    tx: Transaction,
    context: Context,
    arrival: Arrival,
    agreement: Agreement,
    attached: Sequence[Attached],
) -> ArrivalRegistered:
    stage, mode = current_phase(context, agreement)
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
    )
