"""The table of R.055, the goods declaration, in the order of the schema.

Source: EEC_GoodsDeclaration.xsd v1.0.0 and its annotations.
"""

from __future__ import annotations

from keruen.formats import eec_table
from keruen.formats.codecs import BOOLEAN, DATE, INTEGER, RATE, WHOLE
from keruen.formats.eec_table import (
    CARGO,
    CONTAINERS,
    COUNT,
    CUSTOMS,
    ITEM_HEAD,
    NAMED,
    OFFICE_RULES,
    ORDINAL,
    PACKAGES,
    PARTY,
    PREFIXES,
    PRELIMINARY,
    SIGNATORY,
    TIR,
    VEHICLE,
    VEHICLES,
    country,
    head,
    listed,
    money,
    party,
    presented,
    quantity,
    registrations,
)
from keruen.formats.reasons import DUTY, LAYOUT
from keruen.formats.rules import Each, Leaf, Present, Rule, Strings, below, stated
from keruen.formats.writing import Names

STRUCTURE, VERSION = "R.055", "v1.0.0"
NAMESPACE = f"urn:EEC:R:055:GoodsDeclaration:{VERSION}"
NAMES = Names({"gd": NAMESPACE, **PREFIXES})

BORDER = "office_of_exit (import: office_of_entry)"
"""What box 29 names."""

_PRECEDING = Each(
    "cacdo:PrecedingDocDetails",
    "documents",
    (
        Leaf("casdo:LineId", "line", INTEGER),
        *NAMED[:2],
        *registrations(
            (
                ("cacdo:CustomsDocIdDetails", "customs", CUSTOMS),
                ("cacdo:DTMDocDetails", "vehicle", VEHICLES),
                ("cacdo:PreliminaryInformationIdDetails", "preliminary", PRELIMINARY),
                ("cacdo:TIRIdDetails", "tir", TIR),
            )
        ),
        *NAMED[2:],
    ),
    {"kind": "preceding"},
)

_ITEM: tuple[Rule, ...] = (
    *ITEM_HEAD,
    *stated(
        {
            "casdo:GoodsClassificationCode": "feature of the classification",
            "casdo:CIMSignCode": "marked goods",
            "casdo:GoodsProhibitionFreeCode": "sign of non-tariff regulation",
            "casdo:IPOCode": "intellectual property",
            "casdo:GoodsTraceabilityCode": "traceable goods",
            "casdo:GoodsFeatureCode": "features of the goods",
        },
        limit=1,
    ),
    Each(
        "casdo:CommodityAddCode",
        "commodity_codes",
        (Leaf(".", "code"),),
        {"scheme": "GoodsAddTNVEDCode"},
        limit=1,
    ),
    quantity("cacdo:AddGoodsMeasureDetails", "further_supplementary", 3),
    Each(
        "cacdo:DTAutomobileDetails",
        "vehicles",
        (
            Leaf("csdo:VehicleId", "vin", length=17),
            Leaf(
                "cacdo:VehicleModelDetails/csdo:VehicleMakeCode",
                "make_code",
                beside=listed(2025),
                fits=r"\d{3}",
            ),
            Leaf("cacdo:VehicleModelDetails/csdo:VehicleMakeName", "make", length=120),
            Leaf("cacdo:VehicleModelDetails/casdo:VehicleModelName", "model", length=250),
            *money("casdo:CAValueAmount", "price"),
        ),
    ),
    Each("cacdo:CargoPackagePalletDetails", "packages", CARGO),
    CONTAINERS,
    Each(
        "cacdo:DestinationCountryDetails", "destinations", (country("casdo:CACountryCode", "code"),)
    ),
    Each(
        "cacdo:DeliveryTermsDetails",
        "terms",
        (
            Leaf("casdo:DeliveryTermsCode", "incoterms", beside=listed(2014), fits="..."),
            Leaf("casdo:PlaceName", "delivery_place", length=120),
        ),
    ),
    country("cacdo:OriginCountryDetails/casdo:CACountryCode", "origin"),
    Leaf("cacdo:OriginCountryDetails/casdo:ShortCountryName", "origin_name", length=40),
    Leaf("cacdo:OriginCountryDetails/csdo:TerritoryCode", "origin_region", length=17),
    Leaf(
        "cacdo:CustomsProcedureDetails/casdo:CustomsProcedureCode",
        "procedure",
        beside=listed(2002),
        fits="..",
    ),
    Leaf(
        "cacdo:CustomsProcedureDetails/casdo:PreviousCustomsProcedureModeCode",
        "previous_procedure",
        beside=listed(2002),
        fits="..",
    ),
    Strings(
        "cacdo:CustomsProcedureDetails/casdo:GoodsMoveFeatureCode",
        "additional_procedures",
        limit=1,
        beside=listed(2003),
    ),
    *money("casdo:CAValueAmount", "price"),
    *money("casdo:CustomsValueAmount", "customs_value"),
    *money("casdo:StatisticValueAmount", "statistical_value"),
    Leaf("casdo:ValuationMethodCode", "valuation_method", beside=listed(2005), fits="."),
    _PRECEDING,
    presented("cacdo:PresentedDocDetails"),
)


