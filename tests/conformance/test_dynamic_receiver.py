"""Who is no partner cannot become one by a certificate (DR01 to DR04)."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.as4.world import validity
from tests.conformance.world import Exchange, sealed
from tests.exchange.world import KEYS, line_of

from keruen.as4 import ErrorCode, ErrorSignal, PartyId, SigningIdentity, issue_signing


def chained(country: str) -> SigningIdentity:
    """A new key, certified by the authority that certified the partner's own."""
    key = Ed25519PrivateKey.from_private_bytes(b"\x77" * 32)
    authority = KEYS[country].authority
    return SigningIdentity(
        key, issue_signing(authority, "newcomer", key.public_key(), validity(77))
    )


async def refused_for(exchange: Exchange, signer: SigningIdentity, **changes: Any) -> list[str]:
    sent = sealed(exchange.kz, signer=signer, **changes)
    error = exchange.signal(await exchange.send(sent))
    assert isinstance(error, ErrorSignal)
    assert not error.signed
    assert exchange.waiting() == []
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
    codes = await refused_for(exchange, KEYS["XX"].signer)
    assert codes == [ErrorCode.FAILED_AUTHENTICATION.code]


@pytest.mark.assertion("DR04")
async def test_dr04_a_certificate_of_another_partner_is_refused(exchange: Exchange) -> None:
    """XX is a partner, too: its certificate is good for XX alone."""
    peers = {**exchange.tj.line.peers, **line_of("TJ", "XX").peers}
    exchange.tj.receiver.line = dataclasses.replace(exchange.tj.line, peers=peers)
    codes = await refused_for(exchange, KEYS["XX"].signer)
    assert codes == [ErrorCode.FAILED_AUTHENTICATION.code]
