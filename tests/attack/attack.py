"""One hostile message: what it is, how it is made from a message that was sealed as agreed, what is said to it.

The attacker has what an attacker can have: octets of valid messages and receipts, all certificates, keys of
his own. Where it says *the partner*, somebody with the partner's signing key misbehaves.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.as4 import forge
from tests.as4.forge import Wire, found
from tests.exchange.papers import information
from tests.exchange.world import KEYS, Node, Pair

from keruen.as4 import (
    ErrorCode,
    Payload,
    Reference,
    SealedMessage,
    Seeded,
    SigningIdentity,
    UserMessage,
    seal,
)
from keruen.as4.suites import EDELIVERY_2
from keruen.as4.xml import canonical, encode, parse
from keruen.exchange.peers import SERVICE
from keruen.messages import encode as encode_message

Request = tuple[str, bytes]
SIGNED_INFO = re.compile(r"<ds:SignedInfo.*</ds:SignedInfo>")
ORIGINAL_ACTION = "<eb:Action>PreliminaryInformation"
FORGED_ACTION = "<eb:Action>ImportInformation"
_numbers = itertools.count(1)


class Field:
    """Where an attack takes place: KZ, whose messages the attacker has, and TJ, whom he attacks."""

    def __init__(self, pair: Pair) -> None:
        self.kz: Node = pair.kz
        self.tj: Node = pair.tj
        self.message_id = f"attack-{next(_numbers)}@kz.keruen"

    @cached_property
    def original(self) -> SealedMessage:
        """What KZ really sent, with one compressed payload."""
        return self.seal(self.payload(self.content))

    @cached_property
    def wire(self) -> Wire:
        """The original on the wire."""
        return forge.wire(self.original)

    @cached_property
    def content(self) -> bytes:
        return encode_message(information(self.kz))

    @cached_property
    def other(self) -> SealedMessage:
        """Another message of KZ to TJ that the attacker saw."""
        other = self.payload(encode_message(information(self.kz)))
        return self.seal(other, message_id=f"other-{self.message_id}")

    @cached_property
    def pair_of_parts(self) -> SealedMessage:
        """A message with an attachment, of a kind that may have some."""
        parts = self.payload(b"[1]", "a@kz"), self.payload(b"[2]", "b@kz")
        return self.seal(*parts, action="ArrivalInformation")

    def payload(self, octets: bytes, content_id: str = "declaration@kz", **more: Any) -> Payload:
        return Payload(content_id, "application/json", lambda: iter((octets,)), **more)

    def seal(
        self,
        *payloads: Payload,
        to: str = "TJ",
        signer: SigningIdentity | None = None,
        **changes: Any,
    ) -> SealedMessage:
        """Sealed as KZ's program would, but for what is changed."""
        (peer,) = self.kz.line.peers.values()
        recipient = KEYS[to].decryption.certificate
        message = UserMessage(
            message_id=self.message_id,
            timestamp=self.kz.clock.now(),
            sender=peer.pmode.own,
            sender_role=peer.pmode.own_role,
            receiver=peer.pmode.partner,
            receiver_role=peer.pmode.partner_role,
            service=SERVICE,
            action="PreliminaryInformation",
            conversation_id="conversation",
        )
        limits = replace(peer.pmode.limits, parts=64)
        return seal(
            replace(message, **changes),
            payloads,
            pmode=replace(peer.pmode, partner_key_agreement=(recipient,), limits=limits),
            signer=signer or self.kz.line.signing,
            now=self.kz.clock.now(),
            entropy=Seeded(self.kz.clock.entropy()),
        )

    def sealed(self, **changes: Any) -> Wire:
        """The original with another header, by the partner."""
        return forge.wire(self.seal(self.payload(self.content), **changes))

    def by_partner(
        self, pattern: str, by: str, references: Callable[[list[Reference]], list[Reference]] = list
    ) -> Wire:
        """Messaging changed by a regular expression, then signed anew by the partner."""
        return self.wire.resigned(
            self.original, lambda text: changed(text, pattern, by), references
        )


@dataclass(frozen=True)
class Attack:
    """One row of the table."""

    id: str
    what: str
    code: ErrorCode
    """What the wire says."""
    detail: str
    """What the operator's row says, in part: the check that was meant to fail."""
    forge: Callable[[Field], Wire | Request]
    known: bool = False
    """Whether TJ took the original before."""

    def request(self, field: Field) -> Request:
        made = self.forge(field)
        return (made.content_type, made.body) if isinstance(made, Wire) else made


def changed(text: str, pattern: str, by: str, count: int = 0) -> str:
    """The text changed by a regular expression; it must change."""
    new = re.sub(pattern, lambda _: by, text, count=count)
    assert new != text, f"{pattern} changed nothing"
    return new


def resigned_info(
    wire: Wire,
    pattern: str,
    by: str,
    sign: Callable[[bytes], bytes] | None = None,
    count: int = 0,
) -> Wire:
    """SignedInfo changed, and its value made anew: by the partner, or as `sign` does."""
    info = found(SIGNED_INFO, wire.envelope)
    new = changed(info, pattern, by, count)
    octets = canonical(parse(new.encode()))
    value = sign(octets) if sign else by_kz(octets)
    return with_value(replace(wire, envelope=wire.envelope.replace(info, new)), value)


def by_kz(octets: bytes) -> bytes:
    return EDELIVERY_2.signature.sign(KEYS["KZ"].signer.private_key, octets)


def with_value(wire: Wire, value: bytes) -> Wire:
    """Another SignatureValue."""
    return wire.sub("(?<=<ds:SignatureValue>)[^<]*", encode(value))


def key_of(number: int) -> Ed25519PrivateKey:
    """A key of the attacker's own."""
    return Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
