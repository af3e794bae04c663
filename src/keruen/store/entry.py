"""Rows of arrivals that somebody enters: what was typed until it is registered, then what was answered."""

from __future__ import annotations

from datetime import datetime

from keruen.store.rows import Row


class ArrivalEntry(Row, frozen=True):
    """An arrival on its way from a form to the exchange; the id is what makes it happen once.

    Attributes:
        entry_id: UUIDv7, made with the form.
        person: whose it is.
        post: code of the post at which it is entered.
        consignment_id: of the consignment that it is about; empty for a vehicle that nobody announced.
        typed: JSON of what was typed and attached.
        saved: wall time of the last change.
        registered: wall time; None for a draft.
        answer: JSON of the answer to the post; empty for a draft.
        withdrawn: wall time at which it was taken back; None where it holds.
    """

    entry_id: str
    person: str
    post: str
    consignment_id: str
    typed: bytes
    saved: datetime
    registered: datetime | None = None
    answer: bytes = b""
    withdrawn: datetime | None = None
