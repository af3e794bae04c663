"""Versions of a declaration side by side: every element in which they differ, in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from keruen.customs import Struct
from keruen.exchange import Version
from keruen.exchange.differences import elements
from keruen.exchange.versions import Validity
from keruen.messages import Annulment

SHOWN = 5
"""Versions that stand side by side; the newest where there are more."""
MASSES = frozenset({"gross_mass", "net_mass"})
MOMENTS = frozenset({"created", "eta", "released", "signed"})
_STEP = re.compile(r"([a-z_0-9]+)(?:\[(\d+)])?")


class Step(Struct, frozen=True):
    """One step of an element's path: its name, and its place in a list, counted from 1."""

    name: str
    place: int | None = None


class Stated(Struct, frozen=True):
    """What one version says of an element; `changed` where the one before it said something else."""

    value: Decimal | datetime | str | None
    changed: bool = False


class Line(Struct, frozen=True):
    """One element in all versions. `form` tells how to write it: mass, moment or text."""

    path: str
    steps: tuple[Step, ...]
    form: str
    cells: tuple[Stated, ...]


class Versions(Struct, frozen=True):
    """The versions of a consignment.

    Attributes:
        columns: those that state a declaration and are compared, the first one first.
        all: those that can be.
        left_out: how many are not shown.
        annulment: the last one, whatever became of it.
    """

    columns: tuple[Version, ...]
    lines: tuple[Line, ...]
    all: tuple[Version, ...] = ()
    left_out: int = 0
    annulment: Version | None = None


def side_by_side(stated: Sequence[Version], picked: Collection[str] = ()) -> Versions:
    """Versions in the order of their ordinals → a column each, a line for each element that differs.

    Args:
        picked: message ids of those to compare; the newest ones where fewer than two of them are here.
    """
    declared = [one for one in stated if one.declaration is not None]
    chosen = [one for one in declared if one.message_id in picked]
    columns = tuple((chosen if len(chosen) > 1 else declared)[-SHOWN:])
    annulments = [one for one in stated if one.kind == Annulment.__name__]
    ranked = sorted(annulments, key=lambda one: one.validity is Validity.HOLDS)
    return Versions(
        columns=columns,
        lines=tuple(_lines(columns)),
        all=tuple(declared),
        left_out=len(declared) - len(columns),
        annulment=ranked[-1] if ranked else None,
    )


def _lines(columns: Sequence[Version]) -> Iterator[Line]:
    values = [elements(one.declaration) for one in columns if one.declaration is not None]
    for path in dict.fromkeys(path for one in values for path in one):
        found = [one.get(path) for one in values]
        if len(set(found)) > 1:
            yield _line(path, found)


def _line(path: str, found: Sequence[str | None]) -> Line:
    steps = tuple(steps_of(path))
    name = steps[-1].name
    form = "mass" if name in MASSES else "moment" if name in MOMENTS else "text"
    before = (found[0], *found)
    cells = (
        Stated(value=_value(value, form), changed=value != earlier)
        for value, earlier in zip(found, before, strict=False)
    )
    return Line(path=path, steps=steps, form=form, cells=tuple(cells))


def steps_of(path: str) -> Iterator[Step]:
    """``items[0].gross_mass`` → items 1, gross_mass."""
    for name, place in _STEP.findall(path):
        yield Step(name=name, place=int(place) + 1 if place else None)


def _value(value: str | None, form: str) -> Decimal | datetime | str | None:
    if value is None:
        return None
    if form == "mass":
        return Decimal(value)
    return datetime.fromisoformat(value) if form == "moment" else value
