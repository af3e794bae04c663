"""A header that says what was not agreed, most of them rightly signed: time, party, id, service, form."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.as4 import forge
from tests.as4.forge import Wire, found
from tests.attack.attack import Attack, Field, Request
from tests.exchange.world import KEYS

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    ErrorCode,
    PartyId,
    Service,
    build_receipt,
)
from keruen.messages import encode

INVALID, INCONSISTENT = ErrorCode.INVALID_HEADER, ErrorCode.VALUE_INCONSISTENT
UNKNOWN, FEATURE = ErrorCode.PROCESSING_MODE_MISMATCH, ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY
KNOWN = "the message id was used before for other content"


def header(**changes: Any) -> Callable[[Field], Wire]:
    """The partner seals the same content under another header."""
    return lambda f: f.sealed(**changes)


def at(**span: float) -> Callable[[Field], Wire]:
    return lambda f: f.sealed(timestamp=f.kz.clock.now() + timedelta(**span))


def by_partner(pattern: str, by: str) -> Callable[[Field], Wire]:
    return lambda f: f.by_partner(pattern, by)


def other_content(field: Field) -> Wire:
    """Another message under an id that was used."""
    from tests.exchange.papers import information

    return forge.wire(field.seal(field.payload(encode(information(field.kz)))))


def forwarded(field: Field) -> Wire:
    """Signed by KZ for XX, who opens it and encrypts it anew, to TJ."""
    return forge.wire(field.seal(field.payload(field.content), receiver=KEYS["XX"].party))


def reflected(field: Field) -> Request:
    """What TJ sent to KZ, sent back to TJ."""
    from tests.exchange.papers import arrived, sealed_by

    sent = sealed_by(field.tj, arrived(field.tj))
    return sent.content_type, b"".join(sent.chunks())


def bundle(field: Field) -> Wire:
    unit = found(re.compile("<eb:UserMessage>.*</eb:UserMessage>"), field.wire.envelope)
    return field.by_partner("(?=<eb:UserMessage>)", unit)


def with_receipt(field: Field) -> Wire:
    """A user message and a receipt in one header."""
    receipt = "<eb:SignalMessage><eb:MessageInfo/><eb:Receipt/></eb:SignalMessage>"
    return field.by_partner("(?=</eb:Messaging>)", receipt)


def a_receipt(signer: str) -> Callable[[Field], Request]:
    """A receipt, posted: TJ awaits none."""

    def make(field: Field) -> Request:
        octets = build_receipt(
            field.other.envelope,
            pmode=next(iter(field.kz.line.peers.values())).pmode,
            signer=KEYS[signer].signer,
            receipt_id=f"receipt-{field.message_id}",
            timestamp=field.kz.clock.now(),
        )
        return SOAP_CONTENT_TYPE, octets

    return make


def claimed(field: Field) -> Wire:
    """A stranger's message, truly his, in which he says to be KZ and signs as himself."""
    return forge.wire(field.seal(field.payload(field.content), signer=KEYS["XX"].signer))


