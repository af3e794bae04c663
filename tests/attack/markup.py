"""XML as a weapon: what a parser could be made to fetch, to expand, to nest, or to look up again and again."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.as4.forge import Wire
from tests.attack.attack import Attack, Field, Request, resigned_info

from keruen.as4 import ErrorCode

INVALID, OTHER = ErrorCode.INVALID_HEADER, ErrorCode.OTHER
AUTHENTICATION = ErrorCode.FAILED_AUTHENTICATION
DTD = "a document type is not allowed"
PI = "a processing instruction"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EXC = 'Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"'
XINCLUDE = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'


def put(pattern: str, by: str) -> Callable[[Field], Wire]:
    return lambda f: f.wire.sub(pattern, by, 1)


def prolog(text: str) -> Callable[[Field], Wire]:
    return put("(?=<S12:Envelope)", text)


def block(text: str) -> Callable[[Field], Wire]:
    """A header block that nobody need understand."""
    return put("(?<=<S12:Header>)", text)


def in_utf_16(field: Field) -> Request:
    """In UTF-16, where nobody looks for the octets of a document type."""
    text = field.wire.envelope.replace(
        'encoding="UTF-8"?>', 'encoding="UTF-16"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'
    )
    return field.wire.content_type, field.wire.rest.replace(b"@@ENVELOPE@@", text.encode("utf-16"))


def utf_16_in_disguise(field: Field) -> Request:
    """The same, without saying so."""
    text = field.wire.envelope.partition("?>")[2]
    octets = ("<!DOCTYPE x [<!ENTITY a 'b'>]>" + text).encode("utf-16")
    return field.wire.content_type, field.wire.rest.replace(b"@@ENVELOPE@@", octets)


def in_utf_7(field: Field) -> Request:
    text = field.wire.envelope.replace('encoding="UTF-8"?>', 'encoding="UTF-7"?>+ADwAIQ-DOCTYPE x>')
    return field.wire.content_type, field.wire.rest.replace(b"@@ENVELOPE@@", text.encode())


def octets(old: bytes, new: bytes) -> Callable[[Field], Request]:
    """Octets of the envelope that are no text."""

    def make(field: Field) -> Request:
        envelope = field.wire.envelope.encode().replace(old, new, 1)
        assert envelope != field.wire.envelope.encode()
        return field.wire.content_type, field.wire.rest.replace(b"@@ENVELOPE@@", envelope)

    return make


def by_partner(pattern: str, by: str) -> Callable[[Field], Wire]:
    return lambda f: f.by_partner(pattern, by)


def prefix_flood(field: Field) -> Wire:
    """Prefixes that canonicalisation has to look up at each of thousands of elements: minutes of work."""
    declared = " ".join(f'xmlns:a{n}="urn:u{n}"' for n in range(450))
    listed = " ".join(f"a{n}" for n in range(450))
    parameters = f'<ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="{listed}"/>'
    wire = field.wire.sub("<ds:SignedInfo ", f"<ds:SignedInfo {declared} ", 1)
    return wire.sub(f"(?<=<ds:CanonicalizationMethod {EXC}>)", parameters, 1)


def namespace_flood(field: Field) -> Wire:
    declared = " ".join(f'xmlns:a{n}="urn:u{n}"' for n in range(3000))
    return field.wire.sub("<ds:SignedInfo ", f"<ds:SignedInfo {declared} ", 1)


def element_flood(field: Field) -> Wire:
    return resigned_info(field.wire, "(?=</ds:SignedInfo>)", "<x/>" * 20_000)


def two_roots(field: Field) -> Wire:
    return replace(field.wire, envelope=field.wire.envelope + "<x/>")


MARKUP = (
    Attack("X01", "a document type of the receiver's disk", INVALID, DTD, prolog('<!DOCTYPE x SYSTEM "file:///etc/passwd">')),
    Attack("X02", "a document type of another server", INVALID, DTD, prolog('<!DOCTYPE x PUBLIC "x" "http://xx/x.dtd">')),
    Attack("X03", "an external entity", INVALID, DTD, lambda f: f.wire.sub("(?=<S12:Envelope)", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/hostname">]>').sub("<eb:Action>[^<]*", "<eb:Action>&x;")),
    Attack("X04", "an external parameter entity", INVALID, DTD, prolog('<!DOCTYPE x [<!ENTITY % p SYSTEM "http://xx/p"> %p;]>')),
    Attack("X05", "entities that multiply (billion laughs)", INVALID, DTD, prolog(f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>')),
    Attack("X06", "attributes by default from a document type", INVALID, DTD, prolog('<!DOCTYPE x [<!ATTLIST x Id CDATA "eb-messaging">]>')),
    Attack("X07", "an entity that nothing declares", INVALID, "Entity 'x' not defined", put("<eb:Action>[^<]*", "<eb:Action>&x;")),
    Attack("X08", "a document type in UTF-16", INVALID, "not well-formed", in_utf_16),
    Attack("X09", "a document type in UTF-16 that is not declared", INVALID, "not well-formed", utf_16_in_disguise),
    Attack("X10", "a document type in UTF-7", INVALID, "is not UTF-8", in_utf_7),
    Attack("X11", "XInclude in place of a value", INVALID, "Action has child elements", put("<eb:Action>[^<]*", f"<eb:Action>{XINCLUDE}")),
    Attack("X12", "the same, signed by the partner", INVALID, "Action has child elements", by_partner("<eb:Action>[^<]*", f"<eb:Action>{XINCLUDE}")),
    Attack("X13", "XInclude in the signed Body", AUTHENTICATION, "digest of body differs", put("(?=</S12:Body>)", XINCLUDE)),
    Attack("X14", "a stylesheet", INVALID, PI, prolog("<?xml-stylesheet href='http://xx/x.xsl'?>")),
    Attack("X15", "a processing instruction that cuts a value", INVALID, PI, put("<eb:Action>Preliminary", "<eb:Action>Preliminary<?x?>")),
    Attack("X16", "a processing instruction behind the envelope", INVALID, PI, put(r"\Z", "<?x?>")),
    Attack("X17", "elements 60 deep", INVALID, "nest deeper", block("<x>" * 60 + "</x>" * 60)),
    Attack("X18", "elements 30 000 deep", INVALID, "depth", block("<x>" * 30_000 + "</x>" * 30_000)),
    Attack("X19", "an element with 1 000 attributes", INVALID, "more than 40 attributes", block("<x " + " ".join(f"a{n}=''" for n in range(1000)) + "/>")),
    Attack("X20", "an attribute of 1 MB", OTHER, "envelope exceeds", block(f"<x a='{'y' * 1_000_000}'/>")),
    Attack("X21", "an id of 100 kB, given twice: the reason quotes it", INVALID, "id 'yyyy", block(f"<x Id='{'y' * 100_000}'/><x Id='{'y' * 100_000}'/>")),
    Attack("X22", "a name of 60 kB", INVALID, "not well-formed", block(f"<{'y' * 60_000}/>")),
    Attack("X23", "3 000 namespaces", INVALID, "namespace declarations", namespace_flood),
    Attack("X24", "450 prefixes to be looked up at every element of SignedInfo", AUTHENTICATION, "inclusive prefixes", prefix_flood),
    Attack("X25", "20 000 elements in SignedInfo", INVALID, "more than 4096 elements", element_flood),
    Attack("X26", "an attribute twice", INVALID, "not well-formed", put("<S12:Body ", '<S12:Body wsu:Id="x" ')),
    Attack("X27", "the same attribute by two prefixes", INVALID, "not well-formed", put("<S12:Body ", '<S12:Body xmlns:w="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" w:Id="x" ')),
    Attack("X28", "a prefix that nothing declares", INVALID, "not well-formed", block("<y:x/>")),
    Attack("X29", "NUL in a value", INVALID, "not well-formed", octets(b"<eb:Action>", b"<eb:Action>\0")),
    Attack("X30", "NUL as a character reference", INVALID, "not well-formed", put("<eb:Action>", "<eb:Action>&#0;")),
    Attack("X31", "octets that are no UTF-8", INVALID, "not well-formed", octets(b"<eb:Action>", b"<eb:Action>\xff\xfe")),
    Attack("X32", "UTF-8 longer than it need be", INVALID, "not well-formed", octets(b"<eb:Action>", b"<eb:Action>\xc0\xbc")),
    Attack("X33", "half a surrogate pair", INVALID, "not well-formed", octets(b"<eb:Action>", b"<eb:Action>\xed\xa0\x80")),
    Attack("X34", "a second root element", INVALID, "not well-formed", two_roots),
    Attack("X35", "an envelope that does not end", INVALID, "not well-formed", put("</S12:Envelope>", "")),
    Attack("X36", "SOAP 1.1", INVALID, "is no SOAP 1.2 Envelope", lambda f: f.wire.sub("http://www.w3.org/2003/05/soap-envelope", "http://schemas.xmlsoap.org/soap/envelope/")),
    Attack("X37", "a header block that must be understood", INVALID, "is not understood", block('<x:x xmlns:x="urn:x" S12:mustUnderstand="true"/>')),
    Attack("X38", "an element behind the Body", INVALID, "one Header and one Body", put("(?=</S12:Envelope>)", "<x/>")),
    Attack("X39", "the Body in front of the Header", INVALID, "one Header and one Body", lambda f: f.wire.edit(lambda t: t.replace(t[t.index("<S12:Header>") : t.index("<S12:Body")], "").replace("</S12:Envelope>", t[t.index("<S12:Header>") : t.index("<S12:Body")] + "</S12:Envelope>"))),
)  # fmt: skip
