"""A file of any known format ↔ a declaration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import msgspec
from lxml import etree

from keruen.customs import Declaration, Finding, Severity
from keruen.customs.wording import listed
from keruen.errors import InputError, UsageError
from keruen.formats import asycuda, esadout, markup, own, r048, r055, reading, wcodm, writing
from keruen.formats.accounts import accounts
from keruen.formats.markup import parse
from keruen.formats.reasons import UNKNOWN
from keruen.formats.rules import numbered
from keruen.formats.source import Found, JsonSource, XmlFormat, XmlSource, paths
from keruen.formats.wording import WORDING
from keruen.messages.mistakes import mistake

SIZE = 16 * 1024 * 1024
"""Bytes of a file; a declaration of 999 items has about two million."""
TAGS = 500_000
"""Tags, or JSON lists and objects, of a file: 999 items of an EAEU declaration have some 300 000 at most."""
FINDINGS = 100
"""Findings of one kind at most."""
XML_FORMATS: tuple[XmlFormat, ...] = (
    r055.FORMAT,
    r048.FORMAT,
    esadout.FORMAT,
    wcodm.FORMAT,
    asycuda.FORMAT,
)
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
    _refuse_size(data)
    start = data[_MARKS.get(data[:3], _MARKS.get(data[:2], 0)) :].lstrip(b"\0 \t\r\n")[:1]
    if not start:
        raise WORDING.error(InputError, "input-empty")
    if start == b"<":
        return _read_xml(parse(data))
    if start in {b"{", b"["}:
        return _read_json(data)
    raise WORDING.error(InputError, "format-unknown", listed(FORMATS))


def _refuse_size(data: bytes) -> None:
    if len(data) > SIZE:
        raise WORDING.error(InputError, "input-too-large", SIZE)
    if max(data.count(b"<"), data.count(b"["), data.count(b"{")) > TAGS:
        raise WORDING.error(InputError, "input-too-large/tags", TAGS)


def _read_json(data: bytes) -> Reading:
    plain = own.parse(data)
    if not isinstance(plain, dict) or "kind" not in plain:
        raise WORDING.error(InputError, "format-unknown/json", listed(FORMATS))
    declaration = own.declaration_of(plain)
    source = JsonSource(plain, declaration)
    return Reading(own.NAME, declaration, tuple(_missed(source)), source)


def _read_xml(root: etree._Element) -> Reading:
    format, found = _recognised(root)
    tracker = reading.Tracker()
    plain = format.completed(reading.read(found.element, format.rules, tracker))
    if "kind" not in plain:
        line = found.element.sourceline
        raise WORDING.error(
            InputError, "declaration-invalid/kind", line, path=format.kind, line=line
        )
    for name in ("items", "itinerary"):
        numbered(plain.get(name, []))
    try:
        declaration = msgspec.convert(plain, Declaration)
    except msgspec.ValidationError as error:
        ending, values, path = mistake(error, Declaration)
        key = f"declaration-invalid{ending}"
        raise WORDING.error(InputError, key, *values, path=path or None) from error
    source = XmlSource(root, found.element, format, tracker, declaration)
    findings = (*found.findings, *_invalid(root, tracker), *_missed(source))
    return Reading(format.name, declaration, findings, source)


def _recognised(root: etree._Element) -> tuple[XmlFormat, Found]:
    for format in XML_FORMATS:
        found = format.found(root)
        if found is not None:
            return format, found
    name = etree.QName(root)
    called = f"{name.localname} ({name.namespace})" if name.namespace else name.localname
    raise WORDING.error(
        InputError, "format-unknown/root", called, listed(FORMATS), line=root.sourceline
    )


def _invalid(root: etree._Element, tracker: reading.Tracker) -> Iterator[Finding]:
    if not tracker.invalid:
        return
    path_of = dict(paths(root))
    for (element, attribute), wanted in islice(tracker.invalid.items(), FINDINGS):
        path = path_of.get(element, "")
        yield WORDING.finding(
            wanted.key,
            element.sourceline,
            wanted.name,
            path=f"{path}/@{attribute}" if attribute else path,
            declared=reading.text_of(element, attribute),
        )


def _missed(source: XmlSource | JsonSource) -> Iterator[Finding]:
    """One warning that names some of the elements that were not taken."""
    missed = [path for path, reason in accounts(source) if reason == UNKNOWN]
    if missed:
        yield WORDING.finding(
            "elements-not-taken",
            len(missed),
            path=missed[0],
            declared=len(missed),
            severity=Severity.WARNING,
        )


def write(declaration: Declaration, format: str) -> bytes:
    """The declaration in a format, UTF-8; what the format has no place for is left out (`keruen.formats.loss`).

    Raises:
        UsageError: ``format-unknown``.
    """
    if format == own.NAME:
        return own.write(declaration)
    chosen = named(format)
    root = chosen.root()
    writing.write(root, chosen.prepared(writing.plain_of(declaration)), chosen.rules, chosen.names)
    if chosen.finished is not None:
        chosen.finished(root)
    return markup.serialised(root)


def named(format: str) -> XmlFormat:
    """An XML format by its name.

    Raises:
        UsageError: ``format-unknown``.
    """
    chosen = next((one for one in XML_FORMATS if one.name == format), None)
    if chosen is None:
        raise UsageError("format-unknown", f"no format {format}; known are {', '.join(FORMATS)}")
    return chosen