HEADERS = (
    Attack("H01", "a stale time stamp: older than ids are kept", INCONSISTENT, "is stale", at(days=-90, seconds=-1)),
    Attack("H02", "a time stamp of the last century", INCONSISTENT, "is stale", at(days=-36_500)),
    Attack("H03", "a future time stamp: more than ten minutes ahead", INCONSISTENT, "lies ahead", at(minutes=10, seconds=1)),
    Attack("H04", "a time stamp beyond what a clock can show", INVALID, "is no date and time", by_partner("<eb:Timestamp>[^<]*", "<eb:Timestamp>9999-12-31T23:59:59-23:59")),
    Attack("H05", "a time stamp that is none", INVALID, "is no date and time", by_partner("<eb:Timestamp>[^<]*", "<eb:Timestamp>yesterday")),
    Attack("H06", "two time stamps", INVALID, "2 Timestamp", by_partner("(?=<eb:Timestamp>)", "<eb:Timestamp>2026-11-23T12:00:00Z</eb:Timestamp>")),
    Attack("H07", "a known id with other content", INCONSISTENT, KNOWN, other_content, known=True),
    Attack("H08", "a known id with the same content and another time", INCONSISTENT, KNOWN, at(seconds=-1), known=True),
    Attack("H09", "a known id with the same content in another conversation", INCONSISTENT, KNOWN, header(conversation_id="other"), known=True),
    Attack("H10", "a known id for another addressee", INCONSISTENT, "To is PartyId(value='customs-xx'", forwarded, known=True),
    Attack("H11", "a known id, ciphertext spoilt", ErrorCode.FAILED_DECRYPTION, "too short", lambda f: f.wire.edit_rest(lambda rest: rest.replace(rest.split(b"<declaration@kz>\r\n\r\n")[1].split(b"\r\n--")[0], b"")), known=True),
    Attack("H12", "a message for somebody else, encrypted anew to the receiver", INCONSISTENT, "To is PartyId(value='customs-xx'", forwarded),
    Attack("H13", "the receiver's id in another scheme", INCONSISTENT, "To is", header(receiver=PartyId("customs-tj", "urn:other"))),
    Attack("H14", "what the receiver sent, sent back to it", UNKNOWN, "nothing is agreed", reflected),
    Attack("H15", "a sender that nobody knows", UNKNOWN, "nothing is agreed", header(sender=KEYS["XX"].party, signer=KEYS["XX"].signer)),
    Attack("H16", "a stranger in the partner's name", ErrorCode.FAILED_AUTHENTICATION, "not pinned", claimed),
    Attack("H17", "another role", INCONSISTENT, "From/Role is", header(sender_role="urn:other")),
    Attack("H18", "another service", ErrorCode.VALUE_NOT_RECOGNIZED, "urn:other", header(service=Service("urn:other"))),
    Attack("H19", "another action", ErrorCode.VALUE_NOT_RECOGNIZED, "'DeleteEverything' is not agreed", header(action="DeleteEverything")),
    Attack("H20", "the action of the test service with another service, without payload", ErrorCode.VALUE_NOT_RECOGNIZED, "is not agreed", header(action="http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/test")),
    Attack("H21", "two senders", INCONSISTENT, "2 PartyId in From", by_partner("(?<=<eb:From>)", "<eb:PartyId>second</eb:PartyId>")),
    Attack("H22", "two receivers", INCONSISTENT, "2 PartyId in To", by_partner("(?<=<eb:To>)", "<eb:PartyId>second</eb:PartyId>")),
    Attack("H23", "two user messages in one header", FEATURE, "2 message units", bundle),
    Attack("H24", "a user message and a receipt in one header", FEATURE, "2 message units", with_receipt),
    Attack("H25", "no message unit", FEATURE, "0 message units", by_partner("<eb:UserMessage>.*</eb:UserMessage>", "")),
    Attack("H26", "a message unit that nobody knows", INVALID, "is no message unit", by_partner("eb:UserMessage>", "eb:OtherMessage>")),
    Attack("H27", "no payload", INCONSISTENT, "no payload", by_partner("<eb:PayloadInfo>.*</eb:PayloadInfo>", "")),
    Attack("H28", "an empty id", INVALID, "MessageId is empty", by_partner("<eb:MessageId>[^<]*", "<eb:MessageId> ")),
    Attack("H29", "an id of 1 025 characters", INVALID, "MessageId is empty or longer", by_partner("<eb:MessageId>[^<]*", "<eb:MessageId>" + "x" * 1025)),
    Attack("H30", "an id of 1 000 characters that no index can hold", INVALID, "MessageId is empty or longer", by_partner("<eb:MessageId>[^<]*", "<eb:MessageId>" + "".join(chr(0x4E00 + n * 7) for n in range(1000)))),
    Attack("H31", "an element inside of the id", INVALID, "MessageId has child elements", by_partner("<eb:MessageId>[^<]*", "<eb:MessageId>x<x/>")),
    Attack("H32", "two ids", INVALID, "2 MessageId", by_partner("(?=<eb:MessageId>)", "<eb:MessageId>first</eb:MessageId>")),
    Attack("H33", "a receipt posted by the partner that nobody awaits", INCONSISTENT, "is no message of this node", a_receipt("KZ")),
    Attack("H34", "a receipt posted by a stranger", UNKNOWN, "nothing is agreed", a_receipt("XX")),
)  # fmt: skip
