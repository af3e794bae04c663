"""Small files of every format, all data invented; and files with an own text in every leaf of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from keruen.customs.countries import NUMERIC_OF_ALPHA2
from keruen.formats import codecs
from keruen.formats.rules import Each, Leaf, Lines, Rule, Strings
from keruen.formats.source import XmlFormat
from keruen.formats.writing import Names

SHARED = Path(__file__).resolve().parents[3] / "shared"
"""Published samples and schemas, beside the repository."""

ESADOUT = """<?xml version="1.0" encoding="utf-8"?>
<ESADout_CU xmlns="urn:customs.ru:Information:CustomsDocuments:ESADout_CU:5.23.0"
    xmlns:cat="urn:customs.ru:CommonAggregateTypes:5.22.0"
    xmlns:esad="urn:customs.ru:CUESADCommonAggregateTypesCust:5.22.0">
  <CustomsProcedure>ТТ</CustomsProcedure>
  <RecipientCountryCode>TJ</RecipientCountryCode>
  <RegNumberDoc>57201/010226/0000007</RegNumberDoc>
  <ESADout_CUGoodsShipment>
    <ESADout_CUConsigment>
      <esad:DestinationCountryCode>TJ</esad:DestinationCountryCode>
    </ESADout_CUConsigment>
    <ESADout_CUGoods>
      <esad:GoodsNumeric>1</esad:GoodsNumeric>
      <esad:GoodsDescription>МУКА ПШЕНИЧНАЯ</esad:GoodsDescription>
      <esad:GrossWeightQuantity>20100.5</esad:GrossWeightQuantity>
      <esad:GoodsTNVEDCode>1101001500</esad:GoodsTNVEDCode>
    </ESADout_CUGoods>
  </ESADout_CUGoodsShipment>
</ESADout_CU>
"""
CONTAINER = """<ED_Container xmlns="urn:customs.ru:Information:ExchangeDocuments:ED_Container:5.22.0">
  <DocumentID>0001</DocumentID>
  <ContainerDoc><DocBody>{}</DocBody></ContainerDoc>
  <ContainerDoc><DocBody><Inventory><Line>CMR</Line></Inventory></DocBody></ContainerDoc>
</ED_Container>
"""
R055 = """<?xml version="1.0" encoding="utf-8"?>
<gd:GoodsDeclaration xmlns:gd="urn:EEC:R:055:GoodsDeclaration:v1.0.0"
    xmlns:cacdo="urn:EEC:M:CA:ComplexDataObjects:v1.8.1"
    xmlns:casdo="urn:EEC:M:CA:SimpleDataObjects:v1.8.1"
    xmlns:csdo="urn:EEC:M:SimpleDataObjects:v0.4.14">
  <csdo:EDocCode>R.055</csdo:EDocCode>
  <csdo:EDocId>3f0e5f5c-2f6a-4c5e-9a0e-6a3a5b1c7d01</csdo:EDocId>
  <csdo:EDocDateTime>2026-02-01T10:15:00+05:00</csdo:EDocDateTime>
  <cacdo:CustomsDeclarationIdDetails>
    <csdo:CustomsOfficeCode>55302</csdo:CustomsOfficeCode>
    <csdo:DocCreationDate>2026-02-01</csdo:DocCreationDate>
    <casdo:CustomsDocumentId>0000077</casdo:CustomsDocumentId>
  </cacdo:CustomsDeclarationIdDetails>
  <casdo:DeclarationKindCode>ЭК</casdo:DeclarationKindCode>
  <casdo:EDocIndicatorCode>ЭД</casdo:EDocIndicatorCode>
  <cacdo:DeclarantDetails>
    <csdo:UnifiedCountryCode codeListId="2021">KZ</csdo:UnifiedCountryCode>
  </cacdo:DeclarantDetails>
  <cacdo:GDGoodsShipmentDetails>
    <cacdo:GDGoodsItemDetails>
      <casdo:ConsignmentItemOrdinal>1</casdo:ConsignmentItemOrdinal>
      <csdo:CommodityCode>1101001500</csdo:CommodityCode>
      <casdo:GoodsDescriptionText>МУКА ПШЕНИЧНАЯ</casdo:GoodsDescriptionText>
      <csdo:UnifiedGrossMassMeasure measurementUnitCode="166"
          measurementUnitCodeListId="2016">20100.5</csdo:UnifiedGrossMassMeasure>
    </cacdo:GDGoodsItemDetails>
  </cacdo:GDGoodsShipmentDetails>
