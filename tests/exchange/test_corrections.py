"""Corrections: the same number again is an amendment, a notice annuls, and both sides keep every version."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.as4.world import NOW
from tests.exchange.papers import (
    answers,
    arrive,
    declaration,
    deliver,
    header,
    information,
    item,
    paper,
)
from tests.exchange.test_projections import projections
from tests.exchange.world import CORRIDOR, Node, Pair

from keruen.customs import Declaration, TransportMeans
from keruen.exchange import Result, State, Submitted, Version, rebuild, versions
from keruen.messages import Amendment, Annulment


def corrected(**values: Any) -> Declaration:
    """The truck was exchanged, and the flour weighed again."""
    means = (TransportMeans(identity="777XYZ02", mode="3", nationality="KZ"),)
    items = (item(gross_mass=Decimal(20300)),)
    return declaration(**{"transport_means": means, "items": items, **values})


def submit(node: Node, one: Declaration) -> Submitted:
    (result,) = node.submit(paper(one))
    return result


def tell(node: Node, **said: Any) -> Submitted:
    (result,) = node.submit(json.dumps(said).encode())
    return result


def kept(node: Node, consignment: str) -> tuple[Version, ...]:
    return node.store.read(lambda reader: versions(reader, CORRIDOR, consignment))


def standing(node: Node, consignment: str) -> list[tuple[int, str, str]]:
    return [(one.ordinal, one.kind, one.validity) for one in kept(node, consignment)]


async def announced(pair: Pair) -> str:
    result = submit(pair.kz, declaration())
    await pair.settle()
    return result.consignment_id or ""


async def test_a_corrected_declaration_becomes_the_version_that_holds_on_both_sides(
    mixed_pair: Pair,
) -> None:
    pair = mixed_pair
    consignment = await announced(pair)
    result = submit(pair.kz, corrected())
    assert (result.result, result.consignment_id, result.ordinal) == (Result.QUEUED, consignment, 2)
    assert pair.kz.consignment(consignment).ordinal == 1, "it counts once it is accepted"
    await pair.settle()
    for node in (pair.kz, pair.tj):
        row = node.consignment(consignment)
        assert (row.ordinal, row.vehicle, row.gross_mass) == (2, "777XYZ02", "20300")
        assert row.state == State.ACCEPTED
        assert standing(node, consignment) == [
            (1, "PreliminaryInformation", "replaced"),
            (2, "Amendment", "holds"),
        ]
    assert pair.kz.happened(consignment)[-3:] == ["amendment-sent", "delivered", "amended"]
    assert pair.tj.happened(consignment)[-1] == "amended"
    numbers = {node.consignment(consignment).registration_number for node in (pair.kz, pair.tj)}
    assert len(numbers) == 1


async def test_the_same_correction_twice_changes_nothing(pair: Pair) -> None:
    consignment = await announced(pair)
    submit(pair.kz, corrected())
    await pair.settle()
    before = len(pair.kz.messages())
    assert submit(pair.kz, corrected()).result is Result.KNOWN
    again = submit(pair.kz, corrected(created=NOW))
    assert again.result in (Result.KNOWN, Result.QUEUED)
    assert submit(pair.kz, declaration()).result is Result.KNOWN, "a file that was taken before"
    assert len(pair.kz.messages()) - before == (again.result is Result.QUEUED)
    assert again.consignment_id == consignment


async def test_a_truck_is_known_by_the_version_that_holds(pair: Pair) -> None:
    consignment = await announced(pair)
    submit(pair.kz, corrected())
    await pair.settle()
    pair.clock.advance(hours=40)
    registered = arrive(pair.tj, vehicle="777XYZ02", weighbridge=20300)
    assert (registered.consignment_id, registered.discrepancies) == (consignment, ())


async def test_a_rejected_correction_leaves_the_version_before_it_in_force(pair: Pair) -> None:
    consignment = await announced(pair)
    bad = Amendment(
        header=header(pair.kz, Amendment),
        consignment_id=consignment,
        ordinal=2,
        declaration=declaration(),
    )
    await deliver(pair, bad)
    assert answers(pair.tj)[-1].outcome == "rejected"
    assert pair.tj.state(consignment) is State.ACCEPTED
    assert pair.tj.consignment(consignment).ordinal == 1
    assert [one[2] for one in standing(pair.tj, consignment)] == ["holds", "rejected"]
    assert pair.tj.happened(consignment)[-1] == "amendment-rejected"


async def test_messages_in_reverse_order_lose_nothing_and_end_alike(pair: Pair) -> None:
    """Annulment, amendment and original come last first."""
    first = information(pair.kz)
    consignment = first.consignment_id
    second = Amendment(
        header=header(pair.kz, Amendment),
        consignment_id=consignment,
        ordinal=2,
        declaration=first.declaration,
    )
    third = Annulment(
        header=header(pair.kz, Annulment), consignment_id=consignment, ordinal=3, reason="sold"
    )
    for message in (third, second, first):
        await deliver(pair, message)
    assert [one.outcome for one in answers(pair.tj)] == ["accepted"] * 3
    assert [one.findings[-1].code for one in answers(pair.tj)] == [
        "original-missing", "version-late", "version-late",
    ]  # fmt: skip
    assert pair.tj.state(consignment) is State.ANNULLED
    assert [one.ordinal for one in kept(pair.tj, consignment)] == [1, 2, 3]
    assert pair.tj.consignment(consignment).reference == first.declaration.number
    before = projections(pair.tj)
    rebuild(pair.tj.store, pair.tj.context)
    assert projections(pair.tj) == before


async def test_a_notice_annuls_and_nothing_is_corrected_after_it(pair: Pair) -> None:
    consignment = await announced(pair)
    number = declaration().number
    result = tell(pair.kz, kind="annulment", number=number, reason="the buyer withdrew")
    assert (result.result, result.consignment_id) == (Result.QUEUED, consignment)
    again = tell(pair.kz, kind="annulment", number=consignment, reason="the buyer withdrew")
    assert again.result is Result.KNOWN
    assert pair.kz.state(consignment) is State.ACCEPTED, "it counts once it is accepted"
    late = submit(pair.kz, corrected())
    assert late.result is Result.REFUSED
    assert "consignment-annulled" in [f.code for f in late.findings]
    await pair.settle()
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.ANNULLED
    assert kept(pair.tj, consignment)[-1].reason == "the buyer withdrew"


async def test_what_has_arrived_is_not_annulled(pair: Pair) -> None:
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    arrive(pair.tj)
    asked = tell(pair.kz, kind="annulment", number=consignment, reason="too late")
    assert asked.result is Result.QUEUED, "the sender does not know yet that it has come"
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert node.state(consignment) is State.ARRIVED
        assert "annulment-rejected" in node.happened(consignment)
    known = tell(pair.kz, kind="annulment", number=consignment, reason="once more")
    assert [f.code for f in known.findings] == ["annulled-after-arrival"]


async def test_an_empty_vehicle_is_awaited_and_comes(pair: Pair) -> None:
    said = {
        "kind": "empty-vehicle", "vehicle": "555AAA02", "post": "TJ-GUL",
        "eta": (NOW + timedelta(hours=30)).isoformat(),
    }  # fmt: skip
    result = tell(pair.kz, **said)
    assert tell(pair.kz, **said).result is Result.KNOWN
    await pair.settle()
    journey = result.consignment_id or ""
    for node in (pair.kz, pair.tj):
        assert node.state(journey) is State.EMPTY
        assert node.consignment(journey).vehicle == "555AAA02"
    assert pair.kz.happened(journey) == ["left-empty", "sent", "delivered", "empty-expected"]
    assert pair.tj.happened(journey) == ["empty-expected", "accepted"]
    numbers = {node.consignment(journey).registration_number for node in (pair.kz, pair.tj)}
    assert len(numbers) == 1
    assert None not in numbers
    pair.clock.advance(hours=30)
    assert arrive(pair.tj, vehicle="555AAA02").consignment_id == journey
    await pair.settle()
    assert pair.kz.state(journey) is pair.tj.state(journey) is State.ARRIVED


async def test_an_empty_vehicle_is_released_sent_and_delivered_before_it_is_awaited(
    pair: Pair,
) -> None:
    eta = (NOW + timedelta(hours=30)).isoformat()
    journey = tell(
        pair.kz, kind="empty-vehicle", vehicle="555AAA02", post="TJ-GUL", eta=eta
    ).consignment_id
    seen = [pair.kz.state(journey or "")]
    pair.wire.lose_replies = 1
    await pair.kz.send_once()
    seen.append(pair.kz.state(journey or ""))
    pair.clock.advance(hours=1)
    await pair.kz.send_once()
    seen.append(pair.kz.state(journey or ""))
    await pair.settle()
    assert [*seen, pair.kz.state(journey or "")] == ["released", "sent", "delivered", "empty"]


async def test_a_misspelt_notice_is_refused(pair: Pair) -> None:
    result = tell(pair.kz, kind="annulment", numbr="1", reason="x")
    assert [f.code for f in result.findings] == ["notice-invalid"]
    unknown = tell(pair.kz, kind="annulment", number="1", reason="x")
    assert [(f.code, f.path) for f in unknown.findings] == [("consignment-unknown", "number")]
