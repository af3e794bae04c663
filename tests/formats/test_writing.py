from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.formats.files import FILES, filled, samples, shared

from keruen import formats
from keruen.agreement import read_agreement
from keruen.customs import Address, CustomsOffice, Declaration, DeclarationKind, GoodsItem, Party
from keruen.customs.soundness import UNUSABLE
from keruen.errors import InputError, UsageError
from keruen.formats import asycuda, esadout, wcodm
from keruen.formats.esadout_table import PARTIES
from keruen.formats.source import XmlFormat
from keruen.simulate import Submission, simulate

START = datetime(2026, 11, 23, 21, 30, 5, 123_000, tzinfo=UTC)
XML_FORMATS = [esadout.FORMAT, wcodm.FORMAT, asycuda.FORMAT]
IDS = ("RU", "KZ", "KZ-person", "BY", "AM", "KG")
SCHEMAS = {
    "esadout": "schemas/eaeu-fts/ESADout_CU.xsd",
    "wco-dm": "schemas/wco-dm-cds/wco/declaration/WCO_DEC_2_DMS.xsd",
}


@cache
def simulated() -> tuple[Submission, ...]:
    agreement = read_agreement((files("keruen.agreement") / "kz-tj.toml").read_text("utf-8"))
    traffic = simulate(agreement, seed=11, consignments=60, start=START, days=5)
    return tuple(step for step in traffic.steps if isinstance(step, Submission))


def again(declaration: Declaration, format: str) -> Declaration:
    return formats.read(formats.write(declaration, format)).declaration


@cache
def schema(format: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared(SCHEMAS[format])))


def mistakes(data: bytes, format: str) -> list[str]:
    """What the published schema says against the structure of a file; office codes are the pilot's own."""
    root = etree.fromstring(data)
    checked = root if format == "esadout" else root.find("{*}Declaration")
    assert checked is not None
    schema(format).validate(etree.fromstring(etree.tostring(checked)))
    said = [str(error.message) for error in schema(format).error_log]
    return [one for one in said if "[facet" not in one]


def test_the_traffic_has_formats_of_every_family() -> None:
    families = {formats.ESADOUT, formats.WCO_DM, formats.ASYCUDA, formats.JSON}
    assert {step.format for step in simulated()} == families


def test_a_simulated_file_is_recognised_and_carried_whole() -> None:
    for step in simulated():
        reading = formats.read(step.data)
        assert (reading.format, reading.findings) == (step.format, ())
        assert formats.coverage(reading)["not_carried"] == []


def test_a_simulated_file_is_the_same_when_written_again() -> None:
    for step in simulated():
        declaration = formats.read(step.data).declaration
        assert again(declaration, step.format) == declaration, step.name


def test_any_declaration_is_the_same_in_json() -> None:
    for step in simulated():
        declaration = formats.read(step.data).declaration
        assert again(declaration, formats.JSON) == declaration


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_the_same_when_written_again(name: str) -> None:
    declaration = formats.read(FILES[name].encode()).declaration
    assert again(declaration, name) == declaration


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_a_full_file_is_the_same_when_written_again(format: XmlFormat) -> None:
    root = filled(format, without={f"{party}.ids.{name}" for party in PARTIES for name in IDS})
    declaration = formats.read(etree.tostring(root)).declaration
    assert again(declaration, format.name) == declaration


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_a_sample_is_the_same_when_written_again(path: Path) -> None:
    reading = formats.read(path.read_bytes())
    assert again(reading.declaration, reading.format) == reading.declaration
    assert again(reading.declaration, formats.JSON) == reading.declaration


@pytest.mark.parametrize("format", SCHEMAS)
def test_a_simulated_file_follows_the_published_schema(format: str) -> None:
    schema(format)
    for step in simulated():
        if step.format == format:
            assert mistakes(step.data, format) == [], step.name


@pytest.mark.parametrize("format", [esadout.FORMAT, wcodm.FORMAT], ids=lambda one: one.name)
def test_the_table_is_in_the_order_of_the_published_schema(format: XmlFormat) -> None:
    ids = {f"{party}.ids.{name}" for party in PARTIES for name in IDS}
    root = filled(format, without=ids, times=1)
    said = mistakes(etree.tostring(root), format.name)
    assert [one for one in said if "not a valid value" not in one] == []


@pytest.mark.parametrize("pattern", ["eaeu-transit/*.xml", "wco-dm/*.xml"])
def test_a_sample_that_is_written_again_follows_the_published_schema(pattern: str) -> None:
    shared("samples")
    for path in samples(pattern):
        reading = formats.read(path.read_bytes())
        assert mistakes(formats.write(reading.declaration, reading.format), reading.format) == []


