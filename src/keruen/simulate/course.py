"""What happens on the way: mostly nothing, sometimes one planted fact that the papers do not tell.

`PLANTED` is the table of facts: which consignments each can befall, and what then comes instead of what
was declared. Every fact names exactly the coded discrepancies that follow from it, at the post and in
the import declaration; its amounts lie far outside the tolerances, as ordinary noise lies far inside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from types import MappingProxyType

from keruen.agreement import Agreement
from keruen.customs import Declaration, DiscrepancyCode
from keruen.simulate.consignment import Consignment, Transport
from keruen.simulate.goods import RAIL, ROAD, SUBSTITUTES, Load
from keruen.simulate.marks import Marks

Found = frozenset[tuple[int | None, DiscrepancyCode]]
"""Item (None for the consignment as a whole) and code of each discrepancy that must be reported."""

MANY_PACKAGES = 375
"""From so many packages on, a few can be missing without a difference in mass."""
INSPECTED = 0.5
"""Share of discrepant items that the post itself sees."""


@dataclass(frozen=True, slots=True)
class Journey:
    """A consignment on the road, as the receiver knows it from the papers.

    Attributes:
        declaration: what the receiver's node reads, with entry post and ETA where they can be known.
        post: where it will enter.
        expected: when it will come if nothing happens.
        has_eta: whether the receiver knows when; if not, nobody can miss it.
    """

    consignment: Consignment
    declaration: Declaration
    post: str
    expected: datetime
    has_eta: bool


@dataclass(frozen=True, slots=True)
class Course:
    """What really comes.

    Attributes:
        delay: from the expected time to the arrival.
        codes: HS code and description of each item as the importer will declare it.
        broken: numbers of broken seals.
        seen: what an inspection at the post finds, as items of an arrival.
        weighed: whether the weighbridge must be used; None leaves it to chance.
        remark: what the officer notes.
        fact: the planted fact; `found`: the discrepancies that follow from it.
    """

    transport: Transport
    loads: tuple[Load, ...]
    codes: tuple[tuple[str, str], ...]
    delay: timedelta
    arrives: bool = True
    broken: tuple[str, ...] = ()
    seen: tuple[Mapping[str, object], ...] = ()
    weighed: bool | None = None
    remark: str | None = None
    fact: DiscrepancyCode | None = None
    found: Found = frozenset()


@dataclass(frozen=True, slots=True)
class Fate:
    """What a fact may draw on."""

    rng: Random
    marks: Marks
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Fact:
    """One kind of planted fact: whom it can befall, and what it does."""

    possible: Callable[[Journey], bool]
    happen: Callable[[Fate, Journey, Course], Course]


def undisturbed(fate: Fate, journey: Journey) -> Course:
    """All goes as declared, an hour early or a few hours late."""
    one = journey.consignment
    return Course(
        transport=one.transport,
        loads=one.loads,
        codes=tuple((load.goods.hs_there, load.goods.description) for load in one.loads),
        delay=_minutes(fate.rng.triangular(-1, 6, 1)),
    )


def disturbed(fate: Fate, journey: Journey, code: DiscrepancyCode) -> Course:
    """A course with one planted fact."""
    course = PLANTED[code].happen(fate, journey, undisturbed(fate, journey))
    return replace(course, fact=code)


def _minutes(hours: float) -> timedelta:
    return timedelta(minutes=round(hours * 60))


def _consignment(code: DiscrepancyCode) -> Found:
    return frozenset({(None, code)})


def _not_arrived(_: Fate, __: Journey, course: Course) -> Course:
    return replace(course, arrives=False, found=_consignment(DiscrepancyCode.NOT_ARRIVED))


def _late(fate: Fate, journey: Journey, course: Course) -> Course:
    """Clearly after the deadline for being late, clearly before the one for being given up."""
    deadlines, mode = fate.agreement.deadlines, journey.consignment.mode
    late = fate.agreement.deadline(deadlines.late_after, mode)
    overdue = fate.agreement.deadline(deadlines.overdue_after, mode)
    delay = late + (overdue - late) * fate.rng.uniform(0.15, 0.35)
    return replace(
        course,
        delay=_minutes(delay / timedelta(hours=1)),
        remark="Поломка в пути",
        found=_consignment(DiscrepancyCode.ARRIVED_LATE),
    )


def _short_weight(fate: Fate, _: Journey, course: Course) -> Course:
    """Goods of the heaviest line are gone: six to twelve percent of all, bags and papers intact."""
    place = max(range(len(course.loads)), key=lambda i: course.loads[i].net)
    load = course.loads[place]
    total = sum((one.gross for one in course.loads), Decimal(0))
    gone = (total * fate.rng.randrange(60, 120) / 1000).quantize(Decimal(1))
    loads = list(course.loads)
    loads[place] = replace(load, net=load.net - gone, gross=load.gross - gone)
    item = place + 1
    return replace(
        course,
        loads=tuple(loads),
        weighed=True,
        found=frozenset(
            {
                (None, DiscrepancyCode.GROSS_MASS_DIFFERS),
                (item, DiscrepancyCode.GROSS_MASS_DIFFERS),
                (item, DiscrepancyCode.NET_MASS_DIFFERS),
            }
        ),
    )


def _other_goods(fate: Fate, journey: Journey, course: Course) -> Course:
    """Something else lies under the declared goods of one line."""
    place = fate.rng.randrange(len(course.loads))
    hs, description = fate.rng.choice(SUBSTITUTES[journey.consignment.sender])
    seen = _perhaps(fate, {"item": place + 1, "hs": hs, "description": description})
    return replace(
        course,
        codes=_replaced(course.codes, place, (hs, description)),
        seen=seen,
        remark="Вскрыто выборочно" if seen else None,
        found=frozenset({(place + 1, DiscrepancyCode.OTHER_GOODS)}),
    )


def _other_hs6(fate: Fate, journey: Journey, course: Course) -> Course:
    """The importer's office classifies one line in another subheading."""
    places = [i for i, load in enumerate(journey.consignment.loads) if load.goods.other_hs]
    place = fate.rng.choice(places)
    hs = course.loads[place].goods.other_hs or ""
    return replace(
        course,
        codes=_replaced(course.codes, place, (hs, course.codes[place][1])),
        found=frozenset({(place + 1, DiscrepancyCode.OTHER_HS6)}),
    )


