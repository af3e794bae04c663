"""The table of the WCO Data Model: element of the file → element of the model, in the order of the schema.

Source: WCO_DEC_2_DMS.xsd, the British profile of Data Model 3.6, and its annotations.
"""

from __future__ import annotations

from keruen.formats.codecs import COMPACT_DATE, COMPACT_TIME, DECIMAL, FLAG, INTEGER
from keruen.formats.reasons import DUTY, LAYOUT, SIGNATURE
from keruen.formats.rules import Each, Leaf, Plain, Rule, below, stated
from keruen.formats.writing import Names

NAMESPACE = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
DECLARATION = "urn:wco:datamodel:WCO:DEC-DMS:2"
NAMES = Names(
    {
        "": DECLARATION,
        "md": NAMESPACE,
        "ds": "urn:wco:datamodel:WCO:Declaration_DS:DMS:2",
    }
)
COMMODITY = "TSP"
"""Scheme of the commodity code itself; all others are further classifications."""
AS_TIME, AS_DATE = {"formatCode": "304"}, {"formatCode": "102"}
"""UN/EDIFACT 2379: CCYYMMDDHHMMSSZZZ and CCYYMMDD."""
TRANSPORT_CODES = {
    "703",
    "704",
    "705",
    "710",
    "714",
    "720",
    "722",
    "730",
    "740",
    "741",
    "750",
    "760",
    "787",
}
"""Document types (with category N) that are transport documents."""


def _address(target: str) -> tuple[Leaf, ...]:
    return (
        Leaf("Address/CityName", f"{target}.address.city"),
        Leaf("Address/CountryCode", f"{target}.address.country"),
        Leaf("Address/CountrySubDivisionName", f"{target}.address.region"),
        Leaf("Address/Line", f"{target}.address.street"),
        Leaf("Address/PostcodeID", f"{target}.address.postcode"),
    )


def _party(path: str, target: str, *further: Leaf) -> tuple[Rule, ...]:
    rules = (
        Leaf("Name", f"{target}.name"),
        Leaf("ID", f"{target}.id"),
        *further,
        *_address(target),
    )
    return below(path, rules)


_DOCUMENT = (
    Leaf("CategoryCode", "category"),
    Leaf("EffectiveDateTime/ds:DateTimeString", "valid_until", COMPACT_DATE, beside=AS_DATE),
    Leaf("ID", "number"),
    Leaf("Name", "name"),
    Leaf("TypeCode", "code"),
    Leaf("LPCOExemptionCode", "exemption"),
    Leaf("WriteOff/QuantityQuantity", "written_off.value", DECIMAL),
    Leaf("WriteOff/QuantityQuantity", "written_off.unit", attribute="unitCode"),
)
_HEADER_DOCUMENT = tuple(
    rule for rule in _DOCUMENT if rule.path in {"CategoryCode", "ID", "TypeCode"}
)
PLACE_CODE, WAREHOUSE, WAREHOUSE_TYPE, SUPERVISING_OFFICE = (
    "place of delivery",
    "warehouse",
    "warehouse type",
    "supervising office",
)
"""Statements that have a place of their own in the file."""


def _is_coded(statement: Plain) -> bool:
    own = {PLACE_CODE, WAREHOUSE, WAREHOUSE_TYPE, SUPERVISING_OFFICE}
    return statement.get("code") not in own


def _guarantee() -> tuple[Rule, ...]:
    rules = (
        Leaf("ID", "number"),
        Leaf("ReferenceID", "archive_id"),
        Leaf("SecurityDetailsCode", "code"),
    )
    return (
        Leaf("ObligationGuarantee/AmountAmount", "guarantee.value", DECIMAL),
        Leaf("ObligationGuarantee/AmountAmount", "guarantee.currency", attribute="currencyID"),
        Each("ObligationGuarantee", "documents", rules, {"kind": "guarantee"}),
    )


_PREVIOUS = (
    Leaf("CategoryCode", "category"),
    Leaf("ID", "number"),
    Leaf("TypeCode", "code"),
    Leaf("LineNumeric", "line", INTEGER),
)


def _kind_of_document(document: Plain) -> None:
    transport = document.get("category") == "N" and document.get("code") in TRANSPORT_CODES
    document["kind"] = "transport" if transport else "presented"


def _is_presented(document: Plain) -> bool:
    return document.get("kind", "presented") in {"transport", "presented"}


_DEPARTURE = (
    Leaf("ID", "identity"),
    Leaf("IdentificationTypeCode", "identity_type"),
    Leaf("ModeCode", "mode_declared"),
)
_BORDER = (
    *_DEPARTURE[:2],
    Leaf("RegistrationNationalityCode", "nationality"),
    *_DEPARTURE[2:],
)


def _means(path: str, stage: str, rules: tuple[Rule, ...]) -> Each:
    return Each(path, "transport_means", rules, {"stage": stage}, _kind_of_means)


