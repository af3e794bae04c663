"""Makes a TLS certificate for a node that has none from elsewhere: a small authority and what it issues.

EC keys on P-256, which every peer's TLS understands. A partner pins the authority by the node's card, so that
the certificate can be renewed without a new card.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from keruen.config.newfile import new_file
from keruen.errors import UsageError

AUTHORITY, SERVER = "tls-authority", "tls"
"""Names of the two pairs of files in ``keys/``."""
AUTHORITY_DAYS, SERVER_DAYS = 3650, 397
_EARLY = timedelta(days=1)


def make_tls_keys(folder: Path, country: str, host: str, now: datetime) -> None:
    """Make a key and a certificate for `host`, and an authority first, where there is none.

    Args:
        folder: ``keys/`` of a node.
        country: names the certificates.
        host: name or address that partners connect to.
        now: the machine's time; validity begins a day before, for clocks that differ.

    Raises:
        UsageError: ``host-unusable``.
    """
    name = host_named(host)
    begin = now.replace(microsecond=0) - _EARLY
    if not (folder / f"{AUTHORITY}.key.pem").exists():
        _make_authority(folder, country, begin)
    authority_key, authority = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    builder = (
        _builder(f"Keruen {country} TLS", authority.subject, key, begin, SERVER_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        .add_extension(x509.SubjectAlternativeName([name]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
    )
    _write(folder, SERVER, key, builder.sign(authority_key, SHA256()))


def _make_authority(folder: Path, country: str, begin: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = f"Keruen {country} TLS authority"
    builder = (
        _builder(name, _name(name), key, begin, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    )
    _write(folder, AUTHORITY, key, builder.sign(key, SHA256()))


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = load_pem_private_key((folder / f"{AUTHORITY}.key.pem").read_bytes(), None)
    octets = (folder / f"{AUTHORITY}.cert.pem").read_bytes()
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        path = str(folder / f"{AUTHORITY}.key.pem")
        raise UsageError("keys-invalid", "must be an EC key, as `init` makes it", path=path)
    return key, x509.load_pem_x509_certificate(octets)


def _builder(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, begin: datetime, days: int
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def host_named(host: str) -> x509.GeneralName:
    """A host as certificates name it.

    Raises:
        UsageError: ``host-unusable``.
    """
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        pass
    labels = host.split(".")
    if not host.isascii() or not all(one.replace("-", "").isalnum() for one in labels):
        reason = f"{host!r} is neither a host name nor an address; for example as4.example.kz"
        raise UsageError("host-unusable", reason)
    return x509.DNSName(host.lower())


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(
    *, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(
    folder: Path, name: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> None:
    """The key first, unreadable for others from the start; each file whole or not at all."""
    octets = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for suffix, data in (("key", octets), ("cert", certificate.public_bytes(Encoding.PEM))):
        path = folder / f"{name}.{suffix}.pem"
        with new_file(path, 0o600) as file:
            file.write(data)
