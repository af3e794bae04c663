"""Figures: what came counts as on time or late, what did not as missing, by code, office and trader."""

from __future__ import annotations

import json
from datetime import date

import pytest
from tests.exchange.papers import arrive, declaration, item, number, paper
from tests.exchange.world import Node, Pair

from keruen.customs import IdentityDocument, Party
from keruen.errors import UsageError
from keruen.exchange.figures import By, Figure, Overview, by, overview
from keruen.exchange.figures.asking import median
from keruen.exchange.figures.csvfile import csv_file
from keruen.exchange.figures.period import wanted
from keruen.exchange.figures.traders import PERSON, trader
from keruen.store.figures import Wanted


def asked(node: Node) -> Wanted:
    return wanted(node.context, date(2026, 1, 1), date(2027, 12, 31))


def whole(node: Node) -> Overview:
    now = node.context.clock.now()
    return node.store.read(lambda reader: overview(reader, asked(node), now))


def table(node: Node, grouping: By) -> tuple[Figure, ...]:
    now = node.context.clock.now()
    return node.store.read(lambda reader: by(reader, asked(node), now, grouping))


async def test_a_consignment_is_counted_as_it_fares(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()), paper(number(2)), paper(number(3)))
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert (whole(node).total.announced, whole(node).total.missing) == (3, 0)
    pair.clock.advance(hours=41)
    arrive(pair.tj, seals_broken=("KZ0012345",))
    await pair.settle()
    pair.clock.advance(hours=40)
    arrive(pair.tj, vehicle="002ABC02")
    arrive(pair.tj, vehicle="777YYY77")
    await pair.settle()
    for node in (pair.tj, pair.kz):
        total = whole(node).total
        assert (total.announced, total.arrived, total.unannounced) == (3, 3, 1)
        assert (total.timed, total.on_time, total.on_time_share) == (2, 1, 0.5)
        assert (total.differing, total.missing) == (2, 1)
        assert whole(node).missing_for == {"under-1": 0, "1-3": 1, "3-7": 0, "over-7": 0}
        assert whole(node).median_delay == 60


async def test_each_table_adds_up_to_the_whole(pair: Pair) -> None:
    several = declaration(number="2", items=(item(), item(ordinal=2, hs="100199")))
    pair.kz.submit(paper(declaration()), paper(several))
    await pair.settle()
    assert [(one.key, one.announced) for one in table(pair.tj, By.OFFICE)] == [("39855302", 2)]
    assert [(one.key, one.announced) for one in table(pair.tj, By.CHAPTER)] == [
        ("11", 2),
        ("10", 1),
    ]
    assert [(one.key, one.label) for one in table(pair.tj, By.TRADER)] == [("ҶДММ Нон", "ҶДММ Нон")]
    assert [(one.key, one.label) for one in table(pair.kz, By.TRADER)] == [
        ("990140000007", "Дән ЖШС")
    ]
    months = table(pair.tj, By.MONTH)
    assert len(months) == 24
    assert sum(one.announced for one in months) == 2


async def test_what_is_annulled_counts_no_more(pair: Pair) -> None:
    (sent,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    said = {"kind": "annulment", "number": sent.consignment_id, "reason": "sold"}
    pair.kz.submit(json.dumps(said).encode())
    await pair.settle()
    for node in (pair.kz, pair.tj):
        assert whole(node).total == Figure(key="")


@pytest.mark.parametrize(
    ("party", "key"),
    [
        (None, ""),
        (Party(), ""),
        (Party(id="990540000123", name="ТОО Дән", country="KZ"), "990540000123"),
        (Party(id="020012345", name="ҶДММ Нон"), "020012345"),
        (Party(name="ҶДММ Нон"), "ҶДММ Нон"),
        (Party(id="850312300123", name="Ержанов Е."), PERSON),
        (Party(id="770140000007", name="Иванов И.", country="RU"), PERSON),
        (Party(id="990540000123", name="ИП Ержанов"), PERSON),
        (Party(name="Аҳмадов", identity=IdentityDocument(number="A1")), PERSON),
        (Party(name="Аҳмадов", person_id="1"), PERSON),
    ],
)
def test_a_firm_is_named_and_a_person_never(party: Party | None, key: str) -> None:
    found = trader(party)
    assert found[0] == key
    if key == PERSON:
        assert found[1] is None


@pytest.mark.parametrize(
    ("counted", "middle"),
    [([], None), ([(5, 1)], 5), ([(-3, 1), (4, 1)], -3), ([(0, 1), (10, 3)], 10)],
)
def test_the_median_is_the_middle_one(counted: list[tuple[int, int]], middle: int | None) -> None:
    assert median(counted) == middle


def test_a_period_ends_after_it_begins_and_within_ten_years(pair: Pair) -> None:
    context = pair.kz.context
    usual = wanted(context)
    assert (date.fromisoformat(usual.until) - date.fromisoformat(usual.since)).days == 29
    for since, until in ((date(2026, 2, 1), date(2026, 1, 1)), (date.min, date.max)):
        with pytest.raises(UsageError, match="period-invalid"):
            wanted(context, since, until)
    assert wanted(context, until=date.min).since == "0001-01-01"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", b"'=1+1"),
        (" @SUM(A1)", b"' @SUM(A1)"),
        ("-2", b"'-2"),
        (-2, b"-2"),
        (None, b""),
        ("ТОО «Нан»", "ТОО «Нан»".encode()),
        ('a "b", c', b'"a ""b"", c"'),
    ],
)
def test_no_cell_of_a_file_acts(cell: str | int | None, written: bytes) -> None:
    assert b"".join(csv_file([[cell, 1]])) == b"\xef\xbb\xbf" + written + b",1\r\n"
