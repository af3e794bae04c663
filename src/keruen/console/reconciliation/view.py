"""A case → the names and values of its page."""

from __future__ import annotations

from typing import Any

from keruen.access import Act, Person
from keruen.border.cases import Kind, Likely, likely, link_of
from keruen.border.cases.candidates import imported_of
from keruen.border.cases.facing import facing
from keruen.border.dossier import Dossier, Linked, dossier
from keruen.customs import DocumentKind
from keruen.exchange import Context, cases
from keruen.store import Reader
from keruen.store.cases import CaseRow

View = dict[str, Any]


def shown(
    reader: Reader, context: Context, person: Person, place: tuple[str, str], picked: str
) -> View:
    """What the page of a case shows; declarations only to those who may look at consignments.

    Args:
        place: corridor and id.
        picked: id of the candidate that is compared; the likeliest where it is none of them.
    """
    row = reader.case(*place)
    looks = person.may(Act.SEE_CONSIGNMENT)
    whole = dossier(reader, context, place[1]) if looks else None
    found = likely(reader, context, row) if row and looks else ()
    return {
        "case": cases.seen(row, context.clock.now()) if row else None,
        "subject": place[1],
        "corridor": place[0],
        "candidates": found,
        "dossier": whole,
        "seen_linked": _linked(whole, person),
        "acts": reader.case_acts(*place),
        "link": link_of(reader, context, *place),
        "reasons": cases.REASONS,
        "number": _number(reader, row),
        **_facing(reader, context, row, found, picked),
        "sides": _sides(whole),
        "imports": reader.import_matches(*place) if looks else (),
    }


def _facing(
    reader: Reader, context: Context, row: CaseRow | None, found: tuple[Likely, ...], picked: str
) -> View:
    one = next((each for each in found if each.subject == picked), found[0] if found else None)
    both = facing(reader, context, row, one.subject) if row and one else None
    return {"picked": one, "facing": both}


def _linked(whole: Dossier | None, person: Person) -> tuple[Linked, ...]:
    """Other consignments on the same vehicle or papers that the reader sees."""
    found = whole.linked if whole else ()
    of = ((row, row.consignment) for row in found)
    return tuple(row for row, one in of if person.sees(post=one.post, partner=one.partner))


def _sides(whole: Dossier | None) -> Any:
    """Both sides' figures, where something was found already."""
    known = whole.comparison if whole and whole.consignment.removed is None else None
    return known if known and known.columns else None


def _number(reader: Reader, row: CaseRow | None) -> str:
    """Which declaration of the other side is to be asked for: the one that an import declaration names."""
    if row is None:
        return ""
    imported = imported_of(reader, row.subject) if row.subject == row.last else None
    if imported is None:
        return row.reference if row.reference != row.subject else ""
    named = imported.all_documents(DocumentKind.PRECEDING)
    return next((one.number for one in named if one.number), "")


def opens(one: Likely) -> str | None:
    """The address of a candidate; None for an import declaration, which has a case."""
    return None if one.kind is Kind.IMPORT else f"/consignments/{one.subject}"
