"""Others stand behind the two nodes, and messages name them (4CT01 to 4CT03)."""

from __future__ import annotations

import dataclasses

import pytest
from tests.as4 import forge
from tests.conformance.world import Exchange, Seen, sealed, seen

from keruen.as4 import Property, Receipt
from keruen.store import Direction

SCHEME = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
CORNERS = (
    Property("originalSender", "kz-declarant-portal", SCHEME),
    Property("finalRecipient", "tj-risk-department", SCHEME),
)
NAMED = "//eb:MessageProperties/eb:Property"


@pytest.fixture
def corners(exchange: Exchange) -> Exchange:
    """Both nodes as their cards would make them with [four_corner]."""
    for node in (exchange.kz, exchange.tj):
        ((country, peer),) = node.sender.line.peers.items()
        pmode = dataclasses.replace(peer.pmode, four_corner=True)
        peers = {country: dataclasses.replace(peer, pmode=pmode, properties=CORNERS)}
        node.line = dataclasses.replace(node.line, peers=peers)
        node.sender.line = node.receiver.line = node.line
    return exchange


def received(exchange: Exchange) -> Seen:
    """The message as TJ keeps it."""
    (message,) = exchange.kz.messages()
    row = exchange.tj.envelope(message.ebms_id, Direction.IN)
    assert row is not None
    return seen("application/soap+xml", row.envelope)


@pytest.mark.assertion("4CT01")
async def test_4ct01_the_outer_corners_are_named_in_properties(corners: Exchange) -> None:
    sent = await corners.push()
    assert isinstance(corners.signal(sent.reply), Receipt)
    for name, value in (
        ("originalSender", "kz-declarant-portal"),
        ("finalRecipient", "tj-risk-department"),
    ):
        assert received(corners).text(f"{NAMED}[@name='{name}']") == value
        assert received(corners).text(f"{NAMED}[@name='{name}']/@type") == SCHEME


@pytest.mark.parametrize("name", ["originalSender", "finalRecipient"])
async def test_a_message_that_does_not_name_a_corner_is_refused(
    corners: Exchange, name: str
) -> None:
    sent = sealed(corners.kz, properties=CORNERS)
    message = forge.wire(sent).resigned(sent, lambda text: text.replace(name, "other"))
    assert await corners.refused_for(message) == ["EBMS:0003"]


@pytest.mark.assertion("4CT02")
async def test_4ct02_a_tracking_identifier_may_travel_along(corners: Exchange) -> None:
    tracking = Property("trackingIdentifier", "4711/a")
    sent = sealed(corners.kz, properties=(*CORNERS, tracking))
    request = await corners.send_and_see(sent)
    assert request.text(f"{NAMED}[@name='trackingIdentifier']") == "4711/a"
    row = corners.tj.envelope(sent.message.message_id, Direction.IN)
    assert row is not None
    assert b"4711/a" in row.envelope


@pytest.mark.assertion("4CT03")
async def test_4ct03_from_and_to_are_the_message_handlers(corners: Exchange) -> None:
    await corners.push()
    party = "//eb:PartyInfo/eb:{}/eb:PartyId"
    assert received(corners).text(party.format("From")) == "customs-kz"
    assert received(corners).text(party.format("To")) == "customs-tj"
