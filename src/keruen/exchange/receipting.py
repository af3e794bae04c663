"""The receipt for a message: a function of the committed row, or committed with it.

It is the latter where the suite's signatures are not deterministic. Either way a repeated message gets the same
octets again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    OpenedEnvelope,
    PMode,
    ReceivedUserMessage,
    build_receipt,
    receipt_can_be_remade,
)
from keruen.exchange.context import Context
from keruen.exchange.outgoing import ebms_id
from keruen.exchange.peers import Line, Reply
from keruen.store import Envelope


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """The receipt that a message gets, unless it was received before."""

    receipt_id: str
    at: datetime
    octets: bytes | None
    """None where it is a function of the stored row."""


@dataclass(frozen=True, slots=True)
class Receipting:
    """Makes the receipts of this node."""

    context: Context
    line: Line

    def of_test(self, received: ReceivedUserMessage) -> Reply:
        """The receipt for a message to the test service, of which nothing is kept."""
        receipt_id, now = new_signal_id(self.context), self.context.clock.now()
        return self._built(received.pmode, received.opened, receipt_id, now)

    def new(self, received: ReceivedUserMessage) -> NewReceipt:
        """The receipt that a verified message will get."""
        receipt_id, now = new_signal_id(self.context), self.context.clock.now()
        if receipt_can_be_remade(received.pmode):
            return NewReceipt(receipt_id, now, None)
        reply = self._built(received.pmode, received.opened, receipt_id, now)
        return NewReceipt(receipt_id, now, reply.body)

    def of(self, kept: Envelope, pmode: PMode, opened: OpenedEnvelope | None = None) -> Reply:
        """The receipt for a message that was committed: the same octets each time.

        Args:
            kept: the committed row.
            pmode: of its sender.
            opened: its envelope, where it is at hand.
        """
        if kept.receipt is not None:
            return Reply(200, SOAP_CONTENT_TYPE, kept.receipt)
        return self._built(pmode, opened or kept.envelope, kept.receipt_id, kept.receipt_time)

    def _built(
        self, pmode: PMode, envelope: bytes | OpenedEnvelope, receipt_id: str, at: datetime
    ) -> Reply:
        signer = self.line.signer(pmode)
        body = build_receipt(
            envelope, pmode=pmode, signer=signer, receipt_id=receipt_id, timestamp=at
        )
        return Reply(200, SOAP_CONTENT_TYPE, body)


def new_signal_id(context: Context) -> str:
    """The AS4 message id of a new signal of this node."""
    return ebms_id(context.clock.new_id(), context.country)
