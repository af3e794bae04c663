"""Values that many elements have: money, quantities, coded statements; and the base of all structs."""

from __future__ import annotations

from decimal import Decimal

import msgspec


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of all values of the domain: immutable, compared by value, absent elements not written."""


class Amount(Struct, frozen=True):
    """Money. `currency` is ISO 4217, absent where the source leaves it out."""

    value: Decimal | None = None
    currency: str | None = None


class Quantity(Struct, frozen=True):
    """A number of supplementary units; `unit` as declared (UN/ECE Rec 20 or the EAEU classifier)."""

    value: Decimal | None = None
    unit: str | None = None
    unit_name: str | None = None


class AdditionalInformation(Struct, frozen=True):
    """A coded statement (WCO: AdditionalInformation)."""

    code: str | None = None
    text: str | None = None
