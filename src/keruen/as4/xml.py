"""XML in and out: a hardened parser, exclusive canonicalisation, escaping.

A header is UTF-8 only, without document type, entities or processing instructions, bounded in depth
and attributes; a payload that is XML may be more (`canonical_payload`). Comments vanish while
parsing, as they do in canonical form, so that no comment can cut a value in two between what was
signed and what is read.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from lxml import etree

MAX_DEPTH = 40
MAX_ATTRIBUTES = 40
MAX_NAMESPACES = 512
MAX_PREFIXES = 32
_BOM = b"\xef\xbb\xbf"
_DECLARED = re.compile(rb"""\A<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii")
# Of payloads: what offices use and IANA and Python call alike; UTF-16 shows by its mark.
_PAYLOAD_ENCODING = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d|koi8-[ru]", re.IGNORECASE
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PLAIN = b"\t\n\r" + bytes(range(0x20, 0x7F))
"""Octets that surely are characters: text of nothing else need not be looked at one by one."""
_NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BOUNDS = {
    "/*" * (MAX_DEPTH + 1): f"elements nest deeper than {MAX_DEPTH}",
    f"/descendant::*/@*[{MAX_ATTRIBUTES + 1}]": f"an element has more than {MAX_ATTRIBUTES} attributes",
}
"""What must lead nowhere in a header, and what is wrong if it leads somewhere."""
_OUT_OF_BOUNDS = etree.XPath(f"boolean({' | '.join(_BOUNDS)})")
_MAX_PAYLOAD_ATTRIBUTES = 256
_PAYLOAD_TOO_WIDE = etree.XPath(f"boolean(//@*[{_MAX_PAYLOAD_ATTRIBUTES + 1}])")

# It serves one thread at a time by a lock of its own, and begins anew with each document.
_PARSER = etree.XMLParser(
    encoding="utf-8",
    resolve_entities=False,
    load_dtd=False,
    no_network=True,
    huge_tree=False,
    remove_comments=True,
    collect_ids=False,
)


class XmlError(ValueError):
    """The octets are no XML that this node would read; the text says why."""


def parse(octets: bytes) -> etree._Element:
    """Root element of a document.

    Raises:
        XmlError: not well-formed, or it uses something that is refused.
    """
    data = octets.removeprefix(_BOM)
    declared = _DECLARED.match(data)
    if declared is not None and declared[1].lower() not in _ENCODINGS:
        raise XmlError(f"encoding {declared[1]!r} is not UTF-8")
    if data.count(b"xmlns") > MAX_NAMESPACES:
        raise XmlError(f"more than {MAX_NAMESPACES} namespace declarations")
    root = _parse(data)
    _refuse_oddities(root)
    return root


def _parse(data: bytes) -> etree._Element:
    """Root element of a document in UTF-8, whatever encoding it declares."""
    # One octet is found many times faster than two, and a header has no other use for this one.
    declares = b"!" in data
    if declares and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):
        raise XmlError("a document type is not allowed")
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise XmlError(f"not well-formed: {error.msg}") from error
    if declares and root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a document type is not allowed")
    return root


def _refuse_oddities(root: etree._Element) -> None:
    if root.getprevious() is not None or root.getnext() is not None:
        raise XmlError("a processing instruction is not allowed")
    if next(root.iter(etree.PI, etree.Entity), None) is not None:
        raise XmlError("a processing instruction or entity is not allowed")
    if _OUT_OF_BOUNDS(root):
        raise XmlError(next(text for path, text in _BOUNDS.items() if root.xpath(path)))


def is_deeper(element: etree._Element, depth: int) -> bool:
    """Whether the document of an element that `parse` gave has elements below this depth, the root at 1."""
    if depth >= MAX_DEPTH:
        return False
    return bool(element.xpath("boolean(" + "/*" * (depth + 1) + ")"))


def canonical(element: etree._Element, inclusive_prefixes: Sequence[str] = ()) -> bytes:
    """Exclusive C14N without comments of the element and all below it (exc-c14n, 3).

    Raises:
        XmlError: there is no canonical form, as with relative namespace names (C14N, 1.3), or more
            prefixes than can be looked up at every element in good time.
    """
    if len(inclusive_prefixes) > MAX_PREFIXES:
        raise XmlError(f"more than {MAX_PREFIXES} inclusive prefixes")
    try:
        return _canonical(element, inclusive_prefixes)
    except etree.C14NError as error:
        raise XmlError(f"{local_name(element)} has no canonical form") from error


def _canonical(
    node: etree._Element | etree._ElementTree[etree._Element],
    inclusive_prefixes: Sequence[str] = (),
) -> bytes:
    return etree.tostring(
        node,
        method="c14n",
        exclusive=True,
        with_comments=False,
        inclusive_ns_prefixes=list(inclusive_prefixes) or None,
    )


def canonical_payload(octets: bytes) -> bytes:
    """Exclusive C14N without comments of a whole document that is not ours to design.

    Unlike a header it may have processing instructions, which are signed, and another encoding.
    A document type is refused here, too, as WSS4J does. Santuario drops a processing instruction
    behind the root element, which C14N keeps: such a payload cannot be sent to WSS4J unpacked.

    Raises:
        XmlError: it has no canonical form, or cannot be read safely.
    """
    root = _parse(_as_utf8(octets))
    if _PAYLOAD_TOO_WIDE(root):
        raise XmlError(f"an element has more than {_MAX_PAYLOAD_ATTRIBUTES} attributes")
    try:
        return _canonical(root.getroottree())
    except etree.C14NError as error:
        raise XmlError("the payload has no canonical form") from error


def _as_utf8(octets: bytes) -> bytes:
    """A document in UTF-8; the encoding it declares is overruled by the parser."""
    declared = _DECLARED.match(octets)
    encoding = declared[1].decode() if declared is not None else "utf-8-sig"
    if octets.startswith(_UTF_16):
        encoding = "utf-16"
    elif declared is not None and _PAYLOAD_ENCODING.fullmatch(encoding) is None:
        raise XmlError(f"encoding {encoding!r} is not known")
    try:
        return octets.decode(encoding).encode()
    except (UnicodeError, LookupError) as error:
        raise XmlError(f"the payload is not in {encoding}") from error


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return etree.QName(element).localname


def escape(text: str) -> str:
    """Character content in canonical form (C14N, 2.3)."""
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")
    )


def escape_attribute(text: str) -> str:
    """Attribute value in canonical form, for use between double quotes (C14N, 2.3)."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace('"', "&quot;")
        .replace("\t", "&#x9;")
        .replace("\n", "&#xA;")
        .replace("\r", "&#xD;")
    )


def octets_as_written(text: str) -> bytes:
    """The octets of XML that is written in canonical form already.

    Raises:
        XmlError: a character that XML cannot carry (XML 1.0, 2.2).
    """
    octets = text.encode("utf-8", "surrogatepass")
    if octets.translate(None, _PLAIN) and (wrong := _NO_CHARACTER.search(text)):
        raise XmlError(f"U+{ord(wrong[0]):04X} is no character of XML")
    return octets


def encode(octets: bytes) -> str:
    """base64 without line ends."""
    return base64.b64encode(octets).decode()