def _box(path: str, stage: str) -> tuple[Rule, ...]:
    return (
        Leaf(
            f"{path}/csdo:UnifiedTransportModeCode",
            f"modes.{stage}",
            beside=listed(2004),
            length=20,
        ),
        country(f"{path}/casdo:RegistrationNationalityCode", f"nationalities.{stage}"),
        Leaf(f"{path}/casdo:TransportMeansQuantity", f"counts.{stage}", INTEGER, fits=COUNT),
        Each(
            f"{path}/cacdo:TransportMeansItemDetails", "transport_means", VEHICLE, {"stage": stage}
        ),
    )


_SHIPMENT: tuple[Rule, ...] = (
    country("cacdo:DepartureCountryDetails/casdo:CACountryCode", "country_of_dispatch"),
    Leaf(
        "cacdo:DepartureCountryDetails/casdo:ShortCountryName",
        "country_of_dispatch_name",
        length=40,
    ),
    *stated({"cacdo:DepartureCountryDetails/csdo:TerritoryCode": "region of export"}, limit=1),
    country("cacdo:DestinationCountryDetails/casdo:CACountryCode", "country_of_destination"),
    Leaf(
        "cacdo:DestinationCountryDetails/casdo:ShortCountryName",
        "country_of_destination_name",
        length=40,
    ),
    *stated(
        {"cacdo:DestinationCountryDetails/csdo:TerritoryCode": "region of destination"}, limit=1
    ),
    country("cacdo:TradeCountryDetails/casdo:CACountryCode", "trading_country"),
    *stated(
        {"cacdo:TradeCountryDetails/csdo:TerritoryCode": "region of the trading country"}, limit=1
    ),
    Leaf(
        "cacdo:DeliveryTermsDetails/casdo:DeliveryTermsCode",
        "incoterms",
        beside=listed(2014),
        fits="...",
    ),
    Leaf("cacdo:DeliveryTermsDetails/casdo:PlaceName", "delivery_place", length=120),
    *stated(
        {"cacdo:DeliveryTermsDetails/casdo:DeliveryKindCode": "situation of delivery"}, limit=1
    ),
    *money("casdo:CAValueAmount", "invoice"),
    Leaf(
        "casdo:ExchangeRate",
        "exchange_rate",
        RATE,
        beside={"currencyCodeListId": "2022"},
        fits=r"\d+(\.\d+)?",
    ),
    Leaf("casdo:ExchangeRate", "exchange_currency", attribute="currencyCode", fits="[A-Z]{3}"),
    Leaf("casdo:ExchangeRate", "exchange_scale", INTEGER, attribute="scaleNumber", fits=r"\d{1,2}"),
    *party("cacdo:ConsignorDetails", "consignor"),
    *party("cacdo:ConsigneeDetails", "consignee"),
    *party("cacdo:FinancialSettlementSubjectDetails", "settlement_party"),
    *money("casdo:CustomsValueAmount", "customs_value"),
    country("cacdo:OriginCountryDetails/casdo:CACountryCode", "country_of_origin"),
    Leaf("cacdo:OriginCountryDetails/casdo:ShortCountryName", "country_of_origin_name", length=40),
    Leaf(
        "cacdo:TransactionNatureDetails/casdo:TransactionNatureCode",
        "transaction_nature",
        fits=r"\d{3}",
    ),
    Leaf(
        "cacdo:TransactionNatureDetails/casdo:TransactionFeatureCode",
        "transaction_nature_detail",
        fits=r"\d{2}",
    ),
    Leaf("cacdo:GDConsignmentDetails/casdo:ContainerIndicator", "containerised", BOOLEAN),
    *_box("cacdo:GDConsignmentDetails/cacdo:BorderTransportDetails", "border"),
    *_box("cacdo:GDConsignmentDetails/cacdo:ArrivalDepartureTransportDetails", "departure"),
    Each(
        "cacdo:GDConsignmentDetails/cacdo:BorderCustomsOfficeDetails",
        "border_offices",
        OFFICE_RULES,
    ),
    Leaf(
        "cacdo:GoodsLocationDetails/casdo:GoodsLocationCode",
        "goods_location_type",
        beside=listed(2020),
        fits="..",
    ),
    *stated(
        {
            "cacdo:GoodsLocationDetails/csdo:CustomsOfficeCode": "customs office of the goods location"
        },
        limit=1,
    ),
    Leaf("cacdo:GoodsLocationDetails/casdo:PlaceName", "goods_location", length=120),
    Each("cacdo:GDGoodsItemDetails", "items", _ITEM),
)

