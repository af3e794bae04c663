"""How commands speak: JSON for programs, lines and tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.customs import Finding
from keruen.errors import UsageError

DIRECTORY = click.argument("root", metavar="DIR", type=click.Path(path_type=Path))
FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


def as_json(value: Any) -> None:
    """Print a value (structs included) as one JSON document on standard output."""
    plain = msgspec.to_builtins(value, str_keys=True)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=2, default=str))


def findings(found: Iterable[Finding]) -> None:
    """Print findings as lines: severity, code, path, declared value, text."""
    for one in found:
        where = f" {one.path}" if one.path else ""
        declared = f" = {one.declared!r}" if one.declared is not None else ""
        click.echo(f"  {one.severity}: {one.code}{where}{declared}: {one.text}")


def read_file(path: str) -> bytes:
    """Content of a file, or of standard input for ``-``."""
    if path == "-":
        return sys.stdin.buffer.read()
    with open(path, "rb") as file:  # noqa: PTH123 - click hands strings
        return file.read()


def read_text(path: str) -> str:
    """Text of a file that a person edits.

    Raises:
        UsageError: ``not-utf-8``.
    """
    try:
        return read_file(path).decode()
    except UnicodeDecodeError as error:
        raise UsageError("not-utf-8", "the file must be text in UTF-8", path=path) from error
