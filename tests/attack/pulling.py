"""Attacks on a channel: what waits there is for one partner alone, and only its receipt delivers it."""

# ruff: noqa: E501  (a table: a broken line would hide the row)

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count

from tests.as4.forge import MESSAGING, SIGNATURE, SIGNED_BLOCKS, Wire, found
from tests.attack.answers import EMPTY, HOLDER, KEY_INFO
from tests.attack.signatures import reference_to
from tests.exchange.world import KEYS, Pair

from keruen.as4 import (
    DEFAULT_MPC,
    SOAP_CONTENT_TYPE,
    ErrorCode,
    PMode,
    Reference,
    SigningIdentity,
    build_pull_request,
    build_receipt,
)

CHANNEL, OTHER_CHANNEL = "urn:keruen:mpc:tj-kz", "urn:keruen:mpc:tj-xx"
AUTHENTICATION, POLICY = ErrorCode.FAILED_AUTHENTICATION, ErrorCode.POLICY_NONCOMPLIANCE
INVALID, INCONSISTENT = ErrorCode.INVALID_HEADER, ErrorCode.VALUE_INCONSISTENT
UNKNOWN = ErrorCode.PROCESSING_MODE_MISMATCH
_numbers = count(1)


@dataclass
class Channel:
    """TJ keeps a channel for KZ, and one for XX; a message for KZ waits."""

    pair: Pair
    waiting: bytes
    """Envelope of a message that KZ pulled, and has not receipted."""

    def request(
        self,
        signer: SigningIdentity = KEYS["KZ"].signer,
        channel: str = CHANNEL,
        **ago: float,
    ) -> Wire:
        """A pull request, by KZ unless said otherwise."""
        pmode = replace(self.pmode, mpc="urn:x" if channel == DEFAULT_MPC else channel)
        octets = build_pull_request(
            pmode=pmode,
            signer=signer,
            message_id=f"pull-{next(_numbers)}@kz",
            timestamp=self.pair.clock.now() - timedelta(**ago),
        )
        return Wire(SOAP_CONTENT_TYPE, octets.decode(), b"@@ENVELOPE@@")

    @property
    def pmode(self) -> PMode:
        return self.pair.tj.line.peers["KZ"].pmode

    def receipt(self, signer: SigningIdentity = KEYS["KZ"].signer) -> Wire:
        """A receipt for what was pulled."""
        octets = build_receipt(
            self.waiting,
            pmode=self.pmode,
            signer=signer,
            receipt_id=f"receipt-{next(_numbers)}@kz",
            timestamp=self.pair.clock.now(),
        )
        return Wire(SOAP_CONTENT_TYPE, octets.decode(), b"@@ENVELOPE@@")


@dataclass(frozen=True)
class Pulling:
    """One row of the table."""

    id: str
    what: str
    code: ErrorCode
    detail: str
    forge: Callable[[Channel], Wire]
    twice: bool = False
    """Whether the partner sent the same octets before."""


def named(wire: Wire, signer: SigningIdentity) -> Wire:
    """KeyInfo says that somebody else signed."""
    info = f"<ds:KeyInfo>{reference_to(signer.certificate.subject_key_identifier)}</ds:KeyInfo>"
    return wire.edit(lambda text: KEY_INFO.sub(info, text))


def resigned(
    edit: Callable[[str], str] = str, body: Callable[[str], str] = str, only: str = ""
) -> Callable[[Channel], Wire]:
    """Made otherwise by KZ."""

    def references(all_: list[Reference]) -> list[Reference]:
        return [one for one in all_ if only in ("", one.target)]

    return lambda c: c.request().resigned(EMPTY, edit, references, edit_body=body)


def wrapped(channel: Channel) -> Wire:
    """A pull request that KZ signed, used up, under another id."""
    wire = channel.request()
    original = found(MESSAGING, wire.envelope)
    forged = original.replace("eb-messaging", "other").replace("pull-", "again-")
    text = wire.envelope.replace(original, forged)
    return replace(
        wire,
        envelope=text.replace("</S12:Header>", HOLDER.replace("@", original) + "</S12:Header>"),
    )


