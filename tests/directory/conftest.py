"""A node directory of Kazakhstan, one of Tajikistan, and certificates to put wrong things into them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from keruen.as4 import (
    Authority,
    Certificate,
    Validity,
    issue_key_agreement,
    issue_signing,
    make_authority,
)
from keruen.config import directory
from keruen.config.cards import write_card

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directories kz and tj, not yet known to each other."""
    root = tmp_path_factory.mktemp("pristine")
    for country in ("KZ", "TJ"):
        directory.init(root / country.lower(), country)
    return root


@pytest.fixture
def kz(pristine: Path, tmp_path: Path) -> Path:
    """A node directory that a test may spoil."""
    return shutil.copytree(pristine / "kz", tmp_path / "kz")


@pytest.fixture
def tj(pristine: Path, tmp_path: Path) -> Path:
    """The other side's."""
    return shutil.copytree(pristine / "tj", tmp_path / "tj")


@pytest.fixture(scope="session")
def card(pristine: Path) -> str:
    """The card of Tajikistan."""
    return write_card(directory.load(pristine / "tj").card)


class Certificates:
    """Certificates of a strange authority, valid for a while around now."""

    def __init__(self) -> None:
        self.authority: Authority = make_authority(
            "Strange", Ed25519PrivateKey.generate(), self._validity(-10, 3000)
        )

    def signing(self, begin: int = -1, end: int = 700) -> Certificate:
        """Days from now."""
        key = Ed25519PrivateKey.generate().public_key()
        return issue_signing(self.authority, "Strange signing", key, self._validity(begin, end))

    def agreement(self, begin: int = -1, end: int = 700) -> Certificate:
        """Days from now."""
        key = X25519PrivateKey.generate().public_key()
        return issue_key_agreement(
            self.authority, "Strange agreement", key, self._validity(begin, end)
        )

    @staticmethod
    def _validity(begin: int, end: int) -> Validity:
        return Validity(
            serial=abs(hash((begin, end))) % 2**60 + 1,
            not_before=NOW + timedelta(days=begin),
            not_after=NOW + timedelta(days=end),
        )


@pytest.fixture(scope="session")
def certificates() -> Certificates:
    return Certificates()


Changed = Callable[..., str]


@pytest.fixture(scope="session")
def changed(pristine: Path) -> Changed:
    """The card of Tajikistan with other certificates."""

    def changed(**certificates: tuple[Certificate, ...]) -> str:
        from msgspec.structs import replace

        return write_card(replace(directory.load(pristine / "tj").card, **certificates))

    return changed


@pytest.fixture(scope="session")
def now() -> datetime:
    return NOW
