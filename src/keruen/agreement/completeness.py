"""How much of what the data list names a message states, counted element by element.

Within a list each member counts: an item without a mass is one element that is not stated. What members of an
empty list would state is only asked for where it is required: a lorry without containers owes no number of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from keruen.agreement.conditions import Scopes, required
from keruen.agreement.model import Agreement, Need, Requirement
from keruen.messages import AnyMessage, kind_of


class Weight(StrEnum):
    """How much an element matters in one declaration."""

    MANDATORY = "mandatory"
    """It is required there: always, or because its condition holds."""
    CONDITIONAL = "conditional"
    """What the case calls for (``C`` without a condition)."""
    OPTIONAL = "optional"
    """What the sender may leave out."""


Element = tuple[str, Need | None, "Plan"]
"""Name, what the data list says of it, the elements within it."""
Plan = tuple[Element, ...]
_NOTHING = (None, "", ())
_STATED = {weight: f"{weight}_stated" for weight in Weight}
_plans: dict[int, tuple[Mapping[str, Need], Plan]] = {}


def stated(message: AnyMessage, agreement: Agreement) -> dict[str, int]:
    """Elements by weight that could be stated, and with ``_stated`` those that are."""
    counts = dict.fromkeys([*Weight, *_STATED.values()], 0)
    _struct(
        message, _plan(agreement.data_list.get(kind_of(message), {})), "", {"": message}, counts
    )
    return counts


def _plan(elements: Mapping[str, Need]) -> Plan:
    """The data list as a tree, worked out once for each list."""
    known = _plans.get(id(elements))
    if known is None or known[0] is not elements:
        _plans.clear() if len(_plans) > 64 else None  # noqa: PLR2004 - tests make many
        known = _plans[id(elements)] = (
            elements,
            _tree([(p.split("."), n) for p, n in elements.items()]),
        )
    return known[1]


def _tree(elements: Sequence[tuple[list[str], Need]]) -> Plan:
    """Elements by their names, and those below by the rest of their names."""
    own = {names[0]: need for names, need in elements if len(names) == 1}
    below: dict[str, list[tuple[list[str], Need]]] = {}
    for (head, *rest), need in elements:
        below.setdefault(head, []).extend([(rest, need)] if rest else [])
    return tuple((name, own.get(name), _tree(inner)) for name, inner in below.items())


def _struct(value: Any, plan: Plan, group: str, scopes: Scopes, counts: dict[str, int]) -> None:
    """Count the elements of a group; of one that is not there none is stated."""
    for name, need, below in plan:
        inner = getattr(value, name, None)
        if need is not None and (weight := _weight(need, scopes)) is not None:
            counts[weight] += 1
            counts[_STATED[weight]] += inner not in _NOTHING
        if below:
            _below(inner, below, group + name, scopes, counts)


def _below(inner: Any, plan: Plan, path: str, scopes: Scopes, counts: dict[str, int]) -> None:
    if inner == ():
        _missing(plan, scopes, counts)
    elif isinstance(inner, tuple):
        for one in inner:
            _struct(one, plan, path + ".", {**scopes, path: one}, counts)
    elif inner in _NOTHING:
        _struct(None, plan, path + ".", scopes, counts)
    else:
        _struct(inner, plan, path + ".", {**scopes, path: inner}, counts)


def _missing(plan: Plan, scopes: Scopes, counts: dict[str, int]) -> None:
    """Count what is required of a list that has no members."""
    for _, need, below in plan:
        if need is not None and _weight(need, scopes) is Weight.MANDATORY:
            counts[Weight.MANDATORY] += 1
        _missing(below, scopes, counts)


def _weight(need: Need, scopes: Scopes) -> Weight | None:
    """None for an element whose condition does not hold: it is not asked for."""
    if need is Requirement.OPTIONAL:
        return Weight.OPTIONAL
    if need is Requirement.CONDITIONAL:
        return Weight.CONDITIONAL
    return Weight.MANDATORY if required(need, scopes) else None
