"""What two administrations agreed: every deadline, list and tolerance that the exchange applies.

Nothing of it is a constant in the program: a protocol between two other states is another file.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from keruen.customs import DiscrepancyCode, EtaBasis, Struct
from keruen.messages import Mode, Stage


class PhaseState(StrEnum):
    """How far one phase of the agreement is."""

    OFF = "off"
    TEST = "test"
    LIVE = "live"

    @property
    def mode(self) -> Mode | None:
        """The mode in which messages of the phase are sent; None while it is off."""
        return None if self is PhaseState.OFF else Mode(self.value)


class Period(Struct, frozen=True, kw_only=True):
    """From when until when something holds, both days included; what is left out is open.

    Days begin at midnight of the offset that the agreement states.
    """

    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def within(self, other: Period) -> Period:
        """What both cover; it ends before it begins where they have no day in common."""
        return Period(
            since=max(self.since or date.min, other.since or date.min),
            until=min(self.until or date.max, other.until or date.max),
        )

    def meets(self, other: Period) -> bool:
        """Whether both have a day in common."""
        both = self.within(other)
        return (both.since or date.min) <= (both.until or date.max)


class PhaseSpan(Period, frozen=True, kw_only=True):
    """How far a phase is in a period."""

    state: PhaseState


class Requirement(StrEnum):
    """Whether an element of the data list must be there."""

    MANDATORY = "M"
    CONDITIONAL = "C"
    OPTIONAL = "O"


When = dict[str, tuple[str, ...]]
"""Element path → values of which it has one; ``*`` at the end stands for anything."""


class Conditional(Struct, frozen=True):
    """An element that must be there when a condition holds, and may be there otherwise.

    Attributes:
        when: all of it holds.
        unless: any of it holds, and so the element need not be there.
    """

    when: When = msgspec.field(default_factory=dict)
    unless: When = msgspec.field(default_factory=dict)


Need = Requirement | Conditional
"""What the data list says of an element."""


class Exclusion(Struct, frozen=True):
    """Goods that the agreement leaves out.

    Attributes:
        id: short name of the rule, for findings: ``personal-use``.
        names: in words, by language.
        when: how a declaration of such goods is known: all of it holds.
        pilot: the codes are the project's own, to be settled.
    """

    id: str
    names: dict[str, str]
    when: When
    pilot: bool = False


class Body(Struct, frozen=True):
    """An authorised body of a party. `task`: what it does under the agreement."""

    names: dict[str, str]
    task: str


class AgreementParty(Struct, frozen=True):
    """One administration that is party to the agreement.

    Attributes:
        authority: its name; `names`: in further languages.
        bodies: authorised bodies, beside the authority itself.
    """

    country: str
    authority: str
    utc_offset_minutes: int
    names: dict[str, str] = msgspec.field(default_factory=dict)
    bodies: tuple[Body, ...] = ()


class Office(Period, frozen=True, kw_only=True):
    """A customs office whose declarations are exchanged; ``*`` is every office of the country."""

    code: str
    country: str
    names: dict[str, str] = msgspec.field(default_factory=dict)
    pilot: bool = False


class Post(Period, frozen=True, kw_only=True):
    """A border post that takes part. `pilot` marks a code of the project's own, to be replaced."""

    code: str
    country: str
    modes: tuple[str, ...]
    names: dict[str, str]
    pilot: bool = False

    def name(self, language: str) -> str:
        """The post's name in a language, else in English, else its code."""
        return self.names.get(language) or self.names.get("en") or self.code


class RouteStop(Struct, frozen=True):
    """A place on the way, in a country that is not in the exchange.

    Attributes:
        country: ISO 3166.
        place: in words; nobody's code list is needed for it.
        hours: from release to there; None where that is not known.
    """

    country: str
    place: str | None = None
    hours: int | None = None


class Route(Struct, frozen=True):
    """How long goods take from an office of departure to the entry post of the other side.

    Attributes:
        office: code of the office of departure; ``*`` for any.
        mode: transport mode, UN/ECE Rec 19.
        hours: from release to the entry post.
        via: countries crossed on the way, ISO 3166.
        stops: in the place of `via`, where it is known where and when they are crossed.
    """

    office: str
    mode: str
    post: str
    hours: int
    via: tuple[str, ...] = ()
    stops: tuple[RouteStop, ...] = ()


