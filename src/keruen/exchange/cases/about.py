"""A declaration → what a case is listed and summed by: value, mass, trader, carrier, chapter. Pure.

Natural persons are counted under one key and never named (`keruen.exchange.figures.traders`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from keruen.customs import Amount, Declaration, GoodsItem
from keruen.exchange.figures.counted import CHAPTER
from keruen.exchange.figures.traders import trader
from keruen.store import Role

LARGEST = 2**62
"""What both databases hold as a number; nothing is worth or weighs more."""


def about(declaration: Declaration, role: Role) -> dict[str, Any]:
    """What a declaration says, by the columns of `CaseRow`."""
    own = declaration.consignee if role is Role.RECEIVER else declaration.consignor
    key, name = trader(own)
    carrier, carrier_name = trader(declaration.carrier)
    amount = worth(declaration)
    mass = declaration.total_gross_mass
    return {
        "trader": key,
        "trader_name": name,
        "carrier": carrier,
        "carrier_name": carrier_name,
        "chapter": (_heaviest(declaration.items).hs or "")[:CHAPTER] if declaration.items else "",
        "value": _whole(amount.value) if amount and amount.value is not None else None,
        "currency": amount.currency if amount else None,
        "mass": _whole(mass) if mass is not None else None,
    }


def worth(declaration: Declaration) -> Amount | None:
    """The statistical value of its goods, else their customs value, else the invoice; None without any."""
    given = (
        _sum(item.statistical_value for item in declaration.items),
        _sum(item.customs_value for item in declaration.items),
        declaration.customs_value,
        declaration.invoice,
    )
    return next((one for one in given if one is not None and one.value is not None), None)


def _sum(amounts: Iterable[Amount | None]) -> Amount | None:
    """A sum of amounts that are all stated, in one currency."""
    stated = list(amounts)
    known = [(one.value, one.currency) for one in stated if one and one.value is not None]
    if not known or len(known) < len(stated) or len({currency for _, currency in known}) > 1:
        return None
    return Amount(value=sum((value for value, _ in known), Decimal(0)), currency=known[0][1])


def _heaviest(items: Iterable[GoodsItem]) -> GoodsItem:
    return max(items, key=lambda item: item.gross_mass or item.net_mass or Decimal(0))


def _whole(figure: Decimal) -> int | None:
    return int(figure) if figure.is_finite() and abs(figure) < LARGEST else None
