"""R.055 and R.048: what is read is written again, nothing of the data list is lost, and the schema agrees."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.formats import eec_documents
from tests.formats.files import shared

from keruen import formats

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
