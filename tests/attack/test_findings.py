"""What attacks and fuzzing found, each as the smallest case that once went wrong."""

from __future__ import annotations

import re

import pytest
from tests.as4 import forge
from tests.as4.world import KZ_TO_TJ, NOW, TJ, Receiver, body_of, sealed, user_message
from tests.attack.attack import Field, resigned_info
from tests.attack.markup import MARKUP
from tests.exchange.world import Pair

from keruen.as4 import EbmsError, ErrorCode, ErrorSignal, build_error, open_signal
from keruen.as4.xml import MAX_PREFIXES, XmlError, canonical, parse


def test_prefixes_to_look_up_are_few_wherever_they_are_listed() -> None:
    """450 prefixes at each of some thousand elements took minutes, before anybody had proved who he is."""
    root = parse(b"<x/>")
    assert canonical(root, ["p"] * MAX_PREFIXES) == b"<x></x>"
    with pytest.raises(XmlError, match="prefixes"):
        canonical(root, ["p"] * (MAX_PREFIXES + 1))


@pytest.mark.parametrize("name", ["utf-8", "UTF-16", "windows-1251", "ISO-8859-5", "koi8-r"])
def test_a_character_set_that_people_use_is_taken(name: str) -> None:
    assert taken_with_charset(name)


@pytest.mark.parametrize("name", ["undefined", "zip", "hex", "rot13", "mbcs", "x" * 61])
def test_one_that_cannot_encode_is_not_and_nothing_else_happens(name: str) -> None:
    """Python's codec ``undefined`` raises UnicodeError, where others raise LookupError."""
    with pytest.raises(EbmsError) as refused:
        taken_with_charset(name)
    assert refused.value.entry in {ErrorCode.VALUE_INCONSISTENT, ErrorCode.INVALID_HEADER}


def taken_with_charset(name: str) -> bool:
    said = f'<eb:Property name="CharacterSet">{name}</eb:Property></eb:PartProperties>'
    sent = sealed()
    message = forge.wire(sent).resigned(
        sent, lambda text: re.sub("</eb:PartProperties>", lambda _: said, text)
    )
    Receiver().receive_message(message.content_type, message.body)
    return True


@pytest.mark.parametrize(
    ("message_id", "taken"),
    [("x" * 1024, True), ("x" * 1025, False), ("ҷ" * 512, True), ("ҷ" * 513, False)],
)
def test_an_id_is_measured_in_octets_as_an_index_measures_it(message_id: str, taken: bool) -> None:
    sent = sealed(message=user_message(message_id=message_id))
    receiver = Receiver()
    if taken:
        receiver.receive_message(sent.content_type, body_of(sent))
    else:
        with pytest.raises(EbmsError, match="EBMS:0009"):
            receiver.receive_message(sent.content_type, body_of(sent))


async def test_the_longest_id_can_be_stored_on_postgresql(postgres_pair: Pair) -> None:
    """Beyond 2 704 octets no index takes it: the message would have come again and again, in vain."""
    field = Field(postgres_pair)
    field.message_id = "".join(chr(0x4E00 + n * 7) for n in range(341))
    reply = await field.tj.take(field.wire.content_type, field.wire.body)
    assert b"Receipt" in reply.body


TRANSFORM = '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform>'
NESTED = '<ds:Reference URI="#x"><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>'


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        ("</ds:DigestMethod>", f"{NESTED}</ds:DigestMethod>"),
        ("</ds:Transform></ds:Transforms>", f"{NESTED}</ds:Transform></ds:Transforms>"),
        ("<ds:Transforms>.*?</ds:Transforms>", f"<ds:Transforms></ds:Transforms>{TRANSFORM}"),
        ("</ds:Transforms>", "<x/></ds:Transforms>"),
    ],
    ids=["within-method", "within-transform", "transform-outside", "beside-transform"],
)
def test_a_reference_holds_what_it_must_and_nothing_else(pattern: str, by: str) -> None:
    """One within another was signed, not checked, and came back in the receipt as if it had been."""
    sent = sealed()
    message = resigned_info(forge.wire(sent), pattern, by, count=1)
    with pytest.raises(EbmsError, match="EBMS:0103") as refused:
        Receiver().receive_message(message.content_type, message.body)
    assert "is not as agreed" in (refused.value.detail or "")


async def test_a_reason_that_quotes_the_message_is_cut(pair: Pair) -> None:
    """A stranger could have filled the log with one long id, past the cap on what is kept of him."""
    (attack,) = (one for one in MARKUP if "the reason quotes it" in one.what)
    await pair.tj.take(*attack.request(Field(pair)))
    assert len(pair.tj.refusals()[0].detail or "") == 2000


def test_what_an_error_says_of_itself_is_cut() -> None:
    body = error(ErrorCode.OTHER, signed=False).replace(b'"Other"', b'"' + b"y" * 5000 + b'"')
    signal = open_signal("application/soap+xml", body, pmode=KZ_TO_TJ, now=NOW)
    assert isinstance(signal, ErrorSignal)
    assert len(signal.errors[0].short_description) == 100


def error(code: ErrorCode, *, signed: bool) -> bytes:
    return build_error(
        EbmsError(code, detail=""),
        pmode=KZ_TO_TJ if signed else None,
        signer=TJ.signer if signed else None,
        signal_id="e@tj",
        timestamp=NOW,
    )


async def test_a_spoilt_copy_cannot_end_the_message(pair: Pair) -> None:
    """The signature of a copy is good, so the error about its ciphertext is signed: it must not be final."""
    from tests.attack.answers import Answering
    from tests.attack.encryption import flip
    from tests.attack.test_answers import attempt, queued
    from tests.exchange.world import Sent

    from keruen.exchange import Reply
    from keruen.store import OutboxState

    spoilt = flip(-1)(Field(pair))
    signal = await pair.tj.take(spoilt.content_type, spoilt.body)
    assert b"<ds:Signature" in signal.body
    message_id = await queued(pair)

    def spoil(sent: Sent) -> Reply:
        about = Answering(pair, sent)
        octets = about.error(ErrorCode.FAILED_DECRYPTION, about.message_id, signed=True)
        return Reply(200, signal.content_type, octets)

    pair.wire.answer = spoil
    await attempt(pair, message_id)
    pair.wire.answer = None
    assert pair.kz.outbox(message_id).state is OutboxState.WAITING
    await attempt(pair, message_id)
    assert pair.kz.outbox(message_id).state is OutboxState.DELIVERED
