from __future__ import annotations

from random import Random

import pytest

from keruen.customs.hs2022 import HS2022
from keruen.simulate.furthergoods import FURTHER
from keruen.simulate.goods import GOODS, SUBSTITUTES, WAGON_KG, Goods, load_truck, load_wagons, pick

TRADED = (*GOODS, *FURTHER)
by_name = pytest.mark.parametrize("goods", TRADED, ids=lambda goods: goods.name)


@by_name
def test_codes_are_ten_digits_of_hs_2022(goods: Goods) -> None:
    for code in filter(None, (goods.hs, goods.hs_there, goods.other_hs)):
        assert len(code) == 10
        assert code.isdigit()
        assert code[:6] in HS2022


@by_name
def test_both_countries_agree_on_six_digits(goods: Goods) -> None:
    assert goods.hs[:6] == goods.hs_there[:6]


@by_name
def test_another_classification_is_of_the_same_heading(goods: Goods) -> None:
    if goods.other_hs:
        assert goods.other_hs[:4] == goods.hs[:4]
        assert goods.other_hs[:6] != goods.hs[:6]


def test_a_code_of_hs_2017_that_is_another_is_none_of_hs_2022() -> None:
    renamed = [goods for goods in TRADED if goods.hs_2017]
    assert {goods.origin for goods in renamed} == {"KZ", "TJ"}
    for goods in renamed:
        assert len(goods.hs_2017 or "") == 6
        assert goods.hs_2017 not in HS2022


@pytest.mark.parametrize("country", ["KZ", "TJ"])
def test_a_substitute_is_of_another_chapter_than_all_goods(country: str) -> None:
    chapters = {goods.hs[:2] for goods in GOODS if goods.origin == country}
    for code, _ in SUBSTITUTES[country]:
        assert code[:6] in HS2022
        assert code[:2] not in chapters


@by_name
def test_a_truck_takes_twenty_to_twenty_two_tonnes(goods: Goods) -> None:
    loads = load_truck(Random(1), goods)
    gross = sum(load.gross for load in loads)
    heaviest = max(load.goods.net + load.goods.tare for load in loads)
    assert 20_000 - len(loads) * heaviest <= gross <= 22_000
    for load in loads:
        assert load.net <= load.gross
        if load.packages is None:
            assert load.net == load.gross
        else:
            assert load.net == load.packages * load.goods.net


def test_a_train_takes_sixty_to_sixty_eight_tonnes_a_wagon() -> None:
    (load,) = load_wagons(Random(1), pick(Random(1), "KZ", "2"), 12)
    assert 12 * WAGON_KG[0] - 7000 <= load.gross <= 12 * WAGON_KG[1]


def test_ores_go_one_way_and_wheat_the_other() -> None:
    rng = Random(3)
    assert {pick(rng, "TJ", "2").hs[:4] for _ in range(200)} == {"2603", "2607", "2608", "5201"}
    assert "1001" in {pick(rng, "KZ", "2").hs[:4] for _ in range(50)}
