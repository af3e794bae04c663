"""The reckoning: what both nodes have stored, against each other and against what was planted.

Every figure is counted from the two databases after the run; receipts are verified again, from the stored
octets, against the digests of what was sent.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    Receipt,
    Reference,
    open_signal,
    verify_receipt,
)
from keruen.demo.play import Demonstration
from keruen.exchange import State
from keruen.messages import ASKING, Acknowledgement, Outcome, decode
from keruen.node import Node
from keruen.store import Direction, Event, Message, Reader

FAULTS = ("missed", "spurious", "lost", "duplicated")
"""Figures of a reckoning that must be zero."""
PAGE = 1000
"""Rows that are read at once."""

Fact = tuple[str, int | None, str]
"""Reference of a declaration, ordinal of an item or None, discrepancy code."""


@dataclass(frozen=True, slots=True)
class Books:
    """What one node has stored.

    Attributes:
        receipts: message ids whose stored receipt proves that the partner has them.
        found: coded discrepancies.
        handled: (message id, what happened) of every event that a message brought about.
        closed: ids of the consignments whose story is complete.
    """

    sent: tuple[Message, ...]
    received: tuple[Message, ...]
    receipts: frozenset[str]
    found: frozenset[Fact]
    handled: tuple[tuple[str, str], ...]
    closed: frozenset[str]

    @classmethod
    def of(cls, node: Node) -> Books:
        """Read the books of a node."""
        return node.store.read(partial(_books, node=node))


def _books(reader: Reader, node: Node) -> Books:
    # What the nodes ask each other by the clock goes on after the traffic's end.
    messages = [one for one in all_messages(reader) if one.kind not in ASKING]
    sent = tuple(m for m in messages if m.direction is Direction.OUT)
    consignments = reader.consignments(limit=1_000_000)
    return Books(
        sent=sent,
        received=tuple(m for m in messages if m.direction is Direction.IN),
        receipts=frozenset(m.message_id for m in sent if _is_proved(reader, node, m)),
        found=frozenset(
            (consignment.reference, row.discrepancy.item, row.discrepancy.code.value)
            for consignment in consignments
            for row in reader.discrepancies(consignment.corridor, consignment.consignment_id)
        ),
        handled=tuple((e.message_id, e.name) for e in all_events(reader) if e.message_id),
        closed=frozenset(c.consignment_id for c in consignments if c.state == State.CLOSED),
    )


def all_messages(reader: Reader) -> Iterator[Message]:
    """Every message that a node has stored, the last first."""
    before: str | None = None
    while page := reader.messages(limit=PAGE, before=before):
        yield from page
        before = page[-1].message_id


def all_events(reader: Reader) -> Iterator[Event]:
    """Every event that a node has recorded, in order."""
    last = ""
    while page := reader.all_events(after=last, limit=PAGE):
        yield from page
        last = page[-1].event_id


def _is_proved(reader: Reader, node: Node, message: Message) -> bool:
    """Whether the stored receipt is signed by the partner and repeats the digests of what was sent."""
    kept = reader.envelope(message.corridor, message.ebms_id, Direction.OUT)
    if kept is None or kept.receipt is None:
        return False
    pmode = node.line.peers[message.partner].pmode
    try:
        signal = open_signal(
            SOAP_CONTENT_TYPE, kept.receipt, pmode=pmode, now=node.context.clock.now()
        )
        if isinstance(signal, Receipt):
            verify_receipt(signal, message.ebms_id, _references(kept.digests))
            return True
    except EbmsError:
        return False
    return False


def _references(lines: str) -> list[Reference]:
    pairs = (line.split("\t") for line in lines.splitlines())
    return [Reference(uri, base64.b64decode(digest)) for uri, digest in pairs]


def reckon(demo: Demonstration, seconds: float) -> dict[str, Any]:
    """Compare the books of both nodes with each other and with the truth."""
    books = {country: Books.of(node) for country, node in demo.nodes.items()}
    first, second = books.values()
    truth: set[Fact] = {(t.reference, t.item, t.code.value) for t in demo.traffic.truth}
    both, either = first.found & second.found, first.found | second.found
    return {
        "consignments": demo.traffic.consignments,
        "preliminary_information": _flow(books, "PreliminaryInformation", rejected=True),
        "arrival_information": _flow(books, "ArrivalInformation"),
        "import_information": _flow(books, "ImportInformation"),
        "planted": _by_code(truth),
        "discrepancies": _by_code(both),
        "missed": len(truth - both),
        "spurious": len(either - truth),
        "messages_sent": len(first.sent) + len(second.sent),
        "receipts_verified": len(first.receipts) + len(second.receipts),
        "lost": lost(first, second) + lost(second, first),
        "duplicated": duplicated(first) + duplicated(second),
        "seconds": round(seconds, 1),
    }


def faults(reckoning: dict[str, Any]) -> list[str]:
    """Names of the figures that should be zero, or equal, and are not."""
    wrong = [name for name in FAULTS if reckoning[name]]
    flow = reckoning["preliminary_information"]
    if not flow["sent"] == flow["delivered"] == flow["accepted"] + flow["rejected"]:
        wrong.append("preliminary_information")
    if reckoning["messages_sent"] != reckoning["receipts_verified"]:
        wrong.append("receipts_verified")
    return wrong


def _by_code(facts: set[Fact] | frozenset[Fact]) -> dict[str, int]:
    return dict(sorted(Counter(code for _, _, code in facts).items()))


def _flow(books: dict[str, Books], kind: str, *, rejected: bool = False) -> dict[str, int]:
    sent = {m.message_id for book in books.values() for m in book.sent if m.kind == kind}
    delivered = {m.message_id for book in books.values() for m in book.received if m.kind == kind}
    outcomes = Counter(
        answer.outcome
        for book in books.values()
        for refers_to, answer in _answers(book)
        if refers_to in sent
    )
    accepted = outcomes[Outcome.ACCEPTED]
    if not rejected:
        return {"sent": len(sent), "accepted": accepted}
    return {
        "sent": len(sent),
        "delivered": len(sent & delivered),
        "accepted": accepted,
        "rejected": outcomes[Outcome.REJECTED],
    }


def _answers(book: Books) -> Iterator[tuple[str | None, Acknowledgement]]:
    for message in book.received:
        if message.kind == Acknowledgement.__name__:
            answer = decode(message.body)
            if isinstance(answer, Acknowledgement):
                yield message.refers_to, answer


def lost(sender: Books, receiver: Books) -> int:
    """Sent business ids without exactly one stored message there and, if answered, one answer here."""
    there = Counter(m.message_id for m in receiver.received)
    back = Counter(refers_to for refers_to, _ in _answers(sender))
    return sum(
        1
        for message in sender.sent
        if there[message.message_id] != 1
        or (message.kind != Acknowledgement.__name__ and back[message.message_id] != 1)
    )


def duplicated(book: Books) -> int:
    """Business ids that brought the same thing about more than once, or were answered more than once."""
    handled = Counter(book.handled)
    answers = Counter(refers_to for refers_to, _ in _answers(book))
    twice = {message_id for (message_id, _), count in handled.items() if count > 1}
    return len(twice | {refers_to for refers_to, count in answers.items() if count > 1})
