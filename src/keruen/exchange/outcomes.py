"""What a message does to a consignment: message × state → outcome, as one table.

A message may come late, doubled, out of order, or contradict one before it; each has its outcome here and
nowhere else. Rows are the states of a consignment on the side that takes the message (none: it is not known
there), columns are messages. Before the table is asked, the agreement is (`keruen.exchange.incoming`): a phase
that is off or a kind of message that is not agreed refuses the message whole. What the data list or the checks
say of its content refuses it after the table, with the event of `REFUSED`.

Where a message has an ordinal, the versions before it come first (`BY_ORDINAL`): what came before is not done
again, and what is older than the version that holds is kept and changes nothing. An arrival has an id instead
(`BY_ARRIVAL`): told again it is acknowledged again, and other content under the same id is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from keruen.customs import Finding, Severity
from keruen.exchange.lifecycle import Happening, State
from keruen.exchange.wordings import TEXTS
from keruen.messages import (
    ASKING,
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    ImportInformation,
    Outcome,
    PreliminaryInformation,
    kind_of,
)
from keruen.store import Role


class Case(StrEnum):
    """Columns of the table: kinds of messages about a consignment, and what of them matters."""

    ANNOUNCEMENT = "PreliminaryInformation"
    AMENDMENT = "Amendment"
    ANNULMENT = "Annulment"
    EMPTY_VEHICLE = "EmptyVehicle"
    ARRIVAL = "ArrivalInformation"
    PARTIAL_ARRIVAL = "ArrivalInformation, partial"
    UNANNOUNCED_ARRIVAL = "ArrivalInformation, unannounced"
    IMPORT = "ImportInformation"
    WITHDRAWN_ARRIVAL = "ArrivalInformation, withdrawn"


class Ruling(NamedTuple):
    """The outcome of a message in one state.

    Attributes:
        happening: what is recorded; None where the message is kept and nothing happens.
        code: of the finding that the acknowledgement carries.
        accepted: whether the message is; where it is not, the finding is an error, else a warning.
    """

    happening: Happening | None
    code: str | None = None
    accepted: bool = True

    def findings(self) -> tuple[Finding, ...]:
        """What the acknowledgement says of it."""
        if self.code is None:
            return ()
        path, text = TEXTS[self.code]
        severity = Severity.WARNING if self.accepted else Severity.ERROR
        return (Finding(code=self.code, severity=severity, path=path, text=text),)


class Standing(StrEnum):
    """How the ordinal of a message stands to those that came before."""

    NEXT = "next"
    """The one that was due."""
    GAP = "gap"
    """Ordinals between have not come yet."""
    LATE = "late"
    """A higher one holds."""
    SAME = "same"
    """It came before, with the same content."""
    OTHER = "other"
    """It came before, with other content."""


_H, _S = Happening, State
_OWN = Ruling(None, "consignment-not-yours", accepted=False)
_UNKNOWN = Ruling(None, "consignment-unknown", accepted=False)
_ANNULLED = Ruling(_H.AMENDMENT_REJECTED, "consignment-annulled", accepted=False)
_TOO_LATE = Ruling(_H.ANNULMENT_REJECTED, "annulled-after-arrival", accepted=False)
_NO_GOODS = Ruling(None, "vehicle-empty", accepted=False)
_TAKEN = Ruling(None, "consignment-known", accepted=False)
_CORRECTED: dict[State | None, Ruling] = {
    _S.ANNOUNCED: Ruling(_H.AMENDED),
    _S.EMPTY: _NO_GOODS,
    _S.REJECTED: Ruling(_H.AMENDED),
    _S.ACCEPTED: Ruling(_H.AMENDED),
    _S.UNDER_WAY: Ruling(_H.AMENDED),
    _S.OVERDUE: Ruling(_H.AMENDED),
    _S.PARTLY_ARRIVED: Ruling(_H.AMENDED, "amended-after-arrival"),
    _S.ARRIVED: Ruling(_H.AMENDED, "amended-after-arrival"),
    _S.FORMALITIES: Ruling(_H.AMENDED, "amended-after-arrival"),
    _S.CLOSED: Ruling(_H.AMENDED, "amended-after-closing"),
    _S.ANNULLED: _ANNULLED,
    _S.UNANNOUNCED: _TAKEN,
}


def _only_first(happening: Happening) -> dict[State | None, Ruling]:
    """What is told once under an id of its own."""
    taken: dict[State | None, Ruling] = dict.fromkeys(_S, _TAKEN)
    return {None: Ruling(happening), **taken}


def _told(happening: Happening, empty: Ruling) -> dict[State | None, Ruling]:
    """What the receiver tells of our consignment: true whatever we think of it."""
    return {
        None: _UNKNOWN,
        _S.RELEASED: Ruling(happening),
        _S.SENT: Ruling(happening),
        _S.DELIVERED: Ruling(happening),
        _S.ANNOUNCED: _UNKNOWN,
        _S.EMPTY: empty,
        _S.REJECTED: Ruling(happening, "consignment-rejected"),
        _S.ACCEPTED: Ruling(happening),
        _S.UNDER_WAY: Ruling(happening),
        _S.OVERDUE: Ruling(happening),
        _S.PARTLY_ARRIVED: Ruling(happening),
        _S.ARRIVED: Ruling(happening),
        _S.FORMALITIES: Ruling(happening),
        _S.CLOSED: Ruling(happening),
        _S.ANNULLED: Ruling(happening, "consignment-annulled"),
        _S.UNANNOUNCED: _UNKNOWN,
    }


_ONLY_ITS_SENDER: dict[State | None, Ruling] = dict.fromkeys(
    (_S.RELEASED, _S.SENT, _S.DELIVERED), _OWN
)
"""States in which only the side is that announced the consignment."""

RULINGS: Mapping[Case, Mapping[State | None, Ruling]] = MappingProxyType(
    {
        Case.ANNOUNCEMENT: {None: Ruling(_H.ANNOUNCED), **_ONLY_ITS_SENDER, **_CORRECTED},
        Case.AMENDMENT: {
            None: Ruling(_H.AMENDED, "original-missing"),
            **_ONLY_ITS_SENDER,
            **_CORRECTED,
        },
        Case.ANNULMENT: {
            None: Ruling(_H.ANNULLED, "original-missing"),
            **_ONLY_ITS_SENDER,
            _S.ANNOUNCED: Ruling(_H.ANNULLED),
            _S.EMPTY: Ruling(_H.ANNULLED),
            _S.REJECTED: Ruling(_H.ANNULLED),
            _S.ACCEPTED: Ruling(_H.ANNULLED),
            _S.UNDER_WAY: Ruling(_H.ANNULLED),
            _S.OVERDUE: Ruling(_H.ANNULLED),
            _S.PARTLY_ARRIVED: _TOO_LATE,
            _S.ARRIVED: _TOO_LATE,
            _S.FORMALITIES: _TOO_LATE,
            _S.CLOSED: _TOO_LATE,
            _S.ANNULLED: Ruling(None, "already-annulled"),
            _S.UNANNOUNCED: _TAKEN,
        },
        Case.EMPTY_VEHICLE: _only_first(_H.EMPTY_EXPECTED),
        Case.ARRIVAL: _told(_H.ARRIVED, Ruling(_H.ARRIVED)),
        Case.PARTIAL_ARRIVAL: _told(_H.PARTLY_ARRIVED, _NO_GOODS),
        Case.UNANNOUNCED_ARRIVAL: _only_first(_H.UNANNOUNCED),
        Case.WITHDRAWN_ARRIVAL: {
            **dict.fromkeys(_S, Ruling(_H.ARRIVAL_WITHDRAWN)),
            None: _UNKNOWN,
            _S.ANNOUNCED: _UNKNOWN,
            _S.UNANNOUNCED: Ruling(_H.UNANNOUNCED_WITHDRAWN),
        },
        Case.IMPORT: _told(_H.IMPORTED, _NO_GOODS),
    }
)
"""Message → state of the consignment → outcome. Every state has a row in every column."""

BY_ORDINAL: Mapping[Standing, Ruling] = MappingProxyType(
    {
        Standing.SAME: Ruling(None, "version-known"),
        Standing.OTHER: Ruling(None, "version-differs", accepted=False),
    }
)
"""Standing of the ordinal → outcome, whatever the state."""

BY_ARRIVAL: Mapping[Standing, Ruling] = MappingProxyType(
    {
        Standing.SAME: Ruling(None, "arrival-known"),
        Standing.OTHER: Ruling(None, "arrival-differs", accepted=False),
        Standing.LATE: Ruling(None, "arrival-withdrawn"),
    }
)
"""The same for an arrival that was told before under its id, or taken back before it was told."""

ARRIVALS = frozenset(
    {Case.ARRIVAL, Case.PARTIAL_ARRIVAL, Case.UNANNOUNCED_ARRIVAL, Case.WITHDRAWN_ARRIVAL}
)

_KEPT: Mapping[Case, Happening] = MappingProxyType(
    {
        Case.ANNOUNCEMENT: _H.ANNOUNCED,
        Case.AMENDMENT: _H.AMENDED,
        Case.ANNULMENT: _H.ANNULLED,
    }
)
"""What is recorded of a version that a newer one has overtaken; an annulment counts whenever it comes."""

TAKEN_BY: Mapping[Case, tuple[Role, Ruling]] = MappingProxyType(
    {
        Case.ANNOUNCEMENT: (Role.RECEIVER, _OWN),
        Case.AMENDMENT: (Role.RECEIVER, _OWN),
        Case.ANNULMENT: (Role.RECEIVER, _OWN),
        Case.EMPTY_VEHICLE: (Role.RECEIVER, _OWN),
        Case.ARRIVAL: (Role.SENDER, _UNKNOWN),
        Case.PARTIAL_ARRIVAL: (Role.SENDER, _UNKNOWN),
        Case.UNANNOUNCED_ARRIVAL: (Role.SENDER, _TAKEN),
        Case.WITHDRAWN_ARRIVAL: (Role.SENDER, _UNKNOWN),
        Case.IMPORT: (Role.SENDER, _UNKNOWN),
    }
)
"""What a node is to the consignment that a message is about, and the outcome where it is the other."""

REFUSED: Mapping[Case, tuple[Happening, ...]] = MappingProxyType(
    {
        Case.ANNOUNCEMENT: (_H.ANNOUNCED, _H.REJECTED),
        Case.AMENDMENT: (_H.AMENDMENT_REJECTED,),
        Case.ANNULMENT: (_H.ANNULMENT_REJECTED,),
        Case.EMPTY_VEHICLE: (_H.EMPTY_EXPECTED, _H.REJECTED),
        Case.ARRIVAL: (),
        Case.PARTIAL_ARRIVAL: (),
        Case.UNANNOUNCED_ARRIVAL: (),
        Case.WITHDRAWN_ARRIVAL: (),
        Case.IMPORT: (),
    }
)
"""What is recorded when the content of a message cannot be used."""

ANSWERED: Mapping[tuple[str, Outcome], Happening | None] = MappingProxyType(
    {
        (PreliminaryInformation.__name__, Outcome.ACCEPTED): _H.ACCEPTED,
        (PreliminaryInformation.__name__, Outcome.REJECTED): _H.REJECTED,
        (Amendment.__name__, Outcome.ACCEPTED): _H.AMENDED,
        (Amendment.__name__, Outcome.REJECTED): _H.AMENDMENT_REJECTED,
        (Annulment.__name__, Outcome.ACCEPTED): _H.ANNULLED,
        (Annulment.__name__, Outcome.REJECTED): _H.ANNULMENT_REJECTED,
        (EmptyVehicle.__name__, Outcome.ACCEPTED): _H.EMPTY_EXPECTED,
        (EmptyVehicle.__name__, Outcome.REJECTED): _H.REJECTED,
        (ArrivalInformation.__name__, Outcome.ACCEPTED): None,
        (ArrivalInformation.__name__, Outcome.REJECTED): None,
        (ImportInformation.__name__, Outcome.ACCEPTED): _H.CLOSED,
        (ImportInformation.__name__, Outcome.REJECTED): None,
    }
)
"""Kind of our message and the answer to it → what happened to the consignment."""

ELSEWHERE = frozenset({Acknowledgement.__name__}) | ASKING
"""Kinds that have no column: an answer does what `ANSWERED` says, in every state; what one side asks the other
and its reply have a table of their own (`keruen.exchange.enquiries`)."""


def ruling_on_sending(case: Case, state: State) -> Ruling:
    """What the receiver would say to a message about our consignment, as far as we know where it stands."""
    on_the_way = state in _ONLY_ITS_SENDER
    return RULINGS[case][State.ANNOUNCED if on_the_way else state]


def case_of(message: AnyMessage) -> Case:
    """The column of a message.

    Raises:
        ValueError: it has none.
    """
    if isinstance(message, ArrivalInformation):
        if message.withdrawn:
            return Case.WITHDRAWN_ARRIVAL
        if message.consignment_id is None:
            return Case.UNANNOUNCED_ARRIVAL
        return Case.PARTIAL_ARRIVAL if message.partial else Case.ARRIVAL
    return Case(kind_of(message))


def before_of(case: Case) -> Mapping[Standing, Ruling]:
    """What is ruled of a message whose like came before."""
    return BY_ARRIVAL if case in ARRIVALS else BY_ORDINAL


def ruling(
    case: Case,
    state: State | None,
    role: Role | None = None,
    standing: Standing = Standing.NEXT,
) -> Ruling:
    """The outcome of a message.

    Args:
        case: the message.
        state: of the consignment that it is about; None where it is not known.
        role: what this node is to that consignment.
        standing: of the message's ordinal.
    """
    side, foreign = TAKEN_BY[case]
    if role not in (None, side):
        return foreign
    before = before_of(case)
    if standing in before:
        return before[standing]
    found = RULINGS[case][state]
    counts = found is _ANNULLED or (found.accepted and found.happening is not None)
    if standing is Standing.LATE and case in _KEPT and counts:
        return Ruling(_KEPT[case], "version-late")
    if standing is Standing.GAP and found.accepted and found.code is None:
        return found._replace(code="version-gap")
    return found
