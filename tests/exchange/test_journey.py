"""What becomes known on the way: another vehicle, seals, a better ETA; what comes is compared with it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import PLATE, arrive, declaration, imported, item, paper
from tests.exchange.test_joint import same
from tests.exchange.world import Node, Pair

from keruen import formats
from keruen.customs import (
    Address,
    Container,
    CustomsOffice,
    DeclarationKind,
    Document,
    DocumentKind,
    ItineraryStop,
    PackageDetail,
    Packaging,
    Party,
    Seal,
)
from keruen.exchange import Result, State, Submitted
from keruen.exchange.joint import JointStop

HERE = "TJ-GUL"
ETA = NOW + timedelta(hours=30)
TRUCK = {"vehicle": "01A777BC", "nationality": "UZ"}
NO_ETA = (ItineraryStop(ordinal=1, country="KG"),)
"""As most export declarations: where it goes through, and nothing of when."""


def tell(node: Node, consignment: str, **said: Any) -> Submitted:
    body = {"kind": "on-the-way", "number": consignment, **said}
    (result,) = node.submit(json.dumps(body, default=datetime.isoformat).encode())
    return result


async def announced(pair: Pair, **values: Any) -> str:
    (result,) = pair.kz.submit(paper(declaration(**values)))
    assert result.result is Result.QUEUED, result.findings
    await pair.settle()
    return result.consignment_id or ""


def journey(pair: Pair, consignment: str) -> list[JointStop]:
    return list(same(pair, consignment).itinerary)


def codes(pair: Pair, consignment: str) -> list[str]:
    return [one.discrepancy.code for one in same(pair, consignment).discrepancies]


async def test_an_estimated_eta_is_replaced_by_one_that_a_person_declares(mixed_pair: Pair) -> None:
    pair = mixed_pair
    consignment = await announced(pair, itinerary=NO_ETA)
    assert journey(pair, consignment)[-1].eta_basis == "estimated"
    told = tell(pair.kz, consignment, eta=ETA, reason="snow at the pass")
    assert (told.result, told.ordinal) == (Result.QUEUED, 2)
    await pair.settle()
    assert journey(pair, consignment)[-1] == JointStop(
        country="TJ", office=HERE, eta=ETA, eta_basis="declared"
    )
    for node in (pair.kz, pair.tj):
        row = node.consignment(consignment)
        assert (row.eta, row.eta_basis, row.post) == (ETA, "declared", HERE)
    assert same(pair, consignment).versions[1].reason == "snow at the pass"


@pytest.mark.parametrize("itinerary", [NO_ETA, declaration().itinerary])
async def test_what_the_national_system_did_not_change_stays_as_it_was_told_from_the_way(
    pair: Pair, itinerary: tuple[ItineraryStop, ...]
) -> None:
    consignment = await announced(pair, itinerary=itinerary)
    tell(pair.kz, consignment, eta=ETA, seals=["UZ1"], **TRUCK)
    await pair.settle()
    pair.kz.submit(paper(declaration(itinerary=itinerary, consignment_reference="UCR-1")))
    await pair.settle()
    row = pair.tj.consignment(consignment)
    assert (row.ordinal, row.eta, row.vehicle) == (3, ETA, "01A777BC")
    (changed,) = same(pair, consignment).versions[2].changed
    assert changed.path == "consignment_reference"


async def test_what_the_national_system_changed_takes_the_place_of_what_was_told(
    pair: Pair,
) -> None:
    consignment = await announced(pair, itinerary=NO_ETA)
    tell(pair.kz, consignment, eta=ETA)
    await pair.settle()
    pair.kz.submit(paper(declaration()))
    await pair.settle()
    assert pair.tj.consignment(consignment).eta == NOW + timedelta(hours=40)


@pytest.mark.parametrize("is_announced", [True, False])
async def test_goods_come_on_another_vehicle(pair: Pair, is_announced: bool) -> None:
    """An announced change is no difference; of an unannounced one the goods are known by their container."""
    consignment = await announced(pair, containers=(Container(id="KRNU1234565"),))
    if is_announced:
        tell(pair.kz, consignment, **TRUCK, country="UZ", place="Tashkent")
        await pair.settle()
    pair.clock.advance(hours=40)
    registered = arrive(pair.tj, vehicle="01A777BC", containers=("KRNU1234565",))
    await pair.settle()
    assert registered.consignment_id == consignment
    assert codes(pair, consignment) == ([] if is_announced else ["other-vehicle"])
    assert pair.kz.state(consignment) is pair.tj.state(consignment) is State.ARRIVED


@pytest.mark.parametrize(
    ("facts", "known_by"),
    [
        ({"seals": ("KZ0012345",)}, "seal"),
        ({"number": "CMR-77"}, "transport-document"),
        ({"number": "55301/231126/0000001"}, "reference"),
    ],
)
async def test_an_unannounced_vehicle_is_known_by_seal_waybill_or_number(
    pair: Pair, facts: dict[str, Any], known_by: str
) -> None:
    consignment = await announced(pair)
    pair.clock.advance(hours=40)
    registered = arrive(pair.tj, vehicle="01A777BC", **facts)
    assert registered.consignment_id == consignment
    assert [one.rule for one in registered.matched_by] == [known_by]
    assert [one.code for one in registered.discrepancies] == ["other-vehicle"]


async def test_where_goods_were_transshipped_stands_in_the_itinerary(pair: Pair) -> None:
    consignment = await announced(pair)
    at = NOW + timedelta(hours=9)
    tell(
        pair.kz, consignment,
        **TRUCK, trailers=["01T12BC"], country="KG", place="Osh", at=at, seals=["UZ1"],
    )  # fmt: skip
    await pair.settle()
    record = same(pair, consignment)
    assert record.vehicles == ("01A777BC", "01T12BC")
    assert record.seals == ("UZ1",)
    assert [(one.country, one.place, one.eta) for one in record.itinerary] == [
        ("KG", "Osh", at), ("TJ", None, NOW + timedelta(hours=40)),
    ]  # fmt: skip
    pair.clock.advance(hours=40)
    late = arrive(pair.tj, vehicle="01A777BC", seals=("UZ1",))
    assert (late.consignment_id, late.discrepancies) == (consignment, ())


async def test_seals_of_containers_are_replaced_with_the_others(pair: Pair) -> None:
    box = Container(id="KRNU1234565", seals=(Seal(number="KZ5"),))
    consignment = await announced(pair, containers=(box,), seals=())
    tell(pair.kz, consignment, seals=["UZ1"], country="UZ")
    await pair.settle()
    assert same(pair, consignment).seals == ("UZ1",)


async def test_another_entry_post_is_where_it_is_awaited(pair: Pair) -> None:
    consignment = await announced(pair)
    tell(pair.kz, consignment, post="TJ-FOT", eta=ETA)
    await pair.settle()
    assert (pair.tj.consignment(consignment).post, pair.tj.consignment(consignment).eta) == (
        "TJ-FOT", ETA,
    )  # fmt: skip


async def test_the_clock_runs_to_the_eta_that_is_known_now(pair: Pair) -> None:
    """Early against the estimate, late against what is declared later; told late, it is taken all the same."""
    consignment = await announced(pair, itinerary=NO_ETA)
    assert not same(pair, consignment).late
    told = tell(pair.kz, consignment, eta=NOW + timedelta(hours=1))
    assert [one.code for one in told.findings] == ["information-late"]
    await pair.settle()
    record = same(pair, consignment)
    assert record.late
    assert [one.findings for one in record.versions] == [(), ("information-late",)]
    assert pair.tj.consignment(consignment).ordinal == 2


@pytest.mark.parametrize(
    ("said", "code", "path"),
    [
        ({}, "notice-invalid", ""),
        ({"trailers": ["1"], "eta": ETA}, "notice-invalid", "vehicle"),
        ({"vehicle": "01A777BC", "place": "Osh"}, "notice-invalid", "country"),
        ({"eta": "tomorrow"}, "notice-invalid", "eta"),
        ({"vehicel": "01A777BC"}, "notice-invalid", ""),
        ({"post": "KZ-KON"}, "post-unknown", "post"),
        ({"number": "nothing", "eta": ETA}, "consignment-unknown", "number"),
    ],
)
async def test_a_notice_that_cannot_be_used_is_refused_and_nothing_is_sent(
    pair: Pair, said: dict[str, Any], code: str, path: str
) -> None:
    consignment = await announced(pair)
    before = len(pair.kz.messages())
    told = tell(pair.kz, consignment, **said)
    assert told.result is Result.REFUSED
    assert [(one.code, one.path) for one in told.findings] == [(code, path)]
    assert len(pair.kz.messages()) == before


async def test_the_same_news_twice_is_told_once(pair: Pair) -> None:
    consignment = await announced(pair)
    assert tell(pair.kz, consignment, **TRUCK).result is Result.QUEUED
    assert tell(pair.kz, consignment, **TRUCK).result is Result.KNOWN
    assert tell(pair.kz, consignment, **TRUCK, reason="again").result is Result.KNOWN
    assert tell(pair.kz, consignment, eta=NOW + timedelta(hours=40)).result is Result.KNOWN


async def test_nothing_is_told_of_what_was_annulled(pair: Pair) -> None:
    consignment = await announced(pair)
    pair.kz.submit(
        json.dumps({"kind": "annulment", "number": consignment, "reason": "sold"}).encode()
    )
    told = tell(pair.kz, consignment, eta=ETA)
    assert [one.code for one in told.findings] == ["consignment-annulled"]


async def test_what_is_sent_keeps_what_nobody_spoke_of(pair: Pair) -> None:
    consignment = await announced(pair, items=(item(), item(ordinal=2)))
    tell(pair.kz, consignment, **TRUCK)
    await pair.settle()
    changed = {one.path for one in same(pair, consignment).versions[1].changed}
    assert changed == {"transport_means[0].identity", "transport_means[0].nationality"}
    assert PLATE not in same(pair, consignment).vehicles


async def test_a_stop_s_estimate_that_turned_out_wrong_is_taken_back(pair: Pair) -> None:
    """By the route table at Yallama after twenty hours, and in Tashkent after nine."""
    consignment = await announced(pair, itinerary=(), office=CustomsOffice(code="39857505"))
    before = journey(pair, consignment)
    assert [(one.place, one.eta_basis) for one in before] == [
        ("Yallama", "estimated"), (None, "estimated"),
    ]  # fmt: skip
    at = NOW + timedelta(hours=9)
    tell(pair.kz, consignment, **TRUCK, country="UZ", place="Tashkent", at=at)
    await pair.settle()
    assert [(one.place, one.eta) for one in journey(pair, consignment)[:2]] == [
        ("Yallama", None), ("Tashkent", at),
    ]  # fmt: skip


@pytest.mark.parametrize("format", ["json", "eaeu-r048"])
async def test_goods_of_a_third_country_come_in_transit_and_are_cleared(
    pair: Pair, format: str
) -> None:
    """China → Kazakhstan → Tajikistan: neither declaration names the other party to the agreement."""
    goods = item(
        origin="CN",
        packages=(
            Packaging(
                count=Decimal(400),
                kind="1",
                details=(PackageDetail(information="0", count=400, kind="CT"),),
            ),
        ),
    )
    transit = declaration(
        kind=DeclarationKind.TRANSIT,
        number="57505/201126/0031877",
        local_reference="T-31877",
        direction="ТР",
        office_of_destination=CustomsOffice(code="TJ-DSH", name="Душанбе", country="TJ"),
        country_of_dispatch="CN",
        consignor=Party(name="Example Co.", address=Address(country="CN")),
        itinerary=(),
        created=NOW - timedelta(hours=1),
        items=(goods,),
    )
    (sent,) = pair.kz.submit(formats.write(transit, format))
    assert sent.result is Result.QUEUED, sent.findings
    await pair.settle()
    consignment = sent.consignment_id or ""
    assert same(pair, consignment).stage == "transit"
    pair.clock.advance(hours=30)
    assert arrive(pair.tj, post="TJ-FOT").consignment_id == consignment
    reference = pair.tj.consignment(consignment).reference
    cleared = replace(
        imported(
            country_of_dispatch="CN",
            consignor=Party(name="Example Co.", address=Address(country="CN")),
            items=(goods,),
            itinerary=(),
        ),
        documents=(Document(kind=DocumentKind.PRECEDING, number=reference),),
    )
    (matched,) = pair.tj.submit(paper(cleared))
    assert (matched.result, matched.consignment_id) == (Result.MATCHED, consignment)
    await pair.settle()
    assert same(pair, consignment).state is State.CLOSED
