"""Without a line: messages and receipts travel as files, in any order, any number of times, beside the line."""

from __future__ import annotations

import hashlib
import io
import random
import zipfile
from collections.abc import Callable

import pytest
from msgspec import json
from tests.exchange.carrying import packed, unpacked
from tests.exchange.papers import number, paper
from tests.exchange.world import Node, Pair

from keruen.errors import InputError, UsageError
from keruen.exchange import Happening, State
from keruen.exchange.packages import (
    GIVEN_UP,
    Fate,
    opened,
)
from keruen.store import OutboxState


async def handled(node: Node) -> None:
    while await node.inbox.round():
        pass


def announced(pair: Pair, count: int = 1) -> list[str]:
    """Consignments of KZ whose announcements wait."""
    files = [paper(number(n)) for n in range(1, count + 1)]
    return [str(one.consignment_id) for one in pair.kz.submit(*files)]


async def test_what_waits_is_carried_receipted_and_answered_without_a_line(pair: Pair) -> None:
    (consignment,) = announced(pair)
    forth = packed(pair.kz, "TJ")
    assert pair.kz.state(consignment) is State.SENT
    answer = await unpacked(pair.tj, forth)
    assert answer.fates == {Fate.TAKEN: 1}
    receipts = await unpacked(pair.kz, answer.octets)
    assert receipts.fates == {Fate.ANSWERED: 1}
    assert pair.kz.state(consignment) is State.DELIVERED
    await handled(pair.tj)
    back = await unpacked(pair.kz, packed(pair.tj, "KZ"))
    assert back.fates == {Fate.TAKEN: 1}
    await handled(pair.kz)
    await unpacked(pair.tj, back.octets)
    assert pair.kz.state(consignment) is State.ACCEPTED
    assert pair.tj.counts()["outbox"] == {OutboxState.DELIVERED: 1}
    assert not pair.wire.sent, "nothing went over the line"


async def test_a_package_is_the_octets_of_the_line(pair: Pair) -> None:
    announced(pair)
    octets = packed(pair.kz, "TJ")
    await pair.kz.send_once()
    (sent,) = pair.wire.sent
    with opened(io.BytesIO(octets)) as package:
        content_type, chunks = package.read(package.manifest.members[0])
        assert (content_type, b"".join(chunks)) == (sent.content_type, sent.body)


async def test_what_the_line_was_faster_with_is_receipted_again_and_not_doubled(pair: Pair) -> None:
    announced(pair, 3)
    octets = packed(pair.kz, "TJ")
    await pair.settle()
    before = pair.kz.counts(), pair.tj.counts()
    answer = await unpacked(pair.tj, octets)
    assert answer.fates == {Fate.KNOWN: 3}
    assert (await unpacked(pair.kz, answer.octets)).fates == {Fate.ANSWERED: 3}
    await pair.settle()
    assert (pair.kz.counts(), pair.tj.counts()) == before


async def test_packages_and_receipts_in_any_order_any_number_of_times(mixed_pair: Pair) -> None:
    """Half by the line, half by packages that overlap; each taken twice, the receipts shuffled."""
    pair, dice = mixed_pair, random.Random(7)
    early = announced(pair, 6)
    packages = [packed(pair.kz, "TJ")]
    pair.wire.lose_replies = 3
    await pair.kz.send_once()
    late = [
        str(one.consignment_id) for one in pair.kz.submit(*(paper(number(n)) for n in range(7, 13)))
    ]
    packages += [packed(pair.kz, "TJ")] * 2
    answers = []
    for octets in dice.sample(packages, len(packages)):
        answers.append((await unpacked(pair.tj, octets)).octets)
        await handled(pair.tj)
    for octets in dice.sample(answers * 2, len(answers) * 2):
        await unpacked(pair.kz, octets)
    for octets in [packed(pair.tj, "KZ")] * 2:
        await unpacked(pair.tj, (await unpacked(pair.kz, octets)).octets)
    await handled(pair.kz)
    await pair.settle()
    for consignment in (*early, *late):
        assert pair.kz.state(consignment) is State.ACCEPTED
        assert pair.tj.state(consignment) is State.ACCEPTED
        assert pair.tj.happened(consignment).count(Happening.ANNOUNCED) == 1
        assert pair.kz.happened(consignment).count(Happening.DELIVERED) == 1
    assert pair.kz.counts()["outbox"] == {OutboxState.DELIVERED: 12}
    assert not pair.kz.refusals()
    assert not pair.tj.refusals()


async def test_what_the_line_has_given_up_is_packed_on_request_and_delivered(pair: Pair) -> None:
    (consignment,) = announced(pair)
    pair.wire.lose_requests = 99
    pair.clock.advance(hours=73)
    await pair.kz.send_once()
    assert pair.kz.counts()["outbox"] == {OutboxState.FAILED: 1}
    assert not (await unpacked(pair.tj, packed(pair.kz, "TJ"))).taken
    answer = await unpacked(pair.tj, packed(pair.kz, "TJ", GIVEN_UP))
    await unpacked(pair.kz, answer.octets)
    assert pair.kz.counts()["outbox"] == {OutboxState.DELIVERED: 1}
    assert pair.kz.state(consignment) is State.DELIVERED


