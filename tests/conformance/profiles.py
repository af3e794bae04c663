"""Both nodes' keys for each AS4 profile."""

from __future__ import annotations

import dataclasses
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.as4.world import Node, validity
from tests.exchange.world import KEYS, line_of

from keruen.as4 import (
    SUITES,
    DecryptionIdentity,
    SigningIdentity,
    issue_key_agreement,
    issue_signing,
)
from keruen.exchange import Line

DEFAULT = "edelivery-2.0"
PROFILES = tuple(SUITES)
Keys = tuple[ec.EllipticCurvePrivateKey, ...] | tuple[rsa.RSAPrivateKey, ...]


@cache
def node(profile: str, country: str, curve: str = "secp256r1") -> Node:
    """One administration's keys; `curve` matters for ``edelivery-2.0-ec`` only."""
    known = KEYS[country]
    if profile == DEFAULT:
        return known
    number = known.signer.certificate.serial + 5
    sign, agree = _rsa_keys() if profile == "edelivery-1.15" else _ec_keys(number, curve)
    authority, name = known.authority, f"{known.name} {profile}"
    signing = issue_signing(authority, f"{name} signing", sign.public_key(), validity(number))
    receiving = issue_key_agreement(
        authority, f"{name} decryption", agree.public_key(), validity(number + 1)
    )
    return dataclasses.replace(
        known,
        signer=SigningIdentity(sign, signing),
        decryption=DecryptionIdentity(agree, receiving),
    )


def _ec_keys(number: int, curve: str) -> Keys:
    kinds = {"brainpoolP256r1": ec.BrainpoolP256R1(), "secp256r1": ec.SECP256R1()}
    kinds |= {"secp384r1": ec.SECP384R1(), "secp521r1": ec.SECP521R1()}
    return tuple(ec.derive_private_key(n, kinds[curve]) for n in (number, number + 1))


def _rsa_keys() -> Keys:
    return tuple(rsa.generate_private_key(65537, 2048) for _ in range(2))


def line(profile: str, country: str, partner: str, curve: str = "secp256r1") -> Line:
    """What a node holds of the other under a profile."""
    own, other = node(profile, country, curve), node(profile, partner, curve)
    base = line_of(country, partner)
    pmode = dataclasses.replace(
        base.peers[partner].pmode,
        suite=profile,
        partner_signing=(other.signer.certificate,),
        partner_key_agreement=(other.decryption.certificate,),
    )
    peer = dataclasses.replace(base.peers[partner], pmode=pmode)
    return Line(own.signer, (own.decryption,), {partner: peer})
