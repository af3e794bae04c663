"""What a found value is, against the declared one and the agreement's tolerances."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from keruen.agreement import Agreement
from keruen.customs import DiscrepancyCode, Struct, fold
from keruen.messages import ArrivalInformation, ImportInformation

Found = ArrivalInformation | ImportInformation
"""A message that tells what was found."""

Value = Decimal | str | tuple[str, ...] | None
HS_DIGITS = 6


class Verdict(StrEnum):
    """What a found value is, against the declared one."""

    SAME = "same"
    WITHIN = "within"
    DIFFERS = "differs"


class Cell(Struct, frozen=True):
    """One side's value; `value` None where that side says nothing.

    Attributes:
        coded: the discrepancy that was stated; None where a value differs and nobody counted it.
    """

    value: Value = None
    verdict: Verdict | None = None
    coded: DiscrepancyCode | None = None


def judged(
    declared: Decimal | str | None,
    found: Decimal | str | None,
    *,
    form: str,
    codes: Sequence[DiscrepancyCode],
    item: int | None,
    message: Found,
    agreement: Agreement,
) -> Cell:
    """One found value. A discrepancy that the other side coded prevails over our own reading."""
    if found is None:
        return Cell()
    coded = _coded(message, codes, item)
    if coded is not None:
        return Cell(value=found, verdict=Verdict.DIFFERS, coded=coded)
    if declared is None or form == "text" or _is_part(message, found):
        return Cell(value=found)
    return Cell(value=found, verdict=_verdict(declared, found, form, codes, agreement))


def _coded(
    message: Found, codes: Sequence[DiscrepancyCode], item: int | None
) -> DiscrepancyCode | None:
    stated = (one for one in message.discrepancies if one.code in codes and one.item == item)
    return next((one.code for one in stated), None)


def _is_part(message: Found, found: Decimal | str) -> bool:
    partial = isinstance(message, ArrivalInformation) and message.partial
    return partial and isinstance(found, Decimal)


def _verdict(
    declared: Decimal | str,
    found: Decimal | str,
    form: str,
    codes: Sequence[DiscrepancyCode],
    agreement: Agreement,
) -> Verdict:
    if declared == found:
        return Verdict.SAME
    if isinstance(declared, Decimal) and isinstance(found, Decimal):
        bound = next((agreement.tolerances[c] for c in codes if c in agreement.tolerances), None)
        allowed = bound is not None and bound.allows(declared, found)
        return Verdict.WITHIN if allowed else Verdict.DIFFERS
    one, other = fold(str(declared)), fold(str(found))
    if form == "code":
        one, other = one[:HS_DIGITS], other[:HS_DIGITS]
    return Verdict.SAME if one == other else Verdict.DIFFERS


def judged_marks(
    declared: tuple[str, ...],
    found: tuple[str, ...],
    codes: Sequence[DiscrepancyCode],
    message: Found,
) -> Cell:
    """Found plates, containers or seals: they differ when one of them was not announced."""
    if not found:
        return Cell()
    coded = _coded(message, codes, None)
    if coded is not None:
        return Cell(value=found, verdict=Verdict.DIFFERS, coded=coded)
    if not declared:
        return Cell(value=found)
    strange = {fold(mark) for mark in found} - {fold(mark) for mark in declared}
    return Cell(value=found, verdict=Verdict.DIFFERS if strange else Verdict.SAME)


def tolerance_of(codes: Sequence[DiscrepancyCode], agreement: Agreement) -> str | None:
    """The agreed tolerance for an element, as it stands in messages; None where there is none."""
    return next((str(agreement.tolerances[c]) for c in codes if c in agreement.tolerances), None)
