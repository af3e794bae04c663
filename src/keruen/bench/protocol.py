"""The protocol alone, in one process: a message built, opened and receipted, and its receipt verified."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    DecryptionIdentity,
    PartyId,
    Payload,
    PMode,
    Receipt,
    ReceivedUserMessage,
    Reception,
    SealedMessage,
    Seeded,
    Service,
    SigningIdentity,
    UserMessage,
    Validity,
    build_receipt,
    issue_key_agreement,
    issue_signing,
    make_authority,
    open_signal,
    seal,
    verify_receipt,
)
from keruen.bench.material import START, content
from keruen.bench.primitives import microseconds
from keruen.service import settle

RSA_BITS = 2048
CURVES: tuple[type[ec.EllipticCurve], ...] = (
    ec.SECP256R1,
    ec.SECP384R1,
    ec.SECP521R1,
    ec.BrainpoolP256R1,
)
SERVICE, ACTION = Service("urn:keruen:exchange:1"), "Benchmark"


@dataclass(frozen=True, slots=True)
class Keys:
    """Of one node."""

    signing: SigningIdentity
    decryption: DecryptionIdentity

    @classmethod
    def of(cls, name: str, signing: PrivateKeyTypes, agreement: PrivateKeyTypes) -> Keys:
        """Keys with certificates of an authority of their own."""
        validity = Validity(
            serial=1, not_before=START - timedelta(days=9), not_after=START + timedelta(days=900)
        )
        authority = make_authority(name, Ed25519PrivateKey.generate(), validity)
        first = issue_signing(authority, f"{name} s", signing.public_key(), validity)  # type: ignore[arg-type]
        other = issue_key_agreement(authority, f"{name} k", agreement.public_key(), validity)  # type: ignore[arg-type]
        return cls(SigningIdentity(signing, first), DecryptionIdentity(agreement, other))


def profiles() -> dict[str, tuple[str, Callable[[], tuple[PrivateKeyTypes, PrivateKeyTypes]]]]:
    """Name in the report → suite, and how its keys are made."""
    found: dict[str, tuple[str, Callable[[], tuple[PrivateKeyTypes, PrivateKeyTypes]]]] = {
        "edelivery-2.0": (
            "edelivery-2.0",
            lambda: (Ed25519PrivateKey.generate(), X25519PrivateKey.generate()),
        )
    }
    for curve in CURVES:
        made = curve()
        found[f"edelivery-2.0-ec {made.name}"] = (
            "edelivery-2.0-ec",
            lambda made=made: (ec.generate_private_key(made), ec.generate_private_key(made)),  # type: ignore[misc]
        )
    found[f"edelivery-1.15 RSA-{RSA_BITS}"] = ("edelivery-1.15", rsa_keys)
    return found


def rsa_keys() -> tuple[PrivateKeyTypes, PrivateKeyTypes]:
    """A pair for signing and one for decryption."""
    return rsa.generate_private_key(65537, RSA_BITS), rsa.generate_private_key(65537, RSA_BITS)


class _Sink:
    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def write(self, data: bytes, /) -> None:
        self.chunks.append(data)

    def discard(self) -> None:
        self.chunks.clear()


class Exchange:
    """The four steps of one message between two nodes with given keys."""

    def __init__(self, suite: str, sender: Keys, receiver: Keys, octets: bytes) -> None:
        self.sender, self.receiver = sender, receiver
        self.there, self.here = _mode(suite, "a", "b", receiver), _mode(suite, "b", "a", sender)
        self.payload = Payload("content-1", "application/json", lambda: iter((octets,)))

    def build(self) -> tuple[SealedMessage, bytes]:
        """Seal and write out."""
        message = UserMessage(
            message_id="1@a",
            timestamp=START,
            sender=self.there.own,
            sender_role=self.there.own_role,
            receiver=self.there.partner,
            receiver_role=self.there.partner_role,
            service=SERVICE,
            action=ACTION,
            conversation_id="1",
            agreement_ref=None,
        )
        sealed = seal(
            message,
            [self.payload],
            pmode=self.there,
            signer=self.sender.signing,
            now=START,
            entropy=Seeded(bytes(32)),
        )
        return sealed, b"".join(sealed.chunks())

    def open(self, sealed: SealedMessage, body: bytes) -> ReceivedUserMessage:
        """Verify, decrypt, unpack."""
        reception = Reception(
            sealed.content_type,
            keys=(self.receiver.decryption,),
            partners=lambda _: self.here,
            now=START,
            quarantine=lambda _: _Sink(),
        )
        reception.receive_data(body)
        received = reception.finish()
        assert isinstance(received, ReceivedUserMessage)  # noqa: S101 - it was sealed above
        return received

    def receipt(self, received: ReceivedUserMessage) -> bytes:
        """Sign the receipt."""
        return build_receipt(
            received.opened,
            pmode=self.here,
            signer=self.receiver.signing,
            receipt_id="r@b",
            timestamp=START,
        )

    def check(self, sealed: SealedMessage, octets: bytes) -> None:
        """Verify the receipt."""
        signal = open_signal(SOAP_CONTENT_TYPE, octets, pmode=self.there, now=START)
        assert isinstance(signal, Receipt)  # noqa: S101 - it was built above
        verify_receipt(signal, sealed.message.message_id, sealed.references)


def _mode(suite: str, own: str, partner: str, keys: Keys) -> PMode:
    return PMode(
        own=PartyId(own),
        partner=PartyId(partner),
        services=frozenset({(SERVICE, ACTION)}),
        partner_signing=(keys.signing.certificate,),
        partner_key_agreement=(keys.decryption.certificate,),
        suite=suite,
    )


def speeds(
    suite: str, keys: Callable[[], tuple[PrivateKeyTypes, PrivateKeyTypes]]
) -> dict[str, float]:
    """Builds, opens, receipts and verified receipts a second and core, and whole messages.

    As a node runs: what is loaded is left out of garbage collection.
    """
    settle()
    exchange = Exchange(suite, Keys.of("a", *keys()), Keys.of("b", *keys()), content(1, 1))
    sealed, body = exchange.build()
    received = exchange.open(sealed, body)
    receipt = exchange.receipt(received)
    exchange.check(sealed, receipt)
    spent = {
        "build": microseconds(exchange.build),
        "open": microseconds(lambda: exchange.open(sealed, body)),
        "receipt": microseconds(lambda: exchange.receipt(received)),
        "check": microseconds(lambda: exchange.check(sealed, receipt)),
    }
    found = {name: round(1e6 / us, 1) for name, us in spent.items()}
    return {**found, "per_second": round(1e6 / sum(spent.values()), 1)}


def protocol() -> dict[str, dict[str, float]]:
    """The speeds of every profile."""
    return {name: speeds(suite, keys) for name, (suite, keys) in profiles().items()}
