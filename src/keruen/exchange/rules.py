"""What the agreement has to say of a message when it is taken: rule × message → outcome, as one table.

The agreement is asked twice. First its header, before anything is looked at: what is wrong there refuses the
message whole, and nothing is known of it but its refusal (`Weight.WHOLE`). Then, where the table of states
(`keruen.exchange.outcomes`) lets the message do something, its content: what is wrong there refuses it, too
(`Weight.CONTENT`), or is only noted (`Weight.NOTED`). What one side asks the other has no acknowledgement, so
that its content refuses it whole. A rule that names no message here changes nothing when one is taken, in no
state; `ELSEWHERE` says what it changes.

The checks themselves are in `keruen.exchange.incoming`, `keruen.exchange.answering` and `keruen.agreement`;
tests hold the node to this table in every state, and the documentation is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from keruen.exchange.outcomes import ARRIVALS, Case


class Asking(StrEnum):
    """Messages that have no column in the table of states."""

    ENQUIRY = "Enquiry"
    ENQUIRY_AT_LARGE = "Enquiry, about no consignment"
    REPLY = "EnquiryReply"
    REPORT = "StatusReport"
    ACKNOWLEDGEMENT = "Acknowledgement"


class Rule(StrEnum):
    """What an agreement may state, as it stands to a message that comes."""

    OTHER_AGREEMENT = "another agreement"
    INSTRUMENT = "what it rests on is not in force"
    INSTRUMENT_ENDED = "what it rests on is no longer in force"
    PHASE_OFF = "phase is off"
    PHASE_OTHER = "phase is in the other mode"
    PHASE_NOT_BEGUN = "phase has not begun"
    PHASE_ENDED = "phase has ended"
    KIND = "kind is not agreed"
    MODE = "consignment was begun in the other mode"
    UNLISTED = "element is not listed"
    WITHHELD = "element is withheld"
    MANDATORY = "mandatory element is missing"
    EXCLUDED = "goods are left out"
    OFFICE = "office takes no part"
    POST = "post takes no part"
    CROSSING = "time before the crossing"
    LIMITS = "other time limits"
    TOLERANCES = "tolerances"
    RETENTION = "retention"
    REPORTING = "reporting"
    ROUTES = "routes"
    ATTACHMENTS = "attachments"


class Weight(StrEnum):
    """How much a rule counts."""

    WHOLE = "refused whole"
    CONTENT = "rejected"
    NOTED = "noted"


Column = Case | Asking


class Bearing(NamedTuple):
    """A rule's say on a message. `code`: of the finding that its sender is told."""

    weight: Weight
    code: str
    on: frozenset[Column]


_EVERY: frozenset[Column] = frozenset((*Case, *Asking))
_LISTED = _EVERY - {Asking.ACKNOWLEDGEMENT}
_ABOUT = frozenset((*Case, Asking.REPLY, Asking.ACKNOWLEDGEMENT))
_DECLARING: frozenset[Column] = frozenset({Case.ANNOUNCEMENT, Case.AMENDMENT})
_BEGINNING: frozenset[Column] = frozenset(
    {
        Case.ANNOUNCEMENT,
        Case.EMPTY_VEHICLE,
        Case.UNANNOUNCED_ARRIVAL,
        Asking.ENQUIRY_AT_LARGE,
        Asking.REPORT,
    }
)
_W = Weight

BEARINGS: Mapping[Rule, Bearing] = MappingProxyType(
    {
        Rule.OTHER_AGREEMENT: Bearing(_W.WHOLE, "header-mismatch", _EVERY),
        Rule.INSTRUMENT: Bearing(_W.WHOLE, "instrument-not-in-force", _EVERY),
        Rule.INSTRUMENT_ENDED: Bearing(_W.WHOLE, "instrument-not-in-force", _BEGINNING),
        Rule.PHASE_OFF: Bearing(_W.WHOLE, "phase-differs", _EVERY),
        Rule.PHASE_OTHER: Bearing(_W.WHOLE, "phase-differs", _EVERY),
        Rule.PHASE_NOT_BEGUN: Bearing(_W.WHOLE, "phase-differs", _EVERY),
        Rule.PHASE_ENDED: Bearing(_W.WHOLE, "phase-differs", _BEGINNING),
        Rule.KIND: Bearing(_W.WHOLE, "kind-not-agreed", _LISTED),
        Rule.MODE: Bearing(_W.CONTENT, "phase-differs", _ABOUT),
        Rule.UNLISTED: Bearing(_W.CONTENT, "element-not-agreed", _LISTED),
        Rule.WITHHELD: Bearing(_W.CONTENT, "element-not-agreed", _LISTED),
        Rule.MANDATORY: Bearing(_W.CONTENT, "element-missing", _LISTED),
        Rule.EXCLUDED: Bearing(_W.CONTENT, "goods-excluded", _DECLARING),
        Rule.OFFICE: Bearing(
            _W.CONTENT, "office-not-participating", _DECLARING | frozenset({Case.IMPORT})
        ),
        Rule.POST: Bearing(
            _W.CONTENT, "post-not-participating", ARRIVALS | frozenset({Case.EMPTY_VEHICLE})
        ),
        Rule.CROSSING: Bearing(_W.NOTED, "information-late", _DECLARING),
    }
)
"""Rule → its say, and on which messages."""

ELSEWHERE: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.LIMITS: "bear on the clock: what is overdue, asked for, reminded of, escalated, missed",
        Rule.TOLERANCES: "bear on what a post or an import declaration finds, before it is told",
        Rule.RETENTION: "bears on the purge",
        Rule.REPORTING: "bears on the clock: when a status report is made",
        Rule.ROUTES: "bear on the itinerary, before a declaration is sent",
        Rule.ATTACHMENTS: "bear on the files that travel with a message, before it is sent",
    }
)
"""Rule → what it changes, where it has no say when a message is taken."""


def bearing(rule: Rule, column: Column) -> Bearing | None:
    """A rule's say on a message; None where it has none."""
    found = BEARINGS.get(rule)
    return found if found is not None and column in found.on else None
