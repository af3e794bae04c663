"""The register of what was signed: how each instrument stands on a day, and what measures it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from msgspec import Meta

from keruen.access import Act
from keruen.agreement.instruments import Evidence, Indicator, Instrument, Progress, Status
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.problems import missing
from keruen.customs import Struct
from keruen.exchange.figures.period import today
from keruen.exchange.indicators import Month, measured, resting_on

ABOUT: dict[str, Any] = {"tag": "Instruments", "act": Act.SEE_INSTRUMENTS}
UNKNOWN = {404: ("instrument-unknown",)}


class OnDay(Struct, frozen=True, forbid_unknown_fields=True):
    """On which day.

    Attributes:
        on: the day; today if left out.
    """

    on: date | None = None


class OneInstrument(Struct, frozen=True):
    """Which instrument.

    Attributes:
        key: its short name in the register.
    """

    key: Annotated[str, Meta(min_length=1, max_length=80, pattern=r"^[!-~]+$")]


class StandingInstrument(Struct, frozen=True, omit_defaults=False):
    """An instrument as it stands on a day.

    Attributes:
        instrument: what the register says of it.
        status: on that day.
        supposed: whether it counts as in force from its signing, because no entry into force is stated.
        indicator: what the exchange measures of it.
    """

    instrument: Instrument
    status: Status
    supposed: bool
    indicator: Indicator | None


class ReachedMilestone(Struct, frozen=True, omit_defaults=False):
    """Something that an instrument asks for, and how far it is on that day.

    Attributes:
        title: by language.
        due: the day by which.
        evidence: what shows for it, the oldest first.
    """

    id: str
    title: dict[str, str]
    due: date | None
    progress: Progress
    evidence: tuple[Evidence, ...]


class WholeInstrument(StandingInstrument, frozen=True, omit_defaults=False):
    """An instrument with what came of it.

    Attributes:
        instrument: what the register says of it.
        status: on that day.
        supposed: whether it counts as in force from its signing, because no entry into force is stated.
        indicator: what the exchange measures of it.
        agreements: ids of the agreements that rest on it.
        milestones: what it asks for.
        months: what was measured over its time, narrowed to the token's posts and partners.
    """

    agreements: tuple[str, ...]
    milestones: tuple[ReachedMilestone, ...]
    months: tuple[Month, ...]


@operation("GET", "/instruments", id="listInstruments", **ABOUT)
def instruments(call: Call, query: OnDay) -> list[StandingInstrument]:
    """What the two countries signed, and how each stands on a day."""
    day = query.on or today(call.gate.context)
    return [
        StandingInstrument(
            instrument=one,
            status=one.status(day),
            supposed=one.supposed,
            indicator=one.indicator,
        )
        for one in call.gate.context.register.instruments
    ]


@operation("GET", "/instruments/{key}", id="getInstrument", codes=UNKNOWN, **ABOUT)
def instrument(call: Call, place: OneInstrument, query: OnDay) -> WholeInstrument:
    """One instrument: parties, days, milestones with what shows for them, and what measures it."""
    context = call.gate.context
    one = context.register.get(place.key)
    if one is None:
        raise missing("instrument-unknown", f"There is no instrument {place.key}.")
    day, now, seen = query.on or today(context), context.clock.now(), call.caller.narrowed
    return WholeInstrument(
        instrument=one,
        status=one.status(day),
        supposed=one.supposed,
        indicator=one.indicator,
        agreements=tuple(each.id for each in resting_on(context.agreements, one.key)),
        milestones=tuple(
            ReachedMilestone(
                id=each.id,
                title=each.title,
                due=each.due,
                progress=context.register.progress(each, day),
                evidence=context.register.evidence_of(each, day),
            )
            for each in context.register.milestones_of(one.key)
        ),
        months=call.gate.store.read(lambda reader: measured(reader, one, now, seen)),
    )


OPERATIONS = (instruments, instrument)
