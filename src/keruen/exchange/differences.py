"""What two versions of a declaration say differently, element by element."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import to_builtins

from keruen.customs import Declaration, Struct


class Difference(Struct, frozen=True):
    """One element that differs; None where a version does not have it.

    Attributes:
        path: of the element, with its place in each list: ``items[0].gross_mass``.
    """

    path: str
    before: str | None = None
    after: str | None = None


def differences(before: Declaration, after: Declaration) -> tuple[Difference, ...]:
    """Every element that two versions state differently, those of the earlier one first."""
    old, new = elements(before), elements(after)
    return tuple(
        Difference(path=path, before=old.get(path), after=new.get(path))
        for path in dict.fromkeys((*old, *new))
        if old.get(path) != new.get(path)
    )


def elements(declaration: Declaration) -> dict[str, str]:
    """Every element that a declaration states: path → value as it travels."""
    return dict(_elements(to_builtins(declaration), ""))


def _elements(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _elements(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value):
            yield from _elements(inner, f"{path}[{place}]")
    elif value is not None:
        yield path, str(value)
