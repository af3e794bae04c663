"""The file that carries AS4 messages: a ZIP archive that any tool opens, read as if an enemy had made it.

    00001.as4 …     Content-Type, an empty line, the body: what an HTTP request or answer would hold
    manifest.json   written last: from whom, to whom, and size and SHA-256 of each member

Members are stored, not compressed: what they hold is compressed and encrypted. The manifest is not signed,
because nothing is believed of it: each message proves itself, and one that somebody takes out of the file
gets no receipt and waits on. The digests tell a damaged medium from a forged message.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Annotated

import msgspec
from msgspec import Meta

from keruen.errors import InputError

FORMAT = "keruen-package"
VERSION = "1.0"
MANIFEST = "manifest.json"
MEMBERS = 100_000
"""Messages in a package at most."""
MANIFEST_SIZE = 64 << 20
"""Octets of a manifest at most."""
HEAD_SIZE = 8 << 10
"""Octets of a member before its body at most."""
CHUNK = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_END = b"\r\n\r\n"
_HEAD = b"Content-Type: "


class Member(msgspec.Struct, frozen=True):
    """One AS4 message of a package.

    Attributes:
        name: of the file in the archive.
        message_id: AS4 id of the user message that it is, or that it answers.
        size: octets, head included.
        sha256: of those octets, in hexadecimal.
    """

    name: str
    message_id: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a package holds, as its maker says.

    Attributes:
        package_id: UUID.
        sender: country (ISO 3166-1 alpha-2) of the node that made it.
        receiver: country of the node that it is for.
    """

    format: str
    version: Annotated[str, Meta(pattern=r"^[0-9]{1,4}[.][0-9]{1,4}$(?!\n)")]
    package_id: str
    created: datetime
    sender: str
    receiver: str
    members: Annotated[tuple[Member, ...], Meta(max_length=MEMBERS)] = ()


@dataclass(slots=True)
class PackageWriter:
    """Writes a package member by member; it is whole once `close` has returned."""

    out: IO[bytes]
    _members: list[Member] = field(default_factory=list)
    _archive: zipfile.ZipFile = field(init=False)

    def __post_init__(self) -> None:
        self._archive = zipfile.ZipFile(self.out, "w", zipfile.ZIP_STORED)

    def add(self, message_id: str, content_type: str, chunks: Iterable[bytes]) -> None:
        """Add one AS4 message."""
        name, digest, size = f"{len(self._members) + 1:05}.as4", hashlib.sha256(), 0
        head = _HEAD + content_type.encode("ascii") + _END
        with self._archive.open(_entry(name), "w", force_zip64=True) as member:
            for chunk in (head, *chunks):
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self._members.append(Member(name, message_id, size, digest.hexdigest()))

    def close(self, *, package_id: str, created: datetime, sender: str, receiver: str) -> Manifest:
        """Write the manifest and the end of the archive."""
        manifest = Manifest(
            FORMAT, VERSION, package_id, created, sender, receiver, tuple(self._members)
        )
        plain = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        self._archive.writestr(_entry(MANIFEST), plain)
        self._archive.close()
        return manifest


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry that tells nothing but its name: the archive is a function of what it holds."""
    return zipfile.ZipInfo(name, _EPOCH)


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was opened: its manifest is read, its members are not."""

    manifest: Manifest
    archive: zipfile.ZipFile

    def intact(self, member: Member) -> bool:
        """Whether a member is there, as long and with the digest that the manifest states."""
        digest, left = hashlib.sha256(), member.size
        try:
            for chunk in self._octets(member):
                left -= len(chunk)
                digest.update(chunk)
        except (KeyError, OSError, zipfile.BadZipFile, EOFError, NotImplementedError):
            return False
        return left == 0 and digest.hexdigest() == member.sha256

    def read(self, member: Member) -> tuple[str, Iterator[bytes]]:
        """Content type and body of an intact member.

        Raises:
            InputError: ``package-member-malformed``: it does not open with a Content-Type.
        """
        octets = self._octets(member)
        first = next(octets, b"")
        head, end, rest = first.partition(_END)
        if not end or len(head) > HEAD_SIZE or not head.startswith(_HEAD) or b"\n" in head:
            raise InputError(
                "package-member-malformed",
                "a member opens with its Content-Type and an empty line",
                path=member.name,
            )
        return head[len(_HEAD) :].decode("latin-1"), _joined(rest, octets)

    def _octets(self, member: Member) -> Iterator[bytes]:
        with self.archive.open(member.name) as source:
            while chunk := source.read(CHUNK):
                yield chunk


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


@contextmanager
def opened(file: IO[bytes]) -> Iterator[Package]:
    """A package, open for reading.

    Raises:
        InputError: ``package-damaged``: no archive, or not all of it; ``package-unknown``: another format, or
            a later major version; ``package-malformed``: an archive that no node makes.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
        raise InputError(
            "package-damaged",
            "the file is no package, or its end is missing: copy it again from where it was made",
            detail=str(error),
        ) from error
    with archive:
        _check_entries(archive, file)
        yield Package(_manifest(archive), archive)


def _check_entries(archive: zipfile.ZipFile, file: IO[bytes]) -> None:
    """Refuse what unpacks to more than it is: compressed, encrypted, overlapping or doubled entries."""
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    plain = all(
        entry.compress_type == zipfile.ZIP_STORED
        and entry.file_size == entry.compress_size
        and not entry.flag_bits & 1
        for entry in entries
    )
    together = sum(entry.file_size for entry in entries)
    if not plain or len(names) != len(entries) or together > file.seek(0, 2):
        raise InputError(
            "package-malformed",
            "members of a package are stored uncompressed, each under a name of its own",
        )


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > MANIFEST_SIZE:
            raise InputError(
                "package-malformed", f"the manifest has more than {MANIFEST_SIZE} octets"
            )
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except KeyError as error:
        raise InputError("package-unknown", f"the archive has no {MANIFEST}") from error
    except (msgspec.DecodeError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise InputError("package-damaged", f"{MANIFEST} cannot be read: {error}") from error
    if manifest.format != FORMAT or manifest.version.partition(".")[0] != VERSION.partition(".")[0]:
        raise InputError(
            "package-unknown",
            f"the file is {manifest.format} {manifest.version}; this node reads {FORMAT} {VERSION}",
        )
    return manifest
