"""Key agreement: X25519, HKDF and AES key wrap (eDelivery AS4 2.0; RFC 9231, 2.6; RFC 3394).

    EncryptedKey
      EncryptionMethod kw-aes128
      KeyInfo / AgreementMethod x25519
        KeyDerivationMethod hkdf: HMAC-SHA-256, salt, info, KeyLength in octets
        OriginatorKeyInfo / DEREncodedKeyValue: the sender's ephemeral key
        RecipientKeyInfo / SecurityTokenReference: the recipient's certificate
      CipherData: the wrapped content key

Whatever fails while unwrapping is answered alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.entropy import Draw
from keruen.as4.errors import EbmsError, ErrorCode
from keruen.as4.namespaces import (
    DS,
    DSIG11,
    HKDF_URI,
    HMAC_SHA256,
    KW_AES128,
    RFC9231,
    WSSE,
    X25519,
    XENC,
    XENC11,
)
from keruen.as4.pmode import DecryptionIdentity
from keruen.as4.policy import require_algorithm
from keruen.as4.tokens import certificate_meant, write_ski_reference
from keruen.as4.xml import XmlError, children, encode, named, octets_of, one, text_of

_KEK_SIZE = 16
_SALT_SIZE = 32
# The standard counts octets; some libraries count bits.
_KEY_LENGTHS = ("16", "128")


@dataclass(frozen=True, slots=True)
class X25519Agreement:
    """Ephemeral-static X25519."""

    def write(self, content_key: bytes, recipient: Certificate, draw: Draw) -> str:
        """Content of an EncryptedKey; TypeError if the recipient's key is not X25519."""
        if not isinstance(recipient.public_key, X25519PublicKey):
            raise TypeError(f"{recipient.subject} has no X25519 key")
        ephemeral = X25519PrivateKey.from_private_bytes(draw.octets("ephemeral key", 32))
        salt = draw.octets("hkdf salt", _SALT_SIZE)
        kek = _derive(ephemeral.exchange(recipient.public_key), salt, b"")
        public = ephemeral.public_key().public_bytes(
            Encoding.DER, PublicFormat.SubjectPublicKeyInfo
        )
        return (
            f'<xenc:EncryptionMethod Algorithm="{KW_AES128}"></xenc:EncryptionMethod>'
            f'<ds:KeyInfo xmlns:ds="{DS}"><xenc:AgreementMethod Algorithm="{X25519}">'
            f"{_write_derivation(salt)}"
            "<xenc:OriginatorKeyInfo>"
            f'<dsig11:DEREncodedKeyValue xmlns:dsig11="{DSIG11}">{encode(public)}'
            "</dsig11:DEREncodedKeyValue></xenc:OriginatorKeyInfo>"
            f"<xenc:RecipientKeyInfo>{write_ski_reference(recipient)}</xenc:RecipientKeyInfo>"
            "</xenc:AgreementMethod></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>"
            f"{encode(aes_key_wrap(kek, content_key))}</xenc:CipherValue></xenc:CipherData>"
        )

    def read(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
    ) -> bytes:
        """Content key of an EncryptedKey.

        Raises:
            EbmsError: PolicyNoncompliance for another algorithm; FailedDecryption for all else.
        """
        try:
            return _unwrap(encrypted_key, ids, identities)
        except (ValueError, TypeError, InvalidUnwrap, UnsupportedAlgorithm) as error:
            raise EbmsError(
                ErrorCode.FAILED_DECRYPTION, detail=f"EncryptedKey: {error!r}"
            ) from error


X25519_AGREEMENT = X25519Agreement()


def _write_derivation(salt: bytes) -> str:
    return (
        f'<xenc11:KeyDerivationMethod xmlns:xenc11="{XENC11}" Algorithm="{HKDF_URI}">'
        f'<rfc9231:HKDFParams xmlns:rfc9231="{RFC9231}">'
        f'<rfc9231:PRF Algorithm="{HMAC_SHA256}"></rfc9231:PRF>'
        f"<rfc9231:Salt>{encode(salt)}</rfc9231:Salt>"
        f"<rfc9231:KeyLength>{_KEK_SIZE}</rfc9231:KeyLength>"
        "</rfc9231:HKDFParams></xenc11:KeyDerivationMethod>"
    )


def _derive(shared: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEK_SIZE, salt=salt, info=info).derive(shared)


def _unwrap(
    encrypted_key: etree._Element,
    ids: dict[str, etree._Element],
    identities: Sequence[DecryptionIdentity],
) -> bytes:
    require_algorithm(one(encrypted_key, XENC, "EncryptionMethod"), KW_AES128)
    method = one(one(encrypted_key, DS, "KeyInfo"), XENC, "AgreementMethod")
    require_algorithm(method, X25519)
    salt, info = _read_derivation(one(method, XENC11, "KeyDerivationMethod"))
    originator = one(one(method, XENC, "OriginatorKeyInfo"), DSIG11, "DEREncodedKeyValue")
    private_key = _private_key(one(method, XENC, "RecipientKeyInfo"), ids, identities)
    public_key = load_der_public_key(octets_of(originator))
    if not isinstance(private_key, X25519PrivateKey) or not isinstance(public_key, X25519PublicKey):
        raise TypeError("a key is not X25519")
    kek = _derive(private_key.exchange(public_key), salt, info)
    wrapped = one(one(encrypted_key, XENC, "CipherData"), XENC, "CipherValue")
    return aes_key_unwrap(kek, octets_of(wrapped))


def _private_key(
    recipient: etree._Element,
    ids: dict[str, etree._Element],
    identities: Sequence[DecryptionIdentity],
) -> PrivateKeyTypes:
    """Own key that the message is encrypted to.

    ENTSOG's sample puts the reference into a ds:KeyValue; both shapes are taken.
    """
    inside = children(recipient)
    if len(inside) == 1 and inside[0].tag == f"{{{DS}}}KeyValue":
        recipient = inside[0]
    reference = one(recipient, WSSE, "SecurityTokenReference")
    meant = certificate_meant(reference, ids, [i.certificate for i in identities])
    if meant is None:
        raise XmlError("encrypted to a certificate that is not this node's")
    return next(i.private_key for i in identities if i.certificate == meant)


def _read_derivation(method: etree._Element) -> tuple[bytes | None, bytes]:
    """Salt and info of HKDF with HMAC-SHA-256 and a key of 16 octets."""
    require_algorithm(method, HKDF_URI)
    parameters = one(method, RFC9231, "HKDFParams")
    prf = [*named(parameters, RFC9231, "PRF"), *named(parameters, XENC11, "PRF")]
    for element in prf:
        require_algorithm(element, HMAC_SHA256)
    length = named(parameters, RFC9231, "KeyLength")
    if length and text_of(length[0]) not in _KEY_LENGTHS:
        raise XmlError(f"key length {text_of(length[0])!r}")
    salt = named(parameters, RFC9231, "Salt")
    info = named(parameters, RFC9231, "Info")
    return (octets_of(salt[0]) if salt else None), (octets_of(info[0]) if info else b"")
