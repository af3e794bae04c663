"""Algorithm suites as a table: what a message is signed and encrypted with.

    edelivery-2.0   eDelivery AS4 2.0 Common Usage Profile: Ed25519, X25519 with HKDF, AES-128-GCM

A further suite is a row: a signature scheme and a key transport. Nothing outside this module and
the key transports asks which algorithm is in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from lxml import etree

from keruen.as4.agreement import X25519_AGREEMENT
from keruen.as4.certificates import Certificate
from keruen.as4.entropy import Draw
from keruen.as4.namespaces import AES128_GCM, ED25519
from keruen.as4.pmode import DecryptionIdentity
from keruen.errors import UsageError


@dataclass(frozen=True, slots=True)
class SignatureScheme:
    """How SignedInfo is signed."""

    uri: str
    sign: Callable[[PrivateKeyTypes, bytes], bytes]
    """Signature value over octets; TypeError for a key of another kind."""
    verify: Callable[[PublicKeyTypes, bytes, bytes], None]
    """(key, signature value, octets); InvalidSignature also for a key of another kind."""
    deterministic: bool
    """Whether signing twice gives the same value, so that a receipt can be remade."""


class KeyTransport(Protocol):
    """How the content key reaches the recipient: the content of xenc:EncryptedKey."""

    def write(self, content_key: bytes, recipient: Certificate, draw: Draw) -> str:
        """EncryptionMethod, KeyInfo and CipherData of an EncryptedKey."""

    def read(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
    ) -> bytes:
        """The content key; EbmsError FailedDecryption or PolicyNoncompliance."""


@dataclass(frozen=True, slots=True)
class Suite:
    """One row of the table."""

    name: str
    signature: SignatureScheme
    key_transport: KeyTransport
    content_cipher: str
    """Algorithm URI of the content encryption; AES-GCM with a 12-octet nonce and a 16-octet tag."""
    content_key_size: int
    """Octets."""


def _sign_ed25519(key: PrivateKeyTypes, octets: bytes) -> bytes:
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("Ed25519 needs an Ed25519 key")
    return key.sign(octets)


def _verify_ed25519(key: PublicKeyTypes, value: bytes, octets: bytes) -> None:
    if not isinstance(key, Ed25519PublicKey):
        raise InvalidSignature
    key.verify(value, octets)


EDELIVERY_2 = Suite(
    name="edelivery-2.0",
    signature=SignatureScheme(ED25519, _sign_ed25519, _verify_ed25519, deterministic=True),
    key_transport=X25519_AGREEMENT,
    content_cipher=AES128_GCM,
    content_key_size=16,
)

SUITES: dict[str, Suite] = {EDELIVERY_2.name: EDELIVERY_2}
"""Every suite by the name that a partner's card gives."""


def suite_named(name: str) -> Suite:
    """The suite of that name.

    Raises:
        UsageError: there is none.
    """
    try:
        return SUITES[name]
    except KeyError:
        known = ", ".join(sorted(SUITES))
        raise UsageError("as4-suite", f"no algorithm suite {name!r}; there are: {known}") from None
