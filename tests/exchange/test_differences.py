"""Two versions compared: each element that differs, with its path."""

from __future__ import annotations

from decimal import Decimal

from tests.exchange.papers import declaration, item

from keruen.customs import Seal
from keruen.exchange.differences import Difference, differences


def test_the_same_is_no_difference() -> None:
    assert differences(declaration(), declaration()) == ()


def test_what_changed_came_and_went_is_told_by_its_path() -> None:
    before = declaration(carrier=None)
    after = declaration(
        carrier=None,
        consignor=None,
        seals=(*before.seals, Seal(number="KZ0099")),
        items=(item(gross_mass=Decimal(20300)),),
    )
    found = {one.path: one for one in differences(before, after)}
    weighed = Difference(path="items[0].gross_mass", before="20100", after="20300")
    assert found.pop("items[0].gross_mass") == weighed
    assert found.pop("seals[1].number") == Difference(path="seals[1].number", after="KZ0099")
    assert found.pop("consignor.name").after is None
    assert all(path.startswith("consignor.") for path in found)
