"""Authorities of any make for tests: certificates, chains and revocation lists."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from keruen.as4 import Certificate

SERIALS = count(1000)
DAY = timedelta(days=1)


def usage(**on: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: on.get(name, False) for name in names})


CA_USAGE = usage(key_cert_sign=True, crl_sign=True)


@dataclass(frozen=True)
class Issued:
    """A certificate with its key and those above it."""

    key: Any
    parsed: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @property
    def certificate(self) -> Certificate:
        return Certificate.of(self.parsed)

    @property
    def pem(self) -> str:
        return self.parsed.public_bytes(Encoding.PEM).decode()

    @property
    def chain(self) -> str:
        return self.pem + "".join(c.public_bytes(Encoding.PEM).decode() for c in self.above)

    @property
    def key_pem(self) -> str:
        form = PrivateFormat.PKCS8
        return self.key.private_bytes(Encoding.PEM, form, NoEncryption()).decode()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Ca(Issued):
    """Somebody who issues, valid from a year before `now` for three years unless said otherwise."""

    now: datetime = datetime(1, 1, 1, tzinfo=UTC)

    @classmethod
    def root(cls, name: str, now: datetime, *, key: Any = None, **options: Any) -> Ca:
        key = key or ec.generate_private_key(ec.SECP256R1())
        parsed = _certificate(name, name, key.public_key(), key, now, ca=True, **options)
        return cls(key, parsed, (), now)

    def sub(self, name: str, **options: Any) -> Ca:
        one = self.issue(name, ca=True, **options)
        return Ca(one.key, one.parsed, one.above, self.now)

    def issue(
        self, name: str, *, key: Any = None, public_key: Any = None, **options: Any
    ) -> Issued:
        key = key or (None if public_key else ec.generate_private_key(ec.SECP256R1()))
        public = public_key or key.public_key()
        above = self.parsed.subject
        parsed = _certificate(name, above, public, self.key, self.now, **options)
        return Issued(key, parsed, (self.parsed, *self.above))

    def server(self, *hosts: str, **options: Any) -> Issued:
        names = [_host(host) for host in hosts]
        return self.issue(hosts[0], names=names, **options)

    def revocation_list(
        self,
        *revoked: Certificate,
        made: timedelta = -DAY,
        due: timedelta = 7 * DAY,
        extensions: Sequence[tuple[x509.ExtensionType, bool]] = (),
        key: Any = None,
        name: str | None = None,
    ) -> x509.CertificateRevocationList:
        """Made and due in days from now."""
        issuer = _name(name) if name else self.parsed.subject
        builder = (
            x509.CertificateRevocationListBuilder().issuer_name(issuer).last_update(self.now + made)
        )
        builder = builder.next_update(self.now + due)
        for one in revoked:
            entry = x509.RevokedCertificateBuilder(one.serial, self.now + made)
            entry = entry.add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), False)
            builder = builder.add_revoked_certificate(entry.build())
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(key or self.key, _hash(key or self.key))

    def crl(self, *revoked: Certificate, **options: Any) -> bytes:
        return self.revocation_list(*revoked, **options).public_bytes(Encoding.DER)


def _certificate(
    name: str,
    issuer: str | x509.Name,
    public_key: Any,
    signer: Any,
    now: datetime,
    *,
    ca: bool = False,
    path_length: int | None = None,
    key_usage: x509.KeyUsage | None = None,
    begin: timedelta = -365 * DAY,
    end: timedelta = 730 * DAY,
    names: Sequence[x509.GeneralName] = (),
    more: Callable[[Any], Any] = lambda builder: builder,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder(_name(issuer) if isinstance(issuer, str) else issuer)
        .subject_name(_name(name))
        .public_key(public_key)
        .serial_number(next(SERIALS))
        .not_valid_before(now + begin)
        .not_valid_after(now + end)
        .add_extension(x509.BasicConstraints(ca, path_length), critical=True)
        .add_extension(key_usage or (CA_USAGE if ca else usage(digital_signature=True)), True)
    )
    if names:
        both = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        builder = builder.add_extension(x509.SubjectAlternativeName(names), False)
        builder = builder.add_extension(x509.ExtendedKeyUsage(both), False)
    return more(builder).sign(signer, _hash(signer))  # type: ignore[no-any-return]


def _hash(key: Any) -> Any:
    return None if isinstance(key, Ed25519PrivateKey) else SHA256()


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
