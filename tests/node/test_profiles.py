"""Node directories with keys of another profile exchange over sockets, each signing by the partner's card."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.exchange.papers import declaration, paper
from tests.node.test_node import running, until

from keruen.as4 import TokenReference
from keruen.config import directory
from keruen.config.cards import FourCorner, write_card
from keruen.node import Node
from keruen.store import Direction

ECDSA, RSA = b"ecdsa-sha256", b"rsa-sha256"


def swap_cards(roots: dict[str, Path], profile: str) -> None:
    """Both hold keys of the profile, and each other's card for it."""
    for root in roots.values():
        directory.make_profile_keys(root, profile, "secp384r1")
    cards = {country: directory.load(root).card_for(profile) for country, root in roots.items()}
    corners = FourCorner(original_sender="urn:c1", final_recipient="urn:c4")
    for country, other in (("KZ", "TJ"), ("TJ", "KZ")):
        told = replace(
            cards[other],
            token_reference=TokenReference.PKIPATH,
            recipient_reference=TokenReference.ISSUER_SERIAL,
            four_corner=corners,
        )
        directory.add_card(roots[country], write_card(told))


@pytest.mark.parametrize(
    ("profile", "algorithm"), [("edelivery-2.0-ec", ECDSA), ("edelivery-1.15", RSA)]
)
async def test_two_nodes_exchange_by_the_profile_of_their_cards(
    roots: dict[str, Path], profile: str, algorithm: bytes
) -> None:
    swap_cards(roots, profile)
    nodes = {country: Node.open(root) for country, root in roots.items()}
    try:
        async with running(nodes):
            (result,) = nodes["KZ"].submit([("a.json", paper(declaration()))])
            await until(lambda: nodes["KZ"].answer("KZ-TJ", result.message_id or ""))
        answer = nodes["KZ"].answer("KZ-TJ", result.message_id or "")
        assert answer is not None
        assert answer.outcome == "accepted"
        (message,) = nodes["KZ"].store.read(lambda r: r.messages(direction=Direction.OUT))
        kept = nodes["TJ"].store.read(lambda r: r.envelope("KZ-TJ", message.ebms_id, Direction.IN))
        assert kept is not None
        assert algorithm in kept.envelope
        assert b"#X509PKIPathv1" in kept.envelope
        assert b">urn:c4</eb:Property>" in kept.envelope
        assert kept.receipt is None or algorithm in kept.receipt
    finally:
        for node in nodes.values():
            node.close()
