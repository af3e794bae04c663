"""The line is cut for 72 hours under traffic, half of it carried by packages; afterwards both sides agree."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from tests.exchange.carrying import packed, unpacked
from tests.exchange.papers import arrive, number, paper
from tests.exchange.test_reporting import agree, days
from tests.exchange.world import CORRIDOR, Node, Pair, pair_of

from keruen.exchange import Happening, State
from keruen.store import OutboxState

pytestmark = pytest.mark.slow

HOURS = 72
AN_HOUR = 3
"""Consignments announced in an hour."""


@pytest.fixture
def cut(new_database: Callable[[], str], postgres_dsn: Callable[[], str]) -> Iterator[Pair]:
    """A pair on both databases whose line is about to be cut."""
    made = pair_of(new_database(), postgres_dsn())
    yield made
    made.close()


class Courier:
    """Carries a package now and then, each way, and the answers back: late, twice, and in any order."""

    def __init__(self, pair: Pair, dice: random.Random) -> None:
        self.pair, self.dice = pair, dice
        self.bags: list[tuple[Node, bytes]] = []

    def take(self, node: Node, partner: str) -> None:
        self.bags.append((self._other(node), packed(node, partner)))

    async def deliver(self) -> None:
        """Half of the bags come, some of them twice; the rest waits or is lost."""
        self.dice.shuffle(self.bags)
        half = (len(self.bags) + 1) // 2
        coming, self.bags = self.bags[:half], self.bags[half:]
        for node, octets in coming + self.dice.sample(coming, len(coming) // 3):
            answer = await unpacked(node, octets)
            while await node.inbox.round():
                pass
            if answer.carried and self.dice.random() < 0.8:
                self.bags.append((self._other(node), answer.octets))

    def _other(self, node: Node) -> Node:
        return self.pair.tj if node is self.pair.kz else self.pair.kz


async def hour(pair: Pair, at: int, announced: list[str]) -> None:
    """An hour of traffic over a dead line."""
    numbers = range(at * AN_HOUR + 1, (at + 1) * AN_HOUR + 1)
    announced += [
        str(one.consignment_id) for one in pair.kz.submit(*map(paper, map(number, numbers)))
    ]
    here = [one for one in announced if known(pair.tj, one)][at // 4 :]
    if at % 4 == 3 and here:
        plate = f"{announced.index(here[0]) + 1:03}ABC02"
        arrive(pair.tj, vehicle=plate)
    for node in (pair.kz, pair.tj):
        node.sweep()
        await node.send_once()
        await node.inbox.round()
    pair.clock.advance(hours=1)


def known(node: Node, consignment: str) -> bool:
    return node.store.read(lambda r: r.consignment(CORRIDOR, consignment)) is not None


def differing(node: Node) -> list[str]:
    """Reports of the other side that say something else than this node's books."""
    found = node.store.read(lambda r: r.alarms())
    return [one.subject for one in found if one.code.endswith("-differs")]


async def test_after_72_hours_without_a_line_nothing_is_lost_nothing_doubled_and_reports_agree(
    cut: Pair,
) -> None:
    pair, dice, announced = cut, random.Random(3), list[str]()
    courier = Courier(pair, dice)
    pair.wire.lose_requests = 10**9
    for at in range(HOURS):
        await hour(pair, at, announced)
        if at % 12 == 5:
            courier.take(pair.kz, "TJ")
            courier.take(pair.tj, "KZ")
        await courier.deliver()
    carried = [one for one in announced if known(pair.tj, one)]
    assert len(announced) == HOURS * AN_HOUR
    assert len(announced) / 3 < len(carried) < len(announced), "about half came by packages"

    pair.wire.lose_requests = 0
    await days(pair, 0.5)
    await courier.deliver()  # what was still on its way comes after the line
    for _ in range(3):
        await days(pair, 1)

    assert agree(pair)
    assert differing(pair.kz) == differing(pair.tj) == []
    for node in (pair.kz, pair.tj):
        assert set(node.counts()["outbox"]) == {OutboxState.DELIVERED}
        assert node.refusals() == []
    for one in announced:
        assert pair.tj.happened(one).count(Happening.ANNOUNCED) == 1
        assert pair.kz.happened(one).count(Happening.DELIVERED) == 1
        assert pair.kz.happened(one).count(Happening.ACCEPTED) == 1
        assert pair.kz.state(one) is pair.tj.state(one) is not State.ANNOUNCED
