"""Codes in words: what the reader sees in place of ``under-way`` or ``gross-mass-differs``.

English here; the catalogues hold the other languages. The context of each message is its table's name,
so that the state *Arrived* and the event *Arrived* may be different words.
"""

from __future__ import annotations

from collections.abc import Mapping


def mark(context: str, message: str) -> str:  # noqa: ARG001 - read by scripts/texts
    """Mark a message of a table for the catalogues."""
    return message


STATES = {
    "released": mark("state", "Released"),
    "sent": mark("state", "Sent"),
    "delivered": mark("state", "Delivered"),
    "announced": mark("state", "Announced"),
    "accepted": mark("state", "Accepted"),
    "rejected": mark("state", "Rejected"),
    "under-way": mark("state", "Under way"),
    "overdue": mark("state", "Not arrived in time"),
    "partly-arrived": mark("state", "Partly arrived"),
    "arrived": mark("state", "Arrived"),
    "formalities": mark("state", "Import formalities"),
    "closed": mark("state", "Closed"),
    "unannounced": mark("state", "Unannounced"),
}

EVENTS = {
    "released": mark("event", "Declaration released"),
    "sent": mark("event", "Preliminary information sent"),
    "delivered": mark("event", "Delivered to the other side"),
    "announced": mark("event", "Preliminary information received"),
    "accepted": mark("event", "Accepted"),
    "rejected": mark("event", "Rejected"),
    "departed": mark("event", "Set out"),
    "overdue": mark("event", "Did not arrive in time"),
    "partly-arrived": mark("event", "Arrived in part"),
    "arrived": mark("event", "Arrived"),
    "imported": mark("event", "Import declaration accepted"),
    "closed": mark("event", "Closed"),
    "unannounced": mark("event", "Arrived unannounced"),
}

CAUSES = {
    "clock": mark("cause", "By the clock"),
    "line": mark("cause", "The line to the other side"),
    "national-system": mark("cause", "National declaration system"),
}

KINDS = {
    "PreliminaryInformation": mark("kind", "Preliminary information"),
    "Acknowledgement": mark("kind", "Business acknowledgement"),
    "ArrivalInformation": mark("kind", "Arrival information"),
    "ImportInformation": mark("kind", "Import information"),
    "Amendment": mark("kind", "Amendment"),
    "Annulment": mark("kind", "Annulment"),
    "Enquiry": mark("kind", "Enquiry"),
    "EnquiryReply": mark("kind", "Reply to an enquiry"),
    "EmptyVehicle": mark("kind", "Empty vehicle"),
    "StatusReport": mark("kind", "Daily status report"),
}

DISCREPANCIES = {
    "not-arrived": mark("discrepancy", "Not arrived"),
    "arrived-late": mark("discrepancy", "Arrived late"),
    "other-vehicle": mark("discrepancy", "Other vehicle"),
    "other-container": mark("discrepancy", "Other container"),
    "seal-broken": mark("discrepancy", "Seal broken"),
    "other-seal": mark("discrepancy", "Other seal"),
    "quantity-short": mark("discrepancy", "Fewer packages than declared"),
    "quantity-over": mark("discrepancy", "More packages than declared"),
    "gross-mass-differs": mark("discrepancy", "Gross mass differs"),
    "net-mass-differs": mark("discrepancy", "Net mass differs"),
    "other-goods": mark("discrepancy", "Other goods"),
    "other-hs6": mark("discrepancy", "Other commodity code (6 digits)"),
    "other-origin": mark("discrepancy", "Other country of origin"),
    "other-consignee": mark("discrepancy", "Other consignee"),
    "value-differs": mark("discrepancy", "Value differs"),
    "split-shipment": mark("discrepancy", "Shipment was split"),
    "merged-shipment": mark("discrepancy", "Shipments were merged"),
    "diverted": mark("discrepancy", "Diverted to another post"),
    "document-missing": mark("discrepancy", "Document missing"),
    "unit-not-comparable": mark("discrepancy", "Units cannot be compared"),
    "hs-edition-differs": mark("discrepancy", "Other edition of the Harmonized System"),
}

ELEMENTS = {
    "vehicle": mark("element", "Vehicle and trailer"),
    "containers": mark("element", "Containers"),
    "seals": mark("element", "Seals"),
    "goods_gross_mass": mark("element", "Gross mass of the goods"),
    "hs": mark("element", "Commodity code (HS)"),
    "description": mark("element", "Description of the goods"),
    "gross_mass": mark("element", "Gross mass"),
    "net_mass": mark("element", "Net mass"),
    "packages": mark("element", "Packages"),
    "origin": mark("element", "Country of origin"),
    "value": mark("element", "Value"),
}

TRANSPORT = {
    "1": mark("transport", "Sea"),
    "2": mark("transport", "Rail"),
    "3": mark("transport", "Road"),
    "4": mark("transport", "Air"),
    "5": mark("transport", "Mail"),
    "6": mark("transport", "Multimodal"),
    "7": mark("transport", "Pipeline or power line"),
    "8": mark("transport", "Inland waterway"),
}

LINE = {
    "waiting": mark("line", "Waiting"),
    "delivered": mark("line", "Delivered"),
    "failed": mark("line", "Failed"),
    "handled": mark("line", "Handled"),
}

DIRECTIONS = {
    "in": mark("direction", "Received"),
    "out": mark("direction", "Sent"),
}

STANDINGS = {
    "overdue": mark("standing", "Overdue"),
    "due-soon": mark("standing", "Due within 2 hours"),
    "on-time": mark("standing", "On time"),
    "no-eta": mark("standing", "No expected time"),
}

