"""Which announced consignments may have come with an arrival, and what speaks for each of them.

    marks ─► look-up ─► candidates with their evidence

Which of them it was is decided in `keruen.border.choice`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.announced import arrivals_of
from keruen.border.arrival import Arrival
from keruen.border.marks import forms, marks_of_arrival
from keruen.border.rules import SAME_ID, Evidence, Key, gather
from keruen.customs import Struct
from keruen.exchange import Context
from keruen.exchange.lifecycle import State, carrying
from keruen.messages import Stage
from keruen.store import Consignment, Identifier, IdentifierKind, Reader, Role

MINIMUM = 20
"""Weight from which a consignment may be meant at all: one seal, equal to the letter."""
TIMELY = 5
"""Weight of coming when it was expected; less than the difference between equal and alike marks."""
CONTRADICTED = 25
"""What is taken off where containers or wagons came and none of the announced ones is among them."""
SAME_VISIT = timedelta(hours=12)
"""How long after an arrival the same vehicle is on the same visit: the arrival is entered again."""
WINDOW = timedelta(days=45)
"""How long after its time a consignment may still come or be declared for import, unless a person names it
(reconciliation, "Normalise")."""
AWAITED = (
    State.ACCEPTED,
    State.UNDER_WAY,
    State.OVERDUE,
    State.PARTLY_ARRIVED,
    State.FORMALITIES,
    State.CLOSED,
    State.EMPTY,
    State.ANNULLED,
)
"""States in which a consignment may still arrive: the import declaration may be faster than the post, and an
annulled one may come after all."""
UNLIKELY = (State.EMPTY, State.ANNULLED)
"""What gives way to any other consignment that may have come."""
UNITS = (IdentifierKind.WAGON, IdentifierKind.CONTAINER)
CARRIERS = (*UNITS, IdentifierKind.VEHICLE, IdentifierKind.TRAILER)
"""Marks of what brings goods; units are what a consignment may come in parts in."""


class Candidate(Struct, frozen=True):
    """A consignment that an arrival may have brought, and what speaks for it.

    Attributes:
        visits: when it, or a part of it, has been registered.
        timely: it was expected at this time, or has just been registered.
        contradicted: its own containers or wagons are not among those that came.
    """

    consignment: Consignment
    evidence: tuple[Evidence, ...]
    visits: tuple[datetime, ...] = ()
    timely: bool = False
    contradicted: bool = False

    @property
    def score(self) -> int:
        """All that speaks for it, less what speaks against it."""
        weight = sum(one.weight for one in self.evidence)
        return weight + TIMELY * self.timely - CONTRADICTED * self.contradicted

    @property
    def stated(self) -> bool:
        """Whether a person named it."""
        return any(one.stated for one in self.evidence)

    @property
    def carrying(self) -> State:
        """The consignment's state; an empty vehicle is one when it is overdue, too."""
        return carrying(State(self.consignment.state), self.consignment.goods)

    @property
    def here(self) -> bool:
        """Whether nothing more of it is awaited."""
        return self.consignment.complete or self.consignment.state == State.UNANNOUNCED

    @property
    def journey(self) -> datetime | None:
        """By when its journey is told from another one of the same vehicle."""
        return self.consignment.eta or self.consignment.departed

    @property
    def key(self) -> Key:
        """Corridor and id."""
        return self.consignment.corridor, self.consignment.consignment_id


def candidates(reader: Reader, context: Context, arrival: Arrival) -> list[Candidate]:
    """All consignments that an arrival may have brought."""
    found = gather(reader, marks_of_arrival(arrival), since=arrival.arrived - WINDOW)
    by_id = _by_id(reader, arrival.number)
    if by_id is not None:
        found[by_id[0]] = (*found.get(by_id[0], ()), by_id[1])
    possible = (
        _candidate(reader, context, arrival, key, evidence) for key, evidence in found.items()
    )
    fitting = [one for one in possible if one is not None and one.score >= MINIMUM]
    likely = [one for one in fitting if one.carrying not in UNLIKELY]
    return likely or fitting


