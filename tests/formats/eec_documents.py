"""Documents of the Eurasian Economic Commission, made at random from the published structure.

A document has any of the elements that the data list names for its structure, what lies below the named groups,
and what the schema wants beside them. The facets of each text are those of the structure's table.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

from hypothesis import strategies as st
from lxml import etree
from tests.formats.files import shared

from keruen.formats import r048, r055
from keruen.formats.rules import Each, Rule, local
from keruen.formats.source import XmlFormat

FORMATS = {one.name: one for one in (r055.FORMAT, r048.FORMAT)}
STRUCTURES = {
    "eaeu-r055": "eaeu_R055_goods_declaration",
    "eaeu-r048": "eaeu_R048_transit_declaration",
}
FIXED: dict[str, dict[str, tuple[str, ...]]] = {
    "eaeu-r055": {"EDocCode": ("R.055",), "DeclarationKindCode": ("ЭК", "ИМ")},
    "eaeu-r048": {"EDocCode": ("R.048",), "DeclarationKindCode": ("ТТ",)},
}
"""Elements that tell what the document is."""
LETTERS = st.sampled_from("ABXYZ019абвЖҚӣ-/.№")


@dataclass(slots=True)
class Node:
    """An element of a structure: how often it stands there, what lies in it."""

    name: str
    path: str
    least: int
    most: int | None
    primitive: str
    facets: str
    children: list[Node] = field(default_factory=list)


@cache
def listed(format: str) -> dict[str, str]:
    """Path → name of the elements that the data list takes from the structure of a format."""
    with shared("reference/data-elements.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["source_structure"] == STRUCTURES[format]
        ]
    return {row["id"]: row["source_path"] for row in rows}


@cache
def rows(format: str) -> dict[str, dict[str, str]]:
    """Every element of a structure by its path, in the order of the schema."""
    table = shared(f"reference/structures/{STRUCTURES[format]}.csv")
    with table.open(encoding="utf-8", newline="") as file:
        return {row["path"]: row for row in csv.DictReader(file)}


@cache
def tree(format: str) -> Node:
    """The part of a structure that documents are made of here."""
    wanted = set(listed(format).values())
    every = rows(format)
    kept = {path for path in every if any(_is_at_or_below(path, one) for one in wanted)}
    kept |= {path.rsplit("/", up)[0] for path in kept for up in range(path.count("/") + 1)}
    while further := {
        path
        for path, row in every.items()
        if path not in kept and row["required"] == "yes" and path.rpartition("/")[0] in kept
    }:
        kept |= further
    nodes: dict[str, Node] = {}
    for path, row in every.items():
        if path in kept:
            nodes[path] = _node(path, row)
            above = nodes.get(path.rpartition("/")[0])
            if above is not None:
                above.children.append(nodes[path])
    return next(iter(nodes.values()))


def _is_at_or_below(path: str, group: str) -> bool:
    return path == group or path.startswith(f"{group}/")


def _node(path: str, row: Mapping[str, str]) -> Node:
    least, _, most = row["occurs"].partition("..")
    name = path.rpartition("/")[2]
    many = None if most == "*" else int(most)
    return Node(name, path, int(least), many, row["primitive"], row["facets"])


@cache
def _names(format: str) -> dict[str, str]:
    """Path of an element → its name with namespace, as the format's own table has it."""
    return dict(_qualified(FORMATS[format].rules, "", FORMATS[format]))


def _qualified(rules: tuple[Rule, ...], path: str, format: XmlFormat) -> Iterator[tuple[str, str]]:
    for rule in rules:
        where = path
        for step in rule.path.split("/") if rule.path != "." else ():
            where = f"{where}/{local(step)}"
            yield where, format.names.qualified(step)
        if isinstance(rule, Each):
            yield from _qualified(rule.rules, where, format)


def documents(format: str, *, full: bool = False) -> st.SearchStrategy[bytes]:
    """Documents that follow the schema; full ones have every element of the tree."""
    return st.composite(_document)(format, full)


def _document(draw: st.DrawFn, format: str, full: bool) -> bytes:
    root = FORMATS[format].root()
    _fill(draw, root, tree(format), "", format, full=full)
    for place, ordinal in enumerate(root.iterfind("{*}TDGoodsShipmentDetails/{*}ObjectOrdinal")):
        ordinal.text = str(draw(st.integers(1, 9)) + 10 * place)
    return etree.tostring(root, encoding="utf-8")


def _fill(
    draw: st.DrawFn,
    parent: etree._Element,
    node: Node,
    path: str,
    format: str,
    *,
    full: bool,
) -> None:
    for child in node.children:
        where = f"{path}/{child.name}"
        for _ in range(draw(_times(child, full=full))):
            element = etree.SubElement(parent, _names(format)[where])
            if child.primitive:
                element.text = draw(_text(child, FIXED[format]))
                element.attrib.update(_attributes(draw, child.name))
            else:
                _fill(draw, element, child, where, format, full=full)


