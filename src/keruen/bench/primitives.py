"""The limit: what the cryptography of one message and its receipt costs, and nothing else.

Each primitive is measured alone, in process time, on octets as large as those of a real message.
"""

from __future__ import annotations

import hashlib
import os
import statistics
import time
from collections.abc import Callable, Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

SIGNED_INFO = 1100
"""Octets of a SignedInfo with three references."""
DIGESTED = 4600
"""Octets that are digested on one side: Messaging, Body, the packed part, and the receipt's."""
PACKED = 1900
"""Octets of a packed part of 4 kB."""

TIMES: Mapping[str, int] = {
    "Ed25519 sign": 2,
    "Ed25519 verify": 2,
    "X25519 key": 1,
    "X25519 exchange": 2,
    "HKDF-SHA-256": 2,
    "AES key wrap": 1,
    "AES key unwrap": 1,
    "AES-128-GCM encrypt": 1,
    "AES-128-GCM decrypt": 1,
    "SHA-256 digests": 2,
}
"""How often each is needed for one message and its receipt, both sides together (edelivery-2.0)."""


def _operations() -> dict[str, Callable[[], object]]:
    signing, agreement = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
    verifying, public = signing.public_key(), agreement.public_key()
    info, packed, digested = (os.urandom(n) for n in (SIGNED_INFO, PACKED, DIGESTED))
    key, kek, nonce, secret = os.urandom(16), os.urandom(16), os.urandom(12), os.urandom(32)
    signature, cipher = signing.sign(info), AESGCM(key)
    wrapped, sealed = aes_key_wrap(kek, key), cipher.encrypt(nonce, packed, None)
    return {
        "Ed25519 sign": lambda: signing.sign(info),
        "Ed25519 verify": lambda: verifying.verify(signature, info),
        "X25519 key": lambda: X25519PrivateKey.from_private_bytes(secret).public_key(),
        "X25519 exchange": lambda: agreement.exchange(public),
        "HKDF-SHA-256": lambda: HKDF(SHA256(), 16, kek, b"").derive(secret),
        "AES key wrap": lambda: aes_key_wrap(kek, key),
        "AES key unwrap": lambda: aes_key_unwrap(kek, wrapped),
        "AES-128-GCM encrypt": lambda: AESGCM(key).encrypt(nonce, packed, None),
        "AES-128-GCM decrypt": lambda: AESGCM(key).decrypt(nonce, sealed, None),
        "SHA-256 digests": lambda: hashlib.sha256(digested).digest(),
    }


def microseconds(operation: Callable[[], object], series: int = 7, seconds: float = 0.02) -> float:
    """Process time of one call: the median of some series, so that neither luck nor a neighbour decides."""
    operation()
    return statistics.median(_series(operation, seconds) for _ in range(series))


def _series(operation: Callable[[], object], seconds: float) -> float:
    begun, calls = time.process_time(), 0
    while (spent := time.process_time() - begun) < seconds:
        operation()
        calls += 1
    return spent / calls * 1e6


def limit(cores: int) -> tuple[float, dict[str, float]]:
    """Messages a second that the cryptography alone allows, and µs a message of each primitive."""
    spent = {name: microseconds(call) * TIMES[name] for name, call in _operations().items()}
    return cores * 1e6 / sum(spent.values()), {name: round(us, 1) for name, us in spent.items()}
