from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.formats.files import (
    ASYCUDA,
    CONTAINER,
    ESADOUT,
    FILES,
    JSON,
    WCO_DM,
    filled,
    leaves,
    samples,
)

from keruen import formats
from keruen.customs.countries import ALPHA2_OF_NUMERIC
from keruen.formats import asycuda, esadout, wcodm
from keruen.formats.esadout_table import PARTIES
from keruen.formats.source import XmlFormat

XML_FORMATS = [esadout.FORMAT, wcodm.FORMAT, asycuda.FORMAT]
REASONS = {
    "duty and tax computation",
    "form layout",
    "signature",
    "another document in the same envelope",
}
"""The closed list, as promised to users."""
POSITION = "SequenceNumeric"
"""Number of a row in the list of an item's containers: the list keeps the order."""


def account(text: str) -> dict[str, Any]:
    return formats.coverage(formats.read(text.encode()))


def values(plain: Any) -> Iterator[str]:
    """Every value of a JSON document, as text."""
    if isinstance(plain, dict):
        plain = list(plain.values())
    if isinstance(plain, list):
        for inner in plain:
            yield from values(inner)
    else:
        yield str(plain)


def stands_in(text: str, declared: list[str]) -> bool:
    """Whether a text of the file is one of the values, or part of one.

    Conversions: a number may be written with an exponent or more zeros; a truth value is 0 or 1 or a word;
    dates are month/day/year or eight digits in two formats; a time of day is that of a time; a numeric country
    code becomes two letters; lines of a description and the serial of a number are parts of one text.
    """
    if any(text in value for value in declared):
        return True
    if text.lower() in {"true", "1"}:
        return "True" in declared
    if text.lower() in {"false", "0"}:
        return "False" in declared
    return any(form in value for form in forms(text) for value in declared)


def forms(text: str) -> Iterator[str]:
    if american := re.fullmatch(r"(\d+)/(\d+)/(\d+)", text):
        month, day, year = american.groups()
        yield f"{year.rjust(4, '-').replace('--', '20')}-{month:0>2}-{day:0>2}"
    if compact := re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)Z)?", text):
        year, month, day, *clock = compact.groups()
        yield f"{year}-{month}-{day}" + (f"T{':'.join(clock)}Z" if clock[0] else "")
    if text in ALPHA2_OF_NUMERIC:
        yield ALPHA2_OF_NUMERIC[text]


def places(path: str) -> str:
    return re.sub(r"\[\d+\]", "", path)


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_every_domain_leaf_of_a_sample_is_carried(path: Path) -> None:
    found = formats.coverage(formats.read(path.read_bytes()))
    assert found["share"] >= 0.98
    assert found["unexplained"] == 0
    assert {one["reason"] for one in found["not_carried"]} <= REASONS
    assert found["leaves"] == found["carried"] + len(found["not_carried"])
    assert found["carried"] == found["domain_leaves"]


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_every_leaf_of_a_sample_is_accounted_for(path: Path) -> None:
    root = etree.fromstring(path.read_bytes())
    found = formats.coverage(formats.read(path.read_bytes()))
    assert found["leaves"] == len(list(leaves(root)))


@pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)
def test_what_is_carried_of_a_sample_stands_in_the_json(path: Path) -> None:
    reading = formats.read(path.read_bytes())
    missed = {places(one["path"]) for one in formats.coverage(reading)["not_carried"]}
    declared = list(values(json.loads(formats.write(reading.declaration, "json"))))
    root = etree.fromstring(path.read_bytes())
    for element in root.iter(etree.Element):
        lineage = [element, *element.iterancestors()][:-1]
        where = "/".join(etree.QName(one).localname for one in reversed(lineage))
        text = (element.text or "").strip()
        is_leaf = text and not any(isinstance(child.tag, str) for child in element)
        if is_leaf and where not in missed and text != "TSP":
            assert stands_in(text, declared), (where, text)


def test_an_inventory_in_the_envelope_is_another_document() -> None:
    found = account(CONTAINER.format(ESADOUT.partition("?>")[2]))
    assert found["not_carried"] == [
        {"path": "DocumentID", "reason": "another document in the same envelope"},
        {
            "path": "ContainerDoc[2]/DocBody/Inventory/Line",
            "reason": "another document in the same envelope",
        },
    ]
    assert (found["leaves"], found["domain_leaves"], found["carried"]) == (10, 8, 8)


def test_taxes_and_pages_are_none_of_the_domain() -> None:
    found = account(ASYCUDA)
    assert found["not_carried"] == [
        {"path": "Property/Forms/Number_of_the_form", "reason": "form layout"},
        {"path": "Item/Taxation/Item_taxes_amount", "reason": "duty and tax computation"},
    ]
    assert (found["unexplained"], found["share"]) == (0, 1.0)


