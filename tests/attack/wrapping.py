"""Signature wrapping: the signed element is still there, its signature is good, and something else is read."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from tests.as4 import forge
from tests.as4.forge import BODY, MESSAGING, SIGNATURE, SIGNED_BLOCKS, Wire, found
from tests.attack.attack import (
    FORGED_ACTION,
    ORIGINAL_ACTION,
    Attack,
    Field,
    Request,
    changed,
    resigned_info,
)
from tests.exchange.world import KEYS

from keruen.as4 import ErrorCode, Reference
from keruen.as4.signature import digest_of, write_signature
from keruen.as4.suites import EDELIVERY_2

INVALID, AUTHENTICATION = ErrorCode.INVALID_HEADER, ErrorCode.FAILED_AUTHENTICATION
POLICY, MIME = ErrorCode.POLICY_NONCOMPLIANCE, ErrorCode.MIME_INCONSISTENCY
SECOND_MESSAGING = (
    "a second {http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/}Messaging"
)
SECOND_BODY = "a second {http://www.w3.org/2003/05/soap-envelope}Body"
SECOND_ENVELOPE = "a second {http://www.w3.org/2003/05/soap-envelope}Envelope"
SECOND_SIGNATURE = "a second {http://www.w3.org/2000/09/xmldsig#}Signature"
SECOND_SECURITY = "secext-1.0.xsd}Security"
SECURITY = re.compile("<wsse:Security .*</wsse:Security>", re.DOTALL)
ENVELOPE = re.compile("<S12:Envelope.*</S12:Envelope>", re.DOTALL)
WSU = (
    'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"'
)
HOLDER = "<x:Holder xmlns:x='urn:x'>@</x:Holder>"


def forged_messaging(messaging: str) -> str:
    """What the attacker wants to be read."""
    text = messaging.replace(ORIGINAL_ACTION, FORGED_ACTION)
    return text.replace('wsu:Id="eb-messaging"', 'wsu:Id="other"')


def same_id(messaging: str) -> str:
    return messaging.replace(ORIGINAL_ACTION, FORGED_ACTION)


def no_id(messaging: str) -> str:
    return forged_messaging(messaging).replace(' wsu:Id="other"', "")


def forged_body(body: str) -> str:
    return body.replace("soap-body", "other").replace("></", "><x/></")


def moved(
    element: re.Pattern[str], forged: Callable[[str], str], place: str, holder: str = HOLDER
) -> Callable[[Field], Wire]:
    """The signed element moved in front of the closing tag `place`, a forged one where it was."""

    def make(field: Field) -> Wire:
        original = found(element, field.wire.envelope)
        text = field.wire.envelope.replace(original, forged(original))
        kept = holder.replace("@", original)
        return replace(field.wire, envelope=text.replace(place, kept + place))

    return make


def block(octets: str) -> Callable[[Field], Wire]:
    """One more header block."""
    return lambda f: f.wire.sub("</S12:Header>", octets + "</S12:Header>")


def nested(field: Field) -> Wire:
    """The whole original in the Body of a forged envelope."""
    original = found(ENVELOPE, field.wire.envelope)
    messaging = forged_messaging(found(MESSAGING, original))
    outer = original.replace(found(MESSAGING, original), messaging)
    return replace(field.wire, envelope=outer.replace("</S12:Body>", original + "</S12:Body>"))


def other_namespace(field: Field) -> Wire:
    """Messaging as it was, but for a forged one of another version of ebMS in front."""
    forged = forged_messaging(found(MESSAGING, field.wire.envelope)).replace("200704/", "200705/")
    return field.wire.edit(lambda t: t.replace("<eb:Messaging", forged + "<eb:Messaging", 1))


def by_stranger(messaging: str, body: str, token_id: str) -> str:
    """Token and Signature of the attacker over a forged header."""
    references = (
        Reference("#other", digest_of(messaging), "messaging"),
        Reference("#soap-body", digest_of(body), "body"),
    )
    return write_signature(references, KEYS["XX"].signer, EDELIVERY_2.signature, token_id)


def second_signature(field: Field) -> Wire:
    text = field.wire.envelope
    forged = forged_messaging(found(MESSAGING, text))
    blocks = by_stranger(forged, found(BODY, text), "token-2")
    return replace(
        field.wire, envelope=text.replace("</wsse:Security>", blocks + "</wsse:Security>")
    )


def second_security(field: Field) -> Wire:
    text = field.wire.envelope
    security = found(SECURITY, text)
    forged = forged_messaging(found(MESSAGING, text))
    blocks = by_stranger(forged, found(BODY, text), "token-2")
    second = SIGNED_BLOCKS.sub(lambda _: blocks, security)
    second = re.sub("<xenc:EncryptedKey.*</xenc:EncryptedData>", "", second)
    return replace(field.wire, envelope=text.replace(security, second + security))


def signature_elsewhere(field: Field) -> Wire:
    """The good Signature outside of Security, which holds one of the attacker's own: none counts."""
    text = field.wire.envelope
    blocks = found(SIGNED_BLOCKS, text)
    names = " ".join(re.findall(r'xmlns:ws\w+="[^"]*"', text)[:2])
    holder = f"<x:Holder xmlns:x='urn:x' {names}>{blocks}</x:Holder></S12:Header>"
    return replace(field.wire, envelope=text.replace(blocks, "").replace("</S12:Header>", holder))


