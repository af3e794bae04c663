"""Notes that what was kept long enough was looked for, and what went."""

from __future__ import annotations

import msgspec

from keruen.exchange.context import Context
from keruen.exchange.retention import Purged
from keruen.store import PurgeRun, Transaction


def noted(tx: Transaction, context: Context, done: Purged) -> None:
    """Note a look that came to its end."""
    now, removed = context.clock.now(), msgspec.json.encode(msgspec.structs.asdict(done))
    tx.add_purge_run(PurgeRun(run_id=context.clock.new_id(), at=now, removed=removed))
