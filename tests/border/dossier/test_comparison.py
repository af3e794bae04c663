from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from keruen.agreement import Agreement
from keruen.border.dossier.comparison import Line, compare
from keruen.border.dossier.judging import Verdict
from keruen.customs import (
    Declaration,
    DeclarationKind,
    Discrepancy,
    DiscrepancyCode,
    GoodsItem,
    Packaging,
    Seal,
)
from keruen.messages import ArrivalInformation, FoundItem, Header, Mode, Office, Stage

NOW = datetime(2026, 11, 23, 20, 40, tzinfo=UTC)


def declared() -> Declaration:
    return Declaration(
        kind=DeclarationKind.EXPORT,
        seals=(Seal(number="KZ 019-4522"),),
        items=(
            GoodsItem(
                ordinal=1,
                hs="1101 00 150 0",
                gross_mass=Decimal(1000),
                packages=(Packaging(count=Decimal(40)),),
                origin="KZ",
            ),
        ),
    )


def arrival(*found: FoundItem, **more: Any) -> ArrivalInformation:
    office = Office(country="TJ")
    header = Header(
        message_id="m",
        created=NOW,
        structure="keruen:ArrivalInformation",
        version="1.0",
        agreement="kz-tj",
        stage=Stage.EXPORT,
        mode=Mode.LIVE,
        sender=office,
        receiver=office,
    )
    given: dict[str, Any] = {
        "arrival_id": "a",
        "post": "TJ-FOT",
        "arrived": NOW,
        "registered": NOW,
    } | more
    return ArrivalInformation(header=header, items=found, **given)


def lines(agreement: Agreement, *messages: ArrivalInformation) -> dict[str, Line]:
    sheets = compare(declared(), messages, agreement).sheets
    return {line.element: line for sheet in sheets for line in sheet.lines}


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Decimal(1000), Verdict.SAME),
        (Decimal(1020), Verdict.WITHIN),
        (Decimal("979.9"), Verdict.DIFFERS),
        (None, None),
    ],
)
def test_a_mass_is_judged_by_the_agreed_tolerance(
    agreement: Agreement, found: Decimal | None, verdict: Verdict | None
) -> None:
    line = lines(agreement, arrival(FoundItem(item=1, gross_mass=found)))["gross_mass"]
    assert line.found[0].verdict is verdict
    assert line.tolerance == "max(20 kg, 2 %)"
    assert line.differs is (verdict is Verdict.DIFFERS)


def test_only_six_digits_of_the_code_are_common(agreement: Agreement) -> None:
    same = lines(agreement, arrival(FoundItem(item=1, hs="110100")))["hs"]
    other = lines(agreement, arrival(FoundItem(item=1, hs="110200")))["hs"]
    assert (same.found[0].verdict, other.found[0].verdict) == (Verdict.SAME, Verdict.DIFFERS)


def test_a_coded_discrepancy_prevails_over_our_own_reading(agreement: Agreement) -> None:
    coded = Discrepancy(code=DiscrepancyCode.QUANTITY_SHORT, item=1)
    message = arrival(FoundItem(item=1, packages=Decimal(40)), discrepancies=(coded,))
    assert lines(agreement, message)["packages"].found[0].verdict is Verdict.DIFFERS


def test_a_part_is_shown_and_not_judged_by_its_mass(agreement: Agreement) -> None:
    part = arrival(FoundItem(item=1, gross_mass=Decimal(400), origin="RU"), partial=True)
    told = lines(agreement, part)
    assert told["gross_mass"].found[0].verdict is None
    assert told["origin"].found[0].verdict is Verdict.DIFFERS


def test_seals_are_compared_as_marks_in_either_script(agreement: Agreement) -> None:
    same = lines(agreement, arrival(seals=(Seal(number="КZ0194522"),)))["seals"]
    other = lines(agreement, arrival(seals=(Seal(number="KZ0194599"),)))["seals"]
    assert (same.found[0].verdict, other.found[0].verdict) == (Verdict.SAME, Verdict.DIFFERS)


def test_goods_that_nobody_announced_have_a_sheet_of_their_own(agreement: Agreement) -> None:
    messages = (arrival(), arrival(FoundItem(hs="240220", description="Cigarettes")))
    sheet = compare(declared(), messages, agreement).sheets[-1]
    assert not sheet.announced
    assert [cell.value for cell in sheet.lines[0].found] == [None, "Cigarettes"]
