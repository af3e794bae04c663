"""Whatever somebody answers in the partner's place, a message is delivered only by its own good receipt."""

from __future__ import annotations

import asyncio
import dataclasses
from itertools import count

import pytest
from structlog.testing import capture_logs
from tests.attack.answers import ANSWERS, Answer, Answering
from tests.attack.test_requests import tables
from tests.exchange.papers import number, paper
from tests.exchange.world import Node, Pair, Sent
from tests.net.sockets import answering, handling

from keruen.exchange import Reply, State
from keruen.net import HttpTransport
from keruen.store import OutboxState

NUMBERS = count(1)
ATTEMPTS = {"outbox", "failed_try"}


def unchanged(node: Node) -> dict[str, list[object]]:
    """All that is stored, but for attempts: the outbox counts them, and each that failed is kept."""
    return {name: rows for name, rows in tables(node).items() if name not in ATTEMPTS}


async def queued(pair: Pair) -> str:
    """A message of KZ whose first attempt found nobody."""
    (result,) = pair.kz.submit(paper(number(next(NUMBERS))))
    assert result.message_id is not None
    pair.wire.lose_requests = 1
    await attempt(pair, result.message_id)
    return result.message_id


async def attempt(pair: Pair, message_id: str) -> None:
    pair.clock.machine = max(pair.clock.machine, pair.kz.outbox(message_id).next_attempt)
    assert await pair.kz.send_once() == 1


async def not_delivered(pair: Pair, message_id: str, answer: Answer) -> None:
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert (entry.last_error or "").startswith(f"{answer.code}: ")
    assert answer.detail in (entry.last_error or "")
    assert len(entry.last_error or "") < 4000


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.id)
async def test_a_hostile_answer_delivers_nothing_and_ends_nothing(
    answer: Answer, pair: Pair
) -> None:
    message_id, day = await queued(pair), pair.clock.shown
    before = unchanged(pair.kz)

    def hostile(sent: Sent) -> Reply:
        return answer.reply(Answering(pair, sent))

    pair.wire.answer = hostile
    with capture_logs() as logs:
        await attempt(pair, message_id)
    pair.wire.answer, pair.clock.shown = None, day
    await not_delivered(pair, message_id, answer)
    assert unchanged(pair.kz) == before
    assert [(log["event"], log["log_level"]) for log in logs] == [("not delivered", "warning")]
    await attempt(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


def response(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


SOAP = "Content-Type: application/soap+xml"
OVER_SOCKETS = {
    "elsewhere": (
        response(b"", "Location: http://127.0.0.1:1/as4", "Content-Length: 0", status="307 Moved"),
        "EBMS:0301",
    ),
    "endless": (response(bytes(3 << 20), SOAP, f"Content-Length: {1 << 40}"), "EBMS:0007"),
    "chunked": (
        response(b"400\r\n" + bytes(1024) + b"\r\n", SOAP, "Transfer-Encoding: chunked"),
        "EBMS:0005",
    ),
    "cut off": (response(b"<S12:Env", SOAP, "Content-Length: 5000"), "EBMS:0005"),
    "no http": (b"\0" * 100, "EBMS:0005"),
}


@pytest.mark.parametrize("name", OVER_SOCKETS)
async def test_over_sockets_as_well(name: str, pair: Pair) -> None:
    octets, code = OVER_SOCKETS[name]
    message_id = await queued(pair)
    before = unchanged(pair.kz)
    async with answering(octets) as (url, _), HttpTransport(5) as transport:
        await over_sockets(pair, message_id, url, transport)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert (entry.last_error or "").startswith(code)
    assert unchanged(pair.kz) == before
    await attempt(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED


async def test_an_answer_that_drips_ends_with_the_time_of_one_attempt(pair: Pair) -> None:
    message_id = await queued(pair)

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response(b"", SOAP, "Content-Length: 100000"))
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.01)

    async with handling(drip) as port, HttpTransport(0.3) as transport:
        await over_sockets(pair, message_id, f"http://127.0.0.1:{port}/as4", transport)
    entry = pair.kz.outbox(message_id)
    assert entry.state is OutboxState.WAITING
    assert (entry.last_error or "").startswith("EBMS:0005: TimeoutError")
    await attempt(pair, message_id)


async def over_sockets(pair: Pair, message_id: str, url: str, transport: HttpTransport) -> None:
    sender = pair.kz.sender
    before = sender.line, sender.transport
    peer = dataclasses.replace(pair.kz.line.peers["TJ"], endpoint=url)
    sender.line = dataclasses.replace(pair.kz.line, peers={"TJ": peer})
    sender.transport = transport
    await attempt(pair, message_id)
    sender.line, sender.transport = before


def test_the_messages_that_were_attacked_are_as_good_as_others(pair: Pair) -> None:
    """Not one consignment went further than to be delivered, and TJ holds each once."""
    states = pair.kz.counts()["consignments"]
    assert set(states) <= {State.DELIVERED}
    assert pair.tj.counts()["refusals"] == 0
