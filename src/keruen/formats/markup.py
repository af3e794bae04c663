"""Bytes that a stranger sent, made an XML tree: bounded, without DTD, entities or network.

Encodings taken are UTF-8, UTF-16 and the single-byte ones that state themselves in the XML declaration, all of
them supersets of ASCII, so that the prolog can be looked through before the parser sees it.
"""

from __future__ import annotations

import re

from lxml import etree

from keruen.errors import InputError
from keruen.formats.wording import WORDING, XML_OTHERWISE, XML_SPELLED

DEPTH = 256
"""Elements within each other that the parser takes; real declarations have eleven."""
SINGLE_BYTE = re.compile(r"windows-12\d\d|cp12\d\d|iso-8859-\d+|koi8-[ru]", re.IGNORECASE)
TAKEN = re.compile(rf"utf-?8|utf-?16(le|be)?|us-ascii|ascii|{SINGLE_BYTE.pattern}", re.IGNORECASE)
_SPELLED = {getattr(etree.ErrorTypes, name): phrase for name, phrase in XML_SPELLED.items()}
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
    """What a person should read instead of the parser's words; those are in the detail."""
    line, column = error.lineno or 1, error.offset or 1
    said = (error.msg or "").partition(", line ")[0]
    key, values = _kept(said, line)
    if key is None:
        spelled = _SPELLED.get(error.code, XML_OTHERWISE)
        key, values = "xml-malformed", (line, column, spelled)
    return WORDING.error(InputError, key, *values, line=line, detail=said)


def _kept(said: str, line: int) -> tuple[str | None, tuple[int | str, ...]]:
    """The key and values where a code of its own says it better than that it is not well-formed."""
    if "encod" in said or "Invalid bytes" in said or "not proper UTF-8" in said:
        return "encoding-wrong", (line,)
    if "Excessive depth" in said:
        return "input-too-deep", (line, DEPTH)
    if "Resource limit" in said or "too long" in said:
        return "input-too-large/text", (line,)
    if "Premature end" in said or "end of data" in said or "document is empty" in said.lower():
        return "input-truncated", (line,)
    return None, ()


def _refuse_encoding(data: bytes) -> None:
    declared = _DECLARED.match(_prolog(data[:400]).lstrip("\ufeff"))
    name = declared.group(1) if declared else "utf-8"
    if data[:4] in {b"<\0\0\0", b"\0\0\0<", b"\xff\xfe\0\0"} or not TAKEN.fullmatch(name):
        raise WORDING.error(InputError, "encoding-unknown", name, line=1)
    if SINGLE_BYTE.fullmatch(name) and not data.isascii() and _is_utf8(data):
        raise WORDING.error(InputError, "encoding-wrong/utf-8", name, line=1)


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
            raise WORDING.error(InputError, "xml-dtd", line, line=line)
        end = "-->" if text.startswith("<!--", at) else "?>" if text.startswith("<?", at) else None
        past = text.find(end, at) if end else -1
        at = text.find("<", past) if past >= 0 else -1
