"""The files of a node directory, read one by one, and what is wrong with each or between them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from keruen.agreement import Agreement, check_agreement
from keruen.as4 import Certificate, PartyId
from keruen.config.cards import Partner, check_card, expiring
from keruen.config.keystore import folder_of
from keruen.config.settings import Settings, check_settings
from keruen.errors import UsageError
from keruen.tomlfile import FileError, Read
from keruen.tomllines import line_of

T = TypeVar("T")

SQLITE = "sqlite:///"
MISSING = "agreement-missing"
LENIENT = "card-accepts"
"""Code of a notice: nothing is wrong, but somebody chose less than the profile asks for."""


def database_url(root: Path, settings: Settings) -> str:
    """The address of a node's database, a relative path resolved against the node directory."""
    url = settings.database.url
    if url.startswith(SQLITE) and not url.startswith(f"{SQLITE}/"):
        return f"{SQLITE}{(root / url.removeprefix(SQLITE)).resolve()}"
    return url


def files(root: Path, folder: str) -> list[Path]:
    """The TOML files in a folder of a node directory, sorted."""
    return sorted((root / folder).glob("*.toml"))


def text_of(path: Path) -> str:
    """Content of a file that a person edits; a byte order mark is taken off.

    Raises:
        FileError: ``file-unreadable``.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("file-unreadable", "must be text in UTF-8", path=str(path)) from error
    except OSError as error:
        raise FileError(
            "file-unreadable", f"cannot be read: {error.strerror}", path=str(path)
        ) from error


def settings_of(root: Path) -> Read[Settings]:
    """The settings of a node.

    Raises:
        UsageError: ``no-node``, where there is no ``node.toml``.
    """
    path = root / "node.toml"
    if not path.is_file():
        raise UsageError(
            "no-node",
            f"this is no node directory; make one: keruen init {root} --country XX",
            path=str(root),
        )
    try:
        return check_settings(text_of(path), name=str(path))
    except FileError as mistake:
        return Read(None, (mistake,))


def partner_of(path: Path, settings: Settings | None) -> Read[Partner]:
    """The partner of a card file."""
    try:
        text = text_of(path)
    except FileError as mistake:
        return Read(None, (mistake,))
    read = check_card(text, name=str(path))
    if read.value and settings and read.value.country == settings.country:
        reason = "is this node's own; a card of the other side belongs here"
        return Read(None, (_mistake("card-invalid", path, text, reason, "country"),))
    return read


def agreement_of(path: Path, settings: Settings | None) -> Read[Agreement]:
    """The agreement of an agreement file."""
    try:
        text = text_of(path)
    except FileError as mistake:
        return Read(None, (mistake,))
    read = check_agreement(text, name=str(path))
    if read.value and settings and settings.country not in read.value.countries:
        reason = f"{settings.country} is no party to this agreement"
        return Read(None, (_mistake("agreement-invalid", path, text, reason, "party", 0),))
    return read


def _mistake(code: str, path: Path, text: str, reason: str, *key: str | int) -> FileError:
    shown = ".".join(part for part in key if isinstance(part, str))
    return FileError(code, reason, key=shown, path=str(path), line=line_of(text, key))


def contradictions(
    partners: Mapping[Path, Partner], agreements: Mapping[Path, Agreement]
) -> Iterator[UsageError]:
    """Files that are right each, but not together."""
    yield from _doubled("agreement", ((path, one.corridor) for path, one in agreements.items()))
    yield from _doubled("card", ((path, one.country) for path, one in partners.items()))
    covered = {country for agreement in agreements.values() for country in agreement.countries}
    yield from _shared_channels(partners)
    parties: dict[PartyId, str] = {}
    for path, partner in partners.items():
        if partner.country not in covered:
            reason = f"no agreement with {partner.country}; put one into agreements/"
            yield UsageError(MISSING, reason, path=str(path))
        owner = parties.setdefault(partner.party, partner.country)
        if owner != partner.country:
            reason = f"is that of {owner}, too; two partners need two party ids"
            yield _mistake("card-doubled", path, text_of(path), reason, "party_id")


def _doubled(kind: str, named: Iterable[tuple[Path, str]]) -> Iterator[UsageError]:
    first: dict[str, Path] = {}
    for path, name in named:
        if first.setdefault(name, path) != path:
            reason = f"{first[name].name} is of {name}, too; keep one"
            yield UsageError(f"{kind}-doubled", reason, path=str(path))


def _shared_channels(partners: Mapping[Path, Partner]) -> Iterator[UsageError]:
    """Channels of two partners: who pulls from one would get the other's messages."""
    owners: dict[str, str] = {}
    for path, partner in partners.items():
        pull = partner.terms.pull
        if pull is not None and owners.setdefault(pull.mpc, partner.country) != partner.country:
            reason = f"is that of {owners[pull.mpc]}, too; each partner needs a channel of its own"
            yield _mistake("card-doubled", path, text_of(path), reason, "pull", "mpc")


def keyless(root: Path, partners: Mapping[Path, Partner]) -> Iterator[UsageError]:
    """Cards with a profile that this node has no keys for."""
    for path, partner in partners.items():
        if not folder_of(root / "keys", partner.profile).is_dir():
            missing = no_keys(root, partner.profile)
            yield UsageError(missing.code, f"{partner.country}: {missing.text}", path=str(path))


def no_keys(root: Path, profile: str) -> UsageError:
    """What to say where keys for a profile are needed and not there."""
    make = f"keruen keys {root} --profile {profile}"
    reason = f"this node has no keys for {profile}; make them: {make}"
    return UsageError("keys-missing", reason, path=str(root / "keys"))


def lenient(path: Path, partner: Partner) -> Iterator[FileError]:
    """What is taken from a partner although its profile does not have it."""
    for index, name in enumerate(partner.accept):
        reason = (
            f"{name} is taken from {partner.country}, which {partner.profile} does not have; take it out "
            "when the partner no longer needs it"
        )
        yield _mistake(LENIENT, path, text_of(path), reason, "accept", index)


def aged(path: Path, partner: Partner, now: datetime) -> Iterator[UsageError]:
    """What time has done to a card that was right when it was added."""
    for words, certificates in (
        ("signing", partner.signing),
        ("key agreement", partner.key_agreement),
    ):
        valid = [one for one in certificates if one.valid_at(now)]
        if valid:
            yield from expiring(max(valid, key=_end), now, str(path))
        else:
            end = f"{max(map(_end, certificates)):%Y-%m-%d}"
            yield UsageError(
                "card-expired",
                f"no certificate for {words} of {partner.country} is valid (the last one ended on {end}); "
                "ask for a new card",
                path=str(path),
            )


def _end(certificate: Certificate) -> datetime:
    return certificate.not_after


def unwritable_database(root: Path, settings: Settings) -> Iterator[UsageError]:
    """What keeps a node from having its database where its settings say."""
    url = database_url(root, settings)
    folder = Path(url.removeprefix(SQLITE)).parent
    if url.startswith(SQLITE) and not (folder.is_dir() and os.access(folder, os.W_OK)):
        path = root / "node.toml"
        reason = f"{folder} is not a directory that can be written to"
        yield _mistake("settings-invalid", path, text_of(path), reason, "database", "url")
