"""Attacks on the sender: what an HTTP answer could be made of to have a message taken for delivered, or given up.

The attacker answers in TJ's place. He has receipts of other messages, TJ's certificates, keys of his own.
Where it says *the partner*, TJ itself misbehaves.
"""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.as4 import world
from tests.as4.forge import BODY, MESSAGING, SIGNATURE, Wire, found
from tests.as4.world import validity
from tests.attack.attack import key_of
from tests.attack.signatures import reference_to
from tests.exchange.papers import information, sealed_by
from tests.exchange.world import KEYS, Pair, Sent

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    Reference,
    SigningIdentity,
    build_error,
    build_receipt,
    issue_signing,
)
from keruen.exchange import Reply

EMPTY = replace(world.sealed(), references=())
KEY_INFO = re.compile("(?<=</ds:SignatureValue>)<ds:KeyInfo>.*?</ds:KeyInfo>")
INFORMATION = re.compile("<ebbp:MessagePartNRInformation>.*?</ebbp:MessagePartNRInformation>")
UNIT = re.compile("<eb:SignalMessage>.*</eb:SignalMessage>")
HOLDER = "<x:Holder xmlns:x='urn:x'>@</x:Holder>"


@dataclass
class Answering:
    """A message that KZ sent, to be answered."""

    pair: Pair
    sent: Sent

    @property
    def envelope(self) -> bytes:
        """The SOAP part that KZ sent."""
        match = re.search(rb"<\?xml.*?</S12:Envelope>", self.sent.body, re.DOTALL)
        assert match
        return match[0]

    @property
    def message_id(self) -> str:
        return found(re.compile("(?<=<eb:MessageId>)[^<]*"), self.envelope.decode())

    def receipt(
        self, envelope: bytes | None = None, signer: SigningIdentity = KEYS["TJ"].signer
    ) -> Wire:
        """A receipt for what KZ sent, or for another envelope."""
        octets = build_receipt(
            envelope or self.envelope,
            pmode=self.pair.tj.line.peers["KZ"].pmode,
            signer=signer,
            receipt_id="receipt@tj.keruen",
            timestamp=self.pair.clock.now(),
        )
        return Wire(SOAP_CONTENT_TYPE, octets.decode(), b"@@ENVELOPE@@")

    def other(self) -> bytes:
        """Envelope of another message of KZ."""
        return sealed_by(self.pair.kz, information(self.pair.kz)).envelope

    def error(self, code: ErrorCode, about: str | None, *, signed: bool) -> bytes:
        return build_error(
            EbmsError(code, detail="secret"),
            pmode=self.pair.tj.line.peers["KZ"].pmode if signed else None,
            signer=KEYS["TJ"].signer if signed else None,
            signal_id="error@tj.keruen",
            timestamp=self.pair.clock.now(),
            ref_to_message_id=about,
        )


@dataclass(frozen=True)
class Answer:
    """One row of the table."""

    id: str
    what: str
    code: str
    """With which code the outbox explains why the message is not delivered."""
    detail: str
    """What else it says, in part: the check that was meant to fail."""
    forge: Callable[[Answering], Wire | Reply | bytes]

    def reply(self, answering: Answering) -> Reply:
        made = self.forge(answering)
        if isinstance(made, Wire):
            return Reply(200, made.content_type, made.body)
        return Reply(200, SOAP_CONTENT_TYPE, made) if isinstance(made, bytes) else made


def edited(pattern: str, by: str) -> Callable[[Answering], Wire]:
    """The good receipt changed on the way."""
    return lambda a: a.receipt().sub(pattern, by)


def by_partner(edit: Callable[[str], str]) -> Callable[[Answering], Wire]:
    """A receipt that the partner makes otherwise, and signs."""
    return lambda a: a.receipt().resigned(EMPTY, edit, signer=KEYS["TJ"].signer)


def signed_over(target: str) -> Callable[[Answering], Wire]:
    def only(references: list[Reference]) -> list[Reference]:
        return [r for r in references if r.target == target]

    return lambda a: a.receipt().resigned(EMPTY, edit_references=only, signer=KEYS["TJ"].signer)


def by(signer: Callable[[], SigningIdentity]) -> Callable[[Answering], Wire]:
    return lambda a: a.receipt(signer=signer())


def third_party() -> SigningIdentity:
    """Issued by TJ's own authority; not on the card."""
    key = key_of(71)
    certificate = issue_signing(KEYS["TJ"].authority, "tj other", key.public_key(), validity(71))
    return SigningIdentity(key, certificate)


