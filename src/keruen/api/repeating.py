"""Acts that see to their own transaction, done once for each key all the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from keruen.api.gate import Call
from keruen.api.operation import Answered
from keruen.exchange.once import once

T = TypeVar("T")
REPLAYED = {"Idempotency-Replayed": "true"}


def told_once(call: Call, key: str, asked: bytes, act: Callable[[], T], kind: Any) -> Any:
    """What `act` gives, or gave when this key came first.

    A node that is killed between the act and its answer does it again under the same key; who acts says then
    what is there already.

    Args:
        asked: the request; the same key stands for the same request.
        kind: type of the answer.
    """
    store, token_id = call.gate.store, call.caller.token.token_id
    wall, digest = call.gate.context.clock.wall(), hashlib.sha256(asked).digest()
    known = store.read(lambda reader: reader.kept_answer(token_id, key))
    made = None if known else act()
    answer, repeated = store.write_now(
        lambda tx: once(tx, token_id, key, digest, wall, lambda: made, kind)
    )
    return Answered(answer, REPLAYED if repeated else {})
