"""Passwords: what a good one is, and Argon2id of it (NIST SP 800-63B, 3.1.1; RFC 9106, 4)."""

from __future__ import annotations

import base64
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from keruen.errors import UsageError

SHORTEST, LONGEST = 12, 128
SALT_SIZE, FIRST_SIZE = 16, 10
HASHER = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4, type=Type.ID)
"""RFC 9106, 4, second recommended option: 64 MiB; about 50 ms on a small machine."""

_WEAK = (
    "password",
    "qwertyuiop",
    "1234567890",
    "йцукенгшщзхъ",
    "парольпароль",
    "keruen",
    "administrator",
)
"""What everybody tries first."""


def require_good(password: str, name: str) -> None:
    """Check a new password.

    Raises:
        UsageError: ``password-short``, ``password-long``, ``password-simple``.
    """
    told = unicodedata.normalize("NFKC", password)
    if len(told) < SHORTEST:
        raise UsageError("password-short", f"a password has at least {SHORTEST} characters")
    if len(told) > LONGEST:
        raise UsageError("password-long", f"a password has at most {LONGEST} characters")
    if _is_simple(told.casefold(), name.casefold()):
        text = "this password is the first that somebody would try: take words that do not belong together"
        raise UsageError("password-simple", text)


def _is_simple(password: str, name: str) -> bool:
    left = password
    if password == DEMONSTRATION:
        return True
    for known in (name, *_WEAK):
        left = left.replace(known, "") if len(known) > 2 else left  # noqa: PLR2004 - "a" is in every word
    return len(set(password)) < 5 or len(left) < 8  # noqa: PLR2004


def first_password(entropy: bytes) -> str:
    """A password that a program chose, to be handed over and changed: 80 bits in four groups.

    Args:
        entropy: 10 fresh random bytes.
    """
    word = base64.b32encode(entropy[:FIRST_SIZE]).decode().lower()
    return "-".join(word[start : start + 4] for start in range(0, len(word), 4))


def hashed(password: str, salt: bytes, hasher: PasswordHasher = HASHER) -> str:
    """What is kept of a password, parameters and salt in it.

    Args:
        salt: 16 fresh random bytes.
    """
    return hasher.hash(unicodedata.normalize("NFKC", password), salt=salt)


def fits(kept: str, password: str) -> bool:
    """Whether a password is the one that this was made of; takes as long as it was made to."""
    try:
        return HASHER.verify(kept, unicodedata.normalize("NFKC", password))
    except (VerificationError, InvalidHashError):
        return False


DEMONSTRATION = "caravan-at-dawn-demo"
"""What a demonstration prints as the password of its users; no other node takes it."""

NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$bm9ib2R5bm9ib2R5MA$Zm9yIG5hbWVzIHRoYXQgbm9ib2R5IGhhcywgYWxzbyE"
)
"""What a password is compared with where nobody has that name, so that it takes as long; nothing fits it."""
