"""Signals that come as requests: partners pull what waits for them, and hand receipts and errors over.

    PullRequest ─► lease the oldest that waits ─► the message as the answer, or EBMS:0006
    Receipt     ─► sealed again, compared ─► delivered
    Error       ─► noted; refused for good only if it is signed and says so

A message that was pulled is leased: until then nobody else gets it. When no receipt comes in time, it is
given again, the same octets (eDelivery AS4, Pull enhancement: five states of a message).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    PullRequest,
    Receipt,
    ReceivedSignal,
    SealedMessage,
    build_error,
    verify_receipt,
)
from keruen.errors import LocalError
from keruen.exchange.answers import ProbableError, RefusedError, digest_lines, explain, reported
from keruen.exchange.context import Context
from keruen.exchange.delivery import Delivery
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import Line, Peer, Reply
from keruen.exchange.transmissions import as_sent, business_id
from keruen.exchange.working import work
from keruen.store import Direction, Message, OutboxEntry, Reader, Store, Transaction

OWNER = "pulled"
"""Owner of the leases of pulled messages: no process, so none releases them when it starts."""
BATCH = 50
"""Messages that are given up in one transaction."""
SWEEP_SECONDS = 1.0
"""How long a message may outlive its time."""
SLOW = 256 << 10
"""Octets a second at which a large message may travel before it is given again."""
REMEMBERED = 10_000
"""Pull requests that are remembered, so that nobody repeats one."""
TAKEN = Reply(202, "", b"")
"""The answer to a signal that is not answered."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Channels:
    """Answers signals that partners send as requests."""

    store: Store
    context: Context
    line: Line
    _pulls: OrderedDict[str, datetime] = field(default_factory=OrderedDict)

    async def run(self) -> None:
        """Give up what nobody pulled in time, without end."""
        await work(self.round, asyncio.Event(), SWEEP_SECONDS, "channels")

    async def round(self) -> int:
        """Give up messages whose time is over; gives how many. Those that are pushed end with an attempt."""
        served = [country for country, peer in self.line.peers.items() if peer.pulls_from_us]
        wall = self.context.clock.wall()
        if not served:
            return 0
        expired = await asyncio.to_thread(
            self.store.read, lambda reader: reader.outbox_expired(wall, served, BATCH)
        )
        if expired:
            await self.store.write(lambda tx: self._give_up(tx, expired))
        return len(expired)

    def _give_up(self, tx: Transaction, expired: list[OutboxEntry]) -> None:
        for entry in expired:
            message = tx.message(entry.corridor, entry.message_id)
            if message is None:
                tx.outbox_failed(entry.corridor, entry.message_id, "outbox-orphan: no such message")
            else:
                self._delivery.gave_up(tx, message, _never_receipted(entry))

    async def answer(self, received: ReceivedSignal) -> Reply:
        """The answer to a verified signal.

        Raises:
            EbmsError: it is refused.
        """
        peer = self.line.peer_of(received.pmode)
        match received.signal:
            case PullRequest() as request:
                return await self._serve(peer, request)
            case Receipt() as receipt:
                return await self._receipt(peer, receipt)
            case ErrorSignal() as error:
                return await self._error(peer, error)

    async def _serve(self, peer: Peer, request: PullRequest) -> Reply:
        self._once(request)
        leased = await self.store.write(lambda tx: self._lease(tx, peer))
        if leased is None:
            return self._nothing(peer, request)
        entry, message = leased
        sealed = await self._delivery.sealed(self.store, peer, entry, message)
        if entry.bulky:
            await self._lease_longer(peer, entry, sealed.size)
        log.info("pulled", kind=message.kind, message=message.message_id, by=peer.country)
        return Reply(200, sealed.content_type, b"", sealed.chunks, sealed.size)

    async def _lease_longer(self, peer: Peer, entry: OutboxEntry, size: int) -> None:
        """A large message takes its time on the way, and must not be pulled again meanwhile."""
        assert peer.channel is not None  # noqa: S101 - it was leased from there
        way = timedelta(seconds=size / SLOW)
        until = self.context.clock.wall() + peer.channel.interval + way
        await self.store.write(
            lambda tx: tx.renew_lease(entry.corridor, entry.message_id, OWNER, until)
        )

    def _once(self, request: PullRequest) -> None:
        if request.message_id in self._pulls:
            raise EbmsError(
                ErrorCode.VALUE_INCONSISTENT,
                detail="this pull request came before: somebody repeats it",
                ref_to_message_id=request.message_id,
            )
        self._pulls[request.message_id] = request.timestamp
        if len(self._pulls) > REMEMBERED:
            self._pulls.popitem(last=False)

    def _lease(self, tx: Transaction, peer: Peer) -> tuple[OutboxEntry, Message] | None:
        """The oldest message that nobody has pulled lately."""
        assert peer.channel is not None  # noqa: S101 - `Line.find` found it by its channel
        wall = self.context.clock.wall()
        for entry in tx.lease_outbox(OWNER, wall, 1, peer.channel.interval, [peer.country]):
            message = tx.message(entry.corridor, entry.message_id)
            if message is None:
                tx.outbox_failed(entry.corridor, entry.message_id, "outbox-orphan: no such message")
                continue
            self._delivery.begun(tx, entry, message)
            return entry, as_sent(entry, message)
        return None

    def _nothing(self, peer: Peer, request: PullRequest) -> Reply:
        """EBMS:0006: there is nothing to pull."""
        error = EbmsError(
            ErrorCode.EMPTY_MESSAGE_PARTITION_CHANNEL,
            detail="nothing waits",
            ref_to_message_id=request.message_id,
        )
        body = build_error(
            error,
            pmode=peer.pmode,
            signer=self.line.signer(peer.pmode) if peer.errors.sign else None,
            signal_id=ebms_id(self.context.clock.new_id(), self.context.country),
            timestamp=self.context.clock.now(),
        )
        return Reply(200, SOAP_CONTENT_TYPE, body)

    async def _receipt(self, peer: Peer, receipt: Receipt) -> Reply:
        """A receipt by callback: it delivers the message that it repeats the digests of."""
        entry, message = await asyncio.to_thread(
            self.store.read, lambda reader: self._meant(reader, peer, receipt.ref_to_message_id)
        )
        if entry.delivered is not None:
            await asyncio.to_thread(self._compare, receipt, message)
            return TAKEN
        sealed = await self._delivery.sealed(self.store, peer, entry, message)
        verify_receipt(receipt, message.ebms_id, sealed.references)
        await self.store.write(lambda tx: self._deliver(tx, message, sealed, receipt))
        log.info("delivered", kind=message.kind, message=message.message_id, to=message.partner)
        return TAKEN

    def _compare(self, receipt: Receipt, message: Message) -> None:
        """A receipt for what was receipted before: the first one counts, but this one must be true."""
        kept = self.store.read(
            lambda reader: reader.envelope(message.corridor, message.ebms_id, Direction.OUT)
        )
        sent = sorted(kept.digests.splitlines()) if kept else []
        given = digest_lines(receipt.references).splitlines()
        if receipt.signed and sorted(given) == sent:
            return
        raise EbmsError(
            ErrorCode.INVALID_RECEIPT, detail="the receipt repeats other digests than were sent"
        )

    def _deliver(
        self, tx: Transaction, message: Message, sealed: SealedMessage, receipt: Receipt
    ) -> None:
        entry = tx.outbox_entry(message.corridor, message.message_id)
        if entry is not None and entry.delivered is None:  # else another receipt was faster
            self._delivery.delivered(tx, message, sealed, receipt, receipt.envelope)

    def _meant(self, tx: Reader, peer: Peer, ref_to: str | None) -> tuple[OutboxEntry, Message]:
        """The message of this node to this partner that a signal refers to.

        Raises:
            EbmsError: ValueInconsistent: there is none.
        """
        corridor = self.context.agreement_with(peer.country).corridor
        message_id = business_id(ref_to or "")
        entry, message = tx.outbox_entry(corridor, message_id), tx.message(corridor, message_id)
        if entry is not None and message is not None:
            message = as_sent(entry, message)
        if entry is None or message is None or message.ebms_id != ref_to:
            raise EbmsError(
                ErrorCode.VALUE_INCONSISTENT,
                detail=f"{ref_to!r} is no message of this node to {peer.country}",
            )
        return entry, message

    async def _error(self, peer: Peer, signal: ErrorSignal) -> Reply:
        """An error by callback ends a message only if it would have done so as an answer."""
        await self.store.write(lambda tx: self._note(tx, peer, signal))
        return TAKEN

    def _note(self, tx: Transaction, peer: Peer, signal: ErrorSignal) -> None:
        about = signal.ref_to_message_id or next(
            (one.ref_to_message_id for one in signal.errors if one.ref_to_message_id), None
        )
        entry, message = self._meant(tx, peer, about)
        error = reported(signal, message.ebms_id, peer.errors, entry.attempts)
        log.warning("reported", message=message.message_id, why=explain(error))
        if isinstance(error, RefusedError | ProbableError):
            self._delivery.gave_up(tx, message, error)
        else:  # it stays leased until its time: the partner would pull it again at once
            self._delivery.tried(tx, entry, explain(error))
            tx.outbox_note(message.corridor, message.message_id, explain(error))

    @property
    def _delivery(self) -> Delivery:
        return Delivery(self.context, self.line)


def _never_receipted(entry: OutboxEntry) -> LocalError:
    if entry.attempts:
        text = f"pulled {entry.attempts} times, and no receipt came"
        return LocalError(ErrorCode.MISSING_RECEIPT.code, text)
    return LocalError(ErrorCode.CONNECTION_FAILURE.code, "the partner never pulled it")
