"""What is agreed with one partner: processing mode (ebMS 3.0 Core, appendix D), keys, limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from keruen.as4.certificates import Certificate, belongs_to
from keruen.as4.model import (
    INITIATOR_ROLE,
    RESPONDER_ROLE,
    AgreementRef,
    PartyId,
    Service,
)
from keruen.as4.trust import Trust


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is taken at most, in octets unless said otherwise."""

    message_size: int = 1 << 30
    """Whole HTTP body."""
    part_size: int = 1 << 30
    """One payload, unpacked."""
    parts: int = 28
    """Number of payloads. WSS4J-based peers refuse more than 28 (30 references a signature)."""
    envelope_size: int = 1 << 20
    """The SOAP part."""
    header_size: int = 16_384
    """MIME header of one part."""
    ratio: int = 200
    """Octets unpacked per octet packed."""
    depth: int = 40
    """Elements of the SOAP part within each other."""
    xml_part_size: int = 4 << 20
    """An uncompressed XML payload: its digest needs the whole of it in memory."""

    def and_also(self, other: Limits) -> Limits:
        """The tighter of the two, limit by limit."""
        return _tighter(self, other)


@lru_cache(maxsize=256)
def _tighter(one: Limits, other: Limits) -> Limits:
    names = Limits.__slots__
    return Limits(**{name: min(getattr(one, name), getattr(other, name)) for name in names})


class TokenReference(StrEnum):
    """How a message refers to a certificate (WSS X.509 Token Profile 1.1.1)."""

    BST = "bst"
    PKIPATH = "pkipath"
    ISSUER_SERIAL = "issuer-serial"
    SKI = "ski"


@dataclass(frozen=True, slots=True, kw_only=True)
class PMode:
    """How messages are exchanged with one partner, in both directions."""

    own: PartyId
    partner: PartyId
    services: frozenset[tuple[Service, str]]
    """Allowed pairs of service and action. The test service is always allowed."""
    partner_signing: tuple[Certificate, ...]
    """Pinned certificates that the partner signs with; two at once during a change."""
    partner_key_agreement: tuple[Certificate, ...]
    """Certificates of the partner to encrypt to; the first that is valid is used."""
    trust: Trust = field(default_factory=Trust)
    """What else must hold of these certificates at each use: chain, revocation."""
    own_role: str = INITIATOR_ROLE
    """Role of this node when it sends."""
    partner_role: str = RESPONDER_ROLE
    """Role of the partner when this node sends."""
    own_role_receiving: str = RESPONDER_ROLE
    """Role of this node when it receives."""
    partner_role_sending: str = INITIATOR_ROLE
    """Role of the partner when this node receives."""
    agreement_ref: AgreementRef | None = None
    """Required in what the partner sends; None: not looked at."""
    mpc: str | None = None
    """Channel from which one of the two pulls what the other has for it; None: both push."""
    suite: str = "edelivery-2.0"
    """Name of the algorithm suite in `SUITES`; nothing else is sent or taken."""
    accept: frozenset[str] = frozenset()
    """Variants of the suite (`Suite.variants`) that are taken from this partner all the same."""
    token_reference: TokenReference = TokenReference.BST
    """How this node refers to its signing certificate. All are understood."""
    recipient_reference: TokenReference = TokenReference.SKI
    """How this node refers to the partner's certificate that it encrypts to."""
    four_corner: bool = False
    """Whether messages must name `originalSender` and `finalRecipient` in their properties."""
    limits: Limits = field(default_factory=Limits)
    max_age: timedelta = timedelta(days=90)
    """Older messages are refused: their ids are not kept, so a repetition would go unnoticed."""
    max_ahead: timedelta = timedelta(minutes=10)
    """How far the partner's clock may be ahead."""
    pull_max_age: timedelta = timedelta(minutes=10)
    """Older pull requests are refused: somebody else may repeat them."""


@dataclass(frozen=True, slots=True)
class SigningIdentity:
    """Key and certificate that this node signs with; ValueError if they do not belong together."""

    private_key: PrivateKeyTypes = field(repr=False)
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()
    """Issuers of the certificate, the nearest first, to be sent where a path is asked for."""

    def __post_init__(self) -> None:
        _check_pair(self.private_key, self.certificate)


@dataclass(frozen=True, slots=True)
class DecryptionIdentity:
    """Key and certificate that content keys are encrypted to; ValueError if they do not match."""

    private_key: PrivateKeyTypes = field(repr=False)
    certificate: Certificate

    def __post_init__(self) -> None:
        _check_pair(self.private_key, self.certificate)


def _check_pair(private_key: PrivateKeyTypes, certificate: Certificate) -> None:
    if not belongs_to(certificate, private_key):
        raise ValueError(f"the private key is not that of {certificate.subject}")
