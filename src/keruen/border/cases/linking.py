"""A person says which consignment an arrival, or an import declaration, belongs to that nothing had announced.

An arrival is told to the other side at once, as if its announcement had come late, and can be taken back as any
arrival can. Of an import nothing that was told can be taken back: so it is told when the time is over for which
the agreement lets a post correct what it registered (``arrival_correction``), and can be undone until then.
"""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from keruen.border.announced import announced_declaration, unannounced_arrival
from keruen.border.cases.candidates import SOUGHT, imported_of
from keruen.border.claims import OPEN, Claim, considered
from keruen.border.identify import Candidate, judged
from keruen.border.late import arrival_of
from keruen.border.marks import marks_of_import
from keruen.border.match import tell
from keruen.border.parts import part_of, tell_part
from keruen.border.rules import SAME_ID, Evidence
from keruen.border.withdraw import standing, withdraw_arrival
from keruen.customs import Finding, Struct, skeleton
from keruen.errors import LocalError
from keruen.exchange import EXPECTED, Context, State
from keruen.exchange.cases.closing import acted
from keruen.exchange.kept import said
from keruen.exchange.retold import standing_arrivals
from keruen.messages import ArrivalInformation
from keruen.store import Consignment, Direction, Reader, Role, Transaction
from keruen.store.cases import CaseAct, CaseDeed, CaseRow, CaseState

CAUSE = "person"
"""Who brings it about, as events have it; which person is in the case's acts."""
BATCH = 100
"""Links that one look tells of; the next one takes the rest."""
_TAKES = (*EXPECTED, State.PARTLY_ARRIVED.value)
"""States in which a consignment can take an arrival."""


class Link(Struct, frozen=True):
    """What a person has taken for the other half of a case.

    Attributes:
        until: until when it can be undone; None where it cannot be any more.
    """

    act: CaseAct
    consignment_id: str
    until: datetime | None = None


def link(tx: Transaction, context: Context, row: CaseRow, candidate: str, *, person: str) -> None:
    """Take a candidate for the other half of a case.

    Args:
        row: of an arrival or an import declaration that nothing announced, or of a consignment that is sought.
        candidate: id of a consignment; of an arrival or an import declaration where a consignment is sought.

    Raises:
        LocalError: ``case-closed``; ``candidate-unfit``: the two cannot belong together.
    """
    if row.state in SOUGHT:
        loose = tx.case(row.corridor, candidate)
        if loose is None:
            raise _unfit(candidate)
        link(tx, context, loose, row.subject, person=person)
        return
    if row.closed is not None:
        raise LocalError("case-closed", "the case is closed already; open it again to say more")
    consignment = tx.consignment(row.corridor, candidate)
    if consignment is None or consignment.role is not Role.RECEIVER:
        raise _unfit(candidate)
    if row.state is CaseState.ORPHAN:
        _link_import(tx, context, row, consignment, person)
    elif row.state is CaseState.WITHOUT_EXPORT:
        _link_arrival(tx, context, row, consignment, person)
    else:
        raise _unfit(candidate)


def _unfit(candidate: str) -> LocalError:
    return LocalError(
        "candidate-unfit",
        f"{candidate} cannot be taken: choose a consignment that is awaited or has no import declaration, and "
        "an arrival or an import declaration that nothing announced",
    )


def _link_import(
    tx: Transaction, context: Context, row: CaseRow, one: Consignment, person: str
) -> None:
    imported = imported_of(tx, row.subject)
    if imported is None or one.state not in OPEN or announced_declaration(tx, one) is None:
        raise _unfit(one.consignment_id)
    acted(tx, context, row, CaseDeed.LINKED, person=person, candidate=one.consignment_id)
    tx.put_import_marks(row.corridor, row.subject, ())  # the node itself looks for another no more


def _link_arrival(
    tx: Transaction, context: Context, row: CaseRow, one: Consignment, person: str
) -> None:
    known = tx.consignment(row.corridor, row.subject)
    message = unannounced_arrival(tx, known) if known else None
    if message is None or one.state not in _TAKES:
        raise _unfit(one.consignment_id)
    arrival = arrival_of(message)
    candidate = judged(tx, context, arrival, one, (_by_person(one),))
    if candidate is None:
        raise _unfit(one.consignment_id)
    acted(tx, context, row, CaseDeed.LINKED, person=person, candidate=one.consignment_id)
    part = part_of(tx, context, _named(candidate), arrival)
    tell_part(tx, context, part, cause=CAUSE, unannounced=message)


def _named(candidate: Candidate) -> Candidate:
    """A person who names it is believed."""
    return replace(candidate, timely=True, contradicted=False)


def _by_person(one: Consignment) -> Evidence:
    return Evidence(
        rule="consignment-id",
        declared=one.consignment_id,
        found=one.reference,
        weight=SAME_ID,
        stated=True,
    )


