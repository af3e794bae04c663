"""Somebody who takes what a transaction queues, in that transaction: a commit less on a message's way."""

from __future__ import annotations

from collections.abc import Callable

from keruen.store.transaction import Transaction

Done = Callable[[], object]
"""Called by the writer's thread after the commit; must neither take long nor fail."""
Follower = Callable[[Transaction], Done]
"""Called by the writer's thread at the end of a transaction that queued messages: leases some of them.

Like every operation it does nothing but use its transaction. If it fails, all of them stay queued.
"""


class FollowerFailedError(Exception):
    """What was to be taken along could not be: the operations themselves are not to blame."""


def following(tx: Transaction, follower: Follower | None) -> Done:
    """Let the follower take what this transaction queued; gives what is to be done after the commit.

    Raises:
        FollowerFailedError: the transaction is spoilt.
    """
    if follower is None or not tx.queued:
        return _nothing
    try:
        return follower(tx)
    except Exception as error:
        raise FollowerFailedError from error


def _nothing() -> None:
    """Nobody has taken anything."""