def transplanted(field: Field) -> Wire:
    """Security of one message of the partner over the header of another one."""
    security = found(SECURITY, forge.wire(field.other).envelope)
    return field.wire.edit(lambda text: SECURITY.sub(lambda _: security, text))


def sibling(field: Field) -> Wire:
    """The partner signs a header block beside Messaging, so that Messaging itself is open."""
    element = f'<x:Kept xmlns:x="urn:x" {WSU} wsu:Id="kept"></x:Kept>'
    wire = field.wire.resigned(
        field.original,
        edit_references=lambda all_: [
            Reference("#kept", digest_of(element), "messaging"),
            *all_[1:],
        ],
    )
    return wire.sub("</S12:Header>", element + "</S12:Header>")


def sibling_part(field: Field) -> Wire:
    """The signature of one part stands for its sibling."""
    wire = forge.wire(field.pair_of_parts)
    return resigned_info(wire, 'URI="cid:b@kz"', 'URI="cid:a@kz"')


def duplicate_content_id(field: Field) -> Wire:
    """A second part with the Content-ID of the signed one, encrypted with a key of the attacker."""
    wire, other = field.wire, forge.wire(field.other)
    boundary = wire.content_type.split('"')[1].encode()
    theirs = other.rest.replace(other.content_type.split('"')[1].encode(), boundary)
    part = theirs.split(b"--" + boundary)[2]
    tail = b"--" + boundary + b"--"
    return wire.edit_rest(lambda rest: rest.replace(tail, b"--" + boundary + part + tail))


def first_of_two(field: Field) -> Wire:
    """The same, but the forged part comes first."""
    wire, other = field.wire, forge.wire(field.other)
    boundary = wire.content_type.split('"')[1].encode()
    theirs = other.rest.replace(other.content_type.split('"')[1].encode(), boundary)
    part = theirs.split(b"--" + boundary)[2]
    pieces = wire.rest.split(b"--" + boundary)
    return replace(wire, rest=(b"--" + boundary).join([*pieces[:2], part, *pieces[2:]]))


def escaped_content_id(field: Field) -> Wire:
    """CipherReference and part agree on another id, which looks like the signed one to who does not decode."""
    wire = field.wire.sub(
        'CipherReference URI="cid:declaration', 'CipherReference URI="cid:declar%2561tion'
    )
    return wire.edit_rest(lambda rest: rest.replace(b"<declaration@kz>", b"<declar%61tion@kz>"))


def start_elsewhere(field: Field) -> Request:
    """A forged envelope first, the signed one behind it, and `start` that names the signed one."""
    wire = field.wire
    boundary = wire.content_type.split('"')[1]
    envelope = changed(wire.envelope, "<eb:Action>Preliminary", "<eb:Action>Import")
    first = f"--{boundary}\r\nContent-Type: application/soap+xml\r\nContent-ID: <f@x>\r\n\r\n{envelope}\r\n"
    return wire.content_type, first.encode() + wire.body


SAME = "given twice"

