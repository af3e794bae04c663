"""The life of a consignment as one table: which event moves which state where.

    released → sent → delivered → accepted | rejected → under-way → arrived → formalities → closed

with the side branches overdue, partly-arrived, annulled, unannounced and empty. Both sides use the same
table; the sender starts at ``released``, the receiver at ``announced``. Messages travel in parallel, so an
event may come after one that it should precede: an event moves the states that it names and leaves every
other state as it is. It is recorded either way.

An amendment is an event, no state: a consignment stands where it stood, with another version of what was
declared. Only one that was rejected stands better by it. An annulment is a state, and nothing leads out of it.
An empty vehicle is sent and delivered as goods are, and from its acceptance on awaited as ``empty``; by its ETA
it is ``overdue`` as goods are, and still one that carries none (`carrying`).
Either counts on both sides from the moment that the receiver has accepted it.

What a *message* does in which state is the table of `keruen.exchange.outcomes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a consignment stands."""

    RELEASED = "released"
    SENT = "sent"
    DELIVERED = "delivered"
    ANNOUNCED = "announced"
    EMPTY = "empty"
    REJECTED = "rejected"
    ACCEPTED = "accepted"
    UNDER_WAY = "under-way"
    OVERDUE = "overdue"
    PARTLY_ARRIVED = "partly-arrived"
    ARRIVED = "arrived"
    FORMALITIES = "formalities"
    CLOSED = "closed"
    ANNULLED = "annulled"
    UNANNOUNCED = "unannounced"


class Happening(StrEnum):
    """What can happen to a consignment."""

    RELEASED = "released"
    SENT = "sent"
    DELIVERED = "delivered"
    ANNOUNCED = "announced"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DEPARTED = "departed"
    OVERDUE = "overdue"
    PARTLY_ARRIVED = "partly-arrived"
    ARRIVED = "arrived"
    IMPORTED = "imported"
    CLOSED = "closed"
    UNANNOUNCED = "unannounced"
    LEFT_EMPTY = "left-empty"
    """On its sender's side; the other side awaits it from the moment that it has accepted the news."""
    EMPTY_EXPECTED = "empty-expected"
    AMENDMENT_SENT = "amendment-sent"
    """By the sender; it counts when the receiver has accepted it."""
    AMENDED = "amended"
    AMENDMENT_REJECTED = "amendment-rejected"
    ANNULMENT_SENT = "annulment-sent"
    ANNULLED = "annulled"
    ANNULMENT_REJECTED = "annulment-rejected"
    ENQUIRED = "enquired"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    """Neither the enquiry nor its reminder was answered."""
    ARRIVAL_WITHDRAWN = "arrival-withdrawn"
    """It was registered by mistake, and nothing of the consignment has come."""
    PART_WITHDRAWN = "part-withdrawn"
    """The same, and other parts have come."""
    UNANNOUNCED_WITHDRAWN = "unannounced-withdrawn"
    FOUND = "found"
    """The reply to an enquiry says that it has arrived, perhaps under another number."""
    DIVERTED = "diverted"
    NOT_FOUND = "not-found"
    """The reply to an enquiry says that it was looked for and has not come."""
    NOT_KNOWN = "not-known"
    """The reply to an enquiry says that it was never announced there."""
    RECEIPT_MISSING = "receipt-missing"
    """EBMS:0301: a message about it was sent, and nothing proves that it came."""
    UNDELIVERED = "undelivered"
    """EBMS:0202: a message about it could not be delivered."""
    DEADLINE_MISSED = "deadline-missed"
    ANSWERED_LATE = "answered-late"
    """What was due came after its deadline."""
    CONTENT_REMOVED = "content-removed"
    """By the agreement's retention: ids, times, states and proof are left."""


_ON_THE_LINE = (State.RELEASED, State.SENT, State.DELIVERED)
AWAITED = (State.ACCEPTED, State.UNDER_WAY, State.EMPTY)
"""States in which the clock asks whether the ETA is past."""
_ANSWERABLE = (*_ON_THE_LINE, State.ANNOUNCED)
_EXPECTED = (State.ACCEPTED, State.UNDER_WAY, State.OVERDUE)
_NOT_YET_HERE = (*_ANSWERABLE, *_EXPECTED)
_ANNULLABLE = (
    *_NOT_YET_HERE,
    State.REJECTED,
    State.EMPTY,
    State.PARTLY_ARRIVED,
    State.ARRIVED,
    State.FORMALITIES,
    State.CLOSED,
)
"""All that was declared: the receiver refuses what comes too late, and the sender may hear of it last."""