def test_an_xml_signature_is_none_of_the_domain() -> None:
    signature = (
        '<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#">'
        "<s:SignatureValue>AAAA</s:SignatureValue></s:Signature>"
    )
    found = account(WCO_DM.replace("</Declaration>", f"{signature}</Declaration>"))
    assert [one["reason"] for one in found["not_carried"]] == ["signature"]
    assert found["share"] == 1.0


def test_an_element_that_the_reader_does_not_know_is_unexplained_and_a_warning() -> None:
    text = WCO_DM.replace("<TypeCode>", "<Novelty>7</Novelty><TypeCode>")
    reading = formats.read(text.encode())
    found = formats.coverage(reading)
    assert (found["unexplained"], found["carried"]) == (1, found["domain_leaves"] - 1)
    assert found["share"] < 1
    assert found["not_carried"][0]["path"] == "Declaration/Novelty"
    assert [(f.code, f.path, f.severity) for f in reading.findings] == [
        ("elements-not-taken", "Declaration/Novelty", "warning")
    ]


def test_a_second_text_where_one_is_wanted_is_unexplained() -> None:
    text = WCO_DM.replace(
        "<TypeCode>", "<FunctionalReferenceID>SAMPLE-8</FunctionalReferenceID><TypeCode>"
    )
    assert account(text)["unexplained"] == 1


def test_a_member_that_the_schema_does_not_know_is_unexplained_and_a_warning() -> None:
    text = JSON.replace('"hs":', '"colour": "red", "hs":')
    reading = formats.read(text.encode())
    found = formats.coverage(reading)
    assert found["not_carried"] == [
        {"path": "items[0].colour", "reason": "not known to the reader"}
    ]
    assert (found["leaves"], found["unexplained"]) == (7, 1)
    assert [f.path for f in reading.findings] == ["items[0].colour"]


def test_json_is_carried_whole() -> None:
    found = account(JSON)
    assert (found["format"], found["leaves"], found["carried"]) == ("json", 6, 6)
    assert (found["share"], found["not_carried"]) == (1.0, [])


@pytest.mark.parametrize("name", FILES)
def test_the_account_adds_up(name: str) -> None:
    found = account(FILES[name])
    assert list(found) == [
        "format", "leaves", "domain_leaves", "carried", "share", "unexplained", "not_carried",
    ]  # fmt: skip
    assert found["leaves"] == found["carried"] + len(found["not_carried"])
    assert found["share"] == found["carried"] / found["domain_leaves"]


ONE_OF = {"ids.RU", "ids.KZ-person", "ids.BY", "ids.AM", "ids.KG"}
"""A party has one number: where a file has several, the others are unexplained."""


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_every_element_of_the_table_reaches_the_declaration(format: XmlFormat) -> None:
    parties = {f"{party}.{name}" for party in PARTIES for name in ONE_OF}
    root = filled(format, without=parties)
    reading = formats.read(etree.tostring(root))
    assert reading.findings == ()
    found = formats.coverage(reading)
    missed = {
        (places(one["path"]).rpartition("/")[2], one["reason"]) for one in found["not_carried"]
    }
    assert missed <= {(POSITION, "form layout")}
    assert found["leaves"] == len(list(leaves(root)))


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_every_text_of_a_full_file_stands_in_the_json(format: XmlFormat) -> None:
    parties = {f"{party}.{name}" for party in PARTIES for name in ONE_OF}
    root = filled(format, without=parties)
    declaration = formats.read(etree.tostring(root)).declaration
    declared = list(values(json.loads(formats.write(declaration, "json"))))
    for name, text in leaves(root):
        assert stands_in(text, declared) or name == POSITION, (name, text)


@pytest.mark.parametrize("format", XML_FORMATS, ids=lambda format: format.name)
def test_attributes_of_the_table_reach_the_declaration(format: XmlFormat) -> None:
    root = filled(format)
    declaration = formats.read(etree.tostring(root)).declaration
    declared = set(values(json.loads(formats.write(declaration, "json"))))
    always = {"DocumentModeID", "formatCode"}
    found = [pair for element in root.iter() for pair in element.attrib.items()]
    assert {value for name, value in found if name not in always} <= declared


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("RFOrganizationFeatures", "INN"),
        ("RKOrganizationFeatures", "BIN"),
        ("RKOrganizationFeatures", "IIN"),
        ("RBOrganizationFeatures", "UNP"),
        ("RAOrganizationFeatures", "UNN"),
        ("KGOrganizationFeatures", "KGINN"),
    ],
)
def test_the_number_of_a_firm_is_read_of_every_country_of_the_union(group: str, name: str) -> None:
    firm = f"<Consignor><cat:{group}><cat:{name}>77</cat:{name}></cat:{group}></Consignor>"
    firm = firm.replace("Consignor", "ESADout_CUConsignor")
    text = ESADOUT.replace("<ESADout_CUConsigment>", f"{firm}<ESADout_CUConsigment>")
    reading = formats.read(text.encode())
    assert reading.declaration.consignor is not None
    assert reading.declaration.consignor.id == "77"
    assert formats.coverage(reading)["unexplained"] == 0
