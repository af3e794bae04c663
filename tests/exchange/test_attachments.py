"""Files travel with an arrival: photographs and X-ray images, as large as the agreement allows."""

from __future__ import annotations

import asyncio
import hashlib
import random
import threading
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.exchange.papers import (
    PLATE,
    arrived,
    declaration,
    information,
    paper,
    sealed_by,
)
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement, with_agreement

from keruen import border
from keruen.agreement import AttachmentRule
from keruen.as4 import (
    INITIATOR_ROLE,
    ErrorCode,
    Payload,
    Property,
    SealedMessage,
    Seeded,
    UserMessage,
    seal,
)
from keruen.border import ArrivalRegistered
from keruen.errors import LocalError
from keruen.exchange import Attached, Space, attach, drop_forgotten
from keruen.exchange.peers import SERVICE
from keruen.exchange.quarantine import IN_MEMORY, Quarantine
from keruen.exchange.request import AT_ONCE
from keruen.messages import AnyMessage, encode, kind_of
from keruen.store import CHUNK, Attachment, Direction, Store

PHOTO = b"\xff\xd8 a photograph"
SCAN = random.Random(4).randbytes(2 * CHUNK + 77)
LARGE = AT_ONCE + 2 * CHUNK


def attached(node: Node, name: str, octets: bytes) -> Attached:
    return attach(node.store, node.context, "test", name, [octets])


def arrive_with(node: Node, *files: Attached, **facts: Any) -> list[ArrivalRegistered]:
    given = {"post": "TJ-GUL", "arrived": node.clock.now(), "vehicle": PLATE, **facts}
    arrival = border.arrival(**given)
    return node.store.write_now(
        lambda tx: border.register_arrival(tx, node.context, arrival, files)
    )