def unsigned(answering: Answering) -> Wire:
    return answering.receipt().edit(lambda text: SIGNATURE.sub("", text))


def by_key_agreement(answering: Answering) -> Wire:
    """Refers to the certificate that KZ encrypts to."""
    identifier = KEYS["TJ"].decryption.certificate.subject_key_identifier
    info = f"<ds:KeyInfo>{reference_to(identifier)}</ds:KeyInfo>"
    return answering.receipt(signer=KEYS["XX"].signer).edit(lambda t: KEY_INFO.sub(info, t))


def in_the_partners_name(answering: Answering) -> Wire:
    identifier = KEYS["TJ"].signer.certificate.subject_key_identifier
    info = f"<ds:KeyInfo>{reference_to(identifier)}</ds:KeyInfo>"
    return answering.receipt(signer=KEYS["XX"].signer).edit(lambda t: KEY_INFO.sub(info, t))


def moved(
    element: re.Pattern[str], place: str, forged: Callable[[str, Answering], str]
) -> Callable[[Answering], Wire]:
    """A good receipt of another message, wrapped: it names this one where it is read."""

    def make(answering: Answering) -> Wire:
        wire = answering.receipt(answering.other())
        original = found(element, wire.envelope)
        text = wire.envelope.replace(original, forged(original, answering))
        return replace(wire, envelope=text.replace(place, HOLDER.replace("@", original) + place))

    return make


def about_this(messaging: str, answering: Answering) -> str:
    """Messaging of the true receipt, under another id."""
    mine = found(MESSAGING, answering.receipt().envelope)
    return mine.replace("eb-messaging", "other")


def same_id(messaging: str, answering: Answering) -> str:
    return found(MESSAGING, answering.receipt().envelope)


def transplanted(answering: Answering) -> Wire:
    """The signature of a receipt for another message over the receipt for this one."""
    other = found(SIGNATURE, answering.receipt(answering.other()).envelope)
    return answering.receipt().edit(lambda text: SIGNATURE.sub(lambda _: other, text))


def nested(answering: Answering) -> Wire:
    wire = answering.receipt(answering.other())
    whole = wire.envelope[wire.envelope.index("<S12:Envelope") :]
    return wire.edit(lambda text: text.replace("</S12:Body>", whole + "</S12:Body>"))


def bundled(answering: Answering) -> Wire:
    """The partner puts two receipts into one header: one for another message, one for this."""
    second = found(UNIT, answering.receipt().envelope)
    wire = answering.receipt(answering.other())
    return wire.resigned(
        EMPTY,
        lambda t: t.replace("</eb:Messaging>", second + "</eb:Messaging>"),
        signer=KEYS["TJ"].signer,
    )


def receipt_and_error(answering: Answering) -> Wire:
    error = answering.error(ErrorCode.OTHER, None, signed=False).decode()
    element = found(re.compile("<eb:Error .*</eb:Error>"), error)
    return by_partner(lambda t: t.replace("</eb:SignalMessage>", element + "</eb:SignalMessage>"))(
        answering
    )


def two_parts(answering: Answering) -> Reply:
    receipt = answering.receipt().envelope.encode()
    part = b"--b\r\nContent-Type: application/soap+xml\r\n\r\n" + receipt + b"\r\n"
    return Reply(200, "multipart/related; boundary=b", part * 2 + b"--b--\r\n")


def error(code: ErrorCode, about: str | None = "", *, signed: bool) -> Callable[[Answering], bytes]:
    """`about`: empty for this message."""
    return lambda a: a.error(code, a.message_id if about == "" else about, signed=signed)


def long_error(answering: Answering) -> bytes:
    octets = answering.error(ErrorCode.OTHER, None, signed=False)
    return octets.replace(
        b'shortDescription="Other"', b'shortDescription="' + b"y" * 200_000 + b'"'
    )


def prefix_flood(answering: Answering) -> Wire:
    declared = " ".join(f'xmlns:a{n}="urn:u{n}"' for n in range(450))
    listed = " ".join(f"a{n}" for n in range(450))
    exc = "http://www.w3.org/2001/10/xml-exc-c14n#"
    parameters = f'<ec:InclusiveNamespaces xmlns:ec="{exc}" PrefixList="{listed}"/>'
    wire = answering.receipt().sub("<ds:SignedInfo ", f"<ds:SignedInfo {declared} ", 1)
    return wire.sub(f'(?<=<ds:CanonicalizationMethod Algorithm="{exc}">)', parameters, 1)


