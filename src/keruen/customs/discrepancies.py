"""Coded differences between what was declared and what was found.

No standard codes them per item; this list is the project's own and part of the message contract.
"""

from __future__ import annotations

from enum import StrEnum

from keruen.customs.model import Struct


class DiscrepancyCode(StrEnum):
    """Why a consignment is not what was announced."""

    NOT_ARRIVED = "not-arrived"
    ARRIVED_LATE = "arrived-late"
    OTHER_VEHICLE = "other-vehicle"
    OTHER_CONTAINER = "other-container"
    SEAL_BROKEN = "seal-broken"
    OTHER_SEAL = "other-seal"
    QUANTITY_SHORT = "quantity-short"
    QUANTITY_OVER = "quantity-over"
    GROSS_MASS_DIFFERS = "gross-mass-differs"
    NET_MASS_DIFFERS = "net-mass-differs"
    OTHER_GOODS = "other-goods"
    OTHER_HS6 = "other-hs6"
    OTHER_ORIGIN = "other-origin"
    OTHER_CONSIGNEE = "other-consignee"
    VALUE_DIFFERS = "value-differs"
    SPLIT_SHIPMENT = "split-shipment"
    MERGED_SHIPMENT = "merged-shipment"
    DIVERTED = "diverted"
    DOCUMENT_MISSING = "document-missing"
    UNIT_NOT_COMPARABLE = "unit-not-comparable"
    HS_EDITION_DIFFERS = "hs-edition-differs"


class Discrepancy(Struct, frozen=True):
    """One coded difference.

    Attributes:
        item: ordinal of the goods item it concerns; None for the consignment as a whole.
        path: element path in the declaration (``items[0].gross_mass``).
        declared: what the sender declared, as text.
        found: what the receiver found, as text.
        tolerance: what was still allowed, in words and units (``max(20 kg, 2 %)``).
    """

    code: DiscrepancyCode
    item: int | None = None
    path: str = ""
    declared: str | None = None
    found: str | None = None
    tolerance: str | None = None
