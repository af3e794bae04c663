"""How commands read and speak: files in, JSON for programs, lines and tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from keruen.customs import Discrepancy, Finding
from keruen.errors import InputError, UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

DIRECTORY = click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)
FILES = click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
LANGUAGE = click.option(
    "--language",
    default="en",
    show_default=True,
    type=click.Choice(["kk", "ru", "tg", "en"]),
    help="To print it in.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")

TEXT_SIZE = 1024 * 1024
"""Bytes of a file that a person edits, at most."""


def as_json(value: Any) -> None:
    """Print a value (structs included) as one JSON document on standard output."""
    plain = msgspec.to_builtins(value, str_keys=True)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2, default=str))


def bar(*, wanted: bool = True) -> Progress:
    """A progress bar on standard error that goes when it is done; none where nobody would see it.

    Args:
        wanted: whether it takes long enough for one.
    """
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    shown = wanted and console.is_terminal
    return Progress(console=console, transient=True, disable=not shown)


def findings(found: Iterable[Finding], *, err: bool = False, language: str = "en") -> None:
    """Print findings as lines: severity, code, path, declared value, what would be right in a language."""
    from keruen.console.texts import texts_in

    right = texts_in(language).right if language != "en" else lambda one: one.text
    for one in found:
        where = f" {one.path}" if one.path else ""
        declared = f" = {one.declared!r}" if one.declared is not None else ""
        click.echo(f"  {one.severity}: {one.code}{where}{declared}: {right(one)}", err=err)


def discrepancy(found: Discrepancy) -> str:
    """A coded difference as one line."""
    item = f" item {found.item}" if found.item is not None else ""
    allowed = f" (tolerance {found.tolerance})" if found.tolerance else ""
    return (
        f"{found.code}{item}: declared {found.declared or '–'}, found {found.found or '–'}{allowed}"
    )


def read_file(path: str, limit: int) -> bytes:
    """Content of a file, or of standard input for ``-``.

    Args:
        path: of the file.
        limit: bytes that are read at most.

    Raises:
        InputError: ``file-unreadable`` or ``input-too-large``.
    """
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(data) > limit:
        from keruen.formats import WORDING

        raise WORDING.error(InputError, "input-too-large", limit, path=path)
    return data


def _unreadable(path: str, error: OSError) -> InputError:
    from keruen.formats.wording import OTHERWISE_UNREADABLE, UNREADABLE, WORDING

    why = UNREADABLE.get(error.strerror or "", OTHERWISE_UNREADABLE)
    return WORDING.error(InputError, "file-unreadable", why, path=path, detail=error.strerror)


def read_text(path: str) -> str:
    """Text of a file that a person edits.

    Raises:
        UsageError: ``not-utf-8``.
        InputError: as `read_file`.
    """
    try:
        return read_file(path, TEXT_SIZE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("not-utf-8", "the file must be text in UTF-8", path=path) from error
