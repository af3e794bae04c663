"""Gets messages out of the outbox to the partners and proof of delivery back.

    lease ─► seal from the stored seed ─► post ─► open and verify the receipt ─► delivered
                                            └─► no or no good answer ─► again later, same octets

A message leaves the outbox only with a verified receipt, or as failed when its time is over or the
partner refused it with a signed error. An unsigned error is noted and changes nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from keruen.errors import KeruenError
from keruen.exchange.answers import HeededError, ProbableError, RefusedError, explain, receipt_in
from keruen.exchange.context import Context
from keruen.exchange.delivery import Delivery
from keruen.exchange.peers import Line, Transport
from keruen.exchange.transmissions import as_sent
from keruen.exchange.working import persist, work
from keruen.store import Message, OutboxEntry, Store, Transaction

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
    _silent: set[str] = field(default_factory=set)
    """Partners whose line gave no answer last time."""

    @property
    def _delivery(self) -> Delivery:
        return Delivery(self.context, self.line)

    async def run(self) -> None:
        """Lease and send without end; what a killed predecessor was sending is sent at once."""
        try:
            await persist(self._release, "outbox")
            await work(self.round, self.hint, SWEEP_SECONDS, "outbox")
        finally:
            for task in (*self._tasks, *self._bulky):
                task.cancel()

    async def _release(self) -> None:
        await self.store.write(lambda tx: tx.release_leases(self.owner))

    async def round(self) -> int:
        """Start sending what is due, as far as there is room; gives how many were started."""
        room = IN_FLIGHT - len(self._tasks)
        if room <= 0:
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
        leased = await self.store.write(lambda tx: self._lease(tx, room, large, partners))
        for entry, message in leased:
            tasks = self._bulky if entry.bulky else self._tasks
            task = asyncio.create_task(self._send(entry, message))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        return len(leased)

    def _lease(
        self, tx: Transaction, room: int, large: int, partners: list[str]
    ) -> list[tuple[OutboxEntry, Message]]:
        wall = self.context.clock.wall()
        taken = tx.lease_outbox(self.owner, wall, room, LEASE, partners, bulky=False)
        if large > 0:
            taken += tx.lease_outbox(self.owner, wall, large, LEASE, partners, bulky=True)
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
        await self.store.write(
            lambda tx: tx.outbox_retry(message.corridor, message.message_id, again, why)
        )

    async def _give_up(self, entry: OutboxEntry, message: Message, error: Exception) -> None:
        why = explain(error)
        log.error("delivery failed", message=entry.message_id, why=why)
        await self.store.write(lambda tx: self._delivery.gave_up(tx, message, error))
