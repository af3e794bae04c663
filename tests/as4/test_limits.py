"""What is taken of one partner at most: refused as early as it can be known, with its code and the cause."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.as4.forge import wire
from tests.as4.world import NOW, TJ, TJ_FROM_KZ, MemorySink, Receiver, payload, sealed

from keruen.as4 import EbmsError, ErrorCode, Payload, PMode, Reception

TWO = wire(sealed(payload(b"one", "a@kz"), payload(b"two", "b@kz")))
LARGE = wire(
    sealed(Payload("x@kz", "application/pdf", lambda: iter([bytes(4000)]), compress=False))
)
BOMB = wire(sealed(Payload("x@kz", "application/pdf", lambda: iter([bytes(2 << 20)]))))


def limited(**limits: int) -> PMode:
    return replace(TJ_FROM_KZ, limits=replace(TJ_FROM_KZ.limits, **limits))


def reception_of(pmode: PMode, size: int | None = None) -> Reception:
    return Reception(
        TWO.content_type,
        keys=(TJ.decryption,),
        partners=lambda header: pmode,
        now=NOW,
        quarantine=MemorySink,
        size=size,
    )


@pytest.mark.parametrize(
    ("name", "limit", "code", "cause"),
    [
        ("message_size", 2000, ErrorCode.OTHER, "message size exceeds the limit of 2000"),
        ("parts", 1, ErrorCode.OTHER, "2 payloads; at most 1 are taken"),
        ("envelope_size", 3000, ErrorCode.OTHER, "envelope exceeds 3000 octets"),
        ("header_size", 90, ErrorCode.OTHER, "header size of a part exceeds the limit of 90"),
        ("depth", 8, ErrorCode.INVALID_HEADER, "elements nest deeper than 8"),
    ],
)
def test_a_header_that_is_too_much_is_refused_before_any_part_is_taken(
    name: str, limit: int, code: ErrorCode, cause: str
) -> None:
    receiver = Receiver(pmode=limited(**{name: limit}))
    with pytest.raises(EbmsError) as refused:
        receiver.receive(TWO.content_type, TWO.body)
    assert refused.value.entry is code
    assert cause in (refused.value.detail or "")
    assert receiver.sinks == []
    assert receiver.reception is not None
    assert receiver.reception.authenticated, "so the error can be signed, and the sender give up"


def test_an_uncompressed_part_is_cut_off_at_its_limit() -> None:
    receiver = Receiver(pmode=limited(part_size=3999))
    with pytest.raises(EbmsError) as refused:
        receiver.receive(LARGE.content_type, LARGE.body)
    assert refused.value.entry is ErrorCode.OTHER
    assert refused.value.detail == "x@kz exceeds 3999 octets"


@pytest.mark.parametrize(
    ("name", "limit", "cause"),
    [
        ("part_size", 1 << 20, "unpacked size exceeds the limit of 1048576"),
        ("ratio", 20, "compression ratio exceeds the limit of 20"),
    ],
)
def test_a_bomb_is_unpacked_no_further_than_its_limit(name: str, limit: int, cause: str) -> None:
    receiver = Receiver(pmode=limited(**{"ratio": 10_000, name: limit}))
    with pytest.raises(EbmsError) as refused:
        receiver.receive(BOMB.content_type, BOMB.body)
    assert refused.value.entry is ErrorCode.DECOMPRESSION_FAILURE
    assert cause in (refused.value.detail or "")
    assert len(receiver.sinks[0].octets) <= (1 << 20) + (1 << 16)


def test_what_is_announced_too_large_is_refused_as_soon_as_its_sender_is_known() -> None:
    reception = reception_of(limited(message_size=1 << 20), size=(1 << 20) + 1)
    root = TWO.body[: TWO.body.index(b"Content-ID: <a@kz>")]
    with pytest.raises(EbmsError) as refused:
        reception.receive_data(root)
    assert refused.value.entry is ErrorCode.OTHER
    assert refused.value.detail == "1048577 octets announced; at most 1048576 are taken"
    assert reception.authenticated


def test_what_is_announced_larger_than_anybody_may_send_is_not_even_begun() -> None:
    with pytest.raises(EbmsError) as refused:
        reception_of(TJ_FROM_KZ, size=TJ_FROM_KZ.limits.message_size + 1)
    assert refused.value.entry is ErrorCode.OTHER
    assert "octets announced" in (refused.value.detail or "")


def test_a_body_that_grows_beyond_what_was_announced_is_cut_off_all_the_same() -> None:
    reception = reception_of(limited(message_size=1 << 20), size=100)
    octets = TWO.body[: TWO.body.index(b"Content-ID: <a@kz>") + 60]
    reception.receive_data(octets)
    with pytest.raises(EbmsError) as refused:
        reception.receive_data(bytes(1 << 20))
    assert refused.value.entry is ErrorCode.OTHER
