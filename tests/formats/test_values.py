from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from tests.formats.files import ASYCUDA, ESADOUT, WCO_DM

from keruen import formats
from keruen.customs import Declaration, Severity

SHIPMENT = "<ESADout_CUConsigment>"


def read(text: str) -> Declaration:
    reading = formats.read(text.encode())
    assert reading.findings == ()
    return reading.declaration


@pytest.mark.parametrize(
    "text", ["abc", "1,5", "1 000", "12kg", "NaN", "1e99", "0x10", "٣", "9" * 30, "--1", "1e999999"]
)
def test_a_mass_that_is_no_number_is_a_finding_with_path_line_and_value(text: str) -> None:
    reading = formats.read(ESADOUT.replace("20100.5", text).encode())
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("value-invalid", Severity.ERROR)
    assert finding.path == "ESADout_CUGoodsShipment/ESADout_CUGoods/GrossWeightQuantity"
    assert finding.declared == text
    assert "number" in finding.text
    assert "line 15" in finding.text
    assert reading.declaration.items[0].gross_mass is None
    assert reading.declaration.items[0].hs == "1101001500"


def test_a_value_that_is_not_of_its_kind_is_not_carried() -> None:
    reading = formats.read(ESADOUT.replace("20100.5", "abc").encode())
    found = formats.coverage(reading)
    assert found["carried"] == found["domain_leaves"] - 1
    assert found["not_carried"][0]["reason"] == "not of its kind; see the findings"
    assert found["unexplained"] == 0


def test_the_path_of_a_finding_tells_the_place_among_others() -> None:
    goods = ESADOUT[ESADOUT.index("<ESADout_CUGoods>") : ESADOUT.index("</ESADout_CUGoodsS")]
    text = ESADOUT.replace(goods, goods + goods.replace("20100.5", "abc"))
    (finding,) = formats.read(text.encode()).findings
    assert finding.path == "ESADout_CUGoodsShipment/ESADout_CUGoods[2]/GrossWeightQuantity"


def test_an_ordinal_that_is_no_number_is_a_finding_and_the_place_is_taken() -> None:
    reading = formats.read(ESADOUT.replace(">1<", ">first<").encode())
    assert [f.code for f in reading.findings] == ["value-invalid"]
    assert reading.declaration.items[0].ordinal == 1


def test_a_thousand_wrong_values_are_a_hundred_findings() -> None:
    item = "<Item><Valuation_item><Total_CIF_itm>x</Total_CIF_itm></Valuation_item></Item>"
    text = ASYCUDA.replace("</ASYCUDA>", item * 1000 + "</ASYCUDA>")
    assert len(formats.read(text.encode()).findings) == 100


@pytest.mark.parametrize("day", ["13/1/26", "2/30/26", "2026-02-01", "1/1/0001", "1/2", "a/b/c"])
def test_a_date_that_is_none_is_a_finding(day: str) -> None:
    reading = formats.read(ASYCUDA.replace(">2/1/26<", f">{day}<").encode())
    assert [(f.code, f.declared) for f in reading.findings] == [("value-invalid", day)]
    assert reading.declaration.registered is None


def test_a_double_with_an_exponent_is_a_number() -> None:
    value = read(ASYCUDA).items[0].customs_value
    assert value is not None
    assert value.value == Decimal(15_000_000)


def test_an_american_date_is_month_day_year() -> None:
    assert read(ASYCUDA).registered == date(2026, 2, 1)
    assert read(ASYCUDA.replace("2/1/26", "2/1/1999")).registered == date(1999, 2, 1)


def test_the_serial_is_part_of_an_asycuda_number() -> None:
    assert read(ASYCUDA).number == "E 77"
    assert read(ASYCUDA.replace("<Number>77</Number>", "")).number == "E"


def test_the_day_of_exit_and_the_actual_office_are_kept_beside_the_declared_one() -> None:
    release = (
        "<Export_release><Date_of_exit>2/3/26</Date_of_exit>"
        "<Actual_office_of_exit_code>B</Actual_office_of_exit_code></Export_release>"
        "<Transport><Border_office><Code>A</Code></Border_office></Transport>"
    )
    declaration = read(ASYCUDA.replace("</ASYCUDA>", f"{release}</ASYCUDA>"))
    assert declaration.exited == date(2026, 2, 3)
    assert declaration.office_of_exit is not None
    assert declaration.office_of_exit.code == "A"
    assert declaration.actual_office_of_exit is not None
    assert declaration.actual_office_of_exit.code == "B"


def test_an_element_without_a_place_in_the_model_becomes_a_coded_statement() -> None:
    bank = "<Financial><Bank><Code>SAMPLEKZ</Code></Bank></Financial>"
    (statement,) = read(ASYCUDA.replace("</ASYCUDA>", f"{bank}</ASYCUDA>")).additional_information
    assert (statement.code, statement.text) == ("bank code", "SAMPLEKZ")


def expected(country: str, clock: str = "10:30:00") -> str:
    return ESADOUT.replace(
        "    </ESADout_CUConsigment>",
        "<DateExpectedArrival>2026-02-05</DateExpectedArrival>"
        f"<TimeExpectedArrival>{clock}</TimeExpectedArrival><PPBorderCustoms>"
        f"<cat:Code>77</cat:Code><cat:CustomsCountryCode>{country}</cat:CustomsCountryCode>"
        "</PPBorderCustoms></ESADout_CUConsigment>",
    )


