from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from keruen import formats
from keruen.agreement import Agreement
from keruen.customs import Declaration, DeclarationKind, DiscrepancyCode, check, refuses
from keruen.errors import UsageError
from keruen.simulate import PLANTED, Arrival, Submission, Traffic, simulate

START = datetime(2026, 11, 23, 21, 30, 5, 123_000, tzinfo=UTC)


def submissions(traffic: Traffic) -> dict[str, tuple[Submission, Declaration]]:
    """Every file by name, read back."""
    return {
        step.name: (step, formats.read(step.data).declaration)
        for step in traffic.steps
        if isinstance(step, Submission)
    }


def arrivals(traffic: Traffic) -> list[Arrival]:
    return [step for step in traffic.steps if isinstance(step, Arrival)]


def test_the_same_seed_gives_the_same_bytes(agreement: Agreement) -> None:
    one, same = (
        simulate(agreement, seed=7, consignments=60, start=START, days=5) for _ in range(2)
    )
    assert one == same
    assert msgspec.json.encode(one.steps) == msgspec.json.encode(same.steps)


def test_another_seed_gives_another_traffic(agreement: Agreement) -> None:
    one, other = (
        simulate(agreement, seed=seed, consignments=60, start=START, days=5) for seed in (7, 8)
    )
    assert one.truth != other.truth
    assert {s.name for s in one.steps if isinstance(s, Submission)} != {
        s.name for s in other.steps if isinstance(s, Submission)
    }


def test_as_many_consignments_are_announced_as_were_asked_for(agreement: Agreement) -> None:
    traffic = simulate(agreement, seed=9, consignments=200, start=START, days=5)
    assert traffic.consignments == 200


IMPLAUSIBLE = {"package-mass-implausible", "unit-value-implausible"}


def test_every_file_is_recognised_and_passes_the_checks(traffic: Traffic) -> None:
    for step in traffic.steps:
        if isinstance(step, Submission):
            reading = formats.read(step.data)
            findings = (*reading.findings, *check(reading.declaration, today=step.at.date()))
            assert reading.format == step.format
            assert not refuses(findings), (step.name, findings)
            found = {f.code for f in findings}
            if reading.declaration.kind is DeclarationKind.IMPORT:
                found -= (
                    IMPLAUSIBLE  # other goods were planted, under masses and prices of the first
                )
            assert found == set(), step.name


def test_names_and_references_are_unique(traffic: Traffic) -> None:
    names = [step.name for step in traffic.steps if isinstance(step, Submission)]
    assert len(set(names)) == len(names)
    assert len({one.reference for one in traffic.announced}) == traffic.consignments


def test_steps_are_in_order_and_within_their_days(traffic: Traffic) -> None:
    times = [step.at for step in traffic.steps]
    assert times == sorted(times)
    assert traffic.start <= times[0]
    assert times[-1] < traffic.end <= traffic.start + timedelta(days=5)


@pytest.mark.parametrize("days", [3.0, 4.0, 9.5])
def test_a_shorter_time_leaves_out_the_long_journeys(agreement: Agreement, days: float) -> None:
    traffic = simulate(agreement, seed=3, consignments=50, start=START, days=days)
    assert traffic.end <= START + timedelta(days=days)


def test_a_time_too_short_for_any_journey_is_refused(agreement: Agreement) -> None:
    with pytest.raises(UsageError, match="days-too-few"):
        simulate(agreement, seed=3, consignments=5, start=START, days=1)


def test_another_corridor_is_refused(agreement: Agreement) -> None:
    kazakh, tajik = agreement.parties
    other = msgspec.structs.replace(
        agreement, parties=(kazakh, msgspec.structs.replace(tajik, country="UZ"))
    )
    with pytest.raises(UsageError, match="corridor-unknown"):
        simulate(other, seed=3, consignments=5, start=START)


def test_each_file_goes_to_its_own_side(traffic: Traffic) -> None:
    files = submissions(traffic)
    for one in traffic.announced:
        step, declaration = files[one.export_name]
        assert declaration.reference == one.reference
        assert declaration.kind is not DeclarationKind.IMPORT
        assert step.country == one.sender == declaration.country_of_dispatch
        assert declaration.country_of_destination == one.receiver
        if one.import_name:
            step, declaration = files[one.import_name]
            assert declaration.kind is DeclarationKind.IMPORT
            assert step.country == one.receiver == declaration.country_of_destination
            assert declaration.country_of_dispatch == one.sender


def test_information_precedes_the_crossing_by_two_hours(
    traffic: Traffic, agreement: Agreement
) -> None:
    files = submissions(traffic)
    for one in traffic.announced:
        least = agreement.deadline(agreement.deadlines.before_crossing, one.mode)
        if one.eta:
            assert one.eta - files[one.export_name][0].at >= least


