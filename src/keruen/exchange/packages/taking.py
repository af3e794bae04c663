"""Takes a package: each of its messages by the checks of the line, none of them because the package says so.

What was taken before, by the line or in another package, is receipted again and not doubled. What is
damaged is named and left: without a receipt its sender packs it again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from keruen.as4 import PullRequest
from keruen.errors import InputError, UsageError
from keruen.exchange.context import Context
from keruen.exchange.packages.container import Manifest, Member, Package
from keruen.exchange.peers import Line, Reply
from keruen.exchange.receiving import Outcome, Receiver
from keruen.store import Reader


class Fate(StrEnum):
    """What became of one message of a package."""

    TAKEN = "taken"
    """A message of the partner: it is in the inbox."""
    KNOWN = "known"
    """It came before, by whatever way; it is receipted again."""
    ANSWERED = "answered"
    """A receipt or an error: it was applied to the message that it answers."""
    REFUSED = "refused"
    """The checks of the line refuse it; the refusal is kept with its cause."""
    DAMAGED = "damaged"
    """It is not what was packed."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One message of a package and what became of it."""

    name: str
    message_id: str
    fate: Fate
    why: str | None = None
    """Code and cause where it was not taken."""


@dataclass(frozen=True, slots=True)
class Unpacker:
    """Takes the messages of a package.

    Args:
        receiver: what would take them from the line.
        answer: told the AS4 id of each message of the partner, and the answer to it.
    """

    receiver: Receiver
    package: Package
    answer: Callable[[str, Reply], object]

    async def take(self, member: Member) -> Taken:
        """Take one member; never raises for bad input."""
        if not await asyncio.to_thread(self.package.intact, member):
            return _taken(member, Fate.DAMAGED, "its octets are not those that were packed")
        try:
            content_type, chunks = self.package.read(member)
        except InputError as error:
            return _taken(member, Fate.DAMAGED, error.text)
        known = self.receiver.store.read(lambda reader: self._known(reader, member))
        outcome = await self.receiver.carried(content_type, _stream(chunks))
        return self._fate(member, outcome, known=known)

    def _known(self, reader: Reader, member: Member) -> bool:
        sender = self.package.manifest.sender
        return reader.inbox_entry(member.message_id, sender) is not None

    def _fate(self, member: Member, outcome: Outcome, *, known: bool) -> Taken:
        if isinstance(outcome.signal, PullRequest):
            return _taken(member, Fate.REFUSED, "a package carries no pull requests")
        if outcome.reply.body:
            self.answer(outcome.message_id or member.message_id, outcome.reply)
        if outcome.refused is not None:
            return _taken(member, Fate.REFUSED, f"{outcome.refused}: {outcome.refused.detail}")
        if outcome.signal is not None:
            return _taken(member, Fate.ANSWERED)
        return _taken(member, Fate.KNOWN if known else Fate.TAKEN)


def check_addressed(manifest: Manifest, context: Context, line: Line) -> None:
    """Check that a package is for this node, and from a partner.

    Raises:
        UsageError: ``package-foreign``, ``card-missing``.
    """
    if manifest.receiver != context.country:
        raise UsageError(
            "package-foreign",
            f"the package is from {manifest.sender} to {manifest.receiver}; "
            f"this is the node of {context.country}: nothing of it was taken",
        )
    line.partner(manifest.sender)


def _taken(member: Member, fate: Fate, why: str | None = None) -> Taken:
    return Taken(member.name, member.message_id, fate, why)


async def _stream(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
