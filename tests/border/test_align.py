"""Which imported item answers which announced one: one to one, nothing left out, the likeliest first."""

from __future__ import annotations

import time
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.border.test_compare import declarations
from tests.border.world import item

from keruen.border import align
from keruen.border.align import hs_digits
from keruen.customs import Declaration, GoodsItem


def numbers(announced: tuple[GoodsItem, ...], imported: tuple[GoodsItem, ...]) -> list[object]:
    return [
        (one.ordinal if one else None, other.ordinal if other else None)
        for one, other in align(announced, imported)
    ]


FLOUR, SUGAR, BEER = item(1), item(2, hs="170199", description="Сахар"), item(3, hs="2203")


@given(declarations(), declarations())
def test_every_item_stands_in_exactly_one_pair(one: Declaration, other: Declaration) -> None:
    pairs = align(one.items, other.items)
    assert [ours for ours, _ in pairs if ours] == list(one.items)
    answers = [theirs for _, theirs in pairs if theirs]
    assert Counter(map(id, answers)) == Counter(map(id, other.items))
    assert all(ours or theirs for ours, theirs in pairs)


@given(declarations(), st.randoms(use_true_random=False))
def test_the_order_of_the_imported_items_changes_nothing(
    one: Declaration, random: st.DataObject
) -> None:
    shuffled = list(one.items)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert align(one.items, tuple(shuffled)) == tuple((same, same) for same in one.items)


def test_items_that_were_numbered_anew_are_paired_by_what_they_are() -> None:
    imported = (replace(BEER, ordinal=1), replace(FLOUR, ordinal=2), replace(SUGAR, ordinal=3))
    assert numbers((FLOUR, SUGAR, BEER), imported) == [(1, 2), (2, 3), (3, 1)]


def test_of_two_items_of_one_chapter_the_likelier_answers() -> None:
    bran = replace(FLOUR, ordinal=2, hs="110220", gross_mass=Decimal(500), description="Крупа")
    imported = (replace(bran, ordinal=1), replace(FLOUR, ordinal=2, gross_mass=Decimal(20_100)))
    assert numbers((FLOUR, bran), imported) == [(1, 2), (2, 1)]


def test_goods_of_another_chapter_answer_by_number_then_by_mass() -> None:
    cars = replace(FLOUR, hs="870323", description="Автомобиль")
    assert numbers((FLOUR,), (cars,)) == [(1, 1)]
    assert numbers((FLOUR,), (replace(cars, ordinal=9),)) == [(1, 9)]
    apart = replace(cars, ordinal=9, gross_mass=Decimal(1500))
    assert numbers((FLOUR,), (apart,)) == [(1, None), (None, 9)]


def test_what_was_left_out_stays_alone() -> None:
    assert numbers((FLOUR, SUGAR), (FLOUR,)) == [(1, 1), (2, None)]
    assert numbers((FLOUR,), (FLOUR, SUGAR)) == [(1, 1), (None, 2)]
    assert numbers((), (FLOUR,)) == [(None, 1)]
    assert numbers((), ()) == []


@pytest.mark.parametrize(
    ("code", "digits"),
    [
        ("1101001500", "110100"),
        ("1101.00 15", "110100"),
        ("1101", "1101"),
        ("1", ""),
        ("11O1", ""),
        (None, ""),
    ],
)
def test_only_six_digits_are_common(code: str | None, digits: str) -> None:
    assert hs_digits(code) == digits


@pytest.mark.parametrize("hs", ["110100", None])
def test_the_longest_declarations_are_aligned_in_reasonable_time(hs: str | None) -> None:
    """999 items of one chapter, each described and weighed otherwise: a writer's transaction waits."""
    announced = tuple(item(n, hs=hs, gross_mass=Decimal(n)) for n in range(1, 1000))
    imported = tuple(
        item(n, hs=hs, gross_mass=Decimal(n) + 1, description=f"Орд {n}") for n in range(1, 1000)
    )
    start = time.process_time()
    pairs = align(announced, imported)
    assert time.process_time() - start < 15
    assert len(pairs) == 999
