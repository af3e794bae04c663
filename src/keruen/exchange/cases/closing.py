"""What a person does with a case: it is closed with a reason, and opened again. Acts are only ever appended.

A case is closed as long as it stands as it stood then: what changes its state, and what tells something new of
it, opens it again without anybody's doing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from keruen.errors import LocalError
from keruen.exchange.cases.reasons import Reason
from keruen.exchange.context import Context
from keruen.store import Transaction
from keruen.store.cases import CaseAct, CaseDeed, CaseRow

LONGEST_TEXT = 2000
"""Characters in which a person says why."""
_CLOSING = (CaseDeed.CLOSED, CaseDeed.LINKED)


def closed_by(acts: Sequence[CaseAct], row: CaseRow) -> datetime | None:
    """When a case was closed, by what persons did with it and how it stands; None where it is open."""
    last = acts[-1] if acts else None
    if last is None or last.deed not in _CLOSING:
        return None
    return last.at if (last.state, last.last) == (row.state, row.last) else None


def close(
    tx: Transaction, context: Context, row: CaseRow, *, reason: Reason, text: str, person: str
) -> CaseRow:
    """Close a case.

    Raises:
        LocalError: ``case-closed``: it is closed; ``case-without-words``: the reason needs words and has none.
    """
    if row.closed is not None:
        raise LocalError("case-closed", "the case is closed already; open it again to say more")
    words = text.strip()[:LONGEST_TEXT]
    if reason is Reason.OTHER and not words:
        raise LocalError("case-without-words", "say in words why, where no reason of the list fits")
    return acted(tx, context, row, CaseDeed.CLOSED, person=person, text=words, reason=reason)


def reopen(tx: Transaction, context: Context, row: CaseRow, *, text: str, person: str) -> CaseRow:
    """Open a case again that a person closed.

    Raises:
        LocalError: ``case-open``: it is open; ``case-linked``: a candidate was taken.
    """
    if row.candidate is not None:
        raise LocalError("case-linked", "a candidate was taken for this case; undo that")
    if row.closed is None:
        raise LocalError("case-open", "the case is open; nothing is to be undone")
    words = text.strip()[:LONGEST_TEXT]
    return acted(tx, context, row, CaseDeed.REOPENED, person=person, text=words)


def acted(
    tx: Transaction,
    context: Context,
    row: CaseRow,
    deed: CaseDeed,
    *,
    person: str,
    text: str = "",
    reason: Reason | None = None,
    candidate: str | None = None,
) -> CaseRow:
    """Append an act, and let the case stand as it leaves it."""
    act = CaseAct(
        act_id=context.clock.new_id(),
        corridor=row.corridor,
        subject=row.subject,
        deed=deed,
        at=context.clock.now(),
        person=person,
        state=row.state,
        last=row.last,
        reason=reason.value if reason else None,
        text=text,
        candidate=candidate,
    )
    tx.add_case_act(act)
    now = replace(row, closed=closed_by((act,), row), candidate=candidate)
    tx.put_case(now)
    return now
