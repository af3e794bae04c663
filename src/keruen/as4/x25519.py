"""Key exchange by X25519 (eDelivery AS4 2.0, Common Usage Profile; RFC 9231, 2.3.12; RFC 8410)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

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

_KEY_SIZE = 32
_DER_INTEGER = 0x02


@dataclass(frozen=True, slots=True)
class X25519Exchange:
    """The ephemeral key is a dsig11:DEREncodedKeyValue, without a ds:KeyValue around it."""

    uri: str = X25519
    keys: KeyKind = X25519_KEYS

    def begin(self, recipient: PublicKeyTypes, draw: Draw) -> tuple[bytes, str]:
        """Shared secret and ephemeral key; TypeError for another kind of key."""
        if not isinstance(recipient, X25519PublicKey):
            raise TypeError("the recipient's key is not X25519")
        ephemeral, public = ephemeral_key(draw)
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


def ephemeral_key(draw: Draw) -> tuple[X25519PrivateKey, bytes]:
    """An ephemeral key, and its public half in DER, which no partner takes for a key of another kind.

    Apache Santuario (seen in 4.0.4), with it WSS4J and phase4, tries a DEREncodedKeyValue as a DSA key
    first. Java reads that as an INTEGER of DER, so one X25519 key in 2 100 is misread, the message refused,
    and so is each repetition, since that has the same key. Keys that begin with this tag are not used.
    """
    for attempt in count():
        label = f"ephemeral key {attempt}" if attempt else "ephemeral key"
        key = X25519PrivateKey.from_private_bytes(draw.octets(label, _KEY_SIZE))
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        if public[-_KEY_SIZE] != _DER_INTEGER:
            break
    return key, public


X25519_AGREEMENT = KeyAgreement(X25519Exchange())
