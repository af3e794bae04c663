"""TOML text → a struct, or the first mistake with its key and line: one idiom for all files people edit."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import TypeVar

import msgspec

from keruen.errors import UsageError

T = TypeVar("T")

_PART = re.compile(r'"([^"]*)"|([^.\[\]"]+)|\[(\d+|\.\.\.)\]')


def decode(text: str, into: type[T], *, name: str, code: str) -> T:
    """The struct that a TOML file states.

    Args:
        text: content of the file.
        into: msgspec struct; unknown keys are refused if it says so.
        name: file name, for the message.
        code: error code of a mistake (``agreement-invalid``).

    Raises:
        UsageError: with key and line.
    """
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        line = int(at[1]) if at else None
        raise UsageError(code, f"not valid TOML: {error}", path=name, line=line) from error
    try:
        return msgspec.convert(raw, into, strict=False)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        key = path.rstrip("`").removeprefix(".")
        unknown = re.search(r"unknown field `(.+)`", reason)
        if unknown:
            key = f"{key}.{unknown[1]}" if key else unknown[1]
            reason = "there is no such key"
        raise mistake(text, name=name, code=code, key=key, reason=reason) from error


def mistake(text: str, *, name: str, code: str, key: str, reason: str) -> UsageError:
    """The error for a key that is well-formed but wrong."""
    return UsageError(
        code, f"{key}: {reason}" if key else reason, path=name, line=line_of(text, key)
    )


def line_of(text: str, key: str) -> int | None:
    """The 1-based line of a key path such as ``post[1].country`` or ``data."a.b"``; None if not found."""
    lines = text.splitlines()
    parts = [(m[1] or m[2] or "", m[3]) for m in _PART.finditer(key)]
    start, found = 0, None
    index = 0
    while index < len(parts):
        name = parts[index][0]
        nth = 0
        if index + 1 < len(parts) and parts[index + 1][1] is not None:
            nth = int(parts[index + 1][1]) if parts[index + 1][1].isdigit() else 0
            index += 1
        index += 1
        hits = [n for n in range(start, len(lines)) if _names(lines[n], name)]
        if nth < len(hits):
            start, found = hits[nth], hits[nth] + 1
        elif hits:
            start, found = hits[-1], hits[-1] + 1
    return found


def _names(line: str, name: str) -> bool:
    """Whether a line is the header of a table of that name or sets a key of that name."""
    quoted = rf'"?{re.escape(name)}"?'
    return bool(re.match(rf'\s*(?:\[+(?:[\w."-]+\.)?{quoted}\]+|{quoted}\s*=)', line))
