"""Messages as an attacker, or a careless partner, would make them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.as4.world import KZ, body_of

from keruen.as4 import Reference, SealedMessage, SigningIdentity
from keruen.as4.signature import digest_of, write_signature
from keruen.as4.suites import EDELIVERY_2

Edit = Callable[[str], str]
MESSAGING = re.compile(r"<eb:Messaging.*</eb:Messaging>", re.DOTALL)
BODY = re.compile(r"<S12:Body.*</S12:Body>", re.DOTALL)
SIGNATURE = re.compile(r"<ds:Signature .*</ds:Signature>", re.DOTALL)
SIGNED_BLOCKS = re.compile(r"<wsse:BinarySecurityToken.*</ds:Signature>", re.DOTALL)


@dataclass(frozen=True)
class Wire:
    """A message on the wire, to be changed."""

    content_type: str
    envelope: str
    rest: bytes
    """The body with ``@@`` for the envelope."""

    @property
    def body(self) -> bytes:
        return self.rest.replace(b"@@ENVELOPE@@", self.envelope.encode())

    def edit(self, change: Edit) -> Wire:
        """The envelope changed, nothing signed anew."""
        changed = change(self.envelope)
        assert changed != self.envelope, "the edit changed nothing"
        return replace(self, envelope=changed)

    def sub(self, pattern: str, by: str, count: int = 0) -> Wire:
        """The envelope changed by a regular expression, nothing signed anew."""
        return self.edit(lambda text: re.sub(pattern, lambda _: by, text, count=count))

    def edit_rest(self, change: Callable[[bytes], bytes]) -> Wire:
        """Everything but the envelope changed."""
        changed = change(self.rest)
        assert changed != self.rest, "the edit changed nothing"
        return replace(self, rest=changed)

    def resigned(
        self,
        sent: SealedMessage,
        edit_messaging: Edit = str,
        edit_references: Callable[[list[Reference]], list[Reference]] = list,
        signer: SigningIdentity = KZ.signer,
        edit_body: Edit = str,
    ) -> Wire:
        """Header, Body and references changed, and signed anew as a partner could."""
        messaging = edit_messaging(found(MESSAGING, self.envelope))
        body = edit_body(found(BODY, self.envelope))
        parts = [r for r in sent.references if r.target == "part"]
        references = edit_references(
            [
                Reference("#eb-messaging", digest_of(messaging), "messaging"),
                Reference("#soap-body", digest_of(body), "body"),
                *parts,
            ]
        )
        blocks = write_signature(references, signer, EDELIVERY_2.signature, "signing-token")
        text = MESSAGING.sub(lambda _: messaging, self.envelope)
        text = BODY.sub(lambda _: body, SIGNED_BLOCKS.sub(lambda _: blocks, text))
        return replace(self, envelope=text)


def found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    assert match is not None
    return match[0]


def wire(sent: SealedMessage) -> Wire:
    body = body_of(sent)
    assert body.count(sent.envelope) == 1
    rest = body.replace(sent.envelope, b"@@ENVELOPE@@")
    return Wire(sent.content_type, sent.envelope.decode(), rest)
