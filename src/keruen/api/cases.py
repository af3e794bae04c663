"""What does not add up between the two sides: listed, summed, closed, tied together, packed as evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import OCTETS, Download, operation
from keruen.api.paging import Cursor, Limit, Page, page, place_of
from keruen.api.places import Code, Country, Id, InCorridor
from keruen.api.problems import REFUSED, missing
from keruen.border.cases import Likely, Link, likely, link_of, unlink
from keruen.border.cases import link as tie
from keruen.border.cases.pack import pack
from keruen.customs import Struct
from keruen.exchange import cases as matters
from keruen.store import Reader, Role, Transaction
from keruen.store.cases import CaseAct, CaseRow, CaseState

CASES: dict[str, Any] = {"tag": "Cases", "act": Act.SEE_CASES}
UNKNOWN = {404: ("case-unknown",)}
Band = Literal["0-3", "4-14", "15-45", "46+"]
Text = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]


class Narrowing(Struct, frozen=True, forbid_unknown_fields=True):
    """Which cases.

    Attributes:
        state: one of these; may be given several times.
        age: whole days since its time was over, as a band.
        role: sender for what this node announced.
        partner: country of the other side.
        post: code of the entry post; `trader`: its key in the sums.
        carrier: its key in the sums; `chapter`: of the Harmonized System.
        closed: those that a person closed, in place of those that are open.
    """

    state: Annotated[tuple[CaseState, ...], Meta(max_length=10)] = ()
    age: Band | None = None
    role: Role | None = None
    partner: Country | None = None
    post: Code | None = None
    trader: Code | None = None
    carrier: Annotated[str, Meta(max_length=300)] | None = None
    chapter: Annotated[str, Meta(pattern=r"^\d{2}$")] | None = None
    closed: bool = False


class WantedCases(Narrowing, frozen=True, forbid_unknown_fields=True):
    """Which cases, a page of them.

    Attributes:
        state: one of these; may be given several times.
        age: whole days since its time was over, as a band.
        role: sender for what this node announced.
        partner: country of the other side.
        post: code of the entry post; `trader`: its key in the sums.
        carrier: its key in the sums; `chapter`: of the Harmonized System.
        closed: those that a person closed, in place of those that are open.
        cursor: where to go on: `next` of the page before.
        limit: how many at most.
    """

    cursor: Cursor = ""
    limit: Limit = 50


class OneCase(InCorridor, frozen=True):
    """Which case.

    Attributes:
        corridor: pair of countries, sorted.
        subject: id of the consignment, or of the import declaration.
    """

    subject: Id


class WholeCase(Struct, frozen=True):
    """A case with what may be its other half, and what persons did with it.

    Attributes:
        case: None where nothing is open any more.
        candidates: the likeliest first, for callers that may look at consignments.
    """

    case: matters.Aged | None
    candidates: tuple[Likely, ...] = ()
    link: Link | None = None
    acts: tuple[CaseAct, ...] = ()


class Closing(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a case is closed.

    Attributes:
        reason: what became of it.
        text: in words; needed where no reason of the list fits.
    """

    reason: matters.Reason
    text: Text = ""


