"""One node of a measurement: a process of its own, told what to do in lines of JSON.

It is a real node (its directory, store, keys, AS4 endpoint, outbox and inbox) with one service more: what
comes as `ACTION` is stored by its handler and not answered, so that business answers do not halve the
figure of delivered messages.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import uvloop

from keruen import telemetry
from keruen.bench.filling import fill
from keruen.bench.material import content
from keruen.exchange import Inbox, Line, Peer, Receiver, Reply, Sender, Space, Transport
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import SERVICE
from keruen.net import Binding, Endpoint, HttpTransport, serve
from keruen.node import Node
from keruen.service import settle
from keruen.store import (
    Direction,
    InboxEntry,
    Message,
    OutboxEntry,
    OutboxState,
    Transaction,
)

ACTION = "Benchmark"


@dataclass(slots=True)
class StoringInbox(Inbox):
    """Stores what comes as a message of its own, and answers nothing."""

    def _handle(self, tx: Transaction, entry: InboxEntry) -> None:
        now = self.context.clock.now()
        corridor = self.context.agreement_with(entry.partner).corridor
        tx.add_message(
            Message(
                corridor=corridor,
                message_id=entry.ebms_id.partition("@")[0],
                direction=Direction.IN,
                partner=entry.partner,
                kind=entry.action,
                created=entry.received,
                stored=now,
                body=b"".join(tx.payload(entry.payload_id)),
                ebms_id=entry.ebms_id,
            )
        )
        tx.inbox_handled(entry.ebms_id, entry.partner, now)


@dataclass(slots=True)
class TimedSender(Sender):
    """Tells when a message's receipt is verified and stored."""

    awaited: dict[str, asyncio.Future[None]] = field(default_factory=dict)

    async def deliver(self, entry: OutboxEntry, message: Message) -> None:
        """One attempt, as the real sender makes it."""
        await Sender.deliver(self, entry, message)
        if (future := self.awaited.pop(message.message_id, None)) is not None:
            future.set_result(None)


@dataclass(slots=True)
class Counted:
    """The transport, and the octets of bodies that went through it."""

    transport: Transport
    octets: int = 0

    async def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        """Post as the transport does."""
        self.octets += size
        return await self.transport(url, content_type, chunks, size)


@dataclass(slots=True)
class Side:
    """A running node and what it is told."""

    node: Node
    sender: TimedSender
    counted: Counted
    numbers: Any = field(default_factory=itertools.count)

    async def load(self, *, messages: int, at_once: int, count: int) -> dict[str, Any]:
        """Hand messages in, so many unanswered at once, until all are delivered."""
        gate, latencies = asyncio.Semaphore(at_once), list[float]()
        bodies = {n: content(n, count) for n in itertools.islice(self.numbers, messages)}
        self.counted.octets = 0
        cpu, begun = time.process_time(), time.perf_counter()

        async def one(body: bytes) -> None:
            async with gate:
                start = time.perf_counter()
                await self._send(body)
                latencies.append(time.perf_counter() - start)

        await asyncio.gather(*map(one, bodies.values()))
        seconds = time.perf_counter() - begun
        latencies.sort()
        return {
            "seconds": seconds,
            "cpu": time.process_time() - cpu,
            "bytes": round(self.counted.octets / messages),
            "p50_ms": 1000 * latencies[len(latencies) // 2],
            "p99_ms": 1000 * latencies[int(len(latencies) * 0.99)],
        }

    async def _send(self, body: bytes) -> None:
        context = self.node.context
        agreement = context.agreements[0]
        partner = agreement.other(context.country)
        now, wall = context.clock.now(), context.clock.wall()
        message_id = context.clock.new_id()
        message = Message(
            corridor=agreement.corridor,
            message_id=message_id,
            direction=Direction.OUT,
            partner=partner,
            kind=ACTION,
            created=now,
            stored=now,
            body=body,
            ebms_id=ebms_id(message_id, context.country),
        )
        entry = OutboxEntry(
            corridor=agreement.corridor,
            message_id=message_id,
            partner=partner,
            state=OutboxState.WAITING,
            queued=now,
            next_attempt=wall,
            expires=wall + context.expiry,
            seed=context.clock.entropy(32),
        )
        future = asyncio.get_running_loop().create_future()
        self.sender.awaited[message_id] = future

        def queue(tx: Transaction) -> None:
            tx.add_message(message)
            tx.enqueue(entry)

        await self.node.store.write(queue)
        await future

    def tell(self) -> dict[str, Any]:
        """What this process has used, and what its store holds."""
        size = self.node.store.read(lambda reader: reader.evidence_head()[0])
        return {"cpu": time.process_time(), "stored": size, "commits": self.node.store.commits}


def bench_line(line: Line) -> Line:
    """The node's line with the benchmark's action allowed."""
    peers: Mapping[str, Peer] = {
        country: replace(
            peer,
            pmode=replace(peer.pmode, services=peer.pmode.services | {(SERVICE, ACTION)}),
        )
        for country, peer in line.peers.items()
    }
    return replace(line, peers=peers)


async def _serve(root: Path) -> None:
    node = Node.open(root)
    settings, line = node.files.settings, bench_line(node.line)
    loop = asyncio.get_running_loop()
    async with HttpTransport(settings.retry.timeout) as transport:
        counted = Counted(transport)
        sender = TimedSender(
            store=node.store,
            context=node.context,
            line=line,
            transport=counted,
            delay=settings.retry.delay,
            owner=f"{socket.gethostname()}:{settings.as4.port}",
        )
        inbox = StoringInbox(store=node.store, context=node.context, handlers={})
        receiver = Receiver(
            store=node.store,
            context=node.context,
            line=line,
            hint=inbox.hint,
            space=Space(root / "quarantine"),
            owner=sender.owner,
        )
        binding = Binding("as4", Endpoint(receiver), settings.as4.host, settings.as4.port)
        side = Side(node, sender, counted)
        async with serve([binding]), asyncio.TaskGroup() as group:
            tasks = [group.create_task(sender.run()), group.create_task(inbox.run())]
            settle()
            _say({"ready": True})
            while line_ := await loop.run_in_executor(None, sys.stdin.readline):
                _say(await _do(side, **json.loads(line_)))
            for task in tasks:
                task.cancel()
    node.close()


async def _do(side: Side, do: str, **said: Any) -> dict[str, Any]:
    match do:
        case "load":
            return await side.load(**said)
        case "fill":
            return await asyncio.to_thread(fill, side.node, **said)
        case _:
            return side.tell()


def _say(value: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run until standard input ends."""
    telemetry.log_to_stderr(quiet=True)
    uvloop.run(_serve(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
