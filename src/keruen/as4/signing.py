"""Signature schemes: how the canonical SignedInfo is signed and verified (XML Signature 1.1, 6.4).

Nothing outside this module asks which algorithm signs. A key of another kind than the scheme's is
refused, so that no message can choose how its partner's key is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256

from keruen.as4.curves import CURVES, curve_of
from keruen.as4.key_kinds import EC_KEYS, ED25519_KEYS, RSA_KEYS, KeyKind
from keruen.as4.namespaces import ECDSA_SHA256, ED25519, RSA_SHA256


@dataclass(frozen=True, slots=True)
class SignatureScheme:
    """How SignedInfo is signed."""

    uri: str
    sign: Callable[[PrivateKeyTypes, bytes], bytes]
    """Signature value over octets; TypeError for a key of another kind."""
    verify: Callable[[PublicKeyTypes, bytes, bytes], None]
    """(key, signature value, octets); InvalidSignature also for a key of another kind."""
    keys: KeyKind
    deterministic: bool
    """Whether signing twice gives the same value, so that a receipt can be remade."""


def _sign_ed25519(key: PrivateKeyTypes, octets: bytes) -> bytes:
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("Ed25519 needs an Ed25519 key")
    return key.sign(octets)


def _verify_ed25519(key: PublicKeyTypes, value: bytes, octets: bytes) -> None:
    if not isinstance(key, Ed25519PublicKey):
        raise InvalidSignature
    key.verify(value, octets)


def _sign_rsa(key: PrivateKeyTypes, octets: bytes) -> bytes:
    if not isinstance(key, RSAPrivateKey):
        raise TypeError("rsa-sha256 needs an RSA key")
    return key.sign(octets, PKCS1v15(), SHA256())


def _verify_rsa(key: PublicKeyTypes, value: bytes, octets: bytes) -> None:
    if not isinstance(key, RSAPublicKey):
        raise InvalidSignature
    key.verify(value, octets, PKCS1v15(), SHA256())


def _sign_ecdsa(key: PrivateKeyTypes, octets: bytes) -> bytes:
    """R and s one after the other, each as long as the curve (XML Signature 1.1, 6.4.3)."""
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("ecdsa-sha256 needs a key on an elliptic curve")
    size = curve_of(key.public_key()).size
    halves = decode_dss_signature(key.sign(octets, ec.ECDSA(SHA256())))
    return b"".join(half.to_bytes(size, "big") for half in halves)


def _verify_ecdsa(key: PublicKeyTypes, value: bytes, octets: bytes) -> None:
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in CURVES:
        raise InvalidSignature
    size = curve_of(key).size
    if len(value) != 2 * size:
        raise InvalidSignature
    halves = (int.from_bytes(half, "big") for half in (value[:size], value[size:]))
    key.verify(encode_dss_signature(*halves), octets, ec.ECDSA(SHA256()))


ED25519_SCHEME = SignatureScheme(
    ED25519, _sign_ed25519, _verify_ed25519, ED25519_KEYS, deterministic=True
)
RSA_SCHEME = SignatureScheme(RSA_SHA256, _sign_rsa, _verify_rsa, RSA_KEYS, deterministic=True)
ECDSA_SCHEME = SignatureScheme(
    ECDSA_SHA256, _sign_ecdsa, _verify_ecdsa, EC_KEYS, deterministic=False
)
