"""The second factor: time-based one-time passwords (RFC 6238) and recovery codes.

A code counts once: the step of the last one that was taken is kept, and no earlier or equal one is taken again.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP

SECRET_SIZE = 20
"""Octets (RFC 4226, 4, R6: 160 bits)."""
STEP_SECONDS = 30
AROUND = (0, -1, 1)
"""Steps before and after now that are taken, too: clocks of telephones are not exact."""
CODES, CODE_SIZE = 10, 10


def secret_of(entropy: bytes) -> str:
    """A secret as authenticator apps take it (base32)."""
    return base64.b32encode(entropy[:SECRET_SIZE]).decode()


def address_of(secret: str, name: str, issuer: str) -> str:
    """What a QR code says to an authenticator app (``otpauth://totp/…``)."""
    return TOTP(secret, name=name, issuer=issuer).provisioning_uri()


def step_of(now: datetime) -> int:
    """The time step of a moment (RFC 6238, 4.2)."""
    return int(now.timestamp()) // STEP_SECONDS


def taken_step(secret: str, code: str, now: datetime, last: int) -> int | None:
    """The time step that a code is of, if it is one that has not been taken yet.

    Args:
        last: step of the last code that was taken; 0 for none.
    """
    plain, step = code.replace(" ", ""), step_of(now)
    for one in (step + offset for offset in AROUND):
        if one > last and compare_digest(
            TOTP(secret).generate_otp(one), plain.encode("ascii", "replace").decode()
        ):
            return one
    return None


def recovery_codes(entropy: bytes) -> list[str]:
    """Codes that each count once where the telephone is lost: 50 bits each.

    Args:
        entropy: 100 fresh random bytes.
    """
    pieces = [
        entropy[start : start + CODE_SIZE] for start in range(0, CODES * CODE_SIZE, CODE_SIZE)
    ]
    words = [base64.b32encode(piece).decode().lower()[:10] for piece in pieces]
    return [f"{word[:5]}-{word[5:]}" for word in words]


def digest_of_code(code: str) -> str:
    """What is kept of a recovery code: it is random, so no slow function is needed."""
    plain = code.strip().lower().replace("-", "").replace(" ", "")
    return hashlib.sha256(plain.encode()).hexdigest()


def left_after(code: str, kept: Iterable[str]) -> tuple[str, ...] | None:
    """The digests that are left when a recovery code was used; None if it is none of them."""
    digests = tuple(kept)
    used = digest_of_code(code)
    return tuple(one for one in digests if one != used) if used in digests else None
