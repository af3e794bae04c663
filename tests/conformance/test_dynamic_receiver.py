"""Who is no partner cannot become one by a certificate (DR01 to DR04)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.as4.world import validity
from tests.conformance.world import Exchange, sealed
from tests.exchange.world import KEYS, line_of

from keruen.as4 import ErrorCode, ErrorSignal, PartyId, SigningIdentity, Trust, issue_signing

FAILED = ErrorCode.FAILED_AUTHENTICATION.code


def chained(country: str) -> SigningIdentity:
    """A new key, certified by the authority that certified the partner's own."""
    key = Ed25519PrivateKey.from_private_bytes(b"\x77" * 32)
    authority = KEYS[country].authority
    return SigningIdentity(
        key, issue_signing(authority, "newcomer", key.public_key(), validity(77))
    )


async def refused_for(exchange: Exchange, signer: SigningIdentity, **changes: Any) -> list[str]:
    before = exchange.waiting()
    sent = sealed(exchange.kz, signer=signer, **changes)
    error = exchange.signal(await exchange.send(sent))
    assert isinstance(error, ErrorSignal)
    assert not error.signed
    assert exchange.waiting() == before
    return [one.code for one in error.errors]


@pytest.mark.assertion("DR01")
async def test_dr01_an_unregistered_sender_is_refused_however_good_his_chain(
    exchange: Exchange,
) -> None:
    newcomer = PartyId("customs-kz-2", exchange.kz.line.peers["TJ"].pmode.own.type)
    codes = await refused_for(exchange, chained("KZ"), sender=newcomer)
    assert codes == [ErrorCode.PROCESSING_MODE_MISMATCH.code]


@pytest.mark.assertion("DR02")
async def test_dr02_a_certificate_of_a_foreign_authority_is_refused(exchange: Exchange) -> None:
    """Whether it is pinned or not, where the card names authorities."""
    with_authority(exchange, "KZ")
    await exchange.send_and_see(sealed(exchange.kz))
    assert await refused_for(exchange, KEYS["XX"].signer) == [FAILED]
    with_authority(exchange, "XX")
    assert await refused_for(exchange, KEYS["KZ"].signer) == [FAILED]


def with_authority(exchange: Exchange, country: str) -> None:
    """TJ's card of KZ names the authority of that country."""
    peer = exchange.tj.line.peers["KZ"]
    trust = Trust(authorities=(KEYS[country].authority.certificate,))
    pmode = dataclasses.replace(peer.pmode, trust=trust)
    peers = {"KZ": dataclasses.replace(peer, pmode=pmode)}
    exchange.tj.line = dataclasses.replace(exchange.tj.line, peers=peers)
    exchange.tj.receiver.line = exchange.tj.line


@pytest.mark.assertion("DR04")
async def test_dr04_a_certificate_of_another_partner_is_refused(exchange: Exchange) -> None:
    """XX is a partner, too: its certificate is good for XX alone."""
    peers = {**exchange.tj.line.peers, **line_of("TJ", "XX").peers}
    exchange.tj.receiver.line = dataclasses.replace(exchange.tj.line, peers=peers)
    assert await refused_for(exchange, KEYS["XX"].signer) == [FAILED]
