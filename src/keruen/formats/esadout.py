"""EAEU transit and goods declaration of the Russian exchange format: ``ESADout_CU``, album 5.23.0.

Source: the schema ESADout_CU.xsd and its annotations. Times in the file carry no offset: they are local to
the office where the declaration is presented. The ETA (`DateExpectedArrival`) is that at the border post
`PPBorderCustoms`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from lxml import etree

from keruen.customs import Finding, Severity
from keruen.errors import InputError
from keruen.formats.codecs import BOOLEAN, DATE, DECIMAL, INTEGER, NUMERIC_COUNTRY, TEXT, TIME
from keruen.formats.mapping import Each, Leaf, Lines, Names, Plain, Rule, put
from keruen.formats.source import Found, XmlFormat

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

OFFSETS = {
    "RU": 3,
    "BY": 3,
    "GE": 4,
    "AM": 4,
    "AZ": 4,
    "KZ": 5,
    "TJ": 5,
    "UZ": 5,
    "TM": 5,
    "KG": 6,
    "CN": 8,
}
"""Hours ahead of UTC where declarations of this format are presented; 0 elsewhere."""

KINDS = {"ТТ": "transit", "ЭК": "export", "ИМ": "import"}
"""First subdivision of box 1, Cyrillic."""
PROCEDURES = {kind: code for code, kind in KINDS.items()}


def _address(target: str) -> tuple[Rule, ...]:
    group = "rus:SubjectAddressDetails"
    return (
        Leaf(f"{group}/rus:PostalCode", f"{target}.postcode"),
        Leaf(f"{group}/rus:CountryCode", f"{target}.country"),
        Leaf(f"{group}/rus:CounryName", f"{target}.country_name"),
        Leaf(f"{group}/rus:Region", f"{target}.region"),
        Leaf(f"{group}/rus:City", f"{target}.city"),
        Leaf(f"{group}/rus:StreetHouse", f"{target}.street"),
    )


def _party(path: str, target: str) -> tuple[Rule, ...]:
    rules: tuple[Rule, ...] = (
        Leaf("cat:OrganizationName", "name"),
        Leaf("cat:RKOrganizationFeatures/cat:BIN", "id"),
        *_address("address"),
    )
    return tuple(_below(path, target, rule) for rule in rules)


def _below(path: str, target: str, rule: Rule) -> Rule:
    if not isinstance(rule, Leaf):
        raise TypeError("only leaves are moved")
    return Leaf(f"{path}/{rule.path}", f"{target}.{rule.target}", rule.codec, rule.attribute)


def _person(post: bool = True) -> tuple[Rule, ...]:
    return (
        Leaf("cat:PersonSurname", "surname"),
        Leaf("cat:PersonName", "given_name"),
        Leaf("cat:PersonMiddleName", "middle_name"),
        *((Leaf("cat:PersonPost", "post"),) if post else ()),
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


def _kind_of_document(document: Plain) -> None:
    """Documents 02… of the EAEU classifier are transport documents."""
    is_transport = str(document.get("code", "")).startswith("02")
    document["kind"] = "transport" if is_transport else "presented"


def _is_presented(document: Plain) -> bool:
    return document.get("kind", "presented") in {"transport", "presented"}


_QUANTITY = (
    Leaf("cat:GoodsQuantity", "value", DECIMAL),
    Leaf("cat:MeasureUnitQualifierName", "unit_name"),
    Leaf("cat:MeasureUnitQualifierCode", "unit"),
)

_ITEM: tuple[Rule, ...] = (
    Leaf("esad:GoodsNumeric", "ordinal", INTEGER),
    Lines("esad:GoodsDescription", "description"),
    Leaf("esad:GrossWeightQuantity", "gross_mass", DECIMAL),
    Leaf("esad:NetWeightQuantity", "net_mass", DECIMAL),
    Leaf("esad:InvoicedCost", "price.value", DECIMAL),
    Leaf("esad:CustomsCost", "customs_value.value", DECIMAL),
    Leaf("esad:StatisticalCost", "statistical_value.value", DECIMAL),
    Leaf("esad:GoodsTNVEDCode", "hs"),
    Leaf("esad:OriginCountryCode", "origin"),
    Leaf("esad:OriginCountryName", "origin_name"),
    Leaf("LanguageGoods", "language"),
    Leaf("CurrencyCode", "price.currency"),
    Each(
        "ESADout_CUPresentedDocument", "documents", _PRESENTED, {}, _kind_of_document, _is_presented
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
    Each("SupplementaryGoodsQuantity", "supplementary", _QUANTITY),
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
        (*_person(), *_identity("rus:IdentityCard")),
    ),
    Leaf("ESADout_CUConsigment/esad:ContainerIndicator", "containerised", BOOLEAN),
    Leaf("ESADout_CUConsigment/esad:DispatchCountryCode", "country_of_dispatch"),
    Leaf("ESADout_CUConsigment/esad:DispatchCountryName", "country_of_dispatch_name"),
    Leaf("ESADout_CUConsigment/esad:DestinationCountryCode", "country_of_destination"),
    Leaf("ESADout_CUConsigment/esad:DestinationCountryName", "country_of_destination_name"),
    *_office("ESADout_CUConsigment/BorderCustomsOffice", "office_of_exit"),
    *_means("ESADout_CUConsigment/ESADout_CUDepartureArrivalTransport", "departure"),
    *_means("ESADout_CUConsigment/ESADout_CUBorderTransport", "border"),
    Leaf("ESADout_CUConsigment/DateExpectedArrival", "eta_date", DATE),
    Leaf("ESADout_CUConsigment/TimeExpectedArrival", "eta_time", TEXT),
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


def _moved(rule: Rule, group: str) -> Rule:
    """A rule that applies below a group of the file."""
    path = f"{group}/{rule.path}"
    match rule:
        case Leaf():
            return Leaf(path, rule.target, rule.codec, rule.attribute)
        case Each():
            return Each(path, rule.target, rule.rules, rule.fixed, rule.finish, rule.chosen)
        case _:
            raise TypeError("not used at this level")


RULES: tuple[Rule, ...] = (
    Leaf("cat:DocumentID", "document_id"),
    Leaf("EECEDocHeaderAddInfo/rus:EDocCode", "structure"),
    Leaf("EECEDocHeaderAddInfo/rus:EDocDateTime", "created", TIME),
    Leaf("EECEDocHeaderAddInfo/rus:LanguageCode", "language"),
    Leaf("CustomsProcedure", "type"),
    Leaf("CustomsModeCode", "procedure"),
    Leaf("TransitFeature", "feature"),
    Leaf("TransitDirectionCode", "direction"),
    Each("SealId", "seals", (Leaf(".", "number"),)),
    Leaf("RecipientCountryCode", "recipient_country"),
    Leaf("ExecutionPlace", "execution_place"),
    Leaf("RegNumberDoc", "local_reference"),
    *(_moved(rule, "ESADout_CUGoodsShipment") for rule in _SHIPMENT),
    *(_below("FilledPerson/rud:SigningDetails", "signatory", rule) for rule in _person()),
    Leaf("FilledPerson/rud:SigningDetails/rus:SigningDate", "signed", TIME),
    *(
        _below("FilledPerson", "signatory", rule)
        for rule in _identity("rud:SignatoryPersonIdentityDetails")
    ),
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
    "ESADout_CUGoodsShipment/TotalSheetNumber": "form layout",
    "ESADout_CUGoodsShipment/SpecificationNumber": "form layout",
    "ESADout_CUGoodsShipment/SpecificationListNumber": "form layout",
    "ESADout_CUGoodsShipment/ESADout_CUGoods/AdditionalSheetCount": "form layout",
    "ESADout_CUGoodsShipment/ESADout_CUGoods/ESADout_CUCustomsPaymentCalculation": "duty and tax computation",
    "ESADout_CUGoodsShipment/ESADout_CUPayments": "duty and tax computation",
    "ESADout_CUGoodsShipment/ESADout_CUGoods/Preferencii": "duty and tax computation",
    "SignCertifPerson": "signature",
    "Signature": "signature",
}
"""Element (with all below it) → why the model does not have it."""


def completed(plain: Plain) -> Plain:
    """What was read, brought into the form of the model."""
    plain["kind"] = KINDS.get(plain.get("type", ""), "transit")
    post = plain.pop("border_post", None)
    offset = _offset(post)
    for name in ("created", "signed"):
        if name in plain and plain[name].tzinfo is None:
            plain[name] = plain[name].replace(tzinfo=offset)
    _take_stop(plain, post, offset)
    _take_means(plain)
    _take_containers(plain)
    return plain


def _offset(office: Plain | None) -> timezone:
    return timezone(timedelta(hours=OFFSETS.get((office or {}).get("country", ""), 0)))


def _take_stop(plain: Plain, post: Plain | None, offset: timezone) -> None:
    day: date | None = plain.pop("eta_date", None)
    clock: str | None = plain.pop("eta_time", None)
    if post is None and day is None:
        return
    stop: Plain = {"ordinal": 1}
    if post is not None:
        stop |= {"office": post, "country": post.get("country")}
    if day is not None:
        stop |= {"eta": _moment(day, clock, offset), "eta_basis": "declared"}
    plain["itinerary"] = [stop]


def _moment(day: date, clock: str | None, offset: timezone) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock or "00:00"), offset)


def _take_means(plain: Plain) -> None:
    modes, nations = plain.pop("modes", {}), plain.pop("nationalities", {})
    counts = plain.pop("counts", {})
    if counts:
        plain["transport_means_count"] = counts.get("border") or counts.get("departure")
    if nations:
        plain["transport_nationality"] = nations.get("border") or nations.get("departure")
    means = plain.get("transport_means", [])
    for stage in ("departure", "border"):
        here = [one for one in means if one["stage"] == stage]
        if not here and stage in modes:
            here = [{"stage": stage}]
            plain.setdefault("transport_means", []).extend(here)
        for one in here:
            if stage in modes:
                one |= {"mode_declared": modes[stage], "mode": mode_of(modes[stage])}
                one["kind"] = _kind_of_means(one)


def mode_of(declared: str) -> str:
    """UN/ECE Rec 19 mode of a two-digit code: 31 → 3; 90 (moves by itself) is road."""
    return "3" if declared.startswith("9") else declared[:1]


def _kind_of_means(one: Plain) -> str:
    if one["mode"] == "2":
        return "wagon"
    return "trailer" if one.get("identity_type") in TRAILER_KINDS else "vehicle"


TRAILER_KINDS = {"390", "391", "392"}
"""Codes of trailers and semi-trailers in `TransportKindCode`, as this project writes them."""


def _take_containers(plain: Plain) -> None:
    seen: dict[str, Plain] = {}
    for item in plain.get("items", []):
        ids = [one["id"] for one in item.pop("item_containers", [])]
        if ids:
            item["containers"] = ids
        for container in ids:
            seen.setdefault(container, {"id": container, "ordinal": len(seen) + 1})
    if seen:
        plain["containers"] = list(seen.values())


def prepared(plain: Plain) -> Plain:
    """A declaration, brought into the form that `RULES` write."""
    plain.setdefault("type", PROCEDURES[plain["kind"]])
    stop: Plain = next(iter(plain.get("itinerary", [])), {})
    offset = _offset(stop.get("office"))
    for name in ("created", "signed"):
        if name in plain:
            plain[name] = plain[name].astimezone(offset).replace(tzinfo=None)
    put(plain, "border_post", stop.get("office"))
    if "eta" in stop:
        eta = stop["eta"].astimezone(offset)
        plain["eta_date"] = eta.date()
        plain["eta_time"] = eta.time().replace(microsecond=0).isoformat()
    _give_means(plain)
    for item in plain.get("items", []):
        item["item_containers"] = [{"id": one} for one in item.get("containers", [])]
    return plain


def _give_means(plain: Plain) -> None:
    for stage in ("departure", "border"):
        here = [m for m in plain.get("transport_means", []) if m.get("stage", "border") == stage]
        for one in here:
            one["stage"] = stage
        if here:
            put(plain, f"modes.{stage}", here[0].get("mode_declared") or here[0].get("mode"))
            put(plain, f"nationalities.{stage}", plain.get("transport_nationality"))
            put(plain, f"counts.{stage}", plain.get("transport_means_count"))


def _found(root: etree._Element) -> Found | None:
    """The ESADout_CU that the root is, or that lies in an ED_Container."""
    name = etree.QName(root)
    if name.localname == "ESADout_CU":
        return _versioned(root)
    if name.localname != "ED_Container":
        return None
    inside = [one for one in root.iter("{*}ESADout_CU")]
    if len(inside) != 1:
        text = f"the ED_Container holds {len(inside)} declarations ESADout_CU; one is wanted"
        code = "declaration-ambiguous" if inside else "declaration-missing"
        raise InputError(code, text, path="ED_Container", line=root.sourceline)
    return _versioned(inside[0])


def _versioned(element: etree._Element) -> Found | None:
    family, _, version = str(etree.QName(element).namespace).rpartition(":")
    if family != NAMESPACE.rpartition(":")[0]:
        return None
    if version == VERSION:
        return Found(element)
    if version.partition(".")[0] != VERSION.partition(".")[0]:
        text = f"ESADout_CU {version} is not known; {VERSION} is"
        raise InputError("version-unknown", text, path="ESADout_CU", line=element.sourceline)
    finding = Finding(
        code="version-near",
        path="ESADout_CU",
        declared=version,
        severity=Severity.WARNING,
        text=f"Known is ESADout_CU {VERSION}; elements of another version may be missed.",
    )
    return Found(element, (finding,))


def _root() -> etree._Element:
    prefixes = {prefix or None: uri for prefix, uri in NAMES.prefixes.items()}
    return etree.Element(f"{{{NAMESPACE}}}ESADout_CU", {"DocumentModeID": "1006107E"}, prefixes)


FORMAT = XmlFormat(
    name="esadout",
    title="EAEU declaration ESADout_CU",
    rules=RULES,
    names=NAMES,
    not_carried=NOT_CARRIED,
    found=_found,
    completed=completed,
    prepared=prepared,
    root=_root,
)
