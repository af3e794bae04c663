"""Conditions of the agreement on a message: where an element is absent, and whether a condition holds there.

A condition names elements by their paths. Within a list both the element and its condition are looked at in
the same member: ``declaration.items.packages.count`` of an item is required by what *that* item says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from keruen.agreement.model import Conditional, Need, Requirement, When

ANY = "*"
Scopes = Mapping[str, Any]
"""Path of a group → the member of it that is looked at; the message itself has the empty path."""

_NOTHING = (None, "", ())


@cache
def _names(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def required(need: Need, scopes: Scopes) -> bool:
    """Whether an element must be there, in the place that the scopes say."""
    if isinstance(need, Conditional):
        excused = any(holds({path: need.unless[path]}, scopes) for path in need.unless)
        return not excused and holds(need.when, scopes)
    return need is Requirement.MANDATORY


def holds(when: When, scopes: Scopes) -> bool:
    """Whether each element of a condition has one of its values."""
    return all(
        any(_fits(value, allowed) for value in _values(path, scopes))
        for path, allowed in when.items()
    )


def _fits(value: Any, allowed: tuple[str, ...]) -> bool:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return any(text.startswith(one[:-1]) if one.endswith(ANY) else text == one for one in allowed)


def _values(path: str, scopes: Scopes) -> Iterator[Any]:
    names = _names(path)
    for length in range(len(names) - 1, -1, -1):
        group = ".".join(names[:length])
        if group in scopes:
            yield from _under(scopes[group], names[length:])
            return


def _under(value: Any, names: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, tuple):
        for inner in value:
            yield from _under(inner, names)
    elif value not in _NOTHING:
        if names:
            yield from _under(getattr(value, names[0], None), names[1:])
        else:
            yield value


def absences(message: Any, path: str) -> Iterator[tuple[str, Scopes]]:
    """Each place where an element is not there, with its indexes, and the scopes of that place."""
    yield from _absent(message, _names(path), "", "", {"": message})


def _absent(
    value: Any, names: tuple[str, ...], where: str, group: str, scopes: Scopes
) -> Iterator[tuple[str, Scopes]]:
    head, rest = names[0], names[1:]
    where, group = where + head, group + head
    inner = getattr(value, head, None)
    if inner in _NOTHING:
        yield where, scopes
    elif rest and isinstance(inner, tuple):
        for index, one in enumerate(inner):
            below = {**scopes, group: one}
            yield from _absent(one, rest, f"{where}[{index}].", group + ".", below)
    elif rest:
        yield from _absent(inner, rest, where + ".", group + ".", {**scopes, group: inner})


def members(message: Any, path: str) -> Iterator[tuple[str, Scopes]]:
    """Each group that an element of this path may lie in, with its indexes, and the scopes there."""
    yield from _members(message, _names(path)[:-1], "", "", {"": message})


def _members(
    value: Any, names: tuple[str, ...], where: str, group: str, scopes: Scopes
) -> Iterator[tuple[str, Scopes]]:
    if not names:
        yield where.rstrip("."), scopes
        return
    head, rest = names[0], names[1:]
    inner = getattr(value, head, None)
    several = enumerate(inner) if isinstance(inner, tuple) else [(None, inner)]
    for index, one in several:
        if one not in _NOTHING:
            at = f"{where}{head}." if index is None else f"{where}{head}[{index}]."
            below = {**scopes, group + head: one}
            yield from _members(one, rest, at, f"{group}{head}.", below)


def in_signs(when: When, joined: str = " & ") -> str:
    """A condition in signs that every language has: ``declaration.kind = transit``; ``*`` is any value."""
    return joined.join(f"{path} = {' | '.join(allowed)}" for path, allowed in when.items())
