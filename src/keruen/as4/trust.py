"""What must hold of a pinned certificate beyond being pinned: validity, chain, revocation (RFC 5280, 6).

Pinning says who may speak. Where a card names authorities as well, each use of a pinned certificate also asks
whether one of them issued it, whether all of them are valid, and whether one of their lists revokes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from keruen.as4.certificates import Certificate
from keruen.as4.revocation import WEAK_HASHES, RevocationLists, parsed_of

_LONGEST = 8
"""Certificates in a chain at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """Whom to believe about certificates, and what is known of those that were revoked."""

    authorities: tuple[Certificate, ...] = ()
    """Whoever issues the certificates, and whoever issued theirs; none: being pinned is enough."""
    lists: RevocationLists = field(default_factory=RevocationLists, compare=False, repr=False)
    lists_needed: bool = False
    """Whether a certificate counts only while there is a current list of its issuer."""
    max_age: timedelta | None = None
    """How old a list may be; None: until the next one is due, as it says itself."""

    def objection(self, certificate: Certificate, now: datetime) -> str | None:
        """Why a certificate may not be used at `now`, in words; None if it may."""
        if wrong := out_of_validity(certificate, now):
            return wrong
        return self._chain_objection(certificate, now) if self.authorities else None

    def usable(self, certificates: Iterable[Certificate], now: datetime) -> tuple[Certificate, ...]:
        """Those that may be used at `now`, in their order."""
        return tuple(c for c in certificates if self.objection(c, now) is None)

    def _chain_objection(self, certificate: Certificate, now: datetime) -> str | None:
        """Up from the certificate until an authority is reached that none of the others issued."""
        below, needed = certificate, self.lists_needed
        for length in range(_LONGEST):
            issuer = self._issuer(below, now, length)
            if issuer is None:
                named = length and below in self.authorities
                return None if named else f"{below.subject} was issued by none of the authorities"
            if wrong := out_of_validity(issuer, now) or self.revocation(
                below, issuer, now, needed=needed
            ):
                return wrong
            if below == issuer:
                return None
            below, needed = issuer, False
        return f"the chain of {certificate.subject} has more than {_LONGEST} certificates"

    def _issuer(self, below: Certificate, now: datetime, length: int) -> Certificate | None:
        """Who issued a certificate: somebody valid, if there is one."""
        found = [one for one in self.authorities if issued_by(below, one, length)]
        return next((one for one in found if one.valid_at(now)), found[0] if found else None)

    def chain_objection(self, chain: Sequence[Certificate], now: datetime) -> str | None:
        """Why a chain that was verified elsewhere may not be used: revocation only.

        Args:
            chain: the end certificate first. Nothing is said of one that these authorities do not concern.
            now: for the age of the lists.
        """
        if not any(one in self.authorities for one in chain) and not self._issuer(chain[0], now, 0):
            return None
        above = (*chain[1:], None)
        for length, (certificate, next_one) in enumerate(zip(chain, above, strict=True)):
            needed = self.lists_needed and length == 0
            issuer = next_one or self._issuer(certificate, now, length)
            if _is_self_issued(certificate):
                return None
            if issuer is None:
                return f"the issuer of {certificate.subject} is not known here" if needed else None
            if wrong := self.revocation(certificate, issuer, now, needed=needed):
                return wrong
        return None

    def revocation(
        self, certificate: Certificate, issuer: Certificate, now: datetime, *, needed: bool
    ) -> str | None:
        """Why the issuer's list forbids a certificate, or is not there to allow it; None if neither."""
        known = self.lists.of(issuer)
        if known is None:
            return f"there is no revocation list of {issuer.subject}" if needed else None
        if entry := known.entry(certificate.serial):
            return f"{certificate.subject} was revoked {entry}"
        end = known.ends(self.max_age)
        if needed and (end is None or end < now):
            made = f"{known.this_update:%Y-%m-%d %H:%M}"
            return f"the revocation list of {issuer.subject}, of {made} UTC, is too old"
        return None


def out_of_validity(certificate: Certificate, now: datetime) -> str | None:
    """Why a certificate is not valid at `now`, in words; None if it is."""
    if now > certificate.not_after:
        return f"{certificate.subject} expired on {certificate.not_after:%Y-%m-%d %H:%M} UTC"
    if now < certificate.not_before:
        return (
            f"{certificate.subject} is valid from {certificate.not_before:%Y-%m-%d %H:%M} UTC only"
        )
    return None


@lru_cache(maxsize=1024)
def issued_by(certificate: Certificate, issuer: Certificate, length: int = 0) -> bool:
    """Whether an authority issued a certificate and was allowed to.

    Args:
        certificate: the lower one.
        issuer: the upper one.
        length: intermediate authorities below the issuer (RFC 5280, 4.2.1.9).
    """
    lower, upper = parsed_of(certificate), parsed_of(issuer)
    if lower.issuer != upper.subject or not _may_issue(upper, length):
        return False
    try:
        used = lower.signature_hash_algorithm
        lower.verify_directly_issued_by(upper)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return used is None or used.name not in WEAK_HASHES


def _is_self_issued(certificate: Certificate) -> bool:
    return parsed_of(certificate).subject == certificate.issuer


def is_authority(certificate: Certificate) -> bool:
    """Whether a certificate says that it may issue others."""
    return _may_issue(parsed_of(certificate), 0)


def _may_issue(certificate: x509.Certificate, length: int) -> bool:
    try:
        extensions = certificate.extensions
        constraints = extensions.get_extension_for_class(x509.BasicConstraints).value
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as missing:
        if missing.oid != x509.KeyUsage.oid:
            return False
        return constraints.ca
    except (ValueError, x509.DuplicateExtension):
        return False
    longest = constraints.path_length
    return constraints.ca and usage.key_cert_sign and (longest is None or length <= longest)
