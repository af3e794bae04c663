"""Transport security as people state it, in ``node.toml`` and on a partner's card.

A node trusts nobody but whom its files name: the authorities of the machine count only where a card says so.
"""

from __future__ import annotations

import ssl
from datetime import timedelta
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from keruen.as4 import Certificate
from keruen.tomlfile import quoted

VERSIONS = {"1.2": ssl.TLSVersion.TLSv1_2, "1.3": ssl.TLSVersion.TLSv1_3}
"""Versions of TLS that there are here: eDelivery AS4 2.0 wants 1.2, recommends 1.3 and allows none older."""
CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Suites of TLS 1.2, in OpenSSL's words: forward secrecy and authenticated encryption only."""
CLIENTS = ("none", "optional", "required")
"""What a server may ask of its clients: no certificate, one if there is any, or one."""
SYSTEM = "system"
"""Stands for the authorities that this machine trusts."""

_MANY = 16
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


def is_address(source: str) -> bool:
    """Whether a revocation list is fetched, and not put there by somebody."""
    return source.startswith(("http://", "https://"))
