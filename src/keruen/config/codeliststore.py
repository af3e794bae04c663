"""Versions of code lists are kept and taken away whole: a folder appears under its name, or it does not."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from keruen.config.codelists import ABOUT, FOLDER, TABLE, Facts, Imported, imported
from keruen.customs.codelists import Entry
from keruen.customs.codelists.columns import cells_of, header_of
from keruen.errors import UsageError
from keruen.tomlfile import quoted


def store(root: Path, list_id: str, entries: Sequence[Entry], facts: Facts) -> Imported:
    """Keep a version of a list behind those that there are; whoever reads meanwhile sees it whole or not.

    Args:
        facts: its number of codes and its digest are found here.

    Raises:
        UsageError: ``directory-unwritable``; ``codelist-busy``, where another import was as quick.
    """
    octets = _table(entries)
    facts = msgspec.structs.replace(
        facts,
        codes=len({entry.code for entry in entries}),
        sha256=hashlib.sha256(octets).hexdigest(),
    )
    number = max((one.number for one in imported(root, list_id)), default=0) + 1
    folder = root / FOLDER / list_id / str(number)
    try:
        _appear(folder, {TABLE: octets, ABOUT: _toml(facts).encode()})
    except OSError as error:
        if folder.exists():
            busy = "another import of this list came first; try again"
            raise UsageError("codelist-busy", busy, path=str(folder)) from error
        reason = f"cannot be written: {error.strerror}"
        raise UsageError("directory-unwritable", reason, path=error.filename) from error
    return Imported(list_id, number, folder, facts)


def _appear(folder: Path, files: dict[str, bytes]) -> None:
    """Make a folder with its files; fails where there is one of that name."""
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        temporary.mkdir(parents=True)
        for name, octets in files.items():
            with (temporary / name).open("wb") as file:
                file.write(octets)
                file.flush()
                os.fsync(file.fileno())
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _table(entries: Sequence[Entry]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    header = header_of(entries)
    writer.writerow(header)
    writer.writerows(cells_of(entry, header) for entry in entries)
    return file.getvalue().encode()


def _toml(facts: Facts) -> str:
    lines = [f"# Written by keruen codelists import; the codes are in {TABLE} beside it.\n"]
    for name in facts.__struct_fields__:
        value = getattr(facts, name)
        if value is not None:
            lines.append(f"{name} = {_value(value)}\n")
    return "".join(lines)


def _value(value: object) -> str:
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)


def remove(root: Path, list_id: str, number: int | None = None) -> Imported:
    """Take a version of a list away; without a number the last one.

    Raises:
        UsageError: ``codelist-unknown``, where there is none; ``directory-unwritable``.
    """
    found = imported(root, list_id)
    chosen = [one for one in found if number in (None, one.number)]
    if not chosen:
        there = ", ".join(str(one.number) for one in found)
        text = f"{list_id} has no version {number}; there are {there}" if there else ""
        raise UsageError("codelist-unknown", text or f"no list {list_id} was imported here")
    gone = chosen[-1]
    away = gone.folder.with_name(f".removed.{gone.number}.{os.getpid()}")
    try:
        gone.folder.rename(away)
        shutil.rmtree(away)
        if len(found) == 1:
            gone.folder.parent.rmdir()
    except OSError as error:
        reason = f"cannot be taken away: {error.strerror}"
        raise UsageError("directory-unwritable", reason, path=error.filename) from error
    return gone
