"""The node's keys: kept in ``keys/`` with mode 0600, checked by `check`, loaded at start.

`keymaking` makes them. Certificates issued elsewhere are put in place of its files, those of their issuers, the
nearest first, into ``signing.chain.pem``. Keys of further profiles lie in folders of their own:

    keys/authority.*  keys/signing.*  keys/key-agreement.*     edelivery-2.0
    keys/edelivery-1.15/signing.*  …/key-agreement.*           made by `keys --profile`
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from keruen.as4 import Certificate, DecryptionIdentity, SigningIdentity
from keruen.as4.certificates import belongs_to
from keruen.config.cards import PROFILE, PROFILES, certificate_mistake, expiring, keys_of
from keruen.errors import UsageError

PURPOSE_OF = {"signing": "signing", "key-agreement": "key_agreement"}
"""Name of the files of a pair → what the pair is for."""
OTHERS = 0o077
"""Permission bits of everybody but the owner."""

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


def folder_of(directory: Path, profile: str) -> Path:
    """Where in ``keys/`` the keys of a profile are."""
    return directory if profile == PROFILE else directory / profile


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
    signing, agreement = (load_pair(folder, name) for name in PURPOSE_OF)
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
        raise invalid(path, "these are not certificates in PEM") from error


def mistakes(directory: Path, now: datetime | None = None) -> Iterator[UsageError]:
    """Every mistake in the node's keys; with `now` also certificates that have expired or soon will."""
    for path in sorted(directory.glob("**/*.key.pem")):
        if path.stat().st_mode & OTHERS:
            yield invalid(path, f"other users may read this private key; run: chmod 600 {path}")
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
    key_file, certificate_file = files_of(directory, name)
    loaded: list[UsageError] = []
    key = _try(load_key, key_file, loaded)
    pem = _try(read_file, certificate_file, loaded)
    yield from loaded
    kind, _ = keys_of(profile, purpose)
    if key is not None and kind.mistake(key.public_key()):
        yield invalid(key_file, f"must be an {kind.name} key")
        key = None
    if pem is None:
        return
    if wrong := certificate_mistake(pem.decode("latin-1"), purpose, now, profile):
        yield invalid(certificate_file, wrong)
        return
    certificate = Certificate.from_pem(pem)
    if key is not None and not belongs_to(certificate, key):
        yield invalid(
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


def files_of(directory: Path, name: str) -> tuple[Path, Path]:
    """Files of a private key and of its certificate."""
    return directory / f"{name}.key.pem", directory / f"{name}.cert.pem"


def load_pair(directory: Path, name: str) -> tuple[PrivateKeyTypes, Certificate]:
    """A private key and its certificate.

    Raises:
        UsageError: ``keys-invalid``.
    """
    key_file, certificate_file = files_of(directory, name)
    return load_key(key_file), Certificate.from_pem(read_file(certificate_file))


def load_key(path: Path) -> PrivateKeyTypes:
    """A private key in PEM.

    Raises:
        UsageError: ``keys-invalid``.
    """
    try:
        return load_pem_private_key(read_file(path), None)
    except TypeError as error:
        raise invalid(path, "this key is locked with a password; store it without one") from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise invalid(path, "this is not a private key in PEM") from error


def read_file(path: Path) -> bytes:
    """Content of a file of keys or certificates.

    Raises:
        UsageError: ``keys-invalid``.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise invalid(path, f"cannot be read: {error.strerror}") from error


def invalid(path: Path, reason: str) -> UsageError:
    """What to say of a file of keys that cannot be used."""
    return UsageError("keys-invalid", reason, path=str(path))
