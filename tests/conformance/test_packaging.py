"""Payloads: where they travel, what is said of them, and what is delivered (CP04 to CP08, CP20 to CP45)."""

from __future__ import annotations

import gzip
import re

import pytest
from tests.as4 import forge
from tests.as4 import world as as4
from tests.conformance.world import Exchange, each_profile, json_payload, sealed, seen
from tests.exchange.papers import information
from tests.exchange.world import CORRIDOR

from keruen.as4 import ErrorCode, ErrorSignal, Payload, Property, Receipt, SealedMessage
from keruen.exchange import Reply
from keruen.messages import ArrivalInformation, encode
from keruen.store import Direction

PART = "//eb:PayloadInfo/eb:PartInfo"
XML = b'<?xml version="1.0" encoding="UTF-8"?>\n<a  b = "1">\xd1\x87\xd0\xb0\xd0\xb9</a >\n'
PDF = b"%PDF-1.7\r\n\x00\xff\n" + bytes(range(256)) * 9


def property_path(name: str) -> str:
    return f"{PART}/eb:PartProperties/eb:Property[@name='{name}']"


def payload(
    octets: bytes, mime_type: str, content_id: str = "content", compress: bool = True
) -> Payload:
    return Payload(content_id, mime_type, lambda: iter((octets,)), compress)


def codes(exchange: Exchange, reply: Reply) -> list[str]:
    error = exchange.signal(reply)
    assert isinstance(error, ErrorSignal)
    return [one.code for one in error.errors]


def several(exchange: Exchange) -> SealedMessage:
    """A leading XML document, then others, as any AS4 software might send them with an arrival."""
    return sealed(
        exchange.kz,
        payload(XML, "application/xml", "leading"),
        payload(PDF, "application/pdf", "second"),
        payload(XML, "text/xml", "third"),
        action=ArrivalInformation.__name__,
    )


async def delivered(exchange: Exchange, sent: SealedMessage) -> list[bytes]:
    """What TJ has of a message after it has receipted it: the document, then the attachments."""
    await exchange.send_and_see(sent)
    (message_id, document) = (sent.message.message_id, exchange.waiting()[-1])
    files = exchange.tj.store.read(
        lambda reader: [
            b"".join(reader.payload(one.payload_id))
            for one in reader.attachments(CORRIDOR, message_id, Direction.IN)
        ]
    )
    return [document, *files]


@pytest.mark.assertion("CP04")
@each_profile
@pytest.mark.parametrize("mime_type", ["application/xml", "application/json", "application/pdf"])
async def test_cp04_a_payload_that_is_not_compressed_is_taken(
    exchange: Exchange, mime_type: str
) -> None:
    octets = {"application/xml": XML, "application/pdf": PDF}.get(
        mime_type, encode(information(exchange.kz))
    )
    sent = sealed(exchange.kz, payload(octets, mime_type, compress=False))
    assert isinstance(exchange.signal(await exchange.send(sent)), Receipt)
    assert exchange.waiting() == [octets]


@pytest.mark.assertion("CP05")
async def test_cp05_the_payload_travels_in_a_part_and_the_body_is_empty(exchange: Exchange) -> None:
    sent = await exchange.push()
    request = seen(sent.content_type, sent.body)
    ((header, _),) = request.parts
    assert request.text(f"{PART}/@href") == "cid:" + header["content-id"].strip("<>")
    (body,) = request.root.findall("{*}Body")
    assert (len(body), body.text) == (0, None)


@pytest.mark.assertion("CP06")
async def test_cp06_the_leading_document_is_named_first(exchange: Exchange) -> None:
    request = await exchange.send_and_see(several(exchange))
    assert request.texts(f"{PART}/@href")[0] == "cid:leading"
    (body,) = request.root.findall("{*}Body")
    assert (len(body), body.text, len(request.parts)) == (0, None, 3)


@pytest.mark.assertion("CP07")
@each_profile
async def test_cp07_all_payloads_of_a_message_are_delivered(exchange: Exchange) -> None:
    assert await delivered(exchange, several(exchange)) == [XML, PDF, XML]


@pytest.mark.assertion("CP08")
async def test_cp08_a_payload_by_hyperlink_is_refused(exchange: Exchange) -> None:
    sent = sealed(exchange.kz)
    message = forge.wire(sent).resigned(
        sent, lambda text: text.replace("cid:content", "https://customs.example/a.json")
    )
    assert await exchange.refused_for(message) == [ErrorCode.EXTERNAL_PAYLOAD_ERROR.code]


TYPED = (Property("typed", "1", "urn:t"), Property("untyped", "2"))


@pytest.mark.assertion("CP20")
async def test_cp20_message_properties_may_have_a_type(exchange: Exchange) -> None:
    sent = sealed(exchange.kz, properties=TYPED)
    assert isinstance(exchange.signal(await exchange.send(sent)), Receipt)
    received, _ = as4.receive(as4.sealed(message=as4.user_message(properties=TYPED)))
    assert received.message.properties == TYPED


@pytest.mark.assertion("CP23")
async def test_cp23_the_program_compresses_with_gzip(exchange: Exchange) -> None:
    sent = await exchange.push()
    (packed,) = exchange.decrypted(sent.content_type, sent.body)
    (message,) = exchange.kz.messages()
    assert gzip.decompress(packed) == message.body


@pytest.mark.assertion("CP24")
async def test_cp24_compression_type_is_gzip(exchange: Exchange) -> None:
    sent = await exchange.push()
    request = seen(sent.content_type, sent.body)
    assert request.text(property_path("CompressionType")) == "application/gzip"
    assert request.text("//xenc:EncryptedData/@MimeType") == "application/gzip"


