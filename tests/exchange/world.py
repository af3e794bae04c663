"""Two nodes, KZ and TJ, in one process: real stores and real AS4, the line between them in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from tests.as4 import world as as4_world
from tests.as4.world import NOW

from keruen import border
from keruen.agreement import Agreement, read_agreement
from keruen.as4 import PMode
from keruen.clock import Clock
from keruen.customs import DeclarationKind, Discrepancy
from keruen.exchange import (
    HANDLERS,
    LIMITS,
    SERVICES,
    Context,
    Document,
    Handler,
    Inbox,
    Line,
    Notice,
    Peer,
    Receiver,
    Reply,
    Sender,
    State,
    Submitted,
    Taker,
    announce,
    due,
    prepare,
    sweep,
    take,
)
from keruen.store import (
    Consignment,
    Direction,
    Envelope,
    Message,
    OutboxEntry,
    Refusal,
    Store,
)

CORRIDOR = "KZ-TJ"
TAKERS: dict[str, Taker] = {
    DeclarationKind.EXPORT: announce,
    DeclarationKind.TRANSIT: announce,
    **border.TAKERS,
}
DELAYS = (1, 5, 15, 60)


@cache
def the_agreement() -> Agreement:
    text = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
    return read_agreement(text)


class SetClock(Clock):
    """Shows what it was set to: domain time and machine time alike."""

    def __init__(self, shown: datetime = NOW) -> None:
        super().__init__()
        self.shown = self.machine = shown

    def now(self) -> datetime:
        return self.shown

    def wall(self) -> datetime:  # type: ignore[override]
        return self.machine

    def advance(self, **span: float) -> None:
        self.shown += timedelta(**span)
        self.machine += timedelta(**span)


@dataclass
class Sent:
    """One request as it was on the wire, and what was answered."""

    url: str
    content_type: str
    body: bytes
    reply: Reply | None = None


class Wire:
    """The line between the nodes, which a test can cut, tap and disturb."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.sent: list[Sent] = []
        self.lose_requests = self.lose_replies = 0
        self.answer: Callable[[Sent], Reply] | None = None

    async def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        body = b"".join(chunks())
        assert len(body) == size
        sent = Sent(url, content_type, body)
        self.sent.append(sent)
        if self.lose_requests:
            self.lose_requests -= 1
            raise ConnectionRefusedError("nobody listens")
        if self.answer is not None:
            sent.reply = self.answer(sent)
            return sent.reply
        sent.reply = await self.nodes[url].take(content_type, body)
        if self.lose_replies:
            self.lose_replies -= 1
            raise TimeoutError
        return sent.reply


