"""Every element of a struct with its path, so that a rule about a kind of value need not name its places."""

from __future__ import annotations

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


def elements(struct: Struct) -> list[Element]:
    """All values that are there, in the order of the model."""
    found: list[Element] = []
    _collect(struct, "", found)
    return found


def _collect(struct: Struct, prefix: str, found: list[Element]) -> None:
    for name in struct.__struct_fields__:
        value = getattr(struct, name)
        if value is not None and value != ():
            _add(value, prefix + name, name, found)


def _add(value: Any, path: str, name: str, found: list[Element]) -> None:
    if isinstance(value, Struct):
        _collect(value, path + ".", found)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            _add(inner, f"{path}[{index}]", name, found)
    else:
        found.append(Element(path, name, value))
