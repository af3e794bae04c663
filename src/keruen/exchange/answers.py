"""What the partner's HTTP answer to a message means: a verified receipt, or why there is none."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from datetime import datetime

from keruen.as4 import (
    EbmsError,
    ErrorCode,
    ErrorSignal,
    Receipt,
    Reference,
    ReportedError,
    SealedMessage,
    open_signal,
    verify_receipt,
)
from keruen.errors import KeruenError, LocalError
from keruen.exchange.peers import ErrorPolicy, Peer, Reply

_TRANSIENT = {ErrorCode.OTHER.code, ErrorCode.CONNECTION_FAILURE.code}
_SEEN = re.compile(r"\b(duplicate|already)\b", re.IGNORECASE)
_DAMAGED = {
    ErrorCode.MIME_INCONSISTENCY.code,
    ErrorCode.FAILED_AUTHENTICATION.code,
    ErrorCode.FAILED_DECRYPTION.code,
    ErrorCode.POLICY_NONCOMPLIANCE.code,
}
"""What somebody on the way can bring about who spoils what is not signed: MIME, encryption, ciphertext.
The partner rightly refuses what reached him, and the message itself may be good: it is sent again."""


class RefusedError(KeruenError):
    """The partner refused a message with a signed error: sending it again is of no use."""


class ProbableError(KeruenError):
    """The partner says that it received the message before: it probably has it, and nothing proves it."""


class HeededError(KeruenError):
    """An unsigned error of a partner whose unsigned errors count: the message waits as long as it may."""


def receipt_in(
    reply: Reply, peer: Peer, sealed: SealedMessage, now: datetime, attempts: int = 1
) -> Receipt:
    """The verified receipt for a message; the body counts, whatever the HTTP status.

    Args:
        reply: the partner's answer.
        peer: the partner.
        sealed: what was sent.
        now: for the validity of certificates.
        attempts: how often it was sent, this time included.

    Raises:
        RefusedError: a signed error that names this message.
        ProbableError: an error that says that the message came before.
        HeededError: an unsigned error, where the partner's card says that those count.
        KeruenError: anything else that is no good receipt.
    """
    signal = open_signal(reply.content_type, reply.body, pmode=peer.pmode, now=now)
    if isinstance(signal, ErrorSignal):
        raise reported(signal, sealed.message.message_id, peer.errors, attempts)
    verify_receipt(signal, sealed.message.message_id, sealed.references)
    return signal


def reported(
    signal: ErrorSignal, message_id: str, policy: ErrorPolicy, attempts: int
) -> KeruenError:
    """What an error signal means for the message it answers."""
    first = signal.errors[0] if signal.errors else None
    code = first.code if first else ErrorCode.OTHER.code
    text = f"the partner answered {first.short_description}" if first else "an empty error signal"
    if not signal.signed and not policy.heed_unsigned:
        return LocalError(code, f"{text}, unsigned: noted, proves nothing")
    about = {signal.ref_to_message_id, *(error.ref_to_message_id for error in signal.errors)}
    if about - {None} != {message_id}:
        return LocalError(code, f"{text}, about another message: noted, proves nothing")
    if first and attempts > 1 and _says_duplicate(first):
        return ProbableError(code, f"{text}: it probably has the message; no receipt proves it")
    if code in _TRANSIENT | _DAMAGED or (first and first.severity == "warning"):
        return LocalError(code, text)
    if not signal.signed:
        return HeededError(code, f"{text}, unsigned: it proves nothing, and the message waits")
    return RefusedError(code, text)


def _says_duplicate(error: ReportedError) -> bool:
    """Whether the partner has seen the id before: EBMS:4001, or EBMS:0004 with a word of it (phase4)."""
    if error.code == ErrorCode.DUPLICATE_DETECTED.code:
        return True
    said = f"{error.short_description} {error.text}"
    return error.code == ErrorCode.OTHER.code and bool(_SEEN.search(said))


def explain(error: Exception) -> str:
    """Code, text and exact cause of a failure, for the operator."""
    if isinstance(error, EbmsError) or (isinstance(error, KeruenError) and error.detail):
        return f"{error}: {error.detail}"
    if isinstance(error, KeruenError):
        return str(error)
    code = ErrorCode.CONNECTION_FAILURE.code if isinstance(error, OSError) else "internal-error"
    return f"{code}: {type(error).__name__}: {error}"


def digest_lines(references: Iterable[Reference]) -> str:
    """One line a signed part: URI, tab, digest in base64."""
    return "\n".join(f"{r.uri}\t{base64.b64encode(r.digest).decode()}" for r in references)
