"""Which announced consignment an import declaration is about.

Marks of the rules' table speak for a consignment; consignee, goods and weight support or contradict it, so
that a truck's next load is not taken for its last. One import declaration answers one consignment: where
two fit equally well nobody is chosen, and one that has its import declaration already is not chosen again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from keruen.agreement import Agreement
from keruen.border.align import CHAPTER, hs_digits
from keruen.border.announced import announced_declaration
from keruen.border.identify import WINDOW, agreement_now
from keruen.border.items import KILOGRAM, figure, tolerance_of
from keruen.border.marks import marks_of_import
from keruen.border.merged import merges
from keruen.border.rules import Evidence, gather
from keruen.border.wording import WORDING, naming
from keruen.customs import Declaration, DiscrepancyCode, Finding, Severity, Struct, fold
from keruen.customs.recognition import RULE_OF, TOLERATED, Feature
from keruen.exchange import EXPECTED, Context, State
from keruen.store import Consignment, IdentifierKind, Reader, Role

MINIMUM = 30
"""Weight from which a consignment may be meant: a transport document, though the goods differ."""
MARGIN = 10
"""How much better the best one must be than the next."""
_CONSIGNEE, _GOODS, _MASS, _REFERENCE = map(
    RULE_OF.__getitem__, (Feature.CONSIGNEE, Feature.GOODS, Feature.MASS, Feature.REFERENCE)
)
"""What two consignments may well have in common; and naming a declaration, but not this one: what came in
the same truck may be announced later."""
TRUCK = (IdentifierKind.VEHICLE, IdentifierKind.TRAILER)
"""Marks of one and the same thing: only the weightiest counts."""
SLACK = timedelta(days=1)
"""Dates are of two time zones."""
OPEN = (*EXPECTED, State.PARTLY_ARRIVED.value, State.ARRIVED.value)
"""States in which a consignment has no import declaration yet."""
TAKEN = (State.FORMALITIES.value, State.CLOSED.value)


class Claim(Struct, frozen=True):
    """A consignment that an import declaration may be about."""

    consignment: Consignment
    announced: Declaration
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> int:
        """What speaks for it, less what speaks against it."""
        truck = [one.weight for one in self.evidence if one.kind in TRUCK]
        return sum(one.weight for one in self.evidence if one.kind not in TRUCK) + max(
            truck, default=0
        )

    @property
    def named(self) -> bool:
        """Whether its number is among the preceding documents."""
        found = (one for one in self.evidence if one.kind is IdentifierKind.REFERENCE)
        return any(not one.rule.endswith("-alike") for one in found)

    @property
    def taken(self) -> bool:
        """Whether it has its import declaration."""
        return self.consignment.state in TAKEN


def claim(
    reader: Reader, context: Context, agreement: Agreement, imported: Declaration
) -> tuple[Claim, ...] | Finding:
    """The consignment that an import declaration is about, several that it merges, or why none can be named."""
    claims = considered(reader, context, agreement, imported)
    likely = [one for one in claims if one.score >= MINIMUM]
    if not likely:
        return WORDING.finding("import-unmatched", severity=Severity.WARNING)
    merged = _merged(likely, imported, agreement)
    if merged:
        return merged
    best = likely[0]
    rivals = [one for one in likely if best.score - one.score < MARGIN]
    free = [one for one in rivals if not one.taken]
    if len(free) == 1:
        return (free[0],)
    several = "import-unmatched/several" if free else "import-unmatched/taken"
    fitting = [one.consignment for one in free or (best,)]
    return naming(several, fitting, severity=Severity.WARNING)


def _merged(
    likely: Sequence[Claim], imported: Declaration, agreement: Agreement
) -> tuple[Claim, ...]:
    """The consignments whose goods an import declaration holds together: it names each by its own number."""
    named = [one for one in likely if one.named and not one.taken]
    numbers = {fold(one.consignment.reference) for one in named}
    if len(numbers) < len(named) or not merges(
        [one.announced for one in named], imported, agreement
    ):
        return ()
    return tuple(named)


def considered(
    reader: Reader, context: Context, agreement: Agreement, imported: Declaration
) -> list[Claim]:
    """Every consignment that has a mark of an import declaration, the likeliest first."""
    return sorted(_claims(reader, context, agreement, imported), key=_rank)


def _rank(one: Claim) -> tuple[int, str]:
    return -one.score, one.consignment.consignment_id


def _claims(
    reader: Reader, context: Context, agreement: Agreement, imported: Declaration
) -> Iterator[Claim]:
    day = import_day(imported) or context.clock.now().date()
    since = datetime.combine(day, time(), UTC) - WINDOW - SLACK
    for key, evidence in gather(reader, marks_of_import(imported), since=since).items():
        consignment = reader.consignment(*key) if key[0] == agreement.corridor else None
        if consignment is None or not _eligible(context, consignment):
            continue
        counted = evidence if _in_time(consignment, day) else _of_papers(evidence)
        announced = announced_declaration(reader, consignment) if counted else None
        if announced is not None:
            support = tuple(_support(announced, imported, agreement))
            support += tuple(_other_reference(consignment, imported, evidence))
            yield Claim(consignment=consignment, announced=announced, evidence=(*counted, *support))


def _eligible(context: Context, consignment: Consignment) -> bool:
    return (
        consignment.role is Role.RECEIVER
        and consignment.state in (*OPEN, *TAKEN)
        and agreement_now(context, consignment) is not None
    )


def import_day(imported: Declaration) -> date | None:
    """When goods were declared for import, where the declaration says so."""
    moment = imported.released or imported.created
    return imported.registered or (moment.date() if moment else None)


def _in_time(consignment: Consignment, day: date) -> bool:
    """Whether the goods had set out by then and had not been there for too long."""
    start = consignment.departed or consignment.eta
    end = consignment.arrived or consignment.eta or consignment.departed
    if start is None or end is None:
        return True
    return start.date() - SLACK <= day <= end.date() + WINDOW


def _of_papers(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """A declaration's number is unique; vehicles, containers and waybill numbers come again."""
    return tuple(one for one in evidence if one.kind is IdentifierKind.REFERENCE)


