"""Reception: the octets of one HTTP body become a verified message, or an EbmsError.

    root part complete ─► open envelope ─► read header ─► find the partner
      ─► signature by a pinned certificate, digests of Messaging and Body
      ─► processing mode ─► content key ─► parts stream into quarantine
      ─► tag, digest, gzip of each ─► every promised part there ─► ReceivedUserMessage

Nothing is handed on before all of it held. Once anything fails, every sink is discarded, and the
same error is raised again at each further call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from types import TracebackType

from keruen.as4.bounds import (
    check_announced,
    check_beginning,
    check_envelope,
    check_envelope_size,
    check_root,
    splitter_limits,
)
from keruen.as4.encryption import read_encryption
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.header_read import read_messaging
from keruen.as4.model import SignalHeader, Sink, UserMessage
from keruen.as4.partners import Partners, agreed
from keruen.as4.parts import ExpectedPart, PartReceiver, expected_parts
from keruen.as4.pmode import DecryptionIdentity, Limits, PMode
from keruen.as4.policy import check_message
from keruen.as4.pull import read_pull_request
from keruen.as4.received import (
    ReceivedPart,
    ReceivedSignal,
    ReceivedUserMessage,
)
from keruen.as4.signal_read import read_signal
from keruen.as4.signature import Verified, verify
from keruen.as4.soap import Envelope, body_is_empty, open_envelope
from keruen.as4.suites import suite_named
from keruen.wire import (
    End,
    Event,
    LimitError,
    PartBegin,
    PartData,
    PartEnd,
    Splitter,
    WireError,
)


class Reception:
    """Receives one message.

    Args:
        content_type: Content-Type value of the request.
        keys: this node's decryption keys; two at once during a change.
        partners: finds the processing mode, or None for a stranger.
        now: the current time, aware.
        quarantine: opens a sink for the part with this Content-ID.
        limits: what is taken from anybody; those of the partner can only be tighter.
        size: octets of the body as announced, if they were.

    Raises:
        EbmsError: MimeInconsistency when `content_type` cannot be used; Other when `size` is too much.
    """

    def __init__(
        self,
        content_type: str,
        *,
        keys: Sequence[DecryptionIdentity],
        partners: Partners,
        now: datetime,
        quarantine: Callable[[str], Sink],
        limits: Limits | None = None,
        size: int | None = None,
    ) -> None:
        self.header: UserMessage | SignalHeader | None = None
        """The header once it was read; verified only when `finish` has returned."""
        self.pmode: PMode | None = None
        """The processing mode once it was found."""
        self._keys = keys
        self._partners = partners
        self._now = now
        self._quarantine = quarantine
        self._limits = limits or Limits()
        self._announced = size or 0
        self._error: Exception | None = None
        self._root: bytearray | None = None
        self._envelope: Envelope | None = None
        self._verified: Verified | None = None
        self._signed_signal = False
        self._expected: dict[str, ExpectedPart] = {}
        self._received: dict[str, ReceivedPart] = {}
        self._sinks: list[Sink] = []
        self._current: PartReceiver | None = None
        self._ended = False
        with _Refusal(self):
            check_announced(self._announced, self._limits)
            self._splitter = Splitter(content_type, splitter_limits(self._limits))

    def receive_data(self, chunk: bytes) -> None:
        """Take in octets of the body.

        Raises:
            EbmsError: the message is refused; answer with `build_error`.
        """
        with _Refusal(self):
            self._handle(self._splitter.feed(chunk))
            if self._envelope is None:
                check_beginning(self._splitter.total, self._limits)

    def finish(self) -> ReceivedUserMessage | ReceivedSignal:
        """The message, once the body has ended.

        Raises:
            EbmsError: the message is refused; answer with `build_error`.
        """
        with _Refusal(self):
            self._handle(self._splitter.close())
            if not self._ended or self._envelope is None or self.pmode is None:
                refuse(ErrorCode.MIME_INCONSISTENCY, "the message is not complete")
            if isinstance(self.header, SignalHeader):
                return self._signal(self._envelope, self.header, self.pmode)
            return self._user_message(self._envelope, self.pmode)

    def abort(self) -> None:
        """Discard every sink: the connection broke before the body ended."""
        self.fail(EbmsError(ErrorCode.MIME_INCONSISTENCY, detail="the body was not received whole"))

    def fail(self, error: Exception) -> Exception:
        """Discard every sink and remember `error`; gives the error that counts: the first."""
        if self._error is None:
            self._error = error
            if isinstance(error, EbmsError) and self.header is not None:
                error.ref_to_message_id = self.header.message_id
            for sink in self._sinks:
                sink.discard()
        return self._error

    @property
    def authenticated(self) -> bool:
        """Whether a pinned certificate signed what came so far."""
        return self._verified is not None or self._signed_signal

    @property
    def error(self) -> Exception | None:
        """What the message was refused for."""
        return self._error

    def _handle(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PartData):
                self._data(event.data)
            elif isinstance(event, PartBegin):
                self._begin(event)
            elif isinstance(event, PartEnd):
                self._end()
            elif isinstance(event, End):
                self._ended = True

    def _begin(self, event: PartBegin) -> None:
        content_id = event.headers.content_id
        if self._root is None:
            check_root(self._splitter.media_type, event.headers)
            self._root = bytearray()
            return
        expected = self._expected.get(content_id or "")
        if expected is None or expected.content_id in self._received:
            refuse(ErrorCode.MIME_INCONSISTENCY, f"part {content_id!r} is unknown or repeated")
        sink = self._quarantine(expected.content_id)
        self._sinks.append(sink)
        self._current = PartReceiver(expected, sink, self._limits)

    def _data(self, data: bytes) -> None:
        if self._current is not None:
            self._current.write(data)
        elif self._root is not None:
            self._root += data
            check_envelope_size(len(self._root), self._limits)

    def _end(self) -> None:
        if self._current is not None:
            part = self._current.finish()
            self._received[part.content_id] = part
            self._current = None
        elif self._root is not None and self._envelope is None:
            self._open(bytes(self._root))

    def _open(self, raw: bytes) -> None:
        """Everything that can be known before the first part."""
        self._envelope = open_envelope(raw)
        self.header = read_messaging(self._envelope.messaging)
        self.pmode = agreed(self._partners, self._envelope, self.header)
        self._limits = self._limits.and_also(self.pmode.limits)
        if isinstance(self.header, UserMessage):
            suite = suite_named(self.pmode.suite)
            pinned = self.pmode.partner_signing
            trust = self.pmode.trust
            self._verified = verify(self._envelope, suite.signature, pinned, self._now, trust)
            if not body_is_empty(self._envelope):
                refuse(ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "a payload in the SOAP body")
            check_announced(self._announced, self._limits)
            check_envelope(self._envelope, len(self.header.parts), self._limits)
            self._splitter.tighten(splitter_limits(self._limits))
            check_message(self.header, self.pmode, self._now)
            encrypted = read_encryption(self._envelope, suite, self._keys, self.pmode.accept)
            self._expected = expected_parts(self.header.parts, self._verified.references, encrypted)

    def _signal(self, envelope: Envelope, header: SignalHeader, pmode: PMode) -> ReceivedSignal:
        read = read_pull_request if header.kind == "pull" else read_signal
        signal = read(envelope, header, pmode=pmode, now=self._now)
        self._signed_signal = signal.certificate is not None
        return ReceivedSignal(signal=signal, pmode=pmode)

    def _user_message(self, envelope: Envelope, pmode: PMode) -> ReceivedUserMessage:
        missing = self._expected.keys() - self._received.keys()
        if missing:
            refuse(ErrorCode.MIME_INCONSISTENCY, f"parts are missing: {sorted(missing)}")
        if not isinstance(self.header, UserMessage) or self._verified is None:
            refuse(ErrorCode.INVALID_HEADER, "no verified user message")
        return ReceivedUserMessage(
            message=self.header,
            pmode=pmode,
            certificate=self._verified.certificate,
            envelope=envelope.raw,
            opened=envelope,
            references=self._verified.references,
            parts=tuple(self._received[content_id] for content_id in self._expected),
        )


class _Refusal:
    """Turns what goes wrong inside into the refusal of the message, once and for all."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    def __enter__(self) -> None:
        if self._reception.error is not None:
            raise self._reception.error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, WireError):
            limit = isinstance(error, LimitError)
            entry = ErrorCode.OTHER if limit else ErrorCode.MIME_INCONSISTENCY
            raise self._reception.fail(EbmsError(entry, detail=str(error))) from error
        if isinstance(error, Exception):
            self._reception.fail(error)
