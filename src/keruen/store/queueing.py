"""Writes to the outbox, the inbox and the import declarations that wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, delete, update

from keruen.store import rows, schema
from keruen.store.insertion import insert_new
from keruen.store.prepared import change_where
from keruen.store.recording import Recording, values_of
from keruen.store.rows import OutboxState
from keruen.store.traffic import lease_query


class Queueing(Recording):
    """Queues messages and takes them out again.

    Attributes:
        queued: what this transaction has put into the outbox and nobody has leased, by corridor and id.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.queued: dict[tuple[str, str], rows.OutboxEntry] = {}

    def add_inbox(self, row: rows.InboxEntry) -> None:
        """Put an incoming message into the inbox.

        Raises:
            LocalError: ``already-stored`` when the partner has used this id.
        """
        self._add(schema.inbox, values_of(row), "incoming message")

    def inbox_handled(self, ebms_id: str, partner: str, at: datetime) -> None:
        """Take a message out of the queue."""
        key = {"partner": partner, "ebms_id": ebms_id}
        change_where(self._connection, schema.inbox, key, {"handled": at})

    def put_import_marks(
        self, corridor: str, declaration_id: str, skeletons: Iterable[str]
    ) -> None:
        """Let an import declaration wait under these marks in place of those it had; under none, no longer."""
        table = schema.import_mark
        self._connection.execute(
            delete(table).where(
                table.c.corridor == corridor, table.c.declaration_id == declaration_id
            )
        )
        for skeleton in sorted(set(skeletons)):
            row = rows.ImportMark(
                corridor=corridor, declaration_id=declaration_id, skeleton=skeleton
            )
            self._add(table, values_of(row), "mark")

    def enqueue(self, row: rows.OutboxEntry) -> None:
        """Put a message into the outbox."""
        self._add(schema.outbox, values_of(row), "outgoing message")
        if row.state is OutboxState.WAITING:
            self.queued[row.corridor, row.message_id] = row

    def lease_outbox(
        self,
        owner: str,
        wall: datetime,
        limit: int,
        lease: timedelta,
        partners: Collection[str] | None = None,
        *,
        bulky: bool | None = None,
    ) -> list[rows.OutboxEntry]:
        """Take messages that are due, the longest due first, for `owner` alone until the lease is over.

        Args:
            wall: wall time now.
            partners: to whom; None for anyone.
            bulky: only what carries attachments, or only what carries none.
        """
        query = lease_query(everyone=partners is None, bulky=bulky)
        values = {"wall": wall, "partners": list(partners or ()), "limit": limit}
        due = self._all(rows.OutboxEntry, query, values)
        return [self.lease(entry, owner, wall + lease) for entry in due]

    def lease(self, entry: rows.OutboxEntry, owner: str, until: datetime) -> rows.OutboxEntry:
        """Take a message that waits and that nobody has leased, as `lease_outbox` does."""
        key = {"corridor": entry.corridor, "message_id": entry.message_id}
        values = {"lease_owner": owner, "lease_until": until, "attempts": entry.attempts + 1}
        change_where(self._connection, schema.outbox, key, values)
        self.queued.pop((entry.corridor, entry.message_id), None)
        return msgspec.structs.replace(entry, **values)

    def renew_lease(self, corridor: str, message_id: str, owner: str, until: datetime) -> None:
        """Give an owner that is still sending more time; nothing happens if it has lost its lease."""
        table = schema.outbox
        self._connection.execute(
            update(table)
            .where(
                table.c.corridor == corridor,
                table.c.message_id == message_id,
                table.c.lease_owner == owner,
            )
            .values(lease_until=until)
        )

    def release_leases(self, owner: str) -> None:
        """Put back at once what `owner` has taken: the process that took it is no more."""
        table = schema.outbox
        self._connection.execute(
            update(table)
            .where(table.c.lease_owner == owner)
            .values(lease_owner=None, lease_until=None)
        )

    def hasten_outbox(self, partner: str, wall: datetime) -> None:
        """Make due now what waits for another attempt to reach `partner`."""
        table = schema.outbox
        self._connection.execute(
            update(table)
            .where(
                table.c.partner == partner,
                table.c.state == OutboxState.WAITING,
                table.c.next_attempt > wall,
            )
            .values(next_attempt=wall)
        )

    def outbox_delivered(self, corridor: str, message_id: str, at: datetime) -> None:
        """Note the verified receipt; the seed is erased."""
        self._outbox(
            corridor,
            message_id,
            state=OutboxState.DELIVERED,
            delivered=at,
            seed=b"",
            lease_owner=None,
            lease_until=None,
            last_error=None,
        )

    def outbox_retry(
        self, corridor: str, message_id: str, next_attempt: datetime, error: str
    ) -> None:
        """Put a message back for another attempt; one that another owner has delivered stays so."""
        self._outbox(
            corridor,
            message_id,
            undelivered=True,
            next_attempt=next_attempt,
            last_error=error,
            lease_owner=None,
            lease_until=None,
        )

    def outbox_failed(self, corridor: str, message_id: str, error: str) -> None:
        """Give a message up; one that another owner has delivered stays so."""
        self._outbox(
            corridor,
            message_id,
            undelivered=True,
            state=OutboxState.FAILED,
            last_error=error,
            lease_owner=None,
            lease_until=None,
        )

    def outbox_probable(self, corridor: str, message_id: str, error: str) -> None:
        """Send a message no more: the partner says that it has it; one that is delivered stays so."""
        self._outbox(
            corridor,
            message_id,
            undelivered=True,
            state=OutboxState.PROBABLE,
            last_error=error,
            lease_owner=None,
            lease_until=None,
        )

    def outbox_note(self, corridor: str, message_id: str, error: str) -> None:
        """Keep what the partner said of a message, and change nothing else."""
        self._outbox(corridor, message_id, undelivered=True, last_error=error)

    def add_callback(self, row: rows.Callback) -> None:
        """Queue the receipt for a pulled message, unless it is queued already."""
        insert_new(self._connection, schema.callback, values_of(row))

    def callback_done(self, ebms_id: str, partner: str) -> None:
        """The partner has taken the receipt."""
        table = schema.callback
        self._connection.execute(
            delete(table).where(table.c.partner == partner, table.c.ebms_id == ebms_id)
        )

    def callback_retry(self, row: rows.Callback, next_attempt: datetime, error: str) -> None:
        """The receipt could not be handed over: again later."""
        table = schema.callback
        self._connection.execute(
            update(table)
            .where(table.c.partner == row.partner, table.c.ebms_id == row.ebms_id)
            .values(next_attempt=next_attempt, attempts=row.attempts + 1, last_error=error)
        )

    def _outbox(
        self, corridor: str, message_id: str, *, undelivered: bool = False, **values: object
    ) -> None:
        table = schema.outbox
        if not undelivered:
            key = {"corridor": corridor, "message_id": message_id}
            change_where(self._connection, table, key, values)
            return
        query = update(table).where(table.c.corridor == corridor, table.c.message_id == message_id)
        query = query.where(table.c.state != OutboxState.DELIVERED)
        self._connection.execute(query.values(**values))
