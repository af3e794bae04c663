"""Writes to tables that are only ever appended to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table

from keruen.errors import LocalError
from keruen.evidence import Frontier, leaf_hash
from keruen.store import rows, schema
from keruen.store.evidence import evidence_entry
from keruen.store.insertion import insert_new
from keruen.store.prepared import change_where
from keruen.store.reader import Reader

CHUNK = 1 << 20
"""Octets of one payload row."""


class Recording(Reader):
    """Records what was, for good; a key that is taken raises LocalError ``already-stored``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._grown: Frontier | None = None

    def finish(self) -> None:
        """Write what was kept until the end: the head of the evidence log."""
        if self._grown is not None:
            head = {"size": self._grown.size, "frontier": self._grown.to_bytes()}
            change_where(self._connection, schema.evidence_head, schema.LOG, head)
            self._grown = None

    def _frontier(self) -> Frontier:
        return self._grown if self._grown is not None else super()._frontier()

    def _add(self, table: Table, values: dict[str, Any], what: str) -> None:
        if not insert_new(self._connection, table, values):
            raise LocalError("already-stored", f"this {what} is stored already")

    def add_message(self, row: rows.Message) -> None:
        """Store a business message.

        Raises:
            LocalError: ``already-stored`` when the corridor has a message of this id.
        """
        self._add(schema.message, values_of(row), "message")

    def add_event(self, row: rows.Event) -> None:
        """Append an event."""
        self._add(schema.event, values_of(row), "event")

    def add_declaration(self, row: rows.NationalDeclaration) -> None:
        """Store a declaration of the national system."""
        self._add(schema.declaration, values_of(row), "declaration")

    def add_refusal(self, row: rows.Refusal) -> None:
        """Store what was refused."""
        self._add(schema.refusal, values_of(row), "refusal")

    def add_envelope(self, row: rows.Envelope) -> int:
        """Store the proof of a transmission and append its leaf to the evidence log; gives its position."""
        frontier = self._frontier()
        leaf = leaf_hash(evidence_entry(row))
        self._add(schema.envelope, {**values_of(row), "leaf": frontier.size}, "envelope")
        self._add(schema.evidence_leaf, {"position": frontier.size, "hash": leaf}, "leaf")
        self._grown = frontier.append(leaf)
        return frontier.size

    def put_payload(self, payload_id: str, chunks: Iterable[bytes]) -> int:
        """Store a payload in rows of `CHUNK` octets; gives its size.

        Args:
            chunks: an iterable that can be gone through again, as the operation may be run again.
        """
        size = 0
        for ordinal, octets in enumerate(rechunked(chunks)):
            self._add(
                schema.payload,
                {"payload_id": payload_id, "ordinal": ordinal, "octets": octets},
                "payload",
            )
            size += len(octets)
        return size


def values_of(row: rows.Row) -> dict[str, Any]:
    """A row as column values by name."""
    return {name: getattr(row, name) for name in row.__struct_fields__}


def rechunked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same octets in pieces of `CHUNK`, the last one what is left."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    if waiting:
        yield bytes(waiting)