def to_tell(reader: Reader, context: Context) -> list[CaseRow]:
    """Import declarations that a person tied to a consignment, and that can be undone no longer."""
    found: list[CaseRow] = []
    for agreement in context.agreements:
        before = context.clock.now() - agreement.deadlines.arrival_correction
        found += reader.cases_linked(agreement.corridor, before, BATCH)
    return found


def tell_linked(tx: Transaction, context: Context) -> int:
    """Tell the other side of what persons tied together; gives how many there were.

    Where the consignment cannot take it any more, the case is open again.
    """
    rows = to_tell(tx, context)
    for row in rows:
        one = tx.consignment(row.corridor, row.candidate or "")
        imported = imported_of(tx, row.subject)
        claim = _claim(tx, context, row, one) if one and imported else None
        if claim is None or imported is None:
            _waits_again(tx, context, row, "clock")
            continue
        agreement = context.agreement_of(row.corridor)
        tell(tx, context, agreement, (claim,), row.subject, imported, CAUSE)
    return len(rows)


def _claim(tx: Transaction, context: Context, row: CaseRow, one: Consignment) -> Claim | None:
    """The consignment as a person chose it, with what else speaks for it."""
    announced, imported = announced_declaration(tx, one), imported_of(tx, row.subject)
    if announced is None or imported is None or one.state not in OPEN:
        return None
    known = considered(tx, context, context.agreement_of(row.corridor), imported)
    same = (c.evidence for c in known if c.consignment.consignment_id == one.consignment_id)
    return Claim(consignment=one, announced=announced, evidence=(_by_person(one), *next(same, ())))


def link_of(reader: Reader, context: Context, corridor: str, subject: str) -> Link | None:
    """What a person has taken for a case's other half, and whether that can be undone; None without any."""
    acts = reader.case_acts(corridor, subject)
    last = acts[-1] if acts else None
    if last is None or last.deed is not CaseDeed.LINKED or last.candidate is None:
        return None
    row = reader.case(corridor, subject)
    if last.state is CaseState.ORPHAN:
        until = last.at + context.agreement_of(corridor).deadlines.arrival_correction
        pending = row is not None and row.candidate is not None
        return Link(act=last, consignment_id=last.candidate, until=until if pending else None)
    told = _told(reader, corridor, subject, last.candidate)
    found = standing(reader, context, corridor, told.header.message_id) if told else None
    can = found is not None and found.refusal is None
    return Link(
        act=last, consignment_id=last.candidate, until=found.until if found and can else None
    )


def _told(
    reader: Reader, corridor: str, arrival_id: str, consignment_id: str
) -> ArrivalInformation | None:
    """The message that told of an arrival as that of a consignment."""
    stored = reader.messages(
        corridor=corridor,
        consignment_id=consignment_id,
        direction=Direction.OUT,
        kind=ArrivalInformation.__name__,
    )
    decoded = (said(one) for one in stored)
    arrivals = standing_arrivals(m for m in decoded if isinstance(m, ArrivalInformation))
    return next((one for one in arrivals if one.arrival_id == arrival_id), None)


def unlink(tx: Transaction, context: Context, corridor: str, subject: str, *, person: str) -> None:
    """Undo what a person took for a case's other half.

    Raises:
        LocalError: ``link-unknown``: there is none; ``link-too-late``: it was told, and can be undone no more.
    """
    found = link_of(tx, context, corridor, subject)
    if found is None:
        raise LocalError("link-unknown", "nothing was taken for this case")
    if found.until is None:
        raise LocalError(
            "link-too-late", "the other side was told of it; correct it with them, by an enquiry"
        )
    if found.act.state is CaseState.WITHOUT_EXPORT:
        _take_back(tx, context, corridor, subject, found)
    row = tx.case(corridor, subject)
    if row is not None:
        _waits_again(tx, context, row, person)


def _waits_again(tx: Transaction, context: Context, row: CaseRow, person: str) -> None:
    acted(tx, context, row, CaseDeed.UNLINKED, person=person)
    imported = imported_of(tx, row.subject) if row.state is CaseState.ORPHAN else None
    if imported is not None:
        marks = (skeleton(mark.text) for mark in marks_of_import(imported))
        tx.put_import_marks(row.corridor, row.subject, marks)


def _take_back(tx: Transaction, context: Context, corridor: str, subject: str, found: Link) -> None:
    told = _told(tx, corridor, subject, found.consignment_id)
    taken = (
        withdraw_arrival(tx, context, corridor, told.header.message_id, cause=CAUSE)
        if told
        else None
    )
    if taken is None or isinstance(taken, Finding):
        raise LocalError("link-too-late", taken.text if taken else "it was taken back before")
