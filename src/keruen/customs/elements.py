"""Every element of a struct with its path, so that a rule about a kind of value need not name its places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from keruen.customs.model import Struct


class Element(NamedTuple):
    """One value that is neither a struct nor a list.

    Attributes:
        path: from the struct on, with Python indexes (``items[0].net_mass``).
        name: of the innermost field (``net_mass``).
    """

    path: str
    name: str
    value: Any


def elements(struct: Struct, prefix: str = "") -> Iterator[Element]:
    """All values that are there, in the order of the model."""
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if value is not None:
            yield from _elements(value, prefix + name, name)


def _elements(value: Any, path: str, name: str) -> Iterator[Element]:
    if isinstance(value, Struct):
        yield from elements(value, path + ".")
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _elements(inner, f"{path}[{index}]", name)
    else:
        yield Element(path, name, value)
