"""Declared against found: the values of both sides side by side, item by item.

A mark is this node's reading of the agreement's tolerances, or a discrepancy that the other side coded;
the coded ones prevail. Where only a part has arrived, masses and counts are shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from keruen.agreement import Agreement
from keruen.border.dossier.elements import ELEMENTS, Element
from keruen.border.dossier.judging import Cell, Found, Verdict, judged, judged_marks, tolerance_of
from keruen.customs import Declaration, DiscrepancyCode, GoodsItem, Struct
from keruen.messages import ArrivalInformation


class Line(Struct, frozen=True):
    """One element on all sides. `form` tells how to write it: mass, number, code, country, text, marks."""

    element: str
    form: str
    declared: Cell
    found: tuple[Cell, ...]
    tolerance: str | None = None

    @property
    def differs(self) -> bool:
        """Whether any side found something else."""
        return any(cell.verdict is Verdict.DIFFERS for cell in self.found)


class Sheet(Struct, frozen=True):
    """The lines of one goods item; of the consignment as a whole where `ordinal` is None."""

    lines: tuple[Line, ...]
    ordinal: int | None = None
    title: str | None = None
    announced: bool = True


class Column(Struct, frozen=True):
    """Which message a column of found values is from."""

    kind: str
    at: datetime | date | None = None
    partial: bool = False
    number: str | None = None


class Comparison(Struct, frozen=True):
    """All sides of a consignment."""

    columns: tuple[Column, ...]
    sheets: tuple[Sheet, ...]


def compare(declaration: Declaration, found: Sequence[Found], agreement: Agreement) -> Comparison:
    """The declaration against what arrived and what was imported, a column a message."""
    sheets = [
        Sheet(lines=tuple(_of_the_whole(declaration, found, agreement))),
        *(_item(item, found, agreement) for item in declaration.items),
        *_surplus(found),
    ]
    return Comparison(
        columns=tuple(_column(message) for message in found),
        sheets=tuple(sheet for sheet in sheets if sheet.lines),
    )


def _column(message: Found) -> Column:
    kind = type(message).__name__
    if isinstance(message, ArrivalInformation):
        return Column(kind=kind, at=message.arrived, partial=message.partial)
    return Column(kind=kind, at=message.accepted, number=message.declaration_number)


def _of_the_whole(
    declaration: Declaration, found: Sequence[Found], agreement: Agreement
) -> Iterator[Line]:
    marks = (
        (
            "vehicle",
            (means.identity or "" for means in declaration.means()),
            [_identities(message) for message in found],
            (DiscrepancyCode.OTHER_VEHICLE,),
        ),
        (
            "containers",
            (container.id for container in declaration.containers),
            [_containers(message) for message in found],
            (DiscrepancyCode.OTHER_CONTAINER,),
        ),
        (
            "seals",
            (seal.number for seal in declaration.all_seals()),
            [_seals(message) for message in found],
            (DiscrepancyCode.OTHER_SEAL, DiscrepancyCode.SEAL_BROKEN),
        ),
    )
    for element, announced, seen, codes in marks:
        declared = tuple(dict.fromkeys(mark for mark in announced if mark))
        if declared or any(seen):
            yield Line(
                element=element,
                form="marks",
                declared=Cell(value=declared or None),
                found=tuple(
                    judged_marks(declared, one, codes, message)
                    for one, message in zip(seen, found, strict=True)
                ),
            )
    yield from _weighed(declaration, found, agreement)


def _identities(message: Found) -> tuple[str, ...]:
    if not isinstance(message, ArrivalInformation):
        return ()
    return tuple(means.identity for means in message.transport_means if means.identity)


def _containers(message: Found) -> tuple[str, ...]:
    if not isinstance(message, ArrivalInformation):
        return ()
    return tuple(container.id for container in message.containers)


def _seals(message: Found) -> tuple[str, ...]:
    if not isinstance(message, ArrivalInformation):
        return ()
    inside = [seal for container in message.containers for seal in container.seals]
    return tuple(dict.fromkeys(seal.number for seal in (*message.seals, *inside)))


def _weighed(
    declaration: Declaration, found: Sequence[Found], agreement: Agreement
) -> Iterator[Line]:
    element = Element(
        name="goods_gross_mass",
        form="mass",
        declared=lambda _: declaration.total_gross_mass,
        found=lambda _: None,
        codes=(DiscrepancyCode.GROSS_MASS_DIFFERS,),
    )
    weights = [getattr(message, "weighbridge", None) for message in found]
    if declaration.total_gross_mass is not None or any(weights):
        yield _line(element, declaration.total_gross_mass, weights, None, found, agreement)


def _item(item: GoodsItem, found: Sequence[Found], agreement: Agreement) -> Sheet:
    lines = []
    for element in ELEMENTS:
        declared = element.declared(item)
        seen = [_seen(element, item.ordinal, message) for message in found]
        if declared is not None or any(value is not None for value in seen):
            lines.append(_line(element, declared, seen, item.ordinal, found, agreement))
    title = item.trade_description or item.description
    return Sheet(ordinal=item.ordinal, title=title, lines=tuple(lines))


def _seen(element: Element, ordinal: int, message: Found) -> Decimal | str | None:
    return next((element.found(one) for one in message.items if one.item == ordinal), None)


def _line(
    element: Element,
    declared: Decimal | str | None,
    seen: Sequence[Decimal | str | None],
    item: int | None,
    found: Sequence[Found],
    agreement: Agreement,
) -> Line:
    return Line(
        element=element.name,
        form=element.form,
        declared=Cell(value=declared),
        found=tuple(
            judged(
                declared,
                value,
                form=element.form,
                codes=element.codes,
                item=item,
                message=message,
                agreement=agreement,
            )
            for value, message in zip(seen, found, strict=True)
        ),
        tolerance=tolerance_of(element.codes, agreement),
    )


def _surplus(found: Sequence[Found]) -> Iterator[Sheet]:
    """What was found and answers no announced item."""
    for column, message in enumerate(found):
        for one in message.items:
            if one.item is None:
                lines = [
                    Line(
                        element=element.name,
                        form=element.form,
                        declared=Cell(),
                        found=tuple(
                            Cell(value=value if index == column else None)
                            for index in range(len(found))
                        ),
                    )
                    for element in ELEMENTS
                    if (value := element.found(one)) is not None
                ]
                yield Sheet(title=one.description, lines=tuple(lines), announced=False)
