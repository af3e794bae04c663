"""Brings the figure rows of a consignment up to date with one event, where it changes what is counted."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.customs import Declaration
from keruen.exchange.figures.counted import SUBJECTS, Subject, day, measures, rows, subjects
from keruen.store import Consignment, Event, Transaction
from keruen.store.figured import Aspect, FigureRow


def recounted(
    tx: Transaction,
    agreement: Agreement,
    event: Event,
    consignment: tuple[Consignment | None, Consignment],
    declaration: Declaration | None,
    *,
    judged: bool,
) -> None:
    """Count a consignment as it stands after an event.

    Args:
        consignment: before and after it.
        declaration: the version that holds from now on; None where it is the one before.
        judged: whether differences were stated or taken back.
    """
    before, one = consignment
    if before and not declaration and not judged and _same(agreement, before, one):
        return
    key, counted = (one.corridor, one.consignment_id), measures(one, agreement)
    if counted is None:
        tx.put_figures(*key, ())
        return
    known = tx.figure_rows(*key)
    about = subjects(declaration, one.role) if declaration else _known(known)
    codes = {str(row.discrepancy.code) for row in tx.discrepancies(*key)} if judged or known else ()
    on = _day(agreement, event, one, known)
    fresh = list(rows(one, counted, on, about, codes))
    if set(fresh) != set(known):
        tx.put_figures(*key, fresh)


def _same(agreement: Agreement, before: Consignment, one: Consignment) -> bool:
    return measures(one, agreement) == measures(before, agreement) and day(before) == day(one)


def _known(known: Iterable[FigureRow]) -> tuple[Subject, ...]:
    return tuple((row.aspect, row.key, row.label) for row in known if row.aspect in SUBJECTS)


def _day(agreement: Agreement, event: Event, one: Consignment, known: list[FigureRow]) -> str:
    """The day that it counts on; what states no time at all counts on the day that it was heard of."""
    at = day(one)
    if at is None and known:
        return known[0].day
    try:
        return agreement.day(at or event.recorded).isoformat()
    except OverflowError:  # an ETA at the end of time, in a partner's message
        return agreement.day(event.recorded).isoformat()


def anonymous(known: Iterable[FigureRow]) -> tuple[FigureRow, ...]:
    """The rows that stay when the content of a consignment is removed: counted, no trader named."""
    return tuple(
        replace(row, key="", label=None) if row.aspect is Aspect.TRADER else row for row in known
    )