def test_any_declaration_can_be_written_in_any_format() -> None:
    for step in simulated()[:40]:
        declaration = formats.read(step.data).declaration
        for format in formats.FORMATS:
            reading = formats.read(formats.write(declaration, format))
            assert (reading.format, reading.declaration.kind) == (format, declaration.kind)
            assert len(reading.declaration.items) == len(declaration.items)
            assert [i.hs6 for i in reading.declaration.items] == [i.hs6 for i in declaration.items]


def test_a_country_without_a_number_is_written_as_it_is() -> None:
    office = CustomsOffice(code="7", country="ZG")
    declaration = Declaration(kind=DeclarationKind.TRANSIT, office_of_destination=office)
    reading = formats.read(formats.write(declaration, formats.ESADOUT))
    assert [f.declared for f in reading.findings] == ["ZG"]


@pytest.mark.parametrize(("country", "place"), [("RU", b"INN"), ("KG", b"KGINN"), (None, b"BIN")])
def test_a_number_of_a_firm_stands_where_its_country_has_it(
    country: str | None, place: bytes
) -> None:
    firm = Party(id="770", address=Address(country=country) if country else None)
    declaration = Declaration(kind=DeclarationKind.TRANSIT, consignor=firm)
    assert b":" + place + b">770</" in formats.write(declaration, formats.ESADOUT)
    assert again(declaration, formats.ESADOUT).consignor == firm


def test_a_number_of_a_firm_of_another_country_has_no_place_in_the_form_of_the_union() -> None:
    firm = Party(id="770", name="ООО", address=Address(country="TJ"))
    declaration = Declaration(kind=DeclarationKind.TRANSIT, consignor=firm)
    assert b"770" not in formats.write(declaration, formats.ESADOUT)


def test_a_file_is_utf_8_and_ends_its_line() -> None:
    for format in formats.FORMATS:
        data = formats.write(Declaration(kind=DeclarationKind.EXPORT, number="Ә 1"), format)
        assert data.decode("utf-8").endswith("\n")


def test_another_format_cannot_be_written() -> None:
    with pytest.raises(UsageError, match="eaeu-r055, eaeu-r048, esadout, wco-dm") as refused:
        formats.write(Declaration(kind=DeclarationKind.EXPORT), "edifact")
    assert refused.value.exit_code == 2


texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).filter(
    lambda text: not UNUSABLE.search(text)
)
decimals = st.decimals(
    min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=6
)
declarations: st.SearchStrategy[Declaration] = st.builds(
    Declaration,
    kind=st.sampled_from(DeclarationKind),
    number=st.none() | texts,
    created=st.none() | st.datetimes(
        datetime(1901, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        datetime(2198, 1, 1),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    registered=st.none() | st.dates(date(1901, 1, 1), date(2198, 1, 1)),
    containerised=st.none() | st.booleans(),
    items=st.lists(
        st.builds(
            GoodsItem,
            ordinal=st.integers(1, 999),
            description=st.none() | texts,
            net_mass=st.none() | decimals,
            containers=st.lists(texts, max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
)  # fmt: skip


@given(declarations)
def test_a_declaration_survives_json(declaration: Declaration) -> None:
    reading = formats.read(formats.write(declaration, formats.JSON))
    assert reading.declaration == declaration
    assert reading.findings == ()


plain_values = st.recursive(
    st.none() | st.booleans() | st.floats() | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=8,
)


def read_or_refused(data: bytes) -> None:
    """Any other exception fails the test."""
    try:
        reading = formats.read(data)
    except InputError as error:
        refused = error
    else:
        formats.coverage(reading)
        formats.write(reading.declaration, formats.JSON)
        return
    assert refused.code


@given(plain_values)
def test_no_json_makes_the_reader_fail(plain: Any) -> None:
    for document in (plain, {"kind": "export", "items": plain}, {"kind": "export", "x": plain}):
        read_or_refused(json.dumps(document).encode())


@pytest.mark.parametrize("name", FILES)
@given(data=st.data())
def test_no_change_of_a_byte_makes_the_reader_fail(name: str, data: st.DataObject) -> None:
    content = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content))


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
@given(data=st.data())
def test_no_text_of_an_element_makes_the_reader_fail(
    format: XmlFormat, data: st.DataObject
) -> None:
    root = filled(format)
    texts_of = [element for element in root.iter() if element.text]
    for _ in range(5):
        one = data.draw(st.sampled_from(range(len(texts_of))))
        texts_of[one].text = data.draw(
            texts | st.sampled_from(["", "0", "-1", "1e9", "2026-13-01"])
        )
    read_or_refused(etree.tostring(root))


def test_a_number_is_written_without_an_exponent() -> None:
    items = (GoodsItem(ordinal=1, net_mass=Decimal("1.5E7")),)
    data = formats.write(Declaration(kind=DeclarationKind.EXPORT, items=items), formats.ASYCUDA)
    assert b">15000000<" in data
