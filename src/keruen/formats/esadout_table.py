"""The table of ``ESADout_CU``: element of the file → element of the model, in the order of the schema.

Source: the schema ESADout_CU.xsd of album 5.23.0 and its annotations.
"""

from __future__ import annotations

from keruen.formats.codecs import BOOLEAN, CLOCK, DATE, DECIMAL, INTEGER, NUMERIC_COUNTRY, TIME
from keruen.formats.eaeu import is_presented, kind_of_document
from keruen.formats.reasons import DUTY, LAYOUT, SIGNATURE
from keruen.formats.rules import Each, Leaf, Lines, Rule, Strings, below, stated
from keruen.formats.writing import Names

VERSION = "5.23.0"
NAMESPACE = f"urn:customs.ru:Information:CustomsDocuments:ESADout_CU:{VERSION}"
NAMES = Names(
    {
        "": NAMESPACE,
        "cat": "urn:customs.ru:CommonAggregateTypes:5.22.0",
        "rus": "urn:customs.ru:RUSCommonAggregateTypes:5.22.0",
        "esad": "urn:customs.ru:CUESADCommonAggregateTypesCust:5.22.0",
        "rud": "urn:customs.ru:RUDeclCommonAggregateTypesCust:5.23.0",
    }
)


def _address(target: str) -> tuple[Rule, ...]:
    group = "rus:SubjectAddressDetails"
    return (
        Leaf(f"{group}/rus:PostalCode", f"{target}.postcode"),
        Leaf(f"{group}/rus:CountryCode", f"{target}.country"),
        Leaf(f"{group}/rus:CounryName", f"{target}.country_name"),
        Leaf(f"{group}/rus:Region", f"{target}.region"),
        Leaf(f"{group}/rus:District", f"{target}.district"),
        Leaf(f"{group}/rus:Town", f"{target}.town"),
        Leaf(f"{group}/rus:City", f"{target}.city"),
        Leaf(f"{group}/rus:StreetHouse", f"{target}.street"),
        Leaf(f"{group}/rus:House", f"{target}.house"),
        Leaf(f"{group}/rus:Room", f"{target}.room"),
        Leaf(f"{group}/rus:AddressText", f"{target}.text"),
    )


ADDRESS_PARTS = {
    "region": ("region", "district"),
    "city": ("town", "city"),
    "street": ("street", "house", "room", "text"),
}
"""Element of an address in the model → parts of the file that are joined in it."""
PARTIES = ("consignor", "consignee", "settlement_party", "declarant", "carrier")


def _party(path: str, target: str) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = (
        Leaf("cat:OrganizationName", "name"),
        Leaf("cat:RFOrganizationFeatures/cat:INN", "ids.RU"),
        Leaf("cat:RKOrganizationFeatures/cat:BIN", "ids.KZ"),
        Leaf("cat:RKOrganizationFeatures/cat:IIN", "ids.KZ-person"),
        Leaf("cat:RBOrganizationFeatures/cat:UNP", "ids.BY"),
        Leaf("cat:RAOrganizationFeatures/cat:UNN", "ids.AM"),
        Leaf("cat:KGOrganizationFeatures/cat:KGINN", "ids.KG"),
        *_address("address"),
    )
    return below(path, rules, target)


_PERSON = (
    Leaf("cat:PersonSurname", "surname"),
    Leaf("cat:PersonName", "given_name"),
    Leaf("cat:PersonMiddleName", "middle_name"),
    Leaf("cat:PersonPost", "post"),
    Leaf("rus:CommunicationDetails/cat:Phone", "phone"),
    Leaf("rus:CommunicationDetails/cat:E_mail", "email"),
)


def _identity(group: str) -> tuple[Rule, ...]:
    return (
        Leaf(f"{group}/rus:IdentityCardCode", "identity.code"),
        Leaf(f"{group}/rus:IdentityCardName", "identity.name"),
        Leaf(f"{group}/rus:IdentityCardSeries", "identity.series"),
        Leaf(f"{group}/rus:IdentityCardNumber", "identity.number"),
        Leaf(f"{group}/rus:IdentityCardDate", "identity.issued", DATE),
        Leaf(f"{group}/rus:OrganizationName", "identity.issuer"),
    )


def _office(path: str, target: str) -> tuple[Rule, ...]:
    return (
        Leaf(f"{path}/cat:Code", f"{target}.code"),
        Leaf(f"{path}/cat:OfficeName", f"{target}.name"),
        Leaf(f"{path}/cat:CustomsCountryCode", f"{target}.country", NUMERIC_COUNTRY),
    )


