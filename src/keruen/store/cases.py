"""Rows of what does not add up between the two sides, each until it does or a person closes it.

`CaseRow` is a projection of events, declarations and acts; it lies here only as long as something is open, so
that the queue does not grow with the years. `CaseAct` is append-only.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from keruen.store.rows import Role, Row


class CaseState(StrEnum):
    """How a consignment stands between the two sides."""

    EXPECTED = "expected"
    OVERDUE = "overdue"
    """Nothing was heard of it by the time that the agreement allows after its ETA."""
    PARTLY_ARRIVED = "partly-arrived"
    NEVER_ARRIVED = "never-arrived"
    """It was looked for in vain, or the longest time that anything may take is over."""
    WITHOUT_EXPORT = "arrived-without-export"
    """It came, and nothing had announced it."""
    ORPHAN = "imported-without-export"
    """An import declaration that belongs to no announced consignment."""
    DIVERTED = "diverted"
    """It came to another post, or went to another country, than was announced."""
    ARRIVED = "arrived"
    """Both sides know of it: no case."""


class CaseRow(Row, frozen=True):
    """A consignment, or an import declaration, that is not settled between the two sides. A projection.

    Attributes:
        subject: id of the consignment, or of the import declaration.
        role: sender for what this node announced, receiver for what comes to it.
        state: as events leave it; what is expected becomes overdue and never arrived by the clock alone.
        due: when its time was over: from here its age counts.
        last: the message that brought the last news of it; whoever closes it has seen that.
        value: whole units of `currency`, where the declaration states one; `mass`: gross, kg.
        trader: number of this country's trader, a name where it has none; no natural person is named.
        chapter: of the Harmonized System, of its heaviest goods.
        closed: when a person closed it; None while it is open.
        candidate: consignment that a person took for it, and of which the other side is still to be told.
    """

    corridor: str
    subject: str
    role: Role
    partner: str
    state: CaseState
    due: datetime
    reference: str
    post: str | None = None
    last: str | None = None
    vehicle: str | None = None
    title: str | None = None
    value: int | None = None
    currency: str | None = None
    mass: int | None = None
    trader: str = ""
    trader_name: str | None = None
    carrier: str = ""
    carrier_name: str | None = None
    chapter: str = ""
    closed: datetime | None = None
    candidate: str | None = None


class CaseDeed(StrEnum):
    """What a person does with a case."""

    CLOSED = "closed"
    REOPENED = "reopened"
    LINKED = "linked"
    """A candidate was taken for it."""
    UNLINKED = "unlinked"


class CaseAct(Row, frozen=True):
    """What a person did with a case. Append-only.

    Attributes:
        act_id: UUIDv7, orders them.
        person: who; `text`: why, in their words.
        reason: code of the reason that it was closed with.
        state, last: how the case stood then; what comes after that opens it again.
        candidate: id of the consignment that was taken for it.
    """

    act_id: str
    corridor: str
    subject: str
    deed: CaseDeed
    at: datetime
    person: str
    state: CaseState
    last: str | None = None
    reason: str | None = None
    text: str = ""
    candidate: str | None = None
