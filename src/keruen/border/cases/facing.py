"""Both sides of a case beside each other: what was announced, and what came or was declared for import.

Where nothing ties the two yet, it is the case against one of its candidates, as the two would be compared if a
person took it; nothing is written and nothing is told.
"""

from __future__ import annotations

from keruen.agreement import Agreement
from keruen.border.announced import announced_declaration, unannounced_arrival
from keruen.border.cases.candidates import SOUGHT, imported_of
from keruen.border.compare import answered, compare_arrival
from keruen.border.dossier import Comparison, compare
from keruen.border.late import arrival_of
from keruen.border.notice import arrival_information, import_information
from keruen.customs import Declaration
from keruen.exchange import Context
from keruen.messages import ArrivalInformation, ImportInformation, Mode, Stage
from keruen.store import Consignment, Reader
from keruen.store.cases import CaseRow

Found = ArrivalInformation | ImportInformation


def facing(reader: Reader, context: Context, row: CaseRow, candidate: str) -> Comparison | None:
    """A case against a candidate; None where the two cannot be compared."""
    sought = row.state in SOUGHT
    loose, known = (candidate, row.subject) if sought else (row.subject, candidate)
    one = reader.consignment(row.corridor, known)
    announced = announced_declaration(reader, one) if one else None
    if one is None or announced is None:
        return None
    agreement = context.agreement_of(row.corridor)
    found = _found(reader, context, agreement, (one, announced), loose)
    return compare(announced, [found], agreement) if found else None


def _found(
    reader: Reader,
    context: Context,
    agreement: Agreement,
    about: tuple[Consignment, Declaration],
    loose: str,
) -> Found | None:
    """What would be told of an arrival, or of an import declaration, if it were that of the consignment."""
    one, announced = about
    other = reader.consignment(one.corridor, loose)
    come = unannounced_arrival(reader, other) if other else None
    if come is not None:
        arrival = arrival_of(come)
        return arrival_information(
            context,
            agreement,
            arrival,
            stage=Stage(one.stage),
            mode=Mode(one.mode),
            consignment_id=one.consignment_id,
            discrepancies=compare_arrival(announced, arrival, agreement, one.eta, context.lists),
            unannounced=come,
        )
    imported = imported_of(reader, loose)
    if imported is None:
        return None
    share = answered(announced, imported, agreement, context.lists)
    number = imported.reference or loose
    return import_information(
        context, agreement, one, imported, share, number=number, matched_by=()
    )
