"""TOML text → Register, or every reason why not, each with its key and line."""

from __future__ import annotations

from datetime import date

import msgspec

from keruen import tomlfile
from keruen.agreement.instruments.meaning import mistakes
from keruen.agreement.instruments.model import (
    Evidence,
    Field,
    Instrument,
    Kind,
    Milestone,
    Party,
    Register,
)
from keruen.agreement.model import Period
from keruen.customs import Struct
from keruen.tomlfile import Read

CODE = "instruments-invalid"


class StatedInstrument(Struct, frozen=True):
    """An instrument as the file has it: parties and bodies are tables of it."""

    key: str
    kind: Kind
    title: dict[str, str]
    party: tuple[Party, ...] = ()
    field: Field | None = None
    body: tuple[Party, ...] = ()
    signed: date | None = None
    place: dict[str, str] = msgspec.field(default_factory=dict)
    in_force: date | None = None
    pending: bool = False
    period: Period = Period()
    terminated: date | None = None
    suspended: tuple[Period, ...] = ()
    number: int | None = None
    source: str = ""


class _File(Struct, frozen=True):
    """The register's file as it is written."""

    instrument: tuple[StatedInstrument, ...] = ()
    milestone: tuple[Milestone, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def read_register(text: str, *, name: str = "instruments.toml") -> Register:
    """The register that a TOML file states.

    Raises:
        UsageError: ``instruments-invalid``, the first mistake with its key and line.
    """
    return check_register(text, name=name).must()


def check_register(text: str, *, name: str = "instruments.toml") -> Read[Register]:
    """The register that a TOML file states, or every mistake in it."""
    read = tomlfile.read(text, _File, name=name, code=CODE, meaning=mistakes)
    return Read(None, read.mistakes) if read.value is None else Read(_register(read.value))


def _register(file: _File) -> Register:
    return Register(
        instruments=tuple(map(instrument_of, file.instrument)),
        milestones=file.milestone,
        evidence=file.evidence,
    )


def instrument_of(stated: StatedInstrument) -> Instrument:
    """What the file says of an instrument, without what only a file of proposals says."""
    names = {field.name for field in msgspec.structs.fields(Instrument)}
    given = {name: value for name, value in msgspec.structs.asdict(stated).items() if name in names}
    return Instrument(parties=stated.party, bodies=stated.body, **given)