</gd:GoodsDeclaration>
"""
R048 = """<?xml version="1.0" encoding="utf-8"?>
<td:TransitDeclaration xmlns:td="urn:EEC:R:048:TransitDeclaration:v1.0.0"
    xmlns:cacdo="urn:EEC:M:CA:ComplexDataObjects:v1.8.1"
    xmlns:casdo="urn:EEC:M:CA:SimpleDataObjects:v1.8.1"
    xmlns:csdo="urn:EEC:M:SimpleDataObjects:v0.4.14">
  <csdo:EDocCode>R.048</csdo:EDocCode>
  <csdo:EDocId>3f0e5f5c-2f6a-4c5e-9a0e-6a3a5b1c7d02</csdo:EDocId>
  <csdo:EDocDateTime>2026-02-01T10:15:00+05:00</csdo:EDocDateTime>
  <casdo:DeclarationKindCode>ТТ</casdo:DeclarationKindCode>
  <casdo:TransitProcedureCode codeListId="289">ТР</casdo:TransitProcedureCode>
  <casdo:EDocIndicatorCode>ЭД</casdo:EDocIndicatorCode>
  <casdo:ContainerIndicator>false</casdo:ContainerIndicator>
  <cacdo:TDGoodsShipmentDetails>
    <csdo:ObjectOrdinal>1</csdo:ObjectOrdinal>
    <casdo:DestinationCountryCode codeListId="2021">TJ</casdo:DestinationCountryCode>
    <cacdo:TransitGoodsItemDetails>
      <casdo:ConsignmentItemOrdinal>1</casdo:ConsignmentItemOrdinal>
      <csdo:CommodityCode>110100</csdo:CommodityCode>
    </cacdo:TransitGoodsItemDetails>
  </cacdo:TDGoodsShipmentDetails>
  <cacdo:CustomsIdentificationDetails>
    <casdo:CustomsIdentificationMethodCode>01</casdo:CustomsIdentificationMethodCode>
    <casdo:SealQuantity>1</casdo:SealQuantity>
    <cacdo:CustomsIdentificationMeansIdDetails>
      <casdo:CustomsIdentificationMeansId>KZ0001</casdo:CustomsIdentificationMeansId>
    </cacdo:CustomsIdentificationMeansIdDetails>
  </cacdo:CustomsIdentificationDetails>
</td:TransitDeclaration>
"""
WCO_DM = """<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
    xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
  <md:WCODataModelVersionCode>3.6</md:WCODataModelVersionCode>
  <md:WCOTypeName>DEC</md:WCOTypeName>
  <md:ResponsibleAgencyName>customs</md:ResponsibleAgencyName>
  <Declaration>
    <FunctionCode>9</FunctionCode>
    <FunctionalReferenceID>SAMPLE-7</FunctionalReferenceID>
    <TypeCode>EXA</TypeCode>
    <GoodsShipment>
      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>1</SequenceNumeric>
        <StatisticalValueAmount currencyID="USD">900</StatisticalValueAmount>
        <Commodity>
          <Classification>
            <ID>080620</ID>
            <IdentificationTypeCode>TSP</IdentificationTypeCode>
          </Classification>
        </Commodity>
      </GovernmentAgencyGoodsItem>
    </GoodsShipment>
  </Declaration>
</md:MetaData>
"""
ASYCUDA = """<ASYCUDA>
  <Property><Sad_flow>E</Sad_flow><Forms><Number_of_the_form>1</Number_of_the_form></Forms></Property>
  <Identification>
    <Type><Type_of_declaration>EX</Type_of_declaration></Type>
    <Registration><Serial_number>E</Serial_number><Number>77</Number><Date>2/1/26</Date></Registration>
  </Identification>
  <Item>
    <Tarification>
      <HScode><Commodity_code>08062010</Commodity_code><Precision_1>00</Precision_1></HScode>
    </Tarification>
    <Taxation><Item_taxes_amount>12.5</Item_taxes_amount></Taxation>
    <Valuation_item><Total_CIF_itm>1.5E7</Total_CIF_itm></Valuation_item>
  </Item>
