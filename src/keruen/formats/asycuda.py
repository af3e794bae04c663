"""ASYCUDA World single administrative document, as its XML export writes it (``<ASYCUDA>``).

There is no published schema; the elements are those of real files. Dates are month/day/year. Amounts in
national currency carry no currency code.
"""

from __future__ import annotations

from lxml import etree

from keruen.formats.asycuda_table import BECOMES, NAMES, NOT_CARRIED, RULES
from keruen.formats.rules import Plain
from keruen.formats.source import Found, XmlFormat

FLOWS = {"I": "import", "E": "export", "T": "transit"}
"""`Sad_flow` → kind."""
TYPES = {"import": "IM", "export": "EX", "transit": "TR"}
KINDS = {code: kind for kind, code in TYPES.items()} | {"T1": "transit", "T2": "transit"}
"""First two letters of the declaration type → kind."""


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    kind = KINDS.get(plain.get("type", "")[:2]) or FLOWS.get(plain.get("direction", ""))
    plain |= {"kind": kind} if kind else {}
    office = plain.pop("border_office", None)
    if office is not None:
        plain["office_of_entry" if kind == "import" else "office_of_exit"] = office
    serial = plain.pop("registration_serial", None)
    if serial:
        plain["number"] = f"{serial} {plain.get('number', '')}".strip()
    for item in plain.get("items", []):
        containers = item.pop("first_containers", []) + item.pop("last_containers", [])
        if containers:
            item["containers"] = containers
    return plain


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    if KINDS.get(plain.get("type", "")[:2]) != plain["kind"]:
        plain["type"] = TYPES[plain["kind"]]
    plain.setdefault("direction", {kind: flow for flow, kind in FLOWS.items()}[plain["kind"]])
    side = "office_of_entry" if plain["kind"] == "import" else "office_of_exit"
    office = plain.pop(side, None)
    if office:
        plain["border_office"] = office
    serial, _, number = (plain.get("number") or "").rpartition(" ")
    if serial:
        plain |= {"registration_serial": serial, "number": number}
    for means in plain.get("transport_means", []):
        means.setdefault("stage", "border")
        if "mode" in means:
            means.setdefault("mode_declared", means["mode"])
    for item in plain.get("items", []):
        containers = item.get("containers", [])
        many = len(containers) > 1
        item["first_containers"] = containers[:-1] if many else containers
        item["last_containers"] = containers[-1:] if many else []
    return plain


def _found(root: etree._Element) -> Found | None:
    return Found(root) if root.tag == "ASYCUDA" else None


FORMAT = XmlFormat(
    name="asycuda",
    title="ASYCUDA World SAD",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    kind="Identification/Type/Type_of_declaration",
    found=_found,
    completed=completed,
    prepared=prepared,
    root=lambda: etree.Element("ASYCUDA"),
    becomes=BECOMES,
)