VERDICTS = {
    "differs": mark("verdict", "Differs"),
    "within": mark("verdict", "Within tolerance"),
    "same": mark("verdict", "Agrees"),
}

OUTCOMES = {
    "accepted": mark("outcome", "Accepted"),
    "rejected": mark("outcome", "Rejected"),
}

SEVERITIES = {
    "error": mark("severity", "Error"),
    "warning": mark("severity", "Warning"),
}

UNITS = {
    "kg": mark("unit", "kg"),
    "h": mark("unit", "h"),
    "%": mark("unit", "%"),
}

FINDINGS = {
    "agreement-unknown": mark("finding", "No agreement with this country is in force here"),
    "already-submitted": mark("finding", "This very file was taken before"),
    "consignment-known": mark("finding", "The consignment was announced before"),
    "consignment-unknown": mark("finding", "No such consignment was announced"),
    "container-check-digit": mark("finding", "The check digit of a container number is wrong"),
    "container-repeated": mark("finding", "A container is listed twice"),
    "count-negative": mark("finding", "A number of things is below zero"),
    "country-not-covered": mark("finding", "No agreement covers the countries concerned"),
    "country-unknown": mark("finding", "A country code is not in ISO 3166-1"),
    "country-user-assigned": mark(
        "finding", "A country code is one that ISO 3166-1 leaves to its users"
    ),
    "currency-unknown": mark("finding", "A currency code is not in ISO 4217"),
    "date-in-future": mark("finding", "A date lies too far in the future"),
    "date-unusable": mark("finding", "A date lies outside the years 1900 to 2199"),
    "element-missing": mark("finding", "A mandatory element is missing"),
    "element-not-agreed": mark("finding", "The agreement does not name this element"),
    "eta-missing": mark(
        "finding", "The basis of an expected time of arrival is stated without the time"
    ),
    "header-mismatch": mark("finding", "The header contradicts its sender or the agreement"),
    "hs-malformed": mark(
        "finding", "A commodity code has fewer than six digits or other characters"
    ),
    "hs-unknown": mark("finding", "A commodity code is not in the Harmonized System 2022"),
    "information-late": mark("finding", "The preliminary information came late"),
    "item-count-differs": mark("finding", "The declared number of items is not that of the items"),
    "item-ordinal-invalid": mark("finding", "An item is numbered below 1"),
    "item-ordinal-repeated": mark("finding", "Two items have the same number"),
    "items-missing": mark("finding", "The declaration has no items"),
    "itinerary-unordered": mark("finding", "The stops of the itinerary are not in order"),
    "mark-unprintable": mark("finding", "A mark has characters that nobody sees"),
    "mass-not-positive": mark("finding", "A mass is zero or below"),
    "message-invalid": mark("finding", "The message does not follow its structure"),
    "mode-unknown": mark("finding", "A mode of transport is not in UN/ECE Recommendation 19"),
    "net-exceeds-gross": mark("finding", "A net mass is more than the gross mass"),
    "number-unusable": mark("finding", "A number is not finite or has too many digits"),
    "package-count-differs": mark(
        "finding", "The declared number of packages is not that of the items"
    ),
    "phase-differs": mark("finding", "The agreement has this phase in another mode"),
    "phase-off": mark("finding", "The agreement does not exchange this phase yet"),
    "reference-already-sent": mark("finding", "This reference was sent before"),
    "reference-missing": mark("finding", "Nothing names the declaration"),
    "seal-repeated": mark("finding", "A seal is listed twice"),
    "text-too-long": mark("finding", "A text is too long"),
    "text-unusable": mark("finding", "A text has control characters"),
    "time-without-offset": mark("finding", "A time has no offset from UTC"),
    "total-mass-differs": mark("finding", "The declared gross mass is not that of the items"),
    "transport-missing": mark("finding", "No means of transport is named"),
    "wagon-check-digit": mark("finding", "The check digit of a wagon number is wrong"),
}

SOURCES = {
    "unknown": mark("source", "Unknown sender"),
}

TABLES: Mapping[str, Mapping[str, str]] = {
    "state": STATES,
    "event": EVENTS,
    "cause": CAUSES,
    "kind": KINDS,
    "discrepancy": DISCREPANCIES,
    "element": ELEMENTS,
    "transport": TRANSPORT,
    "line": LINE,
    "direction": DIRECTIONS,
    "standing": STANDINGS,
    "verdict": VERDICTS,
    "outcome": OUTCOMES,
    "severity": SEVERITIES,
    "unit": UNITS,
    "finding": FINDINGS,
    "source": SOURCES,
}
"""Table → code → English."""

TONES: Mapping[str, Mapping[str, str]] = {
    "state": {
        "accepted": "good",
        "arrived": "good",
        "formalities": "good",
        "closed": "good",
        "partly-arrived": "warn",
        "unannounced": "warn",
        "overdue": "bad",
        "rejected": "bad",
    },
    "line": {"waiting": "wait", "delivered": "good", "handled": "good", "failed": "bad"},
    "standing": {"overdue": "bad", "due-soon": "warn", "on-time": "good"},
    "verdict": {"differs": "bad", "same": "good"},
    "outcome": {"accepted": "good", "rejected": "bad"},
    "severity": {"error": "bad", "warning": "warn"},
}
"""Table → code → how it is drawn: each tone has a colour and a shape; what is not here is plain."""


def tone(code: str, table: str) -> str:
    """How a code is drawn."""
    return TONES[table].get(code, "plain")
