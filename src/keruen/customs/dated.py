"""Checks of times: what has happened is not to come, and a journey goes forward."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from keruen.customs.findings import Finding, Severity, warning
from keruen.customs.model import Declaration, Document
from keruen.customs.soundness import YEARS
from keruen.customs.walking import Ground, Kept, Rule

PAST_ELEMENTS = frozenset({"created", "registered", "released", "signed"})
"""Names of elements that say when something was done to the declaration."""
HORIZON = timedelta(days=366)
"""Ahead, within which a vehicle is expected at all."""
LEAST_PASSAGE = {("KZ", "TJ"): timedelta(minutes=45), ("TJ", "KZ"): timedelta(minutes=45)}
"""Least time from a stop in one country to one in another that has no border with it.

Kazakhstan and Tajikistan lie some 100 km apart where the way through Uzbekistan is shortest (Yallama to Oybek).
"""


def _has_happened(value: Any, ground: Ground) -> bool:
    return day_of(value) <= ground.latest


def _latest(_value: Any, ground: Ground) -> tuple[date]:
    return (ground.latest,)


PAST = Kept(None, (Rule("date-in-future", _has_happened, values=_latest),))
"""What a declaration reports has happened."""
ISSUED = Kept(None, (Rule("date-in-future", _has_happened, Severity.WARNING, values=_latest),))
"""A document that is presented has been issued."""


def day_of(value: date | datetime) -> date:
    """The day of a date or a time, as written."""
    return value.date() if isinstance(value, datetime) else value


def order(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """A declaration is registered, then released, then the goods exit; days of two zones differ by one."""
    steps = [
        (name, day_of(value))
        for name in ("registered", "released", "exited")
        if (value := getattr(declaration, name)) is not None
    ]
    for (_, before), (name, day) in pairwise(steps):
        if day < before and (before - day).days > 1:
            yield warning("dates-unordered", name, getattr(declaration, name), before)


def documents(declaration: Declaration, ground: Ground) -> Iterator[Finding]:
    """A document is valid on the day of the declaration."""
    for item, papers in documents_of(declaration):
        for index, document in enumerate(papers):
            end = document.valid_until
            if end is not None and end < ground.day:
                path = f"{document_path(item, index)}.valid_until"
                yield warning("document-expired", path, end, ground.day)


def documents_of(declaration: Declaration) -> Iterator[tuple[int | None, tuple[Document, ...]]]:
    """The documents of the declaration, then those of each item beside its index."""
    yield None, declaration.documents
    for index, item in enumerate(declaration.items):
        if item.documents:
            yield index, item.documents


def document_path(item: int | None, index: int) -> str:
    """Where a document stands: of an item, or of the whole declaration."""
    return f"documents[{index}]" if item is None else f"items[{item}].documents[{index}]"


def etas(declaration: Declaration, ground: Ground) -> Iterator[Finding]:
    """An expected time of arrival that is said to be known is stated, after the declaration, within reach."""
    made = declaration.created
    for index, stop in enumerate(declaration.itinerary):
        path, eta = f"itinerary[{index}].eta", stop.eta
        if eta is None:
            if stop.eta_basis is not None:
                yield warning("eta-missing", path)
        elif eta.year not in YEARS:
            continue
        elif eta.date() - ground.today > HORIZON:
            yield warning("date-in-future", path, eta, ground.today + HORIZON)
        elif _before(eta, made):
            yield warning("eta-past", path, eta, made)


def _before(one: datetime | None, other: datetime | None) -> bool:
    """Whether a time is before another, where both are there and can be compared."""
    if one is None or other is None or one.utcoffset() is None or other.utcoffset() is None:
        return False
    return one < other


def itinerary(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Stops are listed in the order of passage, each under a higher number and expected later."""
    for index, (before, stop) in enumerate(pairwise(declaration.itinerary), start=1):
        if stop.ordinal <= before.ordinal:
            yield warning("itinerary-unordered", f"itinerary[{index}].ordinal", stop.ordinal)
        elif _before(stop.eta, before.eta):
            yield warning("eta-unordered", f"itinerary[{index}].eta", stop.eta, before.eta)


def passage(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Nobody passes a country between two others in no time."""
    far = {country for pair in LEAST_PASSAGE for country in pair}
    stops = [
        (index, stop.country, stop.eta)
        for index, stop in enumerate(declaration.itinerary)
        if stop.country in far and stop.eta is not None and stop.eta.utcoffset() is not None
    ]
    for (_, left, leaves), (index, reached, arrives) in pairwise(stops):
        least = LEAST_PASSAGE.get((str(left), str(reached)))
        if least is not None and timedelta(0) <= arrives - leaves < least:
            minutes = int(least.total_seconds() // 60)
            yield warning("eta-too-soon", f"itinerary[{index}].eta", arrives, minutes)
