"""What an officer is told of an expected consignment before it comes: go on, look closer, or stop.

Clear: complete and in time, nothing was found. Finding: something is missing, estimated, late, or was found
when it was announced. Alarm: a discrepancy stands already, or a person is to look at it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from keruen.customs import Struct
from keruen.exchange import State
from keruen.exchange.kept import said
from keruen.messages import Acknowledgement
from keruen.store import Consignment, Reader


class Lane(StrEnum):
    """Where a vehicle is best sent."""

    CLEAR = "clear"
    FINDING = "finding"
    ALARM = "alarm"


class Hint(Struct, frozen=True):
    """A lane and why.

    Attributes:
        discrepancies, findings, alarms: their codes; findings are what this side answered to the announcement.
        lacks: elements that nobody stated: ``vehicle``, ``eta``, ``gross_mass``, ``post``.
        estimated: the time of arrival is only estimated.
        passed: that time has passed.
    """

    lane: Lane = Lane.CLEAR
    discrepancies: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    estimated: bool = False
    passed: bool = False

    @property
    def late(self) -> bool:
        """Whether it was announced later than agreed."""
        return LATE in self.findings


WANTED = ("vehicle", "eta", "gross_mass", "post")
LATE = "information-late"
"""Finding of an announcement that came too late before the crossing."""
Codes = Mapping[str, Sequence[str]]


def lanes(
    reader: Reader, consignments: Sequence[Consignment], now: datetime | None = None
) -> dict[str, Hint]:
    """A hint for each consignment, by its id; read in one go for all of them.

    Args:
        now: by which a time of arrival has passed; None where that is not asked.
    """
    ids = [one.consignment_id for one in consignments]
    stated: dict[str, list[str]] = defaultdict(list)
    for row in reader.discrepancies_among(ids):
        stated[row.consignment_id].append(str(row.discrepancy.code))
    alarms: dict[str, list[str]] = defaultdict(list)
    for alarm in reader.alarms_among(ids):
        alarms[alarm.consignment_id or ""].append(alarm.code)
    answered = _findings(reader, consignments)
    return {one.consignment_id: hint(one, stated, alarms, answered, now) for one in consignments}


def _findings(reader: Reader, consignments: Sequence[Consignment]) -> Codes:
    """What this side answered to the announcement that holds, by consignment."""
    told = {one.information_id: one.consignment_id for one in consignments}
    found: dict[str, list[str]] = defaultdict(list)
    for row in reader.answers_among(tuple(told)):
        answer = said(row)
        if isinstance(answer, Acknowledgement) and row.refers_to in told:
            found[told[row.refers_to]] += [one.code for one in answer.findings]
    return found


def hint(
    one: Consignment, stated: Codes, alarms: Codes, answered: Codes, now: datetime | None
) -> Hint:
    """The hint for one consignment, from what is known of all."""
    key = one.consignment_id
    codes = [tuple(dict.fromkeys(of.get(key, ()))) for of in (stated, alarms, answered)]
    empty = one.goods == 0 and one.title is None
    lacks = tuple(
        name
        for name in WANTED
        if getattr(one, name) is None and not (empty and name == "gross_mass")
    )
    estimated = one.eta_basis == "estimated"
    alarm = codes[0] or codes[1] or one.state in (State.OVERDUE, State.ANNULLED)
    passed = now is not None and one.eta is not None and one.eta < now
    looked_at = codes[2] or lacks or estimated or passed
    return Hint(
        lane=Lane.ALARM if alarm else Lane.FINDING if looked_at else Lane.CLEAR,
        discrepancies=codes[0],
        alarms=codes[1],
        findings=codes[2],
        lacks=lacks,
        estimated=estimated,
        passed=passed,
    )
