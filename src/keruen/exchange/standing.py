"""How a partner stands, as an operator asks first: the line, what waits, and whether both sides agree.

The line is down where something was sent and brought no receipt; silent where nothing was heard for a period of
reports; up in every other case.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from keruen.agreement import Agreement
from keruen.customs import Struct
from keruen.exchange.context import Context
from keruen.exchange.reported import MESSAGE_DIFFERS, MESSAGE_UNKNOWN, REPORT_DIFFERS
from keruen.exchange.reporting import digest_here
from keruen.store import Direction, Reader, Report
from keruen.store.line import LineState
from keruen.store.watching import Awaited

QUIET = timedelta(hours=25)
"""How long nothing may be heard where the agreement has no reports by the clock."""
DISAGREED = (REPORT_DIFFERS, MESSAGE_DIFFERS, MESSAGE_UNKNOWN)
"""Alarms by which a report is not agreed."""


class Condition(StrEnum):
    """How the line is."""

    UP = "up"
    SILENT = "silent"
    DOWN = "down"


class Standing(Struct, frozen=True):
    """How a partner stands.

    Attributes:
        heard: domain time at which its last message or receipt came; None: nothing ever did.
        since: since when the line is silent or down; None where it is up, or nothing was ever heard.
        equal: whether both sides hold the same agreement, by its last report; None before the first.
        reported: end of the period of its last report.
        agreed: whether that report is what the books here say, or has been healed since.
    """

    country: str
    corridor: str
    condition: Condition
    line: LineState
    awaited: Awaited
    heard: datetime | None = None
    since: datetime | None = None
    equal: bool | None = None
    reported: datetime | None = None
    agreed: bool | None = None


def standing(reader: Reader, context: Context, agreement: Agreement) -> Standing:
    """How the partner of an agreement stands now."""
    country = agreement.other(context.country)
    line, awaited = reader.line(country), reader.awaited(agreement.corridor)
    report = reader.last_report(agreement.corridor, Direction.IN)
    heard = max((at for at in (line.delivered, line.received) if at), default=None)
    condition = condition_of(line, heard, context.clock.now(), patience(agreement))
    return Standing(
        country=country,
        corridor=agreement.corridor,
        condition=condition,
        line=line,
        awaited=awaited,
        heard=heard,
        since={Condition.DOWN: line.oldest, Condition.SILENT: heard}.get(condition),
        equal=None if report is None else report.digest == digest_here(agreement),
        reported=report.until if report else None,
        agreed=_agreed(report, awaited),
    )


def patience(agreement: Agreement) -> timedelta:
    """How long nothing may be heard of a partner: a report comes each period at least."""
    rule = agreement.reporting
    return rule.every + 2 * rule.after if rule else QUIET


def condition_of(
    line: LineState, heard: datetime | None, now: datetime, patience: timedelta
) -> Condition:
    """How the line is, by what went and came."""
    if line.failing:
        return Condition.DOWN
    return Condition.SILENT if heard is None or now - heard > patience else Condition.UP


def _agreed(report: Report | None, awaited: Awaited) -> bool | None:
    return None if report is None else not any(code in awaited.alarms for code in DISAGREED)
