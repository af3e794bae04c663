"""Declarations, arrivals and messages with plausible values; a test names only what it is about."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.world import Node, Pair, the_agreement

from keruen import border, formats
from keruen.as4 import Payload, SealedMessage, Seeded, SigningIdentity, UserMessage, seal
from keruen.border import ArrivalRegistered
from keruen.customs import (
    Address,
    Amount,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    GoodsItem,
    ItineraryStop,
    Packaging,
    Party,
    Person,
    Seal,
    TransportMeans,
)
from keruen.exchange import new_header
from keruen.exchange.peers import SERVICE
from keruen.messages import (
    Acknowledgement,
    AnyMessage,
    ArrivalInformation,
    Header,
    Mode,
    Outcome,
    PreliminaryInformation,
    Stage,
    decode,
    encode,
    kind_of,
)
from keruen.store import Direction

PLATE = "123ABC02"


def declaration(**values: Any) -> Declaration:
    """Flour from Almaty to Dushanbe by road."""
    made = replace(
        Declaration(
            kind=DeclarationKind.EXPORT,
            number="55301/231126/0000001",
            released=NOW - timedelta(hours=1),
            office=CustomsOffice(code="39855302", country="KZ"),
            office_of_exit=CustomsOffice(code="KZ-KOR", country="KZ"),
            office_of_destination=CustomsOffice(code="TJ-DUS-1"),
            carrier=Party(name="ТОО Жол"),
            direction="ЭК",
            containerised=False,
            consignor=Party(id="990140000007", name="Дән ЖШС", address=Address(country="KZ")),
            consignee=Party(name="ҶДММ Нон", address=Address(country="TJ")),
            drivers=(Person(surname="Secret", given_name="Driver"),),
            country_of_dispatch="KZ",
            country_of_destination="TJ",
            itinerary=(
                ItineraryStop(ordinal=1, country="KG"),
                ItineraryStop(
                    ordinal=2,
                    country="TJ",
                    office=CustomsOffice(code="TJ-GUL", country="TJ"),
                    eta=NOW + timedelta(hours=40),
                ),
            ),
            transport_means=(TransportMeans(identity=PLATE, mode="3", nationality="KZ"),),
            seals=(Seal(number="KZ0012345"),),
            invoice=Amount(value=Decimal("14000.00"), currency="USD"),
            documents=(Document(kind=DocumentKind.TRANSPORT, code="730", number="CMR-77"),),
            items=(item(),),
        ),
        **values,
    )
    packages = [one.package_count for one in made.items if one.package_count is not None]
    return replace(
        made,
        item_count=made.item_count or len(made.items),
        package_count=made.package_count or (sum(packages, Decimal(0)) if packages else None),
    )


def item(**values: Any) -> GoodsItem:
    return replace(
        GoodsItem(
            ordinal=1,
            hs="110100",
            description="Flour of wheat",
            gross_mass=Decimal(20100),
            net_mass=Decimal(20000),
            packages=(Packaging(count=Decimal(400), kind="BG"),),
            origin="KZ",
            procedure="10",
            price=Amount(value=Decimal("14000.00"), currency="USD"),
        ),
        **values,
    )


def imported(**values: Any) -> Declaration:
    """The import declaration that answers it, made in Dushanbe."""
    return declaration(
        kind=DeclarationKind.IMPORT,
        number="TJ-IM-1",
        consignment_reference=None,
        released=NOW + timedelta(hours=48),
        office=CustomsOffice(code="TJ-DUS", country="TJ"),
        drivers=(),
        documents=(
            Document(kind=DocumentKind.TRANSPORT, code="730", number="CMR-77"),
            Document(kind=DocumentKind.PRECEDING, number="55301/231126/0000001"),
        ),
        **values,
    )


def paper(one: Declaration) -> bytes:
    """A declaration as a file of the project's own format."""
    return formats.write(one, "json")


