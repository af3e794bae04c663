"""The command that loads a published table as a code list."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON, DIRECTORY, FILE
from keruen.clock import Clock
from keruen.config import codelists, codeliststore
from keruen.config.codelists import Facts, Imported
from keruen.config.nodefiles import settings_of
from keruen.customs.codelists import Entry
from keruen.customs.codelists.reading import INVALID, read_table
from keruen.errors import UsageError
from keruen.tomlfile import FileError, Read

SIZE = 128 * 1024 * 1024
"""Bytes of a published table, at most."""
MANY = 20_000
"""Lines from which a progress bar shows."""
LIST = click.argument("list_id", metavar="LIST")


def facts_of(version: Imported) -> dict[str, Any]:
    """A version as a program reads it."""
    plain: dict[str, Any] = msgspec.to_builtins(version.facts)
    return {"version": version.number, **plain, "path": str(version.table)}


def in_words(facts: dict[str, Any]) -> str:
    """A version as a person reads it."""
    since = f"from {facts['since']}" if facts["since"] else "ever since"
    instead = ", in place of the program's own" if facts["instead"] else ""
    return (
        f"version {facts['version']}: {facts['codes']} codes, in force {since}{instead}; imported "
        f"{facts['imported'][:10]} from {facts['file']}, SHA-256 {facts['sha256'][:16]}…"
    )


def today(root: Path) -> date:
    """The node's own day (UTC).

    Raises:
        UsageError: there is no node, or its settings have a mistake.
    """
    clock = settings_of(root).must().clock
    return Clock(clock.settings() if clock else None).now().date()


def _pairs(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> list[tuple[str, str]]:
    """``NAME=VALUE``, any number of times."""
    pairs = [one.partition("=")[::2] for one in given]
    if not all(name and value for name, value in pairs):
        raise click.BadParameter("say it as NAME=VALUE")
    return [(name.strip(), value.strip()) for name, value in pairs]


@click.command("import")
@DIRECTORY
@LIST
@click.argument("file", type=FILE)
@click.option(
    "--column",
    "columns",
    metavar="NAME=HEADER",
    multiple=True,
    callback=_pairs,
    help="Which header is code, valid_from, valid_until, name_ru, … where it is not recognised; A+B are two.",
)
@click.option(
    "--where",
    metavar="HEADER=VALUE",
    multiple=True,
    callback=_pairs,
    help="Only lines that have this value there, or one of several.",
)
@click.option("--from", "since", type=DAY, help="First day on which this version is in force.")
@click.option("--always", is_flag=True, help="In force ever since; so is the first version.")
@click.option(
    "--instead", is_flag=True, help="In place of the program's own list, not added to it."
)
@click.option("--edition", default="", help="Edition of the publication, such as 2022.")
@click.option("--title", default="", help="What the list is.")
@click.option("--source", default="", help="Who publishes it.")
@click.option("--encoding", default="utf-8", show_default=True, help="Of the file.")
@click.option("--dry-run", is_flag=True, help="Read and check it; change nothing.")
@AS_JSON
def import_(
    root: Path,
    list_id: str,
    file: str,
    *,
    since: date | None,
    always: bool,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Load a published table (CSV) as a list, or as its next version; a mistake in it changes nothing."""
    if since and always:
        raise click.UsageError("say either --from DATE or --always")
    day = today(root)
    if codelists.imported(root, list_id) and not always:
        since = since or day
    how = {name: given.pop(name) for name in ("encoding", "columns", "where")}
    table = _table(file, list_id, **how)
    entries = table.must()
    facts = Facts(
        **given,
        file="standard input" if file == "-" else Path(file).name,
        imported=Clock.wall().replace(microsecond=0),
        since=since,
        codes=len(entries),
        sha256="",
    )
    for remark in table.remarks:
        click.echo(f"  warning: {remark}", err=True)
    if dry_run:
        click.echo(f"{len(entries)} entries can be imported; nothing was changed.", err=True)
        return
    stored = codeliststore.store(root, list_id, entries, facts)
    _say(root, stored, table.remarks, as_json=as_json)


def _table(
    file: str,
    list_id: str,
    encoding: str,
    columns: list[tuple[str, str]],
    where: list[tuple[str, str]],
) -> Read[list[Entry]]:
    """The entries of a published table, or its mistakes.

    Raises:
        UsageError: ``codelist-invalid``: it is not in this encoding.
        InputError: the file cannot be read, or is too large.
    """
    text = _decoded(output.read_file(file, SIZE), file, encoding)
    only = defaultdict(set)
    for header, value in where:
        only[header].add(value)
    lines = _with_bar(io.StringIO(text, newline=""), text.count("\n"))
    return read_table(lines, list_id=list_id, name=file, chosen=dict(columns), only=only)


def _decoded(octets: bytes, file: str, encoding: str) -> str:
    try:
        return octets.decode(encoding)
    except LookupError as error:
        raise click.BadParameter(f"no encoding is called {encoding}") from error
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        text = f"the file is no text in {encoding}; say in which it is, such as --encoding cp1251"
        raise UsageError(INVALID, text, path=file, line=line) from error


def _with_bar(lines: Iterable[str], count: int) -> Iterator[str]:
    with output.bar(wanted=count >= MANY) as bar:
        yield from bar.track(lines, total=count, description="Reading")


def _say(root: Path, version: Imported, remarks: Iterable[FileError], *, as_json: bool) -> None:
    if as_json:
        said = [{"code": one.code, "line": one.line, "text": one.text} for one in remarks]
        output.as_json({"list": version.list_id, **facts_of(version), "warnings": said})
        return
    click.echo(f"{version.list_id}, {in_words(facts_of(version))}")
    click.echo(
        f"A node that is running reads its code lists when it starts again. To undo it: keruen codelists "
        f"remove {root} {version.list_id}",
        err=True,
    )