def with_message(channel: Channel) -> Wire:
    """A user message behind the request."""
    return resigned(
        lambda t: t.replace("</eb:Messaging>", "<eb:UserMessage></eb:UserMessage></eb:Messaging>")
    )(channel)


def other_digests(channel: Channel) -> Wire:
    return channel.receipt().resigned(
        EMPTY, lambda t: re.sub("(?<=<ds:DigestValue>)[^<]*", "A" * 43 + "=", t)
    )


def for_another(channel: Channel) -> Wire:
    return channel.receipt().resigned(
        EMPTY, lambda t: re.sub("(?<=<eb:RefToMessageId>)[^<]*", "other@tj.keruen", t)
    )


PULLING = (
    Pulling("P01", "a stranger pulls from another's channel", AUTHENTICATION, "not pinned", lambda c: c.request(KEYS["UZ"].signer)),
    Pulling("P02", "a stranger pulls in the partner's name", AUTHENTICATION, "over SignedInfo is wrong", lambda c: named(c.request(KEYS["UZ"].signer), KEYS["KZ"].signer)),
    Pulling("P03", "another partner pulls from a channel that is not his", AUTHENTICATION, "not pinned", lambda c: c.request(KEYS["XX"].signer)),
    Pulling("P04", "another partner's request, its channel changed on the way", AUTHENTICATION, "not pinned", lambda c: c.request(KEYS["XX"].signer, OTHER_CHANNEL).sub(OTHER_CHANNEL, CHANNEL)),
    Pulling("P05", "the partner's request, its channel changed on the way", AUTHENTICATION, "not pinned", lambda c: c.request().sub(CHANNEL, OTHER_CHANNEL)),
    Pulling("P06", "an unsigned request", POLICY, "not signed", lambda c: c.request().edit(lambda t: SIGNED_BLOCKS.sub("", t))),
    Pulling("P07", "a channel that nobody keeps", UNKNOWN, "nothing is agreed", lambda c: c.request(channel="urn:keruen:mpc:none")),
    Pulling("P08", "the default channel", UNKNOWN, "nothing is agreed", resigned(lambda t: t.replace(CHANNEL, DEFAULT_MPC))),
    Pulling("P09", "no channel", UNKNOWN, "nothing is agreed", resigned(lambda t: t.replace(f' mpc="{CHANNEL}"', ""))),
    Pulling("P10", "a request repeated by whoever saw it", INCONSISTENT, "came before", lambda c: c.request(), twice=True),
    Pulling("P11", "a stale request", INCONSISTENT, "pull request of", lambda c: c.request(minutes=10, seconds=1)),
    Pulling("P12", "a future request", INCONSISTENT, "pull request of", lambda c: c.request(minutes=-11)),
    Pulling("P13", "a used request, wrapped to have another id", INVALID, "a second", wrapped),
    Pulling("P14", "a request whose signature covers the Body alone", POLICY, "Messaging and Body, each once", resigned(only="body")),
    Pulling("P15", "a request with content in the Body", INVALID, "content in the Body", resigned(body=lambda t: t.replace("></", "><x></x></"))),
    Pulling("P16", "a request and a user message in one header", ErrorCode.FEATURE_NOT_SUPPORTED_INCONSISTENCY, "2 message units", with_message),
    Pulling("P17", "a receipt by callback from a stranger", UNKNOWN, "nothing is agreed", lambda c: c.receipt(KEYS["UZ"].signer)),
    Pulling("P18", "a receipt by callback from a stranger in the partner's name", AUTHENTICATION, "over SignedInfo is wrong", lambda c: named(c.receipt(KEYS["UZ"].signer), KEYS["KZ"].signer)),
    Pulling("P19", "a receipt by callback from another partner", UNKNOWN, "no agreement between TJ and XX", lambda c: c.receipt(KEYS["XX"].signer)),
    Pulling("P20", "a receipt by callback that is not signed", UNKNOWN, "nothing is agreed", lambda c: c.receipt().edit(lambda t: SIGNATURE.sub("", t))),
    Pulling("P21", "a receipt by callback with other digests", ErrorCode.INVALID_RECEIPT, "other digests", other_digests),
    Pulling("P22", "a receipt by callback for no message of this node", INCONSISTENT, "is no message of this node", for_another),
)  # fmt: skip