@pytest.mark.parametrize("left", [0.0, 0.3, 0.999])
async def test_a_file_whose_copying_was_interrupted_is_refused_whole(
    pair: Pair, left: float
) -> None:
    announced(pair, 2)
    octets = packed(pair.kz, "TJ")
    with pytest.raises(InputError, match="copy it again") as caught:
        await unpacked(pair.tj, octets[: int(len(octets) * left)])
    assert caught.value.code == "package-damaged"
    assert not pair.tj.messages()


async def test_a_damaged_message_is_named_and_left_and_the_others_are_taken(pair: Pair) -> None:
    announced(pair, 3)
    octets = bytearray(packed(pair.kz, "TJ"))
    octets[octets.index(b"00002.as4") + 2000] ^= 1
    answer = await unpacked(pair.tj, bytes(octets))
    assert [one.fate for one in answer.taken] == [Fate.TAKEN, Fate.DAMAGED, Fate.TAKEN]
    await unpacked(pair.kz, answer.octets)
    assert pair.kz.counts()["outbox"] == {OutboxState.DELIVERED: 2, OutboxState.WAITING: 1}
    again = await unpacked(pair.tj, packed(pair.kz, "TJ"))
    assert again.fates == {Fate.TAKEN: 1}


async def test_what_somebody_forged_is_refused_by_the_checks_of_the_line(pair: Pair) -> None:
    announced(pair)
    body = rebuilt(packed(pair.kz, "TJ"), lambda octets: octets.replace(b"Export", b"Import", 1))
    forged = rebuilt(body, lambda octets: octets.replace(b"keruen:exchange", b"keruen:elsewhere"))
    answer = await unpacked(pair.tj, forged)
    assert answer.fates == {Fate.REFUSED: 1}
    assert "EBMS:" in (answer.taken[0].why or "")
    assert len(pair.tj.refusals()) == 1
    assert not pair.tj.counts()["inbox"]["waiting"]


async def test_a_package_of_others_is_not_opened(pair: Pair) -> None:
    announced(pair)
    octets = packed(pair.kz, "TJ")
    with pytest.raises(UsageError, match="from KZ to TJ") as caught:
        await unpacked(pair.kz, octets)
    assert caught.value.code == "package-foreign"
    stranger = remade(octets, sender="UZ")
    with pytest.raises(UsageError, match="card of UZ"):
        await unpacked(pair.tj, stranger)
    with pytest.raises(UsageError, match="card of UZ"):
        packed(pair.kz, "UZ")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "other"}, "package-unknown"),
        ({"version": "2.0"}, "package-unknown"),
        ({"version": "1\n"}, "package-damaged"),
        ({"members": 7}, "package-damaged"),
    ],
)
async def test_another_format_or_a_later_one_is_refused(
    pair: Pair, change: dict[str, object], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        await unpacked(pair.tj, remade(packed(pair.kz, "TJ"), **change))
    assert caught.value.code == code


async def test_a_later_minor_version_is_read(pair: Pair) -> None:
    announced(pair)
    octets = remade(packed(pair.kz, "TJ"), version="1.7", remark="new in 1.7")
    assert (await unpacked(pair.tj, octets)).fates == {Fate.TAKEN: 1}


async def test_what_unpacks_to_more_than_it_is_is_refused_unread(pair: Pair) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("00001.as4", b"\0" * 50_000_000)
    with pytest.raises(InputError) as caught:
        await unpacked(pair.tj, bomb.getvalue())
    assert caught.value.code == "package-malformed"


async def test_members_that_the_manifest_does_not_describe_are_damaged(pair: Pair) -> None:
    announced(pair)
    octets = packed(pair.kz, "TJ")
    member = manifest_of(octets)["members"][0]
    for wrong in ({"name": "no.as4"}, {"size": 3}, {"sha256": "00"}, {"size": -1}):
        answer = await unpacked(pair.tj, remade(octets, members=[{**member, **wrong}]))
        assert answer.fates == {Fate.DAMAGED: 1}
    headless = rebuilt(octets, lambda _: b"no head")
    answer = await unpacked(pair.tj, headless)
    assert answer.fates == {Fate.DAMAGED: 1}


def manifest_of(octets: bytes) -> dict[str, list[dict[str, object]]]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        manifest: dict[str, list[dict[str, object]]] = json.decode(archive.read("manifest.json"))
    return manifest


def remade(octets: bytes, **change: object) -> bytes:
    """The package with another manifest."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "manifest.json":
                data = json.encode({**json.decode(data), **change})
            new.writestr(name, data)
    return out.getvalue()


def rebuilt(octets: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The package as somebody would make it who changes its messages and knows how it is made."""
    with zipfile.ZipFile(io.BytesIO(octets)) as old:
        manifest = json.decode(old.read("manifest.json"))
        changed = {one["name"]: change(old.read(one["name"])) for one in manifest["members"]}
    for one in manifest["members"]:
        data = changed[one["name"]]
        one |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in (*changed.items(), ("manifest.json", json.encode(manifest))):
            new.writestr(name, data)
    return out.getvalue()
