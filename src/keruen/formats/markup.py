"""Bytes that a stranger sent, made an XML tree: bounded, without DTD, entities or network.

Encodings taken are UTF-8, UTF-16 and the single-byte ones that state themselves in the XML declaration, all of
them supersets of ASCII, so that the prolog can be looked through before the parser sees it.
"""

from __future__ import annotations

import re

from lxml import etree

from keruen.errors import InputError

DEPTH = 256
"""Elements within each other that the parser takes; real declarations have eleven."""
SINGLE_BYTE = re.compile(r"windows-12\d\d|cp12\d\d|iso-8859-\d+|koi8-[ru]", re.IGNORECASE)
TAKEN = re.compile(rf"utf-?8|utf-?16(le|be)?|us-ascii|ascii|{SINGLE_BYTE.pattern}", re.IGNORECASE)
_DECLARED = re.compile(r"""<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']""")
_UTF16 = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}


def parse(data: bytes) -> etree._Element:
    """The root element, without comments and processing instructions.

    Raises:
        InputError: ``xml-dtd``, ``encoding-unknown``, ``encoding-wrong``, ``xml-malformed``,
            ``input-truncated``, ``input-too-deep``; with the line.
    """
    _refuse_encoding(data)
    _refuse_dtd(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from error


def serialised(root: etree._Element) -> bytes:
    """A document in UTF-8, one element a line."""
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _refusal(error: etree.XMLSyntaxError) -> InputError:
    """What a person should read instead of the parser's words."""
    line = error.lineno or None
    said = (error.msg or "").partition(", line ")[0]
    if "encod" in said or "Invalid bytes" in said or "not proper UTF-8" in said:
        text = "the bytes are not in the encoding that the file states (UTF-8 where it states none)"
        return InputError("encoding-wrong", text, line=line, detail=said)
    if "Excessive depth" in said:
        text = f"elements lie more than {DEPTH} deep in each other"
        return InputError("input-too-deep", text, line=line)
    if "Resource limit" in said or "too long" in said:
        text = "a text or a name in the file is longer than the parser takes"
        return InputError("input-too-large", text, line=line, detail=said)
    if "Premature end" in said or "end of data" in said or "document is empty" in said.lower():
        text = "the file ends before its XML does; send it whole"
        return InputError("input-truncated", text, line=line, detail=said)
    return InputError("xml-malformed", f"the file is not well-formed XML: {said}", line=line)


def _refuse_encoding(data: bytes) -> None:
    declared = _DECLARED.match(_prolog(data[:400]).lstrip("\ufeff"))
    name = declared.group(1) if declared else "utf-8"
    if data[:4] in {b"<\0\0\0", b"\0\0\0<", b"\xff\xfe\0\0"} or not TAKEN.fullmatch(name):
        text = f"the encoding {name} is not taken; write the file in UTF-8"
        raise InputError("encoding-unknown", text, line=1)
    if SINGLE_BYTE.fullmatch(name) and not data.isascii() and _is_utf8(data):
        text = f"the file says {name}, but its bytes are UTF-8; make both agree"
        raise InputError("encoding-wrong", text, line=1)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _prolog(data: bytes) -> str:
    """Text in which at least all ASCII is right."""
    return data.decode(_UTF16.get(data[:2], "latin-1"), "replace").removeprefix("ï»¿")


def _refuse_dtd(data: bytes) -> None:
    """Look through comments and instructions before the first element for a document type."""
    text = _prolog(data)
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!DOCTYPE", at):
            line = text.count("\n", 0, at) + 1
            said = "the file has a DTD (<!DOCTYPE>); send it without"
            raise InputError("xml-dtd", said, line=line)
        end = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else None
        past = text.find(end, at) if end else -1
        at = text.find("<", past) if past >= 0 else -1
