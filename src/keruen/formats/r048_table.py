"""The table of R.048, the transit declaration, in the order of the schema.

Source: EEC_TransitDeclaration.xsd v1.0.0 and its annotations.
"""

from __future__ import annotations

from keruen.formats import eec_table
from keruen.formats.codecs import BOOLEAN, INTEGER, WHOLE
from keruen.formats.eec_table import (
    CARGO,
    CERTIFICATE,
    CONTAINERS,
    COUNT,
    COUNTRY,
    CUSTOMS,
    ITEM_HEAD,
    NAMED,
    OFFICE,
    OFFICE_RULES,
    ORDINAL,
    PACKAGES,
    PARTY,
    PREFIXES,
    SIGNATORY,
    TIR,
    VEHICLE,
    coded,
    country,
    head,
    kind_code,
    listed,
    mass,
    money,
    party,
    presented,
    registrations,
)
from keruen.formats.reasons import LAYOUT
from keruen.formats.rules import Each, Leaf, Present, Rule, Strings, below, stated
from keruen.formats.writing import Names

STRUCTURE, VERSION = "R.048", "v1.0.0"
NAMESPACE = f"urn:EEC:R:048:TransitDeclaration:{VERSION}"
NAMES = Names({"td": NAMESPACE, **PREFIXES})
STATION = r"\d{5,6}"

_TRANSSHIPMENT: tuple[Rule, ...] = (
    Leaf("casdo:CargoOperationKindCode", "operation", fits="."),
    Leaf("casdo:CarrierOrdinal", "carrier", INTEGER, fits=ORDINAL),
    Leaf("casdo:GoodsTranshsipmentIndicator", "between_containers", BOOLEAN, needed=True),
    country("casdo:CACountryCode", "country", needed=True),
    Leaf("casdo:PlaceName", "place", length=120, needed=True),
    Leaf("csdo:CustomsOfficeCode", "office", fits=OFFICE),
    Leaf("casdo:RailwayStationCode", "station", fits=STATION),
    Each("cacdo:TranshipmentTransportMeansDetails", "transport_means", VEHICLE),
    Leaf("csdo:DescriptionText", "text", length=4000),
)

_ITEM: tuple[Rule, ...] = (
    *ITEM_HEAD,
    *stated(
        {
            "casdo:GoodsProhibitionFreeCode": "sign of non-tariff regulation",
            "casdo:GoodsComponentCode": "component of the goods",
        },
        limit=1,
    ),
    Each("cacdo:CargoPackagePalletDetails", "packages", CARGO),
    CONTAINERS,
    *money("casdo:CAValueAmount", "price"),
    Each(
        "cacdo:TDPrecedingDocDetails",
        "documents",
        (
            Leaf("casdo:LineId", "line", INTEGER, needed=True),
            kind_code(needed=True),
            NAMED[1],
            *registrations(
                (
                    ("cacdo:CustomsDocIdDetails", "customs", CUSTOMS),
                    ("cacdo:TIRIdDetails", "tir", TIR),
                )
            ),
            *NAMED[2:],
        ),
        {"kind": "preceding"},
    ),
    presented("cacdo:TDPresentedDocDetails", needed=True),
)

_CONSIGNMENT: tuple[Rule, ...] = (
    Leaf("csdo:ObjectOrdinal", "ordinal", INTEGER, fits=ORDINAL, needed=True),
    Each("cacdo:TransportDocumentDetails", "documents", NAMED, {"kind": "transport"}, limit=1),
    Leaf("casdo:GoodsQuantity", "item_count", INTEGER, fits=COUNT),
    Leaf("casdo:CargoQuantity", "package_count", WHOLE, fits=PACKAGES),
    Leaf(
        "casdo:DepartureCountryCode",
        "country_of_dispatch",
        beside=listed(2021),
        fits=COUNTRY,
        needed=True,
    ),
    Leaf(
        "casdo:DestinationCountryCode",
        "country_of_destination",
        beside=listed(2021),
        fits=COUNTRY,
        needed=True,
    ),
    mass("casdo:TotalGrossMassMeasure", "gross_mass"),
    *money("casdo:TotalAmount", "value"),
    Present("cacdo:ConsignorDetails"),
    *party("cacdo:ConsignorDetails", "consignor"),
    Present("cacdo:ConsigneeDetails"),
    *party("cacdo:ConsigneeDetails", "consignee"),
    Present("cacdo:TransitDestinationDetails/ccdo:CustomsOfficeDetails"),
    *below(
        "cacdo:TransitDestinationDetails/ccdo:CustomsOfficeDetails",
        OFFICE_RULES,
        "office_of_destination",
    ),
    Leaf(
        "cacdo:TransitDestinationDetails/casdo:RailwayStationCode",
        "destination_station",
        fits=STATION,
    ),
    Each("cacdo:TransitGoodsItemDetails", "items", _ITEM, needed=True),
)