def expired(answering: Answering) -> Wire:
    """The partner signs with a certificate that is over."""
    answering.pair.clock.shown += timedelta(days=366)
    return answering.receipt()


def raw(content_type: str, body: bytes, status: int = 200) -> Callable[[Answering], Reply]:
    return lambda _: Reply(status, content_type, body)


PLAIN = "EBMS:0007"
FAULT = (
    b'<S12:Envelope xmlns:S12="http://www.w3.org/2003/05/soap-envelope"><S12:Header/><S12:Body><S12:Fault><S12:Reason>'
    b'<S12:Text xml:lang="en">delivered, honestly</S12:Text></S12:Reason></S12:Fault></S12:Body></S12:Envelope>'
)

ANSWERS = (
    Answer("R01", "a receipt that is not signed", "EBMS:0103", "the receipt is not signed", unsigned),
    Answer("R02", "a receipt signed by a stranger", "EBMS:0101", "not pinned", by(lambda: KEYS["XX"].signer)),
    Answer("R03", "a receipt signed by a stranger in the partner's name", "EBMS:0101", "over SignedInfo is wrong", in_the_partners_name),
    Answer("R04", "a receipt signed by a third party with a certificate of the partner's authority", "EBMS:0101", "not pinned", by(third_party)),
    Answer("R05", "a receipt that refers to the partner's key agreement certificate", "EBMS:0101", "not pinned", by_key_agreement),
    Answer("R06", "a receipt signed by the sender itself", "EBMS:0101", "not pinned", by(lambda: KEYS["KZ"].signer)),
    Answer("R07", "a good receipt for another message", "EBMS:0302", "the receipt is for", lambda a: a.receipt(a.other())),
    Answer("R08", "a good receipt, made to name this message", "EBMS:0101", "digest of messaging differs", lambda a: a.receipt(a.other()).sub("(?<=<eb:RefToMessageId>)[^<]*", a.message_id)),
    Answer("R09", "a receipt with one digest changed on the way", "EBMS:0101", "digest of messaging differs", edited("(?<=<ds:DigestValue>)[^<]*(?=</ds:DigestValue></ds:Reference></ebbp)", "A" * 43 + "=")),
    Answer("R10", "a receipt with other digests, from the partner", "EBMS:0302", "other digests", by_partner(lambda t: re.sub("(?<=<ds:DigestValue>)[^<]*", "A" * 43 + "=", t))),
    Answer("R11", "a receipt with a digest too few, from the partner", "EBMS:0302", "other digests", by_partner(lambda t: INFORMATION.sub("", t, count=1))),
    Answer("R12", "a receipt with a digest too many, from the partner", "EBMS:0302", "other digests", by_partner(lambda t: INFORMATION.sub(lambda m: m[0] * 2, t, count=1))),
    Answer("R13", "a receipt without digests, from the partner", "EBMS:0302", "other digests", by_partner(lambda t: INFORMATION.sub("", t))),
    Answer("R14", "a receipt without reference to a message, from the partner", "EBMS:0302", "the receipt is for None", by_partner(lambda t: re.sub("<eb:RefToMessageId>.*?</eb:RefToMessageId>", "", t))),
    Answer("R15", "a receipt whose signature covers the Body alone", "EBMS:0103", "Messaging and Body, each once", signed_over("body")),
    Answer("R16", "a receipt whose signature covers Messaging alone", "EBMS:0103", "Messaging and Body, each once", signed_over("messaging")),
    Answer("R17", "a receipt by a certificate that is over", "EBMS:0101", "expired on", expired),
    Answer("R18", "a receipt wrapped: the signed Messaging in a header block, a forged one in its place", "EBMS:0009", "a second", moved(MESSAGING, "</S12:Header>", about_this)),
    Answer("R19", "a receipt wrapped: the same with the same id", "EBMS:0009", "a second", moved(MESSAGING, "</S12:Header>", same_id)),
    Answer("R20", "a receipt wrapped: the signed Messaging in its own Signature", "EBMS:0009", "a second", moved(MESSAGING, "</ds:Signature>", about_this)),
    Answer("R21", "a receipt wrapped: the signed Messaging in the Body", "EBMS:0009", "a second", moved(MESSAGING, "</S12:Body>", about_this)),
    Answer("R22", "a receipt wrapped: the signed Body in a header block", "EBMS:0009", "a second", moved(BODY, "</S12:Header>", lambda b, _: b.replace("soap-body", "other"))),
    Answer("R23", "a receipt wrapped: a whole receipt in the Body of another", "EBMS:0009", "a second", nested),
    Answer("R24", "the signature of one receipt over another", "EBMS:0101", "digest of messaging differs", transplanted),
    Answer("R25", "a receipt with content in its signed Body, from the partner", "EBMS:0009", "content in the Body", lambda a: a.receipt().resigned(EMPTY, edit_body=lambda t: t.replace("></", "><x></x></"), signer=KEYS["TJ"].signer)),
    Answer("R26", "two receipts in one header", "EBMS:0008", "2 message units", bundled),
    Answer("R27", "receipt and error in one signal", "EBMS:0009", "signal with", receipt_and_error),
    Answer("R28", "a receipt twice, in two MIME parts", PLAIN, "a second part", two_parts),
    Answer("R29", "a receipt with another signature algorithm", "EBMS:0103", "eddsa-ed448", edited("eddsa-ed25519", "eddsa-ed448")),
    Answer("R30", "450 prefixes to be looked up at every element", "EBMS:0101", "inclusive prefixes", prefix_flood),
    Answer("R31", "a receipt with a document type", "EBMS:0009", "a document type", lambda a: a.receipt().sub("(?=<S12:Envelope)", "<!DOCTYPE x SYSTEM 'http://xx/x'>", 1)),
    Answer("R32", "an unsigned error that names the message", "EBMS:0003", "proves nothing", error(ErrorCode.VALUE_INCONSISTENT, signed=False)),
    Answer("R33", "a signed error about another message", "EBMS:0003", "about another message", error(ErrorCode.VALUE_INCONSISTENT, "other@kz", signed=True)),
    Answer("R34", "a signed error about no message", "EBMS:0003", "about another message", error(ErrorCode.VALUE_INCONSISTENT, None, signed=True)),
    Answer("R35", "a signed error, made to name this message", "EBMS:0101", "digest of messaging differs", lambda a: a.error(ErrorCode.VALUE_INCONSISTENT, "other@kz", signed=True).replace(b"other@kz", a.message_id.encode())),
    Answer("R36", "a signed error that the attacker brought about: a copy with spoilt ciphertext (0102)", "EBMS:0102", "FailedDecryption", error(ErrorCode.FAILED_DECRYPTION, signed=True)),
    Answer("R37", "the same: a copy with content of the attacker (0101)", "EBMS:0101", "FailedAuthentication", error(ErrorCode.FAILED_AUTHENTICATION, signed=True)),
    Answer("R38", "the same: a copy without its encryption (0103)", "EBMS:0103", "PolicyNoncompliance", error(ErrorCode.POLICY_NONCOMPLIANCE, signed=True)),
    Answer("R39", "the same: a copy without its part (0007)", PLAIN, "MimeInconsistency", error(ErrorCode.MIME_INCONSISTENCY, signed=True)),
    Answer("R40", "an error that takes 200 kB to say", "EBMS:0004", "proves nothing", long_error),
    Answer("R41", "a SOAP fault", "EBMS:0009", "delivered, honestly", raw(SOAP_CONTENT_TYPE, FAULT, 500)),
    Answer("R42", "a user message as the answer", "EBMS:0008", "no receipt or error", lambda a: a.envelope),
    Answer("R43", "what was sent, as the answer", PLAIN, "a second part", lambda a: Reply(200, a.sent.content_type, a.sent.body)),
    Answer("R44", "nothing", "EBMS:0301", "the answer is empty", raw(SOAP_CONTENT_TYPE, b"")),
    Answer("R45", "nothing, accepted", "EBMS:0301", "the answer is empty", raw("", b"", 202)),
    Answer("R46", "a redirect", "EBMS:0301", "the answer is empty", raw("", b"", 307)),
    Answer("R47", "a page of a proxy", "EBMS:0009", "not well-formed", raw("text/html", b"<html><body>OK<br></body></html>")),
    Answer("R48", "JSON", "EBMS:0009", "not well-formed", raw("application/json", b'{"receipt": true}')),
    Answer("R49", "no content type", PLAIN, "no media type", lambda a: Reply(200, "", a.receipt().body)),
    Answer("R50", "a packed receipt", "EBMS:0009", "not well-formed", lambda a: gzip.compress(a.receipt().body)),
    Answer("R51", "1 MiB, all of it white space but for a receipt", PLAIN, "message size exceeds", lambda a: a.receipt().body + b" " * (1 << 20)),
    Answer("R52", "1 MiB of nested elements", PLAIN, "message size exceeds", raw(SOAP_CONTENT_TYPE, b"<a>" * (1 << 18))),
)  # fmt: skip
