"""Takes AS4 requests of partners: verify, commit, receipt.

    body ─► quarantine ─► verified ─► drafts of what is large ─► one commit: inbox, payloads, envelope,
                 │                                               attachments, evidence ─► receipt
                 └─► refused: error signal to the partner, exact cause and raw message to the log

The receipt is a function of the committed row, or is committed with it where the suite's signatures
are not deterministic: a repeated message gets the same octets again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import structlog

from keruen.as4 import (
    EbmsError,
    ErrorSignal,
    PullRequest,
    Receipt,
    ReceivedSignal,
    ReceivedUserMessage,
)
from keruen.errors import RemoteError
from keruen.exchange.channels import TAKEN, Channels
from keruen.exchange.connection import Connection
from keruen.exchange.context import Context
from keruen.exchange.holding import Held, hold, let_go
from keruen.exchange.keeping import Keeping
from keruen.exchange.peers import Line, Peer, Reply
from keruen.exchange.quarantine import Quarantine, Space
from keruen.exchange.receipting import Receipting
from keruen.exchange.request import Request
from keruen.exchange.turning_away import TurningAway, not_agreed
from keruen.store import Store

Signal = Receipt | ErrorSignal | PullRequest

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one body."""

    reply: Reply
    """The answer to it."""
    message_id: str | None = None
    """AS4 id of the user message that it was, where that was taken."""
    signal: Signal | None = None
    """The signal that it was."""
    refused: EbmsError | None = None
    """Why it was refused."""


@dataclass(slots=True)
class Receiver:
    """Answers AS4 requests.

    Args:
        hint: set when something new waits in the inbox.
        space: where parts lie until their message is verified.
        owner: names this process, as in leases.
    """

    store: Store
    context: Context
    line: Line
    hint: asyncio.Event = field(default_factory=asyncio.Event)
    space: Space = field(default_factory=Space)
    owner: str = ""
    channels: Channels = field(init=False)

    def __post_init__(self) -> None:
        self.channels = Channels(self.store, self.context, self.line)

    @property
    def receipts(self) -> Receipting:
        """What makes the receipts of this node."""
        return Receipting(self.context, self.line)

    async def receive(
        self,
        content_type: str,
        body: AsyncIterator[bytes],
        size: int | None = None,
        connection: Connection | None = None,
    ) -> Reply:
        """The answer to one request: a receipt, or an error signal. Never raises for bad input.

        Args:
            size: octets of the body as announced; one that is too large is refused unread.
            connection: what is known of how it came.
        """
        line = connection.over(self.line) if connection else self.line
        request = Request(line, self.context, self.space, content_type, size)
        return (await self._through(request, body)).reply

    async def carried(self, content_type: str, body: AsyncIterator[bytes]) -> Outcome:
        """What became of a message that came without a line; its reply goes back the same way."""
        request = Request(self.line, self.context, self.space, content_type)
        return await self._through(request, body)

    async def pulled(self, peer: Peer, content_type: str, body: AsyncIterator[bytes]) -> Outcome:
        """What became of the answer to a pull request; its reply goes to the partner by callback."""
        request = Request(self.line, self.context, self.space, content_type, pulled=peer)
        return await self._through(request, body)

    async def _through(self, request: Request, body: AsyncIterator[bytes]) -> Outcome:
        try:
            received = await request.read(body)
            if isinstance(received, ReceivedSignal):
                return await self._signal(received, request.pulled)
            reply = await self._take(received, request.pulled)
            return Outcome(reply, message_id=received.message.message_id)
        except RemoteError as error:
            refused = error if isinstance(error, EbmsError) else not_agreed(error)
            if request.reception is not None:
                request.reception.fail(refused)
            return Outcome(await self._refuse(refused, request), refused=refused)
        finally:
            request.discard()

    async def _signal(self, received: ReceivedSignal, pulled: Peer | None) -> Outcome:
        """One that comes as a request is answered; one that answers a pull request is the puller's."""
        reply = TAKEN if pulled else await self.channels.answer(received)
        return Outcome(reply, signal=received.signal)

    async def _take(self, received: ReceivedUserMessage, pulled: Peer | None) -> Reply:
        """Commit a verified message and give its receipt."""
        if received.message.is_test:
            return self.receipts.of_test(received)
        receipt = self.receipts.new(received)
        held = await self._hold(received)
        keeping = Keeping(self.context, self.line)
        try:
            kept, repeated = await self.store.write(
                lambda tx: keeping.keep(tx, received, receipt, held, pulled)
            )
        finally:
            await let_go(self.store, held)
        if repeated:
            log.info("repeated", message=kept.ebms_id, partner=kept.partner)
        else:
            self.hint.set()
        return self.receipts.of(kept, received.pmode, None if repeated else received.opened)

    async def _hold(self, received: ReceivedUserMessage) -> tuple[Held, ...]:
        """The parts, ready to be kept; a large message that was received before is not written again."""
        if any(isinstance(p.sink, Quarantine) and p.sink.is_on_disk for p in received.parts):
            message_id, partner = received.message.message_id, self.line.country_of(received.pmode)
            known = await asyncio.to_thread(
                self.store.read, lambda reader: reader.inbox_entry(message_id, partner)
            )
            if known is not None:
                return ()
        return await hold(self.store, self.context, self.owner, received)

    async def _refuse(self, error: EbmsError, request: Request) -> Reply:
        return await TurningAway(self.store, self.context, self.line).refuse(error, request)
