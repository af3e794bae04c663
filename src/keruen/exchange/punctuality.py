"""Which of the agreement's deadlines were missed lately, counted by deadline; test data apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from keruen.agreement import Agreement
from keruen.exchange.context import Context
from keruen.messages import (
    Acknowledgement,
    ArrivalInformation,
    EnquiryReply,
    ImportInformation,
    Mode,
    PreliminaryInformation,
    StatusReport,
)
from keruen.store import Reader
from keruen.store.punctuality import Timing

LOOK_BACK = timedelta(days=31)
"""How far back deadlines are counted."""
UNANSWERED = {one.__name__ for one in (Acknowledgement, EnquiryReply, StatusReport)}
"""Kinds that no business answer is due for."""


def missed_deadlines(reader: Reader, context: Context) -> dict[str, int]:
    """Deadline and mode → how often it was missed: ``acknowledgement``, ``acknowledgement test``."""
    now = context.clock.now()
    missed = Counter(
        name
        for agreement in context.agreements
        for timing in reader.timings(agreement.corridor, now - LOOK_BACK)
        for name in missed_by(timing, agreement, now)
    )
    return dict(sorted(missed.items()))


def missed_by(timing: Timing, agreement: Agreement, now: datetime) -> Iterator[str]:
    """Deadlines that one message, or what should have followed it, has missed by now."""
    ending = f" {Mode.TEST}" if timing.mode == Mode.TEST else ""
    limits, later = agreement.deadlines, timing.answered or now
    if timing.kind not in UNANSWERED and later > timing.stored + limits.acknowledgement:
        yield "acknowledgement" + ending
    if timing.kind == PreliminaryInformation.__name__ and timing.eta:
        ahead = agreement.deadline(limits.before_crossing, timing.transport_mode)
        if timing.stored > timing.eta - ahead:
            yield "before_crossing" + ending
    if timing.arrived is None:
        return
    if timing.kind == ArrivalInformation.__name__:
        if timing.stored > timing.arrived + limits.arrival_information:
            yield "arrival_information" + ending
        if not timing.imported and now > timing.arrived + limits.import_information:
            yield "import_information" + ending
    told = timing.kind == ImportInformation.__name__
    if told and timing.stored > timing.arrived + limits.import_information:
        yield "import_information" + ending
