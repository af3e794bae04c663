"""The data list: cuts a message to what two administrations agreed to send.

Works on the plain form of a message (dicts and lists), so that an element that nobody listed cannot
slip through, whatever the model grows to. Paths are those of the message schemas, without indexes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from keruen.agreement.model import Agreement
from keruen.customs import DiscrepancyCode
from keruen.messages import KINDS, AnyMessage, kind_of

ALWAYS = frozenset({"kind", "header", "consignment_id", "ordinal", "withdrawn"})
"""What identifies a message and its consignment, or takes it back: sent under every agreement."""

_VALUE_CODES = {DiscrepancyCode.VALUE_DIFFERS: "items.value"}
"""Discrepancies that would tell a withheld element in other words."""


@cache
def known_paths(kind: str) -> frozenset[str]:
    """All element paths of a message kind, groups included; empty for an unknown kind."""
    return frozenset(ordered_paths(kind)) if kind in KINDS else frozenset()


def ordered_paths(kind: str) -> list[str]:
    """The same in the order of the model."""
    return list(_paths(KINDS[kind], ""))


def required_paths(kind: str, listed: frozenset[str]) -> tuple[str, ...]:
    """Elements that a message of this kind cannot do without but that a list does not name, groups included.

    An element within a group is needed where the list names other parts of that group.
    """
    names = {path.rpartition(".")[0] for path in listed}
    groups = {
        ".".join(name.split(".")[: n + 1]) for name in names for n in range(name.count(".") + 1)
    }
    kept = listed | groups
    return tuple(
        path
        for path in _all_required(kind)
        if path not in kept
        and (path.rpartition(".")[0] or "") in groups | {""}
        and not any(path.startswith(f"{one}.") for one in listed)
    )


@cache
def _all_required(kind: str) -> tuple[str, ...]:
    return tuple(_required(KINDS[kind], ""))


def _required(struct: Any, prefix: str) -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        path = prefix + field.encode_name
        if field.required:
            yield path
        for inner in _structs(msgspec.inspect.type_info(field.type)):
            yield from _required(inner, path + ".")


def _paths(struct: Any, prefix: str) -> Iterator[str]:
    for field in msgspec.structs.fields(struct):
        path = prefix + field.encode_name
        yield path
        for inner in _structs(msgspec.inspect.type_info(field.type)):
            yield from _paths(inner, path + ".")


def _structs(info: msgspec.inspect.Type) -> Iterator[Any]:
    match info:
        case msgspec.inspect.StructType(cls=cls):
            yield cls
        case msgspec.inspect.Metadata(type=inner):
            yield from _structs(inner)
        case msgspec.inspect.UnionType(types=types):
            for inner in types:
                yield from _structs(inner)
        case msgspec.inspect.VarTupleType(item_type=inner):
            yield from _structs(inner)
        case _:
            return


def cut(message: AnyMessage, agreement: Agreement) -> AnyMessage:
    """The message with nothing in it but what the agreement's data list names.

    Messages that the data list has no table for (acknowledgements) are the exchange's own and stay whole.
    """
    kind = kind_of(message)
    elements = agreement.data_list.get(kind)
    if elements is None:
        return message
    listed = frozenset(elements) | ALWAYS
    plain = msgspec.to_builtins(message)
    plain = _cut(plain, listed, frozenset(agreement.withheld), "")
    _drop_telling(plain, listed, frozenset(agreement.withheld))
    return msgspec.convert(plain, KINDS[kind])


def _cut(value: Any, listed: frozenset[str], withheld: frozenset[str], prefix: str) -> Any:
    if isinstance(value, list | tuple):
        return [_cut(inner, listed, withheld, prefix) for inner in value]
    if not isinstance(value, dict):
        return value
    kept = {}
    for name, inner in value.items():
        path = prefix + name
        if path in withheld:
            continue
        if path in listed:
            kept[name] = _without(inner, withheld, path + ".")
        elif isinstance(inner, dict | list | tuple) and any(
            one.startswith(path + ".") for one in listed
        ):
            kept[name] = _cut(inner, listed, withheld, path + ".")
    return kept


def _without(value: Any, withheld: frozenset[str], prefix: str) -> Any:
    """A listed group whole, but for what is withheld inside it."""
    if isinstance(value, list | tuple):
        return [_without(inner, withheld, prefix) for inner in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _without(inner, withheld, f"{prefix}{name}.")
        for name, inner in value.items()
        if prefix + name not in withheld
    }


def _drop_telling(plain: dict[str, Any], listed: frozenset[str], withheld: frozenset[str]) -> None:
    if "discrepancies" in plain:
        plain["discrepancies"] = [
            one
            for one in plain["discrepancies"]
            if one["code"] not in _VALUE_CODES
            or _is_sent(_VALUE_CODES[one["code"]], listed, withheld)
        ]


def _is_sent(path: str, listed: frozenset[str], withheld: frozenset[str]) -> bool:
    group = path.partition(".")[0]
    return not {path, group} & withheld and bool({path, group} & listed)


def unlisted(plain: Mapping[str, Any], kind: str, agreement: Agreement) -> tuple[str, ...]:
    """Paths of elements that a received message has but the agreement does not name."""
    elements = agreement.data_list.get(kind)
    if elements is None:
        return ()
    listed = frozenset(elements) | ALWAYS
    return tuple(_surplus(plain, listed, frozenset(agreement.withheld), ""))


def _surplus(
    value: Any, listed: frozenset[str], withheld: frozenset[str], prefix: str
) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _surplus(inner, listed, withheld, prefix)
    elif isinstance(value, dict):
        for name, inner in value.items():
            path = prefix + name
            under = any(one.startswith(path + ".") for one in listed)
            whole = path in listed or any(path.startswith(one + ".") for one in listed)
            if path in withheld or not (whole or under):
                yield path
            else:
                yield from _surplus(inner, listed, withheld, path + ".")