WRAPPING = (
    Attack("W01", "Messaging moved into a header block of another name, a forged one with another id in its place", INVALID, SECOND_MESSAGING, moved(MESSAGING, forged_messaging, "</S12:Header>")),
    Attack("W02", "Messaging moved, a forged one with the same id in its place", INVALID, SECOND_MESSAGING, moved(MESSAGING, same_id, "</S12:Header>")),
    Attack("W03", "Messaging moved, a forged one without id in its place", INVALID, SECOND_MESSAGING, moved(MESSAGING, no_id, "</S12:Header>")),
    Attack("W04", "Messaging moved, nothing in its place", INVALID, "no Messaging header", moved(MESSAGING, lambda _: "", "</S12:Header>")),
    Attack("W05", "a forged Messaging in front of the signed one", INVALID, SECOND_MESSAGING, moved(MESSAGING, forged_messaging, "</S12:Header>", "@")),
    Attack("W06", "a forged Messaging behind the signed one", INVALID, SECOND_MESSAGING, lambda f: f.wire.edit(lambda t: t.replace("</S12:Header>", forged_messaging(found(MESSAGING, t)) + "</S12:Header>"))),
    Attack("W07", "Messaging moved into ds:Object of its own Signature", INVALID, SECOND_MESSAGING, moved(MESSAGING, forged_messaging, "</ds:Signature>", "<ds:Object>@</ds:Object>")),
    Attack("W08", "Messaging moved into wsse:Security", INVALID, SECOND_MESSAGING, moved(MESSAGING, forged_messaging, "</wsse:Security>")),
    Attack("W09", "Messaging moved into the Body", INVALID, SECOND_MESSAGING, moved(MESSAGING, forged_messaging, "</S12:Body>")),
    Attack("W10", "Body moved into a header block, one with content in its place", INVALID, SECOND_BODY, moved(BODY, forged_body, "</S12:Header>")),
    Attack("W11", "Body moved, one with content and the same id in its place", INVALID, SECOND_BODY, moved(BODY, lambda b: b.replace("></", "><x/></"), "</S12:Header>")),
    Attack("W12", "a second Body behind the signed one", INVALID, SECOND_BODY, lambda f: f.wire.edit(lambda t: t.replace("</S12:Envelope>", forged_body(found(BODY, t)) + "</S12:Envelope>"))),
    Attack("W13", "the whole envelope inside the Body of a forged one", INVALID, SECOND_ENVELOPE, nested),
    Attack("W14", "the whole envelope inside a header block of its own copy", INVALID, SECOND_ENVELOPE, lambda f: f.wire.edit(lambda t: t.replace("</S12:Header>", HOLDER.replace("@", found(ENVELOPE, t)) + "</S12:Header>"))),
    Attack("W15", "the whole envelope below another root element", INVALID, "is no SOAP 1.2 Envelope", lambda f: f.wire.edit(lambda t: ENVELOPE.sub(lambda m: f"<x>{m[0]}</x>", t))),
    Attack("W16", "a second element with the wsu:Id of Messaging", INVALID, SAME, block(f'<x {WSU} wsu:Id="eb-messaging"/>')),
    Attack("W17", "Id against wsu:Id: an element whose Id is the wsu:Id of the Body", INVALID, SAME, block('<x Id="soap-body"/>')),
    Attack("W18", "xml:id against wsu:Id", INVALID, SAME, block('<x xml:id="eb-messaging"/>')),
    Attack("W19", "Messaging takes the Id of the EncryptedKey beside its own", INVALID, SAME, lambda f: f.wire.sub('wsu:Id="eb-messaging"', 'wsu:Id="eb-messaging" Id="EK"')),
    Attack("W20", "a forged Messaging of another ebMS version in front of the signed one, to be understood", INVALID, "is not understood", other_namespace),
    Attack("W21", "a second Signature, by the attacker, over a forged header", INVALID, SECOND_SIGNATURE, second_signature),
    Attack("W22", "the same Signature twice", INVALID, SECOND_SIGNATURE, lambda f: f.wire.edit(lambda t: t.replace("</wsse:Security>", found(SIGNATURE, t) + "</wsse:Security>"))),
    Attack("W23", "a second wsse:Security, by the attacker, in front of the good one", INVALID, SECOND_SECURITY, second_security),
    Attack("W24", "the good Signature moved out of wsse:Security", POLICY, "the message is not signed", signature_elsewhere),
    Attack("W25", "wsse:Security of one message over the header of another", AUTHENTICATION, "digest of messaging differs", transplanted),
    Attack("W26", "the partner signs a sibling of Messaging in its place", POLICY, "reference '#kept' is not as agreed", sibling),
    Attack("W27", "the reference to one part leads to its sibling", POLICY, "signed ['a@kz', 'a@kz']", sibling_part),
    Attack("W28", "a second part with the Content-ID of the signed one, behind it", MIME, "is unknown or repeated", duplicate_content_id),
    Attack("W29", "a second part with the Content-ID of the signed one, in front of it", ErrorCode.FAILED_DECRYPTION, "tag of an encrypted part is wrong", first_of_two),
    Attack("W30", "cid: confusion: encrypted under an id that is the signed one when decoded twice", POLICY, "encrypted ['declar%61tion@kz']", escaped_content_id),
    Attack("W31", "a forged envelope in front of the one that `start` names", MIME, "is not the start", start_elsewhere),
    Attack("W32", "two SignedInfo in one Signature", AUTHENTICATION, "2 SignedInfo in Signature", lambda f: f.wire.edit(lambda t: re.sub("<ds:SignedInfo.*</ds:SignedInfo>", lambda m: m[0].replace("eb-messaging", "other") + m[0], t))),
    Attack("W33", "one more reference in SignedInfo", AUTHENTICATION, "the signature over SignedInfo is wrong", lambda f: f.wire.edit(lambda t: re.sub("<ds:Reference .*?</ds:Reference>", lambda m: m[0] * 2, t, count=1))),
    Attack("W34", "the id that the signature names moved from Messaging to the Body", POLICY, "Messaging and Body are not signed once each", lambda f: resigned_info(f.wire, 'URI="#eb-messaging"(.*?<ds:DigestValue>)[^<]*', f'URI="#soap-body">{transforms()}<ds:DigestValue>{body_digest(f)}', count=1)),
)  # fmt: skip


def transforms() -> str:
    return (
        '<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/></ds:Transforms>'
        '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    )


def body_digest(field: Field) -> str:
    import base64

    return base64.b64encode(digest_of(found(BODY, field.wire.envelope))).decode()