@dataclass
class Node:
    """One administration's node, moved by hand."""

    country: str
    store: Store
    context: Context
    clock: SetClock
    line: Line
    wire: Wire
    handlers: dict[str, Handler] = field(default_factory=lambda: {**HANDLERS, **border.HANDLERS})

    def __post_init__(self) -> None:
        self.sender = self.new_sender()
        self.inbox = Inbox(self.store, self.context, self.handlers)
        self.receiver = Receiver(self.store, self.context, self.line)

    def new_sender(self, owner: str = "one") -> Sender:
        return Sender(
            self.store,
            self.context,
            self.line,
            self.wire,
            lambda attempts: timedelta(seconds=DELAYS[min(attempts, len(DELAYS)) - 1]),
            owner,
        )

    async def take(self, content_type: str, body: bytes, step: int = 1 << 16) -> Reply:
        return await self.receiver.receive(content_type, cut(body, step))

    def submit(self, *files: bytes) -> list[Submitted]:
        prepared = [prepare(self.context, f"file-{n}", data) for n, data in enumerate(files)]
        return [one if isinstance(one, Submitted) else self._take(one) for one in prepared]

    def _take(self, document: Document | Notice) -> Submitted:
        return self.store.write_now(lambda tx: take(tx, self.context, TAKERS, document))

    async def send_once(self) -> int:
        """One round of the outbox, waited for."""
        started = await self.sender.round()
        for task in (*self.sender._tasks, *self.sender._bulky):
            await task
        return started

    def consignment(self, consignment_id: str) -> Consignment:
        found = self.store.read(lambda r: r.consignment(CORRIDOR, consignment_id))
        assert found is not None
        return found

    def sweep(self) -> int:
        return self.store.write_now(lambda tx: sweep(tx, self.context))

    def is_anything_due(self) -> bool:
        """Whether a consignment must be moved by the clock; reports go on by themselves."""
        found = self.store.read(lambda r: due(r, self.context))
        return bool(found.departed or found.overdue)

    def discrepancies(self, consignment_id: str) -> list[Discrepancy]:
        rows = self.store.read(lambda r: r.discrepancies(CORRIDOR, consignment_id))
        return [row.discrepancy for row in rows]

    def envelope(self, ebms_id: str, direction: Direction) -> Envelope | None:
        return self.store.read(lambda r: r.envelope(CORRIDOR, ebms_id, direction))

    def refusals(self) -> list[Refusal]:
        return self.store.read(lambda r: r.refusals())

    def state(self, consignment_id: str) -> State:
        return State(self.consignment(consignment_id).state)

    def happened(self, consignment_id: str) -> list[str]:
        return [e.name for e in self.store.read(lambda r: r.events(CORRIDOR, consignment_id))]

    def messages(self, **filters: Any) -> list[Message]:
        """Messages, the first stored first."""
        return self.store.read(lambda r: r.messages(**filters))[::-1]

    def outbox(self, message_id: str) -> OutboxEntry:
        found = self.store.read(lambda r: r.outbox_entry(CORRIDOR, message_id))
        assert found is not None
        return found

    def counts(self) -> dict[str, Any]:
        return self.store.read(lambda r: r.counts())


@dataclass
class Pair:
    """Two nodes and the line between them."""

    kz: Node
    tj: Node
    wire: Wire
    clock: SetClock

    async def settle(self, rounds: int = 20) -> None:
        """Move both nodes until nothing moves."""
        for _ in range(rounds):
            moved = 0
            for node in (self.kz, self.tj):
                moved += await node.send_once() + await node.inbox.round()
            if not moved:
                return
        raise AssertionError("the nodes never come to rest")

    def close(self) -> None:
        self.kz.store.close()
        self.tj.store.close()


KEYS = {"KZ": as4_world.KZ, "TJ": as4_world.TJ, "XX": as4_world.STRANGER}


def line_of(country: str, partner: str) -> Line:
    own, other = KEYS[country], KEYS[partner]
    pmode = PMode(
        own=own.party,
        partner=other.party,
        services=SERVICES,
        partner_signing=(other.signer.certificate,),
        partner_key_agreement=(other.decryption.certificate,),
        limits=LIMITS,
    )
    return Line(own.signer, (own.decryption,), {partner: Peer(partner, pmode, partner)})


def context_of(country: str, clock: Clock, agreement: Agreement | None = None) -> Context:
    return Context(country=country, agreements=(agreement or the_agreement(),), clock=clock)


def node_of(country: str, partner: str, url: str, clock: SetClock, wire: Wire) -> Node:
    store, context = Store.open(url), context_of(country, clock)
    node = Node(country, store, context, clock, line_of(country, partner), wire)
    wire.nodes[country] = node
    return node


def pair_of(kz_url: str, tj_url: str) -> Pair:
    clock, wire = SetClock(), Wire()
    kz = node_of("KZ", "TJ", kz_url, clock, wire)
    tj = node_of("TJ", "KZ", tj_url, clock, wire)
    return Pair(kz, tj, wire, clock)


def with_agreement(node: Node, agreement: Agreement) -> None:
    """The node under another agreement file."""
    node.context = replace(node.context, agreements=(agreement,))
    node.__post_init__()


async def cut(octets: bytes, step: int = 1 << 16) -> AsyncIterator[bytes]:
    for start in range(0, len(octets), step):
        yield octets[start : start + step]
