"""R.055 and R.048: what is read is written again, nothing of the data list is lost, and the schema agrees."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.customs.strategies import structs
from tests.formats import eec_documents
from tests.formats.files import R048, R055, shared

from keruen import formats
from keruen.customs import (
    AdditionalInformation,
    Amount,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    GoodsItem,
    NumberForm,
    Party,
    Quantity,
    RegistrationNumber,
    Vehicle,
)

FORMATS = [formats.R055, formats.R048]
LISTED = {"eaeu-r055": 64, "eaeu-r048": 46}
"""Elements of the data list that name the structure."""
ITEMS = {"eaeu-r055": "GDGoodsItemDetails", "eaeu-r048": "TransitGoodsItemDetails"}
SCHEMAS = {"eaeu-r055": "EEC_GoodsDeclaration.xsd", "eaeu-r048": "EEC_TransitDeclaration.xsd"}
slower = settings(
    max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@cache
def schema(format: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared(f"schemas/eaeu-eec/{SCHEMAS[format]}")))


def mistakes(data: bytes, format: str) -> list[str]:
    schema(format).validate(etree.fromstring(data))
    return [str(error.message) for error in schema(format).error_log]


def through_json(data: bytes, format: str) -> bytes:
    declaration = formats.read(data).declaration
    again = formats.read(formats.write(declaration, formats.JSON)).declaration
    assert again == declaration
    return formats.write(again, format)


@pytest.mark.parametrize("format", FORMATS)
@slower
@given(data=st.data())
def test_nothing_of_the_data_list_is_lost_through_json(format: str, data: st.DataObject) -> None:
    document = data.draw(eec_documents.documents(format))
    assert mistakes(document, format) == []
    written = through_json(document, format)
    assert mistakes(written, format) == []
    paths = tuple(sorted(set(eec_documents.listed(format).values())))
    before = eec_documents.content(document, paths, ITEMS[format])
    after = eec_documents.content(written, paths, ITEMS[format])
    assert {key: after.get(key) for key in before} == before


@pytest.mark.parametrize("format", FORMATS)
@slower
@given(data=st.data())
def test_what_was_read_is_the_same_when_written_again(format: str, data: st.DataObject) -> None:
    reading = formats.read(data.draw(eec_documents.documents(format)))
    assert reading.findings == ()
    again = formats.read(formats.write(reading.declaration, format))
    assert again.declaration == reading.declaration


@pytest.mark.parametrize("format", FORMATS)
@settings(slower, max_examples=10)
@given(data=st.data())
def test_each_element_of_the_data_list_is_carried(format: str, data: st.DataObject) -> None:
    document = data.draw(eec_documents.documents(format, full=True))
    written = through_json(document, format)
    elements = eec_documents.listed(format)
    assert len(elements) == LISTED[format]
    for element, path in elements.items():
        before = eec_documents.content(document, (path,), ITEMS[format])
        assert before, element
        assert eec_documents.content(written, (path,), ITEMS[format]) == before, element


def created(**said: Any) -> Declaration:
    """A declaration of which nothing else is said."""
    return Declaration(
        kind=DeclarationKind.EXPORT, created=datetime(2026, 11, 23, tzinfo=UTC), **said
    )


def registered(**parts: Any) -> Declaration:
    """One that names a preceding document by the parts of its number."""
    document = Document(kind=DocumentKind.PRECEDING, registration=RegistrationNumber(**parts))
    return created(items=(GoodsItem(ordinal=1, documents=(document,)),))


USE = AdditionalInformation(code="use of documents", text="1")
FIVE_UNITS = GoodsItem(ordinal=1, supplementary=5 * (Quantity(value=Decimal(1), unit="796"),))
BARE_PRICE = GoodsItem(ordinal=1, vehicles=(Vehicle(price=Amount(value=Decimal(1))),))


@settings(slower, suppress_health_check=list(HealthCheck))
@example(declaration=created(consignor=Party(register_id="1", register_kind="1" * 21)))
@example(declaration=created(items=(BARE_PRICE,)))
@example(declaration=registered(form=NumberForm.PRELIMINARY, country="KAZ", serial="1"))
@example(declaration=registered(form=NumberForm.TIR, series="1", serial="1"))
@example(declaration=registered(form=NumberForm.CUSTOMS, office="1", serial="1", amendment="123"))
@example(declaration=created(documents=2 * (Document(kind=DocumentKind.AUTHORITY, code="1"),)))
@example(declaration=created(additional_information=2 * (USE,)))
@example(declaration=created(items=(FIVE_UNITS,)))
@given(declaration=structs(Declaration, wild=False))
def test_a_declaration_that_lacks_nothing_is_written_as_the_schema_wants_it(
    declaration: Declaration,
) -> None:
    assume(not formats.loss(declaration, formats.R055).missing)
    assert mistakes(formats.write(declaration, formats.R055), formats.R055) == []


def test_a_mass_in_another_unit_is_not_taken_for_kilograms() -> None:
    reading = formats.read(
        R055.replace('measurementUnitCode="166"', 'measurementUnitCode="168"').encode()
    )
    assert reading.declaration.items[0].gross_mass is None
    assert [(f.code, f.declared) for f in reading.findings if f.severity == "error"] == [
        ("value-invalid", "168")
    ]


def test_the_number_of_a_declaration_is_that_of_its_registration() -> None:
    declaration = formats.read(R055.encode()).declaration
    assert declaration.number == "55302/010226/0000077"
    assert str(declaration.registered) == "2026-02-01"


def test_a_seal_of_a_transit_declaration_is_a_seal_of_the_model() -> None:
    declaration = formats.read(R048.encode()).declaration
    assert [seal.number for seal in declaration.seals] == ["KZ0001"]
    assert declaration.country_of_destination == "TJ"
    assert (declaration.consignments, declaration.identification) == ((), ())
