"""Groups of R.055 and R.048 that are written whole or not at all, as the schemas want it.

Another format may know the name of a country and not its code: such a group would make the file invalid.
"""

from __future__ import annotations

from lxml import etree

from keruen.formats.rules import local

_NUMBER = ("CustomsOfficeCode", "DocCreationDate", "CustomsDocumentId")
WANTED = {
    "AddGoodsMeasureDetails": ("GoodsMeasure",),
    "CommunicationDetails": ("CommunicationChannelId",),
    "ContainerDetails": ("ContainerId",),
    "ContainerListDetails": ("ContainerDetails",),
    "CustomsDeclarationIdDetails": _NUMBER,
    "CustomsDocIdDetails": _NUMBER,
    "CustomsProcedureDetails": (
        "CustomsProcedureCode",
        "PreviousCustomsProcedureModeCode",
        "GoodsMoveFeatureCode",
    ),
    "DTMDocDetails": (*_NUMBER, "UnifiedTransportModeCode"),
    "DepartureCountryDetails": ("CACountryCode",),
    "DestinationCountryDetails": ("CACountryCode",),
    "DocArchIdDetails": ("EDocArchId",),
    "GoodsMeasureDetails": ("GoodsMeasure",),
    "GuaranteeCertificateIdDetails": (*_NUMBER[:2], "GuaranteeCertificateRegId"),
    "GuaranteeCustomsDocIdDetails": _NUMBER,
    "IdentityDocV3Details": ("UnifiedCountryCode", "DocId"),
    "OriginCountryDetails": ("CACountryCode",),
    "PackagePalletDetails": ("PackageKindCode",),
    "PreliminaryInformationIdDetails": (
        "UnifiedCountryCode",
        "EventDate",
        "PreliminaryInformationSeqId",
    ),
    "SigningDetails": ("SigningDate",),
    "TIRCarnetIdDetails": ("TIRSeriesId", "TIRId"),
    "TIRIdDetails": ("TIRSeriesId", "TIRId"),
}
"""Group → the elements without which it may not stand."""
ATTRIBUTES = {
    "BusinessEntityId": "kindId",
    "ExchangeRate": "currencyCode",
    "GoodsMeasure": "measurementUnitCode",
}
"""Element → the attribute without which it may not stand."""


def keep_whole(root: etree._Element) -> None:
    """Take out what is not whole, the innermost first."""
    for element in reversed(list(root.iterdescendants())):
        name = local(str(element.tag))
        inside = {local(str(child.tag)) for child in element}
        attribute = ATTRIBUTES.get(name)
        lacks = attribute is not None and attribute not in element.attrib
        if lacks or not inside.issuperset(WANTED.get(name, ())):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