def _replaced(
    codes: tuple[tuple[str, str], ...], place: int, code: tuple[str, str]
) -> tuple[tuple[str, str], ...]:
    return (*codes[:place], code, *codes[place + 1 :])


def _perhaps(fate: Fate, item: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    return (item,) if fate.rng.random() < INSPECTED else ()


def _other_vehicle(fate: Fate, journey: Journey, course: Course) -> Course:
    """The goods, or the container with them, go on with another truck and trailer."""
    nationality = journey.consignment.transport.nationality
    transport = replace(
        course.transport,
        vehicle=fate.marks.truck(nationality),
        trailer=fate.marks.trailer(nationality),
        seals=course.transport.seals if course.transport.container else (),
    )
    return replace(
        course,
        transport=transport,
        remark="Перегруз в пути на другое транспортное средство",
        found=_consignment(DiscrepancyCode.OTHER_VEHICLE),
    )


def _seal_broken(fate: Fate, journey: Journey, course: Course) -> Course:
    seal = fate.rng.choice([seal.number for seal in journey.declaration.all_seals()])
    return replace(
        course,
        broken=(seal,),
        remark="Пломба повреждена",
        found=_consignment(DiscrepancyCode.SEAL_BROKEN),
    )


def _quantity_short(fate: Fate, _: Journey, course: Course) -> Course:
    """A few of many packages are missing: too few to be felt by a scale."""
    places = [i for i, load in enumerate(course.loads) if (load.packages or 0) >= MANY_PACKAGES]
    place = fate.rng.choice(places)
    load = course.loads[place]
    packages = load.packages or 0
    missing = fate.rng.randrange(3, max(4, packages // 125 + 1))
    loads = list(course.loads)
    loads[place] = replace(
        load,
        packages=packages - missing,
        net=load.net - missing * load.goods.net,
        gross=load.gross - missing * (load.goods.net + load.goods.tare),
    )
    return replace(
        course,
        loads=tuple(loads),
        seen=_perhaps(fate, {"item": place + 1, "packages": packages - missing}),
        found=frozenset({(place + 1, DiscrepancyCode.QUANTITY_SHORT)}),
    )


def _by_road(journey: Journey) -> bool:
    return journey.consignment.mode == ROAD


def _awaited_by_road(journey: Journey) -> bool:
    return journey.has_eta and journey.consignment.mode != RAIL


def _any(_: Journey) -> bool:
    return True


PLANTED: Mapping[DiscrepancyCode, Fact] = MappingProxyType(
    {
        DiscrepancyCode.NOT_ARRIVED: Fact(_awaited_by_road, _not_arrived),
        DiscrepancyCode.GROSS_MASS_DIFFERS: Fact(_any, _short_weight),
        DiscrepancyCode.OTHER_GOODS: Fact(_any, _other_goods),
        DiscrepancyCode.OTHER_VEHICLE: Fact(_by_road, _other_vehicle),
        DiscrepancyCode.SEAL_BROKEN: Fact(
            lambda journey: any(journey.declaration.all_seals()), _seal_broken
        ),
        DiscrepancyCode.QUANTITY_SHORT: Fact(
            lambda journey: any(
                (load.packages or 0) >= MANY_PACKAGES for load in journey.consignment.loads
            ),
            _quantity_short,
        ),
        DiscrepancyCode.OTHER_HS6: Fact(
            lambda journey: any(load.goods.other_hs for load in journey.consignment.loads),
            _other_hs6,
        ),
        DiscrepancyCode.ARRIVED_LATE: Fact(_awaited_by_road, _late),
    }
)
"""Planted fact, named by its leading code → whom it can befall and what it does."""
