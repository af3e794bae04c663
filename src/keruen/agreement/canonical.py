"""One text for one meaning: what an agreement says, whatever its file looks like, and the digest of that.

Two sides compare digests to learn whether they hold the same rules. So white space, comments, the order of
keys and of what has no order (posts, parties, withheld elements), and a default that is written out or left
out make no difference. **A default of the model is never changed and a field never renamed**: a rule that
comes later gets a default that means what was so before, and the digests of old files stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

import msgspec

from keruen.agreement.model import Agreement

ORDERED = frozenset({"routes", "via", "stops"})
"""Lists whose order has a meaning: the first route that fits wins; stops are in the order of the way."""

LOCAL = frozenset({"usable"})
"""What a node knows of an agreement that the two sides did not agree."""


def digest(agreement: Agreement) -> str:
    """SHA-256 of what an agreement means, in hexadecimal."""
    return hashlib.sha256(canonical(agreement)).hexdigest()


def canonical(agreement: Agreement) -> bytes:
    """What an agreement means as JSON in UTF-8: keys sorted, defaults left out, numbers without idle zeros."""
    return msgspec.json.encode(_plain(agreement), order="deterministic")


def _plain(value: Any, name: str = "") -> Any:
    if isinstance(value, msgspec.Struct):
        return dict(_stated(value))
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(inner, name) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        plain = [_plain(inner) for inner in value]
        return plain if name in ORDERED else sorted(plain, key=msgspec.json.encode)
    return _scalar(value)


def _stated(struct: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(struct):
        if field.name in LOCAL:
            continue
        value = getattr(struct, field.name)
        default = field.default
        if field.default_factory is not msgspec.NODEFAULT:
            default = field.default_factory()
        if default is msgspec.NODEFAULT or value != default:
            yield field.encode_name, _plain(value, field.encode_name)


def _scalar(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case timedelta():
            return f"{value // timedelta(milliseconds=1)} ms"
        case date() | datetime():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}" if value else "0"
        case _:
            return value
