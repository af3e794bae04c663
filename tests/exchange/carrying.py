"""Packages made and taken as the commands do, in memory."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, field

from tests.exchange.world import Node

from keruen.exchange.packages import WAITING, Fate, Packer, Taken, Unpacker, check_addressed, opened
from keruen.store import OutboxState


def packed(node: Node, partner: str, states: tuple[OutboxState, ...] = WAITING) -> bytes:
    """A package of what waits."""
    out = io.BytesIO()
    packer = Packer(node.store, node.context, node.line, partner, out)
    for _ in packer.waiting(states):
        pass
    packer.close()
    return out.getvalue()


@dataclass
class Answer:
    """What became of a package, and the package of answers."""

    taken: list[Taken] = field(default_factory=list)
    carried: int = 0
    """Answers in the package that goes back."""
    octets: bytes = b""

    @property
    def fates(self) -> Counter[Fate]:
        return Counter(one.fate for one in self.taken)


async def unpacked(node: Node, octets: bytes) -> Answer:
    """Take a package as the command does."""
    out, answer = io.BytesIO(), Answer()
    with opened(io.BytesIO(octets)) as package:
        check_addressed(package.manifest, node.context, node.line)
        sender = package.manifest.sender
        packer = Packer(node.store, node.context, node.line, sender, out)
        unpacker = Unpacker(node.receiver, package, packer.answer)
        answer.taken = [await unpacker.take(member) for member in package.manifest.members]
    packer.close()
    answer.carried, answer.octets = packer.answers, out.getvalue()
    return answer
