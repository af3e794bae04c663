"""Large payloads: written in several transactions, and gone unless their message is committed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from keruen.errors import LocalError
from keruen.store import Attachment, Direction, Draft, OutboxEntry, OutboxState, Store, Transaction

WALL = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store.open(database_url)
    yield opened
    opened.close()


def drafted(store: Store, payload_id: str, *chunks: bytes, owner: str = "one") -> None:
    draft = Draft(payload_id=payload_id, owner=owner, begun=WALL)
    store.write_now(lambda tx: tx.begin_draft(draft))
    for ordinal, octets in enumerate(chunks):
        store.write_now(
            partial(Transaction.add_chunk, payload_id=payload_id, ordinal=ordinal, octets=octets)
        )


def attachment(ordinal: int, payload_id: str = "p") -> Attachment:
    return Attachment(
        corridor="KZ-TJ",
        ebms_id="m@kz",
        direction=Direction.OUT,
        ordinal=ordinal,
        content_id=f"attachment-{ordinal}",
        name="scan.tif",
        mime_type="image/tiff",
        size=3,
        digest=b"\1" * 32,
        payload_id=payload_id,
        packed=True,
    )


def test_a_payload_is_read_chunk_by_chunk(store: Store) -> None:
    drafted(store, "p", b"one", b"two")
    assert list(store.payload("p")) == [b"one", b"two"]
    assert store.read(lambda r: r.payload_chunk("p", 1)) == b"two"
    assert store.read(lambda r: r.payload_chunk("p", 2)) is None
    assert list(store.payload("none")) == []


def test_a_draft_becomes_a_payload_with_its_message(store: Store) -> None:
    drafted(store, "p", b"one")
    assert [draft.payload_id for draft in store.read(lambda r: r.drafts())] == ["p"]
    store.write_now(lambda tx: tx.keep_draft("p"))
    assert store.read(lambda r: r.drafts()) == []
    assert store.write_now(lambda tx: tx.drop_draft("p", 10))
    assert list(store.payload("p")) == [b"one"]


def test_a_draft_that_was_removed_meanwhile_is_not_taken_for_a_payload(store: Store) -> None:
    drafted(store, "p", b"one")
    store.write_now(lambda tx: tx.drop_draft("p", 10))
    with pytest.raises(LocalError, match="draft-gone"):
        store.write_now(lambda tx: tx.keep_draft("p"))


def test_a_draft_is_removed_a_bounded_number_of_chunks_at_a_time(store: Store) -> None:
    drafted(store, "p", b"one", b"two", b"three")
    drafted(store, "other", b"four")
    assert not store.write_now(lambda tx: tx.drop_draft("p", 2))
    assert store.read(lambda r: r.payload_size("p")) == 5
    assert store.write_now(lambda tx: tx.drop_draft("p", 2))
    assert store.read(lambda r: r.payload_size("p")) == 0
    assert [draft.payload_id for draft in store.read(lambda r: r.drafts())] == ["other"]
    assert list(store.payload("other")) == [b"four"]


def test_drafts_are_found_by_their_owner_and_their_age(store: Store) -> None:
    drafted(store, "p", owner="one")
    drafted(store, "q", owner="two")
    found = store.read(lambda r: r.drafts(owner="two"))
    assert [draft.payload_id for draft in found] == ["q"]
    assert store.read(lambda r: r.drafts(before=WALL)) == []
    later = WALL + timedelta(seconds=1)
    assert len(store.read(lambda r: r.drafts(before=later))) == 2


def test_attachments_come_back_in_their_order(store: Store) -> None:
    for ordinal in (2, 1):
        store.write_now(partial(Transaction.add_attachment, row=attachment(ordinal)))
    found = store.read(lambda r: r.attachments("KZ-TJ", "m@kz", Direction.OUT))
    assert found == [attachment(1), attachment(2)]
    assert store.read(lambda r: r.attachments("KZ-TJ", "m@kz", Direction.IN)) == []
    with pytest.raises(LocalError, match="already-stored"):
        store.write_now(lambda tx: tx.add_attachment(attachment(1)))


def entry(message_id: str, *, bulky: bool) -> OutboxEntry:
    return OutboxEntry(
        corridor="KZ-TJ",
        message_id=message_id,
        partner="TJ",
        state=OutboxState.WAITING,
        queued=WALL,
        next_attempt=WALL,
        expires=WALL + timedelta(hours=1),
        bulky=bulky,
    )


def test_bulky_messages_are_leased_apart_from_the_others(store: Store) -> None:
    for message_id, bulky in (("big", True), ("small", False)):
        store.write_now(partial(Transaction.enqueue, row=entry(message_id, bulky=bulky)))

    def lease(bulky: bool | None) -> list[str]:
        leased = store.write_now(
            lambda tx: tx.lease_outbox("one", WALL, 10, timedelta(minutes=1), bulky=bulky)
        )
        return [one.message_id for one in leased]

    assert lease(False) == ["small"]
    assert not store.read(lambda r: r.outbox_due(WALL, bulky=False))
    assert store.read(lambda r: r.outbox_due(WALL, bulky=True))
    assert lease(None) == ["big"]


def test_a_lease_is_renewed_by_its_owner_alone(store: Store) -> None:
    store.write_now(lambda tx: tx.enqueue(entry("big", bulky=True)))
    store.write_now(lambda tx: tx.lease_outbox("one", WALL, 10, timedelta(minutes=1)))
    later = WALL + timedelta(minutes=5)
    for owner, until in (("two", later + timedelta(hours=1)), ("one", later)):
        store.write_now(
            partial(
                Transaction.renew_lease,
                corridor="KZ-TJ",
                message_id="big",
                owner=owner,
                until=until,
            )
        )
    held = store.read(lambda r: r.outbox_entry("KZ-TJ", "big"))
    assert held is not None
    assert held.lease_until == later
