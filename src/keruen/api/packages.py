"""Exchange without a line: what waits for a partner as one file, and such a file of a partner taken."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Iterator
from typing import IO, Any

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import OCTETS, Download, Upload, operation
from keruen.api.places import OnePartner
from keruen.api.problems import missing
from keruen.api.shown import only
from keruen.customs import Struct
from keruen.exchange.packages import (
    GIVEN_UP,
    WAITING,
    Fate,
    Manifest,
    Packer,
    Taken,
    opened,
    take_all,
)

LARGEST = 1 << 30
"""Octets of a package that is taken by the API; a larger one is taken by the command."""
CHUNK = 1 << 16
PACKAGES: dict[str, Any] = {"tag": "Packages", "act": Act.EXPORT_PACKAGE}


class WantedPackage(Struct, frozen=True, forbid_unknown_fields=True):
    """What is packed.

    Attributes:
        given_up: what the line has given up, too.
    """

    given_up: bool = False


class MemberTaken(Struct, frozen=True):
    """One message of a package.

    Attributes:
        message_id: AS4 id.
        fate: what became of it; `why`: code and cause where it was not taken.
    """

    name: str
    message_id: str
    fate: Fate
    why: str | None = None


class PackageTaken(Struct, frozen=True):
    """What became of a package.

    Attributes:
        sender: country that made it.
        answers: how many answers there are for it; `answer`: they, as a package in base64 to be carried back.
    """

    package_id: str
    sender: str
    messages: tuple[MemberTaken, ...]
    answers: int
    answer: str | None = None


@operation(
    "POST",
    "/partners/{country}/package",
    id="exportPackage",
    media_type=OCTETS,
    codes={404: ("partner-unknown",)},
    **PACKAGES,
)
def export(call: Call, place: OnePartner, query: WantedPackage) -> Download:
    """Pack what waits for a partner as one file.

    Each message is signed and encrypted as on the line; it waits on until its receipt is there: a package
    may be made again, lost, or overtaken by the line. No key is needed.
    """
    gate = call.gate
    known = place.country in gate.receiver.line.peers
    if not known or not call.caller.sees_partner(place.country):
        raise missing("partner-unknown", f"This node has no card of {place.country}.")
    file = gate.receiver.space.open()
    packer = Packer(gate.store, gate.context, gate.receiver.line, place.country, file)
    for _ in packer.waiting(GIVEN_UP if query.given_up else WAITING):
        pass
    manifest = packer.close()
    return Download(_octets(file), f"{manifest.sender}-{manifest.receiver}.keruen")


def _octets(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


@operation(
    "POST",
    "/packages",
    id="importPackage",
    size=LARGEST,
    codes={422: ("package-damaged", "package-foreign", "package-malformed", "package-unknown")},
    **PACKAGES,
)
async def take(call: Call, body: Upload) -> PackageTaken:
    """Take a partner's package as if its messages came by the line.

    What was taken before, by whatever way, is receipted again and not doubled, so that no key is needed.
    """
    receiver = call.gate.receiver
    with receiver.space.open() as file, receiver.space.open() as answers:
        await asyncio.to_thread(_write, file, body.chunks)
        with opened(file) as package:
            manifest = package.manifest
            if not call.caller.sees_partner(manifest.sender):
                raise missing("partner-unknown", f"This node has no card of {manifest.sender}.")
            taken, answered = await take_all(receiver, package, answers)
        answers.seek(0)
        return _taken(manifest, taken, answered, answers.read())


def _write(file: IO[bytes], chunks: Iterator[bytes]) -> None:
    for chunk in chunks:
        file.write(chunk)
    file.seek(0)


def _taken(
    manifest: Manifest, taken: list[Taken], answered: Manifest, octets: bytes
) -> PackageTaken:
    names = MemberTaken.__struct_fields__
    return PackageTaken(
        package_id=manifest.package_id,
        sender=manifest.sender,
        messages=tuple(MemberTaken(**only(one, names)) for one in taken),
        answers=len(answered.members),
        answer=base64.b64encode(octets).decode() if answered.members else None,
    )


OPERATIONS = (export, take)
