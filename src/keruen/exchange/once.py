"""A request that is repeated under the same key is answered, not done again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from keruen.errors import LocalError
from keruen.store import KeptAnswer, Transaction

T = TypeVar("T")
KEPT = timedelta(days=30)
"""For how long answers are kept."""
_encoder = msgspec.json.Encoder(decimal_format="string")


def once(
    tx: Transaction,
    token_id: str,
    key: str,
    data: bytes,
    wall: datetime,
    act: Callable[[], T],
    kind: Any,
) -> tuple[T, bool]:
    """What `act` gives, or gave when this key came first; and whether it came before.

    What it writes and the answer are one transaction.

    Args:
        token_id: whose key it is.
        key: as the caller chose it.
        data: the request; the same key stands for the same request.
        wall: machine time.
        kind: type of what `act` gives.

    Raises:
        LocalError: ``idempotency-key-reused``: the key came before with another request.
    """
    digest = hashlib.sha256(data).digest()
    kept = tx.kept_answer(token_id, key)
    if kept is None:
        answer = act()
        plain = _encoder.encode(answer)
        tx.keep_answer(KeptAnswer(token_id=token_id, key=key, digest=digest, answer=plain, at=wall))
        return answer, False
    if kept.digest != digest:
        raise LocalError(
            "idempotency-key-reused",
            "this Idempotency-Key came before with another request; a new request has a new key",
        )
    told: T = msgspec.json.decode(kept.answer, type=kind)
    return told, True
