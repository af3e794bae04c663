"""The audit trail as it is searched, shown and handed out, however long it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial

import msgspec

from keruen.store import AuditEntry, Reader, Store

AT_ONCE = 500
"""Entries that are read together."""
COLUMNS = AuditEntry.__struct_fields__
"""What an entry says, in the order of a table."""


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What entries are wanted.

    Attributes:
        who: by name.
        act: as `keruen.access.Act` or `keruen.people.audit.Deed`.
        since, until: first and last day, UTC.
    """

    who: str | None = None
    act: str | None = None
    subject: str | None = None
    since: date | None = None
    until: date | None = None

    def page(
        self, reader: Reader, before: str | None = None, limit: int = AT_ONCE
    ) -> list[AuditEntry]:
        """Entries, the newest first, of which the page before ended with `before`."""
        return reader.audit(
            name=self.who or None,
            act=self.act or None,
            subject=self.subject or None,
            since=_midnight(self.since),
            until=_midnight(self.until and self.until + timedelta(days=1)),
            before=before,
            limit=limit,
        )


def everything(store: Store, search: Search) -> Iterator[AuditEntry]:
    """All entries, the newest first; each bit is read when the one before it was used."""
    before: str | None = None
    while found := store.read(partial(search.page, before=before)):
        yield from found
        before = found[-1].entry_id


def table(entries: Iterable[AuditEntry]) -> Iterator[Sequence[str | None]]:
    """Entries as rows of a table, its head first."""
    yield COLUMNS
    for entry in entries:
        values = (getattr(entry, name) for name in COLUMNS)
        yield [one.isoformat() if isinstance(one, datetime) else one for one in values]


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(0), UTC) if day else None
