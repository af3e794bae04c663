"""What somebody asks figures for → what is counted, or what would be right."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from keruen.errors import UsageError
from keruen.exchange.context import Context
from keruen.store import Role
from keruen.store.figures import Wanted
from keruen.store.pages import EVERYTHING, Narrowed

USUAL = timedelta(days=29)
"""From the first to the last day, where nobody says."""
LONGEST = timedelta(days=3660)


def today(context: Context) -> date:
    """The day, as the first agreement counts days."""
    now = context.clock.now()
    agreement = next(iter(context.agreements), None)
    return agreement.day(now) if agreement else now.astimezone(UTC).date()


def wanted(
    context: Context,
    since: date | None = None,
    until: date | None = None,
    *,
    role: Role | None = None,
    partner: str | None = None,
    post: str | None = None,
    narrowed: Narrowed = EVERYTHING,
) -> Wanted:
    """What is counted: the last thirty days where nobody says from when to when.

    Raises:
        UsageError: ``period-invalid``: it ends before it begins, or is longer than `LONGEST`.
    """
    last = until or max(since or date.min, today(context))
    first = since or max(last, date.min + USUAL) - USUAL
    if not timedelta(0) <= last - first <= LONGEST:
        text = f"from {first} to {last}: give a first day that is not after the last, ten years at most"
        raise UsageError("period-invalid", text)
    return Wanted(
        since=first.isoformat(),
        until=last.isoformat(),
        role=role,
        partner=partner,
        post=post,
        narrowed=narrowed,
    )


def day_of(text: str) -> date | None:
    """A day as it is typed, ``2026-11-24``; None for nothing.

    Raises:
        UsageError: ``day-invalid``.
    """
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError as error:
        raise UsageError("day-invalid", f"{text} is no day; write it as 2026-11-24") from error