def number(n: int) -> Declaration:
    """The nth of many declarations."""
    return declaration(
        number=f"55301/231126/{n:07}",
        transport_means=(TransportMeans(identity=f"{n:03}ABC02", mode="3", nationality="KZ"),),
        seals=(Seal(number=f"KZ77{n:05}"),),
        documents=(Document(kind=DocumentKind.TRANSPORT, code="730", number=f"CMR-1{n}"),),
    )


def arrive(node: Node, **facts: Any) -> ArrivalRegistered:
    """A truck comes to Guliston."""
    given = {"post": "TJ-GUL", "arrived": node.clock.now(), "vehicle": PLATE, **facts}
    arrival = border.arrival(**given)
    (registered,) = node.store.write_now(
        lambda tx: border.register_arrival(tx, node.context, arrival)
    )
    return registered


def information(sender: Node, **values: Any) -> PreliminaryInformation:
    """Preliminary information as the sender's node would make it."""
    return replace(
        PreliminaryInformation(
            header=header(sender, PreliminaryInformation),
            consignment_id=sender.clock.new_id(),
            declaration=declaration(drivers=(), invoice=None, items=(item(price=None),)),
        ),
        **values,
    )


def arrived(sender: Node, **values: Any) -> ArrivalInformation:
    """Arrival information as the sender's node would make it."""
    return replace(
        ArrivalInformation(
            header=header(sender, ArrivalInformation),
            arrival_id=sender.clock.new_id(),
            post={"KZ": "KZ-KON", "TJ": "TJ-GUL"}[sender.country],
            arrived=sender.clock.now(),
            registered=sender.clock.now(),
            transport_means=(TransportMeans(identity=PLATE, mode="3", nationality="KZ"),),
        ),
        **values,
    )


def header(node: Node, kind: type[AnyMessage], **values: Any) -> Header:
    made = new_header(node.context, the_agreement(), kind, stage=Stage.EXPORT, mode=Mode.LIVE)
    return replace(made, **values)


def sealed_by(
    node: Node,
    message: AnyMessage | bytes,
    *,
    signer: SigningIdentity | None = None,
    **changes: Any,
) -> SealedMessage:
    """What a partner's program, not ours, could put on the wire as `node`."""
    peer = next(iter(node.line.peers.values()))
    body = message if isinstance(message, bytes) else encode(message)
    ebms_id = f"{node.clock.new_id()}@{node.country.lower()}.keruen"
    user_message = UserMessage(
        message_id=ebms_id,
        timestamp=node.clock.now(),
        sender=peer.pmode.own,
        sender_role=peer.pmode.own_role,
        receiver=peer.pmode.partner,
        receiver_role=peer.pmode.partner_role,
        service=SERVICE,
        action=PreliminaryInformation.__name__ if isinstance(message, bytes) else kind_of(message),
        conversation_id="conversation",
    )
    return seal(
        dataclasses.replace(user_message, **changes),
        [Payload("content", "application/json", lambda: iter((body,)))],
        pmode=peer.pmode,
        signer=signer or node.line.signing,
        now=node.clock.now(),
        entropy=Seeded(node.clock.entropy()),
    )


async def deliver(pair: Pair, message: AnyMessage | bytes, **changes: Any) -> None:
    """KZ's program sends it, whatever it is; TJ takes and handles it."""
    sent = sealed_by(pair.kz, message, **changes)
    reply = await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    assert b"Receipt" in reply.body
    await pair.tj.inbox.round()


def answers(node: Node) -> list[Acknowledgement]:
    stored = node.messages(kind=Acknowledgement.__name__, direction=Direction.OUT)
    return [msgspec.convert(decode(one.body), Acknowledgement) for one in stored]


async def rejected(pair: Pair, message: AnyMessage, **changes: Any) -> dict[str, str]:
    """Path → code of what TJ answers to a message that it must reject."""
    await deliver(pair, message, **changes)
    (answer,) = answers(pair.tj)
    assert answer.outcome is Outcome.REJECTED
    assert answer.header.refers_to == message.header.message_id
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 1}
    return {finding.path: finding.code for finding in answer.findings}