def _means(group: str, stage: str) -> tuple[Rule, ...]:
    return (
        Leaf(f"{group}/cat:TransportModeCode", f"modes.{stage}"),
        Leaf(f"{group}/cat:TransportNationalityCode", f"nationalities.{stage}"),
        Leaf(f"{group}/TransportMeansQuantity", f"counts.{stage}", INTEGER),
        Each(
            f"{group}/RUTransportMeans",
            "transport_means",
            (
                Leaf("cat:VIN", "vin"),
                Leaf("cat:TransportKindCode", "identity_type"),
                Leaf("cat:TransportIdentifier", "identity"),
                Leaf("cat:TransportMeansNationalityCode", "nationality"),
            ),
            fixed={"stage": stage},
        ),
    )


_PRESENTED = (
    Leaf("cat:PrDocumentName", "name"),
    Leaf("cat:PrDocumentNumber", "number"),
    Leaf("cat:PrDocumentDate", "issued", DATE),
    Leaf("esad:PresentedDocumentModeCode", "code"),
    Leaf("esad:DocumentEndActionsDate", "valid_until", DATE),
    Leaf("esad:RFG44PresentedDocId/esad:ElectronicDocumentID", "electronic_id"),
    Leaf("esad:RFG44PresentedDocId/esad:ElectronicArchID", "archive_id"),
    Leaf("esad:RFG44PresentedDocId/esad:DocumentModeID", "structure"),
)


_QUANTITY = (
    Leaf("cat:GoodsQuantity", "value", DECIMAL),
    Leaf("cat:MeasureUnitQualifierName", "unit_name"),
    Leaf("cat:MeasureUnitQualifierCode", "unit"),
)

_ITEM: tuple[Rule, ...] = (
    Leaf("esad:GoodsNumeric", "ordinal", INTEGER),
    *stated({"esad:GoodFeatures": "features of the goods"}),
    Lines("esad:GoodsDescription", "description"),
    Leaf("esad:GrossWeightQuantity", "gross_mass", DECIMAL),
    Leaf("esad:NetWeightQuantity", "net_mass", DECIMAL),
    Leaf("esad:InvoicedCost", "price.value", DECIMAL),
    Leaf("esad:CustomsCost", "customs_value.value", DECIMAL),
    Leaf("esad:StatisticalCost", "statistical_value.value", DECIMAL),
    Leaf("esad:GoodsTNVEDCode", "hs"),
    *stated(
        {
            "esad:GoodsClassificationCode": "feature of the classification",
            "esad:AdditionalSign": "sign of non-tariff regulation",
            "esad:IntellectPropertySign": "intellectual property",
            "esad:GoodsTraceabilityCode": "traceable goods",
            "esad:CIMSign": "marked goods",
            "esad:RestrictionSign": "restriction observed",
        }
    ),
    Leaf("esad:OriginCountryCode", "origin"),
    Leaf("esad:OriginCountryName", "origin_name"),
    Each(
        "esad:GoodsAddTNVEDCode",
        "commodity_codes",
        (Leaf(".", "code"),),
        {"scheme": "GoodsAddTNVEDCode"},
    ),
    Leaf("esad:CUESADDeliveryTerms/cat:DeliveryPlace", "delivery_place"),
    Leaf("esad:CUESADDeliveryTerms/cat:DeliveryTermsStringCode", "incoterms"),
    Leaf("LanguageGoods", "language"),
    Leaf("CurrencyCode", "price.currency"),
    Each(
        "ESADout_CUPresentedDocument", "documents", _PRESENTED, {}, kind_of_document, is_presented
    ),
    Each(
        "ESADout_CUPrecedingDocument",
        "documents",
        (
            Leaf("esad:LineNumber", "line", INTEGER),
            Leaf("esad:PrecedingDocumentCustomsCode", "category"),
            Leaf("esad:PrecedingDocumentDate", "issued", DATE),
            Leaf("esad:PrecedingDocumentNumber", "number"),
            Leaf("esad:PrecedingDocumentModeCode", "code"),
        ),
        {"kind": "preceding"},
    ),
    Each("SupplementaryGoodsQuantity", "first_supplementary", _QUANTITY),
    Each("SupplementaryGoodsQuantity1", "further_supplementary", _QUANTITY),
    Each(
        "ESADGoodsPackaging",
        "packages",
        (
            Leaf("esad:PakageQuantity", "count", DECIMAL),
            Leaf("esad:PakageTypeCode", "kind"),
            Each(
                "esad:PackagePalleteInformation",
                "details",
                (
                    Leaf("esad:InfoKindCode", "information"),
                    Leaf("esad:PalleteCode", "kind"),
                    Leaf("esad:PalleteQuantity", "count", INTEGER),
                    Leaf("esad:CargoDescriptionText", "description"),
                ),
            ),
        ),
    ),
    Each(
        "ESADContainer/esad:ContainerNumber",
        "item_containers",
        (Leaf("esad:ContainerIdentificaror", "id"),),
    ),
    Leaf("ESADCustomsProcedure/esad:MainCustomsModeCode", "procedure"),
    Leaf("ESADCustomsProcedure/esad:PrecedingCustomsModeCode", "previous_procedure"),
    Strings("ESADCustomsProcedure/esad:GoodsTransferFeature", "additional_procedures"),
    Each(
        "GoodsAutomobile",
        "vehicles",
        (
            Leaf("esad:RecNumber", "ordinal", INTEGER),
            Leaf("esad:Model", "model"),
            Leaf("esad:Mark", "make"),
            Leaf("esad:MarkCode", "make_code"),
            Leaf("esad:OfftakeYear", "year", INTEGER),
            Leaf("esad:EngineVolumeQuanity/esad:MeasuredAmount", "engine_volume.value", DECIMAL),
            Leaf(
                "esad:EngineVolumeQuanity/esad:MeasureUnitQualifierName", "engine_volume.unit_name"
            ),
            Leaf("esad:EngineVolumeQuanity/esad:MeasureUnitQualifierCode", "engine_volume.unit"),
            Leaf("esad:VINID", "vin"),
            Leaf("esad:CarCostInfo/esad:CarCost", "price.value", DECIMAL),
            Leaf("esad:CarCostInfo/esad:CarCostCurrencyCode", "price.currency"),
        ),
    ),
)

