"""The life of a consignment as one table: which event moves which state where.

    released → sent → delivered → accepted | rejected → under-way → arrived → formalities → closed

with the side branches overdue, partly-arrived and unannounced. Both sides use the same table; the sender
starts at ``released``, the receiver at ``announced``. Messages travel in parallel, so an event may come
after one that it should precede: an event moves the states that it names and leaves every other state
as it is. It is recorded either way. `diagram` draws the table for the documentation.
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
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    UNDER_WAY = "under-way"
    OVERDUE = "overdue"
    PARTLY_ARRIVED = "partly-arrived"
    ARRIVED = "arrived"
    FORMALITIES = "formalities"
    CLOSED = "closed"
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
    RECEIPT_MISSING = "receipt-missing"
    """EBMS:0301: a message about it was sent, and nothing proves that it came."""
    UNDELIVERED = "undelivered"
    """EBMS:0202: a message about it could not be delivered."""


_ON_THE_LINE = (State.RELEASED, State.SENT, State.DELIVERED)
_ANSWERABLE = (*_ON_THE_LINE, State.ANNOUNCED)
_EXPECTED = (State.ACCEPTED, State.UNDER_WAY, State.OVERDUE)
_NOT_YET_HERE = (*_ANSWERABLE, *_EXPECTED)

FIRST: Mapping[Happening, State] = MappingProxyType(
    {
        Happening.RELEASED: State.RELEASED,
        Happening.ANNOUNCED: State.ANNOUNCED,
        Happening.UNANNOUNCED: State.UNANNOUNCED,
    }
)
"""Events that begin a consignment, and the state it begins in."""

MOVES: Mapping[Happening, tuple[tuple[State, ...], State]] = MappingProxyType(
    {
        Happening.SENT: ((State.RELEASED,), State.SENT),
        Happening.DELIVERED: ((State.RELEASED, State.SENT), State.DELIVERED),
        Happening.ACCEPTED: (_ANSWERABLE, State.ACCEPTED),
        Happening.REJECTED: (_ANSWERABLE, State.REJECTED),
        Happening.DEPARTED: ((State.ACCEPTED,), State.UNDER_WAY),
        Happening.OVERDUE: ((State.ACCEPTED, State.UNDER_WAY), State.OVERDUE),
        Happening.PARTLY_ARRIVED: (_NOT_YET_HERE, State.PARTLY_ARRIVED),
        Happening.ARRIVED: ((*_NOT_YET_HERE, State.PARTLY_ARRIVED), State.ARRIVED),
        Happening.IMPORTED: (
            (*_NOT_YET_HERE, State.PARTLY_ARRIVED, State.ARRIVED),
            State.FORMALITIES,
        ),
        Happening.CLOSED: ((State.FORMALITIES,), State.CLOSED),
    }
)
"""Event → (states that it moves, state it moves them to)."""

NOTED = frozenset({Happening.RECEIPT_MISSING, Happening.UNDELIVERED})
"""Events that move no state: what the line reports to the administration."""

EXPECTED = tuple(state.value for state in _EXPECTED)
"""States in which a consignment is awaited at its entry post."""


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


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f"    [*] --> {_node(state)}: {happening}" for happening, state in FIRST.items()]
    lines += [
        f"    {_node(source)} --> {_node(target)}: {happening}"
        for happening, (sources, target) in MOVES.items()
        for source in sources
    ]
    ends = (State.REJECTED, State.CLOSED, State.UNANNOUNCED)
    lines += [f"    {_node(state)} --> [*]" for state in ends]
    return "\n".join(lines)


def document() -> str:
    """The page of the documentation: the diagram, and the table of every state and happening."""
    heads = [f"`{happening}`" for happening in Happening]
    rows = [["*(new)*", *(_cell(None, happening) for happening in Happening)]]
    rows += [
        [f"**{state}**", *(_cell(state, happening) for happening in Happening)] for state in State
    ]
    table = "\n".join(
        f"| {' | '.join(row)} |" for row in (["", *heads], ["---"] * (len(heads) + 1), *rows)
    )
    return f"""\
# Life of a consignment

Made by `scripts/lifecycle` from the table in `keruen.exchange.lifecycle`; do not edit.

```mermaid
{diagram()}
```

A row is the state before, a column what happens, a cell the state after; an empty cell: the event is
recorded, and the state stays. No consignment begins with an event that has a dash in the first row.

{table}
"""


def _cell(state: State | None, happening: Happening) -> str:
    if state is None and happening not in FIRST:
        return "–"
    then = after(state, happening)
    return "" if then is state else then.value


def _node(state: State) -> str:
    return state.value.replace("-", "_")
