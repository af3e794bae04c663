"""Two nodes, KZ and TJ, with fixed keys: KZ sends, TJ receives.

`KZ` and `TJ` hold the keys of edelivery-2.0; `pair_by` gives two that hold those of another suite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keruen.as4 import (
    AgreementRef,
    Authority,
    DecryptionIdentity,
    PartyId,
    Payload,
    PMode,
    Property,
    ReceivedSignal,
    ReceivedUserMessage,
    Reception,
    SealedMessage,
    Seeded,
    Service,
    SignalHeader,
    SigningIdentity,
    UserMessage,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
    seal,
)
from keruen.as4.curves import CURVES

NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
SERVICE = Service("urn:keruen:preliminary-information", "keruen")
ACTION = "submit"
TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"


def validity(serial: int) -> Validity:
    return Validity(
        serial=serial, not_before=NOW - timedelta(days=1), not_after=NOW + timedelta(days=365)
    )


@dataclass(frozen=True)
class Node:
    """One administration's keys."""

    name: str
    authority: Authority
    signer: SigningIdentity
    decryption: DecryptionIdentity

    @property
    def party(self) -> PartyId:
        return PartyId(f"customs-{self.name}", TYPE)


Key = Ed25519PrivateKey | X25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def ec_keys(curve: str) -> Callable[[int], tuple[Key, Key]]:
    def keys(number: int) -> tuple[Key, Key]:
        one, other = (
            ec.derive_private_key(0xBEEF << 200 | n, CURVES[curve].curve)
            for n in (number + 1, number + 2)
        )
        return one, other

    return keys


def edwards_keys(number: int) -> tuple[Key, Key]:
    sign_key = Ed25519PrivateKey.from_private_bytes(bytes([number + 1]) * 32)
    return sign_key, X25519PrivateKey.from_private_bytes(bytes([number + 2]) * 32)


def rsa_keys(_: int) -> tuple[Key, Key]:
    """New ones each time: RSA keys cannot be made from a number."""
    return rsa.generate_private_key(65537, 2048), rsa.generate_private_key(65537, 2048)


KEYS: dict[str, tuple[str, Callable[[int], tuple[Key, Key]]]] = {
    "eddsa": ("edelivery-2.0", edwards_keys),
    **{curve: ("edelivery-2.0-ec", ec_keys(curve)) for curve in CURVES},
    "rsa": ("edelivery-1.15", rsa_keys),
}
"""Kind of keys → the suite they are for, and a signing and a decryption key from a number."""


def make_node(name: str, number: int, keys: str = "eddsa") -> Node:
    ca_key = Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32)
    sign_key, agree_key = KEYS[keys][1](number)
    authority = make_authority(f"{name} local authority", ca_key, validity(number))
    signing = issue_signing(
        authority, f"{name} signing", sign_key.public_key(), validity(number + 1)
    )
    agreement = issue_key_agreement(
        authority, f"{name} key agreement", agree_key.public_key(), validity(number + 2)
    )
    return Node(
        name,
        authority,
        SigningIdentity(sign_key, signing, (authority.certificate,)),
        DecryptionIdentity(agree_key, agreement),
    )


KZ, TJ, STRANGER = make_node("kz", 10), make_node("tj", 20), make_node("xx", 30)


def pmode_of(own: Node, partner: Node) -> PMode:
    return PMode(
        own=own.party,
        partner=partner.party,
        services=frozenset({(SERVICE, ACTION)}),
        partner_signing=(partner.signer.certificate,),
        partner_key_agreement=(partner.decryption.certificate,),
        agreement_ref=AgreementRef("protocol-2023-05-04"),
    )


KZ_TO_TJ = pmode_of(KZ, TJ)
"""What KZ holds of TJ."""
TJ_FROM_KZ = pmode_of(TJ, KZ)
"""What TJ holds of KZ."""


