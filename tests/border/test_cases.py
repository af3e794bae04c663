"""What does not add up between the two sides is a case: it opens, grows old, goes when it does add up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.border.world import CORRIDOR, DAY, HOUR, NOON, World, export, preceding, stop, truck
from tests.exchange.test_projections import contents

from keruen.errors import LocalError
from keruen.exchange.cases import Aged, Reason, close, queue, reopen, summary, wanted
from keruen.store import schema
from keruen.store.casequeries import CaseOrder
from keruen.store.cases import CaseRow, CaseState

S = CaseState


def cases(world: World, **asked: Any) -> list[Aged]:
    order = asked.pop("order", CaseOrder.AGE)
    query = wanted(world.clock.now(), **asked)
    return world.store.read(lambda reader: queue(reader, query, order=order))


def states(world: World, **asked: Any) -> list[str]:
    return [one.state.value for one in cases(world, **asked)]


def row(world: World, subject: str) -> CaseRow:
    found = world.store.read(lambda reader: reader.case(CORRIDOR, subject))
    assert found is not None
    return found


def test_what_is_expected_is_no_case_and_becomes_one_by_the_clock_alone(world: World) -> None:
    consignment = world.announce()
    assert cases(world) == []
    assert [one.row.subject for one in cases(world, states=(S.EXPECTED,))] == [consignment]
    world.clock.at += 25 * HOUR  # nothing was swept: no event says so yet
    assert states(world) == ["overdue"]
    world.pass_time(HOUR)
    assert (states(world), cases(world)[0].band) == (["overdue"], "0-3")
    world.clock.at += 5 * DAY
    assert (cases(world)[0].days, cases(world)[0].band) == (5, "4-14")
    assert states(world, age="4-14") == ["overdue"]
    assert states(world, age="15-45") == []
    world.clock.at += 45 * DAY
    assert states(world) == states(world, states=(S.NEVER_ARRIVED,)) == ["never-arrived"]
    assert states(world, states=(S.OVERDUE,)) == []


def test_an_arrival_ends_the_case_and_its_withdrawal_opens_it_again(world: World) -> None:
    consignment = world.announce()
    world.arrive()
    assert cases(world, states=tuple(CaseState)) == []
    told = world.arrivals()[-1].header.message_id
    from keruen import border

    world.store.write_now(
        lambda tx: border.withdraw_arrival(tx, world.context, CORRIDOR, told, cause="officer")
    )
    world.clock.at += 2 * DAY
    assert [(one.row.subject, one.state) for one in cases(world)] == [(consignment, S.OVERDUE)]


def test_what_came_in_part_waits_for_the_rest(world: World) -> None:
    world.announce()
    world.arrive(partial=True, weighbridge=9000)
    world.clock.at += 2 * DAY
    assert states(world) == ["partly-arrived"]


def test_what_nobody_announced_is_a_case_until_its_announcement_comes(world: World) -> None:
    world.arrive(number=None)
    assert states(world) == ["arrived-without-export"]
    world.announce()
    assert states(world) == []


def test_an_import_declaration_without_export_is_an_orphan_until_its_announcement_comes(
    world: World,
) -> None:
    world.submit()
    (orphan,) = cases(world)
    assert (orphan.state, orphan.row.partner, orphan.row.trader) == (S.ORPHAN, "KZ", "030012345")
    world.announce()
    assert cases(world) == []


def test_what_came_to_another_post_is_diverted(world: World) -> None:
    world.announce()
    world.arrive(post="TJ-DUS")
    assert states(world) == ["diverted"]


def test_a_closed_case_is_out_of_the_queue_and_news_open_it_again(world: World) -> None:
    consignment = world.announce()
    world.clock.at += 2 * DAY

    def shut(tx: Any) -> CaseRow:
        found = row(world, consignment)
        return close(
            tx, world.context, found, reason=Reason.RETURNED, text=" Turned back ", person="n"
        )

    world.store.write_now(shut)
    assert (states(world), states(world, closed=True)) == ([], ["overdue"])
    with pytest.raises(LocalError, match="closed already"):
        world.store.write_now(shut)
    world.pass_time(HOUR)  # the sweep's event is no news
    assert states(world) == []
    world.arrive(partial=True, weighbridge=9000)
    world.clock.at += 2 * DAY
    assert states(world) == ["partly-arrived"]
    (act,) = world.store.read(lambda reader: reader.case_acts(CORRIDOR, consignment))
    assert (act.reason, act.text, act.person) == ("returned", "Turned back", "n")


def test_a_person_opens_again_what_was_closed_and_both_acts_stay(world: World) -> None:
    consignment = world.announce()
    world.clock.at += 2 * DAY
    context = world.context
    said = {"text": "", "person": "n"}
    world.store.write_now(
        lambda tx: close(tx, context, row(world, consignment), reason=Reason.PERIOD, **said)
    )
    world.store.write_now(lambda tx: reopen(tx, context, row(world, consignment), **said))
    assert states(world) == ["overdue"]
    with pytest.raises(LocalError, match="is open"):
        world.store.write_now(lambda tx: reopen(tx, context, row(world, consignment), **said))
    acts = world.store.read(lambda reader: reader.case_acts(CORRIDOR, consignment))
    assert [act.deed.value for act in acts] == ["closed", "reopened"]


def test_another_reason_needs_words(plain_world: World) -> None:
    world = plain_world
    consignment = world.announce()
    with pytest.raises(LocalError, match="in words"):
        world.store.write_now(
            lambda tx: close(
                tx,
                world.context,
                row(world, consignment),
                reason=Reason.OTHER,
                text=" ",
                person="n",
            )
        )


def test_cases_are_summed_by_who_and_where(world: World) -> None:
    for number in range(3):
        plate, eta = f"{number}00ABC02", NOON - number * 10 * DAY
        world.announce(
            export(number=f"N{number}", transport_means=(truck(plate),), documents=())
            if number
            else export(itinerary=(stop("TJ-DUS"),))
        ) if eta == NOON else world.announce(
            export(
                number=f"N{number}",
                transport_means=(truck(plate),),
                documents=(),
                itinerary=(stop(eta=eta),),
            )
        )
    world.clock.at += 2 * DAY
    found = world.store.read(lambda reader: summary(reader, wanted(world.clock.now())))
    assert (found.count, found.sent, found.received, found.states) == (3, 0, 3, {"overdue": 3})
    (trader,) = found.sums["trader"]
    assert (trader.key, trader.label, trader.count) == ("030012345", "ҶДММ Нон", 3)
    assert trader.counts == (1, 1, 1, 0)
    assert [(one.key, one.count) for one in found.sums["post"]] == [("TJ-FOT", 2), ("TJ-DUS", 1)]
    assert [one.key for one in found.sums["chapter"]] == ["11"]
    assert states(world, keys={"post": "TJ-DUS"}) == ["overdue"]


def test_the_most_valuable_come_first_currency_by_currency_and_by_mass_without_a_value(
    plain_world: World,
) -> None:
    from decimal import Decimal

    from keruen.customs import Amount, GoodsItem

    world = plain_world

    def worth(value: int | None, currency: str, mass: int) -> None:
        given = Amount(value=Decimal(value), currency=currency) if value else None
        goods = GoodsItem(ordinal=1, hs="110100", gross_mass=Decimal(mass), statistical_value=given)
        world.submit(items=(goods,), documents=(preceding(f"X{value}{mass}"),))

    for one in ((100, "TJS", 5), (900, "TJS", 1), (500, "USD", 2), (None, "", 7), (None, "", 9)):
        worth(*one)
    found = cases(world, order=CaseOrder.VALUE)
    assert [(one.row.currency, one.row.value, one.row.mass) for one in found] == [
        ("TJS", 900, 1),
        ("TJS", 100, 5),
        ("USD", 500, 2),
        (None, None, 9),
        (None, None, 7),
    ]


def test_pages_by_age_follow_one_another(plain_world: World) -> None:
    world = plain_world
    for number in range(5):
        world.announce(export(number=f"N{number}", itinerary=(stop(eta=NOON + number * HOUR),)))
    world.clock.at += 5 * DAY
    query = wanted(world.clock.now())
    whole = world.store.read(lambda r: queue(r, query))
    first = world.store.read(lambda r: queue(r, query, limit=2))
    place = first[-1].row.due, first[-1].row.subject
    rest = world.store.read(lambda r: queue(r, query, after=place))
    assert [*first, *rest] == whole


def test_a_rebuild_gives_the_same_cases(world: World) -> None:
    kept = world.announce(export(number="N1", documents=(), transport_means=(truck("1A"),)))
    world.announce(export(number="N2", documents=(), transport_means=(truck("2A"),)))
    world.arrive(vehicle="3A")
    world.submit(transport_means=(truck("4A"),), documents=(preceding("N4"),))
    world.clock.at += 3 * DAY
    world.store.write_now(
        lambda tx: close(
            tx,
            world.context,
            row(world, kept),
            reason=Reason.OFFENCE,
            text="",
            person="n",
        )
    )
    before = contents(world, schema.reconciliation)  # type: ignore[arg-type]
    assert len(before) == 4
    world.clock.at += timedelta(days=9)
    world.rebuild()
    assert contents(world, schema.reconciliation) == before  # type: ignore[arg-type]
