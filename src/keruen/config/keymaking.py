"""Makes the node's keys: once by `init`, for further profiles by `keys`; nothing is ever overwritten.

A small local Ed25519 authority issues two certificates a profile, one to sign with and one to encrypt to: an
X25519 certificate cannot sign itself.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from keruen.as4 import (
    Authority,
    Certificate,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
)
from keruen.as4.curves import CURVES
from keruen.clock import Clock
from keruen.config.cards import PROFILE
from keruen.config.keystore import files_of, folder_of, invalid, load_pair
from keruen.errors import UsageError

AUTHORITY_YEARS = 10
CERTIFICATE_YEARS = 2
RSA_BITS = 3072
CURVE = "secp256r1"
"""Curve of new EC keys where none is asked for."""
_SERIAL_BITS = 159

NewKey = Ed25519PrivateKey | X25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def make_keys(directory: Path, country: str, now: datetime) -> None:
    """Make an authority and the node's two certificates in a new directory.

    Args:
        directory: ``keys/`` of a node; must not exist.
        country: names the certificates.
        now: start of their validity, less a day for clocks that differ.
    """
    directory.mkdir(mode=0o700, parents=True)
    begin = _begin(now)
    key = Ed25519PrivateKey.generate()
    authority = make_authority(
        f"Keruen {country} authority", key, _validity(begin, AUTHORITY_YEARS)
    )
    _write_pair(directory, "authority", key, authority.certificate)
    _issue(directory, authority, country, begin, _new_keys(PROFILE, CURVE))


def make_further_keys(
    directory: Path, profile: str, country: str, now: datetime, *, curve: str = CURVE
) -> Path:
    """Make the node's keys of a further profile, certified by its local authority; gives their folder.

    Args:
        directory: ``keys/`` of a node.
        profile: AS4 profile; its keys must not exist.
        country: names the certificates.
        now: as in `make_keys`.
        curve: for EC keys.

    Raises:
        UsageError: ``keys-exist``, or ``keys-invalid`` where the authority's key is not there any more.
    """
    folder = folder_of(directory, profile)
    if profile == PROFILE or folder.exists():
        reason = f"this node has keys for {profile}; move them away before new ones are made"
        raise UsageError("keys-exist", reason, path=str(folder))
    key, certificate = load_pair(directory, "authority")
    if not isinstance(key, Ed25519PrivateKey):
        raise invalid(files_of(directory, "authority")[0], "must be an Ed25519 key")
    folder.mkdir(mode=0o700)
    _issue(folder, Authority(key, certificate), country, _begin(now), _new_keys(profile, curve))
    return folder


def _new_keys(profile: str, curve: str) -> tuple[NewKey, NewKey]:
    """A signing key and one for key agreement."""
    if profile == "edelivery-2.0-ec":
        on = CURVES[curve].curve
        return ec.generate_private_key(on), ec.generate_private_key(on)
    if profile == "edelivery-1.15":
        one, other = (rsa.generate_private_key(65_537, RSA_BITS) for _ in range(2))
        return one, other
    return Ed25519PrivateKey.generate(), X25519PrivateKey.generate()


def _issue(
    folder: Path,
    authority: Authority,
    country: str,
    begin: datetime,
    keys: tuple[NewKey, NewKey],
) -> None:
    signing, agreement = keys
    for name, issue, key in (
        ("signing", issue_signing, signing),
        ("key-agreement", issue_key_agreement, agreement),
    ):
        subject = f"Keruen {country} {name.replace('-', ' ')}"
        validity = _validity(begin, CERTIFICATE_YEARS)
        _write_pair(folder, name, key, issue(authority, subject, key.public_key(), validity))


def _begin(now: datetime) -> datetime:
    return now.replace(microsecond=0) - timedelta(days=1)


def _validity(begin: datetime, years: int) -> Validity:
    serial = int.from_bytes(Clock.entropy(20)) >> (160 - _SERIAL_BITS) | 1
    return Validity(serial=serial, not_before=begin, not_after=begin + timedelta(days=365 * years))


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _write_pair(folder: Path, name: str, key: NewKey, certificate: Certificate) -> None:
    key_file, certificate_file = files_of(folder, name)
    _write(key_file, _pem(key))
    _write(certificate_file, certificate.pem)


def _pem(key: NewKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