_IDENTIFICATION: tuple[Rule, ...] = (
    Leaf("casdo:CustomsIdentificationMethodCode", "method", fits="..", needed=True),
    Leaf("casdo:CustomsIdentificationMeansKindCode", "kind", fits=".."),
    Leaf("casdo:SealQuantity", "count", INTEGER, fits=r"\d{1,4}"),
    Each(
        "cacdo:CustomsIdentificationMeansIdDetails",
        "seals",
        (Leaf("casdo:CustomsIdentificationMeansId", "number", length=20),),
    ),
    Strings("csdo:DescriptionText", "descriptions"),
)

_GUARANTEE: tuple[Rule, ...] = (
    *NAMED[:2],
    *registrations(
        (
            ("cacdo:GuaranteeCertificateIdDetails", "certificate", CERTIFICATE),
            ("cacdo:GuaranteeCustomsDocIdDetails", "customs", CUSTOMS[:3]),
        )
    ),
    *NAMED[2:],
    *money("casdo:GuaranteeAmount", "amount"),
    Leaf("casdo:PaymentGuaranteeMethodCode", "category", beside=listed(2013), fits=r"\d{2}"),
)

RULES: tuple[Rule, ...] = (
    *head(STRUCTURE),
    Leaf("casdo:DeclarationKindCode", "type", fits="..", needed=True),
    coded("casdo:DeclarationFeatureCode", "feature of the declaration", 2006),
    Leaf("casdo:TransitProcedureCode", "direction", beside=listed(289), fits="..", needed=True),
    Leaf("casdo:TransitFeatureCode", "feature", length=3),
    Leaf("casdo:EDocIndicatorCode", "indicator", fits="ЭД|ОО", needed=True),
    *stated({"casdo:DocUsageCode": "use of documents"}, limit=1),
    Leaf("casdo:GoodsQuantity", "item_count", INTEGER, fits=COUNT),
    Leaf("casdo:CargoQuantity", "package_count", WHOLE, fits=PACKAGES),
    mass("casdo:TotalGrossMassMeasure", "gross_mass"),
    *money("casdo:TotalAmount", "invoice"),
    Leaf("cacdo:TIRCarnetIdDetails/casdo:TIRSeriesId", "tir.series", fits=COUNTRY),
    Leaf("cacdo:TIRCarnetIdDetails/casdo:TIRId", "tir.number", fits=r"\d{8}"),
    Leaf("cacdo:TIRCarnetIdDetails/casdo:TIRPageOrdinal", "tir.page", INTEGER, fits=ORDINAL),
    Leaf("cacdo:TIRCarnetIdDetails/casdo:TIRHolderId", "tir.holder", length=18),
    Leaf("casdo:ContainerIndicator", "containerised", BOOLEAN, needed=True),
    Each("cacdo:TransportMeansItemDetails", "transport_means", VEHICLE),
    Each("cacdo:TranshipmentDetails", "transshipments", _TRANSSHIPMENT),
    Present("cacdo:DeclarantDetails"),
    *below("cacdo:DeclarantDetails", PARTY, "declarant"),
    Each("cacdo:TDGoodsShipmentDetails", "consignments", _CONSIGNMENT, needed=True),
    Each("cacdo:CustomsIdentificationDetails", "identification", _IDENTIFICATION),
    Each("cacdo:CarrierDetails", "carriers", PARTY),
    Present("cacdo:CarrierDetails"),
    Leaf(
        "cacdo:TransitGuaranteeDetails/casdo:GuaranteePresentCode",
        "guarantee_code",
        fits=".",
        needed=True,
    ),
    coded("cacdo:TransitGuaranteeDetails/casdo:NoGuaranteeCauseCode", "cause of no guarantee", 289),
    Each(
        "cacdo:TransitGuaranteeDetails/cacdo:TransitGuaranteeDocDetails",
        "documents",
        _GUARANTEE,
        {"kind": "guarantee"},
    ),
    *stated({"csdo:EventDate": "date of completion"}, limit=1),
    *below("cacdo:SignatoryPersonV2Details", SIGNATORY),
)

NOT_CARRIED = {"PageQuantity": LAYOUT}
"""Element (with all below it) → why the model does not have it."""
IMPLIED = {"EDocIndicatorCode": "ЭД", "TDGoodsShipmentDetails/ObjectOrdinal": 1}
"""``ЭД`` says that the file is an electronic document, 1 that a consignment is the first."""
BECOMES = {
    **eec_table.BECOMES,
    "identification[].seals[].number": "seals[].number",
    "carriers[]": "carrier",
    "consignments[].items[]": "items[]",
}
"""Targets of the rules that are no elements of the model → what they become."""
