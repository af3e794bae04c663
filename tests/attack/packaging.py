"""MIME and gzip as weapons: parts missing, added, repeated, mixed up; floods and bombs."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.as4 import forge
from tests.as4.forge import Wire
from tests.attack.attack import Attack, Field, Request

from keruen.as4 import ErrorCode, Property
from keruen.wire import compress

MIME, OTHER, DECOMPRESSION = (
    ErrorCode.MIME_INCONSISTENCY,
    ErrorCode.OTHER,
    ErrorCode.DECOMPRESSION_FAILURE,
)
INCONSISTENT = ErrorCode.VALUE_INCONSISTENT
HEADER = b"Content-ID: <declaration@kz>\r\n"


def boundary_of(wire: Wire) -> bytes:
    return wire.content_type.split('"')[1].encode()


def extra(content_id: str, count: int = 1) -> Callable[[Field], Wire]:
    """More parts behind the last."""

    def make(field: Field) -> Wire:
        delimiter = b"--" + boundary_of(field.wire)
        part = delimiter + f"\r\nContent-ID: <{content_id}>\r\n\r\n".encode() + b"x" * 60 + b"\r\n"
        return field.wire.edit_rest(
            lambda rest: rest.replace(delimiter + b"--", part * count + delimiter + b"--")
        )

    return make


def without_first(field: Field) -> Wire:
    """One of two parts left out."""
    wire = forge.wire(field.pair_of_parts)
    pieces = wire.rest.split(b"--" + boundary_of(wire))
    return replace(wire, rest=(b"--" + boundary_of(wire)).join([*pieces[:2], *pieces[3:]]))


def without_all(field: Field) -> Wire:
    wire = field.wire
    pieces = wire.rest.split(b"--" + boundary_of(wire))
    return replace(wire, rest=(b"--" + boundary_of(wire)).join([*pieces[:2], *pieces[3:]]))


def exchanged(field: Field) -> Wire:
    """Two parts under each other's id."""
    wire = forge.wire(field.pair_of_parts)
    for old, new in ((b"<a@kz>", b"<c@kz>"), (b"<b@kz>", b"<a@kz>"), (b"<c@kz>", b"<b@kz>")):
        wire = wire.edit_rest(lambda rest, old=old, new=new: rest.replace(old, new))  # type: ignore[misc]
    return wire


def rest(old: bytes, new: bytes, count: int = 1) -> Callable[[Field], Wire]:
    return lambda f: f.wire.edit_rest(lambda octets: octets.replace(old, new, count))


def content_type(change: Callable[[str], str]) -> Callable[[Field], Request]:
    return lambda f: (change(f.wire.content_type), f.wire.body)


def packed_as_is(octets: Callable[[], bytes]) -> Callable[[Field], Wire]:
    """A payload that only says to be gzip, by the partner."""

    def make(field: Field) -> Wire:
        said = (Property("CompressionType", "application/gzip"),)
        part = field.payload(octets(), compress=False, properties=said)
        return forge.wire(field.seal(part))

    return make


def packed(octets: bytes = b"[1]") -> bytes:
    return b"".join(compress([octets]))


def bomb() -> bytes:
    return b"".join(compress(bytes(1 << 20) for _ in range(256)))


def slow_bomb() -> bytes:
    """Packed less than the ratio allows, and still too much."""
    return b"".join(
        compress(bytes(range(256)) * 64 + n.to_bytes(8, "big") * 12 for n in range(330))
    )


def many_payloads(field: Field) -> Wire:
    """Thirty are listed, one is there."""
    wire = forge.wire(field.seal(*(field.payload(b"[]", f"p{n}@kz") for n in range(30))))
    pieces = wire.rest.split(b"--" + boundary_of(wire))
    return replace(wire, rest=(b"--" + boundary_of(wire)).join([*pieces[:3], pieces[-1]]))


def listed_twice(field: Field) -> Wire:
    info = re.search("<eb:PartInfo .*</eb:PartInfo>", field.wire.envelope)
    assert info
    return field.by_partner("(?=<eb:PartInfo )", info[0])


