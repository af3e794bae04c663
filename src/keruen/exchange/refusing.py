"""The answer to a message that was delivered and cannot be used: rejected, with the reasons.

It must not do harm: an answer is never answered, and nothing is said about a message that was taken before.
"""

from __future__ import annotations

import re

import structlog

from keruen.agreement import Agreement
from keruen.customs import Finding
from keruen.errors import KeruenError, RemoteError
from keruen.exchange.context import Context
from keruen.exchange.incoming import UnusableError
from keruen.exchange.outgoing import new_header, send
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    Mode,
    Outcome,
    Stage,
    decode,
)
from keruen.store import InboxEntry, Transaction

KNOWN_ID = "message-id-known"
"""Code of a message whose id was used before: its answer would look like one to the first."""

INTERNAL = "internal-error"
"""Code of a message that this node could not handle by a fault of its own."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

log = structlog.get_logger(__name__)


def answer_refused(
    tx: Transaction, context: Context, entry: InboxEntry, error: KeruenError
) -> None:
    """Queue the answer, unless there must be none or nothing is agreed by which it could be sent."""
    message = _readable(tx, entry)
    if Acknowledgement.__name__ in (entry.action, type(message).__name__):
        return  # an answer is never answered, or two nodes that disagree would never stop
    try:
        agreement = context.agreement_with(entry.partner)
    except RemoteError as missing:
        log.warning("not answered", why=str(missing), message=entry.ebms_id)
        return
    phase = _phase(context, agreement, message)
    if phase is None:
        log.warning("not answered", why="every phase is off", message=entry.ebms_id)
        return
    stage, mode = phase
    header = new_header(
        context,
        agreement,
        Acknowledgement,
        stage=stage,
        mode=mode,
        refers_to=None if error.code == KNOWN_ID else _id_of(entry, message),
    )
    findings = _findings(error, message)
    send(
        tx,
        context,
        agreement,
        Acknowledgement(header=header, outcome=Outcome.REJECTED, findings=findings),
        answering=entry,
    )


def _readable(tx: Transaction, entry: InboxEntry) -> AnyMessage | None:
    try:
        return decode(b"".join(tx.payload(entry.payload_id)))
    except RemoteError:
        return None


def _phase(
    context: Context, agreement: Agreement, message: AnyMessage | None
) -> tuple[Stage, Mode] | None:
    """The phase in which a message came; where it cannot be read, the first that is agreed."""
    if message is not None:
        return message.header.stage, message.header.mode
    return agreement.current(context.clock.now())


def _id_of(entry: InboxEntry, message: AnyMessage | None) -> str | None:
    """The id of the refused message; where it cannot be read, a Keruen node put it into the AS4 id."""
    if message is not None:
        return message.header.message_id
    before = entry.ebms_id.partition("@")[0]
    return before if _UUID.fullmatch(before) else None


def _findings(error: KeruenError, message: AnyMessage | None) -> tuple[Finding, ...]:
    if isinstance(error, UnusableError):
        return error.findings
    declared = message.header.message_id if error.code == KNOWN_ID and message else None
    return (Finding(code=error.code, path=error.path or "", text=error.text, declared=declared),)