MEANS_KINDS = {
    "10": "vessel", "11": "vessel", "80": "vessel", "81": "vessel",
    "20": "wagon", "21": "wagon", "30": "vehicle", "31": "trailer",
    "40": "aircraft", "41": "aircraft",
}  # fmt: skip
"""Type of identification (data element 7/7) → what it identifies."""


def _kind_of_means(means: Plain) -> None:
    means["kind"] = MEANS_KINDS.get(means.get("identity_type", ""), "vehicle")
    if "mode_declared" in means:
        means["mode"] = means["mode_declared"][:1]


_ITEM: tuple[Rule, ...] = (
    Leaf("CustomsValueAmount", "customs_value.value", DECIMAL),
    Leaf("CustomsValueAmount", "customs_value.currency", attribute="currencyID"),
    Leaf("SequenceNumeric", "ordinal", INTEGER),
    Leaf("StatisticalValueAmount", "statistical_value.value", DECIMAL),
    Leaf("StatisticalValueAmount", "statistical_value.currency", attribute="currencyID"),
    Leaf("TransactionNatureCode", "transaction_nature"),
    Each("AdditionalDocument", "documents", _DOCUMENT, {}, _kind_of_document, _is_presented),
    Each(
        "AdditionalInformation",
        "additional_information",
        (Leaf("StatementCode", "code"), Leaf("StatementDescription", "text")),
    ),
    Leaf("Commodity/Description", "description"),
    Each(
        "Commodity/Classification",
        "commodity_codes",
        (Leaf("ID", "code"), Leaf("IdentificationTypeCode", "scheme")),
    ),
    Leaf("Commodity/GoodsMeasure/GrossMassMeasure", "gross_mass", DECIMAL),
    Leaf("Commodity/GoodsMeasure/NetNetWeightMeasure", "net_mass", DECIMAL),
    Each(
        "Commodity/GoodsMeasure/TariffQuantity",
        "supplementary",
        (Leaf(".", "value", DECIMAL), Leaf(".", "unit", attribute="unitCode")),
    ),
    Leaf("Commodity/InvoiceLine/ItemChargeAmount", "price.value", DECIMAL),
    Leaf("Commodity/InvoiceLine/ItemChargeAmount", "price.currency", attribute="currencyID"),
    Each(
        "Commodity/TransportEquipment",
        "item_containers",
        (Leaf("SequenceNumeric", "ordinal", INTEGER), Leaf("ID", "id")),
    ),
    Leaf("Destination/CountryCode", "destination"),
    Each(
        "GovernmentProcedure",
        "procedures",
        (Leaf("CurrentCode", "current"), Leaf("PreviousCode", "previous")),
    ),
    Leaf("Origin/CountryCode", "origin"),
    Leaf("Origin/RegionID", "origin_region"),
    Each(
        "Packaging",
        "packages",
        (
            Leaf("SequenceNumeric", "ordinal", INTEGER),
            Leaf("MarksNumbersID", "marks"),
            Leaf("QuantityQuantity", "count", DECIMAL),
            Leaf("TypeCode", "kind"),
        ),
    ),
    Each("PreviousDocument", "documents", _PREVIOUS, {"kind": "preceding"}),
)

_CONTAINER: tuple[Rule, ...] = (
    Leaf("SequenceNumeric", "ordinal", INTEGER),
    Leaf("ID", "id"),
    Each("Seal", "seals", (Leaf("SequenceNumeric", "ordinal", INTEGER), Leaf("ID", "number"))),
)