@dataclass(frozen=True)
class Pair:
    """KZ, who sends, and TJ, who receives, by one suite."""

    suite: str
    kz: Node
    tj: Node
    kz_to_tj: PMode
    tj_from_kz: PMode

    def sealed(
        self, *payloads: Payload, seed: bytes = bytes(32), **changes: object
    ) -> SealedMessage:
        """A message of KZ's; `changes` are to the processing mode."""
        return seal(
            user_message(),
            payloads or (payload(),),
            pmode=replace(self.kz_to_tj, **changes),  # type: ignore[arg-type]
            signer=self.kz.signer,
            now=NOW,
            entropy=Seeded(seed),
        )

    def receiver(self, **changes: object) -> Receiver:
        """TJ, receiving; `changes` are to the processing mode."""
        pmode = replace(self.tj_from_kz, **changes)  # type: ignore[arg-type]
        return Receiver(pmode=pmode, keys=(self.tj.decryption,))


@cache
def pair_by(keys: str) -> Pair:
    """Two nodes that hold keys of that kind (a key of `KEYS`)."""
    suite = KEYS[keys][0]
    kz, tj = make_node("kz", 10, keys), make_node("tj", 20, keys)
    there, back = (replace(pmode_of(*pair), suite=suite) for pair in ((kz, tj), (tj, kz)))
    return Pair(suite, kz, tj, there, back)


def user_message(**changes: object) -> UserMessage:
    message = UserMessage(
        message_id="0193-1@kz",
        timestamp=NOW,
        sender=KZ.party,
        sender_role=KZ_TO_TJ.own_role,
        receiver=TJ.party,
        receiver_role=KZ_TO_TJ.partner_role,
        service=SERVICE,
        action=ACTION,
        conversation_id="c-1",
        agreement_ref=AgreementRef("protocol-2023-05-04"),
        properties=(Property("kind", "Preliminary <& Information"),),
    )
    return replace(message, **changes)  # type: ignore[arg-type]


def payload(octets: bytes = b"<a>1</a>" * 500, content_id: str = "declaration@kz") -> Payload:
    return Payload(content_id, "application/xml", lambda: iter((octets,)))


def sealed(
    *payloads: Payload, seed: bytes = bytes(32), message: UserMessage | None = None
) -> SealedMessage:
    return seal(
        message or user_message(),
        payloads or (payload(),),
        pmode=KZ_TO_TJ,
        signer=KZ.signer,
        now=NOW,
        entropy=Seeded(seed),
    )


@dataclass
class MemorySink:
    content_id: str = ""
    octets: bytearray = field(default_factory=bytearray)
    discarded: bool = False

    def write(self, data: bytes, /) -> None:
        assert not self.discarded
        self.octets += data

    def discard(self) -> None:
        self.discarded = True


@dataclass
class Receiver:
    """TJ, receiving."""

    pmode: PMode | None = TJ_FROM_KZ
    keys: tuple[DecryptionIdentity, ...] = (TJ.decryption,)
    now: datetime = NOW
    sinks: list[MemorySink] = field(default_factory=list)
    reception: Reception | None = None

    def partners(self, header: UserMessage | SignalHeader) -> PMode | None:
        return self.pmode

    def quarantine(self, content_id: str) -> MemorySink:
        self.sinks.append(MemorySink(content_id))
        return self.sinks[-1]

    def receive(
        self, content_type: str, body: bytes, step: int = 1 << 16
    ) -> ReceivedUserMessage | ReceivedSignal:
        self.reception = Reception(
            content_type,
            keys=self.keys,
            partners=self.partners,
            now=self.now,
            quarantine=self.quarantine,
        )
        for chunk in cut(body, step):
            self.reception.receive_data(chunk)
        return self.reception.finish()

    def receive_message(
        self, content_type: str, body: bytes, step: int = 1 << 16
    ) -> ReceivedUserMessage:
        received = self.receive(content_type, body, step)
        assert isinstance(received, ReceivedUserMessage)
        return received


def cut(octets: bytes, step: int) -> Iterator[bytes]:
    return (octets[i : i + step] for i in range(0, len(octets), step))


def body_of(message: SealedMessage) -> bytes:
    return b"".join(message.chunks())


def receive(sent: SealedMessage) -> tuple[ReceivedUserMessage, list[MemorySink]]:
    """What TJ makes of an untouched message."""
    receiver = Receiver()
    return receiver.receive_message(sent.content_type, body_of(sent)), receiver.sinks
