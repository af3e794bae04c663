"""What two administrations agreed: every deadline, list and tolerance that the exchange applies.

Nothing of it is a constant in the program: a protocol between two other states is another file.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import msgspec

from keruen.customs import DiscrepancyCode, Struct
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


class Requirement(StrEnum):
    """Whether an element of the data list must be there."""

    MANDATORY = "M"
    OPTIONAL = "O"


class AgreementParty(Struct, frozen=True):
    """One administration that is party to the agreement."""

    country: str
    authority: str
    utc_offset_minutes: int


class Post(Struct, frozen=True):
    """A border post that takes part. `pilot` marks a code of the project's own, to be replaced."""

    code: str
    country: str
    modes: tuple[str, ...]
    names: dict[str, str]
    pilot: bool = False

    def name(self, language: str) -> str:
        """The post's name in a language, else in English, else its code."""
        return self.names.get(language) or self.names.get("en") or self.code


class Route(Struct, frozen=True):
    """How long goods take from an office of departure to the entry post of the other side.

    Attributes:
        office: code of the office of departure; ``*`` for any.
        mode: transport mode, UN/ECE Rec 19.
        hours: from release to the entry post.
        via: countries crossed on the way, ISO 3166.
    """

    office: str
    mode: str
    post: str
    hours: int
    via: tuple[str, ...] = ()


class Deadlines(Struct, frozen=True):
    """Times that the two sides hold each other to, by transport mode where the mode matters.

    Attributes:
        before_crossing: preliminary information at least this long before the ETA at the entry post.
        late_after: an arrival later than ETA plus this is ``arrived-late``.
        overdue_after: no arrival by ETA plus this is ``not-arrived``.
        acknowledgement: the business answer is due within this.
        import_information: due within this after the arrival.
    """

    before_crossing: dict[str, timedelta]
    late_after: dict[str, timedelta]
    overdue_after: dict[str, timedelta]
    acknowledgement: timedelta
    import_information: timedelta


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
        data_list: per message kind, element path → requirement; what is not named is not sent.
        withheld: element paths that the two sides agreed never to send.
        attachments: per message kind that may carry files; with others none travel.
        hs_edition: edition of the Harmonized System that codes are stated in, unless an item says otherwise.
    """

    id: str
    version: str
    title: dict[str, str]
    legal_basis: str
    signed: date | None
    parties: tuple[AgreementParty, AgreementParty]
    phases: dict[Stage, PhaseState]
    posts: tuple[Post, ...]
    routes: tuple[Route, ...]
    deadlines: Deadlines
    tolerances: dict[DiscrepancyCode, Tolerance]
    data_list: dict[str, dict[str, Requirement]]
    withheld: tuple[str, ...]
    hs_edition: str
    languages: tuple[str, ...]
    retention: Retention
    attachments: dict[str, AttachmentRule] = msgspec.field(default_factory=dict)

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

    def post(self, code: str | None) -> Post | None:
        """The participating post with this code."""
        return next((post for post in self.posts if post.code == code), None)

    def posts_of(self, country: str) -> tuple[Post, ...]:
        """The posts of one side."""
        return tuple(post for post in self.posts if post.country == country)

    def deadline(self, of: dict[str, timedelta], mode: str | None) -> timedelta:
        """A deadline by transport mode, else the one for any mode (``*``)."""
        return of.get(mode or "*") or of["*"]
