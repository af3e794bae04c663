"""A file of any known format ↔ a declaration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from keruen.customs import Declaration, Finding, Severity
from keruen.errors import InputError, UsageError
from keruen.formats import asycuda, esadout, mapping, own, wcodm
from keruen.formats.markup import parse
from keruen.formats.source import Found, JsonSource, XmlFormat, XmlSource, path_of

SIZE = 16 * 1024 * 1024
"""Bytes of a file; a declaration of 999 items has about two million."""
XML_FORMATS: tuple[XmlFormat, ...] = (esadout.FORMAT, wcodm.FORMAT, asycuda.FORMAT)
FORMATS = (*(one.name for one in XML_FORMATS), own.NAME)
"""Names of the formats, the project's own JSON last."""
_MARKS = {b"\xef\xbb\xbf": 3, b"\xff\xfe": 2, b"\xfe\xff": 2}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says.

    Attributes:
        format: name of the format, one of `FORMATS`.
        findings: texts that are not of their kind (errors), unknown versions and elements (warnings).
        source: the file itself, for the account of what was carried.
    """

    format: str
    declaration: Declaration
    findings: tuple[Finding, ...]
    source: XmlSource | JsonSource = field(compare=False, repr=False)


def read(data: bytes) -> Reading:
    """The declaration in a file, whichever of the formats it has.

    Raises:
        InputError: ``input-empty``, ``input-too-large``, ``format-unknown``, and those of
            `keruen.formats.markup`, `keruen.formats.own` and of the formats; with path and line.
    """
    if len(data) > SIZE:
        text = f"the file has {len(data)} bytes; at most {SIZE} are taken"
        raise InputError("input-too-large", text)
    start = data[_MARKS.get(data[:3], _MARKS.get(data[:2], 0)) :].lstrip(b"\0 \t\r\n")[:1]
    if not start:
        raise InputError("input-empty", "the file is empty")
    if start == b"<":
        return _read_xml(parse(data.lstrip(b" \t\r\n")))
    if start in {b"{", b"["}:
        return _read_json(data)
    raise _unknown("it begins neither as XML nor as JSON")


def _unknown(why: str, line: int | None = None) -> InputError:
    text = (
        f"the format is not known: {why}; known are an EAEU ESADout_CU, a WCO DM declaration, "
        "an ASYCUDA World SAD and the project's own JSON"
    )
    return InputError("format-unknown", text, line=line)


def _read_json(data: bytes) -> Reading:
    plain = own.parse(data)
    if not isinstance(plain, dict) or "kind" not in plain:
        raise _unknown("the JSON is no object with the member `kind`")
    declaration = own.declaration_of(plain)
    source = JsonSource(plain, declaration)
    findings = tuple(_unknown_element(path) for path in source.dropped())
    return Reading(own.NAME, declaration, findings, source)


def _unknown_element(path: str) -> Finding:
    text = "The element is not one of the declaration's JSON Schema and was not taken."
    return Finding(code="element-unknown", path=path, severity=Severity.WARNING, text=text)


def _read_xml(root: etree._Element) -> Reading:
    format, found = _recognised(root)
    tracker = mapping.Tracker()
    plain = format.completed(mapping.read(found.element, format.rules, tracker))
    for name in ("items", "itinerary"):
        mapping.numbered(plain.get(name, []))
    try:
        declaration = msgspec.convert(plain, Declaration)
    except msgspec.ValidationError as error:
        text, _, path = str(error).partition(" - at `")
        raise InputError("declaration-invalid", text, path=path.rstrip("`") or None) from error
    findings = (*found.findings, *_invalid(root, tracker))
    return Reading(
        format.name, declaration, findings, XmlSource(root, found.element, format, tracker)
    )


def _recognised(root: etree._Element) -> tuple[XmlFormat, Found]:
    for format in XML_FORMATS:
        found = format.found(root)
        if found is not None:
            return format, found
    name = etree.QName(root)
    where = f" of the namespace {name.namespace}" if name.namespace else ""
    raise _unknown(f"its root element is {name.localname}{where}", root.sourceline)


def _invalid(root: etree._Element, tracker: mapping.Tracker) -> Iterable[Finding]:
    for element, wanted in tracker.invalid.items():
        yield Finding(
            code="value-invalid",
            path=path_of(element, root),
            declared=(element.text or "").strip(),
            text=f"Line {element.sourceline} is not of its kind: {wanted}.",
        )


def write(declaration: Declaration, format: str) -> bytes:
    """The declaration in a format, UTF-8; what the format has no place for is left out.

    Raises:
        UsageError: ``format-unknown``.
    """
    if format == own.NAME:
        return own.write(declaration)
    chosen = next((one for one in XML_FORMATS if one.name == format), None)
    if chosen is None:
        raise UsageError("format-unknown", f"no format {format}; known are {', '.join(FORMATS)}")
    plain = chosen.prepared(mapping.plain_of(declaration))
    root = chosen.root()
    mapping.write(root, plain, chosen.rules, chosen.names)
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
