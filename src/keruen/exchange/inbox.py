"""Handles what waits in the inbox: many messages in one transaction, a troublesome one alone.

A message is taken from the inbox in the same transaction in which its handler writes, so it is handled
once, whatever happens. One that cannot be used is kept with the reason, and its sender is told.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog

from keruen.errors import KeruenError, LocalError, RemoteError
from keruen.exchange.answering import Handler
from keruen.exchange.context import Context
from keruen.exchange.incoming import check_header, read_incoming
from keruen.exchange.quality import count
from keruen.exchange.refusing import INTERNAL, KNOWN_ID, answer_refused
from keruen.exchange.sending import SWEEP_SECONDS
from keruen.exchange.unused import count_unusable
from keruen.exchange.working import work
from keruen.messages import AnyMessage, kind_of
from keruen.store import Direction, InboxEntry, Message, Refusal, Store, Transaction

BATCH = 50
"""Messages that are handled in one transaction."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Inbox:
    """Hands waiting messages to their handlers, until cancelled.

    Args:
        handlers: message kind → function.
        hint: set when something new waits; a lost hint costs `SWEEP_SECONDS`.
    """

    store: Store
    context: Context
    handlers: Mapping[str, Handler]
    hint: asyncio.Event = field(default_factory=asyncio.Event)
    _busy: bool = False
    """Whether the last round found something."""

    async def run(self) -> None:
        """Handle what waits, without end."""
        await work(self.round, self.hint, SWEEP_SECONDS, "inbox")

    async def round(self) -> int:
        """Handle a batch; gives how many."""
        # Under load something waits most of the time, and the batch finds out by itself.
        if not (self._busy or await self._waiting()):
            return 0
        try:
            handled = await self.store.write(self._batch)
        except Exception:  # noqa: BLE001 - whatever it is, the others must go on
            waiting = await self._waiting()
            for entry in waiting:
                await self._alone(entry)
            handled = len(waiting)
        self._busy = handled > 0
        return handled

    async def _waiting(self) -> list[InboxEntry]:
        return await asyncio.to_thread(self.store.read, lambda reader: reader.inbox_waiting(BATCH))

    def _batch(self, tx: Transaction) -> int:
        waiting = tx.inbox_waiting(BATCH)
        for entry in waiting:
            self._handle(tx, entry)
        return len(waiting)

    async def _alone(self, entry: InboxEntry) -> None:
        """Handle one message in a transaction of its own; refuse it if that fails, too."""
        try:
            await self.store.write(lambda tx: self._handle(tx, entry))
        except KeruenError as error:
            await self._refuse(entry, error)
        except Exception as error:  # a defect of ours: the message is kept, its sender is told
            log.exception("handler failed", message=entry.ebms_id)
            await self._refuse(
                entry,
                LocalError(
                    INTERNAL,
                    "The receiver could not handle the message; its operator has been told.",
                    detail=repr(error),
                ),
            )

    def _handle(self, tx: Transaction, entry: InboxEntry) -> None:
        known = tx.inbox_entry(entry.ebms_id, entry.partner)
        if known is None or known.handled is not None:
            return
        data = b"".join(tx.payload(entry.payload_id))
        incoming = read_incoming(data, entry.action, entry.partner)
        agreement = self.context.agreement_with(entry.partner)
        check_header(self.context, agreement, incoming)
        message = incoming.message
        stored = tx.message(agreement.corridor, message.header.message_id)
        if stored is not None and _is_again(stored, data):
            log.info("came again", message=stored.message_id, transmission=entry.ebms_id)
            tx.inbox_handled(entry.ebms_id, entry.partner, self.context.clock.now())
            return
        if stored is not None:
            raise RemoteError(
                KNOWN_ID,
                "A message of this id came before in another transmission; each message has its own.",
                path="header.message_id",
            )
        stored = self._row(agreement.corridor, entry, message, data)
        tx.add_message(stored)
        count(tx, self.context, stored)
        self.handlers[kind_of(message)](tx, self.context, agreement, incoming)
        tx.inbox_handled(entry.ebms_id, entry.partner, self.context.clock.now())

    def _row(self, corridor: str, entry: InboxEntry, message: AnyMessage, data: bytes) -> Message:
        header = message.header
        return Message(
            corridor=corridor,
            message_id=header.message_id,
            direction=Direction.IN,
            partner=entry.partner,
            kind=kind_of(message),
            created=header.created,
            stored=self.context.clock.now(),
            body=data,
            ebms_id=entry.ebms_id,
            consignment_id=getattr(message, "consignment_id", None),
            refers_to=header.refers_to,
        )

    async def _refuse(self, entry: InboxEntry, error: KeruenError) -> None:
        log.warning("unusable", code=error.code, why=str(error), message=entry.ebms_id)
        await self.store.write(lambda tx: self._refused(tx, entry, error))

    def _refused(self, tx: Transaction, entry: InboxEntry, error: KeruenError) -> None:
        """Keep the message with the reason, and answer it: rejected."""
        now = self.context.clock.now()
        tx.add_refusal(
            Refusal(
                refusal_id=self.context.clock.new_id(),
                at=now,
                source=entry.partner,
                code=error.code,
                text=error.text,
                detail=error.detail or error.path,
                message_id=entry.ebms_id,
                raw=b"".join(tx.payload(entry.payload_id)),
            )
        )
        tx.inbox_handled(entry.ebms_id, entry.partner, now)
        count_unusable(tx, self.context, entry, error)
        answer_refused(tx, self.context, entry, error)


def _is_again(stored: Message, data: bytes) -> bool:
    """Whether a message came before with the same content, whether that is still here or not."""
    same = stored.content_digest == hashlib.sha256(data).digest()
    return stored.direction is Direction.IN and same
