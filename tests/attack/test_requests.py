"""Every hostile request is refused for the reason it should be; all it leaves is a row for the operator."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from tests.attack.attack import Attack, Field
from tests.attack.table import REQUESTS
from tests.exchange.world import Node, Pair, line_of

from keruen.as4 import EbmsError, ErrorSignal, Receipt, build_error, open_signal
from keruen.exchange import Reply
from keruen.store import schema


def tables(node: Node) -> dict[str, list[Any]]:
    """All that is stored, but for what was refused."""
    kept = [table for table in schema.metadata.sorted_tables if table is not schema.refusal]
    return node.store.read(
        lambda r: {t.name: sorted(map(repr, r._connection.execute(select(t)))) for t in kept}
    )


def signal_in(pair: Pair, reply: Reply) -> Receipt | ErrorSignal:
    pmode = line_of("KZ", "TJ").peers["TJ"].pmode
    return open_signal(reply.content_type, reply.body, pmode=pmode, now=pair.clock.now())


def says_only(reply: Reply, error: ErrorSignal, attack: Attack, pair: Pair) -> None:
    """The answer is what this node says to anybody whose message it refuses with this code."""
    assert [one.code for one in error.errors] == [attack.code.code]
    pmode = pair.tj.line.peers["KZ"].pmode
    same = build_error(
        EbmsError(attack.code, detail=""),
        pmode=pmode if error.signed else None,
        signer=pair.tj.line.signing if error.signed else None,
        signal_id=error.message_id,
        timestamp=error.timestamp,
        ref_to_message_id=error.ref_to_message_id,
    )
    assert reply.body == same


async def carry_out(attack: Attack, pair: Pair) -> None:
    field = Field(pair)
    original = field.original.content_type, b"".join(field.original.chunks())
    first = await pair.tj.take(*original) if attack.known else None
    before, refused = tables(pair.tj), pair.tj.counts()["refusals"]
    request = attack.request(field)
    with capture_logs() as logs:
        reply = await pair.tj.take(*request)
    error = signal_in(pair, reply)
    assert isinstance(error, ErrorSignal), "it was taken"
    newest = pair.tj.refusals()[0]
    assert newest.code == attack.code.code
    assert attack.detail in (newest.detail or "")
    says_only(reply, error, attack, pair)
    assert tables(pair.tj) == before
    assert pair.tj.counts()["refusals"] == refused + 1
    assert [(log["event"], log["log_level"]) for log in logs] == [("refused", "warning")]
    again = await pair.tj.take(*original)
    assert isinstance(signal_in(pair, again), Receipt), "the real message no longer goes through"
    assert first is None or again.body == first.body


@pytest.mark.parametrize("attack", REQUESTS, ids=lambda attack: attack.id)
async def test_a_hostile_message_is_refused_and_leaves_nothing(attack: Attack, pair: Pair) -> None:
    await carry_out(attack, pair)


@pytest.mark.parametrize("attack", REQUESTS[::9], ids=lambda attack: attack.id)
async def test_on_postgresql_as_well(attack: Attack, postgres_pair: Pair) -> None:
    await carry_out(attack, postgres_pair)
