"""One request of a partner on its way in: its octets through `Reception`, its parts into quarantine.

A small message is verified where it comes in. What a large one costs (decrypt, digest, unpack) is done in a
thread, slice by slice, so that other partners are answered meanwhile.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import unquote

from keruen.agreement import AttachmentRule
from keruen.as4 import (
    EbmsError,
    ErrorCode,
    PMode,
    ReceivedSignal,
    ReceivedUserMessage,
    Reception,
    SignalHeader,
    UserMessage,
)
from keruen.exchange.context import Context
from keruen.exchange.peers import DOCUMENT_SIZE, Line, Peer
from keruen.exchange.quarantine import Quarantine, Space
from keruen.exchange.slices import SLICE, in_thread

RAW_CAP = 256 * 1024
"""Octets of a refused message that are kept for the operator."""
AT_ONCE = 512 * 1024
"""Octets of a message that is verified on the spot."""


@dataclass(slots=True)
class Request:
    """The body of one request, read once.

    Args:
        size: octets of the body as announced.
        pulled: the partner whose channel it was pulled from; None for a request.

    Attributes:
        raw: the first octets of the body, for the operator.
        reception: None until the Content-Type was found usable.
    """

    line: Line
    context: Context
    space: Space
    content_type: str
    size: int | None = None
    pulled: Peer | None = None
    raw: bytearray = field(default_factory=bytearray)
    reception: Reception | None = None
    _sinks: list[Quarantine] = field(default_factory=list)

    async def read(self, body: AsyncIterator[bytes]) -> ReceivedUserMessage | ReceivedSignal:
        """The verified message.

        Raises:
            EbmsError: it is refused.
        """
        self.reception = reception = Reception(
            self.content_type,
            keys=self.line.decryption,
            partners=self._find,
            now=self.context.clock.now(),
            quarantine=self._open,
            limits=self.line.limits,
            size=self.size,
        )
        total, waiting = 0, bytearray()
        async for chunk in body:
            self.raw += chunk[: RAW_CAP - len(self.raw)]
            total += len(chunk)
            if total <= AT_ONCE:
                reception.receive_data(chunk)
                continue
            waiting += chunk
            if len(waiting) >= SLICE:
                await in_thread(partial(reception.receive_data, bytes(waiting)))
                waiting.clear()
        if total <= AT_ONCE:
            return reception.finish()
        await in_thread(partial(reception.receive_data, bytes(waiting)))
        return await in_thread(reception.finish)

    def _find(self, header: UserMessage | SignalHeader) -> PMode | Sequence[PMode] | None:
        """The processing mode: that of whom it was pulled from, whatever the header says."""
        if self.pulled is None:
            return self.line.find(header)
        if isinstance(header, UserMessage) and header.mpc != self.pulled.pmode.mpc:
            raise EbmsError(
                ErrorCode.VALUE_INCONSISTENT,
                detail=f"pulled from {self.pulled.pmode.mpc!r}, it names {header.mpc!r}",
            )
        return self.pulled.pmode

    def discard(self) -> None:
        """Forget all parts."""
        for sink in self._sinks:
            sink.discard()

    def _open(self, content_id: str) -> Quarantine:
        """Quarantine for a part of a message whose header is verified."""
        header = self.reception.header if self.reception else None
        assert isinstance(header, UserMessage)  # noqa: S101 - a signal has no parts
        first = not self._sinks
        sink = Quarantine(self.space, limit=self._limit(header, content_id))
        if first:
            self._check_count(header)
        self._sinks.append(sink)
        return sink

    def _check_count(self, header: UserMessage) -> None:
        extra, rule = len(header.parts) - 1, self._rule(header)
        most = rule.files if rule else 0
        if extra > most and not header.is_test:
            raise EbmsError(
                ErrorCode.VALUE_INCONSISTENT,
                detail=f"{extra} attachments; with {header.action} at most {most} are agreed",
            )

    def _limit(self, header: UserMessage, content_id: str) -> int:
        """Octets of a part at most: the document is read whole, attachments are not."""
        rule = self._rule(header)
        leading = unquote(header.parts[0].href or "") == f"cid:{content_id}"
        return DOCUMENT_SIZE if leading or rule is None else rule.size

    def _rule(self, header: UserMessage) -> AttachmentRule | None:
        pmode = self.reception.pmode if self.reception else None
        if header.is_test or pmode is None:
            return None
        peer = self.line.peer_of(pmode)
        agreement = self.context.agreement_with(peer.country)
        return agreement.attachments.get(peer.kind_of(header.action))