async def announced(pair: Pair) -> str:
    (submitted,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    return submitted.consignment_id or ""


def received(node: Node, kind: str = "ArrivalInformation") -> list[Attachment]:
    (message,) = node.messages(kind=kind, direction=Direction.IN)
    return node.store.read(lambda r: r.attachments(CORRIDOR, message.ebms_id, Direction.IN))


def octets_of(store: Store, one: Attachment) -> bytes:
    return b"".join(store.payload(one.payload_id))


@pytest.fixture(params=["pair", "mixed_pair"])
def either(request: pytest.FixtureRequest) -> Pair:
    """On SQLite, and with TJ on PostgreSQL."""
    found: Pair = request.getfixturevalue(request.param)
    return found


async def test_files_arrive_in_order_as_they_were_and_say_what_they_are(either: Pair) -> None:
    await announced(either)
    files = attached(either.tj, "/tmp/photo.JPG", PHOTO), attached(either.tj, "scan.raw", SCAN)
    (registered,) = arrive_with(either.tj, *files)
    assert registered.attachments == 2
    await either.settle()
    first, second = received(either.kz)
    assert (first.name, first.mime_type, first.size) == ("photo.JPG", "image/jpeg", len(PHOTO))
    assert (second.name, second.mime_type) == ("scan.raw", "application/octet-stream")
    assert (octets_of(either.kz.store, first), octets_of(either.kz.store, second)) == (PHOTO, SCAN)
    assert second.digest == hashlib.sha256(SCAN).digest()
    for node in (either.kz, either.tj):
        assert node.store.read(lambda r: r.drafts()) == []


async def test_the_proof_names_every_file(pair: Pair) -> None:
    await announced(pair)
    arrive_with(pair.tj, attached(pair.tj, "scan.raw", SCAN))
    await pair.settle()
    (message,) = pair.kz.messages(kind="ArrivalInformation", direction=Direction.IN)
    envelope = pair.kz.envelope(message.ebms_id, Direction.IN)
    assert envelope is not None
    assert envelope.digests.count("cid:") == 2
    sent = pair.tj.envelope(message.ebms_id, Direction.OUT)
    assert sent is not None
    assert sent.digests == envelope.digests


async def test_a_file_that_can_be_packed_travels_packed_and_any_other_as_it_is(pair: Pair) -> None:
    await announced(pair)
    grey = SCAN.translate(bytes(octet & 3 for octet in range(256)))
    arrive_with(pair.tj, attached(pair.tj, "a.bmp", grey), attached(pair.tj, "b.raw", SCAN))
    await pair.settle()
    (request,) = [s for s in pair.wire.sent if len(s.body) > len(SCAN)]
    assert len(request.body) < len(SCAN) + CHUNK < len(SCAN) + len(grey)
    assert request.body.count(b"CompressionType") == 2, "that of the document and of the bitmap"
    assert [octets_of(pair.kz.store, one) for one in received(pair.kz)] == [grey, SCAN]


@pytest.mark.parametrize("name", ["blank.bmp", "blank.xml"])
async def test_a_file_that_would_look_like_a_bomb_is_sent_as_it_is(pair: Pair, name: str) -> None:
    await announced(pair)
    blank = b"grey" + bytes(8 * CHUNK)
    arrive_with(pair.tj, attached(pair.tj, name, blank))
    await pair.settle()
    (one,) = received(pair.kz)
    assert octets_of(pair.kz.store, one) == blank


async def test_the_document_is_what_the_header_lists_first_wherever_it_lies_in_the_body(
    pair: Pair,
) -> None:
    sent = with_files(pair.kz, arrived(pair.kz), PHOTO, SCAN)
    boundary = b"--" + sent.content_type.split('"')[1].encode()
    head, envelope, document, photo, scan, end = b"".join(sent.chunks()).split(boundary)
    body = boundary.join((head, envelope, scan, photo, document, end))
    assert b"NonRepudiation" in (await pair.tj.take(sent.content_type, body)).body
    await pair.tj.inbox.round()
    assert [octets_of(pair.tj.store, one) for one in received(pair.tj)] == [PHOTO, SCAN]


async def test_an_empty_file_is_a_file(pair: Pair) -> None:
    await announced(pair)
    arrive_with(pair.tj, attached(pair.tj, "empty.txt", b""))
    await pair.settle()
    (one,) = received(pair.kz)
    assert (one.size, octets_of(pair.kz.store, one)) == (0, b"")


async def test_a_large_message_that_comes_twice_is_stored_once(pair: Pair) -> None:
    await announced(pair)
    arrive_with(pair.tj, attached(pair.tj, "scan.raw", SCAN))
    pair.wire.lose_replies = 1
    await pair.tj.send_once()
    before = stored_chunks(pair.kz.store)
    pair.clock.advance(minutes=1)
    await pair.settle()
    assert stored_chunks(pair.kz.store) == before
    assert pair.kz.store.read(lambda r: r.drafts()) == []
    twice = [s for s in pair.wire.sent if len(s.body) > len(SCAN)]
    assert len(twice) == 2
    assert twice[0].body == twice[1].body, "a retry sends the same octets"
    assert twice[0].reply == twice[1].reply, "and gets the same receipt"
    assert pair.tj.counts()["outbox"] == {"delivered": 2}


async def test_the_same_large_message_twice_at_once_is_stored_once(pair: Pair) -> None:
    sent = with_files(pair.kz, arrived(pair.kz), SCAN)
    body = b"".join(sent.chunks())
    replies = await asyncio.gather(*(pair.tj.take(sent.content_type, body) for _ in range(2)))
    assert replies[0] == replies[1]
    assert b"NonRepudiation" in replies[0].body
    assert stored_chunks(pair.tj.store) == 1 + 3
    assert pair.tj.store.read(lambda r: r.drafts()) == []


def stored_chunks(store: Store) -> int:
    from sqlalchemy import func, select

    from keruen.store import schema

    return store.read(
        lambda r: r._connection.execute(
            select(func.count()).select_from(schema.payload)
        ).scalar_one()
    )


def with_files(node: Node, message: AnyMessage, *files: bytes) -> SealedMessage:
    """What a partner's program could put on the wire."""
    peer = next(iter(node.line.peers.values()))
    header = UserMessage(
        message_id=f"{node.clock.new_id()}@{node.country.lower()}.keruen",
        timestamp=node.clock.now(),
        sender=peer.pmode.own,
        sender_role=INITIATOR_ROLE,
        receiver=peer.pmode.partner,
        receiver_role=peer.pmode.partner_role,
        service=SERVICE,
        action=kind_of(message),
        conversation_id="conversation",
    )
    body = encode(message)
    payloads = [Payload("content", "application/json", lambda: iter((body,)))]
    for n, octets in enumerate(files):
        properties = (Property("filename", f"../a<b>\u202e{n}"),)
        source = lambda octets=octets: iter((octets,))  # noqa: E731
        payloads.append(
            Payload(f"f{n}", "image/tiff", source, compress=False, properties=properties)
        )
    return seal(
        header,
        payloads,
        pmode=peer.pmode,
        signer=node.line.signing,
        now=node.clock.now(),
        entropy=Seeded(node.clock.entropy()),
    )


async def refused(pair: Pair, sent: SealedMessage) -> tuple[str, str]:
    """Code and exact cause with which TJ refuses it; nothing of it is left."""
    await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    (refusal,) = pair.tj.refusals()
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}
    assert stored_chunks(pair.tj.store) == 0
    return refusal.code, refusal.detail or ""