@pytest.mark.assertion("CP25")
@pytest.mark.parametrize("mime_type", ["application/xml", "application/pdf"])
async def test_cp25_mime_type_is_that_of_the_payload(exchange: Exchange, mime_type: str) -> None:
    sent = sealed(exchange.kz, payload(XML, mime_type))
    assert seen(sent.content_type, as4.body_of(sent)).text(property_path("MimeType")) == mime_type


@pytest.mark.assertion("CP26")
async def test_cp26_a_compressed_part_needs_a_mime_type(exchange: Exchange) -> None:
    sent = sealed(exchange.kz)
    pattern = '<eb:Property name="MimeType">[^<]*</eb:Property>'
    message = forge.wire(sent).resigned(sent, lambda text: re.sub(pattern, "", text))
    assert await exchange.refused_for(message) == [ErrorCode.VALUE_INCONSISTENT.code]


async def charset_sent(exchange: Exchange, name: str) -> str:
    octets = "<?xml version='1.0'?><a>чай</a>".encode(name)
    said = (Property("CharacterSet", name),)
    sent = sealed(exchange.kz, Payload("c", "application/xml", lambda: iter((octets,)), True, said))
    assert isinstance(exchange.signal(await exchange.send(sent)), Receipt)
    assert exchange.waiting() == [octets]
    return seen(sent.content_type, as4.body_of(sent)).text(property_path("CharacterSet"))


@pytest.mark.assertion("CP27")
async def test_cp27_character_set_utf_16_is_said(exchange: Exchange) -> None:
    assert await charset_sent(exchange, "UTF-16") == "UTF-16"


@pytest.mark.assertion("CP28")
async def test_cp28_character_set_utf_8_is_said(exchange: Exchange) -> None:
    assert await charset_sent(exchange, "UTF-8") == "UTF-8"


@pytest.mark.assertion("CP29")
async def test_cp29_a_character_set_that_is_none_is_refused(exchange: Exchange) -> None:
    sent = sealed(
        exchange.kz, json_payload(exchange.kz, properties=(Property("CharacterSet", "!utf*"),))
    )
    assert await exchange.refused_for(forge.wire(sent)) == [ErrorCode.VALUE_INCONSISTENT.code]


def damaged(exchange: Exchange) -> SealedMessage:
    """A payload that says to be gzip and was damaged before it was signed."""
    octets = gzip.compress(PDF)[:-9]
    said = (Property("CompressionType", "application/gzip"),)
    return sealed(
        exchange.kz, Payload("c", "application/pdf", lambda: iter((octets,)), False, said)
    )


@pytest.mark.assertion("CP30")
async def test_cp30_damaged_gzip_is_a_decompression_failure(exchange: Exchange) -> None:
    reply = await exchange.send(damaged(exchange))
    (error,) = seen(reply.content_type, reply.body).root.iter("{*}Error")
    said = {
        name: error.get(name) for name in ("errorCode", "shortDescription", "severity", "category")
    }
    assert said == {
        "errorCode": "EBMS:0303",
        "shortDescription": "DecompressionFailure",
        "severity": "failure",
        "category": "Communication",
    }
    assert exchange.waiting() == []


@pytest.mark.assertion("CP31")
async def test_cp31_damaged_gzip_is_reported_to_the_receiving_side(exchange: Exchange) -> None:
    sent = damaged(exchange)
    reply = await exchange.send(sent)
    assert codes(exchange, reply) == ["EBMS:0303"]
    (refusal,) = exchange.tj.refusals()
    assert (refusal.code, refusal.source) == ("EBMS:0303", "KZ")
    assert refusal.message_id == sent.message.message_id


@pytest.mark.assertion("CP32")
@each_profile
async def test_cp32_a_compressed_payload_is_delivered_unpacked(exchange: Exchange) -> None:
    await exchange.push()
    (message,) = exchange.kz.messages()
    assert exchange.waiting() == [message.body]


@pytest.mark.assertion("CP33")
async def test_cp33_several_compressed_payloads_are_delivered_unpacked(exchange: Exchange) -> None:
    sent = several(exchange)
    octets = await delivered(exchange, sent)
    packed = exchange.decrypted(sent.content_type, as4.body_of(sent))
    assert [gzip.decompress(one) for one in packed] == octets == [XML, PDF, XML]


@pytest.mark.assertion("CP44")
async def test_cp44_part_properties_may_have_a_type(exchange: Exchange) -> None:
    sent = sealed(exchange.kz, json_payload(exchange.kz, properties=TYPED))
    assert isinstance(exchange.signal(await exchange.send(sent)), Receipt)
    source = Payload("a", "application/pdf", lambda: iter((PDF,)), properties=TYPED)
    received, _ = as4.receive(as4.sealed(source))
    assert received.parts[0].properties[-2:] == TYPED


@pytest.mark.assertion("CP45")
async def test_cp45_part_info_is_in_the_order_of_submission(exchange: Exchange) -> None:
    names = ["z", "a", "m"]
    parts = [payload(name.encode(), "application/pdf", name) for name in names]
    sent = sealed(exchange.kz, *parts, action=ArrivalInformation.__name__)
    request = seen(sent.content_type, as4.body_of(sent))
    assert request.texts(f"{PART}/@href") == [f"cid:{name}" for name in names]
    assert await delivered(exchange, sent) == [name.encode() for name in names]
