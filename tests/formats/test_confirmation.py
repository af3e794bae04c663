from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.formats.files import shared

from keruen.customs import Seal, TransportMeans
from keruen.errors import UsageError
from keruen.formats import arrival_confirmation
from keruen.messages import ArrivalInformation, Header, Mode, Office, Stage

NUMBER = "55302/010226/0000077"
DUSHANBE = timezone(timedelta(hours=5))
ID = "3f0e5f5c-2f6a-4c5e-9a0e-6a3a5b1c7d0{}"


def arrival(**values: object) -> ArrivalInformation:
    header = Header(
        message_id=ID.format(1),
        refers_to=ID.format(2),
        created=datetime(2026, 2, 3, 9, tzinfo=UTC),
        structure="keruen:ArrivalInformation",
        version="1.0",
        agreement="KZ-TJ",
        stage=Stage.TRANSIT,
        mode=Mode.LIVE,
        sender=Office(country="TJ"),
        receiver=Office(country="KZ"),
    )
    default = {
        "arrival_id": ID.format(3),
        "post": "TJ-FOT",
        "arrived": datetime(2026, 2, 3, 13, 5, tzinfo=DUSHANBE),
        "registered": datetime(2026, 2, 3, 13, 20, 30, 5, tzinfo=DUSHANBE),
    }
    return ArrivalInformation(header=header, **{**default, **values})  # type: ignore[arg-type]


def texts(data: bytes, path: str) -> list[str | None]:
    names = "/".join(f"{{*}}{step}" for step in path.split("/"))
    return [one.text for one in etree.fromstring(data).iterfind(names)]


def mistakes(data: bytes) -> list[str]:
    schema = etree.XMLSchema(etree.parse(shared("schemas/eaeu-fts/ArrivalConfirmation.xsd")))
    schema.validate(etree.fromstring(data))
    return [str(error.message) for error in schema.error_log]


def test_a_confirmation_says_what_arrived_where_and_when() -> None:
    means = (TransportMeans(identity="777AAA02"), TransportMeans(identity="02ABC77"))
    data = arrival_confirmation(arrival(transport_means=means, post="55302"), NUMBER, "Иванов")
    assert texts(data, "DocumentID") == [ID.format(1)]
    assert texts(data, "RefDocumentID") == [ID.format(2)]
    assert texts(data, "NotifDate") == ["2026-02-03"]
    assert texts(data, "TD/CustomsCode") == ["55302"]
    assert texts(data, "TD/RegistrationDate") == ["2026-02-01"]
    assert texts(data, "TD/GTDNumber") == ["0000077"]
    assert texts(data, "ArrivalRegistrationDateTime") == ["2026-02-03T13:20:30.000005+05:00"]
    assert texts(data, "TransportIdentifier") == ["777AAA02", "02ABC77"]
    assert texts(data, "CustomsPerson/PersonName") == ["Иванов"]
    assert texts(data, "CustomsPerson/CustomsCode") == ["55302"]
    assert texts(data, "InspectionResult") == []


def test_without_an_officer_the_post_confirms() -> None:
    data = arrival_confirmation(arrival(), NUMBER)
    assert texts(data, "CustomsPerson/PersonName") == ["TJ-FOT"]
    assert texts(data, "CustomsPerson/CustomsCode") == []


def test_goods_under_a_tir_carnet_name_it() -> None:
    data = arrival_confirmation(arrival(), "XX12345678")
    assert (texts(data, "TIRID/TIRSeries"), texts(data, "TIRID/TIRID")) == (["XX"], ["12345678"])
    assert mistakes(data) == []


@pytest.mark.parametrize("number", ["", "E 77", "55302/999999/0000077", "XX1234567", "1/010226/7"])
def test_a_number_that_is_neither_is_refused(number: str) -> None:
    with pytest.raises(UsageError, match="XX12345678") as refused:
        arrival_confirmation(arrival(), number)
    assert (refused.value.code, refused.value.exit_code) == ("declaration-number", 2)


def test_broken_seals_are_told() -> None:
    data = arrival_confirmation(arrival(seals_broken=("KZ1", "KZ2")), NUMBER)
    assert texts(data, "InspectionResult/IdentBrokenIndicator") == ["true"]
    assert texts(data, "InspectionResult/IdentBrokenInfo/IdentNumber") == ["KZ1", "KZ2"]
    assert mistakes(data) == []


words = st.text(st.sampled_from("AZaz09 жЌ-"), min_size=1, max_size=300).filter(str.strip)


@given(
    means=st.lists(st.builds(TransportMeans, identity=st.none() | words), max_size=3).map(tuple),
    seals=st.lists(st.builds(Seal, number=words), max_size=2).map(tuple),
    broken=st.lists(words, max_size=2).map(tuple),
    remark=st.none() | words,
    officer=st.none() | words,
)
def test_every_confirmation_follows_the_published_schema(
    means: tuple[TransportMeans, ...],
    seals: tuple[Seal, ...],
    broken: tuple[str, ...],
    remark: str | None,
    officer: str | None,
) -> None:
    message = arrival(transport_means=means, seals=seals, seals_broken=broken, remark=remark)
    assert mistakes(arrival_confirmation(message, NUMBER, officer)) == []