async def test_kinds_without_a_rule_take_no_files(pair: Pair) -> None:
    code, cause = await refused(pair, with_files(pair.kz, information(pair.kz), PHOTO))
    assert code == ErrorCode.VALUE_INCONSISTENT.code
    assert cause == "1 attachments; with PreliminaryInformation at most 0 are agreed"


def ruled(pair: Pair, **rule: int) -> None:
    for node in (pair.kz, pair.tj):
        rules = {"ArrivalInformation": AttachmentRule(**{"files": 16, "size": 1 << 30, **rule})}
        with_agreement(node, replace(the_agreement(), attachments=rules))


async def test_more_files_than_agreed_are_refused_with_the_count(pair: Pair) -> None:
    ruled(pair, files=1)
    code, cause = await refused(pair, with_files(pair.kz, arrived(pair.kz), PHOTO, PHOTO))
    assert code == ErrorCode.VALUE_INCONSISTENT.code
    assert cause == "2 attachments; with ArrivalInformation at most 1 are agreed"


async def test_a_file_larger_than_agreed_is_cut_off_where_it_becomes_so(pair: Pair) -> None:
    ruled(pair, size=CHUNK)
    taken = 0
    sent = with_files(pair.kz, arrived(pair.kz), bytes(16 * CHUNK))

    async def body() -> AsyncIterator[bytes]:
        nonlocal taken
        for chunk in sent.chunks():
            for start in range(0, len(chunk), 1 << 16):
                taken += len(chunk[start : start + (1 << 16)])
                yield chunk[start : start + (1 << 16)]

    await pair.tj.receiver.receive(sent.content_type, body())
    (refusal,) = pair.tj.refusals()
    assert refusal.code == ErrorCode.OTHER.code
    assert refusal.detail == f"a payload of more than {CHUNK} octets, unpacked"
    assert taken < 4 * CHUNK


async def test_what_is_not_agreed_is_not_even_queued(pair: Pair) -> None:
    ruled(pair, files=1, size=CHUNK)
    await announced(pair)
    photo = attached(pair.tj, "a.jpg", PHOTO)
    with pytest.raises(LocalError, match="attachments-too-many"):
        arrive_with(pair.tj, photo, photo)
    with pytest.raises(LocalError, match="attachment-too-large: 2097229 octets"):
        arrive_with(pair.tj, attached(pair.tj, "scan.raw", SCAN))
    with_agreement(pair.tj, replace(the_agreement(), attachments={}))
    with pytest.raises(LocalError, match="attachments-not-agreed"):
        arrive_with(pair.tj, photo)
    assert pair.tj.messages(kind="ArrivalInformation") == []


async def test_a_refused_arrival_keeps_no_file(pair: Pair) -> None:
    await announced(pair)
    photo = attached(pair.tj, "a.jpg", PHOTO)
    (registered,) = arrive_with(pair.tj, photo, post="KZ-KON")
    assert (registered.arrival_id, registered.attachments) == (None, 0)
    assert [d.payload_id for d in pair.tj.store.read(lambda r: r.drafts())] == [photo.payload_id]


async def test_goods_of_several_consignments_on_one_truck_share_the_files(pair: Pair) -> None:
    await announced(pair)
    pair.kz.submit(paper(declaration(number="55301/231126/0000002")))
    await pair.settle()
    registered = arrive_with(pair.tj, attached(pair.tj, "scan.raw", SCAN))
    assert [one.attachments for one in registered] == [1, 1]
    await pair.settle()
    messages = pair.kz.messages(kind="ArrivalInformation", direction=Direction.IN)
    assert len(messages) == 2
    for message in messages:
        (one,) = pair.kz.store.read(
            lambda r, m=message: r.attachments(CORRIDOR, m.ebms_id, Direction.IN)  # type: ignore[misc]
        )
        assert octets_of(pair.kz.store, one) == SCAN


async def test_what_a_killed_process_left_is_removed_when_it_starts_again(pair: Pair) -> None:
    attached(pair.tj, "scan.raw", SCAN)
    attach(pair.tj.store, pair.tj.context, "another", "scan.raw", [SCAN])
    pair.clock.advance(seconds=1)
    started = pair.clock.wall()
    attached(pair.tj, "new.raw", SCAN)
    assert drop_forgotten(pair.tj.store, pair.tj.context, "test", before=started) == 1
    assert stored_chunks(pair.tj.store) == 2 * 3
    assert drop_forgotten(pair.tj.store, pair.tj.context) == 0
    pair.clock.advance(days=2)
    assert drop_forgotten(pair.tj.store, pair.tj.context) == 2
    assert stored_chunks(pair.tj.store) == 0


