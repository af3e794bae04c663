"""What R.055 and R.048 have in common: parties, offices, vehicles, goods, documents.

Source: EEC_M_CA_ComplexDataObjects v1.8.1 and EEC_M_ComplexDataObjects v0.4.14 of the Eurasian Economic
Commission. Every code names its classifier (`codeListId`): 2002 and so on of decision 378 of the Customs Union
Commission.
"""

from __future__ import annotations

from collections.abc import Iterable

from keruen.formats.codecs import BOOLEAN, DATE, INTEGER, MEASURE, MONEY, TIME, WHOLE
from keruen.formats.eaeu import is_presented, kind_of_document
from keruen.formats.rules import Each, Leaf, Lines, Present, Rule, Strings, below

COUNTRY, COUNTRY_OR_GROUP = "[A-Z]{2}", r"[A-Z]{2}|\d{2}"
ORDINAL, COUNT, PACKAGES = r"[1-9]\d{0,2}", r"\d{1,5}", r"\d{1,8}"
"""Numbers as the schemas bound them."""
OFFICE = r"\d{2}|\d{5}|\d{8}"
UNIT = r"[0-9A-Z]{2,3}|\d{4}"
UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
PREFIXES = {
    "cacdo": "urn:EEC:M:CA:ComplexDataObjects:v1.8.1",
    "casdo": "urn:EEC:M:CA:SimpleDataObjects:v1.8.1",
    "ccdo": "urn:EEC:M:ComplexDataObjects:v0.4.14",
    "csdo": "urn:EEC:M:SimpleDataObjects:v0.4.14",
}
SHORT = 50
"""Characters of a number or of an office's name."""


def listed(number: int) -> dict[str, str]:
    """The attribute that names a code's classifier."""
    return {"codeListId": str(number)}


def money(path: str, target: str) -> tuple[Leaf, Leaf]:
    """An amount with its currency, two digits after the point."""
    value = Leaf(path, f"{target}.value", MONEY, beside={"currencyCodeListId": "2022"})
    return value, Leaf(path, f"{target}.currency", attribute="currencyCode", fits="[A-Z]{3}")


def mass(path: str, target: str) -> Leaf:
    """A mass in kg, unit 166 of the classifier of units."""
    beside = {"measurementUnitCodeListId": "2016"}
    return Leaf(path, target, MEASURE, beside=beside, unit=("measurementUnitCode", "166"))


def quantity(path: str, target: str, limit: int) -> Each:
    """Numbers of supplementary units (box 41), at most `limit`."""
    rules = (
        Leaf(
            "casdo:GoodsMeasure",
            "value",
            MEASURE,
            beside={"measurementUnitCodeListId": "2016"},
            needed=True,
        ),
        Leaf("casdo:GoodsMeasure", "unit", attribute="measurementUnitCode", fits=UNIT, needed=True),
        Leaf("casdo:MeasureUnitAbbreviationCode", "unit_name", length=50),
    )
    return Each(path, target, rules, limit=limit)


def coded(path: str, statement: str, classifier: int) -> Each:
    """A code that has no element in the model, as a coded statement."""
    leaf = Leaf(".", "text", beside=listed(classifier))
    return Each(path, "additional_information", (leaf,), {"code": statement}, limit=1)


def country(path: str, target: str, *, needed: bool = False) -> Leaf:
    """A country, or one of the union's groups of countries."""
    return Leaf(path, target, beside=listed(2021), fits=COUNTRY_OR_GROUP, needed=needed)


