"""Key exchange by X25519 (eDelivery AS4 2.0, Common Usage Profile; RFC 9231, 2.3.12; RFC 8410)."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from lxml import etree

from keruen.as4.agreement import KeyAgreement
from keruen.as4.elements import octets_of, one
from keruen.as4.entropy import Draw
from keruen.as4.key_kinds import X25519_KEYS, KeyKind
from keruen.as4.namespaces import DSIG11, X25519
from keruen.as4.xml import encode


@dataclass(frozen=True, slots=True)
class X25519Exchange:
    """The ephemeral key is a dsig11:DEREncodedKeyValue, without a ds:KeyValue around it."""

    uri: str = X25519
    keys: KeyKind = X25519_KEYS

    def begin(self, recipient: PublicKeyTypes, draw: Draw) -> tuple[bytes, str]:
        """Shared secret and ephemeral key; TypeError for another kind of key."""
        if not isinstance(recipient, X25519PublicKey):
            raise TypeError("the recipient's key is not X25519")
        ephemeral = X25519PrivateKey.from_private_bytes(draw.octets("ephemeral key", 32))
        public = ephemeral.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return ephemeral.exchange(recipient), (
            f'<dsig11:DEREncodedKeyValue xmlns:dsig11="{DSIG11}">{encode(public)}'
            "</dsig11:DEREncodedKeyValue>"
        )

    def end(self, own: PrivateKeyTypes, originator: etree._Element) -> bytes:
        """Shared secret; ValueError also for a key of small order (RFC 7748, 6.1)."""
        public = load_der_public_key(octets_of(one(originator, DSIG11, "DEREncodedKeyValue")))
        if not isinstance(own, X25519PrivateKey) or not isinstance(public, X25519PublicKey):
            raise TypeError("a key is not X25519")
        return own.exchange(public)


X25519_AGREEMENT = KeyAgreement(X25519Exchange())
