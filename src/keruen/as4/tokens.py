"""Security tokens: how a message says which certificate it means (WSS X.509 Token Profile 1.1.1).

A reference never brings a key along: it only chooses among certificates that are pinned, or, for
decryption, among this node's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cryptography import x509
from lxml import etree

from keruen.as4.certificates import Certificate
from keruen.as4.namespaces import (
    BASE64_BINARY,
    DS,
    THUMBPRINT_SHA1,
    WSSE,
    WSU,
    X509_SKI,
    X509_V3,
)
from keruen.as4.xml import XmlError, children, encode, named, octets_of, text_of

# RFC 2253 writers put a space between the parts of a name; one after an escaped comma is content.
_SPACE_AFTER_COMMA = re.compile(r"(?<!\\),\s+")
_REFERENCE = f"{{{WSSE}}}Reference"
_KEY_IDENTIFIER = f"{{{WSSE}}}KeyIdentifier"
_BINARY_TOKEN = f"{{{WSSE}}}BinarySecurityToken"
_X509_DATA = f"{{{DS}}}X509Data"


def write_binary_token(certificate: Certificate, token_id: str) -> str:
    """wsse:BinarySecurityToken with the certificate."""
    return (
        f'<wsse:BinarySecurityToken EncodingType="{BASE64_BINARY}" ValueType="{X509_V3}"'
        f' wsu:Id="{token_id}">{encode(certificate.der)}</wsse:BinarySecurityToken>'
    )


def write_token_reference(token_id: str) -> str:
    """Reference to a BinarySecurityToken of the same header."""
    return (
        f'<wsse:SecurityTokenReference><wsse:Reference URI="#{token_id}" ValueType="{X509_V3}">'
        "</wsse:Reference></wsse:SecurityTokenReference>"
    )


def write_ski_reference(certificate: Certificate) -> str:
    """Reference by subject key identifier."""
    return (
        f'<wsse:SecurityTokenReference xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}"><wsse:KeyIdentifier'
        f' EncodingType="{BASE64_BINARY}" ValueType="{X509_SKI}">'
        f"{encode(certificate.subject_key_identifier)}"
        "</wsse:KeyIdentifier></wsse:SecurityTokenReference>"
    )


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
