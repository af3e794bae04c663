"""Certificates: pinned ones read once and kept ready, and new ones made from given keys.

An X25519 key cannot sign, so its certificate is issued by the node's own Ed25519 authority
(eDelivery AS4 2.0: separate certificates for signing and key agreement). Nothing here makes keys,
serial numbers or dates; they are arguments.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import (
    CertificatePublicKeyTypes,
    PrivateKeyTypes,
    PublicKeyTypes,
)
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True, slots=True)
class Certificate:
    """An X.509 certificate with what every message needs of it already taken out.

    Two are equal when their DER octets are.
    """

    der: bytes = field(repr=False)
    public_key: PublicKeyTypes = field(repr=False, compare=False)
    subject: str = field(compare=False)
    """RFC 4514."""
    issuer: x509.Name = field(repr=False, compare=False)
    serial: int = field(compare=False)
    subject_key_identifier: bytes = field(repr=False, compare=False)
    """The extension, or SHA-1 of the key where there is none (RFC 5280, 4.2.1.2)."""
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    fingerprint: str = field(compare=False)
    """SHA-256 over the DER octets as ``AB:CD:…``, for people to compare."""
    thumbprint_sha1: bytes = field(repr=False, compare=False)

    @classmethod
    def of(cls, certificate: x509.Certificate) -> Certificate:
        """Certificate from a parsed one."""
        return cls(
            der=certificate.public_bytes(Encoding.DER),
            public_key=certificate.public_key(),
            subject=certificate.subject.rfc4514_string(),
            issuer=certificate.issuer,
            serial=certificate.serial_number,
            subject_key_identifier=_key_identifier(certificate),
            not_before=certificate.not_valid_before_utc,
            not_after=certificate.not_valid_after_utc,
            fingerprint=certificate.fingerprint(SHA256()).hex(":").upper(),
            thumbprint_sha1=certificate.fingerprint(SHA1()),  # noqa: S303
        )

    @classmethod
    def from_der(cls, octets: bytes) -> Certificate:
        """Certificate from DER; ValueError if it is none."""
        return cls.of(x509.load_der_x509_certificate(octets))

    @classmethod
    def from_pem(cls, octets: bytes) -> Certificate:
        """First certificate of a PEM file; ValueError if there is none."""
        return cls.of(x509.load_pem_x509_certificate(octets))

    @property
    def pem(self) -> bytes:
        """PEM with the certificate's octets."""
        return x509.load_der_x509_certificate(self.der).public_bytes(Encoding.PEM)

    def valid_at(self, now: datetime) -> bool:
        """Whether `now` (aware) lies in the validity period."""
        return self.not_before <= now <= self.not_after


def belongs_to(certificate: Certificate, private_key: PrivateKeyTypes) -> bool:
    """Whether the certificate is for this private key."""
    return _spki(certificate.public_key) == _spki(private_key.public_key())


def _spki(key: PublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _key_identifier(certificate: x509.Certificate) -> bytes:
    try:
        kind = x509.SubjectKeyIdentifier
        return certificate.extensions.get_extension_for_class(kind).value.digest
    except x509.ExtensionNotFound:
        return x509.SubjectKeyIdentifier.from_public_key(certificate.public_key()).digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Serial number and validity period of a certificate to be made."""

    serial: int
    """Positive, at most 159 bits, unique for the authority (RFC 5280, 4.1.2.2)."""
    not_before: datetime
    not_after: datetime


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority that can issue."""

    private_key: Ed25519PrivateKey = field(repr=False)
    certificate: Certificate


def make_authority(name: str, private_key: Ed25519PrivateKey, validity: Validity) -> Authority:
    """A self-signed local authority called `name` that may issue end certificates only."""
    builder = _builder(name, _name(name), private_key.public_key(), validity).add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return Authority(private_key, Certificate.of(builder.sign(private_key, None)))


def issue_signing(
    authority: Authority, name: str, public_key: CertificatePublicKeyTypes, validity: Validity
) -> Certificate:
    """A certificate for signing messages and receipts."""
    return _issue(authority, name, public_key, validity, _usage(digital_signature=True))


def issue_key_agreement(
    authority: Authority, name: str, public_key: CertificatePublicKeyTypes, validity: Validity
) -> Certificate:
    """A certificate to which content keys are encrypted.

    Its key usage is keyEncipherment for RSA (RFC 4055, 1.2), else keyAgreement (RFC 8410, 5).
    """
    rsa = isinstance(public_key, RSAPublicKey)
    usage = _usage(key_agreement=not rsa, key_encipherment=rsa)
    return _issue(authority, name, public_key, validity, usage)


def _issue(
    authority: Authority,
    name: str,
    public_key: CertificatePublicKeyTypes,
    validity: Validity,
    usage: x509.KeyUsage,
) -> Certificate:
    issuer = x509.load_der_x509_certificate(authority.certificate.der)
    builder = (
        _builder(name, issuer.subject, public_key, validity)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(_authority_key(authority.certificate), critical=False)
    )
    return Certificate.of(builder.sign(authority.private_key, None))


def _authority_key(authority: Certificate) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier(authority.subject_key_identifier, None, None)


def _builder(
    name: str,
    issuer: x509.Name,
    public_key: CertificatePublicKeyTypes,
    validity: Validity,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(validity.serial)
        .not_valid_before(validity.not_before)
        .not_valid_after(validity.not_after)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(
    *,
    digital_signature: bool = False,
    key_agreement: bool = False,
    key_encipherment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_agreement=key_agreement,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=key_encipherment,
        data_encipherment=False,
        encipher_only=False,
        decipher_only=False,
    )
