"""Status reports: both sides count alike; a difference is located to the message and healed by asking again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import arrive, declaration, number, paper
from tests.exchange.world import CORRIDOR, Node, Pair, pair_of, the_agreement, with_agreement

from keruen.agreement import PhaseState
from keruen.exchange import State, reporting
from keruen.exchange.comparing import LISTED, compare, counted, digest_of
from keruen.messages import Entry, Range, Stage, StatusReport, Way, decode
from keruen.store import Direction, Store

DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, new_database: Callable[[], str]) -> Any:
    """A pair whose receiver is on either database; the sender is on SQLite."""
    dsn = request.getfixturevalue("postgres_dsn") if request.param == "postgresql" else None
    made = pair_of(new_database(), dsn() if dsn else new_database())
    yield made
    made.close()


async def days(pair: Pair, count: float = 1) -> None:
    """Time passes, and both nodes do what the clock says."""
    pair.clock.advance(days=count)
    for _ in range(8):
        moved = pair.kz.sweep() + pair.tj.sweep()
        await pair.settle()
        if not moved:
            return


def reports(node: Node, direction: Direction) -> list[StatusReport]:
    found = (decode(one.body) for one in node.messages(kind="StatusReport", direction=direction))
    return [one for one in found if isinstance(one, StatusReport)]


def alarms(node: Node) -> list[str]:
    return sorted(one.code for one in node.store.read(lambda r: r.alarms()))


def agree(pair: Pair, since: datetime = NOW - DAY, until: datetime = NOW + 30 * DAY) -> bool:
    """Whether what each has sent is what the other has received."""

    def digest(node: Node, way: Way) -> str:
        return digest_of(node.store.read(lambda r: reporting.held(r, CORRIDOR, way, since, until)))

    return digest(pair.kz, Way.SENT) == digest(pair.tj, Way.RECEIVED) and digest(
        pair.tj, Way.SENT
    ) == digest(pair.kz, Way.RECEIVED)


def erase(store: Store, message_id: str, *, consignment: str | None = None) -> None:
    """As if a database had been restored that never saw this message."""

    def forget(tx: Any) -> None:
        found = tx.message(CORRIDOR, message_id)
        run = tx._connection.exec_driver_sql
        run(f"DELETE FROM message WHERE message_id = '{message_id}'")
        run(f"DELETE FROM inbox WHERE ebms_id = '{found.ebms_id}'")
        run(f"DELETE FROM event WHERE message_id = '{message_id}'")
        for table in ("event", "consignment", "identifier") if consignment else ():
            run(f"DELETE FROM {table} WHERE consignment_id = '{consignment}'")

    store.write_now(forget)


async def exchanged(pair: Pair, count: int = 3) -> list[str]:
    results = pair.kz.submit(*(paper(number(n)) for n in range(count)))
    await pair.settle()
    return [one.consignment_id or "" for one in results]


async def test_each_side_reports_each_day_once_and_both_agree(both: Pair) -> None:
    await exchanged(both)
    await days(both, 1)
    await days(both, 1)
    for node in (both.kz, both.tj):
        made = reports(node, Direction.OUT)
        assert len({(one.since, one.until) for one in made}) == len(made)
        regular = [one for one in made if one.until - one.since == DAY]
        assert [one.until for one in regular[:-1]] == [one.since for one in regular[1:]]
        assert all(one.header.refers_to is None for one in made)
        assert alarms(node) == []
        assert node.refusals() == []
    (first, *_) = [one for one in reports(both.kz, Direction.OUT) if one.tallies]
    counts = {(one.way, one.kind): one.count for one in first.tallies}
    assert counts[Way.SENT, "PreliminaryInformation"] == 3
    assert counts[Way.RECEIVED, "Acknowledgement"] == 3
    assert agree(both)


async def test_days_on_which_a_node_was_off_are_reported_afterwards(pair: Pair) -> None:
    await exchanged(pair, 1)
    await days(pair, 4)
    regular = [one for one in reports(pair.kz, Direction.OUT) if one.until - one.since == DAY]
    assert len(regular) >= 4
    assert pair.kz.sweep() == 0


async def test_days_begin_at_midnight_as_the_agreement_counts_them(pair: Pair) -> None:
    await exchanged(pair, 1)
    await days(pair, 2)
    for one in reports(pair.kz, Direction.OUT):
        assert (one.since + timedelta(hours=5)).time().isoformat() == "00:00:00"


async def test_nothing_is_reported_where_nothing_was_exchanged_or_agreed(pair: Pair) -> None:
    await days(pair, 3)
    assert reports(pair.kz, Direction.OUT) == []
    with_agreement(pair.kz, replace(the_agreement(), reporting=None))
    await exchanged(pair, 1)
    pair.clock.advance(days=3)
    pair.kz.sweep()
    assert reports(pair.kz, Direction.OUT) == []


async def test_what_was_sent_and_never_received_is_asked_for_and_comes_once(both: Pair) -> None:
    first, second, third = await exchanged(both)
    lost = both.kz.messages(kind="PreliminaryInformation")[1]
    acknowledged = both.tj.messages(kind="Acknowledgement", consignment_id=second)[0]
    erase(both.tj.store, lost.message_id, consignment=second)
    for node in (both.kz, both.tj):  # its answer was never made either
        erase(node.store, acknowledged.message_id)
    assert not agree(both)
    await days(both)
    await days(both)
    assert agree(both)
    assert alarms(both.kz) == alarms(both.tj) == []
    got = both.tj.messages(kind="PreliminaryInformation")
    assert sorted(one.consignment_id or "" for one in got) == sorted([first, second, third])
    (stored,) = [one for one in got if one.message_id == lost.message_id]
    assert stored.body == lost.body
    assert stored.ebms_id != lost.ebms_id
    assert both.tj.refusals() == both.kz.refusals() == []
    assert both.kz.happened(second).count("delivered") == 1


async def test_what_came_and_could_not_be_used_is_counted_on_both_sides_and_known_to_its_sender(
    both: Pair,
) -> None:
    off = {Stage.EXPORT: PhaseState.OFF, Stage.TRANSIT: PhaseState.TEST}
    with_agreement(both.tj, replace(the_agreement(), phases=off))
    (refused,) = await exchanged(both, 1)
    with_agreement(both.tj, the_agreement())
    await exchanged(both, 2)
    assert both.tj.messages(consignment_id=refused, direction=Direction.IN) == []
    assert [one.code for one in both.tj.refusals()] == ["phase-differs"]
    assert both.kz.state(refused) is State.REJECTED
    await days(both)
    await days(both)
    assert agree(both)
    assert alarms(both.kz) == alarms(both.tj) == []
    assert both.tj.messages(kind="Enquiry") == []
    counts = [
        {one.kind: one.count for one in report.tallies if one.way is Way.RECEIVED}
        for report in reports(both.tj, Direction.OUT)
    ]
    assert max(one.get("PreliminaryInformation", 0) for one in counts) == 2


async def test_what_a_node_failed_to_handle_differs_until_it_has_come_again(both: Pair) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    handlers = both.tj.inbox.handlers
    both.tj.inbox.handlers = {**handlers, "PreliminaryInformation": broken}
    (failed,) = await exchanged(both, 1)
    both.tj.inbox.handlers = handlers
    assert [one.code for one in both.tj.refusals()] == ["internal-error"]
    assert not agree(both)
    await days(both)
    await days(both)
    assert agree(both)
    assert both.tj.state(failed) is State.UNDER_WAY


async def test_an_answer_that_was_lost_is_asked_for_and_counts(both: Pair) -> None:
    consignment, *_ = await exchanged(both)
    arrive(both.tj, vehicle="000ABC02")
    await both.settle()
    answer = both.tj.messages(kind="Acknowledgement", consignment_id=consignment)[0]
    erase(both.kz.store, answer.message_id)
    assert not agree(both)
    await days(both)
    await days(both)
    assert agree(both)
    assert both.kz.happened(consignment).count("accepted") == 1
    assert both.kz.state(consignment) is State.ARRIVED
    assert alarms(both.kz) == alarms(both.tj) == []
    assert both.kz.refusals() == []


async def test_what_comes_again_is_recognised_and_done_once(pair: Pair) -> None:
    (consignment,) = await exchanged(pair, 1)
    (message,) = pair.kz.messages(kind="PreliminaryInformation")
    from keruen.exchange.again import send_again

    before = pair.tj.counts()
    for _ in range(3):
        assert pair.kz.store.write_now(lambda tx: send_again(tx, pair.kz.context, message))
        await pair.settle()
    after = pair.tj.counts()
    assert after["messages"] == before["messages"]
    assert after["refusals"] == 0
    assert after["inbox"]["handled"] == before["inbox"]["handled"] + 3
    assert pair.tj.happened(consignment) == ["announced", "accepted"]
    assert pair.kz.outbox(message.message_id).again == 3
    assert pair.kz.happened(consignment).count("delivered") == 1


async def test_what_still_waits_is_not_queued_twice(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    (message,) = pair.kz.messages(kind="PreliminaryInformation")
    from keruen.exchange.again import send_again

    assert pair.kz.store.write_now(lambda tx: send_again(tx, pair.kz.context, message))
    assert pair.kz.outbox(message.message_id).again == 0
    await pair.settle()
    assert len(pair.tj.messages(kind="PreliminaryInformation")) == 1


async def test_one_that_lost_what_it_sent_learns_so(pair: Pair) -> None:
    await exchanged(pair)
    lost = pair.kz.messages(kind="PreliminaryInformation")[0]
    erase(pair.kz.store, lost.message_id)
    await days(pair)
    assert "message-unknown" in alarms(pair.kz)
    assert len(pair.tj.messages(kind="PreliminaryInformation")) == 3


async def test_another_content_under_one_id_is_told_to_a_person(pair: Pair) -> None:
    await exchanged(pair)
    altered = pair.kz.messages(kind="PreliminaryInformation")[0]

    def forge(tx: Any) -> None:
        tx._connection.exec_driver_sql(
            f"UPDATE message SET body = X'7B7D' WHERE message_id = '{altered.message_id}'"
        )

    pair.tj.store.write_now(forge)
    await days(pair)
    assert "message-differs" in alarms(pair.kz)


async def test_both_sides_learn_at_once_that_their_agreements_differ(pair: Pair) -> None:
    await exchanged(pair, 1)
    with_agreement(pair.tj, replace(the_agreement(), version="2"))
    await days(pair, 0.1)
    assert alarms(pair.kz) == alarms(pair.tj) == ["agreement-differs"]
    with_agreement(pair.tj, the_agreement())
    await days(pair, 0.1)
    assert alarms(pair.kz) == alarms(pair.tj) == []


async def test_a_changed_agreement_is_reported_without_waiting_for_the_day(pair: Pair) -> None:
    await exchanged(pair, 1)
    await days(pair, 0.1)
    count = len(reports(pair.kz, Direction.OUT))
    await days(pair, 0.01)
    assert len(reports(pair.kz, Direction.OUT)) == count
    for node in (pair.kz, pair.tj):
        with_agreement(node, replace(the_agreement(), version="2"))
    await days(pair, 0.01)
    assert len(reports(pair.kz, Direction.OUT)) == count + 1
    assert alarms(pair.kz) == []


# Comparing ----------------------------------------------------------------------------------------------------


def entry(n: int) -> Entry:
    return Entry(f"0199c0de-0000-7000-8000-{n:012}", f"{n:064x}")


def books(sent: Sequence[int], received: Sequence[int]) -> Any:
    """What a side holds; message n was created in second n."""

    def held(way: Way, since: datetime, until: datetime) -> list[Entry]:
        found = sent if way is Way.SENT else received
        return [entry(n) for n in sorted(found) if since <= NOW + timedelta(seconds=n) < until]

    return held


def converse(first: Any, second: Any, seconds: int) -> tuple[set[str], set[str], int, int]:
    """What each side finds missing, the reports that it took, and the longest of them."""
    end = NOW + timedelta(seconds=seconds)
    missing: tuple[set[str], set[str]] = set(), set()
    sides = (first, second)
    ranges = [counted(way, NOW, end, first(way, NOW, end)) for way in Way]
    turn, taken, longest = 1, 0, 0
    while ranges:
        taken += 1
        longest = max(longest, sum(len(one.entries or ()) for one in ranges))
        found = compare(ranges, sides[turn])
        missing[turn].update(found.missing)
        ranges, turn = found.answers, 1 - turn
        assert taken < 40, "the reports never end"
    return *missing, taken, longest


@given(st.data())
def test_comparing_locates_every_message_that_is_missing(data: st.DataObject) -> None:
    ids = st.sets(st.integers(0, 99), max_size=30)
    sent, received = data.draw(ids), data.draw(ids)
    lost = data.draw(ids) & sent
    first = books(sorted(sent), sorted(received))
    second = books(sorted(received), sorted(sent - lost))
    _, missing, *_ = converse(first, second, 100)
    assert missing == {entry(n).message_id for n in lost}


def test_one_of_a_hundred_thousand_is_located_in_a_few_short_reports() -> None:
    count = 100_000
    everything = [entry(n) for n in range(count)]

    def held(*lost: int) -> Any:
        def of(way: Way, since: datetime, until: datetime) -> list[Entry]:
            if way is Way.RECEIVED:
                return []
            low, high = (max(0, -(-(t - NOW) // timedelta(seconds=1))) for t in (since, until))
            return [one for n, one in enumerate(everything[low:high], low) if n not in lost]

        return of

    def swapped(way: Way, since: datetime, until: datetime) -> list[Entry]:
        other = Way.SENT if way is Way.RECEIVED else Way.RECEIVED
        return list(held(77_777)(other, since, until))

    _, missing, taken, longest = converse(held(), swapped, count)
    assert missing == {entry(77_777).message_id}
    assert taken <= 8
    assert longest <= LISTED


def test_the_digest_of_a_range_does_not_depend_on_the_order() -> None:
    assert digest_of([entry(1), entry(2)]) == digest_of([entry(2), entry(1)])
    assert digest_of([entry(1)]) != digest_of([replace(entry(1), digest="0" * 64)])


def test_what_agrees_is_answered_by_nothing() -> None:
    end = NOW + DAY
    held = books([1], [2])
    found = compare(
        [
            counted(Way.SENT, NOW, end, [entry(2)]),
            Range(Way.RECEIVED, NOW, end, 1, digest_of([entry(1)]), (entry(1),)),
        ],
        held,
    )
    assert (found.differing, found.answers, found.missing) == (False, [], [])
