"""Gets messages out of the outbox to the partners and proof of delivery back.

    lease ─► seal from the stored seed ─► post ─► open and verify the receipt ─► delivered
                                            └─► no or no good answer ─► again later, same octets

What this process queues is leased in the transaction that queues it, as far as there is room; all else
(what other processes queue, what is due again, what is bulky) by rounds.
A message leaves the outbox only with a verified receipt, or as failed when its time is over or the
partner refused it with a signed error. An unsigned error is noted and changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import structlog

from keruen.errors import KeruenError
from keruen.exchange.answers import HeededError, ProbableError, RefusedError, explain, receipt_in
from keruen.exchange.context import Context
from keruen.exchange.delivery import Delivery
from keruen.exchange.peers import Line, Transport
from keruen.exchange.transmissions import as_sent
from keruen.exchange.working import persist, work
from keruen.store import Done, Message, OutboxEntry, Store, Transaction

LEASE = timedelta(seconds=120)
"""Machine time that one owner may take to send a leased message."""
IN_FLIGHT = 64
"""Messages under way at once."""
BULKY = 2
"""Messages with attachments under way at once, beside the others."""
LONGEST = 1_000_000
"""So many attempts have the longest wait of any schedule."""
SWEEP_SECONDS = 0.25
"""How long a lost hint or another process's row may go unnoticed."""

