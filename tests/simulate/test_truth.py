"""The planted truth is what the comparison of border finds in the files: nothing is missed or invented."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from keruen import formats
from keruen.agreement import Agreement, entry_stop, with_entry
from keruen.border.arrival import Arrival, read_arrivals
from keruen.border.compare import compare_arrival, compare_import
from keruen.border.split import split
from keruen.customs import Declaration, DiscrepancyCode, skeleton
from keruen.simulate import Announced, Submission, Traffic, Truth
from keruen.simulate import Arrival as Registered


class Books:
    """What both nodes can know of a traffic."""

    def __init__(self, traffic: Traffic, agreement: Agreement) -> None:
        self.agreement = agreement
        self.files = {
            step.name: formats.read(step.data).declaration
            for step in traffic.steps
            if isinstance(step, Submission)
        }
        self.announced = {
            one.reference: with_entry(self.files[one.export_name], agreement, one.receiver)
            for one in traffic.announced
        }
        self.owners: dict[str, set[str]] = defaultdict(set)
        for reference, declaration in self.announced.items():
            for mark in marks(declaration):
                self.owners[mark].add(reference)
        steps = [step for step in traffic.steps if isinstance(step, Registered)]
        arrived = read_arrivals(msgspec.json.encode([step.data for step in steps]))
        self.came: dict[str, list[Arrival]] = defaultdict(list)
        self.unannounced: list[Arrival] = []
        for arrival in arrived:
            for reference in self.whose(arrival):
                self.came[reference].append(arrival)

    def whose(self, arrival: Arrival) -> set[str]:
        seen = (arrival.vehicle, *arrival.trailers, *arrival.wagons, *arrival.containers)
        owners = [self.owners.get(skeleton(mark), set()) for mark in seen if mark]
        if arrival.number:
            owners.append({arrival.number})
        references = set().union(*owners)
        if not references:
            self.unannounced.append(arrival)
        return references

    def found(self, one: Announced) -> set[Truth]:
        declaration = self.announced[one.reference]
        stop = entry_stop(declaration, self.agreement, one.receiver)
        eta = stop.eta if stop else None
        came = self.came[one.reference]
        if not came:
            return {Truth(one.reference, None, DiscrepancyCode.NOT_ARRIVED)} if eta else set()
        differences = [
            *compare_arrival(declaration, whole(came), self.agreement, eta),
            *compare_import(declaration, self.files[one.import_name or ""], self.agreement),
        ]
        if any(part.partial for part in came):
            differences.append(split(declaration, came[0]))
        return {Truth(one.reference, d.item, d.code) for d in differences}


def marks(declaration: Declaration) -> set[str]:
    means = (one.identity for one in declaration.transport_means)
    containers = (one.id for one in declaration.containers)
    return {skeleton(mark) for mark in (*means, *containers) if mark}


def whole(parts: list[Arrival]) -> Arrival:
    """All parts of a train as one arrival."""
    wagons = tuple(wagon for part in parts for wagon in part.wagons)
    return replace(parts[-1], wagons=wagons, partial=False)


@pytest.fixture(scope="module")
def books(traffic: Traffic, agreement: Agreement) -> Books:
    return Books(traffic, agreement)


def test_nothing_is_missed_and_nothing_invented(traffic: Traffic, books: Books) -> None:
    found = {truth for one in traffic.announced for truth in books.found(one)}
    assert found - traffic.truth == set()
    assert traffic.truth - found == set()


def test_each_arrival_is_of_one_consignment_or_of_a_shared_truck(
    traffic: Traffic, books: Books
) -> None:
    groups = sorted(len(books.whose(arrival)) for arrival in all_arrivals(traffic))
    assert set(groups) == {0, 1, 2}
    assert groups.count(2) == 5
    assert groups.count(0) == 2


def all_arrivals(traffic: Traffic) -> list[Arrival]:
    steps = [step for step in traffic.steps if isinstance(step, Registered)]
    return read_arrivals(msgspec.json.encode([step.data for step in steps]))


def test_what_is_planted_lies_far_outside_the_tolerances_and_noise_far_inside(
    traffic: Traffic, books: Books
) -> None:
    """Three quarters of each tolerance, or half as much again, change nothing."""
    strict, lenient = (scaled(books.agreement, factor) for factor in (0.75, 1.5))
    for agreement in (strict, lenient):
        books_then = Books(traffic, agreement)
        found = {truth for one in traffic.announced for truth in books_then.found(one)}
        assert found == traffic.truth


def scaled(agreement: Agreement, factor: float) -> Agreement:
    """The agreement with all tolerances of mass and time scaled."""
    times = agreement.deadlines
    return replace(
        agreement,
        deadlines=replace(
            times, late_after={m: t * min(factor, 1.1) for m, t in times.late_after.items()}
        ),
        tolerances={
            code: replace(t, percent=t.percent * type(t.percent)(str(factor)))
            for code, t in agreement.tolerances.items()
        },
    )


def test_every_import_can_be_tied_to_its_consignment(traffic: Traffic, books: Books) -> None:
    waybills: dict[str, set[str]] = defaultdict(set)
    for reference, declaration in books.announced.items():
        for document in declaration.all_documents():
            if document.kind == "transport":
                waybills[skeleton(document.number or "")].add(reference)
    assert all(len(owners) == 1 for owners in waybills.values())
    for one in traffic.announced:
        if one.import_name is None:
            continue
        imported = books.files[one.import_name]
        papers = {d.kind.value: d.number or "" for d in imported.all_documents()}
        if "preceding" in papers:
            assert papers["preceding"] == one.reference
        elif "transport" in papers:
            assert waybills[skeleton(papers["transport"])] == {one.reference}
        else:
            plates = marks(imported)
            assert set().union(*(books.owners[mark] for mark in plates)) == {one.reference}


def test_goods_that_never_came_are_known_to_be_overdue_by_the_end(
    traffic: Traffic, books: Books
) -> None:
    for one in traffic.announced:
        if not books.came[one.reference]:
            assert one.eta
            assert one.eta + timedelta(hours=24) < traffic.end
