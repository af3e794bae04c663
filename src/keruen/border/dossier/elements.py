"""The elements of a goods item that both sides state, and how each is read and judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from keruen.customs import DiscrepancyCode, GoodsItem
from keruen.messages import FoundItem


@dataclass(frozen=True, slots=True)
class Element:
    """How one element of an item is read on both sides, and which discrepancies concern it."""

    name: str
    form: str
    declared: Callable[[GoodsItem], Decimal | str | None]
    found: Callable[[FoundItem], Decimal | str | None]
    codes: tuple[DiscrepancyCode, ...]


ELEMENTS = (
    Element(
        name="description",
        form="text",
        declared=lambda item: item.description or item.trade_description,
        found=lambda item: item.description,
        codes=(DiscrepancyCode.OTHER_GOODS,),
    ),
    Element(
        name="hs",
        form="code",
        declared=lambda item: item.hs,
        found=lambda item: item.hs,
        codes=(DiscrepancyCode.OTHER_HS6,),
    ),
    Element(
        name="gross_mass",
        form="mass",
        declared=lambda item: item.gross_mass,
        found=lambda item: item.gross_mass,
        codes=(DiscrepancyCode.GROSS_MASS_DIFFERS,),
    ),
    Element(
        name="net_mass",
        form="mass",
        declared=lambda item: item.net_mass,
        found=lambda item: item.net_mass,
        codes=(DiscrepancyCode.NET_MASS_DIFFERS,),
    ),
    Element(
        name="packages",
        form="number",
        declared=lambda item: item.package_count,
        found=lambda item: item.packages,
        codes=(DiscrepancyCode.QUANTITY_SHORT, DiscrepancyCode.QUANTITY_OVER),
    ),
    Element(
        name="origin",
        form="country",
        declared=lambda item: item.origin,
        found=lambda item: item.origin,
        codes=(DiscrepancyCode.OTHER_ORIGIN,),
    ),
)
"""The lines of one goods item, in the order in which they are shown."""
