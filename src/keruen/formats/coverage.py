"""The account of a file: which of its leaves the model carries, and why not the others.

A leaf is an element with text and no element inside, or a value of the JSON. A leaf of the domain is one without
a reason of the closed list below.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from keruen.formats.documents import Reading
from keruen.formats.mapping import local
from keruen.formats.source import JsonSource, XmlSource, path_of

DUTY = "duty and tax computation"
LAYOUT = "form layout"
SIGNATURE = "signature"
OTHER_DOCUMENT = "another document in the same envelope"
REASONS = (DUTY, LAYOUT, SIGNATURE, OTHER_DOCUMENT)
"""Why an element is none of the domain."""
INVALID = "not of its kind; see the findings"
UNKNOWN = "not known to the reader"
_XML_SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"

Account = tuple[str, str | None]
"""Path of a leaf, and why it is not carried; None where it is."""


def coverage(reading: Reading) -> dict[str, Any]:
    """How much of the file the declaration carries, leaf by leaf."""
    match reading.source:
        case XmlSource() as source:
            accounts = list(_xml(source))
        case JsonSource() as source:
            accounts = [(path, None if ok else UNKNOWN) for path, ok in source.leaves()]
    domain = [account for account in accounts if account[1] not in REASONS]
    carried = sum(reason is None for _, reason in domain)
    return {
        "format": reading.format,
        "leaves": len(accounts),
        "domain_leaves": len(domain),
        "carried": carried,
        "share": round(carried / len(domain), 4) if domain else 1.0,
        "unexplained": sum(reason == UNKNOWN for _, reason in domain),
        "not_carried": [
            {"path": path, "reason": reason} for path, reason in accounts if reason is not None
        ],
    }


def _xml(source: XmlSource) -> Iterator[Account]:
    inside = set(source.element.iter())
    for element in source.root.iter():
        if len(element) or not (element.text or "").strip():
            continue
        path = path_of(element, source.root)
        if element in source.tracker.carried:
            yield path, None
        elif element not in inside:
            yield path, OTHER_DOCUMENT
        else:
            yield path, _reason(element, source)


def _reason(element: etree._Element, source: XmlSource) -> str:
    if element in source.tracker.invalid:
        return INVALID
    names: list[str] = []
    for one in (element, *element.iterancestors()):
        if one is source.element:
            break
        if str(one.tag).startswith(_XML_SIGNATURE):
            return SIGNATURE
        names.insert(0, local(str(one.tag)))
    for end in range(len(names), 0, -1):
        reason = source.format.not_carried.get("/".join(names[:end]))
        if reason is not None:
            return reason
    return UNKNOWN
