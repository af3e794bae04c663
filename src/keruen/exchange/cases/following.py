"""Events → the rows of the queue: a case opens, changes and goes in the transaction that brings the news."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.customs import Declaration, DeclarationKind, DiscrepancyCode
from keruen.exchange.cases.about import about
from keruen.exchange.cases.closing import closed_by
from keruen.exchange.cases.standing import NEWS, due_of, state_after
from keruen.exchange.context import Context
from keruen.exchange.kept import said
from keruen.exchange.lifecycle import WITHDRAWN, Happening, State
from keruen.messages import AnyMessage, ArrivalInformation
from keruen.store import (
    Consignment,
    Event,
    NationalDeclaration,
    Reader,
    Role,
    Transaction,
)
from keruen.store.cases import CaseRow, CaseState

_MAY_DIVERT = frozenset({*WITHDRAWN, *NEWS})
_COME = (Happening.ARRIVED, Happening.PARTLY_ARRIVED)


def followed(
    tx: Transaction,
    agreement: Agreement,
    event: Event,
    one: Consignment,
    message: AnyMessage | None,
    declaration: Declaration | None,
) -> None:
    """Bring the case of a consignment up to date with an event.

    Args:
        one: the consignment after it.
        declaration: the version that holds from now on; None where it is the one before.
    """
    happening = Happening(event.name)
    known = tx.case(one.corridor, one.consignment_id)
    if known is None and happening not in NEWS:
        return
    state = _state(tx, one, happening, known)
    if state is CaseState.ARRIVED:
        if known is not None:
            tx.drop_case(one.corridor, one.consignment_id)
    else:
        _put(tx, _row(tx, agreement, event, one, declaration, (known, state)), known)
    if isinstance(message, ArrivalInformation) and message.consignment_id is not None:
        _unannounced(tx, agreement, event, message)


def _put(tx: Transaction, row: CaseRow, known: CaseRow | None) -> None:
    if row != known:
        tx.put_case(row)


def _state(
    reader: Reader, one: Consignment, happening: Happening, known: CaseRow | None
) -> CaseState:
    before = known.state if known else None
    diverted = before is CaseState.DIVERTED
    if happening in _MAY_DIVERT and one.state != State.UNANNOUNCED:
        key = one.corridor, one.consignment_id
        codes = (row.discrepancy.code for row in reader.discrepancies(*key))
        diverted = DiscrepancyCode.DIVERTED in codes
    return state_after(one, happening, before, diverted=diverted)


def _row(
    reader: Reader,
    agreement: Agreement,
    event: Event,
    one: Consignment,
    declaration: Declaration | None,
    standing: tuple[CaseRow | None, CaseState],
) -> CaseRow:
    known, state = standing
    news = known is None or event.name in NEWS
    heard = event.recorded
    fresh = known is None or news or known.state is not state
    last = (event.message_id or event.event_id) if news else known.last if known else None
    return CaseRow(
        corridor=one.corridor,
        subject=one.consignment_id,
        role=one.role,
        partner=one.partner,
        state=state,
        due=due_of(one, state, agreement, heard) if fresh or known is None else known.due,
        reference=one.reference,
        post=one.post,
        last=last,
        vehicle=one.vehicle,
        title=one.title,
        closed=None if news or known is None or known.state is not state else known.closed,
        **_about(reader, one, declaration, known),
    )


def _about(
    reader: Reader, one: Consignment, declaration: Declaration | None, known: CaseRow | None
) -> dict[str, Any]:
    """What lists and sums ask of its goods; what the data list withholds stands in the file handed in."""
    if declaration is None and known is not None:
        return {name: getattr(known, name) for name in _SUMMED}
    stated = declaration or _announced(reader, one)
    found = about(stated, one.role) if stated else {}
    if stated and found["value"] is None and one.role is Role.SENDER:
        handed_in = reader.declaration(one.consignment_id)
        if handed_in is not None and handed_in.removed is None:
            national = about(msgspec.json.decode(handed_in.body, type=Declaration), one.role)
            found = {**found, "value": national["value"], "currency": national["currency"]}
    return found


_SUMMED = (
    "trader", "trader_name", "carrier", "carrier_name", "chapter", "value", "currency", "mass",
)  # fmt: skip


def _announced(reader: Reader, one: Consignment) -> Declaration | None:
    message = said(reader.message(one.corridor, one.information_id))
    found: Declaration | None = getattr(message, "declaration", None)
    return found


def _unannounced(
    tx: Transaction, agreement: Agreement, event: Event, message: ArrivalInformation
) -> None:
    """The arrival that nothing had announced is a consignment's now, or it is no longer so."""
    other = tx.consignment(event.corridor, message.arrival_id)
    if other is None or other.state != State.UNANNOUNCED:
        return
    if event.name in _COME:
        tx.drop_case(event.corridor, message.arrival_id)
    elif event.name in WITHDRAWN:
        alone = (None, CaseState.WITHOUT_EXPORT)
        tx.put_case(_row(tx, agreement, event, other, None, alone))


def orphaned(tx: Transaction, row: NationalDeclaration, partner: str) -> None:
    """An import declaration waits that belongs to no announced consignment."""
    imported = msgspec.json.decode(row.body, type=Declaration)
    entry = imported.office_of_entry
    means = dict.fromkeys(one.identity for one in imported.means() if one.identity)
    first = imported.items[0] if imported.items else None
    tx.put_case(
        CaseRow(
            corridor=row.corridor,
            subject=row.declaration_id,
            role=Role.RECEIVER,
            partner=partner,
            state=CaseState.ORPHAN,
            due=row.submitted,
            reference=row.reference,
            post=entry.code if entry else None,
            last=row.declaration_id,
            vehicle=" + ".join(means) or None,
            title=((first.trade_description or first.description or "") if first else "") or None,
            **about(imported, Role.RECEIVER),
        )
    )


def recased(tx: Transaction, context: Context) -> None:
    """After all events were applied again: import declarations that wait, and what persons closed."""
    after = ""
    while waiting := tx.imports_unmatched(DeclarationKind.IMPORT, after):
        for one in waiting:
            orphaned(tx, one, context.agreement_of(one.corridor).other(context.country))
        after = waiting[-1].declaration_id
    subjects = dict.fromkeys((act.corridor, act.subject) for act in tx.all_case_acts())
    for key in subjects:
        row = tx.case(*key)
        if row is not None:
            acts = tx.case_acts(*key)
            closed = closed_by(acts, row)
            tx.put_case(
                replace(row, closed=closed, candidate=acts[-1].candidate if closed else None)
            )