Leased = tuple[OutboxEntry, Message]

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Sender:
    """Sends what waits in the outbox, until cancelled.

    Args:
        delay: how long to wait after so many attempts.
        owner: names this process in leases; nobody else of this name runs at the same time.
        delivered: told the country of a partner that has taken a message.
        hint: set when something was queued; a lost hint costs `SWEEP_SECONDS`.
    """

    store: Store
    context: Context
    line: Line
    transport: Transport
    delay: Callable[[int], timedelta]
    owner: str
    hint: asyncio.Event = field(default_factory=asyncio.Event)
    delivered: Callable[[str], object] = lambda _: None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _bulky: set[asyncio.Task[None]] = field(default_factory=set)
    _leased: deque[Leased] = field(default_factory=deque)
    """What was leased when it was queued and is not being sent yet; the writer's thread adds to it."""
    _leasing: bool = False
    """Whether a round is about to take what there is room for."""
    _running: bool = False
    _silent: set[str] = field(default_factory=set)
    """Partners whose line gave no answer last time."""

    @property
    def _delivery(self) -> Delivery:
        return Delivery(self.context, self.line)

    async def run(self) -> None:
        """Lease and send without end; what a killed predecessor was sending is sent at once."""
        try:
            await persist(self._release, "outbox")
            self._running = True
            with self.store.followed(partial(self._follow, asyncio.get_running_loop())):
                await work(self.round, self.hint, SWEEP_SECONDS, "outbox")
        finally:
            self._running = False
            for task in (*self._tasks, *self._bulky):
                task.cancel()

    async def _release(self) -> None:
        await self.store.write(lambda tx: tx.release_leases(self.owner))

    async def round(self) -> int:
        """Start sending what is due, as far as there is room; gives how many were started."""
        if self._tasks and not self._room():
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            return 1
        large = BULKY - len(self._bulky)
        wall = self.context.clock.wall()
        partners = [country for country, peer in self.line.peers.items() if not peer.pulls_from_us]
        lane = None if large > 0 else False
        # Under load something is due most of the time, and leasing finds out by itself.
        due = bool(self._tasks) or await asyncio.to_thread(
            self.store.read, lambda reader: reader.outbox_due(wall, partners, bulky=lane)
        )
        if not due:
            return 0
        self._leasing = True
        try:
            leased = await self.store.write(lambda tx: self._lease(tx, large, partners))
            for entry, message in leased:
                self._start(entry, message)
        finally:
            self._leasing = False
        return len(leased)

    def _room(self) -> int:
        """How many more may be under way; what the writer's thread has leased counts."""
        return max(0, IN_FLIGHT - len(self._leased) - len(self._tasks))

    def _start(self, entry: OutboxEntry, message: Message) -> None:
        tasks = self._bulky if entry.bulky else self._tasks
        task = asyncio.create_task(self._send(entry, message))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    def _follow(self, loop: asyncio.AbstractEventLoop, tx: Transaction) -> Done:
        """Lease what a transaction of this process has queued, unless a round is about to."""
        leased = [] if self._leasing else self._begun(tx, self._new(tx))
        left = bool(tx.queued)

        def done() -> None:
            self._leased.extend(leased)
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody is left to send
                loop.call_soon_threadsafe(self._start_leased, left)

        return done

    def _new(self, tx: Transaction) -> list[OutboxEntry]:
        wall, peers = self.context.clock.wall(), self.line.peers
        pushed = [
            entry
            for entry in tx.queued.values()
            if entry.partner in peers and not peers[entry.partner].pulls_from_us
            if not entry.bulky
        ]
        return [tx.lease(one, self.owner, wall + LEASE) for one in pushed[: self._room()]]

    def _start_leased(self, left: bool) -> None:  # noqa: FBT001 - called by the loop
        if not self._running:
            return
        while self._leased:
            self._start(*self._leased[0])
            self._leased.popleft()
        if left:
            self.hint.set()

    def _lease(self, tx: Transaction, large: int, partners: list[str]) -> list[Leased]:
        wall = self.context.clock.wall()
        taken = tx.lease_outbox(self.owner, wall, self._room(), LEASE, partners, bulky=False)
        if large > 0:
            taken += tx.lease_outbox(self.owner, wall, large, LEASE, partners, bulky=True)
        return self._begun(tx, taken)

    def _begun(self, tx: Transaction, taken: Iterable[OutboxEntry]) -> list[Leased]:
        leased = []
        for entry in taken:
            message = tx.message(entry.corridor, entry.message_id)
            if message is None:  # it must not hold up the others
                tx.outbox_failed(entry.corridor, entry.message_id, "outbox-orphan: no such message")
                continue
            self._delivery.begun(tx, entry, message)
            leased.append((entry, as_sent(entry, message)))
        return leased

    async def _send(self, entry: OutboxEntry, message: Message) -> None:
        """One attempt, and what follows from it; a lease that outlives this task runs out by itself."""
        renewing = asyncio.create_task(self._renew(entry)) if entry.bulky else None
        try:
            await self._attempt(entry, message)
        except Exception:
            log.exception("the outcome of an attempt was lost", message=message.message_id)
        finally:
            if renewing is not None:
                renewing.cancel()

    async def _renew(self, entry: OutboxEntry) -> None:
        """Keep the lease of a message that takes long, until cancelled."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 3)
            await persist(lambda: self._renew_once(entry), "lease")

    async def _renew_once(self, entry: OutboxEntry) -> None:
        place, until = (entry.corridor, entry.message_id), self.context.clock.wall() + LEASE
        await self.store.write(lambda tx: tx.renew_lease(*place, self.owner, until))

    async def _attempt(self, entry: OutboxEntry, message: Message) -> None:
        try:
            await self.deliver(entry, message)
        except (RefusedError, ProbableError) as error:
            await self._give_up(entry, message, error)
        except OSError as error:
            self._silent.add(message.partner)
            await self._try_later(entry, message, error)
        except KeruenError as error:
            await self._try_later(entry, message, error)
        except Exception as error:  # a defect of ours: the message keeps its place in the schedule
            log.exception("sending failed", message=message.message_id)
            await self._try_later(entry, message, error)

    async def deliver(self, entry: OutboxEntry, message: Message) -> None:
        """One attempt: returns when the receipt is verified and stored.

        Raises:
            RefusedError: the partner refused the message for good.
            KeruenError: the answer is no good receipt.
            OSError: no answer came.
        """
        peer = self.line.peers[message.partner]
        sealed = await self._delivery.sealed(self.store, peer, entry, message)
        reply = await self.transport(peer.endpoint, sealed.content_type, sealed.chunks, sealed.size)
        receipt = receipt_in(reply, peer, sealed, self.context.clock.now(), entry.attempts)
        await self.store.write(
            lambda tx: self._delivery.delivered(tx, message, sealed, receipt, reply.body)
        )
        log.info("delivered", kind=message.kind, message=message.message_id, to=message.partner)
        self.delivered(message.partner)
        if message.partner in self._silent:
            await self._line_is_back(message.partner)

    async def _line_is_back(self, partner: str) -> None:
        """A silent partner answers again: what waits for it need not wait out the schedule."""
        self._silent.discard(partner)
        wall = self.context.clock.wall()
        await self.store.write(lambda tx: tx.hasten_outbox(partner, wall))
        self.hint.set()

    async def _try_later(self, entry: OutboxEntry, message: Message, error: Exception) -> None:
        """Put a message back for another attempt, or give it up when its time is over."""
        wall = self.context.clock.wall()
        if wall > entry.expires:
            await self._give_up(entry, message, error)
            return
        delay = self.line.peers[entry.partner].delay or self.delay
        again = wall + delay(LONGEST if isinstance(error, HeededError) else max(1, entry.attempts))
        why = explain(error)
        log.warning("not delivered", message=message.message_id, why=why, again=again.isoformat())

        def later(tx: Transaction) -> None:
            self._delivery.tried(tx, entry, why)
            tx.outbox_retry(message.corridor, message.message_id, again, why)

        await self.store.write(later)

    async def _give_up(self, entry: OutboxEntry, message: Message, error: Exception) -> None:
        why = explain(error)
        log.error("delivery failed", message=entry.message_id, why=why)
        await self.store.write(lambda tx: self._delivery.gave_up(tx, message, error))
