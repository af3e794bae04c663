"""Rows of which figures are made: each consignment once under everything that it is counted by.

A projection of events and messages, rebuilt with the others. One row carries all that figures ask of a
consignment, so that counting a month reads one stretch of one index, however many years are kept.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from keruen.store.rows import Role, Row


class Aspect(StrEnum):
    """What consignments are counted by."""

    ALL = "all"
    """Each once, under the empty key."""
    CODE = "code"
    """Coded discrepancies."""
    OFFICE = "office"
    """Customs office of departure, or the one that declared."""
    CHAPTER = "chapter"
    """Chapters of the Harmonized System."""
    TRADER = "trader"
    """The trader of this node's country: the consignee of what comes, the consignor of what leaves."""


class FigureRow(Row, frozen=True):
    """A live consignment under one key of one aspect.

    Attributes:
        key: a code, a chapter, a trader's number; empty where the declaration states none.
        label: a firm's name.
        day: on which it counts, ``2026-11-24``: of its ETA, else of arrival, departure or announcement.
        announced, arrived: 1 or 0, as what follows.
        timed: it has arrived and had an ETA; of those `on_time`: not later than the agreement allows.
        differing: a difference other than that it has not arrived was stated.
        due: its ETA while it is awaited; None for what has come or had none.
        delay: minutes from its ETA to its arrival, negative where it came before.
    """

    corridor: str
    consignment_id: str
    aspect: Aspect
    key: str
    day: str
    role: Role
    partner: str
    post: str | None = None
    label: str | None = None
    announced: int = 0
    arrived: int = 0
    timed: int = 0
    on_time: int = 0
    differing: int = 0
    due: datetime | None = None
    delay: int | None = None


class Sums(Row, frozen=True):
    """Figure rows added up.

    Attributes:
        key: of the aspect, or a day.
        missing: awaited although the ETA is past; `unannounced`: arrived without an announcement.
    """

    key: str
    label: str | None = None
    announced: int = 0
    arrived: int = 0
    timed: int = 0
    on_time: int = 0
    differing: int = 0
    missing: int = 0
    unannounced: int = 0
