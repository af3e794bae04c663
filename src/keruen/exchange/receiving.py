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
from datetime import datetime, timedelta

import structlog

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    ErrorSignal,
    OpenedEnvelope,
    PMode,
    PullRequest,
    Receipt,
    ReceivedSignal,
    ReceivedUserMessage,
    Reception,
    SignalHeader,
    UserMessage,
    build_error,
    build_receipt,
    receipt_can_be_remade,
    references_digest,
)
from keruen.errors import RemoteError
from keruen.exchange.answers import digest_lines
from keruen.exchange.channels import TAKEN, Channels
from keruen.exchange.connection import Connection
from keruen.exchange.context import Context
from keruen.exchange.holding import Held, attachment, hold, let_go
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import Line, Peer, Reply
from keruen.exchange.quarantine import Quarantine, Space
from keruen.exchange.request import RAW_CAP, Request
from keruen.store import (
    Callback,
    Direction,
    Envelope,
    InboxEntry,
    Refusal,
    Store,
    Transaction,
)

STRANGER_CAP = 16 * 1024
"""The same of somebody who is no partner: anyone may send as much of that as he likes."""
CALLBACK_WAIT = timedelta(seconds=10)
"""After this a receipt is handed over by the worker; until then by whoever pulled the message."""

Signal = Receipt | ErrorSignal | PullRequest

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """The receipt that a message gets, unless it was received before."""

    receipt_id: str
    at: datetime
    octets: bytes | None
    """None where it is a function of the stored row."""


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
            refused = error if isinstance(error, EbmsError) else _not_agreed(error)
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
            now = self.context.clock.now()
            return self._receipt(received.pmode, received.opened, self._new_signal_id(), now)
        receipt = self._new_receipt(received)
        held = await self._hold(received)
        try:
            kept, repeated = await self.store.write(
                lambda tx: self._commit(tx, received, receipt, held, pulled)
            )
        finally:
            await let_go(self.store, held)
        if repeated:
            log.info("repeated", message=kept.ebms_id, partner=kept.partner)
        else:
            self.hint.set()
        return self.receipt_of(kept, received.pmode, None if repeated else received.opened)

    def receipt_of(
        self, kept: Envelope, pmode: PMode, opened: OpenedEnvelope | None = None
    ) -> Reply:
        """The receipt for a message that was committed: the same octets each time.

        Args:
            kept: the committed row.
            pmode: of its sender.
            opened: its envelope, where it is at hand.
        """
        if kept.receipt is not None:
            return Reply(200, SOAP_CONTENT_TYPE, kept.receipt)
        return self._receipt(pmode, opened or kept.envelope, kept.receipt_id, kept.receipt_time)

    def _new_receipt(self, received: ReceivedUserMessage) -> NewReceipt:
        receipt_id, now = self._new_signal_id(), self.context.clock.now()
        if receipt_can_be_remade(received.pmode):
            return NewReceipt(receipt_id, now, None)
        reply = self._receipt(received.pmode, received.opened, receipt_id, now)
        return NewReceipt(receipt_id, now, reply.body)

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

    def _commit(
        self,
        tx: Transaction,
        received: ReceivedUserMessage,
        receipt: NewReceipt,
        held: tuple[Held, ...],
        pulled: Peer | None = None,
    ) -> tuple[Envelope, bool]:
        """Signed envelope as it is stored, and whether it was there before."""
        if pulled is not None:  # its receipt must be handed over, whatever happens from here on
            self._owe_receipt(tx, received.message, pulled)
        message = received.message
        partner = self.line.country_of(received.pmode)
        references = references_digest(received.references)
        corridor = self.context.agreement_with(partner).corridor
        known = tx.inbox_entry(message.message_id, partner)
        if known is not None:
            kept = tx.envelope(corridor, message.message_id, Direction.IN)
            if known.references != references or kept is None:
                raise EbmsError(
                    ErrorCode.VALUE_INCONSISTENT,
                    detail="the message id was used before for other content",
                    ref_to_message_id=message.message_id,
                )
            return kept, True
        return self._new(tx, received, held, (partner, corridor, references), receipt), False

    def _new(
        self,
        tx: Transaction,
        received: ReceivedUserMessage,
        held: tuple[Held, ...],
        place: tuple[str, str, bytes],
        receipt: NewReceipt,
    ) -> Envelope:
        partner, corridor, references = place
        message, now = received.message, receipt.at
        document, *attached = held  # without a payload only the test service is taken
        entry = InboxEntry(
            ebms_id=message.message_id,
            partner=partner,
            action=self.line.peers[partner].kind_of(message.action),
            conversation_id=message.conversation_id or None,
            references=references,
            received=now,
            payload_id=document.payload_id,
            mime_type=document.part.mime_type,
            receipt_id=receipt.receipt_id,
            receipt_time=now,
        )
        for one in held:
            one.keep(tx)
        tx.add_inbox(entry)
        for ordinal, one in enumerate(attached, start=1):
            tx.add_attachment(attachment(one, ordinal, corridor, message.message_id))
        envelope = Envelope(
            corridor=corridor,
            ebms_id=message.message_id,
            direction=Direction.IN,
            partner=partner,
            envelope=received.envelope,
            references=references,
            digests=digest_lines(received.references),
            stored=now,
            receipt_id=receipt.receipt_id,
            receipt_time=now,
            receipt=receipt.octets,
        )
        tx.add_envelope(envelope)
        return envelope

    def _owe_receipt(self, tx: Transaction, message: UserMessage, pulled: Peer) -> None:
        tx.add_callback(
            Callback(
                ebms_id=message.message_id,
                partner=pulled.country,
                corridor=self.context.agreement_with(pulled.country).corridor,
                next_attempt=self.context.clock.wall() + CALLBACK_WAIT,
            )
        )

    def _new_signal_id(self) -> str:
        return ebms_id(self.context.clock.new_id(), self.context.country)

    def _receipt(
        self, pmode: PMode, envelope: bytes | OpenedEnvelope, receipt_id: str, at: datetime
    ) -> Reply:
        signer = self.line.signer(pmode)
        body = build_receipt(
            envelope, pmode=pmode, signer=signer, receipt_id=receipt_id, timestamp=at
        )
        return Reply(200, SOAP_CONTENT_TYPE, body)

    async def _refuse(self, error: EbmsError, request: Request) -> Reply:
        """Tell the partner the code alone, and the operator everything."""
        reception = request.reception
        log.warning("refused", code=error.code, why=error.detail, message=error.ref_to_message_id)
        now = self.context.clock.now()
        pmode = reception.pmode if reception else None
        cap = RAW_CAP if pmode else STRANGER_CAP
        refusal = Refusal(
            refusal_id=self.context.clock.new_id(),
            at=now,
            source=self.line.country_of(pmode) if pmode else "unknown",
            code=error.code,
            text=error.text,
            detail=error.detail,
            message_id=error.ref_to_message_id,
            raw=f"Content-Type: {request.content_type}\r\n\r\n".encode() + request.raw[:cap],
        )
        await self.store.write(lambda tx: tx.add_refusal(refusal))
        if is_error_signal(reception):  # an error is never answered by another
            return TAKEN
        # Signed only for him who proved who he is: else anybody could have errors signed about messages
        # that others sent, and make those fail.
        proven = reception is not None and reception.authenticated
        signs = proven and pmode is not None and self.line.peer_of(pmode).errors.sign
        body = build_error(
            error,
            pmode=pmode,
            signer=self.line.signer(pmode) if signs and pmode else None,
            signal_id=self._new_signal_id(),
            timestamp=now,
        )
        return Reply(200 if pmode else 400, SOAP_CONTENT_TYPE, body)


def is_error_signal(reception: Reception | None) -> bool:
    """Whether what came is an error, as far as its header tells."""
    header = reception.header if reception else None
    return isinstance(header, SignalHeader) and header.kind == "error"


def _not_agreed(error: RemoteError) -> EbmsError:
    """A partner has a card here, and no agreement with it is in force: nothing passes."""
    return EbmsError(ErrorCode.PROCESSING_MODE_MISMATCH, detail=str(error))
