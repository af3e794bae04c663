"""An arrival → ``ArrivalConfirmation`` of the Russian exchange format, album 5.22.0. Written only.

Source: the schema ArrivalConfirmation.xsd. Documents are presented when the arrival is registered. The name of
the officer is wanted by the schema and is no part of the exchange: where none is given, the post stands there.
"""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from keruen.errors import UsageError
from keruen.formats import eec
from keruen.formats.codecs import BOOLEAN, CLOCK, DATE, TIME
from keruen.formats.markup import serialised
from keruen.formats.rules import Each, Leaf, Plain, Rule
from keruen.formats.writing import Names, plain_of, write
from keruen.messages import ArrivalInformation

NAME = "arrival-confirmation"
NAMESPACE = "urn:customs.ru:Information:TransportDocuments:Railway:ArrivalConfirmation:5.22.0"
NAMES = Names({"arcn": NAMESPACE, "cat": "urn:customs.ru:CommonAggregateTypes:5.22.0"})
MODE = {"DocumentModeID": "1003407E"}
_OFFICE = r"\d{2}|\d{5}|\d{8}"
_TIR = ("[A-Z]{2}", r"\d{8}")
_SERIES = 2
"""Letters of a TIR carnet's series."""


def _seals(group: str, target: str) -> Each:
    return Each(f"arcn:{group}", target, (Leaf("arcn:IdentNumber", "number", length=50),))


_INSPECTION: tuple[Rule, ...] = (
    Leaf("arcn:CargoHoldDamageIndicator", "damaged", BOOLEAN),
    Leaf("arcn:IdentBrokenIndicator", "has_broken", BOOLEAN),
    _seals("IdentBrokenInfo", "broken"),
    Leaf("arcn:IdentRemovalIndicator", "has_removed", BOOLEAN),
    Leaf("arcn:IdentAppliedIndicator", "has_applied", BOOLEAN),
)
RULES: tuple[Rule, ...] = (
    Leaf("cat:DocumentID", "message_id"),
    Leaf("cat:RefDocumentID", "refers_to", length=36),
    Leaf("arcn:NotifDate", "registered_day", DATE),
    Leaf("arcn:NotifTime", "registered_time", CLOCK),
    Leaf("arcn:Comment", "remark", length=250),
    Leaf("arcn:Confirmation/cat:PrDocumentNumber", "arrival_id", length=50),
    Leaf("arcn:Confirmation/cat:PrDocumentDate", "registered_day", DATE),
    Leaf("arcn:CustomsPerson/cat:PersonName", "officer", length=150),
    Leaf("arcn:CustomsPerson/cat:CustomsCode", "post", fits=_OFFICE),
    Leaf("arcn:TD/cat:CustomsCode", "declaration.office", fits=_OFFICE),
    Leaf("arcn:TD/cat:RegistrationDate", "declaration.registered", DATE),
    Leaf("arcn:TD/cat:GTDNumber", "declaration.serial", length=7),
    Leaf("arcn:TIRID/arcn:TIRID", "tir.number", fits=_TIR[1]),
    Leaf("arcn:TIRID/arcn:TIRSeries", "tir.series", fits=_TIR[0]),
    Leaf("arcn:SubmissionDocumentsDateTime", "registered", TIME),
    Leaf("arcn:ArrivalRegistrationDateTime", "registered", TIME),
    Each("arcn:TransportIdentifier", "transport_means", (Leaf(".", "identity", length=40),)),
    Each("arcn:InspectionResult", "inspection", _INSPECTION),
    Leaf("arcn:ZoneDate", "arrived", TIME),
)
"""Element of the file → element of the message, in the order of the schema."""


def arrival_confirmation(
    message: ArrivalInformation, declaration: str, officer: str | None = None
) -> bytes:
    """The confirmation of an arrival, UTF-8.

    Args:
        declaration: number of the transit declaration (``55302/010226/0000077``) or of the TIR carnet
            (``XX12345678``) under which the goods came.
        officer: who confirms.

    Raises:
        UsageError: ``declaration-number`` where the number is neither.
    """
    plain: Plain = plain_of(message)
    plain |= _times(message.registered) | _number(declaration)
    plain["message_id"] = message.header.message_id
    plain["refers_to"] = message.header.refers_to or message.consignment_id
    plain["officer"] = officer or message.post
    plain["transport_means"] = [m for m in plain.get("transport_means", []) if m.get("identity")]
    plain["inspection"] = _inspection(message)
    root = etree.Element(f"{{{NAMESPACE}}}ArrivalConfirmation", MODE, dict(NAMES.prefixes))
    write(root, plain, RULES, NAMES)
    return serialised(root)


def _times(registered: datetime) -> Plain:
    day, clock = registered.date(), registered.timetz().replace(microsecond=0)
    return {"registered_day": day, "registered_time": clock}


def _number(declaration: str) -> Plain:
    parts = eec.parts_of(declaration, None)
    if parts is not None:
        return {"declaration": parts}
    series, number = declaration[:_SERIES], declaration[_SERIES:]
    if len(number) == len("12345678") and number.isdigit() and series.isalpha():
        return {"tir": {"series": series.upper(), "number": number}}
    text = (
        f"{declaration!r} is neither the number of a transit declaration, such as 55302/010226/0000077, "
        "nor of a TIR carnet, such as XX12345678"
    )
    raise UsageError("declaration-number", text)


def _inspection(message: ArrivalInformation) -> list[Plain]:
    """What was found of the seals; nothing where they were not looked at."""
    if not message.seals and not message.seals_broken:
        return []
    broken = [{"number": one} for one in message.seals_broken]
    flags = {"damaged": False, "has_removed": False, "has_applied": False}
    return [{**flags, "has_broken": bool(broken), "broken": broken}]
