"""Content goes when the agreement has had it kept long enough; ids, times, states, digests and proof stay."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from tests.console.people import client_in
from tests.exchange.papers import arrive, declaration, deliver, imported, number, paper
from tests.exchange.test_attachments import PHOTO, arrive_with, attached
from tests.exchange.test_projections import projections
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement, with_agreement

from keruen.agreement import Retention
from keruen.console.texts import texts_in
from keruen.evidence import inclusion_proof, leaf_hash, verify_inclusion
from keruen.exchange import Result, rebuild, versions
from keruen.exchange.purging import purge
from keruen.exchange.retention import Purged
from keruen.store import Direction, KeptAnswer, Message, evidence_entry, schema

YEARS = timedelta(days=1826)
REMOVED = "Content removed on %(day)s by the agreement's retention; ids, times, states and proof are kept."
SECRETS = ("Flour", "Дән", "990140000007", "123ABC02", "KZ0012345", "CMR-77", "Жол")
"""What was declared and must not be found anywhere in the database afterwards."""


def purged(node: Node, **options: Any) -> Purged:
    return sum(purge(node.store, node.context, **options), start=Purged())


async def closed(pair: Pair) -> str:
    """A consignment from its declaration to its import."""
    (submitted,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj, weighbridge=19000, seals_broken=("KZ0012345",))
    await pair.settle()
    pair.tj.submit(paper(imported()))
    await pair.settle()
    return submitted.consignment_id or ""


def everything(node: Node) -> str:
    """All rows of the database as one text."""
    tables = schema.metadata.sorted_tables
    rows = node.store.read(
        lambda reader: [tuple(row) for t in tables for row in reader._connection.execute(select(t))]
    )
    return "\n".join(
        " ".join(v.decode(errors="replace") if isinstance(v, bytes) else str(v) for v in row)
        for row in rows
    )


@pytest.fixture(params=["pair", "mixed_pair"])
def either(request: pytest.FixtureRequest) -> Pair:
    """On SQLite, and with TJ on PostgreSQL."""
    found: Pair = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("country", ["KZ", "TJ"])
async def test_nothing_of_what_was_declared_is_left(either: Pair, country: str) -> None:
    await closed(either)
    node = either.wire.nodes[country]
    assert all(secret in everything(node) for secret in SECRETS)
    either.clock.advance(days=1826)
    done = purged(node)
    assert (done.consignments, done.messages, done.declarations) == (1, 6, 1)
    left = everything(node)
    assert [secret for secret in SECRETS if secret in left] == []
    assert not purged(node)


def position(node: Node, one: Message) -> int:
    """Where the proof of a message lies in the evidence log."""
    found = node.store.read(lambda r: r.evidence_index(CORRIDOR, one.ebms_id, one.direction))
    assert found is not None
    return found


async def test_what_is_young_enough_stays(pair: Pair) -> None:
    await closed(pair)
    pair.clock.advance(days=1820)
    assert not purged(pair.tj)
    assert all(one.body for one in pair.tj.messages())


async def test_nothing_open_goes(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()), paper(number(2)))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    pair.clock.advance(days=3650)
    before = everything(pair.tj)
    assert not purged(pair.tj)
    assert not purged(pair.kz)
    assert everything(pair.tj) == before


async def test_what_still_waits_in_the_outbox_keeps_its_consignment(pair: Pair) -> None:
    consignment = await closed(pair)
    (message, *_) = pair.kz.messages(consignment_id=consignment, direction=Direction.OUT)
    pair.clock.advance(days=1826)
    wall = pair.kz.clock.wall()
    pair.kz.store.write_now(
        lambda tx: tx.outbox_again(CORRIDOR, message.message_id, wall, wall + YEARS, bytes(32))
    )
    assert not purged(pair.kz)


async def test_a_dry_run_counts_the_same_and_removes_nothing(pair: Pair) -> None:
    await closed(pair)
    pair.clock.advance(days=1826)
    before = everything(pair.tj)
    counted = purged(pair.tj, dry_run=True)
    assert everything(pair.tj) == before
    assert purged(pair.tj) == counted


@pytest.mark.parametrize("country", ["KZ", "TJ"])
async def test_proof_outlives_content(pair: Pair, country: str) -> None:
    await closed(pair)
    node = pair.wire.nodes[country]
    digests = {one.message_id: hashlib.sha256(one.body).digest() for one in node.messages()}
    head = node.store.read(lambda r: r.evidence_head())
    pair.clock.advance(days=1826)
    purged(node)
    assert node.store.read(lambda r: r.evidence_head()) == head
    leaves = node.store.read(lambda r: r.evidence_leaves())
    for one in node.messages():
        assert (one.body, one.digest) == (b"", digests[one.message_id])
        kept = node.envelope(one.ebms_id, one.direction)
        assert kept is not None
        assert kept.envelope == b""
        place = position(node, one)
        proof = inclusion_proof(place, leaves)
        leaf = leaf_hash(evidence_entry(kept))
        assert verify_inclusion(place, head[0], leaf, proof, head[1])


@pytest.mark.parametrize("country", ["KZ", "TJ"])
async def test_projections_are_rebuilt_as_they_were_left(either: Pair, country: str) -> None:
    await closed(either)
    node = either.wire.nodes[country]
    either.clock.advance(days=1826)
    purged(node)
    node.submit(paper(number(2))) if country == "KZ" else None
    before = projections(node)
    rebuild(node.store, node.context)
    assert projections(node) == before
    assert country == "KZ" or before["import_match"]


async def test_a_consignment_says_when_its_content_was_removed(pair: Pair) -> None:
    consignment = await closed(pair)
    before = pair.kz.consignment(consignment)
    pair.clock.advance(days=1826)
    purged(pair.kz)
    after = pair.kz.consignment(consignment)
    assert (after.removed, after.vehicle, after.title) == (pair.clock.now(), None, None)
    assert (after.reference, after.state) == (before.reference, "closed")
    assert (after.arrived, after.eta) == (before.arrived, before.eta)
    assert pair.kz.happened(consignment)[-1] == "content-removed"
    assert pair.kz.store.read(lambda r: versions(r, CORRIDOR, consignment)) == ()


async def test_files_go_with_the_arrival(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive_with(pair.tj, attached(pair.tj, "photo.jpg", PHOTO), attached(pair.tj, "x.jpg", PHOTO))
    pair.tj.submit(paper(imported()))
    await pair.settle()
    pair.clock.advance(days=1826)
    for node in (pair.kz, pair.tj):
        assert "a photograph" in everything(node)
        purged(node)
        assert "a photograph" not in everything(node)
        assert "photo.jpg" not in everything(node)


async def test_what_comes_again_is_known_by_its_id_and_gets_the_same_receipt(pair: Pair) -> None:
    """As long as ids are kept, whatever has become of the content."""
    short = replace(the_agreement(), retention=Retention(timedelta(days=1), timedelta(days=90)))
    with_agreement(pair.tj, short)
    await closed(pair)
    (first, *_) = [sent for sent in pair.wire.sent if sent.url == "TJ"]
    pair.clock.advance(days=5)
    assert purged(pair.tj)
    again = await pair.tj.take(first.content_type, first.body)
    assert first.reply is not None
    assert again.body == first.reply.body
    received = pair.tj.messages(direction=Direction.IN)
    assert await pair.tj.inbox.round() == 0
    assert pair.tj.messages(direction=Direction.IN) == received


async def test_the_envelope_goes_when_ids_are_kept_no_longer(pair: Pair) -> None:
    short = replace(the_agreement(), retention=Retention(timedelta(days=1), timedelta(days=90)))
    with_agreement(pair.tj, short)
    await closed(pair)
    pair.clock.advance(days=5)
    purged(pair.tj)
    (message, *_) = pair.tj.messages(direction=Direction.IN)
    kept = pair.tj.envelope(message.ebms_id, Direction.IN)
    assert kept is not None
    assert kept.envelope
    pair.clock.advance(days=90)
    purged(pair.tj)
    kept = pair.tj.envelope(message.ebms_id, Direction.IN)
    assert kept is not None
    assert kept.envelope == b""


async def test_what_was_refused_goes_and_its_code_stays(pair: Pair) -> None:
    await deliver(pair, b'{"kind": "Nonsense", "consignor": "Secret"}')
    pair.clock.advance(days=1826)
    done = purged(pair.tj)
    assert (done.refusals, done.transmissions) == (1, 1)
    assert "Secret" not in everything(pair.tj)
    (refusal,) = pair.tj.refusals()
    assert refusal.code
    assert not purged(pair.tj)


def test_answers_of_the_api_are_kept_for_a_month(pair: Pair) -> None:
    given = KeptAnswer(token_id="t", key="k", digest=b"", answer=b"{}", at=pair.clock.wall())
    pair.kz.store.write_now(lambda tx: tx.keep_answer(given))
    pair.clock.advance(days=29)
    assert not purged(pair.kz)
    pair.clock.advance(days=2)
    assert purged(pair.kz) == Purged(answers=1)
    assert pair.kz.store.read(lambda r: r.kept_answer("t", "k")) is None


async def test_whoever_is_killed_goes_on_where_he_was(pair: Pair) -> None:
    """Each transaction is whole by itself: cut off after any number of them, the rest follows later."""
    await closed(pair)
    arrive(pair.tj, vehicle="777YYY77")
    await pair.settle()
    pair.clock.advance(days=1826)
    whole = purged(pair.tj, dry_run=True)
    steps = 0
    while True:
        if not next(purge(pair.tj.store, pair.tj.context)):
            break
        steps += 1
    assert steps > 2
    assert whole.consignments == 2
    assert not purged(pair.tj)
    assert [s for s in (*SECRETS, "777YYY77") if s in everything(pair.tj)] == []


@pytest.mark.parametrize("language", ["en", "kk", "ru", "tg"])
async def test_pages_say_that_content_was_removed(pair: Pair, language: str) -> None:
    consignment = await closed(pair)
    await deliver(pair, b'{"kind": "Nonsense"}')
    await pair.settle()
    pair.clock.advance(days=1826)
    purged(pair.tj)
    said = texts_in(language).gettext("Removed by the agreement's retention.")
    told = texts_in(language).gettext(REMOVED).partition("%(day)s")[2]
    with client_in(pair.tj.store, pair.tj.context) as client:
        page = client.get(f"/consignments/{consignment}?lang={language}")
        assert (page.status_code, told in unescape(page.text)) == (200, True)
        for one in pair.tj.messages():
            page = client.get(f"/messages/{CORRIDOR}/{one.message_id}?lang={language}")
            assert (page.status_code, told in unescape(page.text)) == (200, True)
            file = client.get(f"/messages/{CORRIDOR}/{one.message_id}/envelope")
            assert file.status_code == 404
        assert said in unescape(client.get(f"/refusals?lang={language}").text)
        for path in ("/", "/consignments", "/messages", "/search?q=123ABC02"):
            assert client.get(f"{path}").status_code == 200


async def test_a_declaration_that_was_removed_is_still_known_as_handed_in(pair: Pair) -> None:
    await closed(pair)
    pair.clock.advance(days=1826)
    purged(pair.kz)
    (again,) = pair.kz.submit(paper(declaration()))
    assert again.result is Result.KNOWN