_ADDRESS: tuple[Rule, ...] = (
    Leaf("csdo:AddressKindCode", "kind", length=20),
    Leaf("csdo:UnifiedCountryCode", "country", beside=listed(2021), fits=COUNTRY),
    Leaf("csdo:TerritoryCode", "territory", length=17),
    Leaf("csdo:RegionName", "region", length=120),
    Leaf("csdo:DistrictName", "district", length=120),
    Leaf("csdo:CityName", "city", length=120),
    Leaf("csdo:SettlementName", "settlement", length=120),
    Leaf("csdo:StreetName", "street", length=120),
    Leaf("csdo:BuildingNumberId", "building", length=50),
    Leaf("csdo:RoomNumberId", "room", length=20),
    Leaf("csdo:PostCode", "postcode", fits="[A-Z0-9][A-Z0-9 -]{1,8}[A-Z0-9]"),
    Leaf("csdo:PostOfficeBoxId", "post_box", length=20),
)
_COMMUNICATION: tuple[Rule, ...] = (
    Leaf("csdo:CommunicationChannelCode", "kind", length=20),
    Leaf("csdo:CommunicationChannelName", "kind_name", length=120),
    Strings("csdo:CommunicationChannelId", "ids"),
)
_FIRM: tuple[Rule, ...] = (
    Leaf("csdo:UnifiedCountryCode", "country", beside=listed(2021), fits=COUNTRY),
    Leaf("csdo:SubjectName", "name", length=300),
    Leaf("csdo:SubjectBriefName", "short_name", length=120),
    Leaf("csdo:BusinessEntityTypeCode", "entity_type", beside=listed(378), length=20),
    Leaf("csdo:BusinessEntityTypeName", "entity_type_name", length=300),
    Leaf("csdo:BusinessEntityId", "register_id", length=20),
    Leaf("csdo:BusinessEntityId", "register_kind", attribute="kindId", length=20),
    Leaf("casdo:CAUniqueCustomsNumberId", "customs_id", length=40),
    Leaf(
        "casdo:CAUniqueCustomsNumberId", "customs_id_country", attribute="countryCode", fits=COUNTRY
    ),
    Leaf("csdo:TaxpayerId", "id", length=20),
    Leaf("csdo:TaxRegistrationReasonCode", "tax_reason", fits=r"\d{9}"),
)
_IDENTITY: tuple[Rule, ...] = (
    Leaf("csdo:UnifiedCountryCode", "country", beside=listed(2021), fits=COUNTRY),
    Leaf("csdo:IdentityDocKindCode", "code", beside=listed(2053), length=20),
    Leaf("csdo:DocKindName", "name", length=500),
    Leaf("csdo:DocSeriesId", "series", length=20),
    Leaf("csdo:DocId", "number", length=50),
    Leaf("csdo:DocCreationDate", "issued", DATE),
    Leaf("csdo:DocValidityDate", "valid_until", DATE),
    Leaf("csdo:AuthorityId", "issuer_code", length=20),
    Leaf("csdo:AuthorityName", "issuer", length=300),
)
PARTY: tuple[Rule, ...] = (
    *_FIRM,
    Leaf("casdo:PersonId", "person_id", length=20),
    *below("ccdo:IdentityDocV3Details", _IDENTITY, "identity"),
    Each("ccdo:SubjectAddressDetails", "addresses", _ADDRESS),
    Each("ccdo:CommunicationDetails", "communications", _COMMUNICATION),
    *below(
        "cacdo:SubjectBranchDetails",
        (
            *_FIRM,
            *below("ccdo:SubjectAddressDetails", _ADDRESS, "address"),
            Each("ccdo:CommunicationDetails", "communications", _COMMUNICATION),
        ),
        "branch",
    ),
)


def party(path: str, target: str) -> tuple[Rule, ...]:
    """A party that stands once, and may be the declarant."""
    same = Leaf("casdo:EqualIndicator", "as_declarant", BOOLEAN)
    return below(path, (*PARTY, same), target)


OFFICE_RULES: tuple[Rule, ...] = (
    Leaf("csdo:CustomsOfficeCode", "code", fits=OFFICE),
    Leaf("csdo:CustomsOfficeName", "name", length=SHORT),
    Leaf("csdo:UnifiedCountryCode", "country", beside=listed(2021), fits=COUNTRY),
)
VEHICLE: tuple[Rule, ...] = (
    Leaf("csdo:UnifiedTransportModeCode", "own_mode", beside=listed(2004), length=20),
    Leaf(
        "casdo:RegistrationNationalityCode",
        "nationality",
        beside=listed(2021),
        fits=COUNTRY_OR_GROUP,
    ),
    Leaf("csdo:TransportMeansRegId", "identity", length=40),
    Leaf("csdo:VehicleId", "vin", length=17),
    Leaf("casdo:TransportTypeCode", "identity_type", beside=listed(2024), fits=r"\d{3}"),
)

CUSTOMS: tuple[Rule, ...] = (
    Leaf("csdo:CustomsOfficeCode", "office", fits=OFFICE),
    Leaf("csdo:DocCreationDate", "registered", DATE),
    Leaf("casdo:CustomsDocumentId", "serial", fits=".{5,7}"),
    Leaf("casdo:CustomsDocumentOrdinalId", "amendment", length=2),
)
VEHICLES: tuple[Rule, ...] = (
    *CUSTOMS[:3],
    Leaf("csdo:UnifiedTransportModeCode", "mode", beside=listed(2004), length=20),
)
PRELIMINARY: tuple[Rule, ...] = (
    Leaf("csdo:UnifiedCountryCode", "country", beside=listed(2021), fits=COUNTRY),
    Leaf("csdo:EventDate", "registered", DATE),
    Leaf("casdo:PreliminaryInformationSeqId", "serial", fits=".{9}"),
)
TIR: tuple[Rule, ...] = (
    Leaf("casdo:TIRSeriesId", "series", fits="[A-Z]{2}"),
    Leaf("casdo:TIRId", "serial", fits=r"\d{8}"),
)
CERTIFICATE: tuple[Rule, ...] = (
    *CUSTOMS[:2],
    Leaf("casdo:GuaranteeCertificateRegId", "serial", length=8),
)


def registrations(groups: Iterable[tuple[str, str, tuple[Rule, ...]]]) -> tuple[Rule, ...]:
    """The groups (path, form, rules) of which one holds the parts of a document's number."""
    return tuple(
        rule for path, form, rules in groups for rule in below(path, rules, f"registrations.{form}")
    )


def kind_code(*, needed: bool = False) -> Leaf:
    """The kind of a document."""
    return Leaf("csdo:DocKindCode", "code", beside=listed(2009), length=20, needed=needed)


