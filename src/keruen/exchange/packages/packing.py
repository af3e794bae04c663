"""Puts what waits for a partner into a package: the octets that the line would carry, and they wait on.

Nothing leaves the outbox by being packed: a receipt does that, by whatever way it comes back. So a package
may be made again, lost, or overtaken by the line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from keruen.exchange.attaching import Outgoing
from keruen.exchange.context import Context
from keruen.exchange.delivery import Delivery
from keruen.exchange.packages.container import Manifest, PackageWriter
from keruen.exchange.peers import Line, Peer, Reply
from keruen.exchange.transmissions import as_sent
from keruen.store import Message, OutboxEntry, OutboxState, Reader, Store, Transaction

PAGE = 200
"""Messages that are read from the outbox at a time."""
WAITING = (OutboxState.WAITING, OutboxState.PROBABLE)
GIVEN_UP = (*WAITING, OutboxState.FAILED)
"""The same, and what the line has given up."""


@dataclass(slots=True)
class Packer:
    """Writes a package for one partner.

    Args:
        country: the partner's.
        out: where to.

    Attributes:
        kinds: business messages packed so far, by kind.
        answers: answers to messages of the partner packed so far.

    Raises:
        UsageError: ``card-missing``.
    """

    store: Store
    context: Context
    line: Line
    country: str
    out: IO[bytes]
    kinds: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    _writer: PackageWriter = field(init=False)
    _peer: Peer = field(init=False)

    def __post_init__(self) -> None:
        self._peer = self.line.partner(self.country)
        self._writer = PackageWriter(self.out)

    def answer(self, message_id: str, reply: Reply) -> None:
        """Pack the answer to a message of the partner."""
        self._writer.add(message_id, reply.content_type, (reply.body,))
        self.answers += 1

    def waiting(self, states: tuple[OutboxState, ...] = WAITING) -> Iterator[str]:
        """Pack what waits in the outbox, one message a step; gives its kind."""
        for entry, message in self._outbox(states):
            attached = Outgoing(self.store, message).payloads if entry.bulky else ()
            sealed = self._delivery.seal(self._peer, entry, message, attached)
            self._writer.add(message.ebms_id, sealed.content_type, sealed.chunks())
            self.kinds[message.kind] += 1
            yield message.kind

    def close(self) -> Manifest:
        """Complete the file."""
        return self._writer.close(
            package_id=self.context.clock.new_id(),
            created=self.context.clock.now(),
            sender=self.context.country,
            receiver=self.country,
        )

    def _outbox(self, states: tuple[OutboxState, ...]) -> Iterator[tuple[OutboxEntry, Message]]:
        """What waits for the partner, in the order in which it was made."""
        after = ""
        while page := self._page(states, after):
            yield from page
            self._note(page)
            after = page[-1][0].message_id

    def _page(
        self, states: tuple[OutboxState, ...], after: str
    ) -> list[tuple[OutboxEntry, Message]]:
        def query(reader: Reader) -> list[tuple[OutboxEntry, Message | None]]:
            entries = reader.outbox_of(self.country, states, after, PAGE)
            return [(one, reader.message(one.corridor, one.message_id)) for one in entries]

        found = self.store.read(query)
        return [(entry, as_sent(entry, message)) for entry, message in found if message]

    def _note(self, page: list[tuple[OutboxEntry, Message]]) -> None:
        def packed(tx: Transaction) -> None:
            for _, message in page:
                self._delivery.packed(tx, message)

        self.store.write_now(packed)

    @property
    def _delivery(self) -> Delivery:
        return Delivery(self.context, self.line)
