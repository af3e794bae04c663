"""WCO Data Model 3.6 declaration, in the profile of the British customs service (``DEC-DMS:2``).

Source: WCO_DEC_2_DMS.xsd and the comments of its published examples (data element numbers of the Union
Customs Code). `Declaration/ID` is the declaration number once there is one; a declaration that is being
submitted has its local reference only.
"""

from __future__ import annotations

from lxml import etree

from keruen.errors import InputError
from keruen.formats.codecs import COMPACT_TIME, DECIMAL, FLAG, INTEGER
from keruen.formats.mapping import Each, Leaf, Names, Plain, Rule
from keruen.formats.source import Found, XmlFormat

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
        Leaf("Address/Line", f"{target}.address.street"),
        Leaf("Address/PostcodeID", f"{target}.address.postcode"),
    )


def _party(path: str, target: str) -> tuple[Rule, ...]:
    rules = (
        Leaf("Name", f"{target}.name"),
        Leaf("ID", f"{target}.id"),
        Leaf("FunctionCode", f"{target}.function"),
        *_address(target),
    )
    return tuple(Leaf(f"{path}/{rule.path}", rule.target) for rule in rules)


_DOCUMENT = (
    Leaf("CategoryCode", "category"),
    Leaf("EffectiveDateTime/ds:DateTimeString", "effective"),
    Leaf("ID", "number"),
    Leaf("Name", "name"),
    Leaf("TypeCode", "code"),
    Leaf("LPCOExemptionCode", "exemption"),
    Leaf("WriteOff/QuantityQuantity", "written_off.value", DECIMAL),
    Leaf("WriteOff/QuantityQuantity", "written_off.unit", attribute="unitCode"),
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


def _means(path: str, stage: str) -> Each:
    return Each(
        path,
        "transport_means",
        (
            Leaf("ID", "identity"),
            Leaf("IdentificationTypeCode", "identity_type"),
            Leaf("RegistrationNationalityCode", "nationality"),
            Leaf("ModeCode", "mode_declared"),
        ),
        {"stage": stage},
        _kind_of_means,
    )


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
    Leaf("Destination/CountryCode", "destination"),
    Each(
        "GovernmentProcedure",
        "procedures",
        (Leaf("CurrentCode", "current"), Leaf("PreviousCode", "previous")),
    ),
    Leaf("Origin/CountryCode", "origin"),
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
    Leaf("AcceptanceDateTime/ds:DateTimeString", "released", COMPACT_TIME),
    Leaf("FunctionCode", "function"),
    Leaf("FunctionalReferenceID", "local_reference"),
    Leaf("ID", "number"),
    Leaf("IssueDateTime/ds:DateTimeString", "created", COMPACT_TIME),
    Leaf("TypeCode", "type"),
    Leaf("GoodsItemQuantity", "item_count", INTEGER),
    Leaf("InvoiceAmount", "invoice.value", DECIMAL),
    Leaf("InvoiceAmount", "invoice.currency", attribute="currencyID"),
    Leaf("TotalGrossMassMeasure", "gross_mass", DECIMAL),
    Leaf("TotalPackageQuantity", "package_count", DECIMAL),
    *_party("Agent", "representative"),
    Each(
        "AuthorisationHolder",
        "authorisations",
        (Leaf("ID", "id"), Leaf("CategoryCode", "function")),
    ),
    _means("BorderTransportMeans", "border"),
    *_party("Consignment/Carrier", "carrier"),
    Leaf("Consignment/Freight/PaymentMethodCode", "freight_payment"),
    Each(
        "Consignment/Itinerary",
        "itinerary",
        (Leaf("SequenceNumeric", "ordinal", INTEGER), Leaf("RoutingCountryCode", "country")),
    ),
    *_party("Declarant", "declarant"),
    Leaf("ExitOffice/ID", "office_of_exit.code"),
    *_party("Exporter", "consignor"),
    *_party("GoodsShipment/Consignee", "consignee"),
    Leaf("GoodsShipment/Consignment/ContainerCode", "containerised", FLAG),
    _means("GoodsShipment/Consignment/DepartureTransportMeans", "departure"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Name", "goods_location"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/TypeCode", "goods_location_type"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Address/TypeCode", "goods_location_qualifier"),
    Leaf("GoodsShipment/Consignment/GoodsLocation/Address/CountryCode", "goods_location_country"),
    Each("GoodsShipment/Consignment/TransportEquipment", "containers", _CONTAINER),
    Leaf("GoodsShipment/Destination/CountryCode", "country_of_destination"),
    Leaf("GoodsShipment/ExportCountry/ID", "country_of_dispatch"),
    Each("GoodsShipment/GovernmentAgencyGoodsItem", "items", _ITEM),
    Each("GoodsShipment/PreviousDocument", "documents", _PREVIOUS, {"kind": "preceding"}),
    Leaf("GoodsShipment/TradeTerms/ConditionCode", "incoterms"),
    Leaf("GoodsShipment/TradeTerms/LocationName", "delivery_place"),
    Leaf("GoodsShipment/UCR/TraderAssignedReferenceID", "consignment_reference"),
    Leaf("PresentationOffice/ID", "office.code"),
)


def _moved(rule: Rule) -> Rule:
    path = f"Declaration/{rule.path}"
    if isinstance(rule, Leaf):
        return Leaf(path, rule.target, rule.codec, rule.attribute)
    if isinstance(rule, Each):
        return Each(path, rule.target, rule.rules, rule.fixed, rule.finish, rule.chosen)
    raise TypeError("not used at this level")


RULES: tuple[Rule, ...] = (
    Leaf("md:WCODataModelVersionCode", "structure_version"),
    Leaf("md:WCOTypeName", "structure"),
    Leaf("md:ResponsibleCountryCode", "responsible_country"),
    Leaf("md:ResponsibleAgencyName", "responsible_agency"),
    Leaf("md:AgencyAssignedCustomizationVersionCode", "customization"),
    *(_moved(rule) for rule in _BODY),
)

NOT_CARRIED = {
    "Declaration/DutyTaxFee": "duty and tax computation",
    "Declaration/GoodsShipment/GovernmentAgencyGoodsItem/Commodity/DutyTaxFee": "duty and tax computation",
    "Declaration/ObligationGuarantee": "duty and tax computation",
    "Signature": "signature",
}
"""Element (with all below it) → why the model does not have it."""

KINDS = {"EX": "export", "IM": "import", "TR": "transit"}
"""First two letters of the declaration type → kind; CO is trade with special territories: export."""
TYPES = {"export": "EXA", "import": "IMA", "transit": "TRA"}


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    plain["kind"] = KINDS.get(plain.get("type", "")[:2], "export")
    for item in plain.get("items", []):
        _take_commodity(item)
        _take_procedures(item)
    country = plain.get("country_of_dispatch")
    exit_office = plain.get("office_of_exit")
    if exit_office and country:
        exit_office.setdefault("country", country)
    if "country_of_destination" not in plain:
        destinations = {i["destination"] for i in plain.get("items", []) if "destination" in i}
        if len(destinations) == 1:
            plain["country_of_destination"] = destinations.pop()
    return plain


def _take_commodity(item: Plain) -> None:
    codes = item.pop("commodity_codes", [])
    first = next((one for one in codes if one.get("scheme") == COMMODITY), None)
    if first is not None and "code" in first:
        item["hs"] = first["code"]
    rest = [one for one in codes if one is not first and "code" in one]
    if rest:
        item["commodity_codes"] = [{"scheme": "", **one} for one in rest]


def _take_procedures(item: Plain) -> None:
    procedures = item.pop("procedures", [])
    main = next((one for one in procedures if "previous" in one), None)
    if main is None and procedures:
        main = procedures[0]
    if main is not None:
        item["procedure"] = main.get("current")
        if "previous" in main:
            item["previous_procedure"] = main["previous"]
    further = [one["current"] for one in procedures if one is not main and "current" in one]
    if further:
        item["additional_procedures"] = further


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    plain.setdefault("type", TYPES[plain["kind"]])
    plain.setdefault("structure_version", "3.6")
    plain.setdefault("structure", "DEC")
    plain.setdefault("responsible_country", plain.get("country_of_dispatch"))
    plain.setdefault("responsible_agency", "customs")
    for means in plain.get("transport_means", []):
        means.setdefault("stage", "border")
        if "mode" in means:
            means.setdefault("mode_declared", means["mode"])
    for item in plain.get("items", []):
        codes = [{"scheme": COMMODITY, "code": item["hs"]}] if item.get("hs") else []
        item["commodity_codes"] = codes + item.get("commodity_codes", [])
        item["procedures"] = _given_procedures(item)
    return plain


def _given_procedures(item: Plain) -> list[Plain]:
    procedures: list[Plain] = []
    if "procedure" in item:
        main = {"current": item["procedure"], "previous": item.get("previous_procedure")}
        procedures.append({key: value for key, value in main.items() if value is not None})
    return procedures + [{"current": code} for code in item.get("additional_procedures", [])]


def _found(root: etree._Element) -> Found | None:
    name = etree.QName(root)
    if name.localname != "MetaData" or not str(name.namespace).startswith(FAMILY):
        return None
    if not any(etree.QName(child).localname == "Declaration" for child in root):
        text = "the MetaData holds no Declaration"
        raise InputError("declaration-missing", text, path="MetaData", line=root.sourceline)
    return Found(root)


def _root() -> etree._Element:
    prefixes = {prefix or None: uri for prefix, uri in NAMES.prefixes.items()}
    return etree.Element(f"{{{NAMESPACE}}}MetaData", nsmap=prefixes)


FAMILY = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:"
"""Namespaces of the envelope, up to their version."""
FORMAT = XmlFormat(
    name="wco-dm",
    title="WCO Data Model 3.6 declaration",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    found=_found,
    completed=completed,
    prepared=prepared,
    root=_root,
)
