"""Instruments, milestones and evidence as TOML, as they are added to a register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from keruen.agreement.instruments.model import Evidence, Instrument, Milestone, Party, Register
from keruen.agreement.model import Period
from keruen.tomlfile import key_text, quoted

_TABLES = {"parties": "party", "bodies": "body"}


def register_text(register: Register) -> str:
    """All that a register says, as TOML without comments."""
    parts = [
        *map(instrument_text, register.instruments),
        *(_table("milestone", one) for one in register.milestones),
        *(_table("evidence", one) for one in register.evidence),
    ]
    return "\n".join(parts)


def instrument_text(one: Instrument) -> str:
    """An instrument with its parties and bodies."""
    return "\n".join(
        [
            _table("instrument", one),
            *(_table("instrument.party", party) for party in one.parties),
            *(_table("instrument.body", body) for body in one.bodies),
        ]
    )


def _table(head: str, struct: Instrument | Party | Milestone | Evidence) -> str:
    return "\n".join([f"[[{head}]]", *_lines(struct), ""])


def _lines(struct: msgspec.Struct) -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        value = getattr(struct, field.name)
        if field.name in _TABLES or value in (None, "", (), {}, False, Period()):
            continue
        yield f"{field.encode_name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key_text((key,))} = {_value(one)}' for key, one in value.items())} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Period):
        ends = (("from", value.since), ("until", value.until))
        return f"{{ {', '.join(f'{name} = {day}' for name, day in ends if day)} }}"
    return quoted(value) if isinstance(value, str) else str(value)
