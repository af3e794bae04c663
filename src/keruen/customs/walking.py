"""Rules about single values, compiled for a kind of struct once and then run over many of them.

    table of rules ─► Kept of each field ─► one walker a kind of struct ─► Broken, seldom

Nearly every value is as it should be. So each field has beside its rules a cheap sign that surely all of them
hold (`Kept.sure`); only where it is absent are the rules asked one by one, and only for a broken rule is a path
built.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from operator import not_
from typing import Any, NamedTuple

import msgspec

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


class Kept(NamedTuple):
    """The rules of a field, and a sign by which most values surely keep them all."""

    sure: Callable[[Any], bool]
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
"""What nearly every walk gives."""


def walker(kind: type[Struct], rules_of: RulesOf) -> Walk:
    """Compile the rules for a kind of struct."""
    return _struct(kind, "", rules_of)


def _struct(kind: type[Struct], outer: str, rules_of: RulesOf) -> Walk:
    hints = typing.get_type_hints(kind)
    names = kind.__struct_fields__
    fields = [_field(kind.__name__, name, outer, hints[name], rules_of) for name in names]
    plans = [(f".{name}", *field) for name, field in zip(names, fields, strict=True)]
    values_of = msgspec.structs.astuple

    def walk(struct: Any, ground: Ground) -> list[Broken]:
        broken = GOOD
        for value, plan in zip(values_of(struct), plans, strict=True):
            if value is None:
                continue
            name, sure, test = plan
            if not sure(value) and (below := test(value, ground)):
                broken = broken + [one._replace(path=name + one.path) for one in below]
        return broken

    return walk


def _field(
    kind: str, name: str, outer: str, hint: Any, rules_of: RulesOf
) -> tuple[Callable[[Any], bool], Walk]:
    """The sure sign and the walk of one field."""
    kinds = [one for one in _kinds(hint) if one is not types.NoneType]
    if len(kinds) > 1:
        return not_, _any_of([(one, _field(kind, name, outer, one, rules_of)[1]) for one in kinds])
    (only,) = kinds
    if typing.get_origin(only) is tuple:
        sure, test = _field(kind, name, outer, typing.get_args(only)[0], rules_of)
        return not_, _list(sure, test)
    if isinstance(only, type) and issubclass(only, Struct):
        return not_, _struct(only, name, rules_of)
    kept = rules_of(kind, name, outer, only) if isinstance(only, type) else None
    return (kept.sure, _value(kept.rules)) if kept else (_anything, _value(()))


def _kinds(hint: Any) -> Iterable[Any]:
    if typing.get_origin(hint) is typing.Annotated:
        return _kinds(typing.get_args(hint)[0])
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return typing.get_args(hint)
    return (hint,)


def _anything(_value: Any) -> bool:
    return True


def _value(rules: tuple[Rule, ...]) -> Walk:
    def walk(value: Any, ground: Ground) -> list[Broken]:
        return [Broken("", rule, value) for rule in rules if not rule.holds(value, ground)]

    return walk


def _list(sure: Callable[[Any], bool], test: Walk) -> Walk:
    def walk(values: Any, ground: Ground) -> list[Broken]:
        broken = GOOD
        for index, value in enumerate(values):
            if not sure(value) and (below := test(value, ground)):
                broken = broken + [one._replace(path=f"[{index}]{one.path}") for one in below]
        return broken

    return walk


def _any_of(walks: list[tuple[Any, Walk]]) -> Walk:
    """A field that holds one of several kinds of values."""

    def walk(value: Any, ground: Ground) -> list[Broken]:
        for kind, test in walks:
            if isinstance(value, typing.get_origin(kind) or kind):
                return test(value, ground)
        return GOOD

    return walk
