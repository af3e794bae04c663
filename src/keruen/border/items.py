"""One announced item against what was found of it, at the post or in the import declaration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from keruen.agreement import Agreement, Tolerance
from keruen.border.align import CHAPTER, hs_digits
from keruen.border.units import by_unit
from keruen.customs import Amount, Discrepancy, DiscrepancyCode, GoodsItem, Struct, fold
from keruen.customs.codelists import BUILT_IN, CodeLists, converted
from keruen.messages import FoundItem

KILOGRAM = "kg"


class Place(Struct, frozen=True):
    """Where in the announced declaration an item stands, and the rules and lists that apply to it."""

    agreement: Agreement
    item: int
    index: int
    lists: CodeLists = BUILT_IN

    def differs(
        self,
        code: DiscrepancyCode,
        element: str,
        declared: str | None,
        found: str | None,
        tolerance: str | None = None,
    ) -> Discrepancy:
        """A difference in one element of the item."""
        return Discrepancy(
            code=code,
            item=self.item,
            path=f"items[{self.index}].{element}".rstrip("."),
            declared=declared,
            found=found,
            tolerance=tolerance,
        )


def figure(value: Decimal, unit: str = "") -> str:
    """A number without idle zeros, with its unit."""
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain or '0'} {unit}".strip()


def tolerance_of(agreement: Agreement, code: DiscrepancyCode, unit: str = "") -> Tolerance:
    """What the agreement still allows; where it is silent, nothing."""
    return agreement.tolerances.get(code, Tolerance(unit=unit))


def compare_item(place: Place, announced: GoodsItem, found: FoundItem) -> Iterator[Discrepancy]:
    """Where the found item is not the announced one.

    Other goods say it all about what the item is: code, edition and origin are not stated beside it. Masses
    and packages are: how much there was is another question than what it was.
    """
    other = tuple(_classified(place, announced, found))
    yield from other
    yield from _masses(place, announced, found)
    yield from _packages(place, announced, found)
    if not any(one.code is DiscrepancyCode.OTHER_GOODS for one in other):
        yield from _origin(place, announced, found)
    yield from _value(place, announced.price, found.value)


def _classified(place: Place, announced: GoodsItem, found: FoundItem) -> Iterator[Discrepancy]:
    """Another chapter: other goods. Else another edition explains another code; else it is another code.

    A declared code that has exactly one counterpart in the edition of the found one is compared as that. A
    code with fewer digits is compared as far as it goes.
    """
    declared, now = hs_digits(announced.hs), hs_digits(found.hs)
    editions = [one.hs_edition or place.agreement.hs_edition for one in (announced, found)]
    counterpart = converted(place.lists, declared, *editions)
    compared = counterpart or declared
    common = min(len(compared), len(now))
    if compared[:common] == now[:common]:
        return
    if compared[:CHAPTER] != now[:CHAPTER]:
        yield place.differs(
            DiscrepancyCode.OTHER_GOODS,
            "hs",
            _goods(announced.hs, announced.trade_description or announced.description),
            _goods(found.hs, found.description),
        )
    elif counterpart is None:
        yield place.differs(DiscrepancyCode.HS_EDITION_DIFFERS, "hs_edition", *editions)
    else:
        codes = _with_editions((declared, now), editions)
        yield place.differs(DiscrepancyCode.OTHER_HS6, "hs", *codes)


def _with_editions(codes: Sequence[str], editions: Sequence[str]) -> Sequence[str]:
    """Codes as they are told: with their editions where these differ."""
    if editions[0] == editions[1]:
        return codes
    return [f"{code} (HS {edition})" for code, edition in zip(codes, editions, strict=True)]


def _goods(code: str | None, description: str | None) -> str:
    """What goods are, in one line."""
    return " ".join(part for part in (code, description) if part) or "goods without description"


def _masses(place: Place, announced: GoodsItem, found: FoundItem) -> Iterator[Discrepancy]:
    for code, element, declared, now in (
        (
            DiscrepancyCode.GROSS_MASS_DIFFERS,
            "gross_mass",
            announced.gross_mass,
            found.gross_mass,
        ),
        (DiscrepancyCode.NET_MASS_DIFFERS, "net_mass", announced.net_mass, found.net_mass),
    ):
        tolerance = tolerance_of(place.agreement, code, KILOGRAM)
        if declared is not None and now is not None and not tolerance.allows(declared, now):
            yield place.differs(
                code,
                element,
                figure(declared, KILOGRAM),
                figure(now, KILOGRAM),
                str(tolerance),
            )


def _packages(place: Place, announced: GoodsItem, found: FoundItem) -> Iterator[Discrepancy]:
    declared, now = announced.package_count, found.packages
    if declared is None or now is None:
        return
    code = short_or_over(declared, now)
    tolerance = tolerance_of(place.agreement, code)
    if not tolerance.allows(declared, now):
        yield place.differs(code, "packages", figure(declared), figure(now), str(tolerance))


def short_or_over(declared: Decimal, found: Decimal) -> DiscrepancyCode:
    """Which way a quantity differs."""
    less = found < declared
    return DiscrepancyCode.QUANTITY_SHORT if less else DiscrepancyCode.QUANTITY_OVER


def _origin(place: Place, announced: GoodsItem, found: FoundItem) -> Iterator[Discrepancy]:
    declared, now = announced.origin, found.origin
    if declared and now and fold(declared) != fold(now):
        yield place.differs(DiscrepancyCode.OTHER_ORIGIN, "origin", declared, now)


def _value(place: Place, declared: Amount | None, now: Amount | None) -> Iterator[Discrepancy]:
    """Values are compared only in one and the same stated currency."""
    if declared is None or now is None or declared.value is None or now.value is None:
        return
    if not declared.currency or declared.currency != now.currency:
        return
    tolerance = tolerance_of(place.agreement, DiscrepancyCode.VALUE_DIFFERS)
    if not tolerance.allows(declared.value, now.value):
        yield place.differs(
            DiscrepancyCode.VALUE_DIFFERS,
            "price",
            figure(declared.value, declared.currency),
            figure(now.value, now.currency),
            str(tolerance),
        )


def compare_units(place: Place, announced: GoodsItem, found: GoodsItem) -> Iterator[Discrepancy]:
    """Supplementary units that both sides state, but none of them the same."""
    declared, now = by_unit(announced.supplementary), by_unit(found.supplementary)
    if declared and now and not declared.keys() & now.keys():
        yield place.differs(
            DiscrepancyCode.UNIT_NOT_COMPARABLE,
            "supplementary",
            ", ".join(
                figure(q.value, q.unit or "") for q in declared.values() if q.value is not None
            ),
            ", ".join(figure(q.value, q.unit or "") for q in now.values() if q.value is not None),
        )


def found_item(ordinal: int | None, imported: GoodsItem, agreement: Agreement) -> FoundItem:
    """An item of the import declaration as it is told to the other side."""
    return FoundItem(
        item=ordinal,
        hs=imported.hs,
        hs_edition=imported.hs_edition or agreement.hs_edition,
        description=imported.trade_description or imported.description,
        gross_mass=imported.gross_mass,
        net_mass=imported.net_mass,
        packages=imported.package_count,
        origin=imported.origin,
        value=imported.price,
    )


def surplus(index: int, found: FoundItem) -> Discrepancy:
    """Goods that nobody announced; they would stand at this index, behind the announced items."""
    return Discrepancy(
        code=DiscrepancyCode.OTHER_GOODS,
        path=f"items[{index}]",
        found=_goods(found.hs, found.description),
    )


def absent(place: Place, announced: GoodsItem) -> Discrepancy:
    """An announced item of which nothing was found."""
    count, mass = announced.package_count, announced.gross_mass
    if count:
        element, declared, none = "packages", figure(count), "0"
    elif mass:
        element, declared, none = "gross_mass", figure(mass, KILOGRAM), f"0 {KILOGRAM}"
    else:
        element, declared, none = "", _goods(announced.hs, announced.description), "0"
    return place.differs(DiscrepancyCode.QUANTITY_SHORT, element, declared, none)
