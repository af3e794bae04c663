"""A request that is refused: the partner learns the EBMS code alone, the operator everything."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    PMode,
    Reception,
    SignalHeader,
    build_error,
)
from keruen.errors import RemoteError
from keruen.exchange.channels import TAKEN
from keruen.exchange.context import Context
from keruen.exchange.peers import Line, Reply
from keruen.exchange.receipting import new_signal_id
from keruen.exchange.request import RAW_CAP, Request
from keruen.store import Refusal, Store

STRANGER_CAP = 16 * 1024
"""Octets that are kept of what somebody sent who is no partner: anyone may send as much of that as he likes."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TurningAway:
    """Refuses requests."""

    store: Store
    context: Context
    line: Line

    async def refuse(self, error: EbmsError, request: Request) -> Reply:
        """Keep a refused request for the operator; gives the error signal that answers it."""
        log.warning("refused", code=error.code, why=error.detail, message=error.ref_to_message_id)
        reception = request.reception
        pmode = reception.pmode if reception else None
        refusal = self._row(error, request, pmode)
        await self.store.write(lambda tx: tx.add_refusal(refusal))
        if is_error_signal(reception):  # an error is never answered by another
            return TAKEN
        body = build_error(
            error,
            pmode=pmode,
            signer=self.line.signer(pmode) if pmode and self._signs(reception, pmode) else None,
            signal_id=new_signal_id(self.context),
            timestamp=refusal.at,
        )
        return Reply(200 if pmode else 400, SOAP_CONTENT_TYPE, body)

    def _row(self, error: EbmsError, request: Request, pmode: PMode | None) -> Refusal:
        cap = RAW_CAP if pmode else STRANGER_CAP
        return Refusal(
            refusal_id=self.context.clock.new_id(),
            at=self.context.clock.now(),
            source=self.line.country_of(pmode) if pmode else "unknown",
            code=error.code,
            text=error.text,
            detail=error.detail,
            message_id=error.ref_to_message_id,
            raw=f"Content-Type: {request.content_type}\r\n\r\n".encode() + request.raw[:cap],
        )

    def _signs(self, reception: Reception | None, pmode: PMode) -> bool:
        """Signed only for him who proved who he is.

        Else anybody could have errors signed about messages that others sent, and make those fail.
        """
        proven = reception is not None and reception.authenticated
        return proven and self.line.peer_of(pmode).errors.sign


def is_error_signal(reception: Reception | None) -> bool:
    """Whether what came is an error, as far as its header tells."""
    header = reception.header if reception else None
    return isinstance(header, SignalHeader) and header.kind == "error"


def not_agreed(error: RemoteError) -> EbmsError:
    """A partner has a card here, and no agreement with it is in force: nothing passes."""
    return EbmsError(ErrorCode.PROCESSING_MODE_MISMATCH, detail=str(error))
