"""An outgoing message on the wire and what its delivery brings about, whether it is pushed or pulled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keruen.as4 import (
    ErrorCode,
    Payload,
    Receipt,
    SealedMessage,
    Seeded,
    UserMessage,
    references_digest,
    seal,
)
from keruen.exchange.answers import ProbableError, RefusedError, digest_lines, explain
from keruen.exchange.attaching import Outgoing
from keruen.exchange.context import Context
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.outgoing import conversation_of
from keruen.exchange.peers import Line, Peer
from keruen.exchange.record import EventData, record
from keruen.exchange.slices import in_thread
from keruen.exchange.transmissions import first_sent
from keruen.messages import (
    Acknowledgement,
    Amendment,
    Annulment,
    EmptyVehicle,
    ImportInformation,
    Outcome,
    PreliminaryInformation,
    decode,
)
from keruen.store import (
    Direction,
    Envelope,
    FailedTry,
    Message,
    OutboxEntry,
    OutboxState,
    Store,
    Transaction,
)

MIME_TYPE = "application/json"
BEGINNING = frozenset(kind.__name__ for kind in (PreliminaryInformation, EmptyVehicle))
"""Kinds that begin a consignment: it is sent and delivered as they are."""
TOLD = BEGINNING | {kind.__name__ for kind in (Amendment, Annulment)}
"""Kinds whose delivery is an event of the consignment; that a correction is sent is one when it is queued."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Seals the messages of the outbox and records what becomes of them."""

    context: Context
    line: Line

    async def sealed(
        self, store: Store, peer: Peer, entry: OutboxEntry, message: Message
    ) -> SealedMessage:
        """The message for its partner with what travels with it; a large one is digested in a thread."""
        if not entry.bulky:
            return self.seal(peer, entry, message)
        outgoing = await in_thread(lambda: Outgoing(store, message))
        return await in_thread(
            lambda: self.seal(peer, entry, message, outgoing.payloads), stop=outgoing.stop
        )

    def seal(
        self,
        peer: Peer,
        entry: OutboxEntry,
        message: Message,
        attached: Sequence[Payload] = (),
    ) -> SealedMessage:
        """The message for its partner: the same digests on every attempt.

        Where the suite's algorithms are deterministic, the same octets, too.
        """
        return seal(
            UserMessage(
                message_id=message.ebms_id,
                timestamp=message.stored,
                sender=peer.pmode.own,
                sender_role=peer.pmode.own_role,
                receiver=peer.pmode.partner,
                receiver_role=peer.pmode.partner_role,
                agreement_ref=peer.pmode.agreement_ref,
                service=peer.service,
                action=peer.action_of(message.kind),
                conversation_id=entry.conversation_id or conversation_of(message),
                ref_to_message_id=entry.answers if peer.two_way else None,
                mpc=peer.pmode.mpc if peer.pulls_from_us else None,
                properties=peer.properties,
            ),
            [
                Payload(f"content-{message.message_id}", MIME_TYPE, lambda: iter((message.body,))),
                *attached,
            ],
            pmode=peer.pmode,
            signer=self.line.signer(peer.pmode),
            now=self.context.clock.now(),
            entropy=Seeded(entry.seed),
        )

    def begun(self, tx: Transaction, entry: OutboxEntry, message: Message) -> None:
        """Note the first attempt at announcing a consignment."""
        first = entry.attempts <= 1 and not entry.again
        if first and message.kind in BEGINNING:
            self._happened(tx, message, Happening.SENT)

    def packed(self, tx: Transaction, message: Message) -> None:
        """Note that a consignment is announced by a package, unless something else was faster."""
        about = message.consignment_id
        if about is None or message.kind not in BEGINNING:
            return
        known = tx.consignment(message.corridor, about)
        if known is not None and known.state == State.RELEASED:
            self._happened(tx, message, Happening.SENT, cause="package")

    def delivered(
        self,
        tx: Transaction,
        message: Message,
        sealed: SealedMessage,
        receipt: Receipt,
        octets: bytes,
    ) -> None:
        """Keep envelope and receipt, and take the message out of the outbox.

        Args:
            octets: the receipt as it came.
        """
        now = self.context.clock.now()
        tx.add_envelope(
            Envelope(
                corridor=message.corridor,
                ebms_id=message.ebms_id,
                direction=Direction.OUT,
                partner=message.partner,
                envelope=sealed.envelope,
                references=references_digest(sealed.references),
                digests=digest_lines(sealed.references),
                stored=now,
                receipt_id=receipt.message_id,
                receipt_time=receipt.timestamp,
                receipt=octets,
            )
        )
        tx.outbox_delivered(message.corridor, message.message_id, now)
        if not self._was_delivered(tx, message):
            self._after_delivery(tx, message)

    def _was_delivered(self, tx: Transaction, message: Message) -> bool:
        """Whether an earlier transmission was: the partner asked for the message again."""
        first = first_sent(message.ebms_id)
        if first == message.ebms_id:
            return False
        return tx.envelope(message.corridor, first, Direction.OUT) is not None

    def _after_delivery(self, tx: Transaction, message: Message) -> None:
        if message.kind in TOLD:
            self._happened(tx, message, Happening.DELIVERED)
        elif message.kind == Acknowledgement.__name__ and message.refers_to:
            answer = decode(message.body)
            about = tx.message(message.corridor, message.refers_to)
            if (
                about is not None
                and about.kind == ImportInformation.__name__
                and isinstance(answer, Acknowledgement)
                and answer.outcome is Outcome.ACCEPTED
            ):
                self._happened(tx, message, Happening.CLOSED)

    def gave_up(self, tx: Transaction, message: Message, error: Exception) -> None:
        """Send a message no more and tell the administration why (EBMS:0301, EBMS:0202).

        Args:
            error: ProbableError: the partner probably has it; RefusedError: the partner does not want it;
                any other: its time is over, and this was the last failure.
        """
        entry = tx.outbox_entry(message.corridor, message.message_id)
        if entry is None or entry.state is OutboxState.DELIVERED:
            return
        why = explain(error)
        self.tried(tx, entry, why)
        if entry.attempts and not isinstance(error, RefusedError):
            self._report(tx, message, Happening.RECEIPT_MISSING, ErrorCode.MISSING_RECEIPT, why)
        if isinstance(error, ProbableError):
            tx.outbox_probable(message.corridor, message.message_id, why)
            return
        tx.outbox_failed(message.corridor, message.message_id, why)
        self._report(tx, message, Happening.UNDELIVERED, ErrorCode.DELIVERY_FAILURE, why)

    def tried(self, tx: Transaction, entry: OutboxEntry, why: str) -> None:
        """Note an attempt that brought no receipt, and why."""
        tx.add_failed_try(
            FailedTry(
                corridor=entry.corridor,
                message_id=entry.message_id,
                at=self.context.clock.wall(),
                attempt=entry.attempts,
                error=why,
            )
        )

    def _report(
        self, tx: Transaction, message: Message, happening: Happening, entry: ErrorCode, why: str
    ) -> None:
        self._happened(tx, message, happening, EventData(code=entry.code, reason=why))

    def _happened(
        self,
        tx: Transaction,
        message: Message,
        happening: Happening,
        data: EventData | None = None,
        cause: str = "line",
    ) -> None:
        about = message.consignment_id
        if about is not None and tx.consignment(message.corridor, about) is not None:
            record(
                tx,
                self.context,
                message.corridor,
                about,
                happening,
                cause=cause,
                message=decode(message.body),
                data=data,
            )