def _times(node: Node, *, full: bool) -> st.SearchStrategy[int]:
    most = 2 if node.most is None else min(node.most, 2)
    return st.integers(max(node.least, full), max(most, node.least))


def _text(node: Node, fixed: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[str]:
    if node.name in fixed:
        return st.sampled_from(fixed[node.name])
    if node.name == "LineId":
        return st.integers(1, 999).map(str)
    pattern = re.search(r"pattern=(.*)", node.facets)
    if pattern:
        return st.from_regex(re.compile(pattern.group(1), re.ASCII), fullmatch=True)
    return _BY_TYPE[node.primitive](node) if node.primitive in _BY_TYPE else _words(node)


def _words(node: Node) -> st.SearchStrategy[str]:
    found = dict(re.findall(r"(min|max)_length=(\d+)", node.facets))
    least, most = int(found["min"]), int(found["max"])
    short = st.text(LETTERS, min_size=least, max_size=min(most, least + 6))
    return short | st.just("Ж" * most) if most <= 250 else short


def _number(node: Node) -> st.SearchStrategy[str]:
    if node.name.endswith(("Ordinal", "Quantity")):
        return st.integers(1, 999).map(str)
    places = 2 if node.name.endswith("Amount") else 4
    return st.decimals(0, 10**9, places=places).map(lambda value: f"{value:f}")


_BY_TYPE: dict[str, Any] = {
    "decimal": _number,
    "boolean": lambda _: st.sampled_from(["true", "false", "1", "0"]),
    "date": lambda _: st.dates(date(1950, 1, 1), date(2190, 1, 1)).map(date.isoformat),
    "dateTime": lambda _: st.datetimes(
        datetime(1950, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        datetime(2190, 1, 1),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))]),
    ).map(datetime.isoformat),
}


def _attributes(draw: st.DrawFn, name: str) -> dict[str, str]:
    """What the schema wants on an element of this name."""
    if name.endswith("Amount") or name == "ExchangeRate":
        return {"currencyCode": draw(st.sampled_from(["USD", "KZT"])), "currencyCodeListId": "2022"}
    if name.endswith("Measure"):
        unit = draw(st.sampled_from(["796", "112"])) if name == "GoodsMeasure" else "166"
        return {"measurementUnitCode": unit, "measurementUnitCodeListId": "2016"}
    if name == "BusinessEntityId":
        return {"kindId": draw(st.sampled_from(["1", "2"]))}
    return {"codeListId": "2021"} if name in CODED else {}


CODED = {
    "BusinessEntityTypeCode", "CACountryCode", "CustomsProcedureCode", "DeclarationFeatureCode",
    "DeliveryTermsCode", "DepartureCountryCode", "DestinationCountryCode", "DocKindCode",
    "GoodsMoveFeatureCode", "IdentityDocKindCode", "PackageKindCode", "PreviousCustomsProcedureModeCode",
    "RegistrationNationalityCode", "TransitProcedureCode", "TransportTypeCode", "UnifiedCountryCode",
    "UnifiedTransportModeCode", "ValuationMethodCode",
}  # fmt: skip
"""Elements that name their classifier."""


def content(data: bytes, paths: tuple[str, ...], repeated: str) -> dict[tuple[str, ...], list[Any]]:
    """What a document says at some paths and below, item by item.

    Args:
        repeated: name of the group of an item; its place is a part of the key.
    """
    root = etree.fromstring(data)
    found: dict[tuple[str, ...], list[Any]] = {}
    for element in root.iterdescendants():
        if len(element) or not element.text:
            continue
        lineage = [element, *element.iterancestors()][::-1]
        path = "/".join(local(str(one.tag)) for one in lineage)
        if any(_is_at_or_below(path, one) for one in paths):
            places = [str(_place(one)) for one in lineage if local(str(one.tag)) == repeated]
            found.setdefault((path, *places), []).append(_value(element))
    return found


def _place(element: etree._Element) -> int:
    return list(element.getroottree().getroot().iter(str(element.tag))).index(element)


def _value(element: etree._Element) -> tuple[Any, ...]:
    """A text as the value that it means, with its currency and unit."""
    name, text = local(str(element.tag)), (element.text or "").strip()
    kept = {k: v for k, v in element.attrib.items() if k in {"currencyCode", "measurementUnitCode"}}
    if name.endswith(("Indicator",)):
        return (text in {"true", "1"},)
    if name.endswith("DateTime"):
        return (datetime.fromisoformat(text),)
    return (text, *sorted(kept.items()))