NAMED: tuple[Rule, ...] = (
    kind_code(),
    Leaf("csdo:DocName", "name", length=500),
    Leaf("csdo:DocId", "number", length=SHORT),
    Leaf("csdo:DocCreationDate", "issued", DATE),
)
DATED: tuple[Rule, ...] = (
    *NAMED,
    Leaf("csdo:DocStartDate", "valid_from", DATE),
    Leaf("csdo:DocValidityDate", "valid_until", DATE),
)
_STORED: tuple[Rule, ...] = (
    Leaf("casdo:EDocCode", "structure", length=10),
    Leaf("cacdo:DocArchIdDetails/casdo:EArchId", "archive_id", fits=UUID),
    Leaf("cacdo:DocArchIdDetails/casdo:EDocArchId", "electronic_id", fits=UUID),
    Leaf("cacdo:DocumentPresentingDetails/casdo:DocPresentKindCode", "presentation", length=1),
)


def presented(path: str, *, needed: bool = False) -> Each:
    """Box 44; where a document is needed, its line and the group of its presentation are needed, too."""
    line = Leaf("casdo:LineId", "line", INTEGER, needed=needed)
    group = (Present("cacdo:DocumentPresentingDetails"),) if needed else ()
    rules = (*DATED, line, *_STORED, *group)
    return Each(path, "documents", rules, {}, kind_of_document, is_presented, needed=needed)


CARGO: tuple[Rule, ...] = (
    Leaf("casdo:PackageAvailabilityCode", "kind", fits="."),
    Leaf("casdo:CargoQuantity", "count", WHOLE, fits=PACKAGES),
    Leaf("casdo:CargoKindName", "kind_name", length=20),
    Each(
        "cacdo:PackagePalletDetails",
        "details",
        (
            Leaf("casdo:InformationKindCode", "information", length=20),
            Leaf(
                "csdo:PackageKindCode", "kind", beside=listed(2013), fits="[A-Z0-9]{2}", needed=True
            ),
            Leaf("csdo:PackageQuantity", "count", INTEGER, fits=PACKAGES),
            Leaf("casdo:CargoDescriptionText", "description", length=250),
        ),
    ),
)
CONTAINERS = Each(
    "cacdo:ContainerListDetails/cacdo:ContainerDetails",
    "item_containers",
    (Leaf("casdo:ContainerId", "id", length=17),),
)
ITEM_HEAD: tuple[Rule, ...] = (
    Leaf("casdo:ConsignmentItemOrdinal", "ordinal", INTEGER, fits=ORDINAL, needed=True),
    Leaf("csdo:CommodityCode", "hs", fits=r"\d{2}|\d{4}|\d{6}|\d{8,10}"),
    Lines("casdo:GoodsDescriptionText", "description", limit=4),
    mass("csdo:UnifiedGrossMassMeasure", "gross_mass"),
    mass("csdo:UnifiedNetMassMeasure", "net_mass"),
    quantity("cacdo:GoodsMeasureDetails", "first_supplementary", 1),
)


def head(structure: str) -> tuple[Rule, ...]:
    """What every electronic document of the commission begins with."""
    return (
        Leaf("csdo:EDocCode", "structure", fits=structure.replace(".", r"\."), needed=True),
        Leaf("csdo:EDocId", "document_id", fits=UUID, needed=True),
        Leaf("csdo:EDocRefId", "refers_to", fits=UUID),
        Leaf("csdo:EDocDateTime", "created", TIME, needed=True),
    )


SIGNATORY: tuple[Rule, ...] = (
    Leaf(
        "cacdo:SigningDetails/ccdo:FullNameDetails/csdo:FirstName",
        "signatory.given_name",
        length=120,
    ),
    Leaf(
        "cacdo:SigningDetails/ccdo:FullNameDetails/csdo:MiddleName",
        "signatory.middle_name",
        length=120,
    ),
    Leaf(
        "cacdo:SigningDetails/ccdo:FullNameDetails/csdo:LastName", "signatory.surname", length=120
    ),
    Leaf("cacdo:SigningDetails/csdo:PositionName", "signatory.post", length=120),
    Leaf("cacdo:SigningDetails/casdo:SigningDate", "signing_date", DATE),
    Each("cacdo:PowerOfAttorneyDetails", "documents", DATED, {"kind": "authority"}, limit=1),
)

_PARTS = ("office", "country", "series", "registered", "serial", "amendment", "mode")
_FORMS = ("customs", "vehicle", "preliminary", "certificate", "tir")
BECOMES = {
    **{
        f".registrations.{form}.{part}": f".registration.{part}"
        for form in _FORMS
        for part in _PARTS
    },
    **{f".addresses[].{rule.target}": f".address.{rule.target}" for rule in _ADDRESS},
    "indicator": "additional_information[].text",
    "release_date": "released",
    "signing_date": "signed",
    "own_mode": "mode_declared",
    "item_containers[].id": "containers[]",
    **{
        f"{place}_supplementary[].{name}": f"supplementary[].{name}"
        for place in ("first", "further")
        for name in ("value", "unit", "unit_name")
    },
}
"""Targets of the rules that are no elements of the model → what they become."""