def _support(
    announced: Declaration, imported: Declaration, agreement: Agreement
) -> Iterator[Evidence]:
    yield from _consignees(announced, imported)
    yield from _goods(announced, imported)
    yield from _masses(announced, imported, agreement)


def _other_reference(
    consignment: Consignment, imported: Declaration, evidence: Sequence[Evidence]
) -> Iterator[Evidence]:
    marks = marks_of_import(imported)
    named = [mark.text for mark in marks if mark.kind is IdentifierKind.REFERENCE]
    if named and not {one.found for one in evidence} & set(named):
        yield Evidence(
            rule="reference",
            declared=consignment.reference,
            found=", ".join(named),
            weight=_REFERENCE.differs,
        )


def _consignees(announced: Declaration, imported: Declaration) -> Iterator[Evidence]:
    ids = [one.consignee.id if one.consignee else None for one in (announced, imported)]
    declared, found = ids
    if declared and found:
        equal = fold(declared) == fold(found)
        weight = _CONSIGNEE.equal if equal else _CONSIGNEE.differs
        yield Evidence(rule="consignee", declared=declared, found=found, weight=weight)


def _goods(announced: Declaration, imported: Declaration) -> Iterator[Evidence]:
    declared, found = (
        {code for item in one.items if (code := hs_digits(item.hs))}
        for one in (announced, imported)
    )
    if not declared or not found:
        return
    common = sorted(declared & found)
    chapters = {code[:CHAPTER] for code in declared} & {code[:CHAPTER] for code in found}
    if common:
        codes = ", ".join(common)
        yield Evidence(rule="hs6", declared=codes, found=codes, weight=_GOODS.equal)
    elif not chapters:
        yield Evidence(
            rule="hs6",
            declared=", ".join(sorted(declared)),
            found=", ".join(sorted(found)),
            weight=_GOODS.differs,
        )


def _masses(
    announced: Declaration, imported: Declaration, agreement: Agreement
) -> Iterator[Evidence]:
    declared, found = announced.total_gross_mass, imported.total_gross_mass
    if declared is None or found is None:
        return
    tolerance = tolerance_of(agreement, DiscrepancyCode.GROSS_MASS_DIFFERS, KILOGRAM)
    if tolerance.allows(declared, found):
        yield Evidence(
            rule="gross-mass",
            declared=figure(declared, KILOGRAM),
            found=figure(found, KILOGRAM),
            weight=_MASS.weight(TOLERATED),
        )