class Reopening(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a case is opened again.

    Attributes:
        text: in words.
    """

    text: Text = ""


class Choice(Struct, frozen=True, forbid_unknown_fields=True):
    """What is taken for a case's other half.

    Attributes:
        candidate: id of a consignment; of an arrival or an import declaration where a consignment is sought.
    """

    candidate: Id


@operation("GET", "/cases", id="listCases", **CASES)
def listed(call: Call, query: WantedCases) -> Page[matters.Aged]:
    """What does not add up between the two sides, the oldest first."""
    asked = _asked(call, query)
    after = place_of(query.cursor, tuple[datetime, str])
    found = call.gate.store.read(
        lambda reader: matters.queue(reader, asked, after=after, limit=query.limit + 1)
    )
    return page(found, query.limit, lambda one: (one.row.due, one.row.subject))


@operation("GET", "/cases/summary", id="sumCases", **CASES)
def summed(call: Call, query: Narrowing) -> matters.Summary:
    """How many there are, by state, and which traders, carriers, posts and chapters have most of them."""
    asked = _asked(call, query)
    return call.gate.store.read(lambda reader: matters.summary(reader, asked))


def _asked(call: Call, query: Narrowing) -> Any:
    named = ("post", "trader", "carrier", "chapter")
    keys = {name: value for name in named if (value := getattr(query, name)) is not None}
    return matters.wanted(
        call.gate.context.clock.now(),
        states=query.state,
        age=query.age,
        closed=query.closed,
        role=query.role,
        partner=query.partner,
        keys=keys,
        narrowed=call.caller.narrowed,
    )


@operation("GET", "/cases/{corridor}/{subject}", id="getCase", audited=True, codes=UNKNOWN, **CASES)
def one(call: Call, place: OneCase) -> WholeCase:
    """One case, with its candidates and what persons did with it."""
    context = call.gate.context

    def look(reader: Reader) -> WholeCase:
        row = _found(call, reader, place)
        looks = call.may(Act.SEE_CONSIGNMENT)
        return WholeCase(
            case=matters.seen(row, context.clock.now()),
            candidates=likely(reader, context, row) if looks else (),
            link=link_of(reader, context, place.corridor, place.subject),
            acts=tuple(reader.case_acts(place.corridor, place.subject)),
        )

    return call.gate.store.read(look)


def _found(call: Call, reader: Reader, place: OneCase) -> CaseRow:
    """The case, if there is one that the caller may see."""
    row = reader.case(place.corridor, place.subject)
    sees = (
        call.caller.sees_partner(row.partner) and call.caller.sees_post(row.post) if row else False
    )
    if row is None or not sees:
        raise missing("case-unknown", f"{place.corridor} has no case {place.subject}.")
    return row


@operation(
    "GET",
    "/cases/{corridor}/{subject}/evidence",
    id="getCaseEvidence",
    tag="Cases",
    act=Act.SEE_RAW,
    media_type=OCTETS,
    audited=True,
    codes=UNKNOWN,
)
def evidence(call: Call, place: OneCase) -> Download:
    """All that this node can show of a case, as one ZIP file: messages, receipts, proofs."""
    context = call.gate.context
    octets = call.gate.store.read(lambda reader: pack(reader, context, _found(call, reader, place)))
    return Download(chunks=iter((octets,)), name=f"{place.corridor}-{place.subject}.zip")


@operation(
    "POST",
    "/cases/{corridor}/{subject}/close",
    id="closeCase",
    tag="Cases",
    act=Act.CLOSE_CASE,
    codes={**UNKNOWN, REFUSED: ("case-closed", "case-without-words")},
)
def close(call: Call, place: OneCase, body: Closing, tx: Transaction) -> CaseRow:
    """Close a case with a reason; what changes it, or tells something new of it, opens it again."""
    row = _found(call, tx, place)
    context, person = call.gate.context, call.caller.doer().name
    return matters.close(tx, context, row, reason=body.reason, text=body.text, person=person)


@operation(
    "POST",
    "/cases/{corridor}/{subject}/reopen",
    id="reopenCase",
    tag="Cases",
    act=Act.CLOSE_CASE,
    codes={**UNKNOWN, REFUSED: ("case-open", "case-linked")},
)
def reopen(call: Call, place: OneCase, body: Reopening, tx: Transaction) -> CaseRow:
    """Open a case again that was closed."""
    row, person = _found(call, tx, place), call.caller.doer().name
    return matters.reopen(tx, call.gate.context, row, text=body.text, person=person)


@operation(
    "POST",
    "/cases/{corridor}/{subject}/link",
    id="linkCase",
    tag="Cases",
    act=Act.LINK_CASE,
    codes={**UNKNOWN, REFUSED: ("case-closed", "candidate-unfit")},
)
def link(call: Call, place: OneCase, body: Choice, tx: Transaction) -> WholeCase:
    """Take a candidate for a case's other half.

    The other side is told of an arrival at once, of an import when it can be undone no more.
    """
    row, context = _found(call, tx, place), call.gate.context
    tie(tx, context, row, body.candidate, person=call.caller.doer().name)
    return _after(call, tx, place)


@operation(
    "POST",
    "/cases/{corridor}/{subject}/unlink",
    id="unlinkCase",
    tag="Cases",
    act=Act.LINK_CASE,
    codes={**UNKNOWN, REFUSED: ("link-unknown", "link-too-late")},
)
def undo(call: Call, place: OneCase, tx: Transaction) -> WholeCase:
    """Undo what was taken for a case's other half, as long as it can be undone."""
    _linked(call, tx, place)
    unlink(tx, call.gate.context, place.corridor, place.subject, person=call.caller.doer().name)
    return _after(call, tx, place)


def _linked(call: Call, reader: Reader, place: OneCase) -> None:
    """A case that is settled by what was taken for it is no row any more; its consignment says who sees it."""
    if reader.case(place.corridor, place.subject) is not None:
        _found(call, reader, place)
        return
    found = reader.consignment(place.corridor, place.subject)
    if found is None or not call.caller.sees(found):
        raise missing("case-unknown", f"{place.corridor} has no case {place.subject}.")


def _after(call: Call, tx: Transaction, place: OneCase) -> WholeCase:
    context, row = call.gate.context, tx.case(place.corridor, place.subject)
    return WholeCase(
        case=matters.seen(row, context.clock.now()) if row else None,
        link=link_of(tx, context, place.corridor, place.subject),
        acts=tuple(tx.case_acts(place.corridor, place.subject)),
    )


OPERATIONS = (listed, summed, one, evidence, close, reopen, link, undo)
