"""Puts a message on its way: header, data list, storage and outbox, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from keruen.agreement import Agreement, agreed, cut, groundless
from keruen.customs import unsound
from keruen.errors import LocalError
from keruen.exchange.attaching import Attached, add_attached, check_attached
from keruen.exchange.context import Context
from keruen.exchange.quality import count
from keruen.messages import (
    STRUCTURE_VERSION,
    AnyMessage,
    Header,
    Mode,
    Office,
    Stage,
    encode,
    kind_of,
    structure_of,
)
from keruen.store import Direction, InboxEntry, Message, OutboxEntry, OutboxState, Transaction

M = TypeVar("M", bound=AnyMessage)


def new_header(
    context: Context,
    agreement: Agreement,
    kind: type[AnyMessage],
    *,
    stage: Stage,
    mode: Mode,
    refers_to: str | None = None,
    office: str | None = None,
) -> Header:
    """The header of a new message of this node to the other side of an agreement."""
    return Header(
        message_id=context.clock.new_id(),
        refers_to=refers_to,
        created=context.clock.now(),
        structure=structure_of(kind),
        version=STRUCTURE_VERSION,
        agreement=agreement.id,
        stage=stage,
        mode=mode,
        sender=Office(country=context.country, office=office),
        receiver=Office(country=agreement.other(context.country)),
    )


def mode_of(context: Context, agreement: Agreement, stage: Stage) -> Mode:
    """The mode of a phase now.

    Raises:
        LocalError: ``phase-off`` when the agreement does not (yet, or any more) exchange this phase;
            ``instrument-not-in-force``.
    """
    now = context.clock.now()
    mode = agreement.mode(stage, now)
    if mode is None:
        raise _nothing(agreement, now, f"does not exchange {stage} declarations")
    return mode


def current_phase(context: Context, agreement: Agreement) -> tuple[Stage, Mode]:
    """The first phase that is exchanged now, for what belongs to no declaration.

    Raises:
        LocalError: ``phase-off`` when nothing is exchanged; ``instrument-not-in-force``.
    """
    now = context.clock.now()
    current = agreement.current(now)
    if current is None:
        raise _nothing(agreement, now, "exchanges nothing")
    return current


def _nothing(agreement: Agreement, now: datetime, said: str) -> LocalError:
    """Why nothing begins under an agreement now."""
    for finding in groundless(agreement, now):
        return LocalError(finding.code, finding.text, values=finding.values)
    return LocalError("phase-off", f"the agreement {agreement.id} {said} on {agreement.day(now)}")


def send(
    tx: Transaction,
    context: Context,
    agreement: Agreement,
    message: M,
    attached: Sequence[Attached] = (),
    *,
    answering: InboxEntry | None = None,
) -> M:
    """Store a message, cut to the agreement's data list, and queue it; gives it as it will be sent.

    Args:
        tx: the transaction.
        context: this node.
        agreement: with its receiver.
        message: what is to be sent.
        answering: the message that it answers, where that could not be stored as one.
        attached: files that travel with it; the caller keeps their drafts in the same transaction.

    Raises:
        LocalError: a value that the other side would not take, an element that the agreement requires, goods
            or places that it leaves out, with the path; or files that are not agreed. Nothing is written.
    """
    if not agreement.exchanges(kind_of(message)):
        raise LocalError(
            "kind-not-agreed",
            f"the agreement {agreement.id} has no data list for {kind_of(message)}; it is not exchanged",
        )
    check_attached(agreement, kind_of(message), [one.size for one in attached])
    sent = cut(message, agreement)
    assert type(sent) is type(message)  # noqa: S101 - tells the type checker
    for finding in (*unsound(sent), *agreed(sent, agreement)):
        raise LocalError(finding.code, finding.text, path=finding.path)
    header = sent.header
    now, wall = context.clock.now(), context.clock.wall()
    partner = header.receiver.country
    first = answering or _answered(tx, agreement.corridor, header.refers_to)
    stored = Message(
        corridor=agreement.corridor,
        message_id=header.message_id,
        direction=Direction.OUT,
        partner=partner,
        kind=kind_of(sent),
        created=header.created,
        stored=now,
        body=encode(sent),
        ebms_id=ebms_id(header.message_id, context.country),
        consignment_id=getattr(sent, "consignment_id", None),
        refers_to=header.refers_to,
    )
    tx.add_message(stored)
    add_attached(tx, stored, attached)
    tx.enqueue(
        OutboxEntry(
            corridor=agreement.corridor,
            message_id=header.message_id,
            partner=partner,
            state=OutboxState.WAITING,
            queued=now,
            next_attempt=wall,
            expires=wall + context.expiry_of(partner),
            seed=context.clock.entropy(32),
            bulky=bool(attached),
            conversation_id=first.conversation_id if first else None,
            answers=first.ebms_id if first else None,
        )
    )
    count(tx, context, stored)
    return sent


@dataclass(frozen=True, slots=True)
class _First:
    """The first leg of a two-way exchange: its id and conversation are kept in the second."""

    ebms_id: str
    conversation_id: str | None


def _answered(tx: Transaction, corridor: str, refers_to: str | None) -> _First | None:
    """The partner's message that one of ours refers to; what refers to our own answers none."""
    message = tx.message(corridor, refers_to) if refers_to else None
    if message is None or message.direction is Direction.OUT:
        return None
    entry = tx.inbox_entry(message.ebms_id, message.partner)
    conversation = entry.conversation_id if entry else conversation_of(message)
    return _First(message.ebms_id, conversation)


def conversation_of(message: Message) -> str:
    """The AS4 conversation of a message that answers none: all about one consignment are one."""
    return message.consignment_id or message.message_id


def ebms_id(message_id: str, country: str) -> str:
    """The AS4 message id of a business message (RFC 2822 form): the same on every attempt."""
    return f"{message_id}@{country.lower()}.keruen"
