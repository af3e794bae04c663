"""Fills a store with what it would hold after many exchanges: rows as they are once content is purged."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import partial
from typing import Any

from keruen.bench.material import START
from keruen.node import Node
from keruen.store import (
    Direction,
    Envelope,
    InboxEntry,
    Message,
    OutboxEntry,
    OutboxState,
    Transaction,
)

BATCH = 5000
KEPT = b"x" * 64
"""What stands for a body, an envelope and a receipt: keys and indexes are as large as they really are."""


def fill(node: Node, *, until: int, outgoing: bool) -> dict[str, Any]:
    """Add messages until the store holds so many; gives how many there are."""
    have = node.store.read(lambda reader: reader.evidence_head()[0])
    for start in range(have, until, BATCH):
        stop = min(start + BATCH, until)
        node.store.write_now(partial(_add, node=node, span=range(start, stop), outgoing=outgoing))
    return {"stored": max(have, until)}


def _add(tx: Transaction, *, node: Node, span: range, outgoing: bool) -> None:
    agreement = node.context.agreements[0]
    partner = agreement.other(node.context.country)
    for number in span:
        _add_one(tx, agreement.corridor, partner, number, outgoing=outgoing)


def _add_one(tx: Transaction, corridor: str, partner: str, number: int, *, outgoing: bool) -> None:
    at = START + timedelta(milliseconds=number)
    digest = hashlib.sha256(str(number).encode())
    message_id = _id(number, digest.hexdigest())
    ebms = f"{message_id}@xx.keruen"
    direction = Direction.OUT if outgoing else Direction.IN
    tx.add_message(
        Message(
            corridor=corridor,
            message_id=message_id,
            direction=direction,
            partner=partner,
            kind="Benchmark",
            created=at,
            stored=at,
            body=KEPT,
            ebms_id=ebms,
        )
    )
    if outgoing:
        tx.enqueue(
            OutboxEntry(
                corridor=corridor,
                message_id=message_id,
                partner=partner,
                state=OutboxState.DELIVERED,
                queued=at,
                next_attempt=at,
                expires=at,
                attempts=1,
                delivered=at,
            )
        )
    else:
        tx.put_payload(message_id, [KEPT])
        tx.add_inbox(
            InboxEntry(
                ebms_id=ebms,
                partner=partner,
                action="Benchmark",
                references=digest.digest(),
                received=at,
                payload_id=message_id,
                mime_type="application/json",
                receipt_id=f"r-{message_id}",
                receipt_time=at,
                handled=at,
            )
        )
    tx.add_envelope(
        Envelope(
            corridor=corridor,
            ebms_id=ebms,
            direction=direction,
            partner=partner,
            envelope=KEPT,
            references=digest.digest(),
            digests="cid:x\ty",
            stored=at,
            receipt_id=f"r-{message_id}",
            receipt_time=at,
            receipt=KEPT if outgoing else None,
        )
    )


def _id(number: int, digits: str) -> str:
    """A UUIDv7 of an earlier time: sorted, and before those of today."""
    key = f"{0x019000000000 + number:012x}"
    return f"{key[:8]}-{key[8:]}-7{digits[:3]}-8{digits[3:6]}-{digits[6:18]}"
