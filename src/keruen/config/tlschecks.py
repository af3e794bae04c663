"""What is wrong with what people state about transport security: tables, certificates, names, strength."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from keruen.as4 import Certificate
from keruen.as4.revocation import parsed_of
from keruen.config.tls import CIPHERS, CLIENTS, SYSTEM, VERSIONS, is_address
from keruen.tomlfile import Found

RSA_LEAST, RSA_GOOD, EC_LEAST = 2048, 3000, 250
"""Bits of a key: fewer are refused; fewer than good are warned of (eDelivery AS4 2.0: 3 000 and 250)."""

_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def server_mistakes(raw: Mapping[str, Any]) -> Iterator[Found]:
    """What is well-formed in ``[as4.tls]`` and cannot be meant."""
    yield from _version(raw)
    if raw.get("client_certificates", "none") not in CLIENTS:
        yield ("client_certificates",), f"must be one of {', '.join(CLIENTS)}"
    if wrong := _ciphers_mistake(str(raw.get("ciphers", CIPHERS))):
        yield ("ciphers",), wrong
    yield from _crl(raw, "trust", anchored=bool(raw.get("trust")))


def partner_mistakes(raw: Mapping[str, Any], endpoint: object) -> Iterator[Found]:
    """What is well-formed in the tables ``[tls]`` and ``[trust]`` of a card and cannot be meant.

    Args:
        raw: the card.
        endpoint: where the partner listens.
    """
    tls, trust = (_table(raw, name) for name in ("tls", "trust"))
    for path, reason in _tls_mistakes(tls):
        yield ("tls", *path), reason
    for path, reason in _trust_mistakes(trust):
        yield ("trust", *path), reason
    if str(endpoint).startswith("https:") and not tls.get("trust"):
        yield (
            ("endpoint",),
            "https needs [tls] with trust: the certificate of that server or its authority",
        )


def _tls_mistakes(tls: Mapping[str, Any]) -> Iterator[Found]:
    yield from _version(tls)
    yield from _pems(tls, "trust")
    yield from _pems(tls, "clients")
    if (tls.get("certificate") is None) != (tls.get("key") is None):
        yield (
            ("key" if tls.get("key") is None else "certificate",),
            "a certificate and its key go together",
        )
    anchored = bool(tls.get("trust") or tls.get("clients"))
    yield from _crl(tls, "trust or clients", anchored=anchored)


def _trust_mistakes(trust: Mapping[str, Any]) -> Iterator[Found]:
    yield from _pems(trust, "authorities")
    yield from _crl(trust, "authorities", anchored=bool(trust.get("authorities")))


def _table(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _version(raw: Mapping[str, Any]) -> Iterator[Found]:
    if raw.get("min_version", "1.2") not in VERSIONS:
        yield (
            ("min_version",),
            f"must be one of {', '.join(VERSIONS)}, in quotes; none older is spoken",
        )


def _ciphers_mistake(ciphers: str) -> str | None:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).set_ciphers(ciphers)
    except ssl.SSLError:
        return f"names no cipher suite; for example {CIPHERS}"
    return None


def _pems(raw: Mapping[str, Any], key: str) -> Iterator[Found]:
    pems = raw.get(key)
    for index, pem in enumerate(pems if isinstance(pems, list) else ()):
        if not isinstance(pem, str) or (pem == SYSTEM and key == "trust"):
            continue
        if wrong := pem_mistake(pem):
            yield (key, index), wrong


def _crl(raw: Mapping[str, Any], needed: str, *, anchored: bool) -> Iterator[Found]:
    sources = raw.get("crl")
    if sources and not anchored:
        yield ("crl",), f"a revocation list is believed only for an authority: name it in {needed}"
    for index, source in enumerate(sources if isinstance(sources, list) else ()):
        if isinstance(source, str) and (wrong := source_mistake(source)):
            yield ("crl", index), wrong


def source_mistake(source: str) -> str | None:
    """What is wrong with the place of a revocation list, if anything."""
    if not is_address(source):
        fits = _FILE.fullmatch(source) is not None
        return None if fits else "must be the name of a file in crls/, or an http address"
    try:
        address = urlsplit(source)
        fits = bool(address.hostname) and address.port != 0 and "@" not in address.netloc
    except ValueError:
        fits = False
    return None if fits and source.isascii() and source.isprintable() else "must be an http address"


def pem_mistake(pem: str) -> str | None:
    """What is wrong with a certificate (PEM) that TLS is to trust, if anything."""
    if pem.count("-----BEGIN CERTIFICATE-----") != 1:
        return "must be one certificate in PEM (-----BEGIN CERTIFICATE----- …)"
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        if certificate.version is not x509.Version.v3:
            return "is a certificate of version 1, which says too little of its use"
        return key_mistake(Certificate.of(certificate))
    except (ValueError, UnsupportedAlgorithm) as error:
        return f"is not a certificate in PEM: {error}"


def key_mistake(certificate: Certificate) -> str | None:
    """Why the key of a certificate is too weak to be used, if so."""
    key = certificate.public_key
    if isinstance(key, RSAPublicKey) and key.key_size < RSA_LEAST:
        return f"{certificate.subject} has an RSA key of {key.key_size} bits; {RSA_LEAST} are the least"
    if isinstance(key, EllipticCurvePublicKey) and key.key_size < EC_LEAST:
        return (
            f"{certificate.subject} has an EC key of {key.key_size} bits; {EC_LEAST} are the least"
        )
    return None


def key_warning(certificate: Certificate) -> str | None:
    """Why the key of a certificate should be replaced by a longer one, if so."""
    key = certificate.public_key
    if isinstance(key, RSAPublicKey) and key.key_size < RSA_GOOD:
        return (
            f"{certificate.subject} has an RSA key of {key.key_size} bits; eDelivery AS4 2.0 asks for more "
            f"than {RSA_GOOD}"
        )
    return None


def names_host(certificate: Certificate, host: str) -> bool:
    """Whether a server certificate is for a host name or address (RFC 9525, 6)."""
    try:
        names = parsed_of(certificate).extensions.get_extension_for_class(
            x509.SubjectAlternativeName
        )
    except x509.ExtensionNotFound:
        return False
    try:
        return ip_address(host) in names.value.get_values_for_type(x509.IPAddress)
    except ValueError:
        patterns = names.value.get_values_for_type(x509.DNSName)
        return any(_fits(pattern.lower(), host.lower()) for pattern in patterns)


def _fits(pattern: str, host: str) -> bool:
    """A wildcard stands for the whole first label only."""
    if pattern.startswith("*."):
        return "." in host and host.partition(".")[2] == pattern[2:]
    return pattern == host
