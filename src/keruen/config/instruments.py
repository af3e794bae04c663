"""The register of instruments in a node directory, and what agreements say that rests on it.

A directory made before there were registers has none: it goes on, and `check` says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import resources
from pathlib import Path

from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.agreement import groundless as unfounded
from keruen.agreement.instruments import (
    Register,
    Waiting,
    check_addition,
    check_register,
    register_text,
)
from keruen.config.newfile import new_file
from keruen.config.nodefiles import text_of
from keruen.errors import KeruenError, UsageError
from keruen.tomlfile import FileError, Read
from keruen.tomllines import line_of

FILE = "instruments.toml"
PROPOSED = "instruments-proposed.toml"
"""What was read from communiqués and nobody confirmed yet."""
NO_REGISTER = "register-missing"
"""Code of a warning: nobody can tell whether what agreements rest on is in force."""
UNNAMED = "instrument-unnamed"
"""Code of a warning: an agreement names none of the instruments that it could rest on."""
UNKNOWN = "instrument-unknown"
WARNINGS = (NO_REGISTER, UNNAMED, "instrument-not-in-force")

_EMPTY = """\
# What {one} and {other} signed. One [[instrument]] a document: key, kind, title, signed, and who signed it
# ([[instrument.party]]); milestones and evidence below. Take documents from a communique:
#   keruen instruments import DIR FILE
# An agreement in agreements/ rests on one by its key (instrument = "…"), and is used only while it is in force.
"""


def first_text(one: str, other: str) -> str:
    """The register that a directory begins with; of other pairs than Kazakhstan and Tajikistan an empty one."""
    if {one, other} != {"KZ", "TJ"}:
        return _EMPTY.format(one=one, other=other)
    package = resources.files("keruen.agreement.instruments")
    return package.joinpath("first.toml").read_text(encoding="utf-8")


def register_of(root: Path) -> Read[Register]:
    """The register of a node directory; neither value nor mistakes where there is no file."""
    path = root / FILE
    if not path.is_file():
        return Read(None)
    try:
        return check_register(text_of(path), name=str(path))
    except FileError as mistake:
        return Read(None, (mistake,))


def load(root: Path) -> Register | None:
    """The register of a node directory; None where there is no file.

    Raises:
        UsageError: the first mistake in it.
    """
    read = register_of(root)
    return read.must() if read.mistakes else read.value


def must(root: Path) -> Register:
    """The register of a node directory.

    Raises:
        UsageError: there is none, or the first mistake in it.
    """
    register = load(root)
    if register is None:
        raise UsageError(NO_REGISTER, _no_register(root), path=str(root / FILE))
    return register


def _no_register(root: Path) -> str:
    return f"there is no register of instruments; take documents in: keruen instruments add {root} FILE"


def resting(agreement: Agreement, register: Register | None) -> Agreement:
    """An agreement that is used only while what it rests on is in force, where the register knows that."""
    instrument = register.get(agreement.instrument) if register else None
    if instrument is None:
        return agreement
    return replace(agreement, usable=instrument.in_force_when())


def mistakes(
    root: Path, agreements: Mapping[Path, Agreement], now: datetime
) -> Iterator[KeruenError]:
    """What is wrong with the register, and with what agreements say that rests on it."""
    read = register_of(root)
    yield from read.mistakes
    if read.mistakes:
        return
    if read.value is None:
        yield UsageError(NO_REGISTER, _no_register(root), path=str(root / FILE))
        return
    yield from groundless(agreements, read.value)
    for path, agreement in agreements.items():
        for found in unfounded(resting(agreement, read.value), now):
            yield FileError(found.code, found.text, key="instrument", path=str(path))
        between = ", ".join(read.value.between(*agreement.countries))
        if between and not agreement.instrument:
            reason = (
                'names no instrument that it rests on (instrument = "…"), so that it is used whatever is '
                f"in force; there are {between}"
            )
            yield FileError(UNNAMED, reason, path=str(path))


def groundless(
    agreements: Mapping[Path, Agreement], register: Register | None
) -> Iterator[FileError]:
    """Agreements that rest on what the register does not know; without a register nobody can tell."""
    for path, agreement in agreements.items() if register else ():
        key = agreement.instrument
        if key and register and register.get(key) is None:
            reason = f"{FILE} has no instrument {key}; add it, or name the right one"
            line = line_of(text_of(path), ("instrument",))
            yield FileError(UNKNOWN, reason, key="instrument", path=str(path), line=line)


def proposed(root: Path) -> tuple[Waiting, ...]:
    """What was proposed from communiqués and waits for a person; nothing where the file has mistakes."""
    path = root / PROPOSED
    if not path.is_file():
        return ()
    read = check_addition(text_of(path), load(root) or Register(), name=str(path))
    return read.value.waiting if read.value else ()


def add(root: Path, addition: Register) -> None:
    """Write instruments, milestones and evidence behind what the register has; it is made where there is none.

    Raises:
        UsageError: what is there and what is added do not go together; nothing is written.
    """
    path = root / FILE
    before = text_of(path) if path.is_file() else ""
    text = f"{before.rstrip()}\n\n{register_text(addition)}".lstrip()
    check_register(text, name=str(path)).must()
    with new_file(path) as file:
        file.write(text.encode())
