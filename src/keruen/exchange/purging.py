"""Removes content that is older than the agreement keeps it; ids, kinds, times, states, digests and proof stay.

Nothing open goes: a consignment must have ended, nothing about it may wait in the outbox or be younger. Each
step looks for a page of what is old enough and removes it in small transactions. What is removed is found no
more, so that whoever is killed begins again where he was.

An envelope says nothing of goods. It goes with its message, but not before the ids of messages do
(`retention.message_ids`): until then a repeated message gets the same receipt, which is made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.exchange.context import Context
from keruen.exchange.drafts import DROPPED
from keruen.exchange.lifecycle import State
from keruen.exchange.once import KEPT
from keruen.exchange.retention import (
    OVER,
    Purged,
    declarations_of,
    messages_of,
    payloads_of,
    remove_consignment,
    remove_messages,
)
from keruen.store import (
    Consignment,
    Direction,
    InboxEntry,
    Message,
    NationalDeclaration,
    Reader,
    Refusal,
    Store,
    Transaction,
)

PAGE = 200
"""Rows that are looked up at a time."""
TOGETHER = 10
"""Rows that one transaction removes."""

A = TypeVar("A")
R = TypeVar("R")
Place = tuple[datetime, str] | None


def purge(store: Store, context: Context, *, dry_run: bool = False) -> Iterator[Purged]:
    """Remove what every agreement has kept long enough, a few rows a step, and say what each removed.

    Each step blocks.

    Args:
        dry_run: count only.
    """
    for agreement in context.agreements:
        yield from Purger(store, context, agreement, dry_run=dry_run).steps()
    yield from _refusals(store, context, dry_run=dry_run)
    yield _answers(store, context, dry_run=dry_run)


class Purger:
    """Removes what one agreement has kept long enough."""

    def __init__(
        self, store: Store, context: Context, agreement: Agreement, *, dry_run: bool
    ) -> None:
        self._store, self._context, self._agreement = store, context, agreement
        self._dry_run = dry_run
        self._now = context.clock.now()
        keep = agreement.retention
        self._before = self._now - keep.content
        self._proof_before = self._now - max(keep.content, keep.message_ids)

    def steps(self) -> Iterator[Purged]:
        """Remove everything, a few rows a step."""
        yield from self._consignments()
        yield from self._messages()
        yield from self._declarations()
        yield from self._transmissions()
        if self._proof_before < self._before and not self._dry_run:
            self._envelopes()

    def _consignments(self) -> Iterator[Purged]:
        def find(reader: Reader, after: str) -> list[Consignment]:
            states = OVER, State.ARRIVED.value
            return reader.consignments_kept(self._corridor, *states, self._before, after, PAGE)

        for one in self._each(find, lambda one: one.consignment_id, ""):
            messages = self._store.read(partial(messages_of, one=one))
            declarations = self._store.read(partial(declarations_of, one=one))
            self._remove(
                messages,
                partial(
                    remove_consignment,
                    context=self._context,
                    one=one,
                    at=self._now,
                    proof_before=self._proof_before,
                ),
            )
            removed = Purged(messages=len(messages), declarations=len(declarations))
            yield replace(removed, consignments=1)

    def _messages(self) -> Iterator[Purged]:
        def find(reader: Reader, after: Place) -> list[Message]:
            return reader.messages_kept(self._corridor, self._before, after, PAGE)

        for some in together(self._each(find, _place, None)):
            self._remove(some, self._removal(some))
            yield Purged(messages=len(some))

    def _envelopes(self) -> None:
        """Those that were kept beyond their messages, for repeated ones."""

        def find(reader: Reader, after: Place) -> list[Message]:
            return reader.messages_removed(self._corridor, self._proof_before, after, PAGE)

        for some in together(self._each(find, _place, None)):
            self._store.write_now(self._removal(some))

    def _declarations(self) -> Iterator[Purged]:
        def find(reader: Reader, after: str) -> list[NationalDeclaration]:
            return reader.declarations_kept(self._corridor, self._before, after, PAGE)

        def remove(tx: Transaction, some: Sequence[NationalDeclaration]) -> None:
            for one in some:
                tx.remove_declaration(one, self._now)

        for some in together(self._each(find, lambda one: one.declaration_id, "")):
            if not self._dry_run:
                self._store.write_now(partial(remove, some=some))
            yield Purged(declarations=len(some))

    def _transmissions(self) -> Iterator[Purged]:
        partner = self._agreement.other(self._context.country)

        def find(reader: Reader, after: str) -> list[InboxEntry]:
            return reader.inbox_kept(partner, self._before, after, PAGE)

        def remove(tx: Transaction, ebms_id: str) -> None:
            tx.remove_envelope(self._corridor, ebms_id, Direction.IN, self._proof_before)

        for one in self._each(find, lambda one: one.ebms_id, ""):
            if not self._dry_run:
                self._store.write_now(partial(remove, ebms_id=one.ebms_id))
                self._drop(one.payload_id)
            yield Purged(transmissions=1)

    @property
    def _corridor(self) -> str:
        return self._agreement.corridor

    def _each(
        self, find: Callable[[Reader, A], list[R]], place: Callable[[R], A], start: A
    ) -> Iterator[R]:
        return each(self._store, find, place, start)

    def _remove(self, messages: Sequence[Message], remove: Callable[[Transaction], None]) -> None:
        """What may be large goes first, piece by piece; then the rest, which says that it is gone."""
        if self._dry_run:
            return
        for payload_id in self._store.read(partial(payloads_of, messages=messages)):
            self._drop(payload_id)
        self._store.write_now(remove)

    def _removal(self, some: Sequence[Message]) -> Callable[[Transaction], None]:
        return partial(
            remove_messages, messages=some, at=self._now, proof_before=self._proof_before
        )

    def _drop(self, payload_id: str) -> None:
        while not self._store.write_now(lambda tx: tx.drop_chunks(payload_id, DROPPED)):
            pass


def each(
    store: Store, find: Callable[[Reader, A], list[R]], place: Callable[[R], A], start: A
) -> Iterator[R]:
    """Rows page by page, each page in a snapshot of its own; `place` is where the next page goes on."""
    after = start
    while found := store.read(partial(find, after=after)):  # type: ignore[call-arg]
        yield from found
        after = place(found[-1])


def together(rows: Iterable[R]) -> Iterator[list[R]]:
    """Rows in the groups that one transaction removes."""
    group: list[R] = []
    for one in rows:
        group.append(one)
        if len(group) == TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _place(one: Message) -> Place:
    return one.stored, one.message_id


def _refusals(store: Store, context: Context, *, dry_run: bool) -> Iterator[Purged]:
    """They belong to no agreement, and go when none would keep them."""
    if not context.agreements:
        return
    longest = max(one.retention.content for one in context.agreements)
    before = context.clock.now() - longest

    def find(reader: Reader, after: str) -> list[Refusal]:
        return reader.refusals_kept(before, after, PAGE)

    def remove(tx: Transaction, some: Sequence[Refusal]) -> None:
        for one in some:
            tx.remove_refusal(one.refusal_id)

    for some in together(each(store, find, lambda one: one.refusal_id, "")):
        if not dry_run:
            store.write_now(partial(remove, some=some))
        yield Purged(refusals=len(some))


def _answers(store: Store, context: Context, *, dry_run: bool) -> Purged:
    """Answers that were kept for requests that are repeated, and what was typed about arrivals."""
    before = context.clock.wall() - KEPT
    found = store.read(lambda reader: reader.answers_kept(before))
    if found and not dry_run:
        store.write_now(lambda tx: tx.drop_answers(before))
    if not dry_run:
        store.write_now(lambda tx: tx.drop_arrival_entries(before))
    return Purged(answers=found)
