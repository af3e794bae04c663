"""Any value of the model, made from its types, for property tests."""

from __future__ import annotations

import functools
import typing
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import msgspec
from hypothesis import strategies as st

from keruen.customs import Struct

Atoms = Mapping[type, st.SearchStrategy[typing.Any]]

OFFSETS = st.sampled_from([timezone(timedelta(minutes=m)) for m in (-720, 0, 300, 330, 840)])
TEXTS = ("", " ", "KZ", "ZG", "XI", "kz", "USD", "3", "1001990000", "0000", "MSCU1234565", "А 1")
NUMBERS = tuple(
    map(Decimal, ("NaN", "sNaN", "-Infinity", "0", "-0", "9E+999999", "1E-999999", "1E+17"))
)

WILD: Atoms = {
    str: st.sampled_from(TEXTS) | st.text(st.characters(), max_size=300),
    Decimal: st.sampled_from(NUMBERS) | st.decimals(),
    int: st.integers() | st.sampled_from([10**5000, -(10**5000)]),
    bool: st.booleans(),
    date: st.dates(),
    datetime: st.datetimes() | st.datetimes(timezones=OFFSETS),
}
"""All that Python can hold."""

SOUND: Atoms = {
    str: st.sampled_from(TEXTS)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cn"]), max_size=40),
    Decimal: st.decimals(-(10**9), 10**9, places=3),
    int: st.integers(0, 2**31 - 1),
    bool: st.booleans(),
    date: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    datetime: st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=OFFSETS),  # noqa: DTZ001
}
"""All that may be exchanged."""


@functools.cache
def structs(kind: type[Struct], *, wild: bool) -> st.SearchStrategy[typing.Any]:
    """Any struct of a kind, with few or many of its elements."""
    hints = typing.get_type_hints(kind)
    optional: dict[str, st.SearchStrategy[typing.Any]] = {}
    required: dict[str, st.SearchStrategy[typing.Any]] = {}
    for field in msgspec.structs.fields(kind):
        value = _values(hints[field.name], wild=wild)
        (required if field.required else optional)[field.name] = value
    return st.fixed_dictionaries(required, optional=optional).map(lambda plain: kind(**plain))


def _values(hint: typing.Any, *, wild: bool) -> st.SearchStrategy[typing.Any]:
    arguments = typing.get_args(hint)
    if typing.get_origin(hint) is tuple:
        return st.lists(_values(arguments[0], wild=wild), max_size=2).map(tuple)
    if typing.get_origin(hint) is typing.Annotated:
        return _values(arguments[0], wild=wild)
    if arguments:
        inner = [_values(one, wild=wild) for one in arguments if one is not type(None)]
        return st.one_of(*inner)
    if issubclass(hint, Struct):
        return st.deferred(lambda: structs(hint, wild=wild))
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return (WILD if wild else SOUND)[hint]
