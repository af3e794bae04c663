"""Checks of times: what has happened is not to come, and a journey goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise

from keruen.customs.elements import Element
from keruen.customs.findings import Finding, error, warning
from keruen.customs.model import Declaration

PAST_ELEMENTS = frozenset({"created", "registered", "released", "signed"})
"""Names of elements that say when something was done to the declaration."""
SLACK = 1
"""Days that a date may be ahead: the sender's day may have begun already."""
HORIZON = 366
"""Days ahead within which a vehicle is expected at all."""


def past(element: Element, today: date) -> Iterator[Finding]:
    """What a declaration reports has happened."""
    if _days_ahead(element.value, today) > SLACK:
        text = f"This has happened by now, so it is no later than {today.isoformat()}."
        yield error("date-in-future", element.path, text, element.value)


def issued(element: Element, today: date) -> Iterator[Finding]:
    """A document that is presented has been issued."""
    if _days_ahead(element.value, today) > SLACK:
        text = f"A document that is presented was issued by now, {today.isoformat()}."
        yield warning("date-in-future", element.path, text, element.value)


def etas(declaration: Declaration, today: date) -> Iterator[Finding]:
    """An expected time of arrival that is said to be known is stated, and within reach."""
    for index, stop in enumerate(declaration.itinerary):
        path = f"itinerary[{index}].eta"
        if stop.eta is None and stop.eta_basis is not None:
            text = "State the expected time of arrival, or leave out where it comes from."
            yield warning("eta-missing", path, text)
        elif stop.eta is not None and _days_ahead(stop.eta, today) > HORIZON:
            text = "A vehicle is expected within a year."
            yield warning("date-in-future", path, text, stop.eta)


def itinerary(declaration: Declaration, _today: date) -> Iterator[Finding]:
    """Stops are listed in the order of passage, each under a higher number than the one before."""
    for index, (before, stop) in enumerate(pairwise(declaration.itinerary), start=1):
        if stop.ordinal <= before.ordinal:
            text = "Stops are listed and numbered in the order of passage."
            yield warning("itinerary-unordered", f"itinerary[{index}].ordinal", text)


def _days_ahead(value: date | datetime, today: date) -> int:
    day = value.date() if isinstance(value, datetime) else value
    return (day - today).days