FIRST: Mapping[Happening, State] = MappingProxyType(
    {
        Happening.RELEASED: State.RELEASED,
        Happening.ANNOUNCED: State.ANNOUNCED,
        Happening.UNANNOUNCED: State.UNANNOUNCED,
        Happening.LEFT_EMPTY: State.RELEASED,
        Happening.EMPTY_EXPECTED: State.EMPTY,
        Happening.AMENDED: State.ACCEPTED,
        Happening.AMENDMENT_REJECTED: State.REJECTED,
        Happening.ANNULLED: State.ANNULLED,
    }
)
"""Events that begin a consignment, and the state it begins in: a correction may overtake what it corrects."""

MOVES: Mapping[Happening, tuple[tuple[State, ...], State]] = MappingProxyType(
    {
        Happening.SENT: ((State.RELEASED,), State.SENT),
        Happening.DELIVERED: ((State.RELEASED, State.SENT), State.DELIVERED),
        Happening.ACCEPTED: (_ANSWERABLE, State.ACCEPTED),
        Happening.EMPTY_EXPECTED: (_ON_THE_LINE, State.EMPTY),
        Happening.REJECTED: ((*_ANSWERABLE, State.EMPTY), State.REJECTED),
        Happening.AMENDED: ((*_ANSWERABLE, State.REJECTED), State.ACCEPTED),
        Happening.ANNULLED: (_ANNULLABLE, State.ANNULLED),
        Happening.DEPARTED: ((State.ACCEPTED,), State.UNDER_WAY),
        Happening.OVERDUE: (AWAITED, State.OVERDUE),
        Happening.PARTLY_ARRIVED: (_NOT_YET_HERE, State.PARTLY_ARRIVED),
        Happening.ARRIVED: (
            (*_NOT_YET_HERE, State.EMPTY, State.PARTLY_ARRIVED),
            State.ARRIVED,
        ),
        Happening.ARRIVAL_WITHDRAWN: ((State.PARTLY_ARRIVED, State.ARRIVED), State.UNDER_WAY),
        Happening.PART_WITHDRAWN: ((State.ARRIVED,), State.PARTLY_ARRIVED),
        Happening.UNANNOUNCED_WITHDRAWN: ((State.UNANNOUNCED,), State.ANNULLED),
        Happening.FOUND: ((*_EXPECTED, State.EMPTY), State.ARRIVED),
        Happening.IMPORTED: (
            (*_NOT_YET_HERE, State.PARTLY_ARRIVED, State.ARRIVED),
            State.FORMALITIES,
        ),
        Happening.CLOSED: ((State.FORMALITIES,), State.CLOSED),
    }
)
"""Event → (states that it moves, state it moves them to)."""

WITHDRAWN = (
    Happening.ARRIVAL_WITHDRAWN,
    Happening.PART_WITHDRAWN,
    Happening.UNANNOUNCED_WITHDRAWN,
)
"""What takes an arrival back: the only events by which a consignment stands where it stood before."""

NOTED = frozenset(
    {
        Happening.AMENDMENT_SENT,
        Happening.AMENDMENT_REJECTED,
        Happening.ANNULMENT_SENT,
        Happening.ANNULMENT_REJECTED,
        Happening.ENQUIRED,
        Happening.REMINDED,
        Happening.ESCALATED,
        Happening.DIVERTED,
        Happening.NOT_FOUND,
        Happening.NOT_KNOWN,
        Happening.RECEIPT_MISSING,
        Happening.UNDELIVERED,
        Happening.DEADLINE_MISSED,
        Happening.ANSWERED_LATE,
        Happening.CONTENT_REMOVED,
    }
)
"""Events that move no state of what has begun: what was asked for, and what the line reports."""

EXPECTED = tuple(state.value for state in (*_EXPECTED, State.EMPTY))
"""States in which a consignment, or an empty vehicle, is awaited at its entry post."""

ENDS = (State.CLOSED, State.ANNULLED, State.UNANNOUNCED)
"""States that nothing leads out of."""


def after(state: State | None, happening: Happening) -> State:
    """The state after an event; unchanged where the event does not move it.

    Raises:
        ValueError: the event cannot be the first of a consignment.
    """
    if state is None:
        if happening not in FIRST:
            raise ValueError(f"a consignment does not begin with {happening}")
        return FIRST[happening]
    if happening in MOVES:
        sources, target = MOVES[happening]
        if state in sources:
            return target
    return state


def carrying(state: State, goods: int) -> State:
    """The state by which messages are ruled: an empty vehicle that is overdue carries no goods either.

    Args:
        goods: items that were announced.
    """
    return State.EMPTY if state is State.OVERDUE and not goods else state