</ASYCUDA>
"""
JSON = """{
  "kind": "export",
  "number": "E 77",
  "items": [{"ordinal": 1, "hs": "080620", "net_mass": "1000.50", "gross_mass": 1020.75}]
}
"""
FILES = {
    "eaeu-r055": R055,
    "eaeu-r048": R048,
    "esadout": ESADOUT,
    "wco-dm": WCO_DM,
    "asycuda": ASYCUDA,
    "json": JSON,
}

TYPES = {
    "{*}CustomsProcedure": "ТТ",
    "{*}WCODataModelVersionCode": "3.6",
    "{*}Declaration/{*}TypeCode": "EXA",
    "Identification/Type/Type_of_declaration": "EX",
}
"""Element that tells version or kind, and its text."""


def samples(pattern: str = "*/*.xml") -> list[Path]:
    """Published samples, less the one that is not well-formed."""
    found = sorted((SHARED / "samples").glob(pattern))
    return [path for path in found if path.name != "TT_EX002a.xml"]


def shared(path: str) -> Path:
    """A file beside the repository; where it is absent, the test is skipped and says so."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{found} is absent: published samples and schemas lie beside the repository")
    return found


def numbers() -> Iterator[int]:
    """Numbers that stand nowhere else."""
    return count(1001)


def text_for(codec: codecs.Codec, number: int) -> str:
    """A text of a kind that tells its number."""
    day = date(1950, 1, 1) + timedelta(days=number)
    texts = {
        codecs.TEXT: f"text-{number}.",
        codecs.DECIMAL: f"{number}.5",
        codecs.WHOLE: str(number),
        codecs.MONEY: f"{number}.25",
        codecs.RATE: f"{number}.75",
        codecs.MEASURE: f"{number}.125",
        codecs.INTEGER: str(number),
        codecs.BOOLEAN: "true",
        codecs.FLAG: "1",
        codecs.DATE: day.isoformat(),
        codecs.TIME: f"{day}T11:12:13",
        codecs.CLOCK: time(21, number % 60, 7).isoformat(),
        codecs.AMERICAN_DATE: f"{day.month}/{day.day}/{day.year}",
        codecs.COMPACT_TIME: f"{day:%Y%m%d}111213Z",
        codecs.COMPACT_DATE: f"{day:%Y%m%d}",
        codecs.NUMERIC_COUNTRY: list(NUMERIC_OF_ALPHA2.values())[number % 200],
    }
    return texts[codec]


def filled(format: XmlFormat, without: Iterable[str] = (), times: int = 2) -> etree._Element:
    """A file in which every element of the table is there, each with its own text.

    Args:
        without: targets of rules that are left out.
        times: how often an element stands there that may be repeated.
    """
    root = format.root()
    rules = [rule for rule in format.rules if rule.target not in without]
    _fill(root, rules, format.names, numbers(), times)
    for place, text in TYPES.items():
        for element in root.iterfind(place):
            element.text = text
    return root


def _fill(
    parent: etree._Element,
    rules: Iterable[Rule],
    names: Names,
    number: Iterator[int],
    times: int,
) -> None:
    for rule in rules:
        groups, _, name = rule.path.rpartition("/")
        holder = _group(parent, groups, names) if groups else parent
        match rule:
            case Leaf(attribute=None):
                element = _group(parent, rule.path, names)
                element.attrib.update(dict(rule.beside))
                element.text = element.text or text_for(rule.codec, next(number))
            case Leaf(attribute=str(attribute)):
                _group(parent, rule.path, names).set(attribute, f"A{next(number)}")
            case Strings() | Lines():
                for _ in range(times):
                    element = etree.SubElement(holder, names.qualified(name))
                    element.text = f"text-{next(number)}."
            case Each():
                for _ in range(1 if name == "." else times):
                    inner = (
                        parent if name == "." else etree.SubElement(holder, names.qualified(name))
                    )
                    _fill(inner, rule.rules, names, number, times)


def _group(parent: etree._Element, path: str, names: Names) -> etree._Element:
    for step in path.split("/") if path != "." else ():
        tag = names.qualified(step)
        found = parent.findall(tag)
        parent = found[-1] if found else etree.SubElement(parent, tag)
    return parent


def leaves(root: etree._Element) -> Iterator[tuple[str, str]]:
    """(name, text) of every leaf."""
    for element in root.iter(etree.Element):
        text = (element.text or "").strip()
        if text and not any(isinstance(child.tag, str) for child in element):
            yield etree.QName(element).localname, text
