"""Rules about single values, compiled for a kind of struct once and then run over many of them.

    table of rules ─► Kept of each field ─► source of one function a kind of struct ─► Broken, seldom

Nearly every value is as it should be. So each field has beside its rules a cheap sign that surely all of them
hold (`Kept.sure`); only where it is absent are the rules asked one by one, and only for a broken rule is a path
built. Most elements are absent and many have no rule. So the fields are not looped over: the function of a kind
of struct is written as source, a line for each field that has rules, and compiled.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cache
from types import CodeType
from typing import Any, NamedTuple

from keruen.customs.codelists import CodeLists
from keruen.customs.findings import Finding, Severity, found
from keruen.customs.values import Struct

SLACK = timedelta(days=1)
"""That a date may be ahead: the sender's day may have begun already."""


class Ground(NamedTuple):
    """What a document is checked against.

    Attributes:
        today: the day (UTC) on which it is checked.
        day: that on which it was made: codes are those of that day.
        latest: the last day that what has happened may have.
    """

    today: date
    day: date
    latest: date
    lists: CodeLists

    @classmethod
    def of(cls, today: date, lists: CodeLists, made: date | None = None) -> Ground:
        """The ground for a document that was made on a day."""
        latest = today + SLACK if today < date.max else today
        return cls(today, made or today, latest, lists)


def _nothing(_value: Any, _ground: Ground) -> tuple[object, ...]:
    return ()


class Rule(NamedTuple):
    """What must hold for a value.

    Attributes:
        holds: whether it does.
        values: what the sentence of the code names.
    """

    code: str
    holds: Callable[[Any, Ground], bool]
    severity: Severity = Severity.ERROR
    values: Callable[[Any, Ground], tuple[object, ...]] = _nothing


class Sign:
    """A sign that is written into the walk where it is asked, as a call would take longer than its answer.

    Args:
        source: an expression of Python about `value`, of nothing but built-ins and literals.
    """

    def __init__(self, source: str) -> None:
        self.source = f"({source})"
        self._holds: Callable[[Any], bool] = eval(f"lambda value: {self.source}")  # noqa: S307 - the program's own

    def __call__(self, value: Any) -> bool:
        """Whether it is there."""
        return self._holds(value)


class Kept(NamedTuple):
    """The rules of a field, and a sign by which most values surely keep them all; None where there is none."""

    sure: Callable[[Any], bool] | None
    rules: tuple[Rule, ...]


class Broken(NamedTuple):
    """A rule that a value breaks; `path` begins with the separator before it."""

    path: str
    rule: Rule
    value: Any

    def finding(self, ground: Ground) -> Finding:
        """What is said about it."""
        rule = self.rule
        values = rule.values(self.value, ground)
        return found(rule.severity, rule.code, self.path[1:], self.value, values)


Walk = Callable[[Any, Ground], list[Broken]]
RulesOf = Callable[[str, str, str, type], Kept | None]
"""Struct's name, field's name, name of the field that holds the struct, type → rules."""
GOOD: list[Broken] = []
"""What nearly every walk gives; nothing is ever added to it."""


class Plan(NamedTuple):
    """How the values of a field are looked at.

    Attributes:
        lines: the source for it.
        sure: a sign that there is nothing to find, None where there is none.
    """

    lines: str
    walk: Walk
    sure: Callable[[Any], bool] | None = None

    def source(self, name: str) -> str:
        """The lines for a field of a name."""
        sure = self.sure.source if isinstance(self.sure, Sign) else f"sure_{name}(value)"
        return self.lines.format(name=name, unsure=f"not {sure} and " * bool(self.sure))


ONE = """
    if (value := struct.{name}) is not None and {unsure}(below := walk_{name}(value, ground)):
        broken = added(broken, ".{name}", below)"""
"""Lines for a field that holds a value or None."""
LISTED = """
    if values := struct.{name}:
        for index, value in enumerate(values):
            if {unsure}(below := walk_{name}(value, ground)):
                broken = added(broken, f".{name}[{{index}}]", below)"""
"""Lines for a field that holds several values, mostly none."""


def walker(kind: type[Struct], rules_of: RulesOf) -> Walk:
    """Compile the rules for a kind of struct."""
    return _struct(kind, "", rules_of)


def _struct(kind: type[Struct], outer: str, rules_of: RulesOf) -> Walk:
    """The walk over a struct that stands in the field `outer`."""
    hints = typing.get_type_hints(kind)
    plans = {
        name: plan
        for name in kind.__struct_fields__
        if (plan := _plan(kind, name, outer, hints[name], rules_of))
    }
    known: dict[str, Any] = {"GOOD": GOOD, "added": _added}
    for name, plan in plans.items():
        known |= {f"sure_{name}": plan.sure, f"walk_{name}": plan.walk}
    lines = "".join(plan.source(name) for name, plan in plans.items())
    exec(_compiled(lines), known)  # noqa: S102 - made of nothing but the model's own field names
    walk: Walk = known["walk"]
    return walk


@cache
def _compiled(lines: str) -> CodeType:
    """Structs of a kind stand in many fields, mostly with the same rules."""
    source = f"def walk(struct, ground):\n    broken = GOOD{lines}\n    return broken"
    return compile(source, "<walk>", "exec")


def _added(broken: list[Broken], place: str, below: list[Broken]) -> list[Broken]:
    """What is broken so far with what was found below a place."""
    broken = broken or []
    broken += [Broken(place + path, rule, value) for path, rule, value in below]
    return broken


def _plan(kind: type[Struct], name: str, outer: str, hint: Any, rules_of: RulesOf) -> Plan | None:
    """How one field is looked at; None where its values have no rules."""
    (only,) = [one for one in _kinds(hint) if one is not types.NoneType]
    if typing.get_origin(only) is tuple:
        each = _plan(kind, name, outer, typing.get_args(only)[0], rules_of)
        return each and each._replace(lines=LISTED)
    if not isinstance(only, type):
        return None
    if issubclass(only, Struct):
        return Plan(ONE, _struct(only, name, rules_of))
    kept = rules_of(kind.__name__, name, outer, only)
    return kept and Plan(ONE, _value(kept.rules), kept.sure)


def _kinds(hint: Any) -> Iterable[Any]:
    if typing.get_origin(hint) is typing.Annotated:
        return _kinds(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def _value(rules: tuple[Rule, ...]) -> Walk:
    tests = [rule.holds for rule in rules]

    def walk(value: Any, ground: Ground) -> list[Broken]:
        for holds in tests:
            if not holds(value, ground):
                return [Broken("", rule, value) for rule in rules if not rule.holds(value, ground)]
        return GOOD

    return walk
