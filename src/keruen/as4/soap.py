"""The SOAP envelope, opened so that what was signed is what is read.

Exactly one Envelope, Header, Messaging and Body, at most one Security and Signature, each at its
place and nowhere else; every id unique. From here on only these very nodes are handed around, so
that no second copy of any of them can be processed (signature wrapping).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from lxml import etree

from keruen.as4.elements import children, everything, text_of
from keruen.as4.errors import ErrorCode, refuse
from keruen.as4.namespaces import DS, EB, S12, WSSE, WSU
from keruen.as4.xml import XmlError, parse

_ENVELOPE = f"{{{S12}}}Envelope"
_HEADER = f"{{{S12}}}Header"
_BODY = f"{{{S12}}}Body"
_MESSAGING = f"{{{EB}}}Messaging"
_SECURITY = f"{{{WSSE}}}Security"
_ONLY_ONCE = (_ENVELOPE, _HEADER, _BODY, _MESSAGING, _SECURITY, f"{{{DS}}}Signature")
# One with 28 payloads has some hundreds. libxml2 looks up each inclusive prefix at each element.
_MAX_ELEMENTS = 4096
_FLOOD = etree.XPath(f"boolean(/descendant::*[{_MAX_ELEMENTS + 1}])")
_IDS = etree.XPath(
    "/descendant::*/@Id | /descendant::*/@wsu:Id | /descendant::*/@xml:id", namespaces={"wsu": WSU}
)
_MUST_UNDERSTAND = f"{{{S12}}}mustUnderstand"


@dataclass(frozen=True, slots=True)
class Envelope:
    """One opened envelope."""

    raw: bytes = field(repr=False)
    """As received."""
    messaging: etree._Element
    body: etree._Element
    security: etree._Element | None
    ids: dict[str, etree._Element]
    """Every element that carries ``Id``, ``wsu:Id`` or ``xml:id``."""


def open_envelope(raw: bytes) -> Envelope:
    """The envelope in `raw`.

    Raises:
        EbmsError: InvalidHeader, for whatever is wrong with it.
    """
    try:
        root = parse(raw)
    except XmlError as error:
        refuse(ErrorCode.INVALID_HEADER, f"envelope: {error}")
    ids = _index(root)
    if root.tag != _ENVELOPE:
        refuse(ErrorCode.INVALID_HEADER, f"root element {root.tag!r} is no SOAP 1.2 Envelope")
    inside = children(root)
    if [child.tag for child in inside] != [_HEADER, _BODY]:
        refuse(ErrorCode.INVALID_HEADER, "an Envelope has one Header and one Body, in this order")
    header, body = inside
    blocks: dict[str, etree._Element] = {}
    for block in children(header):
        blocks[str(block.tag)] = block
        understood = block.tag in {_MESSAGING, _SECURITY}
        if not understood and block.get(_MUST_UNDERSTAND) in {"1", "true"}:
            refuse(ErrorCode.INVALID_HEADER, f"header block {block.tag!r} is not understood")
    if _MESSAGING not in blocks:
        refuse(ErrorCode.INVALID_HEADER, _why_not_messaging(body))
    return Envelope(raw, blocks[_MESSAGING], body, blocks.get(_SECURITY), ids)


def _index(root: etree._Element) -> dict[str, etree._Element]:
    """Elements by id; refuses repeated ids, a second copy of what there is once, and a flood."""
    if _FLOOD(root):
        refuse(ErrorCode.INVALID_HEADER, f"more than {_MAX_ELEMENTS} elements")
    tags = [str(element.tag) for element in root.iter(*_ONLY_ONCE)]
    if len(tags) != len(set(tags)):
        refuse(ErrorCode.INVALID_HEADER, f"a second {max(tags, key=tags.count)}")
    ids: dict[str, etree._Element] = {}
    for value in cast("list[Any]", _IDS(root)):
        element = value.getparent()
        if ids.setdefault(str(value), element) is not element:
            refuse(ErrorCode.INVALID_HEADER, f"id {value!r} is given twice")
    return ids


def _why_not_messaging(body: etree._Element) -> str:
    reasons = [text_of(e) for e in everything(body) if e.tag == f"{{{S12}}}Text" and not len(e)]
    return "no Messaging header" + (f"; SOAP fault: {reasons[0][:200]}" if reasons else "")


def body_is_empty(envelope: Envelope) -> bool:
    """Whether the Body has no content but white space."""
    return not len(envelope.body) and not (envelope.body.text or "").strip()