_SHIPMENT: tuple[Rule, ...] = (
    Leaf("esad:OriginCountryName", "country_of_origin_name"),
    Leaf("esad:TotalGoodsNumber", "item_count", INTEGER),
    Leaf("esad:TotalPackageNumber", "package_count", DECIMAL),
    Leaf("esad:TotalCustCost", "customs_value.value", DECIMAL),
    Leaf("esad:CustCostCurrencyCode", "customs_value.currency"),
    *_party("ESADout_CUConsignor", "consignor"),
    *_party("ESADout_CUConsignee", "consignee"),
    *_party("ESADout_CUFinancialAdjustingResponsiblePerson", "settlement_party"),
    *_party("ESADout_CUDeclarant", "declarant"),
    *_party("ESADout_CUCarrier", "carrier"),
    Each(
        "ESADout_CUCarrier/ESADout_CUDriverInformation",
        "drivers",
        (*_PERSON, *_identity("rus:IdentityCard")),
    ),
    Leaf("ESADout_CUGoodsLocation/InformationTypeCode", "goods_location_type"),
    *stated({"ESADout_CUGoodsLocation/CustomsOffice": "customs office of the goods location"}),
    Leaf("ESADout_CUGoodsLocation/CustomsCountryCode", "goods_location_country"),
    Leaf("ESADout_CUGoodsLocation/LocationName", "goods_location"),
    Leaf("ESADout_CUConsigment/esad:ContainerIndicator", "containerised", BOOLEAN),
    Leaf("ESADout_CUConsigment/esad:DispatchCountryCode", "country_of_dispatch"),
    Leaf("ESADout_CUConsigment/esad:DispatchCountryName", "country_of_dispatch_name"),
    Leaf("ESADout_CUConsigment/esad:DestinationCountryCode", "country_of_destination"),
    Leaf("ESADout_CUConsigment/esad:DestinationCountryName", "country_of_destination_name"),
    *_office("ESADout_CUConsigment/esad:BorderCustomsOffice", "office_of_exit"),
    *_means("ESADout_CUConsigment/ESADout_CUDepartureArrivalTransport", "departure"),
    *_means("ESADout_CUConsigment/ESADout_CUBorderTransport", "border"),
    Leaf("ESADout_CUConsigment/DateExpectedArrival", "eta_date", DATE),
    Leaf("ESADout_CUConsigment/TimeExpectedArrival", "eta_time", CLOCK),
    *_office("ESADout_CUConsigment/PPBorderCustoms", "border_post"),
    *_office("ESADout_CUConsigment/TDDeliveryPlace/DeliveryCustomsOffice", "office_of_destination"),
    Leaf("ESADout_CUMainContractTerms/esad:ContractCurrencyCode", "invoice.currency"),
    Leaf("ESADout_CUMainContractTerms/esad:ContractCurrencyRate", "exchange_rate", DECIMAL),
    Leaf("ESADout_CUMainContractTerms/esad:TotalInvoiceAmount", "invoice.value", DECIMAL),
    Leaf("ESADout_CUMainContractTerms/esad:TradeCountryCode", "trading_country"),
    Leaf("ESADout_CUMainContractTerms/esad:DealNatureCode", "transaction_nature"),
    Leaf(
        "ESADout_CUMainContractTerms/esad:CUESADDeliveryTerms/cat:DeliveryPlace", "delivery_place"
    ),
    Leaf(
        "ESADout_CUMainContractTerms/esad:CUESADDeliveryTerms/cat:DeliveryTermsStringCode",
        "incoterms",
    ),
    Each("ESADout_CUGoods", "items", _ITEM),
    Each(
        "TDGuarantee",
        "documents",
        (
            Leaf("esad:MeasureCode", "code"),
            Leaf("esad:DocNumber", "number"),
            Leaf("esad:DocDate", "issued", DATE),
        ),
        {"kind": "guarantee"},
    ),
)


