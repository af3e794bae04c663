"""Pulls messages from partners that keep a channel for this node, and hands their receipts over.

    pull request ─► message ─► the same checks and the same commit as of a pushed one ─► receipt by callback
               └─► EBMS:0006: nothing waits

A receipt that could not be handed over is handed over later: that it is owed is in the commit of its message,
and what it says is a function of what was committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    ErrorCode,
    ErrorSignal,
    build_pull_request,
    open_signal,
)
from keruen.errors import KeruenError, LocalError
from keruen.exchange.answers import explain
from keruen.exchange.context import Context
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import Channel, Fetch, Line, Peer, Transport
from keruen.exchange.receiving import Outcome, Receiver
from keruen.exchange.request import RAW_CAP
from keruen.exchange.working import work
from keruen.store import Callback, Direction, Refusal, Store

BATCH = 50
"""Receipts that are handed over in one round."""
SWEEP_SECONDS = 1.0
"""How long a receipt that is owed may go unnoticed."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Puller:
    """Pulls from one partner, until cancelled.

    Args:
        country: the partner's; its peer must say that it is pulled.
        hint: set when something probably waits there, such as the answer to a message just sent.
    """

    country: str
    receiver: Receiver
    fetch: Fetch
    post: Transport
    hint: asyncio.Event = field(default_factory=asyncio.Event)
    _at_once: int = 1

    async def run(self) -> None:
        """Pull at once while messages come, else in the channel's interval."""
        seconds = self._channel.interval.total_seconds()
        await work(self.round, self.hint, seconds, f"pull {self.country}")

    async def round(self) -> int:
        """Pull as often at once as agreed, once if the last round found nothing; gives how many came."""
        came = await asyncio.gather(*(self.pull() for _ in range(self._at_once)))
        self._at_once = self._channel.parallel if any(came) else 1
        return sum(came)

    async def pull(self) -> bool:
        """One pull; gives whether a message was taken."""
        try:
            outcome = await self._ask()
        except OSError as error:
            log.warning("not pulled", partner=self.country, why=explain(error))
            return False
        if outcome.signal is not None:
            self._note(outcome)
            return False
        handed_over = await self._hand_over(outcome)
        if handed_over and outcome.message_id is not None:
            await self._store.write(
                lambda tx: tx.callback_done(outcome.message_id or "", self.country)
            )
        return outcome.refused is None

    async def _ask(self) -> Outcome:
        body = build_pull_request(
            pmode=self._peer.pmode,
            signer=self.receiver.line.signer(self._peer.pmode),
            message_id=ebms_id(self._context.clock.new_id(), self._context.country),
            timestamp=self._context.clock.now(),
        )
        async with self.fetch(self._peer.endpoint, SOAP_CONTENT_TYPE, body) as answer:
            return await self.receiver.pulled(self._peer, answer.content_type, answer.chunks)

    def _note(self, outcome: Outcome) -> None:
        """An answer without a message: mostly that there is none."""
        signal = outcome.signal
        codes = [one.code for one in signal.errors] if isinstance(signal, ErrorSignal) else []
        if codes != [ErrorCode.EMPTY_MESSAGE_PARTITION_CHANNEL.code]:
            log.warning("not pulled", partner=self.country, why=codes or "no message was answered")

    async def _hand_over(self, outcome: Outcome) -> bool:
        """Post the receipt, or the error; gives whether the partner took it."""
        try:
            await hand_over(self.receiver, self.post, self._peer, outcome.reply.body)
        except (OSError, KeruenError) as error:
            log.warning("not handed over", partner=self.country, why=explain(error))
            return False
        return True

    @property
    def _peer(self) -> Peer:
        return self.receiver.line.peers[self.country]

    @property
    def _channel(self) -> Channel:
        assert self._peer.channel is not None  # noqa: S101 - who starts a puller looks there first
        return self._peer.channel

    @property
    def _context(self) -> Context:
        return self.receiver.context

    @property
    def _store(self) -> Store:
        return self.receiver.store


