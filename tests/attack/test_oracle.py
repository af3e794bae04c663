"""Who tries out ciphertexts learns nothing from the answers: they are the same, octet for octet."""

from __future__ import annotations

import re

import pytest
from tests.attack.attack import Attack, Field
from tests.attack.encryption import ENCRYPTIONS
from tests.attack.table import REQUESTS
from tests.exchange.world import Pair

from keruen.as4 import ErrorCode
from keruen.exchange import Reply

SECRET = [one for one in ENCRYPTIONS if one.code is ErrorCode.FAILED_DECRYPTION]
"""Unwrapping, tag, length: what fails with a key or a ciphertext of the attacker's choice."""
# In an answer: the ids, and the digest and signature over them.
OWN = re.compile(
    rb"(?<=<eb:MessageId>)[^<]*|(?<=<eb:RefToMessageId>)[^<]*|(?<=refToMessageInError=\")[^\"]*"
    rb"|(?<=<ds:DigestValue>)[^<]*|(?<=<ds:SignatureValue>)[^<]*"
)


def without_ids(reply: Reply) -> tuple[int, str, bytes]:
    return reply.status, reply.content_type, OWN.sub(b"", reply.body)


async def answer(attack: Attack, pair: Pair) -> Reply:
    return await pair.tj.take(*attack.request(Field(pair)))


@pytest.mark.parametrize("attack", SECRET[1:], ids=lambda attack: attack.id)
async def test_unwrapping_tag_and_padding_fail_alike(attack: Attack, pair: Pair) -> None:
    first, this = await answer(SECRET[0], pair), await answer(attack, pair)
    assert without_ids(this) == without_ids(first)
    assert b"FailedDecryption" in this.body


async def test_all_answers_of_one_code_are_alike_but_for_who_is_proved(pair: Pair) -> None:
    """Not only of decryption: an answer depends on the code, and on whether the sender proved who he is."""
    answers: dict[ErrorCode, set[bytes]] = {}
    for attack in REQUESTS[::3]:
        if not attack.known:
            body = OWN.sub(b"", (await answer(attack, pair)).body)
            plain = re.sub(b"<wsse:Security .*</wsse:Security>", b"", body)
            plain = re.sub(
                b'<eb:RefToMessageId></eb:RefToMessageId>| refToMessageInError=""', b"", plain
            )
            answers.setdefault(attack.code, set()).add(plain)
    assert {code.code: len(bodies) for code, bodies in answers.items() if len(bodies) != 1} == {}
    assert len(answers) > 8
