"""What may be the other half of a case, with what speaks for it and against it; writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

import msgspec

from keruen.border.announced import unannounced_arrival
from keruen.border.claims import Claim, considered
from keruen.border.identify import Candidate, candidates
from keruen.border.late import arrival_of, coming
from keruen.border.match import waiting_for
from keruen.border.rules import Evidence
from keruen.customs import Declaration, Struct
from keruen.exchange import Context
from keruen.store import Consignment, Reader, Role
from keruen.store.cases import CaseRow, CaseState

MOST = 10
"""Candidates that a person is shown."""
SOUGHT = (CaseState.EXPECTED, CaseState.NEVER_ARRIVED, CaseState.PARTLY_ARRIVED)
"""How a case stands of which something is still awaited."""


class Kind(StrEnum):
    """What a candidate is."""

    CONSIGNMENT = "consignment"
    ARRIVAL = "arrival"
    IMPORT = "import"


class Likely(Struct, frozen=True):
    """One candidate.

    Attributes:
        subject: id of the consignment, of the arrival, of the import declaration.
        at: when it came, was declared, or is expected.
        score: what speaks for it, less what speaks against it.
        contradicted: the containers or wagons that came are others.
        taken: it has its import declaration already.
    """

    kind: Kind
    subject: str
    reference: str
    score: int
    evidence: tuple[Evidence, ...]
    at: datetime | None = None
    post: str | None = None
    vehicle: str | None = None
    title: str | None = None
    gross_mass: str | None = None
    state: str | None = None
    timely: bool = False
    contradicted: bool = False
    taken: bool = False


def likely(reader: Reader, context: Context, row: CaseRow) -> tuple[Likely, ...]:
    """The candidates for a case, the likeliest first; none where the goods are not in this country."""
    if row.role is not Role.RECEIVER:
        return ()
    if row.state is CaseState.ORPHAN:
        found = list(_for_import(reader, context, row))
    elif row.state is CaseState.WITHOUT_EXPORT:
        found = list(_for_arrival(reader, context, row))
    elif row.state in SOUGHT:
        one = reader.consignment(row.corridor, row.subject)
        found = list(_for_consignment(reader, context, one)) if one else []
    else:
        found = []
    return tuple(sorted(found, key=lambda one: (-one.score, one.subject))[:MOST])


def imported_of(reader: Reader, declaration_id: str) -> Declaration | None:
    """An import declaration as it was handed in; None where its content was removed."""
    row = reader.declaration(declaration_id)
    if row is None or row.removed is not None:
        return None
    return msgspec.json.decode(row.body, type=Declaration)


def _for_import(reader: Reader, context: Context, row: CaseRow) -> Iterator[Likely]:
    imported = imported_of(reader, row.subject)
    if imported is None:
        return
    for one in considered(reader, context, context.agreement_of(row.corridor), imported):
        yield _of_consignment(one.consignment, one.score, one.evidence, taken=one.taken)


def _for_arrival(reader: Reader, context: Context, row: CaseRow) -> Iterator[Likely]:
    known = reader.consignment(row.corridor, row.subject)
    message = unannounced_arrival(reader, known) if known else None
    if message is None:
        return
    for one in candidates(reader, context, arrival_of(message)):
        if not one.here:
            yield _judged(one)


def _judged(one: Candidate) -> Likely:
    made = _of_consignment(one.consignment, one.score, one.evidence)
    return msgspec.structs.replace(made, timely=one.timely, contradicted=one.contradicted)


def _of_consignment(
    one: Consignment, score: int, evidence: tuple[Evidence, ...], *, taken: bool = False
) -> Likely:
    return Likely(
        kind=Kind.CONSIGNMENT,
        subject=one.consignment_id,
        reference=one.reference,
        score=score,
        evidence=evidence,
        at=one.arrived or one.eta or one.departed,
        post=one.post,
        vehicle=one.vehicle,
        title=one.title,
        gross_mass=one.gross_mass,
        state=one.state,
        taken=taken,
    )


def _for_consignment(reader: Reader, context: Context, one: Consignment) -> Iterator[Likely]:
    for come in coming(reader, context, one):
        message, arrival = come.message, come.arrival
        yield Likely(
            kind=Kind.ARRIVAL,
            subject=message.arrival_id,
            reference=arrival.vehicle or message.arrival_id,
            score=come.candidate.score,
            evidence=come.candidate.evidence,
            at=message.arrived,
            post=message.post,
            vehicle=arrival.vehicle,
            gross_mass=str(arrival.weighbridge) if arrival.weighbridge is not None else None,
            timely=come.candidate.timely,
            contradicted=come.candidate.contradicted,
        )
    for waiting, imported in waiting_for(reader, one.corridor, one.consignment_id):
        claims = considered(reader, context, context.agreement_of(one.corridor), imported)
        claim = next(
            (c for c in claims if c.consignment.consignment_id == one.consignment_id), None
        )
        if claim is not None:
            yield _imported(waiting.declaration_id, waiting.submitted, imported, claim)


def _imported(
    declaration_id: str, submitted: datetime, imported: Declaration, claim: Claim
) -> Likely:
    first = imported.items[0] if imported.items else None
    mass = imported.total_gross_mass
    plates = dict.fromkeys(one.identity for one in imported.means() if one.identity)
    return Likely(
        kind=Kind.IMPORT,
        subject=declaration_id,
        reference=imported.reference or declaration_id,
        score=claim.score,
        evidence=claim.evidence,
        at=imported.released or submitted,
        vehicle=" + ".join(plates) or None,
        title=(first.trade_description or first.description) if first else None,
        gross_mass=str(mass) if mass is not None else None,
    )
