"""Signal messages written: receipts of non-repudiation and errors (ebMS 3.0 Core, 5.2.3).

A receipt is a function of the stored envelope, the receipt's id and time, and the signing key: where
the suite's signatures are deterministic the same arguments give the same octets, so that a repeated
receipt is the first one again. Elsewhere it has to be stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from keruen.as4.elements import children, one, text_of
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.header_write import (
    write_body,
    write_envelope,
    write_message_info,
    write_messaging,
    write_security,
)
from keruen.as4.model import Reference
from keruen.as4.namespaces import EB, EBBP
from keruen.as4.pmode import PMode, SigningIdentity
from keruen.as4.signature import (
    digest_as_written,
    digest_of,
    reference_elements,
    write_signature,
)
from keruen.as4.soap import Envelope, open_envelope
from keruen.as4.suites import suite_named
from keruen.as4.xml import canonical, escape, escape_attribute

_PREFIXES = re.compile(r' xmlns:([^=\s]+)="')
_AROUND = frozenset({"S12", "eb", "ebbp", "wsu"})


def receipt_can_be_remade(pmode: PMode) -> bool:
    """Whether `build_receipt` gives the same octets each time; if not, they are to be stored."""
    return suite_named(pmode.suite).signature.deterministic


def build_receipt(
    envelope: bytes | Envelope,
    *,
    pmode: PMode,
    signer: SigningIdentity,
    receipt_id: str,
    timestamp: datetime,
) -> bytes:
    """The signed receipt for a user message (AS4 profile 1.0, 5.1.8; ebBP signals 2.0).

    Args:
        envelope: SOAP part of the message as it was received and verified, opened or not.
        pmode: names the suite.
        signer: this node's signing key.
        receipt_id: id of the receipt, stored with the message.
        timestamp: time of the receipt, stored with the message.

    Returns:
        A SOAP envelope, to be sent as `SOAP_CONTENT_TYPE`.

    Raises:
        EbmsError: `envelope` is no signed user message.
    """
    opened = open_envelope(envelope) if isinstance(envelope, bytes) else envelope
    message_id = _user_message_id(opened)
    elements = reference_elements(opened)
    if message_id is None or not elements:
        refuse(ErrorCode.INVALID_HEADER, "only a signed user message is receipted")
    information = "".join(
        f"<ebbp:MessagePartNRInformation>{canonical(element).decode()}"
        "</ebbp:MessagePartNRInformation>"
        for element in elements
    )
    receipt = (
        f'<eb:Receipt><ebbp:NonRepudiationInformation xmlns:ebbp="{EBBP}">{information}'
        "</ebbp:NonRepudiationInformation></eb:Receipt>"
    )
    info = write_message_info(receipt_id, timestamp, message_id)
    # What the partner wrote is in canonical form by itself; here it would not be if it declared a prefix
    # that is declared around it.
    digest = digest_as_written if _AROUND.isdisjoint(_PREFIXES.findall(information)) else digest_of
    return write_signal(info + receipt, pmode, signer, digest)


def _user_message_id(envelope: Envelope) -> str | None:
    """MessageId of the user message in an envelope that was verified; None for another unit."""
    (unit,) = children(envelope.messaging)
    if unit.tag != f"{{{EB}}}UserMessage":
        return None
    return text_of(one(one(unit, EB, "MessageInfo"), EB, "MessageId"))


def build_error(
    error: EbmsError,
    *,
    pmode: PMode | None,
    signer: SigningIdentity | None,
    signal_id: str,
    timestamp: datetime,
    ref_to_message_id: str | None = None,
) -> bytes:
    """An error signal; it carries the entry of the table and never `error.detail`.

    Args:
        error: what was raised.
        pmode: names the suite; None when the partner is unknown, then the signal is not signed.
        signer: this node's signing key; None for an unsigned signal.
        signal_id: id of the signal.
        timestamp: time of the signal.
        ref_to_message_id: id of the message in error; by default that of `error`.
    """
    entry = error.entry
    ref_to = ref_to_message_id or error.ref_to_message_id
    ref = f' refToMessageInError="{escape_attribute(ref_to)}"' if ref_to else ""
    content = (
        f'<eb:Error category="{entry.category}" errorCode="{entry.code}" origin="{entry.origin}"'
        f'{ref} severity="{entry.severity}" shortDescription="{entry.short_description}">'
        f'<eb:Description xml:lang="en">{escape(entry.text)}</eb:Description></eb:Error>'
    )
    return write_signal(write_message_info(signal_id, timestamp, ref_to) + content, pmode, signer)


def write_signal(
    content: str,
    pmode: PMode | None,
    signer: SigningIdentity | None,
    digest: Callable[[str], bytes] = digest_as_written,
) -> bytes:
    """A SOAP envelope around the content of a SignalMessage; unsigned without `pmode` or `signer`.

    Args:
        digest: of the header; `digest_of` for content that may not be in canonical form.
    """
    unit = f"<eb:SignalMessage>{content}</eb:SignalMessage>"
    messaging = write_messaging(unit, "eb-messaging")
    body = write_body("soap-body")
    if pmode is None or signer is None:
        return write_envelope("", messaging, body)
    references = (
        Reference("#eb-messaging", digest(messaging), "messaging"),
        Reference("#soap-body", digest_as_written(body), "body"),
    )
    scheme = suite_named(pmode.suite).signature
    reference = pmode.token_reference
    signature = write_signature(references, signer, scheme, "signing-token", reference)
    return write_envelope(write_security(signature), messaging, body)
