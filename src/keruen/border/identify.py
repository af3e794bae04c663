"""Which announced consignments have come with an arrival.

    marks ─► look-up ─► candidates with their evidence ─► one journey is chosen ─► consignments

Marks that several consignments share are settled by journeys: goods announced on the same vehicle for the
same time travel together and arrive together (groupage, a train); of two journeys of one vehicle the one
whose time it is has come. Where that does not decide, a person gives the number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.arrival import Arrival
from keruen.border.marks import among, marks_of_arrival
from keruen.border.rules import SAME_ID, Evidence, Key, gather
from keruen.customs import Struct, fold
from keruen.exchange import Context
from keruen.exchange.lifecycle import State
from keruen.messages import Stage
from keruen.store import Consignment, Identifier, IdentifierKind, Reader, Role

MINIMUM = 20
"""Weight from which a consignment may be meant at all: one seal, equal to the letter."""
TIMELY = 10
"""Weight of coming when it was expected; less than the difference between equal and alike marks."""
CONTRADICTED = 25
"""What is taken off where containers or wagons came and none of the announced ones is among them."""
SAME_JOURNEY = timedelta(hours=24)
"""How far apart the ETAs of goods on one vehicle may be stated: no vehicle makes the way twice in that time."""
SAME_VISIT = timedelta(hours=12)
"""How long after an arrival the same vehicle at the same post is the same arrival, entered again."""
AWAITED = (
    State.ACCEPTED,
    State.UNDER_WAY,
    State.OVERDUE,
    State.PARTLY_ARRIVED,
    State.FORMALITIES,
    State.CLOSED,
)
"""States in which a consignment may still arrive: the import declaration may be faster than the post."""
_UNITS = (IdentifierKind.WAGON, IdentifierKind.CONTAINER)
_CARRIERS = (*_UNITS, IdentifierKind.VEHICLE, IdentifierKind.TRAILER)


class Candidate(Struct, frozen=True):
    """A consignment that an arrival may have brought, and what speaks for it.

    Attributes:
        timely: it was expected at this time, or has just been registered.
        contradicted: its own containers or wagons are not among those that came.
    """

    consignment: Consignment
    evidence: tuple[Evidence, ...]
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
    def key(self) -> Key:
        """Corridor and id."""
        return self.consignment.corridor, self.consignment.consignment_id


class Choice(Struct, frozen=True):
    """What an arrival brought, the best first; or `rivals` between which a person must decide."""

    chosen: tuple[Candidate, ...] = ()
    rivals: tuple[Candidate, ...] = ()


def candidates(reader: Reader, context: Context, arrival: Arrival) -> list[Candidate]:
    """All consignments that an arrival may have brought."""
    found = gather(reader, marks_of_arrival(arrival))
    by_id = _by_id(reader, arrival.number)
    if by_id is not None:
        found[by_id[0]] = (*found.get(by_id[0], ()), by_id[1])
    possible = (
        _candidate(reader, context, arrival, key, evidence) for key, evidence in found.items()
    )
    return [one for one in possible if one is not None and one.score >= MINIMUM]


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
    agreement = agreement_now(context, consignment)
    one = Candidate(
        consignment=consignment,
        evidence=evidence,
        contradicted=contradicted(arrival, reader.identifiers(*key)),
    )
    if agreement is None or not _possible(one, arrival):
        return None
    here = consignment.complete
    return replace(one, timely=here or _timely(arrival, consignment, agreement))


def _possible(one: Candidate, arrival: Arrival) -> bool:
    """Whether it may come, or has come, at that time; a person who names it is believed."""
    consignment = one.consignment
    if consignment.complete:
        return one.stated or _same_visit(arrival, consignment)
    return consignment.state in AWAITED and (one.stated or _set_out(arrival, consignment))


def contradicted(arrival: Arrival, announced: Sequence[Identifier]) -> bool:
    """Whether containers or wagons came, and none of the announced ones is among them."""
    for kind, came in (
        (IdentifierKind.CONTAINER, arrival.containers),
        (IdentifierKind.WAGON, arrival.wagons),
    ):
        own = [row.declared for row in announced if row.kind is kind]
        if came and own and not any(among(text, own) for text in came):
            return True
    return False


def agreement_now(context: Context, consignment: Consignment) -> Agreement | None:
    """The agreement, if it exchanges such consignments now: test data never meets a live vehicle."""
    for agreement in context.agreements:
        if agreement.corridor == consignment.corridor:
            phase = agreement.phases.get(Stage(consignment.stage))
            mode = phase.mode if phase else None
            return agreement if mode is not None and mode == consignment.mode else None
    return None


def _same_visit(arrival: Arrival, consignment: Consignment) -> bool:
    return (
        consignment.arrived is not None and abs(arrival.arrived - consignment.arrived) <= SAME_VISIT
    )


def _set_out(arrival: Arrival, consignment: Consignment) -> bool:
    return consignment.departed is None or consignment.departed <= arrival.arrived


def _timely(arrival: Arrival, consignment: Consignment, agreement: Agreement) -> bool:
    if consignment.eta is None:
        return False
    allowed = agreement.deadline(agreement.deadlines.overdue_after, consignment.transport_mode)
    return abs(arrival.arrived - consignment.eta) <= allowed


def choose(possible: Sequence[Candidate]) -> Choice:
    """The consignments that came; those that a person named are preferred to all others."""
    named = [one for one in possible if one.stated]
    ranked = sorted(named or possible, key=lambda one: (-one.score, one.key))
    chosen: list[Candidate] = []
    rivals: list[Candidate] = []
    for one in ranked:
        against = [other for other in chosen if not _together(one, other)]
        if not against:
            chosen.append(one)
        elif one.score >= max(other.score for other in against):
            rivals += [*(other for other in against if other not in rivals), one]
    return Choice(rivals=tuple(rivals)) if rivals else Choice(chosen=tuple(chosen))


def repeated(possible: Sequence[Candidate], arrival: Arrival) -> Candidate | None:
    """A consignment that the same vehicle has already brought at this very moment."""
    for one in possible:
        carried = any(e.kind in _CARRIERS for e in one.evidence)
        same_moment = one.consignment.complete and one.consignment.arrived == arrival.arrived
        if same_moment and carried and not one.stated and not one.contradicted:
            return one
    return None


def _shared(one: Candidate, other: Candidate) -> set[str]:
    """Found marks that two candidates both claim."""
    return {fold(e.found) for e in one.evidence} & {fold(e.found) for e in other.evidence}


def _together(one: Candidate, other: Candidate) -> bool:
    """Whether two consignments can have come with one arrival."""
    if one.contradicted or other.contradicted:
        return False
    shared = _shared(one, other)
    if shared:
        return _on_one_vehicle(one, other, shared) and _one_journey(one, other)
    return _carried(one) and _carried(other)


def _on_one_vehicle(one: Candidate, other: Candidate, shared: set[str]) -> bool:
    """The shared marks are announced alike for both, and more than a number that was given twice."""
    claims = [
        {(e.kind, fold(e.declared)) for e in candidate.evidence if fold(e.found) in shared}
        for candidate in (one, other)
    ]
    common = claims[0] & claims[1]
    return any(kind is not IdentifierKind.REFERENCE for kind, _ in common)


def _one_journey(one: Candidate, other: Candidate) -> bool:
    first, second = (_journey(candidate.consignment) for candidate in (one, other))
    return first is not None and second is not None and abs(first - second) <= SAME_JOURNEY


def _journey(consignment: Consignment) -> datetime | None:
    return consignment.eta or consignment.departed


def _carried(one: Candidate) -> bool:
    """Whether a wagon or container of its own came: a train, or two containers on one truck."""
    return any(e.kind in _UNITS and not e.rule.endswith("-alike") for e in one.evidence)
