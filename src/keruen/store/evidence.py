"""What a leaf of the evidence log states."""

from __future__ import annotations

import hashlib
from datetime import UTC

import msgspec

from keruen.store.rows import Envelope


def evidence_entry(row: Envelope) -> bytes:
    """A transmission's ids, digests and receipt as deterministic JSON: the entry that a leaf hash is over.

    It can be made again from the stored row, and must stay the same in every release.
    """
    stated = {
        "corridor": row.corridor,
        "direction": row.direction,
        "partner": row.partner,
        "message": row.ebms_id,
        "envelope": (row.digest or hashlib.sha256(row.envelope).digest()).hex(),
        "parts": row.digests.splitlines(),
        "receipt": row.receipt_id,
        "receipt_time": row.receipt_time.astimezone(UTC),
        "receipt_digest": hashlib.sha256(row.receipt).hexdigest() if row.receipt else None,
    }
    return msgspec.json.encode(stated, order="deterministic")
