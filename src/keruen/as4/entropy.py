"""Entropy as a value: everything random in a sealed message derives from one seed and the content.

HKDF (RFC 5869) over the seed, with a digest of message id, recipient and plaintexts as its salt
and a label as its info. The same seed and content give the same octets, so a retry is
byte-identical; the same seed with any other content gives other keys and nonces, so none is ever
used twice.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

SEED_SIZE = 32


@dataclass(frozen=True, slots=True)
class Seeded:
    """Entropy of one message.

    Args:
        seed: 32 secret random octets, stored as long as the message may be sent again. Whoever has
            the seed can read the message.

    Raises:
        ValueError: not 32 octets.
    """

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_SIZE:
            raise ValueError("a seed has 32 octets")

    def bound_to(self, binding: bytes) -> Draw:
        """Draws that are good for this content only."""
        return Draw(self.seed, binding)


@dataclass(frozen=True, slots=True)
class Draw:
    """Derives octets by label; the same label always gives the same octets."""

    seed: bytes = field(repr=False)
    binding: bytes
    _extracted: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # HKDF-Extract (RFC 5869, 2.2), the same for every label.
        extracted = hmac.digest(self.binding, self.seed, "sha256")
        object.__setattr__(self, "_extracted", extracted)

    def octets(self, label: str, length: int) -> bytes:
        """`length` octets for `label`."""
        info = b"keruen as4 " + label.encode()
        return HKDFExpand(SHA256(), length, info).derive(self._extracted)
