"""Key transport by RSA-OAEP (eDelivery AS4 1.15; XML Encryption 1.1, 5.5.2).

    EncryptedKey
      EncryptionMethod rsa-oaep: DigestMethod sha256, MGF mgf1sha256
      KeyInfo / SecurityTokenReference: the recipient's certificate
      CipherData: the encrypted content key

Peers with other defaults write other digests. Each such variant is taken only from a partner for
whom it is switched on by name. Whatever fails while decrypting is answered alike.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA1 as SHA1_HASH
from cryptography.hazmat.primitives.hashes import SHA256 as SHA256_HASH
from cryptography.hazmat.primitives.hashes import HashAlgorithm
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import at_most_once, named, octets_of, one
from keruen.as4.entropy import Draw
from keruen.as4.errors import EbmsError, ErrorCode, refuse
from keruen.as4.key_kinds import RSA_KEYS, KeyKind
from keruen.as4.namespaces import (
    DS,
    MGF1_SHA1,
    MGF1_SHA256,
    RSA_OAEP,
    RSA_OAEP_MGF1P,
    SHA1,
    SHA256,
    WSSE,
    XENC,
    XENC11,
)
from keruen.as4.pmode import DecryptionIdentity
from keruen.as4.tokens import identity_meant
from keruen.as4.xml import XmlError, encode

Method = tuple[str, str, str]
"""Algorithm of EncryptionMethod, of its digest and of its mask generation function."""

AGREED: Method = (RSA_OAEP, SHA256, MGF1_SHA256)
VARIANTS: dict[Method, str] = {
    (RSA_OAEP_MGF1P, SHA256, MGF1_SHA1): "rsa-oaep-mgf1p-sha256",
    (RSA_OAEP_MGF1P, SHA1, MGF1_SHA1): "rsa-oaep-mgf1p-sha1",
    (RSA_OAEP, SHA256, MGF1_SHA1): "rsa-oaep-sha256-mgf1sha1",
    (RSA_OAEP, SHA1, MGF1_SHA1): "rsa-oaep-sha1-mgf1sha1",
}
"""What is not agreed but written by some → the switch under which it is taken."""
_HASHES: dict[str, HashAlgorithm] = {
    SHA1: SHA1_HASH(),  # noqa: S303 - a mask and a label digest, where SHA-1 is not broken
    SHA256: SHA256_HASH(),
    MGF1_SHA1: SHA1_HASH(),  # noqa: S303 - as above
    MGF1_SHA256: SHA256_HASH(),
}


@dataclass(frozen=True, slots=True)
class RsaOaep:
    """A content key encrypted to the recipient's RSA key."""

    keys: KeyKind = RSA_KEYS
    usage: Literal["key_encipherment"] = "key_encipherment"

    def write(
        self,
        content_key: bytes,
        recipient: Certificate,
        draw: Draw,  # noqa: ARG002 - OAEP draws its seed in the library
        reference: str,
    ) -> str:
        """Content of an EncryptedKey; TypeError if the recipient's key is not RSA."""
        if not isinstance(recipient.public_key, RSAPublicKey):
            raise TypeError("the recipient's key is not RSA")
        algorithm, digest, mask = AGREED
        encrypted = recipient.public_key.encrypt(content_key, _padding(AGREED))
        return (
            f'<xenc:EncryptionMethod Algorithm="{algorithm}">'
            f'<ds:DigestMethod xmlns:ds="{DS}" Algorithm="{digest}"></ds:DigestMethod>'
            f'<xenc11:MGF xmlns:xenc11="{XENC11}" Algorithm="{mask}"></xenc11:MGF>'
            f'</xenc:EncryptionMethod><ds:KeyInfo xmlns:ds="{DS}">{reference}</ds:KeyInfo>'
            f"<xenc:CipherData><xenc:CipherValue>{encode(encrypted)}</xenc:CipherValue>"
            "</xenc:CipherData>"
        )

    def read(
        self,
        encrypted_key: etree._Element,
        ids: dict[str, etree._Element],
        identities: Sequence[DecryptionIdentity],
        accept: Collection[str] = (),
    ) -> bytes:
        """Content key of an EncryptedKey.

        Raises:
            EbmsError: PolicyNoncompliance for an algorithm that is neither agreed nor switched on
                in `accept`; FailedDecryption for all else.
        """
        try:
            method = _method(one(encrypted_key, XENC, "EncryptionMethod"))
            if method != AGREED and VARIANTS.get(method) not in accept:
                refuse(ErrorCode.POLICY_NONCOMPLIANCE, _not_agreed(method))
            return _decrypt(encrypted_key, ids, identities, method)
        except (ValueError, TypeError) as error:
            raise EbmsError(
                ErrorCode.FAILED_DECRYPTION, detail=f"EncryptedKey: {error!r}"
            ) from error


RSA_OAEP_TRANSPORT = RsaOaep()


def _method(element: etree._Element) -> Method:
    """What EncryptionMethod says; what it leaves out is SHA-1 (XML Encryption 1.1, 5.5.2)."""
    if any(octets_of(label) for label in named(element, XENC, "OAEPparams")):
        raise XmlError("RSA-OAEP with a label")
    (digest,), (mask,) = (
        at_most_once(element, DS, "DigestMethod"),
        at_most_once(element, XENC11, "MGF"),
    )
    return (
        element.get("Algorithm") or "",
        SHA1 if digest is None else digest.get("Algorithm") or "",
        MGF1_SHA1 if mask is None else mask.get("Algorithm") or "",
    )


def _not_agreed(method: Method) -> str:
    switch = VARIANTS.get(method)
    hint = f"; accepted where the partner's card says so: accept {switch!r}" if switch else ""
    return f"key transport {method!r} where {AGREED!r} is agreed{hint}"


def _decrypt(
    encrypted_key: etree._Element,
    ids: dict[str, etree._Element],
    identities: Sequence[DecryptionIdentity],
    method: Method,
) -> bytes:
    reference = one(one(encrypted_key, DS, "KeyInfo"), WSSE, "SecurityTokenReference")
    own = identity_meant(reference, ids, identities).private_key
    if not isinstance(own, RSAPrivateKey):
        raise TypeError("the own key is not RSA")
    encrypted = one(one(encrypted_key, XENC, "CipherData"), XENC, "CipherValue")
    return own.decrypt(octets_of(encrypted), _padding(method))


@lru_cache(maxsize=16)
def _padding(method: Method) -> OAEP:
    _, digest, mask = method
    return OAEP(mgf=MGF1(_HASHES[mask]), algorithm=_HASHES[digest], label=None)
