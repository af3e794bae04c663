"""Key agreement: ECDH, HKDF and AES key wrap (eDelivery AS4 2.0; RFC 9231, 2.6; RFC 3394).

    EncryptedKey
      EncryptionMethod kw-aes128
      KeyInfo / AgreementMethod x25519, or ECDH-ES
        KeyDerivationMethod hkdf: HMAC-SHA-256, salt, info, KeyLength in octets
        OriginatorKeyInfo: the sender's ephemeral key
        RecipientKeyInfo / SecurityTokenReference: the recipient's certificate
      CipherData: the wrapped content key

What differs between curves is an `Exchange`. Whatever fails while unwrapping is answered alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import at_most_once, children, each_once, octets_of, one, text_of
from keruen.as4.entropy import Draw
from keruen.as4.errors import EbmsError, ErrorCode
from keruen.as4.key_kinds import KeyKind
from keruen.as4.namespaces import (
    DS,
    HKDF_URI,
    HMAC_SHA256,
    KW_AES128,
    RFC9231,
    WSSE,
    XENC,
    XENC11,
)
from keruen.as4.pmode import DecryptionIdentity
from keruen.as4.policy import require_algorithm
from keruen.as4.tokens import identity_meant
from keruen.as4.xml import XmlError, encode

_KEK_SIZE = 16
_SALT_SIZE = 32
# The standard counts octets; some libraries count bits.
_KEY_LENGTHS = ("16", "128")


class Exchange(Protocol):
    """An ephemeral-static Diffie-Hellman exchange."""

    @property
    def uri(self) -> str:
        """Algorithm of AgreementMethod."""

    @property
    def keys(self) -> KeyKind:
        """Kind of the recipient's keys."""

    def begin(self, recipient: PublicKeyTypes, draw: Draw) -> tuple[bytes, str]:
        """Shared secret, and the ephemeral key as content of OriginatorKeyInfo.

        TypeError or ValueError for a key of another kind or on another curve.
        """

    def end(self, own: PrivateKeyTypes, originator: etree._Element) -> bytes:
        """Shared secret; XmlError, TypeError or ValueError for keys that do not fit."""


@dataclass(frozen=True, slots=True)
class KeyAgreement:
    """A content key wrapped under a key that both sides derive."""

    exchange: Exchange
    usage: Literal["key_agreement"] = "key_agreement"

    @property
    def keys(self) -> KeyKind:
        """Kind of the recipient's keys."""
        return self.exchange.keys

    def write(self, content_key: bytes, recipient: Certificate, draw: Draw, reference: str) -> str:
        """Content of an EncryptedKey; TypeError or ValueError if the recipient's key does not fit."""
        salt = draw.octets("hkdf salt", _SALT_SIZE)
        shared, originator = self.exchange.begin(recipient.public_key, draw)
        wrapped = aes_key_wrap(_derive(shared, salt, b""), content_key)
        return (
            f'<xenc:EncryptionMethod Algorithm="{KW_AES128}"></xenc:EncryptionMethod>'
            f'<ds:KeyInfo xmlns:ds="{DS}"><xenc:AgreementMethod Algorithm="{self.exchange.uri}">'
            f"{_write_derivation(salt)}"
            f"<xenc:OriginatorKeyInfo>{originator}</xenc:OriginatorKeyInfo>"
            f"<xenc:RecipientKeyInfo>{reference}</xenc:RecipientKeyInfo>"
            "</xenc:AgreementMethod></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>"
            f"{encode(wrapped)}</xenc:CipherValue></xenc:CipherData>"
        )

    def read(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
        accept: Collection[str] = (),  # noqa: ARG002 - there are no variants
    ) -> bytes:
        """Content key of an EncryptedKey.

        Raises:
            EbmsError: PolicyNoncompliance for another algorithm; FailedDecryption for all else.
        """
        try:
            return self._unwrap(encrypted_key, ids, identities)
        except (ValueError, TypeError, InvalidUnwrap, UnsupportedAlgorithm) as error:
            raise EbmsError(
                ErrorCode.FAILED_DECRYPTION, detail=f"EncryptedKey: {error!r}"
            ) from error

    def _unwrap(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
    ) -> bytes:
        cipher, cipher_data = each_once(encrypted_key, XENC, "EncryptionMethod", "CipherData")
        require_algorithm(cipher, KW_AES128)
        method = one(one(encrypted_key, DS, "KeyInfo"), XENC, "AgreementMethod")
        require_algorithm(method, self.exchange.uri)
        salt, info = _read_derivation(one(method, XENC11, "KeyDerivationMethod"))
        recipient, originator = each_once(method, XENC, "RecipientKeyInfo", "OriginatorKeyInfo")
        own = identity_meant(_recipient_reference(recipient), ids, identities).private_key
        shared = self.exchange.end(own, originator)
        wrapped = one(cipher_data, XENC, "CipherValue")
        return aes_key_unwrap(_derive(shared, salt, info), octets_of(wrapped))


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


def _recipient_reference(recipient: etree._Element) -> etree._Element:
    """The reference to the certificate that the message is encrypted to.

    ENTSOG's sample puts the reference into a ds:KeyValue; both shapes are taken.
    """
    inside = children(recipient)
    if len(inside) == 1 and inside[0].tag == f"{{{DS}}}KeyValue":
        recipient = inside[0]
    return one(recipient, WSSE, "SecurityTokenReference")


def _read_derivation(method: etree._Element) -> tuple[bytes | None, bytes]:
    """Salt and info of HKDF with HMAC-SHA-256 and a key of 16 octets."""
    require_algorithm(method, HKDF_URI)
    parameters = one(method, RFC9231, "HKDFParams")
    prf, length, salt, info = at_most_once(parameters, RFC9231, "PRF", "KeyLength", "Salt", "Info")
    for element in (prf, *at_most_once(parameters, XENC11, "PRF")):
        if element is not None:
            require_algorithm(element, HMAC_SHA256)
    if length is not None and text_of(length) not in _KEY_LENGTHS:
        raise XmlError(f"key length {text_of(length)!r}")
    return None if salt is None else octets_of(salt), b"" if info is None else octets_of(info)
