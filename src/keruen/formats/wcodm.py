"""WCO Data Model 3.6 declaration, in the profile of the British customs service (``DEC-DMS:2``).

Source: WCO_DEC_2_DMS.xsd and the comments of its published examples (data element numbers of the Union
Customs Code). `Declaration/ID` is the declaration number once there is one; a declaration that is being
submitted has its local reference only.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from keruen.customs import Finding
from keruen.errors import InputError
from keruen.formats.rules import Plain, numbered
from keruen.formats.source import Found, XmlFormat, near
from keruen.formats.wcodm_table import (
    BECOMES,
    COMMODITY,
    IMPLIED,
    NAMES,
    NAMESPACE,
    NOT_CARRIED,
    RULES,
)
from keruen.formats.wording import WORDING

KINDS = {"EX": "export", "CO": "export", "IM": "import", "TR": "transit"}
"""First two letters of the declaration type → kind; CO is trade with special territories."""
MODEL_VERSION = "3.6"
"""Version of the WCO Data Model."""
ORIGINAL = "9"
"""Function of a declaration that replaces none."""
TYPES = {"export": "EXA", "import": "IMA", "transit": "TRA"}


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    kind = KINDS.get(plain.get("type", "")[:2])
    plain |= {"kind": kind} if kind else {}
    for item in plain.get("items", []):
        _take_commodity(item)
        _take_procedures(item)
        _take_containers(item)
    for container in plain.get("containers", []):
        container["seals"] = [one for one in container.get("seals", []) if "number" in one]
    country = plain.get("country_of_dispatch")
    exit_office = plain.get("office_of_exit")
    if exit_office and country:
        exit_office.setdefault("country", country)
    if "country_of_destination" not in plain:
        destinations = {i["destination"] for i in plain.get("items", []) if "destination" in i}
        if len(destinations) == 1:
            plain["country_of_destination"] = destinations.pop()
    return plain


def _take_commodity(item: Plain) -> None:
    codes = item.pop("commodity_codes", [])
    first = next((one for one in codes if one.get("scheme") == COMMODITY), None)
    if first is not None and "code" in first:
        item["hs"] = first["code"]
    rest = [one for one in codes if one is not first and "code" in one]
    if rest:
        item["commodity_codes"] = [{"scheme": "", **one} for one in rest]


def _take_procedures(item: Plain) -> None:
    procedures = item.pop("procedures", [])
    main = next((one for one in procedures if "previous" in one), None)
    if main is None and procedures:
        main = procedures[0]
    if main is not None:
        item["procedure"] = main.get("current")
        if "previous" in main:
            item["previous_procedure"] = main["previous"]
    further = [" ".join(one.values()) for one in procedures if one is not main]
    if further:
        item["additional_procedures"] = further


def _take_containers(item: Plain) -> None:
    containers = [one["id"] for one in item.pop("item_containers", []) if "id" in one]
    if containers:
        item["containers"] = containers


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    if KINDS.get(plain.get("type", "")[:2]) != plain["kind"]:
        plain["type"] = TYPES[plain["kind"]]
    for name, value in _defaults(plain).items():
        if not (plain.get(name) or "").strip():
            plain[name] = value
    for means in plain.get("transport_means", []):
        means.setdefault("stage", "border")
        if "mode" in means:
            means.setdefault("mode_declared", means["mode"])
    numbered(plain.get("containers", []))
    for container in plain.get("containers", []):
        numbered(container.get("seals", []))
    for item in plain.get("items", []):
        numbered(item.get("packages", []))
        item["item_containers"] = [{"id": one} for one in item.get("containers", [])]
        numbered(item["item_containers"])
        codes = [{"scheme": COMMODITY, "code": item["hs"]}] if item.get("hs") else []
        item["commodity_codes"] = codes + item.get("commodity_codes", [])
        item["procedures"] = _given_procedures(item)
    return plain


def _defaults(plain: Plain) -> Plain:
    """What the envelope wants to be told."""
    return {
        "function": ORIGINAL,
        "structure_version": MODEL_VERSION,
        "structure": "DEC",
        "responsible_country": plain.get("country_of_dispatch"),
        "responsible_agency": "customs",
    }


def _given_procedures(item: Plain) -> list[Plain]:
    main = {"current": item.get("procedure"), "previous": item.get("previous_procedure")}
    further = [
        dict(zip(("current", "previous"), code.split(" ", 1), strict=False))
        for code in item.get("additional_procedures", [])
    ]
    return [{name: code for name, code in main.items() if code is not None}, *further]


def _found(root: etree._Element) -> Found | None:
    name = etree.QName(root)
    if name.localname != "MetaData" or not str(name.namespace).startswith(FAMILY):
        return None
    if not any(etree.QName(child).localname == "Declaration" for child in root):
        line = root.sourceline
        raise WORDING.error(
            InputError, "declaration-missing", "Declaration", path="MetaData", line=line
        )
    return Found(root, tuple(_near(root)))


def _near(root: etree._Element) -> Iterator[Finding]:
    """A warning for each version that is not the known one."""
    namespace = str(etree.QName(root).namespace)
    declared = root.findtext("{*}WCODataModelVersionCode", "").strip()
    pairs = ((namespace, NAMESPACE), (declared or MODEL_VERSION, MODEL_VERSION))
    for path, (version, known) in zip(("MetaData", "WCODataModelVersionCode"), pairs, strict=True):
        if version != known:
            yield near(path, version, known)


def _root() -> etree._Element:
    prefixes = {prefix or None: uri for prefix, uri in NAMES.prefixes.items()}
    return etree.Element(f"{{{NAMESPACE}}}MetaData", nsmap=prefixes)


FAMILY = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:"
"""Namespaces of the envelope, up to their version."""
FORMAT = XmlFormat(
    name="wco-dm",
    title="WCO Data Model 3.6 declaration",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    kind="Declaration/TypeCode",
    found=_found,
    completed=completed,
    prepared=prepared,
    root=_root,
    implied=IMPLIED,
    becomes=BECOMES,
)
