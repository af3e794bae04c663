"""Code lists that an administration imported: ``codelists/LIST/N/`` is version N of a list.

``codes.csv`` holds its codes, ``about.toml`` what is known of it. A list is read when it is first asked for, so
that commands that need none lose no time.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path

import msgspec

from keruen.config.nodefiles import text_of
from keruen.customs.codelists import BUILT_IN, CodeList, CodeLists, Entry, Published
from keruen.customs.codelists.columns import Columns
from keruen.customs.codelists.versions import Version, on_top, succession
from keruen.errors import UsageError
from keruen.tomlfile import FileError, read

FOLDER = "codelists"
ABOUT, TABLE = "about.toml", "codes.csv"
"""Files of a version."""
DAMAGED = "codelist-damaged"
_ID = re.compile("[a-z0-9][a-z0-9-]{0,39}")
"""Names of lists: they are names of folders, too."""


class Facts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of one imported version.

    Attributes:
        since: first day on which it is in force; None: ever since.
        instead: whether it takes the place of the program's own list, not only adds to it.
        codes: how many there are.
        sha256: of the CSV file beside it.
    """

    title: str = ""
    edition: str = ""
    source: str = ""
    file: str = ""
    imported: datetime
    since: date | None = None
    instead: bool = False
    codes: int
    sha256: str


class Imported(msgspec.Struct, frozen=True):
    """One version of a list, as it lies in the node directory."""

    list_id: str
    number: int
    folder: Path
    facts: Facts

    @property
    def table(self) -> Path:
        """The file of its codes."""
        return self.folder / TABLE


def checked_id(list_id: str) -> str:
    """The id of a list, if it can be one.

    Raises:
        UsageError: ``codelist-unnamed``.
    """
    if not _ID.fullmatch(list_id):
        text = (
            f"{list_id!r} cannot name a list: small letters, digits and hyphens, such as tnved-eaeu"
        )
        raise UsageError("codelist-unnamed", text)
    return list_id


def imported(root: Path, list_id: str) -> list[Imported]:
    """The versions of a list in the order in which they were imported.

    Raises:
        FileError: ``codelist-damaged``, where the file about a version cannot be read.
    """
    found = (root / FOLDER / checked_id(list_id)).glob("*")
    folders = {int(one.name): one for one in found if one.name.isdecimal()}
    return [
        Imported(list_id, number, folder, _facts(folder / ABOUT))
        for number, folder in sorted(folders.items())
    ]


def _facts(path: Path) -> Facts:
    return read(text_of(path), Facts, name=str(path), code=DAMAGED).must()


def imported_ids(root: Path) -> list[str]:
    """The lists that a node directory has, sorted."""
    folders = sorted((root / FOLDER).glob("*"))
    return [one.name for one in folders if _ID.fullmatch(one.name) and any(one.glob("[0-9]*"))]


def code_lists(root: Path) -> CodeLists:
    """The program's lists and those of a node directory, none of them read yet."""
    return BUILT_IN.with_sources(
        {list_id: partial(_made, root, list_id) for list_id in imported_ids(root)}
    )


def _made(root: Path, list_id: str) -> CodeList:
    """A list from its versions.

    Raises:
        FileError: ``codelist-damaged``.
    """
    own = BUILT_IN[list_id] if BUILT_IN.known(list_id) else CodeList(id=list_id)
    versions = [Version(None, own.entries)] if own.entries else []
    found = imported(root, list_id)
    for one in found:
        table = CodeList.of(list_id, entries_of(one))
        below = {} if one.facts.instead else own.entries
        versions.append(Version(one.facts.since, on_top(below, table.entries)))
    facts = found[-1].facts
    return CodeList(
        id=list_id,
        title=facts.title or own.title,
        edition=facts.edition or own.edition,
        source=facts.source or facts.file or own.source,
        versions=tuple(_published(one) for one in found),
        entries=succession(versions),
    )


def _published(version: Imported) -> Published:
    facts = version.facts
    return Published(
        number=version.number,
        since=facts.since,
        imported=facts.imported,
        codes=facts.codes,
        file=facts.file,
        sha256=facts.sha256,
    )


def entries_of(version: Imported) -> list[Entry]:
    """The entries of one version.

    Raises:
        FileError: ``codelist-damaged``, where its file is not the one that was imported.
    """
    try:
        octets = version.table.read_bytes()
    except OSError as error:
        raise _damage(version, f"cannot be read: {error.strerror}") from error
    if hashlib.sha256(octets).hexdigest() != version.facts.sha256:
        raise _damage(version, "is not as it was imported (its SHA-256 differs)")
    rows = csv.reader(io.StringIO(octets.decode(), newline=""))
    columns = Columns(next(rows))
    return [columns.entry(row) for row in rows]


def _damage(version: Imported, reason: str) -> FileError:
    remedy = f"import the list again, or take this version away: keruen codelists remove DIR {version.list_id}"
    return FileError(
        DAMAGED,
        f"{reason}; {remedy} --version {version.number}",
        path=str(version.table),
    )


def must_be_whole(root: Path) -> None:
    """Look at the imported lists before a node runs with them.

    Raises:
        FileError: ``codelist-damaged``, the first one.
    """
    for mistake in mistakes(root):
        raise mistake


def mistakes(root: Path) -> Iterator[FileError]:
    """What is wrong with the imported lists, each looked at whole."""
    for list_id in imported_ids(root):
        try:
            for version in imported(root, list_id):
                entries_of(version)
        except FileError as mistake:
            yield mistake
