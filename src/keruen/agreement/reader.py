"""TOML text → Agreement, or every reason why not, each with its key and line."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from keruen import tomlfile
from keruen.agreement.meaning import mistakes
from keruen.agreement.model import (
    Agreement,
    AgreementParty,
    AttachmentRule,
    Crossing,
    Deadlines,
    Exclusion,
    Need,
    Office,
    PhaseSpan,
    PhaseState,
    Post,
    Reporting,
    Requirement,
    Retention,
    Route,
    Tolerance,
)
from keruen.customs import DiscrepancyCode, Struct
from keruen.messages import Amendment, PreliminaryInformation, Stage
from keruen.tomlfile import Read

CODE = "agreement-invalid"


class _Deadlines(Struct, frozen=True):
    before_crossing: dict[str, float]
    late_after: dict[str, float]
    overdue_after: dict[str, float]
    acknowledgement: float
    import_information: float
    arrival_information: float = 24
    arrival_correction: float = 1
    enquiry_after: dict[str, float] = msgspec.field(default_factory=dict)
    reminder_after: dict[str, float] = msgspec.field(default_factory=dict)
    escalation_after: dict[str, float] = msgspec.field(default_factory=dict)


class _Reporting(Struct, frozen=True):
    every: float
    after: float = 1


class _Withheld(Struct, frozen=True):
    elements: tuple[str, ...] = ()


class _Retention(Struct, frozen=True):
    content: int
    message_ids: int


class _File(Struct, frozen=True):
    """The agreement file as it is written: TOML tables, hours and days as numbers."""

    id: str
    version: str
    title: dict[str, str]
    legal_basis: str
    hs_edition: str
    languages: tuple[str, ...]
    party: tuple[AgreementParty, ...]
    phases: dict[Stage, PhaseState | tuple[PhaseSpan, ...]]
    deadlines: _Deadlines
    data: dict[str, dict[str, Need]]
    retention: _Retention
    signed: date | None = None
    tolerances: dict[DiscrepancyCode, Tolerance] = msgspec.field(default_factory=dict)
    post: tuple[Post, ...] = ()
    route: tuple[Route, ...] = ()
    withheld: _Withheld = _Withheld()
    attachments: dict[str, AttachmentRule] = msgspec.field(default_factory=dict)
    office: tuple[Office, ...] = ()
    crossing: Crossing = Crossing()
    excluded: tuple[Exclusion, ...] = ()
    legal_basis_in: dict[str, str] = msgspec.field(default_factory=dict)
    dates_utc_offset_minutes: int = 0
    reporting: _Reporting | None = None
    instrument: str = ""


def read_agreement(text: str, *, name: str = "agreement") -> Agreement:
    """The agreement that a TOML file states.

    Args:
        text: content of the file.
        name: file name for messages.

    Raises:
        UsageError: ``agreement-invalid``, the first mistake with its key and line.
    """
    return check_agreement(text, name=name).must()


def check_agreement(text: str, *, name: str = "agreement") -> Read[Agreement]:
    """The agreement that a TOML file states, or every mistake in it."""
    read = tomlfile.read(text, _File, name=name, code=CODE, meaning=mistakes)
    return Read(_agreement(read.value)) if read.value else Read(None, read.mistakes)


def _agreement(file: _File) -> Agreement:
    return Agreement(
        id=file.id,
        version=file.version,
        title=file.title,
        legal_basis=file.legal_basis,
        signed=file.signed,
        parties=(file.party[0], file.party[1]),
        phases={stage: _phase(stated) for stage, stated in file.phases.items()},
        posts=file.post,
        routes=file.route,
        deadlines=Deadlines(
            before_crossing=_hours(file.deadlines.before_crossing),
            late_after=_hours(file.deadlines.late_after),
            overdue_after=_hours(file.deadlines.overdue_after),
            acknowledgement=timedelta(hours=file.deadlines.acknowledgement),
            import_information=timedelta(hours=file.deadlines.import_information),
            arrival_information=timedelta(hours=file.deadlines.arrival_information),
            arrival_correction=timedelta(hours=file.deadlines.arrival_correction),
            enquiry_after=_hours(file.deadlines.enquiry_after),
            reminder_after=_hours(file.deadlines.reminder_after),
            escalation_after=_hours(file.deadlines.escalation_after),
        ),
        tolerances=file.tolerances,
        data_list=_lists(file.data),
        withheld=file.withheld.elements,
        hs_edition=file.hs_edition,
        languages=file.languages,
        retention=Retention(
            content=timedelta(days=file.retention.content),
            message_ids=timedelta(days=file.retention.message_ids),
        ),
        attachments=file.attachments,
        offices=file.office,
        crossing=file.crossing,
        excluded=file.excluded,
        legal_basis_in=file.legal_basis_in,
        dates_utc_offset_minutes=file.dates_utc_offset_minutes,
        reporting=_reporting(file.reporting),
        instrument=file.instrument,
    )


def _reporting(stated: _Reporting | None) -> Reporting | None:
    if stated is None:
        return None
    return Reporting(
        every=timedelta(hours=stated.every),
        after=timedelta(hours=stated.after),
    )


def _lists(data: dict[str, dict[str, Need]]) -> dict[str, dict[str, Need]]:
    """An amendment may say what preliminary information may, and why; unless it has a list of its own."""
    usual = {**data[PreliminaryInformation.__name__], "reason": Requirement.OPTIONAL}
    return {Amendment.__name__: usual, **data}


def _hours(table: dict[str, float]) -> dict[str, timedelta]:
    return {mode: timedelta(hours=hours) for mode, hours in table.items()}


def _phase(stated: PhaseState | tuple[PhaseSpan, ...]) -> PhaseState | tuple[PhaseSpan, ...]:
    """Periods in the order of time; one that is open on both sides is a state for good."""
    if isinstance(stated, PhaseState):
        return stated
    spans = tuple(sorted(stated, key=lambda one: one.since or date.min))
    forever = len(spans) == 1 and spans[0].since is None and spans[0].until is None
    return spans[0].state if forever else spans
