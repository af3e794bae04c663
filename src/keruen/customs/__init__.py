"""Takes what a trader declared, gives a model of it and findings about it.

The room knows no format, no partner and no database.
"""

from keruen.customs.checks import FINDING_CODES, check
from keruen.customs.discrepancies import Discrepancy, DiscrepancyCode
from keruen.customs.findings import Finding, Severity, refuses
from keruen.customs.keys import fold, skeleton
from keruen.customs.model import (
    AdditionalInformation,
    Address,
    Amount,
    Charge,
    ChargeKind,
    CommodityCode,
    Container,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    EtaBasis,
    GoodsItem,
    IdentityDocument,
    ItineraryStop,
    PackageDetail,
    Packaging,
    Party,
    Person,
    Quantity,
    Seal,
    Struct,
    TransportKind,
    TransportMeans,
    TransportStage,
    Vehicle,
)
from keruen.customs.soundness import unsound

__all__ = [
    "FINDING_CODES",
    "AdditionalInformation",
    "Address",
    "Amount",
    "Charge",
    "ChargeKind",
    "CommodityCode",
    "Container",
    "CustomsOffice",
    "Declaration",
    "DeclarationKind",
    "Discrepancy",
    "DiscrepancyCode",
    "Document",
    "DocumentKind",
    "EtaBasis",
    "Finding",
    "GoodsItem",
    "IdentityDocument",
    "ItineraryStop",
    "PackageDetail",
    "Packaging",
    "Party",
    "Person",
    "Quantity",
    "Seal",
    "Severity",
    "Struct",
    "TransportKind",
    "TransportMeans",
    "TransportStage",
    "Vehicle",
    "check",
    "fold",
    "refuses",
    "skeleton",
    "unsound",
]