def test_all_kinds_of_facts_are_planted_and_each_has_a_truth(traffic: Traffic) -> None:
    assert set(traffic.planted) == set(PLANTED)
    assert sum(traffic.planted.values()) == 40
    truths = Counter(truth.reference for truth in traffic.truth)
    for one in traffic.announced:
        codes = {t.code for t in traffic.truth if t.reference == one.reference}
        ordinary = codes <= {DiscrepancyCode.SPLIT_SHIPMENT}  # a train in two parts
        assert (one.fact in codes) if one.fact else ordinary
    assert set(truths) <= {one.reference for one in traffic.announced}
    assert {truth.code for truth in traffic.truth} <= set(DiscrepancyCode)


def test_what_never_came_is_not_imported_and_is_missed_before_the_end(
    traffic: Traffic, agreement: Agreement
) -> None:
    for one in traffic.announced:
        assert (one.import_name is None) == (one.fact is DiscrepancyCode.NOT_ARRIVED)
        if one.fact is DiscrepancyCode.NOT_ARRIVED:
            wait = agreement.deadline(agreement.deadlines.overdue_after, one.mode)
            assert one.eta
            assert one.mode == "3"
            assert one.eta + wait < traffic.end


def test_an_import_is_declared_after_the_arrival(traffic: Traffic) -> None:
    files = submissions(traffic)
    known = {wagon: arrival.at for arrival in arrivals(traffic) for wagon in wagons_of(arrival)}
    for one in traffic.announced:
        if one.import_name and one.mode == "2":
            step, declaration = files[one.import_name]
            for means in declaration.transport_means:
                assert known[means.identity or ""] < step.at


def wagons_of(arrival: Arrival) -> list[str]:
    wagons = arrival.data.get("wagons", [])
    assert isinstance(wagons, list)
    return wagons


def test_normal_traffic_is_in_time(traffic: Traffic, agreement: Agreement) -> None:
    files = submissions(traffic)
    etas = {}
    for one in traffic.announced:
        for means in files[one.export_name][1].means():
            if one.eta and one.fact not in {
                DiscrepancyCode.ARRIVED_LATE,
                DiscrepancyCode.OTHER_VEHICLE,
            }:
                etas[means.identity] = one.eta + agreement.deadline(
                    agreement.deadlines.late_after, one.mode
                )
    for arrival in arrivals(traffic):
        for mark in [arrival.data.get("vehicle"), *wagons_of(arrival)]:
            if mark in etas:
                assert datetime.fromisoformat(str(arrival.data["arrived"])) < etas[str(mark)]


def test_posts_are_those_of_the_country_and_the_mode(
    traffic: Traffic, agreement: Agreement
) -> None:
    for arrival in arrivals(traffic):
        post = agreement.post(str(arrival.data["post"]))
        assert post
        assert post.country == arrival.country
        assert ("2" if wagons_of(arrival) else "3") in post.modes


def test_some_trains_come_in_parts_and_some_trucks_unannounced(traffic: Traffic) -> None:
    assert any(arrival.data.get("partial") for arrival in arrivals(traffic))
    assert any(arrival.data.get("partner") for arrival in arrivals(traffic))


def test_the_mix_is_that_of_the_corridor(traffic: Traffic) -> None:
    mix = traffic.describe()
    assert 0.55 < mix["mode"]["road"] / 200 < 0.82
    assert mix["direction"]["KZ-TJ"] > mix["direction"]["TJ-KZ"] > 40
    assert set(mix["format"]) == {"esadout", "wco-dm", "asycuda", "json"}
    assert len(mix["goods"]) >= 12


def test_some_imports_name_no_announcing_declaration_but_all_have_a_mark(
    traffic: Traffic,
) -> None:
    bare = []
    for _, declaration in submissions(traffic).values():
        if declaration.kind is DeclarationKind.IMPORT:
            kinds = {document.kind.value for document in declaration.all_documents()}
            assert declaration.transport_means
            if "preceding" not in kinds:
                bare.append("transport" in kinds)
    assert True in bare
    assert False in bare


def test_drivers_are_declared_at_home(traffic: Traffic) -> None:
    """So that a test of the exchange can see that they do not travel."""
    declared = [d for _, d in submissions(traffic).values() if d.drivers]
    assert declared


def test_an_arrival_knows_no_truth(traffic: Traffic) -> None:
    keys = {key for arrival in arrivals(traffic) for key in arrival.data}
    assert not keys & {"fact", "truth", "discrepancies"}