class CrossingPoint(StrEnum):
    """Where the border counts as crossed."""

    ENTRY_POST = "entry-post"
    """The first post of the state that the information goes to."""
    EXIT_POST = "exit-post"
    """The last post of the state that the information comes from."""


class Measured(StrEnum):
    """Which moment of preliminary information must be early enough."""

    CREATED = "created"
    RECEIVED = "received"


class Crossing(Struct, frozen=True):
    """How "before crossing" is computed: the ETA at which post, which ETAs count, and what must be earlier.

    Attributes:
        eta: bases of an ETA that counts; information with none that counts is not late.
    """

    point: CrossingPoint = CrossingPoint.ENTRY_POST
    eta: tuple[EtaBasis, ...] = (EtaBasis.DECLARED, EtaBasis.ESTIMATED)
    measured: Measured = Measured.RECEIVED


class Deadlines(Struct, frozen=True):
    """Times that the two sides hold each other to, by transport mode where the mode matters.

    Attributes:
        before_crossing: preliminary information at least this long before the ETA at the entry post.
        late_after: an arrival later than ETA plus this is ``arrived-late``.
        overdue_after: no arrival by ETA plus this is ``not-arrived``.
        acknowledgement: the business answer is due within this.
        arrival_information: due within this after the arrival.
        arrival_correction: a post may take an arrival back for this long after it has registered it.
        import_information: due within this after the arrival.
        enquiry_after: no arrival by ETA plus this is asked for; never where nothing is stated.
        reminder_after: an enquiry without reply for this long is repeated, once.
        escalation_after: a reminder without reply for this long is put to a person.
    """

    before_crossing: dict[str, timedelta]
    late_after: dict[str, timedelta]
    overdue_after: dict[str, timedelta]
    acknowledgement: timedelta
    import_information: timedelta
    arrival_information: timedelta = timedelta(hours=24)
    arrival_correction: timedelta = timedelta(hours=1)
    enquiry_after: dict[str, timedelta] = msgspec.field(default_factory=dict)
    reminder_after: dict[str, timedelta] = msgspec.field(default_factory=dict)
    escalation_after: dict[str, timedelta] = msgspec.field(default_factory=dict)


class Reporting(Struct, frozen=True):
    """Status reports: what each side sent and received in a period.

    Attributes:
        every: length of a period; the first begins at midnight as the agreement counts days.
        after: a report is made so long after its period, so that what was on the way has come.
    """

    every: timedelta
    after: timedelta = timedelta(hours=1)


class Tolerance(Struct, frozen=True):
    """How much a found value may differ: the larger of an absolute and a relative bound."""

    absolute: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)
    unit: str = ""

    def allows(self, declared: Decimal, found: Decimal) -> bool:
        """Whether `found` is near enough to `declared`."""
        return abs(found - declared) <= max(self.absolute, abs(declared) * self.percent / 100)

    def __str__(self) -> str:
        """In words and units: ``max(20 kg, 2 %)``."""
        bounds = []
        if self.absolute or not self.percent:
            bounds.append(f"{self.absolute} {self.unit}".strip())
        if self.percent:
            bounds.append(f"{self.percent} %")
        return bounds[0] if len(bounds) == 1 else f"max({', '.join(bounds)})"


class Retention(Struct, frozen=True):
    """How long content and message ids are kept."""

    content: timedelta
    message_ids: timedelta


class AttachmentRule(Struct, frozen=True):
    """What may travel with one kind of message: photographs, X-ray images.

    Attributes:
        files: with one message, at most.
        size: octets of one file, at most.
    """

    files: int
    size: int


