"""AS4 ids of the transmissions of one business message: the first, and those that the partner asked for."""

from __future__ import annotations

from msgspec.structs import replace

from keruen.store import Message, OutboxEntry


def as_sent(entry: OutboxEntry, message: Message) -> Message:
    """The message as it goes over the line now: each transmission has an AS4 id of its own."""
    if not entry.again:
        return message
    local, _, domain = message.ebms_id.partition("@")
    return replace(message, ebms_id=f"{local}.{entry.again}@{domain}")


def first_sent(ebms_id: str) -> str:
    """The AS4 id of the first transmission of a message of this node."""
    local, _, domain = ebms_id.partition("@")
    return f"{local.partition('.')[0]}@{domain}"


def business_id(ebms_id: str) -> str:
    """The business message id in an AS4 id that a Keruen node made."""
    return ebms_id.partition("@")[0].partition(".")[0]
