"""A corrected declaration beside what became known on the way.

The national system states the whole declaration again and knows nothing of what a notice said of the vehicle,
the seals or the ETA. What it did not change itself stays as it was told last.
"""

from __future__ import annotations

from msgspec import json
from msgspec.structs import replace

from keruen.agreement import Agreement, entry_stop
from keruen.customs import Declaration, EtaBasis
from keruen.store import Reader

ON_THE_WAY = ("itinerary", "transport_means", "seals", "containers")
"""Elements that a notice from the way may change."""


def with_what_is_known(
    reader: Reader, agreement: Agreement, receiver: str, declaration: Declaration, last: Declaration
) -> Declaration:
    """The corrected declaration, with what is known from the way where the correction says nothing new.

    Args:
        receiver: country whose entry post the ETA is that of.
        last: the version that was stated last.
    """
    before = _before(reader, declaration)
    if before is None:
        return declaration
    unchanged = [one for one in ON_THE_WAY if getattr(declaration, one) == getattr(before, one)]
    stop = entry_stop(last, agreement, receiver)
    if stop is None or stop.eta is None or stop.eta_basis is EtaBasis.ESTIMATED:
        unchanged = [one for one in unchanged if one != "itinerary"]
    return replace(declaration, **{one: getattr(last, one) for one in unchanged})


def _before(reader: Reader, declaration: Declaration) -> Declaration | None:
    """The declaration as the national system stated it last."""
    stored = reader.declarations(
        kind=declaration.kind.value, reference=declaration.reference, limit=1
    )
    return json.decode(stored[0].body, type=Declaration) if stored else None
