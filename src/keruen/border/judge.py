"""What would come of an arrival: refusals, the consignments that came with what differs, or an unannounced one.

Writes nothing: the post looks at it before the arrival is registered, and registering writes just this.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border.announced import arrivals_of, nothing_new, share, units_come, units_earlier
from keruen.border.arrival import Arrival
from keruen.border.choice import Choice, choose, repeated
from keruen.border.identify import Candidate, candidates
from keruen.border.merged import on_one_truck
from keruen.border.parts import Part, part_of
from keruen.border.refusals import (
    already_arrived,
    ambiguous,
    input_findings,
    more_on_vehicle,
    needs_number,
    number_unknown,
    partner_findings,
    partners_of,
    unknown_items,
)
from keruen.customs import Finding, Struct, refuses
from keruen.exchange import Context
from keruen.store import Reader


class Judgement(Struct, frozen=True):
    """What would come of an arrival.

    Attributes:
        findings: errors refuse it, warnings travel along.
        parts: consignments that came, each with what differs; none where it is refused or unannounced.
        agreement: under which it is told as unannounced; None where it is refused or was announced.
    """

    arrival: Arrival
    findings: tuple[Finding, ...] = ()
    parts: tuple[Part, ...] = ()
    agreement: Agreement | None = None

    @property
    def refused(self) -> bool:
        """Whether nothing would be registered."""
        return not self.parts and self.agreement is None


def judge(reader: Reader, context: Context, arrival: Arrival) -> Judgement:
    """What would come of an arrival, if it were registered now."""
    findings = tuple(input_findings(context, arrival))
    if refuses(findings):
        return Judgement(arrival=arrival, findings=findings)
    possible = candidates(reader, context, arrival)
    twice = repeated(possible, arrival)
    if twice is not None:
        return _refused(arrival, already_arrived(twice.consignment))
    choice = choose(possible)
    if choice.rivals:
        return _refused(arrival, ambiguous([one.consignment for one in choice.rivals]))
    if not choice.chosen:
        return _unannounced(context, arrival)
    return _announced(reader, context, arrival, choice)


def _refused(arrival: Arrival, *findings: Finding) -> Judgement:
    return Judgement(arrival=arrival, findings=findings)


def _announced(reader: Reader, context: Context, arrival: Arrival, choice: Choice) -> Judgement:
    shares = _shares(reader, arrival, choice.chosen)
    known = [one.consignment for one, own in shares if _is_known(reader, one, own)]
    coming = [(one, own) for one, own in shares if not _is_known(reader, one, own)]
    if not coming:
        return _refused(arrival, *map(already_arrived, known))
    if len(coming) > 1 and (arrival.items or arrival.partial):
        return _refused(arrival, needs_number([one.consignment for one, _ in coming]))
    parts = _merged(tuple(part_of(reader, context, one, own) for one, own in coming), arrival)
    wrong = [finding for one in parts for finding in unknown_items(one.arrival, one.announced)]
    if wrong:
        return _refused(arrival, *wrong)
    awaited = [one.consignment for one in choice.companions]
    more = (more_on_vehicle(awaited),) if awaited else ()
    return Judgement(arrival=arrival, findings=more, parts=parts)


def _merged(parts: tuple[Part, ...], arrival: Arrival) -> tuple[Part, ...]:
    """The consignments, where they were put together on the way with that."""
    told = on_one_truck([one.announced for one in parts], arrival)
    return tuple(
        replace(one, discrepancies=(*said, *one.discrepancies))
        for one, said in zip(parts, told, strict=True)
    )


def _shares(
    reader: Reader, arrival: Arrival, chosen: Sequence[Candidate]
) -> list[tuple[Candidate, Arrival]]:
    """Each consignment with what of the arrival is its own."""
    marks = [reader.identifiers(*one.key) for one in chosen]
    return [
        (
            one,
            share(
                arrival,
                own=marks[index],
                others=[m for i, rows in enumerate(marks) if i != index for m in rows],
                alone=len(chosen) == 1,
            ),
        )
        for index, one in enumerate(chosen)
    ]


def _is_known(reader: Reader, candidate: Candidate, arrival: Arrival) -> bool:
    """Whether this has been registered: all of the consignment, or this part of it."""
    if candidate.here:
        return True
    earlier = arrivals_of(reader, candidate.consignment)
    same_moment = any(
        one.arrived == arrival.arrived and one.post == arrival.post for one in earlier
    )
    before, now = units_earlier(earlier), units_come(arrival)
    return nothing_new(before, now) or (same_moment and not now)


def _unannounced(context: Context, arrival: Arrival) -> Judgement:
    agreements = partners_of(context, arrival)
    findings = (
        *number_unknown(arrival),
        *partner_findings(context, arrival, agreements),
        *unknown_items(arrival, None),
    )
    agreement = None if refuses(findings) else agreements[0]
    return Judgement(arrival=arrival, findings=findings, agreement=agreement)