@pytest.mark.parametrize(("country", "hours"), [("762", 5), ("417", 6), ("643", 3), ("276", 0)])
def test_the_expected_arrival_is_local_to_the_border_post(country: str, hours: int) -> None:
    (stop,) = read(expected(country)).itinerary
    assert stop.eta == datetime(2026, 2, 5, 10, 30, tzinfo=timezone(timedelta(hours=hours)))


def test_a_time_of_day_that_is_none_is_a_finding() -> None:
    reading = formats.read(expected("762", "half past ten").encode())
    assert [f.declared for f in reading.findings] == ["half past ten"]
    (stop,) = reading.declaration.itinerary
    assert stop.eta is not None
    assert stop.eta.date() == date(2026, 2, 5)


def test_a_time_of_day_without_its_day_is_not_carried() -> None:
    text = expected("762").replace("<DateExpectedArrival>2026-02-05</DateExpectedArrival>", "")
    found = formats.coverage(formats.read(text.encode()))
    assert [one["path"].rpartition("/")[2] for one in found["not_carried"]] == [
        "TimeExpectedArrival"
    ]
    assert found["unexplained"] == 1


def test_a_country_that_is_not_numeric_there_is_a_finding() -> None:
    reading = formats.read(expected("999").encode())
    assert [(f.code, f.declared) for f in reading.findings] == [("value-invalid", "999")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("20260201083000Z", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("20260201083000", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("20260201133000+05", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("20260201060000-0230", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("202602010830", datetime(2026, 2, 1, 8, 30, tzinfo=UTC)),
        ("20260201", datetime(2026, 2, 1, tzinfo=UTC)),
    ],
)
def test_a_compact_time_states_its_offset(text: str, moment: datetime) -> None:
    accepted = (
        '<AcceptanceDateTime><s:DateTimeString xmlns:s="urn:s" formatCode="304">'
        f"{text}</s:DateTimeString></AcceptanceDateTime>"
    )
    assert read(WCO_DM.replace("<Declaration>", f"<Declaration>{accepted}")).released == moment


def test_an_amount_keeps_its_currency_and_the_commodity_code_is_the_hs_code() -> None:
    item = read(WCO_DM).items[0]
    assert item.statistical_value is not None
    assert (item.statistical_value.value, item.statistical_value.currency) == (Decimal(900), "USD")
    assert (item.hs, item.commodity_codes) == ("080620", ())


def test_a_description_in_pieces_is_one_text() -> None:
    pieces = f"{'A' * 250}</esad:GoodsDescription><esad:GoodsDescription>{'B' * 9}"
    assert (
        read(ESADOUT.replace("МУКА ПШЕНИЧНАЯ", pieces)).items[0].description == "A" * 250 + "B" * 9
    )
    lines = "A</esad:GoodsDescription><esad:GoodsDescription>B"
    assert read(ESADOUT.replace("МУКА ПШЕНИЧНАЯ", lines)).items[0].description == "A\nB"


def stage(name: str, country: str) -> str:
    return (
        f"<ESADout_CU{name}><cat:TransportModeCode>31</cat:TransportModeCode>"
        f"<cat:TransportNationalityCode>{country}</cat:TransportNationalityCode>"
        f"</ESADout_CU{name}>"
    )


@pytest.mark.parametrize(("border", "apart"), [("KZ", None), ("TJ", "KZ")])
def test_the_nationality_at_departure_is_kept_where_it_differs(
    border: str, apart: str | None
) -> None:
    both = stage("DepartureArrivalTransport", "KZ") + stage("BorderTransport", border)
    declaration = read(ESADOUT.replace("</ESADout_CUConsigment>", f"{both}</ESADout_CUConsigment>"))
    assert declaration.transport_nationality == border
    assert declaration.departure_nationality == apart


def test_the_parts_of_an_address_are_joined() -> None:
    address = (
        '<r:SubjectAddressDetails xmlns:r="urn:r"><r:Town>Шымкент</r:Town><r:StreetHouse>ул. Примерная'
        "</r:StreetHouse><r:House>7</r:House><r:Room>2</r:Room></r:SubjectAddressDetails>"
    )
    firm = f"<ESADout_CUDeclarant>{address}</ESADout_CUDeclarant>"
    declarant = read(ESADOUT.replace(SHIPMENT, f"{firm}{SHIPMENT}")).declarant
    assert declarant is not None
    assert declarant.address is not None
    assert (declarant.address.city, declarant.address.street) == ("Шымкент", "ул. Примерная, 7, 2")


def test_further_supplementary_quantities_follow_the_first() -> None:
    units = "".join(
        f"<SupplementaryGoodsQuantity{place}><cat:GoodsQuantity>{value}</cat:GoodsQuantity>"
        f"</SupplementaryGoodsQuantity{place}>"
        for place, value in (("", 1), ("1", 2), ("1", 3))
    )
    item = read(ESADOUT.replace("</ESADout_CUGoods>", f"{units}</ESADout_CUGoods>")).items[0]
    assert [one.value for one in item.supplementary] == [1, 2, 3]
