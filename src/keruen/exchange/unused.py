"""Counts a message that was received, receipted and could not be used, so that both sides count alike.

Its sender counts it as sent, has its receipt, and learns by the answer that it could not be used. So a report
counts it as received: it is not missing, and sent again it would be refused again. What is not counted is asked
for again, as both reports differ until it comes: a message that this node failed to handle, and one whose very
id cannot be read. Other content under a known id is not counted beside the first.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from keruen.errors import KeruenError, RemoteError
from keruen.exchange.context import Context
from keruen.exchange.refusing import INTERNAL, KNOWN_ID
from keruen.messages.header import Id
from keruen.store import InboxEntry, Transaction, UnusableMessage


class _Header(msgspec.Struct, frozen=True):
    message_id: Id
    created: Annotated[datetime, Meta(tz=True)]


class _Outline(msgspec.Struct, frozen=True):
    """What a message must at least say to be counted, whatever else it says."""

    header: _Header


def count_unusable(
    tx: Transaction, context: Context, entry: InboxEntry, error: KeruenError
) -> None:
    """Note that a message came which could not be used."""
    if error.code in (INTERNAL, KNOWN_ID):
        return
    octets = b"".join(tx.payload(entry.payload_id))
    try:
        corridor = context.agreement_with(entry.partner).corridor
        header = msgspec.json.decode(octets, type=_Outline).header
    except (RemoteError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    tx.add_unusable(
        UnusableMessage(
            corridor=corridor,
            message_id=header.message_id,
            kind=entry.action,
            created=header.created,
            digest=hashlib.sha256(octets).digest(),
            code=error.code,
        )
    )
