"""How octets are changed, and how XML is: every choice comes from the generator that is passed in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from random import Random

from lxml import etree

from keruen.as4 import namespaces

TOKENS = (
    b"\r\n",
    b"\n",
    b"\r\n\r\n",
    b"--",
    b"--\r\n",
    b":",
    b";",
    b"=",
    b'"',
    b"\\",
    b"<",
    b">",
    b"&",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"Content-Type: ",
    b"Content-ID: <",
    b"Content-Transfer-Encoding: base64\r\n",
    b"boundary=",
    b"<!DOCTYPE x>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<?x?>",
    b"&#0;",
    b"&#x110000;",
    b"xmlns:a='b'",
    b"A" * 300,
    b"\x1f\x8b\x08",
    b"\xed\xa0\x80",
    b"cid:",
    b"%",
    b"%00",
    b"=?utf-8?q?x?=",
)
URIS = tuple(v for n, v in vars(namespaces).items() if n.isupper() and isinstance(v, str))
VALUES = (
    *URIS,
    "",
    " ",
    "x",
    "#",
    "cid:",
    "#EK",
    "#ED-0",
    "#eb-messaging",
    "#soap-body",
    "#signing-token",
    "cid:declaration@kz",
    "http://xx/",
    "undefined",
    "utf-16",
    "idna",
    "16",
    "128",
    "-1",
    "9" * 400,
    "true",
    "1",
    "0",
    "AAAA",
    "A===",
    "!",
    "2026-11-23T12:00:00.0000000+06:00",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59Z",
    "2026-W01-1",
    "24:00",
    "urn:oid:1.2.840.10045.3.1.7",
    "urn:oid:1.3.132.0.35",
    "CN=a,CN=b\\",
    "2.5.4.3=#0403",
    "O=\\",
    "CN=\\zz",
    "a b c",
    "MCowBQYDK2VuAyEA" + "A" * 43 + "=",
    "\u0130",
    "\U0001f600",
    "&<>\"'",
    "\r",
    "y" * 2000,
    "%00",
    "%2e",
    "application/gzip",
    "application/xml",
    "text/plain",
    "application/zip",
    "\u2028",
)
NAMES = (
    "Id",
    f"{{{namespaces.WSU}}}Id",
    f"{{{namespaces.XML}}}id",
    "Algorithm",
    "URI",
    "Type",
    "MimeType",
    "href",
    "type",
    "name",
    "mpc",
    "ValueType",
    "EncodingType",
    "PrefixList",
    f"{{{namespaces.S12}}}mustUnderstand",
    "errorCode",
)


def mutate(octets: bytes, random: Random, others: Iterable[bytes] = ()) -> bytes:
    """The octets with some of them changed, put in, left out, doubled, or taken from another input."""
    data, seeds = bytearray(octets), list(others) or [octets]
    for _ in range(random.choice((1, 1, 1, 2, 3, 8))):
        random.choice(_OCTETS)(data, random, random.choice(seeds))
    return bytes(data)


def _at(data: bytearray, random: Random) -> int:
    return random.randrange(len(data) + 1)


def _flip(data: bytearray, random: Random, _: bytes) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _set(data: bytearray, random: Random, _: bytes) -> None:
    if data:
        data[random.randrange(len(data))] = random.choice(b"\0\t\n\r \"'&-/:;<=>\x7f\xff0Az")


def _token(data: bytearray, random: Random, _: bytes) -> None:
    at = _at(data, random)
    data[at:at] = random.choice(TOKENS)


def _cut(data: bytearray, random: Random, _: bytes) -> None:
    at = _at(data, random)
    del data[at : at + random.choice((1, 2, 10, 100, 10**9))]


def _double(data: bytearray, random: Random, _: bytes) -> None:
    at, length = _at(data, random), random.choice((1, 4, 40, 400, 4000))
    data[at:at] = data[at : at + length] * random.choice((1, 2, 20))


def _splice(data: bytearray, random: Random, other: bytes) -> None:
    at, start = _at(data, random), random.randrange(len(other) + 1)
    length = random.choice((4, 40, 400, 10**9))
    data[at : at + random.choice((0, length))] = other[start : start + length]


_OCTETS: tuple[Callable[[bytearray, Random, bytes], None], ...] = (
    _flip,
    _flip,
    _set,
    _set,
    _token,
    _token,
    _cut,
    _double,
    _splice,
)


def mutate_tree(root: etree._Element, random: Random) -> None:
    """Change elements, attributes and texts in place; the result is well-formed, if nothing else."""
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        elements = list(root.iter(etree.Element))
        random.choice(_TREE)(random.choice(elements), random, elements)


def _text(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    other = random.choice(all_).text or ""
    one.text = _legal(
        random.choice((random.choice(VALUES), other, (one.text or "")[:-1], (one.text or "") * 2))
    )


def _attribute(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    names = [*one.attrib, *random.choices(NAMES, k=1)]
    values = [value for other in random.choices(all_, k=4) for value in other.attrib.values()]
    one.set(random.choice(names), _legal(random.choice((*random.choices(VALUES, k=4), *values))))


def _less(one: etree._Element, random: Random, _: list[etree._Element]) -> None:
    if one.attrib:
        del one.attrib[random.choice(list(one.attrib))]


def _remove(one: etree._Element, _: Random, __: list[etree._Element]) -> None:
    parent = one.getparent()
    if parent is not None:
        parent.remove(one)


def _copy(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    """A copy somewhere: beside it as often as anywhere else."""
    parent = one.getparent()
    place = random.choice([random.choice(all_), *([parent] if parent is not None else [])])
    if sum(1 for _ in one.iter()) < 200:
        copy = deepcopy(one)
        copy.tail = None
        place.insert(random.randrange(len(place) + 1), copy)


def _move(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    place = random.choice(all_)
    if one.getparent() is not None and one not in place.iterancestors() and one is not place:
        place.insert(random.randrange(len(place) + 1), one)


def _rename(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    one.tag = random.choice(all_).tag


def _wrap(one: etree._Element, random: Random, all_: list[etree._Element]) -> None:
    parent = one.getparent()
    if parent is not None:
        holder = etree.Element(random.choice(["{urn:x}Holder", random.choice(all_).tag]))
        parent.replace(one, holder)
        holder.append(one)


def _hollow(one: etree._Element, random: Random, _: list[etree._Element]) -> None:
    one.insert(0, random.choice((etree.Comment("x"), etree.PI("x", "y"), etree.Element("x"))))


_TREE: tuple[Callable[[etree._Element, Random, list[etree._Element]], None], ...] = (
    _text,
    _text,
    _text,
    _attribute,
    _attribute,
    _attribute,
    _less,
    _remove,
    _copy,
    _copy,
    _move,
    _rename,
    _wrap,
    _hollow,
)


def _legal(text: str) -> str:
    """What XML can carry."""
    return "".join(c for c in text if c >= " " or c in "\t\n\r")
