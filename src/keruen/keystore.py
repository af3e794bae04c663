"""The node's keys: made by `init`, kept in ``keys/`` with mode 0600, loaded at start.

A small local Ed25519 authority issues two certificates, one to sign with and one to agree keys with: an
X25519 certificate cannot sign itself. Certificates issued elsewhere are put in place of these files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography.exceptions import UnsupportedAlgorithm
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
from keruen.as4.certificates import belongs_to
from keruen.cards import PURPOSES, certificate_mistake, expiring
from keruen.clock import Clock
from keruen.errors import UsageError

AUTHORITY_YEARS = 10
CERTIFICATE_YEARS = 2
PURPOSE_OF = {"signing": "signing", "key-agreement": "key_agreement"}
"""Name of the files of a pair → what the pair is for."""
PRIVATE: dict[str, type] = {"signing": Ed25519PrivateKey, "key_agreement": X25519PrivateKey}
OTHERS = 0o077
"""Permission bits of everybody but the owner."""
_SERIAL_BITS = 159

T = TypeVar("T")


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
        UsageError: ``keys-invalid``, the first mistake, with the file that is missing, unreadable, open to
            others or not what it should be.
    """
    for mistake in mistakes(directory):
        raise mistake
    signing, agreement = (_pair(directory, name) for name in PURPOSE_OF)
    return Keys(SigningIdentity(*signing), DecryptionIdentity(*agreement))


def mistakes(directory: Path, now: datetime | None = None) -> Iterator[UsageError]:
    """Every mistake in the node's keys; with `now` also certificates that have expired or soon will."""
    for path in sorted(directory.glob("*.key.pem")):
        if path.stat().st_mode & OTHERS:
            yield _invalid(path, f"other users may read this private key; run: chmod 600 {path}")
    for name, purpose in PURPOSE_OF.items():
        yield from _mistakes_of_pair(directory, name, purpose, now)


def _mistakes_of_pair(
    directory: Path, name: str, purpose: str, now: datetime | None
) -> Iterator[UsageError]:
    key_file, certificate_file = _files(directory, name)
    loaded: list[UsageError] = []
    key = _try(_load_key, key_file, loaded)
    pem = _try(_read, certificate_file, loaded)
    yield from loaded
    if key is not None and not isinstance(key, PRIVATE[purpose]):
        yield _invalid(key_file, f"must be an {PURPOSES[purpose][1]} key")
        key = None
    if pem is None:
        return
    if wrong := certificate_mistake(pem.decode("latin-1"), purpose, now):
        yield _invalid(certificate_file, wrong)
        return
    certificate = Certificate.from_pem(pem)
    if key is not None and not belongs_to(certificate, key):
        yield _invalid(
            certificate_file, f"this certificate is not that of the key in {key_file.name}"
        )
    if now is not None:
        yield from expiring(certificate, now, str(certificate_file))


def _try(load: Callable[[Path], T], path: Path, mistakes: list[UsageError]) -> T | None:
    try:
        return load(path)
    except UsageError as mistake:
        mistakes.append(mistake)
        return None


def _validity(begin: datetime, years: int) -> Validity:
    serial = int.from_bytes(Clock.entropy(20)) >> (160 - _SERIAL_BITS) | 1
    return Validity(serial=serial, not_before=begin, not_after=begin + timedelta(days=365 * years))


def _files(directory: Path, name: str) -> tuple[Path, Path]:
    return directory / f"{name}.key.pem", directory / f"{name}.cert.pem"


def _pair(directory: Path, name: str) -> tuple[PrivateKeyTypes, Certificate]:
    key_file, certificate_file = _files(directory, name)
    return _load_key(key_file), Certificate.from_pem(_read(certificate_file))


def _load_key(path: Path) -> PrivateKeyTypes:
    try:
        return load_pem_private_key(_read(path), None)
    except TypeError as error:
        raise _invalid(path, "this key is locked with a password; store it without one") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _invalid(path, "this is not a private key in PEM") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _invalid(path, f"cannot be read: {error.strerror}") from error


def _invalid(path: Path, reason: str) -> UsageError:
    return UsageError("keys-invalid", reason, path=str(path))


def _write(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)


def _pem(key: Ed25519PrivateKey | X25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
