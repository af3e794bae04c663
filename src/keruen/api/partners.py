"""Partners: who they are, how the line to them stands, until when their certificates hold; the way tried."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import operation
from keruen.api.places import OnePartner
from keruen.api.problems import missing
from keruen.api.shown import only
from keruen.config.cards import Partner
from keruen.customs import Struct
from keruen.exchange.standing import Standing, standing
from keruen.store import Reader, Transaction
from keruen.store.line import LineState

UNKNOWN = {404: ("partner-unknown",)}
PARTNERS: dict[str, Any] = {"tag": "Partners", "act": Act.SEE_CONTROL}


class CertificateEnd(Struct, frozen=True):
    """A certificate of a partner.

    Attributes:
        use: signing, or key agreement.
        days_left: whole days until it ends; negative when it has ended.
    """

    subject: str
    use: str
    ends: datetime
    days_left: int


class PartnerState(Struct, frozen=True):
    """A partner.

    Attributes:
        party_id: in AS4.
        endpoint: where it listens.
        profile: of AS4.
        pulls: whether it takes no connections and fetches what waits for it.
        pulled: whether this node fetches from it.
        standing: whether the line is up and both sides agree; left out where there is no agreement.
        line: what waits, failed, went and came.
    """

    country: str
    party_id: str
    endpoint: str
    profile: str
    pulls: bool
    pulled: bool
    line: LineState
    standing: Standing | None = None
    certificates: tuple[CertificateEnd, ...] = ()


class WayTried(Struct, frozen=True):
    """What trying the way proved: keys, certificates and address are right on both sides.

    Attributes:
        receipt_id: of the partner's signed receipt; `signer`: subject of the certificate that signed it.
        milliseconds: from before the message was sealed until its receipt was verified.
    """

    partner: str
    endpoint: str
    message_id: str
    receipt_id: str
    receipt_time: datetime
    signer: str
    milliseconds: float


@operation("GET", "/partners", id="listPartners", **PARTNERS)
def listed(call: Call) -> list[PartnerState]:
    """All partners that this node has a card of."""
    seen = [one for one in call.gate.partners if call.caller.sees_partner(one.country)]
    return call.gate.store.read(lambda reader: [_state(call, reader, one) for one in seen])


@operation("GET", "/partners/{country}", id="getPartner", codes=UNKNOWN, **PARTNERS)
def one(call: Call, place: OnePartner) -> PartnerState:
    """One partner."""
    found = _partner(call, place.country)
    return call.gate.store.read(lambda reader: _state(call, reader, found))


def _partner(call: Call, country: str) -> Partner:
    for one in call.gate.partners:
        if one.country == country and call.caller.sees_partner(country):
            return one
    raise missing("partner-unknown", f"This node has no card of {country}.")


def _state(call: Call, reader: Reader, partner: Partner) -> PartnerState:
    pull, stands = partner.terms.pull, _standing(call, reader, partner.country)
    return PartnerState(
        country=partner.country,
        party_id=partner.party.value,
        endpoint=partner.endpoint,
        profile=partner.profile,
        pulls=pull is not None and pull.serve,
        pulled=pull is not None and pull.fetch,
        line=stands.line if stands else reader.line(partner.country),
        standing=stands,
        certificates=tuple(_ends(partner, call.gate.context.clock.wall())),
    )


def _standing(call: Call, reader: Reader, country: str) -> Standing | None:
    context = call.gate.context
    for one in context.agreements:
        if one.other(context.country) == country:
            return standing(reader, context, one)
    return None


def _ends(partner: Partner, wall: datetime) -> list[CertificateEnd]:
    uses = (("signing", partner.signing), ("key-agreement", partner.key_agreement))
    return [
        CertificateEnd(
            subject=one.subject, use=use, ends=one.not_after, days_left=(one.not_after - wall).days
        )
        for use, certificates in uses
        for one in certificates
    ]


@operation(
    "POST",
    "/partners/{country}/ping",
    id="pingPartner",
    tag="Partners",
    act=Act.RESEND,
    codes={404: ("partner-unknown",), 422: ("ping-pulled", "EBMS:0005")},
)
async def ping(call: Call, place: OnePartner) -> WayTried:
    """Try the way to a partner.

    A message of the AS4 test service is sent and its receipt verified; nothing is delivered, so that no key is
    needed.
    """
    _partner(call, place.country)
    pong = await call.gate.ping(place.country)
    return WayTried(**only(pong, WayTried.__struct_fields__))


@operation(
    "POST",
    "/partners/{country}/retry",
    id="retryPartner",
    tag="Partners",
    act=Act.RESEND,
    codes=UNKNOWN,
)
def retry(call: Call, place: OnePartner, tx: Transaction) -> LineState:
    """Try now what waits for a partner, instead of when its time comes."""
    _partner(call, place.country)
    tx.hasten_outbox(place.country, call.gate.context.clock.wall())
    return tx.line(place.country)


OPERATIONS = (listed, one, ping, retry)
