from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.wire import Inflater, LimitError, WireError, compress, inflate

chunks = st.lists(st.binary(max_size=400), max_size=12)


def unpack(packed: bytes, step: int = 10, max_size: int = 1 << 22, max_ratio: int = 2000) -> bytes:
    pieces = (packed[i : i + step] for i in range(0, len(packed), step))
    return b"".join(inflate(pieces, max_size=max_size, max_ratio=max_ratio))


@given(chunks, st.integers(1, 50))
def test_what_was_packed_comes_out(octets: list[bytes], step: int) -> None:
    packed = b"".join(compress(octets))
    assert unpack(packed, step) == b"".join(octets) == gzip.decompress(packed)


@given(chunks)
def test_the_same_octets_pack_the_same_however_they_are_cut(octets: list[bytes]) -> None:
    assert b"".join(compress(octets)) == b"".join(compress([b"".join(octets)]))


@given(st.binary(max_size=400), st.integers(1, 9), st.integers(1, 50))
def test_what_others_pack_comes_out(octets: bytes, level: int, step: int) -> None:
    assert unpack(gzip.compress(octets, level), step) == octets


def test_the_header_tells_nothing_of_this_machine() -> None:
    assert b"".join(compress([b"x"]))[:10] == bytes.fromhex("1f8b08000000000000ff")


@given(st.binary(min_size=1, max_size=200), st.data())
def test_a_cut_is_noticed(octets: bytes, data: st.DataObject) -> None:
    packed = b"".join(compress([octets]))
    length = data.draw(st.integers(0, len(packed) - 1))
    with pytest.raises(WireError, match="cut short"):
        unpack(packed[:length])


@pytest.mark.parametrize("more", [b"x", gzip.compress(b"a second member", mtime=0)])
@pytest.mark.parametrize("step", [1, 1000])
def test_octets_after_the_end_are_refused(more: bytes, step: int) -> None:
    with pytest.raises(WireError, match="after the end") as refused:
        unpack(b"".join(compress([b"hello"])) + more, step)
    assert refused.value.code == "wire-gzip"


@pytest.mark.parametrize("at", [0, 12, -8, -1], ids=["magic", "deflate", "checksum", "length"])
def test_damage_is_noticed(at: int) -> None:
    packed = bytearray(b"".join(compress([b"hello, caravan" * 20])))
    packed[at] ^= 0xFF
    with pytest.raises(WireError) as refused:
        unpack(bytes(packed))
    assert refused.value.code == "wire-gzip"


def zeros(megabytes: int) -> Iterator[bytes]:
    return repeat(bytes(1 << 20), megabytes)


def test_a_bomb_is_refused_by_ratio_long_before_it_bursts() -> None:
    packed = b"".join(compress(zeros(64)))
    inflater = Inflater(max_size=1 << 40, max_ratio=100)
    with pytest.raises(LimitError, match="compression ratio exceeds the limit of 100"):
        for _ in inflater.feed(packed):
            pass
    assert inflater.size < 2 << 20


def test_a_bomb_is_refused_by_size() -> None:
    packed = b"".join(compress(zeros(3)))
    with pytest.raises(LimitError, match="unpacked size exceeds the limit of 2097152"):
        unpack(packed, len(packed), max_size=2 << 20)
    assert len(unpack(packed, len(packed), max_size=3 << 20)) == 3 << 20


def test_pieces_are_small_however_much_comes_out() -> None:
    inflater = Inflater(max_size=1 << 23, max_ratio=10_000)
    sizes = [len(piece) for piece in inflater.feed(b"".join(compress(zeros(4))))]
    inflater.finish()
    assert max(sizes) <= 65_536
    assert sum(sizes) == 4 << 20
