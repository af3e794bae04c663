"""Kinds of keys: what a suite signs with and encrypts to, and what is wrong with another key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from keruen.as4.curves import CURVES

RSA_BITS = (2048, 8192)
"""Smallest and largest RSA modulus; 3072 is recommended (larger ones only cost time)."""


@dataclass(frozen=True, slots=True)
class KeyKind:
    """A kind of keys, as people call it."""

    name: str
    mistake: Callable[[PublicKeyTypes], str | None]
    """What is wrong with a key, in words that follow "this one …"; None if nothing is."""


def _only(kind: type) -> Callable[[PublicKeyTypes], str | None]:
    return lambda key: None if isinstance(key, kind) else "has another key"


def _ec(key: PublicKeyTypes) -> str | None:
    if not isinstance(key, EllipticCurvePublicKey):
        return "has another key"
    return None if key.curve.name in CURVES else f"has a key on {key.curve.name}"


def _rsa(key: PublicKeyTypes) -> str | None:
    if not isinstance(key, RSAPublicKey):
        return "has another key"
    least, most = RSA_BITS
    return None if least <= key.key_size <= most else f"has one of {key.key_size} bits"


ED25519_KEYS = KeyKind("Ed25519", _only(Ed25519PublicKey))
X25519_KEYS = KeyKind("X25519", _only(X25519PublicKey))
EC_KEYS = KeyKind(f"EC ({', '.join(CURVES)})", _ec)
RSA_KEYS = KeyKind(f"RSA ({RSA_BITS[0]} to {RSA_BITS[1]} bits)", _rsa)
