"""Algorithm suites as a table: what a message is signed and encrypted with.

    edelivery-2.0      Ed25519, X25519 with HKDF (eDelivery AS4 2.0, Common Usage Profile)
    edelivery-2.0-ec   ECDSA, ECDH-ES with HKDF on four curves (its alternative EC option)
    edelivery-1.15     RSA-SHA256, RSA-OAEP (eDelivery AS4 1.15, Common Profile)

All encrypt with AES-128-GCM and digest with SHA-256. A further suite is a row: a signature scheme
and a key transport. Nothing outside this module, the schemes and the key transports asks which
algorithm is in use.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.ecdh import ECDH_AGREEMENT
from keruen.as4.entropy import Draw
from keruen.as4.key_kinds import KeyKind
from keruen.as4.namespaces import AES128_GCM
from keruen.as4.pmode import DecryptionIdentity
from keruen.as4.rsa_oaep import RSA_OAEP_TRANSPORT, VARIANTS
from keruen.as4.signing import ECDSA_SCHEME, ED25519_SCHEME, RSA_SCHEME, SignatureScheme
from keruen.as4.x25519 import X25519_AGREEMENT
from keruen.errors import UsageError


class KeyTransport(Protocol):
    """How the content key reaches the recipient: the content of xenc:EncryptedKey."""

    @property
    def keys(self) -> KeyKind:
        """Kind of the recipient's keys."""

    @property
    def usage(self) -> Literal["key_agreement", "key_encipherment"]:
        """Key usage of the recipient's certificate (RFC 5280, 4.2.1.3)."""

    def write(self, content_key: bytes, recipient: Certificate, draw: Draw, reference: str) -> str:
        """EncryptionMethod, KeyInfo and CipherData of an EncryptedKey.

        `reference` is the SecurityTokenReference to the recipient's certificate. TypeError or
        ValueError if the recipient's key is of another kind.
        """

    def read(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
        accept: Collection[str] = (),
    ) -> bytes:
        """The content key; EbmsError FailedDecryption or PolicyNoncompliance.

        `accept` names the variants beside the agreed algorithms that may be read.
        """


@dataclass(frozen=True, slots=True)
class Suite:
    """One row of the table."""

    name: str
    signature: SignatureScheme
    key_transport: KeyTransport
    content_cipher: str = AES128_GCM
    """Algorithm URI of the content encryption; AES-GCM with a 12-octet nonce and a 16-octet tag."""
    content_key_size: int = 16
    """Octets."""
    variants: frozenset[str] = frozenset()
    """Inbound variants that may be switched on for a partner; never sent."""


EDELIVERY_2 = Suite("edelivery-2.0", ED25519_SCHEME, X25519_AGREEMENT)
EDELIVERY_2_EC = Suite("edelivery-2.0-ec", ECDSA_SCHEME, ECDH_AGREEMENT)
EDELIVERY_1_15 = Suite(
    "edelivery-1.15", RSA_SCHEME, RSA_OAEP_TRANSPORT, variants=frozenset(VARIANTS.values())
)

SUITES: dict[str, Suite] = {
    suite.name: suite for suite in (EDELIVERY_2, EDELIVERY_2_EC, EDELIVERY_1_15)
}
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
