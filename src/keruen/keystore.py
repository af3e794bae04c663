"""The node's keys: made by `init`, kept in ``keys/`` with mode 0600, loaded at start.

A small local Ed25519 authority issues two certificates, one to sign with and one to agree keys with: an
X25519 certificate cannot sign itself. Certificates issued elsewhere are put in place of these files, those of
their issuers, the nearest first, into ``signing.chain.pem``. Keys of further profiles lie in folders of their
own:

    keys/authority.*  keys/signing.*  keys/key-agreement.*     edelivery-2.0
    keys/edelivery-1.15/signing.*  …/key-agreement.*           made by `keys --profile`
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
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
    Authority,
    Certificate,
    DecryptionIdentity,
    SigningIdentity,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
)
from keruen.as4.certificates import belongs_to
from keruen.as4.curves import CURVES
from keruen.cards import PROFILE, PROFILES, certificate_mistake, expiring, keys_of
from keruen.clock import Clock
from keruen.errors import UsageError

AUTHORITY_YEARS = 10
CERTIFICATE_YEARS = 2
PURPOSE_OF = {"signing": "signing", "key-agreement": "key_agreement"}
"""Name of the files of a pair → what the pair is for."""
RSA_BITS = 3072
CURVE = "secp256r1"
"""Curve of new EC keys where none is asked for."""
OTHERS = 0o077
"""Permission bits of everybody but the owner."""
_SERIAL_BITS = 159

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Keys:
    """What this node signs and decrypts with."""

    signing: SigningIdentity
    decryption: DecryptionIdentity
    further: Mapping[str, Keys] = field(default_factory=dict)
    """Keys of the profiles beside ``edelivery-2.0``, by profile."""

    def of(self, profile: str) -> Keys | None:
        """Keys of a profile, if this node has any."""
        return self if profile == PROFILE else self.further.get(profile)


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
    key, certificate = _pair(directory, "authority")
    if not isinstance(key, Ed25519PrivateKey):
        raise _invalid(_files(directory, "authority")[0], "must be an Ed25519 key")
    folder.mkdir(mode=0o700)
    _issue(folder, Authority(key, certificate), country, _begin(now), _new_keys(profile, curve))
    return folder


def folder_of(directory: Path, profile: str) -> Path:
    """Where in ``keys/`` the keys of a profile are."""
    return directory if profile == PROFILE else directory / profile


NewKey = Ed25519PrivateKey | X25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


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


def load_keys(directory: Path) -> Keys:
    """The node's keys.

    Raises:
        UsageError: ``keys-invalid``, the first mistake, with the file that is missing, unreadable, open to
            others or not what it should be.
    """
    for mistake in mistakes(directory):
        raise mistake
    further = {
        profile: _keys_in(folder_of(directory, profile), directory)
        for profile in PROFILES
        if profile != PROFILE and folder_of(directory, profile).is_dir()
    }
    return replace(_keys_in(directory, directory), further=further)


def _keys_in(folder: Path, directory: Path) -> Keys:
    signing, agreement = (_pair(folder, name) for name in PURPOSE_OF)
    identity = SigningIdentity(*signing, chain=_chain(folder, directory, signing[1]))
    return Keys(identity, DecryptionIdentity(*agreement))


def _chain(folder: Path, directory: Path, certificate: Certificate) -> tuple[Certificate, ...]:
    """Issuers of a signing certificate: as put beside it, else the local authority if it is the issuer."""
    beside = folder / "signing.chain.pem"
    if beside.is_file():
        return tuple(map(Certificate.of, _load_chain(beside)))
    local = directory / "authority.cert.pem"
    authority = Certificate.from_pem(read_file(local)) if local.is_file() else None
    if authority is None or certificate.issuer.rfc4514_string() != authority.subject:
        return ()
    return (authority,)


def _load_chain(path: Path) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(read_file(path))
    except ValueError as error:
        raise _invalid(path, "these are not certificates in PEM") from error


def mistakes(directory: Path, now: datetime | None = None) -> Iterator[UsageError]:
    """Every mistake in the node's keys; with `now` also certificates that have expired or soon will."""
    for path in sorted(directory.glob("**/*.key.pem")):
        if path.stat().st_mode & OTHERS:
            yield _invalid(path, f"other users may read this private key; run: chmod 600 {path}")
    for profile in PROFILES:
        folder = folder_of(directory, profile)
        if profile != PROFILE and not folder.is_dir():
            continue
        for name, purpose in PURPOSE_OF.items():
            yield from _mistakes_of_pair(folder, name, (profile, purpose), now)
        if (chain := folder / "signing.chain.pem").is_file():
            unreadable: list[UsageError] = []
            _try(_load_chain, chain, unreadable)
            yield from unreadable


def _mistakes_of_pair(
    directory: Path, name: str, use: tuple[str, str], now: datetime | None
) -> Iterator[UsageError]:
    profile, purpose = use
    key_file, certificate_file = _files(directory, name)
    loaded: list[UsageError] = []
    key = _try(load_key, key_file, loaded)
    pem = _try(read_file, certificate_file, loaded)
    yield from loaded
    kind, _ = keys_of(profile, purpose)
    if key is not None and kind.mistake(key.public_key()):
        yield _invalid(key_file, f"must be an {kind.name} key")
        key = None
    if pem is None:
        return
    if wrong := certificate_mistake(pem.decode("latin-1"), purpose, now, profile):
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
    return load_key(key_file), Certificate.from_pem(read_file(certificate_file))


def load_key(path: Path) -> PrivateKeyTypes:
    """A private key in PEM.

    Raises:
        UsageError: ``keys-invalid``.
    """
    try:
        return load_pem_private_key(read_file(path), None)
    except TypeError as error:
        raise _invalid(path, "this key is locked with a password; store it without one") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _invalid(path, "this is not a private key in PEM") from error


def read_file(path: Path) -> bytes:
    """Content of a file of keys or certificates.

    Raises:
        UsageError: ``keys-invalid``.
    """
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


def _write_pair(folder: Path, name: str, key: NewKey, certificate: Certificate) -> None:
    key_file, certificate_file = _files(folder, name)
    _write(key_file, _pem(key))
    _write(certificate_file, certificate.pem)


def _pem(key: NewKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
