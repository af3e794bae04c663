"""How what is expected stands by the clock: overdue, due soon, on time. Pure: the time is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from keruen.customs import Struct
from keruen.store import Consignment

SOON = timedelta(hours=2)
"""A consignment due within this is about to come."""

LATELY = timedelta(days=3)
"""What is overdue for longer stands at the end of the board: it is searched for, not awaited tonight."""


class Standing(StrEnum):
    """How an expected consignment stands by the clock; the most pressing first."""

    OVERDUE = "overdue"
    DUE_SOON = "due-soon"
    ON_TIME = "on-time"
    NO_ETA = "no-eta"
    LONG_OVERDUE = "long-overdue"


class Window(Struct, frozen=True):
    """The ETAs of one standing: from `start`, before `end`; both None for what has no ETA."""

    start: datetime | None = None
    end: datetime | None = None


def window(standing: Standing, now: datetime) -> Window:
    """Which ETAs have a standing."""
    return {
        Standing.OVERDUE: Window(start=now - LATELY, end=now),
        Standing.DUE_SOON: Window(start=now, end=now + SOON),
        Standing.ON_TIME: Window(start=now + SOON),
        Standing.NO_ETA: Window(),
        Standing.LONG_OVERDUE: Window(end=now - LATELY),
    }[standing]


def standing(consignment: Consignment, now: datetime) -> Standing:
    """How an expected consignment stands: against its ETA at the entry post, whatever the basis of that."""
    eta = consignment.eta
    if eta is None:
        return Standing.NO_ETA
    if eta < now - LATELY:
        return Standing.LONG_OVERDUE
    if eta < now:
        return Standing.OVERDUE
    return Standing.DUE_SOON if eta < now + SOON else Standing.ON_TIME


def until(now: datetime) -> Mapping[str, datetime]:
    """The times before which expected consignments are counted for `post_figures`."""
    return {"soon": now + SOON, "now": now, "lately": now - LATELY}


def counts_of(counted: Iterable[Mapping[str, int]]) -> dict[Standing, int]:
    """How many have each standing.

    Args:
        counted: numbers of expected consignments: ``all``, ``timed``, and those before each time of `until`.
    """
    sums = dict.fromkeys(("all", "timed", "soon", "now", "lately"), 0)
    for one in counted:
        sums = {name: number + one[name] for name, number in sums.items()}
    return {
        Standing.OVERDUE: sums["now"] - sums["lately"],
        Standing.DUE_SOON: sums["soon"] - sums["now"],
        Standing.ON_TIME: sums["timed"] - sums["soon"],
        Standing.NO_ETA: sums["all"] - sums["timed"],
        Standing.LONG_OVERDUE: sums["lately"],
    }
