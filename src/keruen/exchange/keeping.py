"""What is kept of a verified message, in one transaction: inbox, payloads, attachments, envelope, evidence.

A message that came before is compared with the first: the same, or refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from keruen.as4 import EbmsError, ErrorCode, ReceivedUserMessage, UserMessage, references_digest
from keruen.exchange.answers import digest_lines
from keruen.exchange.context import Context
from keruen.exchange.holding import Held, attachment
from keruen.exchange.peers import Line, Peer
from keruen.exchange.receipting import NewReceipt
from keruen.store import Callback, Direction, Envelope, InboxEntry, Transaction

CALLBACK_WAIT = timedelta(seconds=10)
"""After this a receipt is handed over by the worker; until then by whoever pulled the message."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps messages of partners."""

    context: Context
    line: Line

    def keep(
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
