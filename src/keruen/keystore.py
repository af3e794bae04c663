"""The node's keys: made by `init`, kept in ``keys/`` with mode 0600, loaded at start.

A small local Ed25519 authority issues two certificates, one to sign with and one to agree keys with: an
X25519 certificate cannot sign itself. Certificates issued elsewhere are put in place of these files.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from keruen.as4 import (
    Certificate,
    DecryptionIdentity,
    SigningIdentity,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
)
from keruen.clock import Clock
from keruen.errors import UsageError

AUTHORITY_YEARS = 10
CERTIFICATE_YEARS = 2
_SERIAL_BITS = 159


@dataclass(frozen=True, slots=True)
class Keys:
    """What this node signs and decrypts with."""

    signing: SigningIdentity
    decryption: DecryptionIdentity


def make_keys(directory: Path, country: str, now: datetime) -> None:
    """Make an authority and the node's two certificates in a new directory.

    Args:
        directory: ``keys/`` of a node; must not exist.
        country: names the certificates.
        now: start of their validity, less a day for clocks that differ.
    """
    directory.mkdir(mode=0o700, parents=True)
    begin = now.replace(microsecond=0) - timedelta(days=1)
    authority_key = Ed25519PrivateKey.generate()
    authority = make_authority(
        f"Keruen {country} authority", authority_key, _validity(begin, AUTHORITY_YEARS)
    )
    signing_key, agreement_key = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    signing = issue_signing(
        authority,
        f"Keruen {country} signing",
        signing_key.public_key(),
        _validity(begin, CERTIFICATE_YEARS),
    )
    agreement = issue_key_agreement(
        authority,
        f"Keruen {country} key agreement",
        agreement_key.public_key(),
        _validity(begin, CERTIFICATE_YEARS),
    )
    for name, key, certificate in (
        ("authority", authority_key, authority.certificate),
        ("signing", signing_key, signing),
        ("key-agreement", agreement_key, agreement),
    ):
        _write(directory / f"{name}.key.pem", _pem(key))
        _write(directory / f"{name}.cert.pem", certificate.pem)


def load_keys(directory: Path) -> Keys:
    """The node's keys.

    Raises:
        UsageError: ``keys-invalid`` with the file that is missing, unreadable or open to others.
    """
    try:
        return Keys(
            SigningIdentity(*_pair(directory, "signing")),
            DecryptionIdentity(*_pair(directory, "key-agreement")),
        )
    except ValueError as error:
        raise UsageError("keys-invalid", str(error), path=str(directory)) from error


def _validity(begin: datetime, years: int) -> Validity:
    serial = int.from_bytes(Clock.entropy(20)) >> (160 - _SERIAL_BITS) | 1
    return Validity(serial=serial, not_before=begin, not_after=begin + timedelta(days=365 * years))


def _pair(directory: Path, name: str) -> tuple[PrivateKeyTypes, Certificate]:
    key = load_pem_private_key(_read(directory / f"{name}.key.pem", secret=True), None)
    return key, Certificate.from_pem(_read(directory / f"{name}.cert.pem"))


def _read(path: Path, *, secret: bool = False) -> bytes:
    try:
        if secret and path.stat().st_mode & 0o077:
            raise UsageError(
                "keys-invalid",
                f"other users may read this private key; run: chmod 600 {path}",
                path=str(path),
            )
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            "keys-invalid", f"cannot be read: {error.strerror}", path=str(path)
        ) from error


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _pem(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