RULES: tuple[Rule, ...] = (
    *head(STRUCTURE),
    Leaf("csdo:ObjectOrdinal", "correction", INTEGER, fits=ORDINAL),
    *below("cacdo:CustomsDeclarationIdDetails", CUSTOMS[:3], "own_number"),
    Leaf("casdo:DeclarationKindCode", "type", fits="..", needed=True),
    Leaf("casdo:CustomsProcedureCode", "procedure", beside=listed(2002), fits=".."),
    Leaf("casdo:DeclarationFeatureCode", "feature", beside=listed(2006), fits="..."),
    Leaf("casdo:EDocIndicatorCode", "indicator", fits="ЭД|ОО", needed=True),
    *stated({"casdo:DocUsageCode": "use of documents"}, limit=1),
    Leaf("casdo:GoodsQuantity", "item_count", INTEGER, fits=COUNT),
    Leaf("casdo:CargoQuantity", "package_count", WHOLE, fits=PACKAGES),
    Present("cacdo:DeclarantDetails"),
    *below("cacdo:DeclarantDetails", PARTY, "declarant"),
    *below("cacdo:GDGoodsShipmentDetails", _SHIPMENT),
    *below("cacdo:SignatoryPersonV2Details", SIGNATORY),
    Leaf("casdo:InternalDocId", "local_reference", length=50),
    Leaf("cacdo:GoodsReleaseIdDetails/csdo:EventDate", "release_date", DATE),
    Leaf(
        "cacdo:GoodsReleaseIdDetails/cacdo:ReleaseIdDetails/csdo:CustomsOfficeCode",
        "office_of_release.code",
        fits=r"\d{2}|\d{5}|\d{8}",
    ),
    Leaf(
        "cacdo:GoodsReleaseIdDetails/cacdo:ReleaseIdDetails/casdo:ReleaseId",
        "release_number",
        length=8,
    ),
)

_SHIP = "GDGoodsShipmentDetails"
NOT_CARRIED = {
    "PageQuantity": LAYOUT,
    "LoadingListsQuantity": LAYOUT,
    "LoadingListsPageQuantity": LAYOUT,
    "GDCGoodsQuantity": LAYOUT,
    f"{_SHIP}/CustomsValuePreviousAmount": DUTY,
    f"{_SHIP}/TotalCustomsValueAmount": DUTY,
    f"{_SHIP}/GDFactPaymentDetails": DUTY,
    f"{_SHIP}/DefferedPaymentDetails": DUTY,
    f"{_SHIP}/PaymentGuaranteeDetails": DUTY,
    f"{_SHIP}/GDGoodsItemDetails/PageOrdinal": LAYOUT,
    f"{_SHIP}/GDGoodsItemDetails/GDCConsignmentItemOrdinal": LAYOUT,
    f"{_SHIP}/GDGoodsItemDetails/PrefOriginCountryDetails": DUTY,
    f"{_SHIP}/GDGoodsItemDetails/PreferenceDetails": DUTY,
    f"{_SHIP}/GDGoodsItemDetails/CustomsValuePreviousAmount": DUTY,
    f"{_SHIP}/GDGoodsItemDetails/TotalStatisticValueAmount": DUTY,
    f"{_SHIP}/GDGoodsItemDetails/CustomsPaymentDetails": DUTY,
}
"""Element (with all below it) → why the model does not have it."""

IMPLIED = {"EDocIndicatorCode": "ЭД"}
"""``ЭД`` says that the file is an electronic document."""
BECOMES = {
    **eec_table.BECOMES,
    "own_number.office": "number",
    "own_number.serial": "number",
    "own_number.registered": "registered",
    "modes.departure": "departure_mode",
    "modes.border": "border_mode",
    "nationalities.departure": "departure_nationality",
    "nationalities.border": "transport_nationality",
    "counts.departure": "departure_means_count",
    "counts.border": "transport_means_count",
    **{f"border_offices[].{part}": f"{BORDER}.{part}" for part in ("code", "name", "country")},
    "destinations[].code": "destination",
    "terms[].incoterms": "incoterms",
    "terms[].delivery_place": "delivery_place",
}
"""Targets of the rules that are no elements of the model → what they become."""
