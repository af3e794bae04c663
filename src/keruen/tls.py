"""Transport security as people state it, in ``node.toml`` and on a partner's card, and what is wrong with it.

A node trusts nobody but whom its files name: the authorities of the machine count only where a card says so.
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_address
from typing import Annotated, Any, TypeVar
from urllib.parse import urlsplit

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from msgspec import Meta

from keruen.as4 import Certificate
from keruen.as4.revocation import parsed_of
from keruen.tomlfile import Found, quoted

VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
"""Versions of TLS that there are here: eDelivery AS4 2.0 wants 1.2, recommends 1.3 and allows none older."""
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Suites of TLS 1.2, in OpenSSL's words: forward secrecy and authenticated encryption only."""
CLIENTS = ("none", "optional", "required")
"""What a server may ask of its clients: no certificate, one if there is any, or one."""
SYSTEM = "system"
"""Stands for the authorities that this machine trusts."""
RSA_LEAST, RSA_GOOD, EC_LEAST = 2048, 3000, 250
"""Bits of a key: fewer are refused; fewer than good are warned of (eDelivery AS4 2.0: 3 000 and 250)."""

_MANY = 16
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
Pems = Annotated[tuple[str, ...], Meta(max_length=_MANY)]
Sources = Annotated[tuple[Annotated[str, Meta(max_length=2000)], ...], Meta(max_length=_MANY)]
Hours = Annotated[float, Meta(gt=0, le=8_784)]


class ServerTls(msgspec.Struct, frozen=True, kw_only=True):
    """How the AS4 listener speaks TLS.

    Attributes:
        certificate: file (PEM) with the server's certificate and those between it and its authority; paths are
            relative to the node directory.
        key: file (PEM) with its private key, readable by the node alone.
        min_version: the oldest version that is spoken, ``1.2`` or ``1.3``.
        client_certificates: what partners must show: ``none``, ``optional`` (looked at where there is
            one) or ``required``.
        trust: files (PEM) with authorities that issue partners' client certificates, besides those on cards.
        crl: revocation lists of these authorities: files in ``crls/``, or http addresses to fetch them from.
        crl_max_age_hours: how old such a list may be; left out: until its own date of the next one.
        ciphers: suites of TLS 1.2 as OpenSSL writes them; those of 1.3 are all good.
    """

    certificate: str
    key: str
    min_version: str = "1.2"
    client_certificates: str = "none"
    trust: tuple[str, ...] = ()
    crl: Sources = ()
    crl_max_age_hours: Hours | None = None
    ciphers: str = CIPHERS


class PartnerTls(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a partner and this node speak TLS with each other.

    Attributes:
        trust: certificates (PEM) of the partner's server, or of authorities that issue them; ``system``
            stands for the authorities that this machine trusts.
        clients: certificates (PEM), own or of authorities, of which the partner's connections must show one;
            none: they need not.
        crl: revocation lists of these authorities: files in ``crls/``, or http addresses to fetch them from.
        crl_max_age_hours: how old such a list may be; left out: until its own date of the next one.
        min_version: the oldest version that is spoken with the partner, ``1.2`` or ``1.3``.
        certificate: file of this node (PEM) with the certificate that it shows the partner; never from outside.
        key: file of this node with the key of that certificate; never from outside.
    """

    trust: Pems = ()
    clients: Pems = ()
    crl: Sources = ()
    crl_max_age_hours: Hours | None = None
    min_version: str = "1.2"
    certificate: str | None = None
    key: str | None = None

    @property
    def system(self) -> bool:
        """Whether the authorities of this machine are trusted."""
        return SYSTEM in self.trust

    @property
    def anchors(self) -> tuple[Certificate, ...]:
        """The certificates that `trust` names."""
        return parsed(pem for pem in self.trust if pem != SYSTEM)


class PartnerTrust(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What must hold of a partner's pinned certificates beyond being pinned.

    Attributes:
        authorities: certificates (PEM) of whoever issues them, and of whoever issued those; none: being
            pinned is enough.
        crl: revocation lists of the authorities: files in ``crls/``, or http addresses to fetch them from.
            Where there is one, a certificate counts only while a current list of its issuer is known.
        crl_max_age_hours: how old such a list may be; left out: until its own date of the next one.
    """

    authorities: Pems = ()
    crl: Sources = ()
    crl_max_age_hours: Hours | None = None


T = TypeVar("T", PartnerTls, PartnerTrust)


def merged(new: T, before: T) -> T:
    """What the new table says, and what only the one before said."""
    return msgspec.convert({**msgspec.to_builtins(before), **msgspec.to_builtins(new)}, type(new))


def parsed(pems: Any) -> tuple[Certificate, ...]:
    """Certificates of PEM texts."""
    return tuple(Certificate.from_pem(pem.encode()) for pem in pems)


def max_age(hours: float | None) -> timedelta | None:
    """As the lists take it."""
    return None if hours is None else timedelta(hours=hours)


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


def card_tables(tls: PartnerTls, trust: PartnerTrust) -> str:
    """Both tables as TOML, each only if it says something."""
    parts = []
    for name, table in (("tls", tls), ("trust", trust)):
        if lines := [
            f"{key} = {_value(value)}" for key, value in msgspec.to_builtins(table).items()
        ]:
            parts.append("\n".join(("", f"[{name}]", *lines, "")))
    return "".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(one) for one in value)}]"
    if isinstance(value, float):
        return repr(value)
    if "-----BEGIN CERTIFICATE-----" in value:
        return f'"""\n{Certificate.from_pem(value.encode()).pem.decode()}"""'
    return quoted(value)


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


def is_address(source: str) -> bool:
    """Whether a revocation list is fetched, and not put there by somebody."""
    return source.startswith(("http://", "https://"))


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
