"""Files to be added to a register: proposals of a communiqué, written for a person to confirm, and read back.

What nobody confirmed stays outside; what is added is checked together with what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from keruen import tomlfile
from keruen.agreement.instruments.communique import Proposal
from keruen.agreement.instruments.meaning import mistakes
from keruen.agreement.instruments.model import Evidence, Instrument, Milestone, Register
from keruen.agreement.instruments.reader import CODE, StatedInstrument, instrument_of
from keruen.agreement.instruments.written import instrument_text
from keruen.customs import Struct
from keruen.tomlfile import Read, quoted


class _Proposed(StatedInstrument, frozen=True):
    """An instrument in a file to be added; one that is not confirmed stays outside.

    Attributes:
        stands: where the text says it: ``line:column-line:column``.
        quoted: what the text says, word for word.
        unread: what could not be read.
        shared: what all parties are, where the text says it once for all.
    """

    confirmed: bool = True
    stands: str = ""
    quoted: str = ""
    unread: tuple[str, ...] = ()
    shared: str = ""


class _File(Struct, frozen=True):
    instrument: tuple[_Proposed, ...] = ()
    milestone: tuple[Milestone, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Waiting(Struct, frozen=True):
    """A proposal that nobody confirmed yet."""

    instrument: Instrument
    stands: str
    quoted: str
    unread: tuple[str, ...]
    shared: str = ""


class Addition(Struct, frozen=True):
    """What a file adds to a register, and what in it waits for a person."""

    register: Register
    waiting: tuple[Waiting, ...] = ()


def check_addition(text: str, known: Register, *, name: str) -> Read[Addition]:
    """What a file adds to a known register, or every mistake in it; what is not confirmed may have some."""
    meaning = partial(mistakes, known=known)
    read = tomlfile.read(text, _File, name=name, code=CODE, meaning=meaning)
    if read.value is None:
        return Read(None, read.mistakes)
    file = read.value
    register = Register(
        instruments=tuple(instrument_of(one) for one in file.instrument if one.confirmed),
        milestones=file.milestone,
        evidence=file.evidence,
    )
    waiting = tuple(
        Waiting(instrument_of(one), one.stands, one.quoted, one.unread, one.shared)
        for one in file.instrument
        if not one.confirmed
    )
    return Read(Addition(register, waiting))


def proposed(proposal: Proposal, instrument: Instrument) -> Waiting:
    """A proposal that waits for a person, with what the register would have of it."""
    return Waiting(
        instrument, str(proposal.place), proposal.title, proposal.unread, proposal.shared
    )


def waiting_text(one: Waiting) -> str:
    """A proposal as a table of TOML."""
    head = [
        "confirmed = false                       # true: it was compared with the text, and enters",
        f"stands = {quoted(one.stands)}",
        f"quoted = {quoted(one.quoted)}",
        f"unread = [{', '.join(map(quoted, one.unread))}]",
    ]
    if one.shared:
        head.append(f"shared = {quoted(one.shared)}")
    table, _, rest = instrument_text(one.instrument).partition("\n")
    return "\n".join([table, *head, rest])


def instruments_of(
    proposals: Iterable[Proposal], known: Register, prefix: str, given: Instrument
) -> tuple[Instrument, ...]:
    """What the register would have of proposals, under keys that are free.

    Args:
        prefix: how the keys begin; the number of the document follows.
        given: what a person says of all of them: signed, place, source.
    """
    taken = {one.key for one in known.instruments}
    made: list[Instrument] = []
    for count, one in enumerate(proposals, start=1):
        key = next(key for key in _keys(f"{prefix}-{one.number or count}") if key not in taken)
        taken.add(key)
        made.append(
            Instrument(
                key=key,
                kind=one.kind,
                title={one.language: one.title},
                parties=one.parties,
                field=one.field,
                period=one.period,
                number=one.number,
                signed=given.signed,
                place=given.place,
                source=given.source,
            )
        )
    return tuple(made)


def _keys(key: str) -> Iterable[str]:
    yield key
    yield from (f"{key}-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz")
