"""The agreement with one rule changed, so that it has a say on a message that nothing is wrong with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.world import the_agreement

from keruen.agreement import (
    Agreement,
    Exclusion,
    Office,
    Period,
    PhaseSpan,
    PhaseState,
    Requirement,
    Retention,
)
from keruen.exchange.rules import Rule
from keruen.messages import Stage

YESTERDAY, OVERMORROW = NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=2)

CARRIED = {
    "PreliminaryInformation": "declaration.itinerary",
    "Amendment": "declaration.itinerary",
    "Annulment": "reason",
    "EmptyVehicle": "transport_means",
    "ArrivalInformation": "registered",
    "ImportInformation": "declaration_number",
    "Enquiry": "question",
    "EnquiryReply": "outcome",
    "StatusReport": "ranges",
}
"""Kind of message → an element that it has in these tests."""
LACKED = {
    "PreliminaryInformation": "declaration.trading_country",
    "Amendment": "declaration.trading_country",
    "Annulment": "annulled",
    "EmptyVehicle": "departed",
    "ArrivalInformation": "weighbridge",
    "ImportInformation": "procedure",
    "Enquiry": "remark",
    "EnquiryReply": "remark",
    "StatusReport": "tallies",
}
"""Kind of message → an element that it has not."""

Changes = Callable[[Agreement, str], dict[str, Any]]


def phased(state: PhaseState, since: date | None = None, until: date | None = None) -> Changes:
    """Both phases in one state, for good or for a time."""
    spans = (PhaseSpan(state=state, since=since, until=until),)
    return lambda *_: {"phases": dict.fromkeys(Stage, spans)}


def listed(one: Agreement, kind: str, elements: Mapping[str, Any]) -> dict[str, Any]:
    return {"data_list": {**one.data_list, kind: elements}}


def without(one: Agreement, kind: str) -> dict[str, Any]:
    return {"data_list": {each: it for each, it in one.data_list.items() if each != kind}}


def mandatory(one: Agreement, kind: str) -> dict[str, Any]:
    elements = one.data_list.get(kind, {}) | {LACKED.get(kind, "kind"): Requirement.MANDATORY}
    return listed(one, kind, elements) if kind in LACKED else {}


def hurried(one: Agreement, _: str) -> dict[str, Any]:
    """Every time limit but that before the crossing is over at once."""
    limits = one.deadlines
    over = {
        name: timedelta() if isinstance(value, timedelta) else {"*": timedelta()}
        for name in limits.__struct_fields__
        if name != "before_crossing"
        for value in [getattr(limits, name)]
    }
    return {"deadlines": replace(limits, **over)}


FLOUR = Exclusion(id="flour", names={}, when={"declaration.items.hs": ("110100",)})
CHANGED: Mapping[Rule, Changes] = {
    Rule.OTHER_AGREEMENT: lambda *_: {"id": "kz-uz"},
    Rule.INSTRUMENT: lambda *_: {"usable": ()},
    Rule.INSTRUMENT_ENDED: lambda *_: {"usable": (Period(until=YESTERDAY),)},
    Rule.PHASE_OFF: phased(PhaseState.OFF),
    Rule.PHASE_OTHER: phased(PhaseState.TEST),
    Rule.PHASE_NOT_BEGUN: phased(PhaseState.LIVE, since=OVERMORROW),
    Rule.PHASE_ENDED: phased(PhaseState.LIVE, until=YESTERDAY),
    Rule.KIND: without,
    Rule.MODE: lambda *_: {},
    Rule.UNLISTED: lambda one, kind: listed(one, kind, {}) if kind in CARRIED else {},
    Rule.WITHHELD: lambda _, kind: {"withheld": (CARRIED[kind],)} if kind in CARRIED else {},
    Rule.MANDATORY: mandatory,
    Rule.EXCLUDED: lambda *_: {"excluded": (FLOUR,)},
    Rule.OFFICE: lambda *_: {"offices": tuple(Office(code="X", country=c) for c in ("KZ", "TJ"))},
    Rule.POST: lambda one, _: {"posts": tuple(replace(p, until=YESTERDAY) for p in one.posts)},
    Rule.CROSSING: lambda one, _: {
        "deadlines": replace(one.deadlines, before_crossing={"*": timedelta(hours=48)})
    },
    Rule.LIMITS: hurried,
    Rule.TOLERANCES: lambda *_: {"tolerances": {}},
    Rule.RETENTION: lambda *_: {"retention": Retention(timedelta(days=1), timedelta(days=1))},
    Rule.REPORTING: lambda *_: {"reporting": None},
    Rule.ROUTES: lambda *_: {"routes": ()},
    Rule.ATTACHMENTS: lambda *_: {"attachments": {}},
}
"""Rule → what is changed for a kind of message. What was begun in the other mode is a matter of the books."""


def ruled_by(rule: Rule, kind: str) -> Agreement:
    """The agreement with a rule changed for a kind of message."""
    one = the_agreement()
    return replace(one, **CHANGED[rule](one, kind))
