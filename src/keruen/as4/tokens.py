"""Security tokens: how a message says which certificate it means (WSS X.509 Token Profile 1.1.1).

    bst             the certificate, in a BinarySecurityToken of the same header
    pkipath         the same with the issuers' certificates before it
    issuer-serial   name of the issuer and serial number
    ski             subject key identifier

A reference never brings a key along: it only chooses among certificates that are pinned, or, for
decryption, among this node's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from cryptography import x509
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.elements import children, named, octets_of, text_of
from keruen.as4.namespaces import (
    BASE64_BINARY,
    DS,
    THUMBPRINT_SHA1,
    WSSE,
    WSSE11,
    X509_PKI_PATH,
    X509_SKI,
    X509_V3,
)
from keruen.as4.pmode import DecryptionIdentity, TokenReference
from keruen.as4.xml import XmlError, encode, escape

# RFC 2253 writers put a space between the parts of a name; one after an escaped comma is content.
_SPACE_AFTER_COMMA = re.compile(r"(?<!\\),\s+")
_REFERENCE = f"{{{WSSE}}}Reference"
_KEY_IDENTIFIER = f"{{{WSSE}}}KeyIdentifier"
_BINARY_TOKEN = f"{{{WSSE}}}BinarySecurityToken"
_X509_DATA = f"{{{DS}}}X509Data"
_KEPT = 256
"""Tokens that are kept as written: the same in every message with that certificate."""
# Tag and long form of a length in DER (X.690, 8.1.3.5).
_SEQUENCE = 0x30
_LONG_FORM = 0x80


@lru_cache(maxsize=_KEPT)
def write_token(
    certificate: Certificate,
    reference: TokenReference,
    token_id: str,
    chain: tuple[Certificate, ...] = (),
) -> tuple[str, str]:
    """What wsse:Security needs so that a certificate can be referred to, and the reference.

    Args:
        certificate: the certificate meant.
        reference: how to refer to it.
        token_id: id of the BinarySecurityToken, if there is one.
        chain: issuers of the certificate, the nearest first; for a path.

    Returns:
        The BinarySecurityToken, or nothing; the SecurityTokenReference.
    """
    if reference is TokenReference.BST:
        return _binary(certificate.der, X509_V3, token_id)
    if reference is TokenReference.PKIPATH:
        return _binary(_pki_path(certificate, chain), X509_PKI_PATH, token_id)
    content = _ski(certificate) if reference is TokenReference.SKI else _issuer_serial(certificate)
    return "", f"<wsse:SecurityTokenReference>{content}</wsse:SecurityTokenReference>"


def _binary(octets: bytes, value_type: str, token_id: str) -> tuple[str, str]:
    """Token and reference. Of a path the reference tells the type, too (X.509 profile, 3.2.1)."""
    typed = ""
    if value_type == X509_PKI_PATH:
        typed = f' xmlns:wsse11="{WSSE11}" wsse11:TokenType="{value_type}"'
    token = (
        f'<wsse:BinarySecurityToken EncodingType="{BASE64_BINARY}" ValueType="{value_type}"'
        f' wsu:Id="{token_id}">{encode(octets)}</wsse:BinarySecurityToken>'
    )
    reference = (
        f"<wsse:SecurityTokenReference{typed}>"
        f'<wsse:Reference URI="#{token_id}" ValueType="{value_type}"></wsse:Reference>'
        "</wsse:SecurityTokenReference>"
    )
    return token, reference


def _pki_path(certificate: Certificate, chain: Sequence[Certificate]) -> bytes:
    """PkiPath: a DER sequence of certificates, the one meant last (RFC 6066, 10.1)."""
    content = b"".join(c.der for c in reversed((certificate, *chain)))
    # A certificate is never so short that the length of the whole would fit into one octet.
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes((_SEQUENCE, _LONG_FORM | len(length))) + length + content


def _ski(certificate: Certificate) -> str:
    return (
        f'<wsse:KeyIdentifier EncodingType="{BASE64_BINARY}" ValueType="{X509_SKI}">'
        f"{encode(certificate.subject_key_identifier)}</wsse:KeyIdentifier>"
    )


def _issuer_serial(certificate: Certificate) -> str:
    """The name by RFC 4514, as XML Signature 1.1, 4.5.4.1 wants it."""
    return (
        f'<ds:X509Data xmlns:ds="{DS}"><ds:X509IssuerSerial>'
        f"<ds:X509IssuerName>{escape(certificate.issuer.rfc4514_string())}</ds:X509IssuerName>"
        f"<ds:X509SerialNumber>{certificate.serial}</ds:X509SerialNumber>"
        "</ds:X509IssuerSerial></ds:X509Data>"
    )


def identity_meant(
    reference: etree._Element,
    ids: dict[str, etree._Element],
    identities: Sequence[DecryptionIdentity],
) -> DecryptionIdentity:
    """This node's identity that a message is encrypted to.

    Raises:
        XmlError: the reference is malformed, or means a certificate that is not this node's.
    """
    meant = certificate_meant(reference, ids, [i.certificate for i in identities])
    if meant is None:
        raise XmlError("encrypted to a certificate that is not this node's")
    return next(i for i in identities if i.certificate == meant)


def certificate_meant(
    reference: etree._Element,
    ids: dict[str, etree._Element],
    candidates: Iterable[Certificate],
) -> Certificate | None:
    """The candidate that a wsse:SecurityTokenReference points at, or None.

    Understood: Reference to a BinarySecurityToken (X509v3, or PKIPath, whose last certificate
    counts), KeyIdentifier (subject key identifier, SHA-1 thumbprint), X509IssuerSerial.

    Raises:
        XmlError: the reference is malformed.
    """
    means = children(reference)
    if len(means) != 1:
        raise XmlError(f"SecurityTokenReference with {len(means)} children")
    (mean,) = means
    if mean.tag == _REFERENCE:
        token = _binary_token(mean, ids)
        return next((c for c in candidates if token.endswith(c.der)), None)
    if mean.tag == _KEY_IDENTIFIER:
        return _by_identifier(mean, candidates)
    if mean.tag == _X509_DATA:
        return _by_issuer_serial(mean, candidates)
    raise XmlError(f"SecurityTokenReference with {mean.tag!r}")


def _binary_token(reference: etree._Element, ids: dict[str, etree._Element]) -> bytes:
    uri = reference.get("URI", "")
    token = ids.get(uri.removeprefix("#")) if uri.startswith("#") else None
    if token is None or token.tag != _BINARY_TOKEN:
        raise XmlError(f"reference {uri!r} leads to no BinarySecurityToken")
    return octets_of(token)


def _by_identifier(
    identifier: etree._Element, candidates: Iterable[Certificate]
) -> Certificate | None:
    octets = octets_of(identifier)
    kind = identifier.get("ValueType")
    if kind == X509_SKI:
        return next((c for c in candidates if c.subject_key_identifier == octets), None)
    if kind == THUMBPRINT_SHA1:
        return next((c for c in candidates if c.thumbprint_sha1 == octets), None)
    raise XmlError(f"key identifier of type {kind!r}")


def _by_issuer_serial(
    data: etree._Element, candidates: Iterable[Certificate]
) -> Certificate | None:
    numbers = named(data, DS, "X509IssuerSerial", "X509SerialNumber")
    issuers = named(data, DS, "X509IssuerSerial", "X509IssuerName")
    if len(numbers) != 1 or len(issuers) != 1:
        raise XmlError("X509Data without exactly one X509IssuerSerial")
    serial, issuer = text_of(numbers[0]), _attributes_of(text_of(issuers[0]))
    return next(
        (c for c in candidates if str(c.serial) == serial and _same_name(c.issuer, issuer)), None
    )


def _attributes_of(name: str) -> list[tuple[str, str]]:
    try:
        return _sorted_attributes(x509.Name.from_rfc4514_string(_SPACE_AFTER_COMMA.sub(",", name)))
    except ValueError as error:
        raise XmlError(f"issuer name {name[:120]!r}: {error}") from error


def _same_name(name: x509.Name, attributes: list[tuple[str, str]]) -> bool:
    """Writers differ in the order of name parts, so they are compared as a bag."""
    return _sorted_attributes(name) == attributes


def _sorted_attributes(name: x509.Name) -> list[tuple[str, str]]:
    return sorted((a.oid.dotted_string, str(a.value).strip().lower()) for a in name)
