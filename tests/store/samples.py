"""Rows with plausible values; a test names only what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.store import (
    Consignment,
    Direction,
    DiscrepancyRow,
    Envelope,
    Event,
    Identifier,
    IdentifierKind,
    ImportMatch,
    InboxEntry,
    Message,
    NationalDeclaration,
    OutboxEntry,
    OutboxState,
    Refusal,
    Role,
    Row,
    Store,
    Transaction,
)

CORRIDOR = "KZ-TJ"
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def keep(store: Store, add: Callable[[Transaction, Any], Any], rows: Iterable[Row]) -> None:
    kept = list(rows)
    store.write_now(lambda tx: [add(tx, row) for row in kept])


def adding(number: int) -> Callable[[Transaction], None]:
    return lambda tx: tx.add_message(message(number))


def message(number: int = 1, **values: Any) -> Message:
    return replace(
        Message(
            corridor=CORRIDOR,
            message_id=f"message-{number:05}",
            direction=Direction.OUT,
            partner="TJ",
            kind="PreliminaryInformation",
            created=NOON,
            stored=NOON + number * MINUTE,
            body=b'{"kind": "PreliminaryInformation"}\x00\xff',
            ebms_id=f"message-{number:05}@kz",
            consignment_id="consignment-1",
        ),
        **values,
    )


def outbox_entry(number: int = 1, **values: Any) -> OutboxEntry:
    return replace(
        OutboxEntry(
            corridor=CORRIDOR,
            message_id=f"message-{number:05}",
            partner="TJ",
            state=OutboxState.WAITING,
            queued=NOON,
            next_attempt=NOON,
            expires=NOON + timedelta(days=1),
            seed=b"s" * 32,
        ),
        **values,
    )


def envelope(number: int = 1, **values: Any) -> Envelope:
    return replace(
        Envelope(
            corridor=CORRIDOR,
            ebms_id=f"message-{number:05}@kz",
            direction=Direction.OUT,
            partner="TJ",
            envelope=b"<Envelope/>",
            references=hashlib.sha256(b"references").digest(),
            digests="#body\tAAAA\ncid:content\tBBBB",
            stored=NOON,
            receipt_id="receipt@tj",
            receipt_time=NOON + MINUTE,
            receipt=b"<Receipt/>",
        ),
        **values,
    )


def inbox_entry(number: int = 1, **values: Any) -> InboxEntry:
    return replace(
        InboxEntry(
            ebms_id=f"incoming-{number:05}@tj",
            partner="TJ",
            action="PreliminaryInformation",
            references=b"r" * 32,
            received=NOON + number * MINUTE,
            payload_id=f"payload-{number:05}",
            mime_type="application/json",
            receipt_id="receipt@kz",
            receipt_time=NOON,
        ),
        **values,
    )


def event(number: int = 1, **values: Any) -> Event:
    return replace(
        Event(
            corridor=CORRIDOR,
            event_id=f"event-{number:05}",
            consignment_id="consignment-1",
            name="sent",
            at=NOON,
            recorded=NOON + MINUTE,
            cause="line",
            message_id="message-00001",
            data=b'{"a":1}',
        ),
        **values,
    )


def consignment(number: int = 1, **values: Any) -> Consignment:
    return replace(
        Consignment(
            corridor=CORRIDOR,
            consignment_id=f"consignment-{number}",
            role=Role.RECEIVER,
            partner="TJ",
            state="expected",
            mode="live",
            stage="export",
            ordinal=1,
            reference=f"55101/231126/{number:07}",
            updated=NOON,
            information_id="message-00001",
            post="KZ55101",
            eta=NOON + number * MINUTE,
            gross_mass="20150.500",
        ),
        **values,
    )


def identifier(declared: str = "123 AB-C 02", **values: Any) -> Identifier:
    folded = declared.replace(" ", "").replace("-", "")
    return replace(
        Identifier(
            corridor=CORRIDOR,
            consignment_id="consignment-1",
            kind=IdentifierKind.VEHICLE,
            declared=declared,
            folded=folded,
            skeleton=folded.replace("0", "O"),
        ),
        **values,
    )


def discrepancy(
    code: DiscrepancyCode = DiscrepancyCode.NOT_ARRIVED,
    item: int | None = None,
    path: str = "",
    **values: Any,
) -> DiscrepancyRow:
    return replace(
        DiscrepancyRow(
            corridor=CORRIDOR,
            consignment_id="consignment-1",
            source="message-00001",
            stated=NOON,
            discrepancy=Discrepancy(code=code, item=item, path=path, found="Ҷавобгар"),
        ),
        **values,
    )


def declaration(number: int = 1, **values: Any) -> NationalDeclaration:
    return replace(
        NationalDeclaration(
            declaration_id=f"declaration-{number}",
            corridor=CORRIDOR,
            kind="import",
            reference=f"reference-{number}",
            format="json",
            digest=hashlib.sha256(str(number).encode()).digest(),
            submitted=NOON,
            body=b"{}",
        ),
        **values,
    )


def match(number: int = 1, **values: Any) -> ImportMatch:
    return replace(
        ImportMatch(
            corridor=CORRIDOR,
            declaration_id=f"declaration-{number}",
            consignment_id="consignment-1",
            matched=NOON,
        ),
        **values,
    )


def refusal(number: int = 1, **values: Any) -> Refusal:
    return replace(
        Refusal(
            refusal_id=f"refusal-{number:05}",
            at=NOON,
            source="TJ",
            code="EBMS:0101",
            text="refused",
            detail="digest of #body",
            message_id="message@tj",
            raw=b"\x00\x01",
        ),
        **values,
    )