async def test_a_client_that_goes_away_in_the_middle_leaves_nothing(
    pair: Pair, tmp_path: Path
) -> None:
    space = pair.tj.receiver.space = Space(tmp_path / "quarantine")
    sent = with_files(pair.kz, arrived(pair.kz), SCAN)

    async def broken() -> AsyncIterator[bytes]:
        body = b"".join(sent.chunks())
        yield body[:-CHUNK]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await pair.tj.receiver.receive(sent.content_type, broken())
    assert stored_chunks(pair.tj.store) == 0
    assert list((tmp_path / "quarantine").iterdir()) == []
    assert space._free == Space()._free


class Gate(Space):
    """Disk space that is to be had only once somebody opens it."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = 0
        self.reached, self.open_now = threading.Event(), threading.Event()

    def take(self, octets: int) -> None:
        self.taken += octets
        if self.taken > AT_ONCE:
            self.reached.set()
            assert self.open_now.wait(30)
        super().take(octets)


async def test_while_a_large_message_is_verified_others_are_answered(pair: Pair) -> None:
    """The large one stands still in the middle of its work; the small one gets its receipt."""
    gate = pair.tj.receiver.space = Gate()
    large = with_files(pair.kz, arrived(pair.kz), bytes(LARGE))
    body = b"".join(large.chunks())
    task = asyncio.create_task(pair.tj.take(large.content_type, body))
    await asyncio.to_thread(gate.reached.wait, 30)
    small = sealed_by(pair.kz, information(pair.kz))
    reply = await pair.tj.take(small.content_type, b"".join(small.chunks()))
    assert b"NonRepudiation" in reply.body
    assert not task.done()
    gate.open_now.set()
    assert b"NonRepudiation" in (await task).body


async def test_while_large_messages_are_sent_others_are_sent_too(pair: Pair) -> None:
    await announced(pair)
    going, free = asyncio.Semaphore(0), asyncio.Event()

    async def held(*_: object) -> Any:
        going.release()
        await free.wait()
        raise ConnectionRefusedError

    for n in range(4):
        arrive_with(pair.tj, attached(pair.tj, "a.jpg", PHOTO), vehicle=f"AA{n}77BB", partner="KZ")
    pair.tj.sender.transport = held  # type: ignore[assignment]
    await pair.tj.sender.round()
    for _ in range(2):
        await going.acquire()
    assert len(pair.tj.sender._bulky) == 2
    arrive_with(pair.tj)
    pair.tj.sender.transport = pair.wire
    await pair.tj.sender.round()
    (small,) = pair.tj.sender._tasks
    await small
    delivered = pair.kz.counts()["inbox"]["waiting"]
    free.set()
    await asyncio.gather(*pair.tj.sender._bulky)
    assert delivered == 1


async def test_too_many_large_messages_at_once_may_come_again(pair: Pair) -> None:
    pair.tj.receiver.space = Space(size=CHUNK)
    sent = with_files(pair.kz, arrived(pair.kz), SCAN)
    body = b"".join(sent.chunks())
    with pytest.raises(LocalError, match="quarantine-full"):
        await pair.tj.take(sent.content_type, body)
    assert pair.tj.receiver.space._free == CHUNK
    assert pair.tj.refusals() == []


async def test_a_file_in_quarantine_can_be_opened_by_nobody_else(tmp_path: Path) -> None:
    folder = tmp_path / "quarantine"
    sink = Quarantine(Space(folder))
    octets = bytes(IN_MEMORY)
    sink.write(octets)
    assert not folder.exists()
    sink.write(b"more")
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o700
    assert b"".join(sink.chunks) == b"".join(sink.chunks) == octets + b"more"
    sink.discard()
    sink.discard()


async def test_the_name_of_a_file_is_only_ever_a_name(pair: Pair) -> None:
    await announced(pair)
    arrive_with(pair.tj, attached(pair.tj, "../../etc/Фото\x07 один.png", PHOTO))
    await pair.settle()
    (one,) = received(pair.kz)
    assert (one.name, one.mime_type) == ("Фото один.png", "image/png")


async def test_what_a_partner_calls_a_file_is_made_printable(pair: Pair) -> None:
    sent = with_files(pair.kz, arrived(pair.kz), PHOTO)
    await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    await pair.tj.inbox.round()
    (one,) = received(pair.tj)
    assert (one.name, one.mime_type) == ("../a<b>0", "image/tiff")
