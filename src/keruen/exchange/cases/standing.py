"""How a consignment stands between the two sides, from its life cycle alone. Pure.

What is expected becomes overdue, and in the end never arrived, by the clock: that is told when it is asked
(`keruen.exchange.cases.queue`), so that no event is needed for it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from keruen.agreement import Agreement
from keruen.exchange.lifecycle import Happening, State, carrying
from keruen.messages import Mode
from keruen.store import Consignment
from keruen.store.cases import CaseState

LONGEST = timedelta(days=45)
"""How long anything may be on its way, or come after its time (reconciliation: 0–45 days)."""
AWAITED = (
    State.RELEASED,
    State.SENT,
    State.DELIVERED,
    State.ANNOUNCED,
    State.ACCEPTED,
    State.UNDER_WAY,
    State.OVERDUE,
)
"""States in which one side has told of it and the other has not seen it; unanswered ones, too."""
HERE = (State.ARRIVED, State.FORMALITIES, State.CLOSED)
_AS_IT_SAYS = {
    State.UNANNOUNCED: CaseState.WITHOUT_EXPORT,
    State.PARTLY_ARRIVED: CaseState.PARTLY_ARRIVED,
}
SOUGHT_IN_VAIN = (Happening.NOT_FOUND, Happening.NOT_KNOWN)
NEWS = frozenset(
    {
        Happening.RELEASED,
        Happening.ANNOUNCED,
        Happening.UNANNOUNCED,
        Happening.AMENDED,
        Happening.ARRIVED,
        Happening.PARTLY_ARRIVED,
        Happening.IMPORTED,
        Happening.ARRIVAL_WITHDRAWN,
        Happening.PART_WITHDRAWN,
        Happening.FOUND,
        Happening.DIVERTED,
        *SOUGHT_IN_VAIN,
    }
)
"""What tells something new of where it is: a case that was closed before is open again."""


def state_after(
    one: Consignment, happening: Happening, before: CaseState | None, *, diverted: bool
) -> CaseState:
    """How a consignment stands after an event.

    Args:
        before: how it stood; None where nothing was open.
        diverted: it is known that it came, or went, elsewhere.
    """
    state = carrying(State(one.state), one.goods)
    if one.mode != Mode.LIVE or state not in (*AWAITED, *HERE, *_AS_IT_SAYS):
        return CaseState.ARRIVED
    if state in _AS_IT_SAYS:
        return _AS_IT_SAYS[state]
    if diverted:
        return CaseState.DIVERTED
    if state in HERE:
        return CaseState.ARRIVED
    in_vain = happening in SOUGHT_IN_VAIN or before is CaseState.NEVER_ARRIVED
    sought = in_vain and happening not in (Happening.AMENDED, Happening.ARRIVAL_WITHDRAWN)
    return CaseState.NEVER_ARRIVED if sought else CaseState.EXPECTED


def due_of(one: Consignment, state: CaseState, agreement: Agreement, heard: datetime) -> datetime:
    """When the time of a consignment is over: the route's ETA and what the agreement allows after it.

    What has no ETA is due when the longest time is over that anything may take.

    Args:
        heard: when this node learnt what it now knows.
    """
    allowed = agreement.deadline(agreement.deadlines.overdue_after, one.transport_mode)
    if state is CaseState.WITHOUT_EXPORT:
        return one.arrived or heard
    try:
        if state is CaseState.PARTLY_ARRIVED:
            return max(one.eta or heard, one.arrived or heard) + allowed
        if state is CaseState.DIVERTED:
            return one.arrived or heard
        return one.eta + allowed if one.eta else (one.departed or heard) + LONGEST
    except OverflowError:  # an ETA at the end of time, in a partner's message
        return heard + LONGEST