def _by_id(reader: Reader, number: str | None) -> tuple[Key, Evidence] | None:
    named = reader.by_consignment_id(number.strip().lower()) if number else None
    if number is None or named is None:
        return None
    evidence = Evidence(
        rule="consignment-id",
        declared=named.consignment_id,
        found=number,
        weight=SAME_ID,
        stated=True,
    )
    return (named.corridor, named.consignment_id), evidence


def _candidate(
    reader: Reader, context: Context, arrival: Arrival, key: Key, evidence: tuple[Evidence, ...]
) -> Candidate | None:
    consignment = reader.consignment(*key)
    if consignment is None or consignment.role is not Role.RECEIVER:
        return None
    one = judged(reader, context, arrival, consignment, evidence)
    return one if one is not None and _possible(one, arrival) else None


def judged(
    reader: Reader,
    context: Context,
    arrival: Arrival,
    consignment: Consignment,
    evidence: tuple[Evidence, ...],
) -> Candidate | None:
    """A consignment with all that speaks for it and against it; None where its data does not count now."""
    agreement = agreement_now(context, consignment)
    if agreement is None:
        return None
    one = Candidate(
        consignment=consignment,
        evidence=evidence,
        visits=_visits(reader, consignment),
        contradicted=_contradicted(
            arrival, reader.identifiers(consignment.corridor, consignment.consignment_id)
        ),
    )
    return replace(one, timely=_timely(one, arrival, agreement))


def _visits(reader: Reader, consignment: Consignment) -> tuple[datetime, ...]:
    if consignment.arrived is None:
        return ()
    return consignment.arrived, *(one.arrived for one in arrivals_of(reader, consignment))


def _possible(one: Candidate, arrival: Arrival) -> bool:
    """Whether it may come, or has come, at that time; a person who names it is believed."""
    if one.here:
        return one.stated or _same_visit(one, arrival)
    return one.consignment.state in AWAITED and (one.stated or _on_the_way(one, arrival))


def _contradicted(arrival: Arrival, announced: Sequence[Identifier]) -> bool:
    """Whether containers or wagons came, and none of the announced ones is among them."""
    for kind, came in (
        (IdentifierKind.CONTAINER, arrival.containers),
        (IdentifierKind.WAGON, arrival.wagons),
    ):
        own = {row.skeleton for row in announced if row.kind is kind}
        if came and own and not forms(came) & own:
            return True
    return False


def agreement_now(context: Context, consignment: Consignment) -> Agreement | None:
    """The agreement, if it exchanges such consignments now: test data never meets a live vehicle.

    What was announced before its phase ended is still completed, in the mode in which it began.
    """
    now, stage = context.clock.now(), Stage(consignment.stage)
    for agreement in context.agreements:
        if agreement.corridor == consignment.corridor:
            mode = agreement.mode(stage, now)
            modes = agreement.modes_until(stage, now) if mode is None else {mode}
            return agreement if consignment.mode in modes else None
    return None


def _same_visit(one: Candidate, arrival: Arrival) -> bool:
    return any(abs(arrival.arrived - visit) <= SAME_VISIT for visit in one.visits)


def _on_the_way(one: Candidate, arrival: Arrival) -> bool:
    start = one.consignment.departed
    has_set_out = start is None or start <= arrival.arrived
    return has_set_out and (one.journey is None or arrival.arrived <= one.journey + WINDOW)


def _timely(one: Candidate, arrival: Arrival, agreement: Agreement) -> bool:
    if one.here:
        return _same_visit(one, arrival)
    eta = one.consignment.eta
    allowed = agreement.deadline(agreement.deadlines.overdue_after, one.consignment.transport_mode)
    return eta is not None and abs(arrival.arrived - eta) <= allowed
