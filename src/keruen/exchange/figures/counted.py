"""A consignment → the rows under which it is counted. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from keruen.agreement import Agreement
from keruen.customs import Declaration, DiscrepancyCode
from keruen.exchange.figures.traders import trader
from keruen.exchange.lifecycle import State
from keruen.messages import Mode
from keruen.store import Consignment, Role
from keruen.store.figured import Aspect, FigureRow

NOT_COUNTED = (State.REJECTED, State.ANNULLED)
HERE = (State.PARTLY_ARRIVED, State.ARRIVED, State.FORMALITIES, State.CLOSED, State.UNANNOUNCED)
CHAPTER = 2
"""Digits."""
MINUTE = timedelta(minutes=1)

Subject = tuple[Aspect, str, str | None]
"""Under what a declaration is counted: aspect, key, name."""
SUBJECTS = (Aspect.OFFICE, Aspect.CHAPTER, Aspect.TRADER)


def measures(one: Consignment, agreement: Agreement) -> dict[str, Any] | None:
    """What is counted of a consignment, by the columns of `FigureRow`; None for what does not count."""
    if one.mode != Mode.LIVE or one.state in NOT_COUNTED:
        return None
    come = one.arrived is not None or one.state in HERE
    late = _late(one, agreement)
    return {
        "role": one.role,
        "partner": one.partner,
        "post": one.post,
        "announced": int(one.state != State.UNANNOUNCED),
        "arrived": int(come),
        "timed": int(late is not None),
        "on_time": int(late is False),
        "due": None if come else one.eta,
        "delay": (one.arrived - one.eta) // MINUTE if one.arrived and one.eta else None,
    }


def _late(one: Consignment, agreement: Agreement) -> bool | None:
    """Whether it came later than the agreement allows; None where that cannot be said."""
    if one.arrived is None or one.eta is None:
        return None
    allowed = agreement.deadline(agreement.deadlines.late_after, one.transport_mode)
    return one.arrived - one.eta > allowed


def day(one: Consignment) -> datetime | None:
    """When a consignment counts; None where nothing about it says so."""
    return one.eta or one.arrived or one.departed


def subjects(declaration: Declaration, role: Role) -> tuple[Subject, ...]:
    """Under what a declaration is counted."""
    of = declaration
    offices = of.office_of_departure, of.office, of.office_of_exit
    office = next((one.code for one in offices if one is not None and one.code), "")
    chapters = sorted({(item.hs or "")[:CHAPTER] for item in of.items})
    own = of.consignee if role is Role.RECEIVER else of.consignor
    return (
        (Aspect.OFFICE, office, None),
        *((Aspect.CHAPTER, chapter, None) for chapter in chapters),
        (Aspect.TRADER, *trader(own)),
    )


def rows(
    one: Consignment,
    counted: dict[str, Any],
    on: str,
    about: Iterable[Subject],
    codes: Collection[str],
) -> Iterator[FigureRow]:
    """The rows of a consignment: under each aspect at least one, so that every table adds up to the whole."""
    differing = int(any(code != DiscrepancyCode.NOT_ARRIVED for code in codes))
    keys: list[Subject] = [(Aspect.ALL, "", None), *about]
    keys += [(aspect, "", None) for aspect in SUBJECTS if aspect not in {key[0] for key in keys}]
    keys += [(Aspect.CODE, code, None) for code in sorted(codes)]
    for aspect, key, label in keys:
        yield FigureRow(
            corridor=one.corridor,
            consignment_id=one.consignment_id,
            aspect=aspect,
            key=key,
            label=label,
            day=on,
            differing=differing,
            **counted,
        )