class Agreement(Struct, frozen=True):
    """One agreement between two administrations.

    Attributes:
        phases: by what they exchange: one state for good, or periods with a state each.
        offices: whose declarations are exchanged; of a country that names none, all are.
        data_list: per message kind, element path → requirement; what is not named is not sent.
        withheld: element paths that the two sides agreed never to send.
        attachments: per message kind that may carry files; with others none travel.
        excluded: goods that are left out.
        hs_edition: edition of the Harmonized System that codes are stated in, unless an item says otherwise.
        languages: in which it names things.
        reporting: status reports; None where none are made by the clock.
        dates_utc_offset_minutes: where the days of its periods begin.
        instrument: key of what was signed that it rests on; empty where it names none.
        usable: when that is in force, as this node's register says; None where nobody can tell. No part of
            what the two sides agreed.
    """

    id: str
    version: str
    title: dict[str, str]
    legal_basis: str
    signed: date | None
    parties: tuple[AgreementParty, AgreementParty]
    phases: dict[Stage, PhaseState | tuple[PhaseSpan, ...]]
    posts: tuple[Post, ...]
    routes: tuple[Route, ...]
    deadlines: Deadlines
    tolerances: dict[DiscrepancyCode, Tolerance]
    data_list: dict[str, dict[str, Need]]
    withheld: tuple[str, ...]
    hs_edition: str
    languages: tuple[str, ...]
    retention: Retention
    attachments: dict[str, AttachmentRule] = msgspec.field(default_factory=dict)
    offices: tuple[Office, ...] = ()
    crossing: Crossing = Crossing()
    excluded: tuple[Exclusion, ...] = ()
    legal_basis_in: dict[str, str] = msgspec.field(default_factory=dict)
    dates_utc_offset_minutes: int = 0
    reporting: Reporting | None = None
    instrument: str = ""
    usable: tuple[Period, ...] | None = None

    @property
    def countries(self) -> tuple[str, str]:
        """The two countries, sorted."""
        first, second = sorted(party.country for party in self.parties)
        return first, second

    @property
    def corridor(self) -> str:
        """The pair of countries, ``KZ-TJ``."""
        return "-".join(self.countries)

    def other(self, country: str) -> str:
        """The country on the other side of the agreement."""
        first, second = self.countries
        return second if country == first else first

    def day(self, at: datetime) -> date:
        """The day of a moment, as the agreement counts days."""
        return (at.astimezone(UTC) + timedelta(minutes=self.dates_utc_offset_minutes)).date()

    def rests(self, at: datetime) -> bool:
        """Whether what it rests on is in force at a moment, or nobody can tell."""
        day = self.day(at)
        return self.usable is None or any(one.covers(day) for one in self.usable)

    def phase(self, stage: Stage, at: datetime) -> PhaseState:
        """How far a phase is at a moment; what no period covers is off, and all without what it rests on."""
        if not self.rests(at):
            return PhaseState.OFF
        stated = self.phases.get(stage, PhaseState.OFF)
        if isinstance(stated, PhaseState):
            return stated
        day = self.day(at)
        return next((span.state for span in stated if span.covers(day)), PhaseState.OFF)

    def mode(self, stage: Stage, at: datetime) -> Mode | None:
        """The mode in which messages of a phase are sent at a moment; None while it is off."""
        return self.phase(stage, at).mode

    def modes_until(self, stage: Stage, at: datetime) -> frozenset[Mode]:
        """The modes that a phase has had until a moment: what began in one of them may still be answered."""
        stated = self.phases.get(stage, PhaseState.OFF)
        spans = (PhaseSpan(state=stated),) if isinstance(stated, PhaseState) else stated
        until = Period(until=self.day(at))
        usable = (Period(),) if self.usable is None else self.usable
        modes = (
            one.state.mode
            for one in spans
            if any(until.meets(one.within(period)) for period in usable)
        )
        return frozenset(mode for mode in modes if mode is not None)

    def current(self, at: datetime) -> tuple[Stage, Mode] | None:
        """The first phase that is exchanged at a moment, for what belongs to no declaration."""
        modes = ((stage, self.mode(stage, at)) for stage in Stage)
        return next(((stage, mode) for stage, mode in modes if mode is not None), None)

    def exchanges(self, kind: str) -> bool:
        """Whether messages of a kind are exchanged: it has a data list, or is the answer to one that has."""
        return kind == "Acknowledgement" or kind in self.data_list

    def post(self, code: str | None) -> Post | None:
        """The post with this code, whether it takes part now or not."""
        return next((post for post in self.posts if post.code == code), None)

    def posts_of(self, country: str, at: datetime | None = None) -> tuple[Post, ...]:
        """The posts of one side; only those that take part at a moment, if one is given."""
        return tuple(
            post
            for post in self.posts
            if post.country == country and (at is None or post.covers(self.day(at)))
        )

    def takes_part(self, country: str, office: str | None, at: datetime) -> bool:
        """Whether declarations of an office are exchanged at a moment."""
        named = [one for one in self.offices if one.country == country]
        day = self.day(at)
        return not named or any(one.code in ("*", office) and one.covers(day) for one in named)

    def deadline(self, of: dict[str, timedelta], mode: str | None) -> timedelta:
        """A deadline by transport mode, else the one for any mode (``*``)."""
        found = of.get(mode or "*")
        return of["*"] if found is None else found