@dataclass(slots=True)
class Callbacks:
    """Hands over the receipts that are still owed, until cancelled.

    Args:
        delay: how long to wait after so many attempts.
    """

    receiver: Receiver
    post: Transport
    delay: Callable[[int], timedelta]

    async def run(self) -> None:
        """Hand over what is due, without end."""
        await work(self.round, asyncio.Event(), SWEEP_SECONDS, "callbacks")

    async def round(self) -> int:
        """Hand over what is due; gives how many there were."""
        wall = self._context.clock.wall()
        due = await asyncio.to_thread(
            self._store.read, lambda reader: reader.callbacks_due(wall, BATCH)
        )
        for one in due:
            await self._hand_over(one)
        return len(due)

    async def _hand_over(self, one: Callback) -> None:
        peer = self._line.peers.get(one.partner)
        try:
            if peer is None:
                raise LocalError("card-missing", f"there is no card of {one.partner} any more")
            body = await asyncio.to_thread(self._receipt, one)
            await hand_over(self.receiver, self.post, peer, body)
        except (OSError, KeruenError) as error:
            await self._later(one, explain(error))
        else:
            await self._store.write(lambda tx: tx.callback_done(one.ebms_id, one.partner))

    async def _later(self, one: Callback, why: str) -> None:
        log.warning("not handed over", message=one.ebms_id, partner=one.partner, why=why)
        peer = self._line.peers.get(one.partner)
        delay = peer.delay if peer and peer.delay else self.delay
        again = self._context.clock.wall() + delay(one.attempts + 1)
        await self._store.write(lambda tx: tx.callback_retry(one, again, why))

    def _receipt(self, one: Callback) -> bytes:
        """The receipt, made from what was committed: the same octets each time."""
        kept = self._store.read(lambda r: r.envelope(one.corridor, one.ebms_id, Direction.IN))
        if kept is None:
            raise LocalError("receipt-orphan", "the message of this receipt is not there")
        return self.receiver.receipts.of(kept, self._line.peers[one.partner].pmode).body

    @property
    def _context(self) -> Context:
        return self.receiver.context

    @property
    def _store(self) -> Store:
        return self.receiver.store

    @property
    def _line(self) -> Line:
        return self.receiver.line


async def hand_over(receiver: Receiver, post: Transport, peer: Peer, body: bytes) -> None:
    """Post a signal of this node to a partner.

    Raises:
        KeruenError: the partner did not take it, for now; what it refuses for good is kept with the refusals,
            and is not handed over again.
        OSError: no answer came.
    """
    reply = await post(peer.endpoint, SOAP_CONTENT_TYPE, lambda: iter((body,)), len(body))
    if not reply.body.strip() and 200 <= reply.status < 300:  # noqa: PLR2004 - HTTP: done
        return
    signal = open_signal(
        reply.content_type, reply.body, pmode=peer.pmode, now=receiver.context.clock.now()
    )
    if not isinstance(signal, ErrorSignal) or not signal.signed:
        raise LocalError(
            ErrorCode.OTHER.code, f"the partner answered {reply.status}, nothing signed"
        )
    await _keep(receiver, peer, signal)


async def _keep(receiver: Receiver, peer: Peer, signal: ErrorSignal) -> None:
    """The partner does not want what was handed over: for the operator, as what this node refused itself."""
    first = signal.errors[0] if signal.errors else None
    refusal = Refusal(
        refusal_id=receiver.context.clock.new_id(),
        at=receiver.context.clock.now(),
        source=peer.country,
        code=first.code if first else ErrorCode.OTHER.code,
        text=f"{peer.country} refused a receipt or an error of this node",
        detail=first.short_description if first else None,
        message_id=signal.ref_to_message_id,
        raw=signal.envelope[:RAW_CAP],
    )
    log.error("refused by the partner", partner=peer.country, code=refusal.code)
    await receiver.store.write(lambda tx: tx.add_refusal(refusal))
