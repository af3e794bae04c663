"""A store's rows, again and again at other times: other ids, other marks, the same story.

What is unique in life (references, seals, documents) is unique in each copy; plates, wagons and containers
come back after some copies, as lorries do.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from keruen.bench.copy import UUID, Copy
from keruen.customs import fold, skeleton
from keruen.evidence import leaf_hash
from keruen.store import Envelope, IdentifierKind, evidence_entry
from keruen.store.bulk import Bulk, Stored

COPIED = (
    "declaration",
    "message",
    "outbox",
    "inbox",
    "envelope",
    "event",
    "consignment",
    "identifier",
    "discrepancy",
    "import_match",
    "import_mark",
    "enquiry",
    "alarm",
    "missed_deadline",
    "report",
)
"""Tables of which pages read more with every consignment."""
KEPT = b"x" * 64
"""What stands for content that nobody opens; a message says that it was removed."""
READ = frozenset({"Acknowledgement"})
"""Kinds of messages that lists read of every consignment."""

_ID = re.compile(UUID.pattern.encode())
_TIME = re.compile(
    rb"20\d\d-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?(?=\")"
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CONTENT = frozenset({"body", "envelope", "receipt"})
_MARKS = frozenset({"reference", "import_number", "vehicle", "declared", "skeleton", "discrepancy"})


@dataclass(slots=True)
class Originals:
    """What is copied: rows by table, and the marks of each consignment.

    Attributes:
        columns, times: of each table all columns, and those that hold a time.
        end: domain time at which the story ended.
    """

    columns: Mapping[str, tuple[str, ...]]
    times: Mapping[str, frozenset[str]]
    rows: Mapping[str, Sequence[Stored]]
    end: datetime
    marks: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, bulk: Bulk, end: datetime) -> Originals:
        """All rows of a store."""
        made = cls(
            {table: bulk.columns(table) for table in COPIED},
            {table: bulk.times(table) for table in COPIED},
            {table: bulk.rows(table) for table in COPIED},
            end,
        )
        for row in made.named("identifier"):
            made.marks[row["consignment_id"]].append((row["kind"], row["declared"]))
        return made

    def named(self, table: str) -> Iterator[dict[str, Any]]:
        """A table's rows by column."""
        names = self.columns[table]
        return (dict(zip(names, row, strict=True)) for row in self.rows[table])


def copied(
    originals: Originals, copy: Copy, position: int
) -> Iterator[tuple[str, list[Stored], list[bytes]]]:
    """The rows of one copy, table by table, with the leaves of the evidence log that they add.

    Args:
        position: how many leaves the log has before.
    """
    marks = {
        declared: copy.mark(kind, declared)
        for found in originals.marks.values()
        for kind, declared in found
    }
    shift = copy.shift // timedelta(microseconds=1)
    for table in COPIED:
        changes = [
            (lambda value: value + shift)
            if name in originals.times[table]
            else _change(name, table, copy, marks)
            for name in originals.columns[table]
        ]
        content = _Content(originals, table, copy, marks)
        rows, leaves = [], list[bytes]()
        for row in originals.rows[table]:
            made = [
                change(value) if change is not None and value is not None else value
                for change, value in zip(changes, row, strict=True)
            ]
            content.fill(row, made)
            if table == "envelope":
                made[-1] = position + len(leaves)
                leaves.append(_leaf(originals.columns[table], made, whole=copy.whole))
            rows.append(tuple(made))
        yield table, rows, leaves


def _change(name: str, table: str, copy: Copy, marks: Mapping[str, str]) -> Any:
    """How a value of a column is changed; None where it stays."""
    if table == "identifier" and name in ("folded", "skeleton"):
        return None
    if name in _MARKS:
        return lambda value: _respelled(value, copy, marks)
    if name == "digest" and table != "report":
        return lambda value: hashlib.sha256(copy.prefix.encode() + value).digest()
    return lambda value: _renamed(value, copy) if isinstance(value, str) else value


def _renamed(value: str, copy: Copy) -> str:
    return copy.prefix + value[8:] if UUID.match(value) else value


def _respelled(value: str, copy: Copy, marks: Mapping[str, str]) -> str:
    if value.startswith("{"):
        return value
    return " + ".join(
        marks.get(part) or copy.mark(IdentifierKind.REFERENCE, part) for part in value.split(" + ")
    )


class _Content:
    """What messages say in a copy, and the keys of its marks."""

    def __init__(
        self, originals: Originals, table: str, copy: Copy, marks: Mapping[str, str]
    ) -> None:
        names = originals.columns[table]
        self._copy, self._marks, self._originals = copy, marks, originals
        self._content = [names.index(name) for name in names if name in _CONTENT]
        self._about = names.index("consignment_id") if "consignment_id" in names else None
        self._kind = names.index("kind") if "kind" in names else 0
        self._removed = names.index("removed") if table == "message" else None
        self._stored = names.index("stored") if table == "message" else 0
        self._keys = (
            [names.index(n) for n in ("declared", "folded", "skeleton")]
            if table == "identifier"
            else []
        )

    def fill(self, row: Stored, made: list[Any]) -> None:
        """Put contents and keys into a row that is being made."""
        is_read = self._is_read(row)
        for place in self._content:
            if row[place]:
                made[place] = self._said(row, row[place]) if is_read else KEPT
        if self._removed is not None and not is_read:
            made[self._removed] = made[self._stored]
        if self._keys:
            declared, folded, like = self._keys
            made[folded], made[like] = fold(made[declared]), skeleton(made[declared])

    def _is_read(self, row: Stored) -> bool:
        return self._copy.whole or row[self._kind] in READ

    def _said(self, row: Stored, octets: bytes) -> bytes:
        said = _ID.sub(self._copy.prefix.encode(), octets)
        said = _TIME.sub(lambda found: _moved(found[0], self._copy.shift), said)
        about = row[self._about] if self._about is not None else None
        for _, declared in self._originals.marks.get(about or "", ()):
            said = said.replace(declared.encode(), self._marks[declared].encode())
        return said


def _moved(text: bytes, shift: timedelta) -> bytes:
    """A date or time of a message, so much later."""
    plain = text.decode()
    moved = datetime.fromisoformat(plain) + shift
    if "T" not in plain:
        return moved.date().isoformat().encode()
    return moved.isoformat(timespec="milliseconds").replace("+00:00", "Z").encode()


def _leaf(columns: Sequence[str], made: Sequence[Any], *, whole: bool) -> bytes:
    """The leaf of an envelope: the true one where it can be read, else one as good as any."""
    if not whole:
        return hashlib.sha256(made[columns.index("ebms_id")].encode()).digest()
    values = dict(zip(columns, made, strict=True))
    times = {
        name: _EPOCH + timedelta(microseconds=values[name]) for name in ("stored", "receipt_time")
    }
    fields = {name: values[name] for name in Envelope.__struct_fields__}
    return leaf_hash(evidence_entry(Envelope(**{**fields, **times})))
