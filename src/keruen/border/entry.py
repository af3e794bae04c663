"""An arrival that a person enters: a draft until it is registered, and registered once whatever is repeated.

typed ─► kept as a draft ─► judged and shown ─► registered under the entry's id ─► answer kept
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from keruen.border.arrival import Arrival
from keruen.border.parts import ArrivalRegistered
from keruen.border.register import register_arrival
from keruen.errors import LocalError
from keruen.exchange import Attached, Context
from keruen.store import ArrivalEntry, Transaction

Answer = tuple[ArrivalRegistered, ...]


def keep_draft(tx: Transaction, row: ArrivalEntry) -> bool:
    """Keep what was typed; gives whether it is still a draft.

    What was registered meanwhile stays as it is: a page that comes late changes nothing. An entry of somebody
    else is left alone, too.
    """
    known = tx.arrival_entry(row.entry_id)
    if known is not None and (known.registered is not None or known.person != row.person):
        return False
    tx.put_arrival_entry(row)
    return True


def register_entry(
    tx: Transaction,
    context: Context,
    entry_id: str,
    arrival: Arrival,
    attached: Sequence[Attached] = (),
) -> Answer:
    """Register what was entered, or give the answer that it had when it was registered before.

    A refused arrival stays a draft, so that it can be put right.

    Raises:
        LocalError: ``entry-unknown``: nothing is entered under this id; and as `register_arrival`.
    """
    entry = tx.arrival_entry(entry_id)
    if entry is None:
        raise LocalError("entry-unknown", "nothing is entered under this id; begin anew")
    if entry.registered is not None:
        return answer_of(entry)
    answer = tuple(register_arrival(tx, context, arrival, attached))
    if any(one.arrival_id for one in answer):
        wall = context.clock.wall()
        plain = msgspec.json.encode(answer)
        tx.put_arrival_entry(replace(entry, typed=b"", saved=wall, registered=wall, answer=plain))
    return answer


def answer_of(entry: ArrivalEntry) -> Answer:
    """What was answered to an entry; nothing to a draft."""
    return msgspec.json.decode(entry.answer, type=Answer) if entry.answer else ()
