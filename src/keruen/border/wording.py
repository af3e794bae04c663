"""What is said of an arrival or an import declaration, in words."""

from __future__ import annotations

from collections.abc import Sequence

from keruen.customs import RIGHT, Finding, Severity
from keruen.customs.wording import Wording
from keruen.store import Consignment

LISTED = 10
"""Consignments that a finding names at most."""
_UNUSABLE = (
    "date-unusable",
    "number-unusable",
    "text-too-long",
    "text-unusable",
    "time-without-offset",
)
"""What `keruen.customs.unsound` finds."""

WORDING = Wording(
    {
        "already-arrived": "{0} has been registered; nothing was done again. "
        "If another consignment came, give its number.",
        "already-arrived/when": "{0} has been registered at {1}; nothing was done again. "
        "If another consignment came, give its number.",
        "arrival-ambiguous": "Several consignments fit equally well; "
        "give the number of the one that came: {0}.",
        "arrival-in-future": "A vehicle is registered when it has come; state the time with its offset.",
        "arrival-invalid": "An arrival names a vehicle, wagons, containers or a number.",
        "arrival-invalid/figure": "A mass or a number of packages is zero or more.",
        "arrival-invalid/item": "What was found of one item stands in one place.",
        "arrival-invalid/mark": "A plate or number has letters or digits.",
        "arrival-invalid/seal-broken": "A seal is either whole or broken.",
        "arrival-invalid/seal-missing": "A seal is either there or missing.",
        **{f"arrival-invalid/{code}": RIGHT[code] for code in _UNUSABLE},
        "arrival-too-old": "An arrival is registered within {0} days; check the date.",
        "arrival-taken-back": "This arrival was taken back before; nothing was done again.",
        "arrival-unknown": "This side told of no such arrival; look at the consignment's messages.",
        "correction-too-late": "The time that the agreement leaves for it has passed; write to the other side.",
        "formalities-begun": "An import declaration rests on this arrival; write to the other side.",
        "import-unmatched": "No announced consignment has its references, transport documents, vehicle or "
        "containers together with such goods; it waits for an announcement.",
        "import-unmatched/several": "Several consignments fit equally well; state the number of the other "
        "side's declaration as a preceding document: {0}.",
        "import-unmatched/taken": "The consignment that fits has its import declaration already: {0}.",
        "item-unknown": "No announced item has this number; leave it out for goods that were not announced.",
        "more-on-vehicle": "The same vehicle is announced with more, which stays awaited: {0}. "
        "If it came, too, register it by its number, or the vehicle without a number.",
        "number-needed": "The vehicle carries several consignments; give the number of the one that was "
        "inspected or came in part: {0}.",
        "number-unknown": "No consignment that is awaited here has this number; check it, "
        "or give the vehicle too.",
        "partner-needed": "Nothing announced this vehicle; say which country it comes from: {0}.",
        "partner-unknown": "No agreement with this country names the post.",
        "phase-off": "The agreement {0} does not exchange anything yet.",
        "post-unknown": "{0} has no such post in its agreements; there are {1}.",
    }
)


def naming(
    key: str,
    consignments: Sequence[Consignment],
    *values: object,
    path: str = "",
    declared: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding whose sentence names consignments; behind what it names, its values give their ids."""
    said = (listed(consignments), *map(str, values))
    return Finding(
        code=key.partition("/")[0],
        text=WORDING.sentences[key].format(*said),
        severity=severity,
        path=path,
        declared=declared,
        values=(*said, *(one.consignment_id for one in consignments[:LISTED])),
    )


def listed(consignments: Sequence[Consignment]) -> str:
    """References and ids of consignments, as many as a person reads."""
    named = "; ".join(_named(one) for one in consignments[:LISTED])
    more = len(consignments) - LISTED
    return f"{named}; + {more}" if more > 0 else named


def _named(consignment: Consignment) -> str:
    eta = f", ETA {consignment.eta.isoformat(timespec='minutes')}" if consignment.eta else ""
    return f"{consignment.reference} ({consignment.consignment_id}{eta})"