RULES: tuple[Rule, ...] = (
    Leaf("cat:DocumentID", "document_id"),
    Leaf("EECEDocHeaderAddInfo/rus:EDocCode", "structure"),
    Leaf("EECEDocHeaderAddInfo/rus:EDocDateTime", "created", TIME),
    Leaf("EECEDocHeaderAddInfo/rus:LanguageCode", "language"),
    Leaf("CustomsProcedure", "type"),
    Leaf("CustomsModeCode", "procedure"),
    Leaf("TransitFeature", "feature"),
    Leaf("TransitDirectionCode", "direction"),
    *stated(
        {
            "ElectronicDocumentSign": "electronic document",
            "DocUsageCode": "use of documents",
            "DeclarationKind": "feature of the declaration",
            "SealNumber": "sealing device",
            "SealQuantity": "number of seals",
        }
    ),
    Each("SealId", "seals", (Leaf(".", "number"),)),
    *stated({"SealDescriptionText": "description of seals"}),
    Leaf("RecipientCountryCode", "recipient_country"),
    *stated({"MovementCode": "purpose of the movement"}),
    Leaf("ExecutionPlace", "execution_place"),
    *stated(
        {"RailwayStationCode": "railway station", "RailwayStampDate": "date of the railway stamp"}
    ),
    Leaf("RegNumberDoc", "local_reference"),
    *stated({"SecurityLabelCode": "security label"}),
    *below("ESADout_CUGoodsShipment", _SHIPMENT),
    *below("FilledPerson/rud:SigningDetails", _PERSON, "signatory"),
    Leaf("FilledPerson/rud:SigningDetails/rus:SigningDate", "signed", TIME),
    *below("FilledPerson", _identity("rud:SignatoryPersonIdentityDetails"), "signatory"),
    Each(
        "FilledPerson/rud:PowerOfAttorneyDetails",
        "documents",
        (
            Leaf("cat:PrDocumentName", "name"),
            Leaf("cat:PrDocumentNumber", "number"),
            Leaf("cat:PrDocumentDate", "issued", DATE),
            Leaf("rus:DocValidityDate", "valid_until", DATE),
        ),
        {"kind": "authority"},
    ),
)

NOT_CARRIED = {
    "ESADout_CUGoodsShipment/TotalSheetNumber": LAYOUT,
    "ESADout_CUGoodsShipment/SpecificationNumber": LAYOUT,
    "ESADout_CUGoodsShipment/SpecificationListNumber": LAYOUT,
    "ESADout_CUGoodsShipment/ESADout_CUGoods/AdditionalSheetCount": LAYOUT,
    "ESADout_CUGoodsShipment/ESADout_CUGoods/ESADout_CUCustomsPaymentCalculation": DUTY,
    "ESADout_CUGoodsShipment/ESADout_CUPayments": DUTY,
    "ESADout_CUGoodsShipment/ESADout_CUGoods/CustomsCostCorrectMethod": DUTY,
    "ESADout_CUGoodsShipment/ESADout_CUGoods/PrefOriginCountry": DUTY,
    "ESADout_CUGoodsShipment/ESADout_CUGoods/Preferencii": DUTY,
    "SignCertifPerson": SIGNATURE,
    "Signature": SIGNATURE,
}
"""Element (with all below it) → why the model does not have it."""

BECOMES = {
    **{f".ids.{country}": ".id" for country in ("RU", "KZ-person", "KZ", "BY", "AM", "KG")},
    "modes.departure": "transport_means[].mode_declared",
    "modes.border": "transport_means[].mode_declared",
    "nationalities.departure": "departure_nationality",
    "nationalities.border": "transport_nationality",
    "counts.departure": "departure_means_count",
    "counts.border": "transport_means_count",
    "eta_date": "itinerary[].eta",
    "eta_time": "itinerary[].eta",
    "border_post.code": "itinerary[].office.code",
    "border_post.name": "itinerary[].office.name",
    "border_post.country": "itinerary[].office.country",
    "item_containers[].id": "containers[]",
    **{
        f"{place}_supplementary[].{name}": f"supplementary[].{name}"
        for place in ("first", "further")
        for name in ("value", "unit", "unit_name")
    },
    **{
        f".address.{part}": f".address.{name}"
        for name, parts in ADDRESS_PARTS.items()
        for part in parts
    },
}
"""Targets of the rules that are no elements of the model → what they become."""
