"""Codes in words: what the reader sees in place of ``under-way`` or ``gross-mass-differs``.

English here; the catalogues hold the other languages. The context of each message is its table's name,
so that the state *Arrived* and the event *Arrived* may be different words.
"""

from __future__ import annotations

from collections.abc import Mapping

from keruen.console.codenames import CHAPTERS, LISTS, PACKAGES, UNIT_CODES
from keruen.console.control import remedies
from keruen.console.control import words as control
from keruen.console.dossier import words as dossier
from keruen.console.entry import words as people
from keruen.console.findings import FINDINGS
from keruen.console.instruments import words as instruments
from keruen.console.marking import mark
from keruen.console.overview import words as overview
from keruen.console.pathwords import STEPS, VALIDITIES
from keruen.console.reconciliation import words as reconciliation
from keruen.console.turnover import words as turnover

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
    "empty": mark("state", "Empty vehicle under way"),
    "annulled": mark("state", "Annulled"),
}

EVENTS = {
    "released": mark("event", "Declaration released"),
    "sent": mark("event", "Sent to the other side"),
    "delivered": mark("event", "Delivered to the other side"),
    "announced": mark("event", "Preliminary information received"),
    "accepted": mark("event", "Accepted"),
    "rejected": mark("event", "Rejected"),
    "departed": mark("event", "Set out"),
    "overdue": mark("event", "Did not arrive in time"),
    "partly-arrived": mark("event", "Arrived in part"),
    "arrived": mark("event", "Arrived"),
    "arrival-withdrawn": mark("event", "Arrival taken back: registered by mistake"),
    "part-withdrawn": mark("event", "Arrival of a part taken back: registered by mistake"),
    "unannounced-withdrawn": mark("event", "Unannounced arrival taken back: registered by mistake"),
    "imported": mark("event", "Import declaration accepted"),
    "closed": mark("event", "Closed"),
    "unannounced": mark("event", "Arrived unannounced"),
    "left-empty": mark("event", "Vehicle left empty"),
    "empty-expected": mark("event", "Empty vehicle expected"),
    "amendment-sent": mark("event", "Amendment sent"),
    "amended": mark("event", "Amended"),
    "amendment-rejected": mark("event", "Amendment rejected"),
    "annulment-sent": mark("event", "Annulment sent"),
    "annulled": mark("event", "Annulled"),
    "annulment-rejected": mark("event", "Annulment rejected"),
    "enquired": mark("event", "The other side was asked where it is"),
    "reminded": mark("event", "The other side was reminded of the enquiry"),
    "escalated": mark("event", "No reply came: a person was told"),
    "found": mark("event", "Found: it has arrived"),
    "diverted": mark("event", "Diverted to another place"),
    "not-found": mark("event", "Looked for and not found"),
    "not-known": mark("event", "Not known to the other side"),
    "receipt-missing": mark("event", "No receipt came"),
    "undelivered": mark("event", "Not delivered"),
    "deadline-missed": mark("event", "A deadline of the agreement was missed"),
    "answered-late": mark("event", "What was due came late"),
    "content-removed": mark("event", "Content removed"),
}

CAUSES = {
    "clock": mark("cause", "By the clock"),
    "line": mark("cause", "The line to the other side"),
    "officer": mark("cause", "Officer at the post"),
    "national-system": mark("cause", "National declaration system"),
    "person": mark("cause", "Somebody who reconciled both sides"),
    "retention": mark("cause", "The agreement's retention"),
}

KINDS = {
    "PreliminaryInformation": mark("kind", "Preliminary information"),
    "Acknowledgement": mark("kind", "Business acknowledgement"),
    "ArrivalInformation": mark("kind", "Arrival information"),
    "ImportInformation": mark("kind", "Import information"),
    "Amendment": mark("kind", "Amendment of a declaration"),
    "Annulment": mark("kind", "Annulment of a declaration"),
    "Enquiry": mark("kind", "Enquiry to the other side"),
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
    "9": mark("transport", "By its own propulsion, or not stated"),
}

LINE = {
    "waiting": mark("line", "Waiting"),
    "delivered": mark("line", "Delivered"),
    "failed": mark("line", "Failed"),
    "probable": mark("line", "Probably received, no receipt"),
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
    "long-overdue": mark("standing", "Overdue for more than 3 days"),
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
    "byte": mark("unit", "bytes"),
    "kB": mark("unit", "kB"),
    "MB": mark("unit", "MB"),
    "GB": mark("unit", "GB"),
}

DOCUMENTS = {
    "transport": mark("document", "Transport document"),
    "preceding": mark("document", "Preceding document"),
    "presented": mark("document", "Presented document"),
    "guarantee": mark("document", "Guarantee"),
    "authority": mark("document", "Document of authority"),
}

DECLARATIONS = {
    "export": mark("declaration", "Export declaration"),
    "transit": mark("declaration", "Transit declaration"),
    "import": mark("declaration", "Import declaration"),
}

QUESTIONS = {
    "arrival": mark("question", "Where is this consignment?"),
    "declaration": mark("question", "Is there a declaration of this number?"),
    "messages": mark("question", "Messages are missing: send them again"),
}

ENQUIRIES = {
    "planned": mark("enquiry", "Planned"),
    "asked": mark("enquiry", "Asked"),
    "reminded": mark("enquiry", "Reminded"),
    "escalated": mark("enquiry", "Without reply"),
    "answered": mark("enquiry", "Answered"),
    "withdrawn": mark("enquiry", "Came by itself"),
}