_BODY: tuple[Rule, ...] = (
    Leaf("AcceptanceDateTime/ds:DateTimeString", "released", COMPACT_TIME, beside=AS_TIME),
    Leaf("FunctionCode", "function"),
    Leaf("FunctionalReferenceID", "local_reference"),
    Leaf("ID", "number"),
    Leaf("IssueDateTime/ds:DateTimeString", "created", COMPACT_TIME, beside=AS_TIME),
    Leaf("IssueLocationID", "execution_place"),
    Leaf("TypeCode", "type"),
    Leaf("GoodsItemQuantity", "item_count", INTEGER),
    Leaf("InvoiceAmount", "invoice.value", DECIMAL),
    Leaf("InvoiceAmount", "invoice.currency", attribute="currencyID"),
    Leaf("TotalGrossMassMeasure", "gross_mass", DECIMAL),
    Leaf("TotalPackageQuantity", "package_count", DECIMAL),
    Leaf("SpecificCircumstancesCodeCode", "feature"),
    Each("AdditionalDocument", "documents", _HEADER_DOCUMENT, {}, _kind_of_document, _is_presented),
    Each(
        "AdditionalInformation",
        "additional_information",
        (Leaf("StatementCode", "code"), Leaf("StatementDescription", "text")),
        chosen=_is_coded,
    ),
    *_party("Agent", "representative", Leaf("FunctionCode", "representative.function")),
    Each(
        "AuthorisationHolder",
        "authorisations",
        (Leaf("ID", "id"), Leaf("CategoryCode", "function")),
    ),
    _means("BorderTransportMeans", "border", _BORDER),
    *_party("Consignment/Carrier", "carrier"),
    Leaf("Consignment/Freight/PaymentMethodCode", "freight_payment"),
    Each(
        "Consignment/Itinerary",
        "itinerary",
        (Leaf("SequenceNumeric", "ordinal", INTEGER), Leaf("RoutingCountryCode", "country")),
    ),
    Leaf("CurrencyExchange/RateNumeric", "exchange_rate", DECIMAL),
    *_party("Declarant", "declarant"),
    Leaf("ExitOffice/ID", "office_of_exit.code"),
    *_party("Exporter", "consignor"),
    Leaf("GoodsShipment/ExitDateTime/ds:DateTimeString", "exited", COMPACT_DATE, beside=AS_DATE),
    Leaf("GoodsShipment/TransactionNatureCode", "transaction_nature"),
    *_party("GoodsShipment/Consignee", "consignee"),
    Leaf("GoodsShipment/Consignment/ContainerCode", "containerised", FLAG),
    _means("GoodsShipment/Consignment/DepartureTransportMeans", "departure", _DEPARTURE),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Name", "goods_location"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/TypeCode", "goods_location_type"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Address/TypeCode", "goods_location_qualifier"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Address/CountryCode", "goods_location_country"),
    Leaf("GoodsShipment/Consignment/LoadingLocation/Name", "place_of_loading.name"),
    Leaf("GoodsShipment/Consignment/LoadingLocation/ID", "place_of_loading.code"),
    Each("GoodsShipment/Consignment/TransportEquipment", "containers", _CONTAINER),
    Each(
        "GoodsShipment/CustomsValuation/FreightChargeAmount",
        "charges",
        (
            Leaf(".", "foreign.value", DECIMAL),
            Leaf(".", "foreign.currency", attribute="currencyID"),
        ),
        {"kind": "external-freight"},
    ),
    Leaf("GoodsShipment/Destination/CountryCode", "country_of_destination"),
    Leaf("GoodsShipment/ExportCountry/ID", "country_of_dispatch"),
    Each("GoodsShipment/GovernmentAgencyGoodsItem", "items", _ITEM),
    Each("GoodsShipment/PreviousDocument", "documents", _PREVIOUS, {"kind": "preceding"}),
    Leaf("GoodsShipment/TradeTerms/ConditionCode", "incoterms"),
    *stated({"GoodsShipment/TradeTerms/LocationID": PLACE_CODE}),
    Leaf("GoodsShipment/TradeTerms/LocationName", "delivery_place"),
    Leaf("GoodsShipment/UCR/TraderAssignedReferenceID", "consignment_reference"),
    *stated({"GoodsShipment/Warehouse/ID": WAREHOUSE}),
    *stated({"GoodsShipment/Warehouse/TypeCode": WAREHOUSE_TYPE}),
    *_guarantee(),
    Leaf("PresentationOffice/ID", "office.code"),
    *stated({"SupervisingOffice/ID": SUPERVISING_OFFICE}),
)


RULES: tuple[Rule, ...] = (
    Leaf("md:WCODataModelVersionCode", "structure_version"),
    Leaf("md:WCOTypeName", "structure"),
    Leaf("md:ResponsibleCountryCode", "responsible_country"),
    Leaf("md:ResponsibleAgencyName", "responsible_agency"),
    Leaf("md:AgencyAssignedCustomizationVersionCode", "customization"),
    *below("Declaration", _BODY),
)

_ITEMS = "Declaration/GoodsShipment/GovernmentAgencyGoodsItem"
NOT_CARRIED = {
    "Declaration/LoadingListQuantity": LAYOUT,
    "Declaration/Authentication": SIGNATURE,
    "Declaration/DutyTaxFee": DUTY,
    "Declaration/ObligationGuarantee/AccessCode": DUTY,
    "Declaration/GoodsShipment/CustomsValuation/ChargeDeduction": DUTY,
    "Declaration/GoodsShipment/DomesticDutyTaxParty": DUTY,
    f"{_ITEMS}/Commodity/TransportEquipment/SequenceNumeric": LAYOUT,
    f"{_ITEMS}/Commodity/DutyTaxFee": DUTY,
    f"{_ITEMS}/CustomsValuation": DUTY,
    f"{_ITEMS}/DomesticDutyTaxParty": DUTY,
    f"{_ITEMS}/ValuationAdjustment": DUTY,
}
"""Element (with all below it) → why the model does not have it."""

IMPLIED = {f"{_ITEMS}/Commodity/Classification/IdentificationTypeCode": COMMODITY}
"""``TSP`` says that the code beside it is the commodity code, which is `hs` in the model."""
BECOMES = {
    "item_containers[].id": "containers[]",
    "item_containers[].ordinal": "",
    "procedures[].current": "procedure",
    "procedures[].previous": "previous_procedure",
}
"""Targets of the rules that are no elements of the model → what they become."""
