"""The project's own JSON: the declaration model itself, with a published JSON Schema 2020-12.

Numbers with decimals are strings on writing, so that no reader rounds them; on reading, JSON numbers are taken
exactly, too.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import Any

import msgspec

from keruen.customs import Declaration, unsound
from keruen.customs.soundness import MAXIMUM_INTEGER, UNUSABLE
from keruen.errors import InputError
from keruen.formats.wording import JSON_OTHERWISE, JSON_SPELLED, WORDING
from keruen.messages import json_schema
from keruen.messages.mistakes import mistake

NAME = "json"
VERSION = "1.0"
"""Version of the declaration's JSON structure."""
DEPTH = 32
"""Objects and lists within each other; a declaration has seven."""

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')
_encoder = msgspec.json.Encoder(decimal_format="string", order="deterministic")


def write(declaration: Declaration) -> bytes:
    """The declaration as JSON in UTF-8, one member a line, members in a deterministic order."""
    return msgspec.json.format(_encoder.encode(declaration), indent=2) + b"\n"


def declaration_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a declaration, with the bounds that hold for every value."""
    definitions = json_schema("PreliminaryInformation")["$defs"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:keruen:schema:Declaration:{VERSION}",
        "title": "Declaration",
        "$ref": "#/$defs/Declaration",
        "$defs": {name: definitions[name] for name in _needed("Declaration", definitions)},
    }


def _needed(name: str, definitions: dict[str, Any]) -> list[str]:
    """Names of the definitions that one rests on, itself included, sorted."""
    needed, rest = {name}, [name]
    while rest:
        found = set(_REFERENCE.findall(json.dumps(definitions[rest.pop()]))) - needed
        needed |= found
        rest += found
    return sorted(needed)


def parse(data: bytes) -> Any:
    """The JSON in a file, numbers exact.

    Raises:
        InputError: ``encoding-wrong``, ``json-malformed``, ``input-truncated``, ``input-too-deep``,
            ``json-duplicate``, ``value-invalid``.
    """
    text = _text(data)
    _refuse_depth(text)
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=Decimal,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
            raise WORDING.error(
                InputError, "input-truncated", error.lineno, line=error.lineno
            ) from error
        raise _malformed(error) from error


def _malformed(error: json.JSONDecodeError) -> InputError:
    spelled = (phrase for words, phrase in JSON_SPELLED.items() if error.msg.startswith(words))
    values = (error.lineno, error.colno, next(spelled, JSON_OTHERWISE))
    return WORDING.error(InputError, "json-malformed", *values, line=error.lineno, detail=error.msg)


def _text(data: bytes) -> str:
    name = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WORDING.error(InputError, "encoding-wrong", line, line=line) from error


_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
"""A whole string, which hides the brackets in it, or one bracket."""


def _refuse_depth(text: str) -> None:
    depth = 0
    for found in _BRACKET.finditer(text):
        sign = found.group()
        depth += (sign in {"[", "{"}) - (sign in {"]", "}"})
        if depth > DEPTH:
            line = text.count("\n", 0, found.start()) + 1
            raise WORDING.error(InputError, "input-too-deep", line, DEPTH, line=line)


def _number(text: str) -> Decimal | int:
    """Exactly; what is no number that can be calculated with is NaN here, and refused with its path later."""
    if len(text) <= len(str(MAXIMUM_INTEGER)) and text.lstrip("-").isdigit():
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        twice = next(
            name for name, count in Counter(name for name, _ in pairs).items() if count > 1
        )
        raise WORDING.error(InputError, "json-duplicate", twice, path=twice)
    for name in members:
        if UNUSABLE.search(name):
            raise WORDING.error(InputError, "value-invalid/name", path=ascii(name))
    return members


def declaration_of(plain: Any) -> Declaration:
    """The declaration in parsed JSON.

    Raises:
        InputError: ``declaration-invalid`` where it does not follow the schema, else the code of the first
            value that `keruen.customs.unsound` finds; with the path.
    """
    try:
        declaration = msgspec.convert(plain, Declaration)
    except msgspec.ValidationError as error:
        ending, values, path = mistake(error, Declaration)
        key = f"declaration-invalid{ending}"
        raise WORDING.error(InputError, key, *values, path=path or None) from error
    for one in unsound(declaration):
        raise InputError(one.code, one.text, path=one.path, values=one.values)
    return declaration