MISTAKES = {
    "figure": mark("mistake", "Write a number, such as 19950 or 19950.5"),
    "figure-unclear": mark("mistake", "Thousand or decimals? Write 19950, or 19.95"),
    "moment": mark("mistake", "Write day and time, such as 2026-11-24T01:40"),
    "country": mark("mistake", "Write two letters, such as KZ"),
    "value": mark("mistake", "This cannot be right: write what you read, in letters and digits"),
    "seals-answer": mark("mistake", "Say whether the seals are whole"),
    "seals-which": mark("mistake", "Say below which seal is not whole"),
    "seals-contradict": mark("mistake", "The seals are said to be whole, and one of them is not"),
    "seal-number": mark("mistake", "Write the number of the other seal"),
    "file-kind": mark("mistake", "One of the files is no picture, film or PDF"),
    "attachments-not-agreed": mark("mistake", "No files go along under this agreement"),
    "attachments-too-many": mark("mistake", "More files than the agreement allows"),
    "attachment-too-large": mark("mistake", "A file is larger than the agreement allows"),
}

SEALS = {
    "whole": mark("seal", "Whole"),
    "broken": mark("seal", "Broken"),
    "missing": mark("seal", "Missing"),
    "other": mark("seal", "Another number"),
}

LANES = {
    "clear": mark("lane", "Complete and on time"),
    "finding": mark("lane", "Look closer"),
    "alarm": mark("lane", "Stop and inspect"),
}

LACKS = {
    "vehicle": mark("lack", "vehicle"),
    "eta": mark("lack", "time of arrival"),
    "gross_mass": mark("lack", "gross mass"),
    "post": mark("lack", "entry post"),
}

MATCHES = {
    "vehicle": mark("match", "Plate of the vehicle"),
    "trailer": mark("match", "Plate of the trailer"),
    "wagon": mark("match", "Wagon"),
    "container": mark("match", "Container"),
    "seal": mark("match", "Seal"),
    "transport-document": mark("match", "Transport document"),
    "reference": mark("match", "Declaration number or reference"),
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
    "document": DOCUMENTS,
    "declaration": DECLARATIONS,
    "finding": FINDINGS,
    "source": SOURCES,
    "mistake": MISTAKES,
    "seal": SEALS,
    "match": MATCHES,
    "lane": LANES,
    "lack": LACKS,
    "question": QUESTIONS,
    "enquiry": ENQUIRIES,
    "chapter": CHAPTERS,
    "list": LISTS,
    "unit-code": UNIT_CODES,
    "package": PACKAGES,
    "step": STEPS,
    "validity": VALIDITIES,
    "next-step": dossier.NEXT_STEPS,
    "stop": dossier.STOPS,
    "timing": dossier.TIMINGS,
    "reply": dossier.REPLIES,
    "link": dossier.LINKS,
    "condition": control.CONDITIONS,
    "purpose": control.PURPOSES,
    "check": {**control.CHECKS, **control.PROVED},
    "worker": control.WORKERS,
    "done": {**control.DONE, **reconciliation.DONE},
    "fate": control.FATES,
    "purged": control.PURGED,
    "remedy": remedies.REMEDIES,
    "lead": remedies.LEADS,
    "figure-table": {**overview.TABLES, **turnover.TABLES},
    "figure-column": {**overview.COLUMNS, **turnover.COLUMNS},
    "measure": turnover.MEASURES,
    "basis": turnover.BASES,
    "period-length": turnover.LENGTHS,
    "turnover-origin": turnover.ORIGINS,
    "figure-fault": overview.FAULTS,
    "missing-for": overview.AGES,
    "which": overview.WHICH,
    "scale": overview.SCALES,
    "direction-of-goods": overview.DIRECTIONS,
    "trader": overview.NAMES,
    "role": people.ROLES,
    "act": people.ACTS,
    "audited": people.AUDITED,
    "fault": people.FAULTS,
    "case-state": reconciliation.STATES,
    "case-why": reconciliation.WHY,
    "case-age": reconciliation.AGES,
    "case-side": reconciliation.SIDES,
    "case-reason": reconciliation.REASONS,
    "case-deed": reconciliation.DEEDS,
    "case-kind": reconciliation.KINDS,
    "case-sum": reconciliation.SUMS,
    "case-rule": reconciliation.RULES,
    "case-wrong": reconciliation.WRONG,
    "instrument-kind": instruments.KINDS,
    "instrument-field": instruments.FIELDS,
    "instrument-status": instruments.STATUSES,
    "progress": instruments.PROGRESS,
    "indicator": instruments.INDICATORS,
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
        "annulled": "bad",
    },
    "line": {
        "waiting": "wait",
        "delivered": "good",
        "handled": "good",
        "failed": "bad",
        "probable": "warn",
    },
    "standing": {
        "overdue": "bad",
        "due-soon": "warn",
        "on-time": "good",
        "long-overdue": "bad",
    },
    "lane": {"clear": "good", "finding": "warn", "alarm": "bad"},
    "verdict": {"differs": "bad", "same": "good"},
    "outcome": {"accepted": "good", "rejected": "bad"},
    "enquiry": {"escalated": "bad", "reminded": "warn", "answered": "good"},
    "validity": {"holds": "good", "waiting": "wait", "rejected": "bad"},
    "severity": {"error": "bad", "warning": "warn"},
    "timing": dossier.TIMING_TONES,
    "audited": {"done": "good", "refused": "bad", "failed": "warn"},
    "instrument-status": instruments.STATUS_TONES,
    "progress": instruments.PROGRESS_TONES,
    **control.TONES,
    **reconciliation.TONES,
}
"""Table → code → how it is drawn: each tone has a colour and a shape; what is not here is plain."""


def tone(code: str, table: str) -> str:
    """How a code is drawn."""
    return TONES[table].get(code, "plain")