def matryoshka(field: Field) -> Request:
    """Multipart in multipart in multipart …, the message at the core."""
    kind, body = field.wire.content_type, field.wire.body
    for n in range(200):
        body = b"--m%d\r\nContent-Type: %s\r\n\r\n%s\r\n--m%d--\r\n" % (n, kind.encode(), body, n)
        kind = f'multipart/related; boundary="m{n}"; type="application/soap+xml"'
    return kind, body


def endless(field: Field) -> Request:
    """A preamble that never ends."""
    return field.wire.content_type, b"\r\n" * (500_000) + field.wire.body


def attached(field: Field) -> Wire:
    return forge.wire(field.seal(field.payload(field.content), field.payload(b"[2]", "b@kz")))


PACKAGING = (
    Attack("M01", "an extra part, more than are taken", OTHER, "number of parts exceeds", extra("more@kz", 8)),
    Attack("M02", "an extra part that nothing lists or signs", MIME, "part 'more@kz' is unknown", extra("more@kz")),
    Attack("M03", "the part once more", MIME, "'declaration@kz' is unknown or repeated", extra("declaration@kz")),
    Attack("M04", "one part of two is missing", MIME, "parts are missing: ['a@kz']", without_first),
    Attack("M05", "the only part is missing", MIME, "parts are missing: ['declaration@kz']", without_all),
    Attack("M06", "a part without Content-ID", MIME, "part None is unknown", rest(HEADER, b"")),
    Attack("M07", "two parts under each other's id", ErrorCode.FAILED_AUTHENTICATION, "digest of", exchanged),
    Attack("M08", "a part with two Content-ID", MIME, "Content- header field is repeated", rest(HEADER, HEADER + b"Content-ID: <more@kz>\r\n")),
    Attack("M09", "the connection ends in the middle of a part", MIME, "ends before its closing boundary", lambda f: (f.wire.content_type, f.wire.body[:-100])),
    Attack("M10", "the closing boundary is missing", MIME, "ends before its closing boundary", lambda f: f.wire.edit_rest(lambda octets: octets[:-6])),
    Attack("M11", "a message cut inside of its envelope", MIME, "ends before its closing boundary", lambda f: (f.wire.content_type, f.wire.body[:2000])),
    Attack("M12", "a payload by hyperlink, from the partner", ErrorCode.EXTERNAL_PAYLOAD_ERROR, "payload at 'http://xx/payload'", lambda f: f.by_partner('href="cid:[^"]*"', 'href="http://xx/payload"')),
    Attack("M13", "a payload from the receiver's disk, from the partner", ErrorCode.EXTERNAL_PAYLOAD_ERROR, "file:///etc/passwd", lambda f: f.by_partner('href="cid:[^"]*"', 'href="file:///etc/passwd"')),
    Attack("M14", "a payload in the SOAP Body, from the partner", ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "a payload in the SOAP body", lambda f: f.wire.resigned(f.original, edit_body=lambda text: text.replace("></", "><x></x></"))),
    Attack("M15", "PartInfo without href", ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "a payload in the SOAP body", lambda f: f.by_partner(' href="cid:[^"]*"', "")),
    Attack("M16", "a part listed twice", INCONSISTENT, "listed twice", listed_twice),
    Attack("M17", "more payloads than are taken", OTHER, "30 payloads", many_payloads),
    Attack("M18", "a gzip bomb: 256 MiB of zeros", DECOMPRESSION, "compression ratio exceeds", packed_as_is(bomb)),
    Attack("M19", "a payload that grows beyond its limit with a modest ratio", DECOMPRESSION, "unpacked size exceeds", packed_as_is(slow_bomb)),
    Attack("M20", "gzip that is none", DECOMPRESSION, "not gzip", packed_as_is(lambda: b"not gzip")),
    Attack("M21", "gzip cut short", DECOMPRESSION, "cut short", packed_as_is(lambda: packed()[:-1])),
    Attack("M22", "octets behind gzip", DECOMPRESSION, "octets after the end", packed_as_is(lambda: packed() + b"more")),
    Attack("M23", "a second gzip member", DECOMPRESSION, "octets after the end", packed_as_is(lambda: packed() * 2)),
    Attack("M24", "gzip with a wrong checksum", DECOMPRESSION, "not gzip", packed_as_is(lambda: packed()[:-8] + bytes(8))),
    Attack("M25", "compression that was not agreed", INCONSISTENT, "CompressionType", lambda f: f.by_partner(">application/gzip<", ">application/zip<")),
    Attack("M26", "compressed, without MimeType", INCONSISTENT, "compressed without MimeType", lambda f: f.by_partner('<eb:Property name="MimeType">.*?</eb:Property>', "")),
    Attack("M27", "a character set that is none", INCONSISTENT, "CharacterSet '!utf*'", lambda f: f.by_partner("</eb:PartProperties>", '<eb:Property name="CharacterSet">!utf*</eb:Property></eb:PartProperties>')),
    Attack("M28", "a character set that Python knows and nobody can use", INCONSISTENT, "CharacterSet 'undefined'", lambda f: f.by_partner("</eb:PartProperties>", '<eb:Property name="CharacterSet">undefined</eb:Property></eb:PartProperties>')),
    Attack("M29", "a MIME bomb: 200 multiparts in each other", MIME, "the root part is 'multipart/related", matryoshka),
    Attack("M30", "a MIME bomb: 100 000 parts", OTHER, "number of parts exceeds", extra("more@kz", 100_000)),
    Attack("M31", "a flood of MIME headers", OTHER, "header size of a part exceeds", rest(b"\r\n", b"\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)))),
    Attack("M32", "a MIME header of 1 MB", OTHER, "header size of a part exceeds", rest(b"\r\n", b"\r\nX: " + b"y" * 1_000_000 + b"\r\n")),
    Attack("M33", "a MIME header that is none", MIME, "header line without a field name", rest(b"\r\n", b"\r\nno header at all\r\n")),
    Attack("M34", "a preamble that never ends", OTHER, "no SOAP part within the first", endless),
    Attack("M35", "a transfer encoding that nobody agreed to", MIME, "'quoted-printable' is not supported", rest(b"Encoding: binary", b"Encoding: quoted-printable")),
    Attack("M36", "base64 that is none", MIME, "base64", rest(b"Encoding: binary", b"Encoding: base64")),
    Attack("M37", "a root part of another type", MIME, "the root part is 'text/xml'", rest(b"Content-Type: application/soap+xml; charset=UTF-8", b"Content-Type: text/xml")),
    Attack("M38", "a root part in XOP", MIME, "the root part is 'application/xop+xml'", rest(b"Content-Type: application/soap+xml; charset=UTF-8", b"Content-Type: application/xop+xml")),
    Attack("M39", "no Content-Type", MIME, "no media type", content_type(lambda _: "")),
    Attack("M40", "no boundary", MIME, "without a usable boundary", content_type(lambda _: "multipart/related")),
    Attack("M41", "a boundary of 5 000 characters", MIME, "without a usable boundary", content_type(lambda _: "multipart/related; boundary=" + "b" * 5000)),
    Attack("M42", "two boundaries", MIME, "boundary is given twice", content_type(lambda text: text + "; boundary=other")),
    Attack("M43", "a parameter that takes long to read, for who reads it carelessly", MIME, "parameters cannot be read", content_type(lambda _: 'multipart/related; boundary="' + '\\"' * 20_000)),
    Attack("M44", "an envelope of 1 MB", OTHER, "envelope exceeds", lambda f: f.wire.sub("</S12:Header>", " " * 1_000_000 + "</S12:Header>")),
    Attack("M45", "an attachment to a kind of message that has none by the agreement", INCONSISTENT, "at most 0 are agreed", attached),
)  # fmt: skip
