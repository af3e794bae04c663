"""Sends a message again because the other side asks for it: the same message in a transmission of its own.

The business message, its id and its octets are the same; the AS4 message has another id, so that the other
side takes it even if it has the first one's receipt on file. Who has the message recognises its id.
"""

from __future__ import annotations

from keruen.agreement import Agreement
from keruen.errors import LocalError
from keruen.exchange.context import Context
from keruen.messages import Amendment, Annulment, EmptyVehicle, PreliminaryInformation
from keruen.store import Direction, Message, OutboxState, Transaction

INFORMATION = frozenset(
    kind.__name__ for kind in (PreliminaryInformation, Amendment, Annulment, EmptyVehicle)
)
"""Kinds by which a consignment is known to the other side."""


def send_again(tx: Transaction, context: Context, message: Message) -> bool:
    """Queue a message of ours once more; gives whether it was one of ours, still with its content.

    What still waits is not queued twice, only tried at once.
    """
    if message.direction is not Direction.OUT or message.removed is not None:
        return False
    wall = context.clock.wall()
    entry = tx.outbox_entry(message.corridor, message.message_id)
    if entry is not None and entry.state is OutboxState.WAITING:
        tx.hasten_outbox(message.partner, wall)
        return True
    expires = wall + context.expiry_of(message.partner)
    tx.outbox_again(message.corridor, message.message_id, wall, expires, context.clock.entropy(32))
    return True


def resend(tx: Transaction, context: Context, message: Message) -> None:
    """The same for a person.

    Raises:
        LocalError: ``not-resendable``.
    """
    if not send_again(tx, context, message):
        raise LocalError(
            "not-resendable",
            "only a message that this node sent and whose content is still here is sent again",
        )


def send_information_again(
    tx: Transaction, context: Context, agreement: Agreement, consignment_id: str
) -> None:
    """The other side does not know a consignment of ours: tell it again, in the order of telling."""
    told = tx.messages(
        corridor=agreement.corridor, consignment_id=consignment_id, direction=Direction.OUT
    )
    for message in reversed(told):
        if message.kind in INFORMATION:
            send_again(tx, context, message)
