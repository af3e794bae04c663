"""Acts that see to their own transaction, done once for each key all the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from keruen.api.gate import Call
from keruen.api.operation import answered
from keruen.exchange.once import once

T = TypeVar("T")


def octets_of(asked: Any) -> bytes:
    """A request as octets, the same in every process: sets have an order of their own in each."""
    return msgspec.json.encode(asked, order="deterministic")


def told_once(call: Call, key: str, asked: Any, act: Callable[[], T], kind: Any) -> Any:
    """What `act` gives, or gave when this key came first.

    A node that is killed between the act and its answer does it again under the same key; who acts says then
    what is there already.

    Args:
        asked: the request; the same key stands for the same request.
        kind: type of the answer.
    """
    store, token_id = call.gate.store, call.caller.token.token_id
    wall, data = call.gate.context.clock.wall(), octets_of(asked)
    known = store.read(lambda reader: reader.kept_answer(token_id, key))
    made = None if known else act()
    answer, repeated = store.write_now(
        lambda tx: once(tx, token_id, key, data, wall, lambda: made, kind)
    )
    return answered(answer, repeated=repeated)
