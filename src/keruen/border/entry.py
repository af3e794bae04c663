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
from keruen.border.withdraw import standing, withdraw_arrival
from keruen.customs import Finding
from keruen.errors import LocalError
from keruen.exchange import Attached, Context
from keruen.store import ArrivalEntry, Reader, Transaction

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
        tx.put_arrival_entry(replace(entry, saved=wall, registered=wall, answer=plain))
    return answer


def withdraw_entry(
    tx: Transaction, context: Context, entry_id: str, cause: str
) -> tuple[Finding, ...]:
    """Take back what was registered under an entry, all of it or nothing; gives why not.

    What is taken back already is not taken back again.
    """
    entry = tx.arrival_entry(entry_id)
    if entry is None or entry.withdrawn is not None:
        return ()
    told = [place for place in places_of(tx, context, entry) if place is not None]
    found = [one for place in told if (one := standing(tx, context, *place)) is not None]
    refused = tuple(one.refusal for one in found if one.refusal is not None)
    if refused:
        return refused
    for place in told:
        withdraw_arrival(tx, context, *place, cause=cause)
    tx.put_arrival_entry(replace(entry, withdrawn=context.clock.wall()))
    return ()


def places_of(
    reader: Reader, context: Context, entry: ArrivalEntry
) -> list[tuple[str, str] | None]:
    """Corridor and id of each message that an entry's answers name."""
    return [
        next(
            (
                (agreement.corridor, one.message_id)
                for agreement in context.agreements
                if one.message_id and reader.message(agreement.corridor, one.message_id)
            ),
            None,
        )
        for one in answer_of(entry)
    ]


def answer_of(entry: ArrivalEntry) -> Answer:
    """What was answered to an entry; nothing to a draft."""
    return msgspec.json.decode(entry.answer, type=Answer) if entry.answer else ()
