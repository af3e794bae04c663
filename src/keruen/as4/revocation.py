"""Revocation lists (RFC 5280, 5): octets become a list that its authority signed, or a ValueError.

A list is believed for the authority whose key verified it, and for no other. What it might leave out, a
delta or a list for some reasons only, is not taken: its silence would prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from keruen.as4.certificates import Certificate

_PEM = b"-----BEGIN X509 CRL-----"
_UNDERSTOOD = (x509.CRLNumber, x509.AuthorityKeyIdentifier, x509.IssuingDistributionPoint)
_KEYS = (Ed25519PublicKey, Ed448PublicKey, EllipticCurvePublicKey, RSAPublicKey)
WEAK_HASHES = ("md5", "sha1")
"""Hash functions with which no certificate or list is believed."""

Signer = tuple[bytes, bytes]
"""Name and public key of an authority (DER): the same when only its certificate was renewed."""


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list whose signature holds."""

    signer: Signer = field(repr=False)
    issuer: str
    """RFC 4514."""
    this_update: datetime
    next_update: datetime | None
    serials: frozenset[int] = field(repr=False)
    """Serial numbers of the certificates that are revoked, those on hold included."""
    parsed: x509.CertificateRevocationList = field(repr=False, compare=False)

    def ends(self, max_age: timedelta | None) -> datetime | None:
        """When the list is too old to be used: `max_age` after it was made, else when the next was due."""
        return self.this_update + max_age if max_age is not None else self.next_update

    def entry(self, serial: int) -> str | None:
        """When and why a certificate was revoked, in words; None if it was not."""
        if serial not in self.serials:
            return None
        found = self.parsed.get_revoked_certificate_by_serial_number(serial)
        return (
            f"on {found.revocation_date_utc:%Y-%m-%d}{_reason(found)}" if found else "at some time"
        )


class RevocationLists:
    """The lists that are known now. Whoever reads files puts new ones in; whoever verifies looks here."""

    def __init__(self, lists: Iterable[RevocationList] = ()) -> None:
        self._newest: dict[Signer, RevocationList] = {}
        self.replace(lists)

    def replace(self, lists: Iterable[RevocationList]) -> None:
        """Know these lists and no others; of two of one authority the newer one counts."""
        newest: dict[Signer, RevocationList] = {}
        for one in lists:
            known = newest.get(one.signer)
            if known is None or known.this_update < one.this_update:
                newest[one.signer] = one
        self._newest = newest

    def of(self, authority: Certificate) -> RevocationList | None:
        """The list of an authority."""
        return self._newest.get(signer_of(authority))


def read_revocation_list(octets: bytes, authorities: Sequence[Certificate]) -> RevocationList:
    """A list, PEM or DER, that one of these authorities signed.

    Raises:
        ValueError: what is wrong with it.
    """
    try:
        pem = octets.lstrip().startswith(_PEM)
        parsed = x509.load_pem_x509_crl(octets) if pem else x509.load_der_x509_crl(octets)
        _check_kind(parsed)
        authority = next((one for one in authorities if _signed_by(parsed, one)), None)
        serials = frozenset(one.serial_number for one in parsed)
    except (UnsupportedAlgorithm, x509.DuplicateExtension, x509.InvalidVersion) as error:
        raise ValueError(f"is no revocation list that can be used: {error}") from error
    if authority is None:
        name = parsed.issuer.rfc4514_string()
        raise ValueError(f"names {name} as its issuer, and no authority of that name signed it")
    return RevocationList(
        signer=signer_of(authority),
        issuer=authority.subject,
        this_update=parsed.last_update_utc,
        next_update=parsed.next_update_utc,
        serials=serials,
        parsed=parsed,
    )


def signer_of(authority: Certificate) -> Signer:
    """Name and public key of an authority."""
    return _signer(authority)


@lru_cache(maxsize=256)
def _signer(authority: Certificate) -> Signer:
    key = authority.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return parsed_of(authority).subject.public_bytes(), key


@lru_cache(maxsize=256)
def parsed_of(certificate: Certificate) -> x509.Certificate:
    """The certificate with all its extensions."""
    return x509.load_der_x509_certificate(certificate.der)


def _check_kind(parsed: x509.CertificateRevocationList) -> None:
    """Every critical extension must be understood, and the list must be a whole one (RFC 5280, 5.2)."""
    for extension in parsed.extensions:
        if extension.critical and not isinstance(extension.value, _UNDERSTOOD):
            raise ValueError(
                f"has an extension {extension.oid.dotted_string} that it is not used with"
            )
        point = extension.value
        if isinstance(point, x509.IssuingDistributionPoint) and (
            point.indirect_crl
            or point.only_contains_attribute_certs
            or point.only_contains_ca_certs
            or point.only_some_reasons
        ):
            raise ValueError("is indirect, or for some certificates or reasons only")
    used = parsed.signature_hash_algorithm
    if used is not None and used.name in WEAK_HASHES:
        raise ValueError(f"is signed with {used.name}")


def _signed_by(parsed: x509.CertificateRevocationList, authority: Certificate) -> bool:
    key = authority.public_key
    if parsed.issuer != parsed_of(authority).subject or not may_sign_lists(authority):
        return False
    return isinstance(key, _KEYS) and parsed.is_signature_valid(key)


def may_sign_lists(authority: Certificate) -> bool:
    """Whether the key usage, where there is one, allows signing lists (RFC 5280, 4.2.1.3)."""
    try:
        extensions = parsed_of(authority).extensions
        return extensions.get_extension_for_class(x509.KeyUsage).value.crl_sign
    except x509.ExtensionNotFound:
        return True


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        reason = entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except (x509.ExtensionNotFound, ValueError):
        return ""
    return f" ({reason.value})"
