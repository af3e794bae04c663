"""What two countries signed: each instrument, its state on a day, its milestones and what shows for them.

Nothing is worked out that is not written: an instrument whose entry into force is not stated counts as in force
from its signing, and is marked so (`Instrument.supposed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from keruen.agreement.model import Period
from keruen.customs import Struct

DAY = timedelta(days=1)


class Kind(StrEnum):
    """What an instrument calls itself."""

    TREATY = "treaty"
    AGREEMENT = "agreement"
    CONVENTION = "convention"
    PROTOCOL = "protocol"
    DECLARATION = "declaration"
    STATEMENT = "statement"
    MEMORANDUM = "memorandum"
    PROGRAMME = "programme"
    PLAN = "plan"
    JOINT_PLAN = "joint-plan"
    ROADMAP = "roadmap"
    CONTRACT = "contract"


class Field(StrEnum):
    """What an instrument is about."""

    POLITICAL = "political"
    DIPLOMACY = "diplomacy"
    CUSTOMS = "customs"
    TRADE = "trade"
    AGRICULTURE = "agriculture"
    INDUSTRY = "industry"
    TRANSPORT = "transport"
    ENERGY = "energy"
    WATER = "water"
    FINANCE = "finance"
    TOURISM = "tourism"
    REGIONS = "regions"
    RESEARCH = "research"
    EDUCATION = "education"
    CULTURE = "culture"
    HEALTH = "health"
    LABOUR = "labour"
    JUSTICE = "justice"
    SECURITY = "security"
    ENVIRONMENT = "environment"
    DIGITAL = "digital"


class Status(StrEnum):
    """How an instrument stands on a day."""

    NOT_SIGNED = "not-signed"
    SIGNED = "signed"
    """It is signed and does not yet bind."""
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    """Its period is over."""
    TERMINATED = "terminated"


class Progress(StrEnum):
    """How far a milestone is; `OVERDUE` and `PLANNED` are worked out, the others are what evidence says."""

    PLANNED = "planned"
    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"
    OVERDUE = "overdue"


class Shown(StrEnum):
    """What a piece of evidence says of a milestone."""

    BEGUN = "begun"
    DONE = "done"
    DROPPED = "dropped"


class Indicator(StrEnum):
    """What the exchange can measure of what an instrument is about."""

    AGRICULTURE = "agriculture"
    """Trade in goods of HS chapters 01 to 24."""
    INDUSTRY = "industry"
    """Trade in goods of HS chapters 25 to 97."""
    TURNOVER = "turnover"
    CUSTOMS = "customs"
    """On-time share, discrepancies, clearance time."""


INDICATORS = {
    Field.AGRICULTURE: Indicator.AGRICULTURE,
    Field.INDUSTRY: Indicator.INDUSTRY,
    Field.TRADE: Indicator.TURNOVER,
    Field.CUSTOMS: Indicator.CUSTOMS,
}
"""Field → what the exchange measures of it; of other fields it knows nothing."""

CHAPTERS = {Indicator.AGRICULTURE: range(1, 25), Indicator.INDUSTRY: range(25, 98)}
"""HS chapters that an indicator counts; one that is not here counts all goods, or none."""


class Party(Struct, frozen=True):
    """Who signed, or who carries out: a state or a body of it.

    Attributes:
        names: by language.
        country: ISO 3166 alpha-2; None where the text does not say.
    """

    names: dict[str, str]
    country: str | None = None


class Instrument(Struct, frozen=True):
    """One document that was signed.

    Attributes:
        key: short name, by which agreements rest on it.
        title, place: by language.
        field: None where it is not known.
        parties: those that signed.
        bodies: those that carry it out; where none are named, the parties do.
        signed: None for one that is not signed yet.
        in_force: its entry into force, where it is stated.
        pending: it does not bind before its entry into force, whose day is not known yet.
        period: from when until when it runs, both days included.
        terminated: first day on which it holds no more.
        suspended: when it does not hold for a time.
        number: in the list that it was published with.
        source: where it was published.
    """

    key: str
    kind: Kind
    title: dict[str, str]
    parties: tuple[Party, ...]
    field: Field | None = None
    bodies: tuple[Party, ...] = ()
    signed: date | None = None
    place: dict[str, str] = msgspec.field(default_factory=dict)
    in_force: date | None = None
    pending: bool = False
    period: Period = Period()
    terminated: date | None = None
    suspended: tuple[Period, ...] = ()
    number: int | None = None
    source: str = ""

    @property
    def responsible(self) -> tuple[Party, ...]:
        """Those that carry it out."""
        return self.bodies or self.parties

    @property
    def indicator(self) -> Indicator | None:
        """What the exchange measures of it."""
        return INDICATORS.get(self.field) if self.field else None

    @property
    def supposed(self) -> bool:
        """Whether it counts as in force from its signing because nothing else is stated."""
        return self.signed is not None and self.in_force is None and not self.pending

    @property
    def begins(self) -> date | None:
        """The first day on which it is in force; None while that is not known."""
        entry = self.in_force or (self.signed if self.supposed else None)
        return entry and max(entry, self.period.since or entry)

    @property
    def ends(self) -> date | None:
        """The last day on which it is in force; None where no end is known."""
        ends = (self.period.until, self.terminated and self.terminated - DAY)
        return min((end for end in ends if end), default=None)

    def status(self, day: date) -> Status:
        """How it stands on a day."""
        if self.signed is None or day < self.signed:
            return Status.NOT_SIGNED
        if self.terminated and day >= self.terminated:
            return Status.TERMINATED
        if self.period.until and day > self.period.until:
            return Status.EXPIRED
        if self.begins is None or day < self.begins:
            return Status.SIGNED
        if any(one.covers(day) for one in self.suspended):
            return Status.SUSPENDED
        return Status.IN_FORCE

    def in_force_when(self) -> tuple[Period, ...]:
        """The periods in which it is in force, in order; none for one that never is."""
        return tuple(self._in_force())

    def _in_force(self) -> Iterator[Period]:
        since, end = self.begins, self.ends
        if since is None:
            return
        for gap in sorted(self.suspended, key=lambda one: one.since or date.min):
            if gap.since and since < gap.since:
                before = gap.since - DAY
                yield Period(since=since, until=min(before, end) if end else before)
            if gap.until is None:
                return
            since = max(since, gap.until + DAY)
        if end is None or since <= end:
            yield Period(since=since, until=end)


class Evidence(Struct, frozen=True):
    """What shows how far a milestone is; added, never changed.

    Attributes:
        on: the day from which it is so.
        text: what happened.
        source: where that can be looked up.
    """

    instrument: str
    milestone: str
    on: date
    state: Shown
    text: str
    source: str = ""


class Milestone(Struct, frozen=True):
    """Something that an instrument asks for. `due`: the day by which; None where none is stated."""

    instrument: str
    id: str
    title: dict[str, str]
    due: date | None = None


class Register(Struct, frozen=True):
    """What was signed, what is to come of it, and what shows that it has."""

    instruments: tuple[Instrument, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    def get(self, key: str) -> Instrument | None:
        """The instrument of a key; None where there is none."""
        return next((one for one in self.instruments if one.key == key), None)

    def between(self, one: str, other: str) -> tuple[str, ...]:
        """The keys of what bodies of two countries signed."""
        return tuple(
            instrument.key
            for instrument in self.instruments
            if {one, other} <= {party.country for party in instrument.parties}
        )

    def milestones_of(self, key: str) -> tuple[Milestone, ...]:
        """The milestones of an instrument, the earliest first; those without a day last."""
        own = (one for one in self.milestones if one.instrument == key)
        return tuple(sorted(own, key=lambda one: one.due or date.max))

    def evidence_of(self, milestone: Milestone, day: date | None = None) -> tuple[Evidence, ...]:
        """What shows for a milestone, up to a day, in the order of time."""
        of = (milestone.instrument, milestone.id)
        own = (one for one in self.evidence if (one.instrument, one.milestone) == of)
        return tuple(sorted((one for one in own if not day or one.on <= day), key=_on))

    def progress(self, milestone: Milestone, day: date) -> Progress:
        """How far a milestone is on a day: what the latest evidence says, or late."""
        shown = self.evidence_of(milestone, day)
        if shown and shown[-1].state is not Shown.BEGUN:
            return Progress(shown[-1].state)
        if milestone.due and day > milestone.due:
            return Progress.OVERDUE
        return Progress.BEGUN if shown else Progress.PLANNED


def _on(evidence: Evidence) -> date:
    return evidence.on
