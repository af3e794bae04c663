"""The compiled walk finds what a plain walk over every element finds: no rule is left out, none is added."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.customs.strategies import WILD, structs

from keruen.customs import Declaration, Struct
from keruen.customs.checks import rules_of
from keruen.customs.codelists import BUILT_IN
from keruen.customs.walking import Broken, Ground, Kept, Rule, RulesOf, walker

TODAY = date(2026, 11, 23)
RULES = rules_of(BUILT_IN)
WALK = walker(Declaration, RULES)


def plain_walk(struct: Struct, ground: Ground, rules: RulesOf, outer: str = "") -> Iterator[Broken]:
    """Every value of every field, asked every rule, in the order of the fields."""
    hints = typing.get_type_hints(type(struct))
    for name in struct.__struct_fields__:
        for place, value in values_at(name, getattr(struct, name)):
            if isinstance(value, Struct):
                below = list(plain_walk(value, ground, rules, name))
            else:
                kept = rules(type(struct).__name__, name, outer, plain_type(hints[name]))
                asked = kept.rules if kept else ()
                below = [Broken("", rule, value) for rule in asked if not rule.holds(value, ground)]
            for one in below:
                yield one._replace(path=f".{place}{one.path}")


def values_at(name: str, value: object) -> list[tuple[str, typing.Any]]:
    """The values that a field holds, each with its place."""
    if isinstance(value, tuple):
        return [(f"{name}[{index}]", one) for index, one in enumerate(value)]
    return [] if value is None else [(name, value)]


def plain_type(hint: typing.Any) -> type:
    """The type of one value of a field."""
    if isinstance(hint, type):
        return hint
    inner = [one for one in typing.get_args(hint) if one not in (types.NoneType, ...)]
    return plain_type(inner[0])


@given(structs(Declaration, wild=True) | structs(Declaration, wild=False), st.dates())
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_the_compiled_walk_finds_what_a_walk_over_every_element_finds(
    declaration: Declaration, today: date
) -> None:
    ground = Ground.of(today, BUILT_IN)
    assert WALK(declaration, ground) == list(plain_walk(declaration, ground, RULES))


def signs() -> list[tuple[type, Kept]]:
    """The rules of all fields of a declaration that have a sign, with the type of their values."""
    found: dict[tuple[type, Kept], None] = {}

    def noted(kind: str, name: str, outer: str, plain: type) -> Kept | None:
        kept = RULES(kind, name, outer, plain)
        if kept and kept.sure:
            found[plain, kept] = None
        return kept

    walker(Declaration, noted)
    return list(found)


SIGNS = signs()
LONG = st.sampled_from(["1" * 256, "1" * 257, "1" * 32_769])
VALUES = {**WILD, str: WILD[str] | LONG}


@given(st.sampled_from(SIGNS).flatmap(lambda one: st.tuples(st.just(one[1]), VALUES[one[0]])))
@settings(max_examples=1000)
def test_the_sign_is_there_only_where_every_rule_holds(one: tuple[Kept, typing.Any]) -> None:
    kept, value = one
    ground = Ground.of(TODAY, BUILT_IN)
    if kept.sure and kept.sure(value):
        assert [rule.code for rule in kept.rules if not rule.holds(value, ground)] == []


class Inner(Struct, frozen=True):
    word: str | None = None
    words: tuple[str, ...] = ()
    flag: bool | None = None


class Outer(Struct, frozen=True):
    word: str = ""
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()


SHORT = Rule("short", lambda word, _: len(word) <= 3)
PLAIN = Rule("plain", lambda word, _: word.isalpha())


def only_words(_kind: str, _name: str, _outer: str, plain: type) -> Kept | None:
    return Kept(str.isspace, (SHORT, PLAIN)) if plain is str else None


@pytest.mark.parametrize(
    ("outer", "broken"),
    [
        (Outer(word="abc", inner=Inner(flag=True)), []),
        (Outer(word="a1"), [(".word", "plain")]),
        (Outer(word="abc1"), [(".word", "short"), (".word", "plain")]),
        (Outer(word="abc", inner=Inner(words=("a", "abcd"))), [(".inner.words[1]", "short")]),
        (
            Outer(word="abcd", inners=(Inner(word="1"), Inner(), Inner(word="2"))),
            [(".word", "short"), (".inners[0].word", "plain"), (".inners[2].word", "plain")],
        ),
        (Outer(word="    "), []),
    ],
)
def test_each_broken_rule_is_found_at_its_place_unless_the_sign_is_there(
    outer: Outer, broken: list[tuple[str, str]]
) -> None:
    found = walker(Outer, only_words)(outer, Ground.of(TODAY, BUILT_IN))
    assert [(one.path, one.rule.code) for one in found] == broken


def test_where_a_struct_stands_decides_its_rules() -> None:
    def rules(kind: str, name: str, outer: str, plain: type) -> Kept | None:
        return only_words(kind, name, outer, plain) if outer == "inners" else None

    walk = walker(Outer, rules)
    wrong = Inner(word="1")
    found = walk(Outer(word="1", inner=wrong, inners=(wrong,)), Ground.of(TODAY, BUILT_IN))
    assert [one.path for one in found] == [".inners[0].word"]
