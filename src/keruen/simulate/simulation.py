"""Draws consignments, plants facts, and lets each take its course.

The truth is computed from what a node will really read: each declaration is written, read back and
completed by the agreement before anything is decided about its journey.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from keruen import formats
from keruen.agreement import Agreement, entry_stop, with_entry
from keruen.customs import DiscrepancyCode
from keruen.errors import UsageError
from keruen.simulate.arrivals import arrivals, unannounced
from keruen.simulate.consignment import Caravan, Consignment
from keruen.simulate.course import PLANTED, Course, Fate, Journey, disturbed, undisturbed
from keruen.simulate.exports import export_declaration
from keruen.simulate.goods import ROAD
from keruen.simulate.imports import Clearing, import_declaration
from keruen.simulate.marks import respelled
from keruen.simulate.traffic import Announced, Arrival, Step, Submission, Traffic, Truth

COUNTRIES = ("KZ", "TJ")
PLANTED_SHARE = 0.2
"""Share of consignments with a planted fact; at least one of each kind."""
SHARED_EVERY, UNANNOUNCED_EVERY = 40, 80
"""One pair in a shared truck, and one unannounced arrival, in so many consignments; at least one each."""
IMPORT_FORMATS = {"KZ": "asycuda", "TJ": "json"}
REFERENCE_NAMED, WAYBILL_NAMED = 0.75, 0.7
"""Share of import declarations that name the announcing one; of the others, share that names the waybill."""
SUFFIXES = {"json": "json"}
MARGIN = timedelta(hours=1)


def simulate(
    agreement: Agreement, *, seed: int, consignments: int, start: datetime, days: float = 5
) -> Traffic:
    """Make the traffic of some days.

    Args:
        seed: the only source of chance; the same seed gives the same bytes.
        start: UTC; nothing happens before.
        days: domain time within which all is over.

    Raises:
        UsageError: the agreement is not that of Kazakhstan and Tajikistan, or no journey fits `days`.
    """
    if agreement.countries != COUNTRIES:
        raise UsageError("corridor-unknown", "only traffic of Kazakhstan and Tajikistan is known")
    begin = (start + timedelta(minutes=1)).replace(second=0, microsecond=0)
    return _Simulation(agreement, Random(seed), begin, days).run(start, consignments)


@dataclass(slots=True)
class _Case:
    """The consignments in one vehicle, with their files."""

    journeys: tuple[Journey, ...]
    files: tuple[bytes, ...]
    fact: DiscrepancyCode | None = None


class _Simulation:
    def __init__(self, agreement: Agreement, rng: Random, begin: datetime, days: float) -> None:
        self._agreement = agreement
        self._rng = rng
        self._begin = begin
        self._days = days
        self._caravan = Caravan(agreement, rng, begin, days - MARGIN / timedelta(days=1))
        self._fate = Fate(rng, self._caravan.marks, agreement)
        self._steps: list[Step] = []
        self._truth: set[Truth] = set()
        self._announced: list[Announced] = []
        self._end = begin

    def run(self, start: datetime, consignments: int) -> Traffic:
        """Draw the consignments, plant facts, then let each take its course."""
        groups = sorted(self._groups(consignments), key=lambda group: group[0].released)
        cases = [self._case(self._numbered(group)) for group in groups]
        self._plant(cases, consignments)
        for case in cases:
            self._happen(case)
        if consignments:
            self._come_unannounced(max(1, consignments // UNANNOUNCED_EVERY))
        steps = tuple(sorted(self._steps, key=lambda step: step.at))
        end = max([self._end, *(step.at for step in steps)]) + MARGIN
        return Traffic(
            start=start,
            end=end,
            steps=steps,
            truth=frozenset(self._truth),
            announced=tuple(self._announced),
        )

    def _groups(self, consignments: int) -> Iterator[tuple[Consignment, ...]]:
        pairs = min(max(1, consignments // SHARED_EVERY), consignments // 2)
        for _ in range(pairs):
            yield self._caravan.draw_shared()
        for _ in range(consignments - 2 * pairs):
            yield (self._caravan.draw(),)

    def _numbered(self, group: tuple[Consignment, ...]) -> tuple[Consignment, ...]:
        """Registers count in the order of time."""
        return tuple(replace(one, serial=self._caravan.marks.serial()) for one in group)

    def _case(self, group: tuple[Consignment, ...]) -> _Case:
        files = tuple(
            formats.write(export_declaration(one, self._agreement), one.format) for one in group
        )
        journeys = tuple(self._journey(one, file) for one, file in zip(group, files, strict=True))
        return _Case(journeys, files)

    def _journey(self, one: Consignment, file: bytes) -> Journey:
        declaration = with_entry(formats.read(file).declaration, self._agreement, one.receiver)
        stop = entry_stop(declaration, self._agreement, one.receiver)
        eta = stop.eta if stop else None
        post = stop.office.code if stop and stop.office else None
        return Journey(
            consignment=one,
            declaration=declaration,
            post=post or one.route.post,
            expected=eta or one.released + timedelta(hours=one.route.hours),
            has_eta=eta is not None,
        )

    def _plant(self, cases: list[_Case], consignments: int) -> None:
        """Deal the kinds of facts out in turn, each to a consignment that it can befall."""
        free = [case for case in cases if len(case.journeys) == 1]
        self._rng.shuffle(free)
        codes = list(PLANTED)
        wanted = max(len(codes), round(consignments * PLANTED_SHARE))
        for number in range(wanted):
            code = codes[number % len(codes)]
            case = next((c for c in free if PLANTED[code].possible(c.journeys[0])), None)
            if case is not None:
                case.fact = code
                free.remove(case)

    def _happen(self, case: _Case) -> None:
        first = case.journeys[0]
        for journey, file in zip(case.journeys, case.files, strict=True):
            at = journey.consignment.released + timedelta(minutes=self._rng.randrange(2, 20))
            self._submit(
                at, journey.consignment.sender, _name(journey), file, journey.consignment.format
            )
        course = (
            undisturbed(self._fate, first)
            if case.fact is None
            else disturbed(self._fate, first, case.fact)
        )
        cleared = None
        if course.arrives:
            for at, data in arrivals(self._rng, case.journeys, course):
                self._steps.append(Arrival(at, first.consignment.receiver, data))
                cleared = at
                if data.get("partial"):
                    reference = first.declaration.reference or ""
                    self._truth.add(Truth(reference, None, DiscrepancyCode.SPLIT_SHIPMENT))
        else:
            wait = self._agreement.deadlines.overdue_after
            overdue = self._agreement.deadline(wait, first.consignment.mode)
            self._end = max(self._end, first.expected + overdue)
        for journey in case.journeys:
            self._close(case, journey, course, cleared)

    def _close(
        self, case: _Case, journey: Journey, course: Course, arrived: datetime | None
    ) -> None:
        """Import what has come, and write down the truth."""
        one = journey.consignment
        reference = journey.declaration.reference or ""
        name = self._import(case, journey, course, arrived) if arrived else None
        self._truth |= {Truth(reference, item, code) for item, code in course.found}
        self._announced.append(
            Announced(
                reference=reference,
                sender=one.sender,
                receiver=one.receiver,
                mode=one.mode,
                format=one.format,
                goods=one.loads[0].goods.name,
                eta=journey.expected if journey.has_eta else None,
                export_name=_name(journey),
                import_name=name,
                fact=course.fact,
            )
        )

    def _import(self, case: _Case, journey: Journey, course: Course, arrived: datetime) -> str:
        one = journey.consignment
        clearing = self._clearing(case, journey, course, arrived)
        declaration = import_declaration(one, clearing, self._agreement)
        name = _file_name(one.receiver, declaration.reference, clearing.format)
        at = clearing.at + timedelta(minutes=self._rng.randrange(2, 20))
        data = formats.write(declaration, clearing.format)
        self._submit(at, one.receiver, name, data, clearing.format)
        return name

    def _clearing(
        self, case: _Case, journey: Journey, course: Course, arrived: datetime
    ) -> Clearing:
        rng, one = self._rng, journey.consignment
        is_plain = len(case.journeys) == 1 and course.fact is not DiscrepancyCode.OTHER_VEHICLE
        names_reference = not is_plain or rng.random() < REFERENCE_NAMED
        names_waybill = names_reference or one.mode != ROAD or rng.random() < WAYBILL_NAMED
        longest = 8 if course.fact is DiscrepancyCode.ARRIVED_LATE else 20
        is_shared = len(case.journeys) > 1
        vehicle = course.transport.vehicle
        return Clearing(
            format=IMPORT_FORMATS[one.receiver],
            serial=self._caravan.marks.serial(),
            at=arrived + timedelta(minutes=rng.randrange(3 * 60, longest * 60)),
            post=journey.post,
            reference=journey.declaration.reference if names_reference else None,
            waybill=one.waybill if names_waybill else None,
            transport=course.transport,
            plate=respelled(rng, vehicle) if vehicle else None,
            loads=one.loads if is_shared else course.loads,
            codes=tuple((load.goods.hs_there, load.goods.description) for load in one.loads)
            if is_shared
            else course.codes,
        )

    def _come_unannounced(self, count: int) -> None:
        for _ in range(count):
            receiver = self._rng.choice(COUNTRIES)
            hours = self._days * 24 * self._rng.uniform(0.2, 0.7)
            when = self._begin + timedelta(minutes=round(hours * 60))
            at, data = unannounced(self._rng, self._agreement, self._caravan.marks, receiver, when)
            self._steps.append(Arrival(at, receiver, data))

    def _submit(self, at: datetime, country: str, name: str, data: bytes, format: str) -> None:
        self._steps.append(Submission(at, country, name, data, format))


def _name(journey: Journey) -> str:
    one = journey.consignment
    return _file_name(one.sender, journey.declaration.reference, one.format)


def _file_name(country: str, reference: str | None, format: str) -> str:
    plain = "".join(c if c.isalnum() else "-" for c in reference or "")
    return f"{country}-{plain}.{SUFFIXES.get(format, 'xml')}"
