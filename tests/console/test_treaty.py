"""The document of an agreement says all that an agreement file can state: each key is changed in turn."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import fields, replace

from keruen.agreement import (
    Agreement,
    AttachmentRule,
    Conditional,
    Exclusion,
    Office,
    Period,
    PhaseSpan,
    PhaseState,
    Requirement,
    Route,
    RouteStop,
    Tolerance,
    digest,
    read_agreement,
)
from keruen.agreement.datalist import known_paths
from keruen.console.pathwords import STEPS
from keruen.console.texts import LANGUAGES, texts_in
from keruen.console.treaty import document, named
from keruen.customs import DiscrepancyCode, EtaBasis
from keruen.messages import Stage

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
STANDING = read_agreement(TEXT)
DAY = date(2025, 5, 9)
STOP = RouteStop(country="UZ", place="Yallama", hours=20)
WHOLE = replace(
    STANDING,
    parties=(STANDING.parties[0], replace(STANDING.parties[1], bodies=STANDING.parties[0].bodies)),
    phases={Stage.EXPORT: (PhaseSpan(state=PhaseState.LIVE, since=DAY, until=DAY),)},
    offices=(Office(code="1", country="KZ", names={"en": "A"}, since=DAY, until=DAY),),
    posts=(replace(STANDING.posts[0], since=DAY, until=DAY),),
    routes=(Route(office="1", mode="3", post="2", hours=9, via=("KG",), stops=(STOP,)),),
    crossing=replace(STANDING.crossing, eta=(EtaBasis.DECLARED,)),
    excluded=(Exclusion(id="gifts", names={"en": "Gifts"}, when={"declaration.feature": ("1",)}),),
    data_list={
        "Annulment": {
            "reason": Conditional(when={"annulled": ("*",)}, unless={"annulled": ("1",)}),
            "annulled": Requirement.OPTIONAL,
        }
    },
    attachments={"Annulment": AttachmentRule(files=3, size=5)},
    usable=(Period(since=DAY, until=DAY),),
    tolerances={DiscrepancyCode.VALUE_DIFFERS: Tolerance(Decimal(3), Decimal(4), "USD")},
)
"""An agreement that states every key."""


def changes(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    """The value with one thing in it changed, for each thing in it, with the name of its key."""
    match value:
        case msgspec.Struct():
            for field in fields(value):
                name = f"{type(value).__name__}.{field.encode_name}"
                for key_, inner in changes(getattr(value, field.name), name):
                    yield key_, replace(value, **{field.name: inner})
        case Mapping():
            yield from _in_mapping(value, key)
        case tuple():
            if key != "Agreement.parties":  # there are always two
                yield key, value[:-1]
            for place, one in enumerate(value):
                for key_, inner in changes(one, key):
                    yield key_, (*value[:place], inner, *value[place + 1 :])
        case _:
            yield key, other(value)


def _in_mapping(value: Mapping[Any, Any], key: str) -> Iterator[tuple[str, Any]]:
    if all(isinstance(one, str) and one in LANGUAGES for one in value):
        yield key, {one: f"{text} changed" for one, text in value.items()}
        return
    for name, one in value.items():
        for key_, inner in changes(one, key):
            yield key_, {**value, name: inner}
    yield key, dict(list(value.items())[:-1])


def other(value: Any) -> Any:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case StrEnum():
            return next(one for one in type(value) if one is not value)
        case str():
            return {"3": "2", "KZ": "UZ", "TJ": "UZ", "UZ": "KG", "KG": "UZ"}.get(
                value, f"{value}9"
            )
        case int() | Decimal():
            return value + 1
        case timedelta():
            return value + timedelta(days=1)
        case date():
            return value + timedelta(days=1)
    raise AssertionError(f"{value!r} is not stated")


def keys(kind: Any) -> Iterator[str]:
    """All keys of a struct and of the structs within it."""
    for field in fields(kind):
        yield f"{kind.__name__}.{field.encode_name}"
        for inner in _structs(field.type):
            yield from keys(inner)


def _structs(kind: Any) -> Iterator[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    elif isinstance(kind, types.UnionType) or get_args(kind):
        for one in get_args(kind):
            yield from _structs(one)


def said(agreement: Agreement) -> list[str]:
    """Its document in every language, but for its digest, which differs in any case."""
    texts = (document(agreement, texts_in(language)) for language in LANGUAGES)
    return [text.replace(digest(agreement), "") for text in texts]


def test_every_key_of_an_agreement_is_in_its_document() -> None:
    standing, tried, silent = said(WHOLE), set[str](), set[str]()
    for key, changed in changes(WHOLE, ""):
        tried.add(key)
        if said(changed) == standing:
            silent.add(key)
    assert silent == set()
    tables = {"parties", "deadlines", "retention", "crossing", "reporting"}
    assert set(keys(Agreement)) - tried == {f"Agreement.{one}" for one in tables}


@pytest.mark.parametrize("language", LANGUAGES)
def test_elements_are_named_in_the_readers_language_beside_their_paths(language: str) -> None:
    text = document(STANDING, texts_in(language))
    for listed in STANDING.data_list.values():
        for path in listed:
            line = next(one for one in text.splitlines() if one.split()[:1] == [path])
            assert named(path, texts_in(language)) in line
    assert "›" in text


def test_every_element_of_the_list_and_all_that_is_withheld_has_a_name() -> None:
    paths = [
        *STANDING.withheld,
        *(path for listed in STANDING.data_list.values() for path in listed),
    ]
    assert {step for path in paths for step in path.split(".")} - set(STEPS) == set()
    known = {
        step
        for kind in STANDING.data_list
        for path in known_paths(kind)
        for step in path.split(".")
    }
    acknowledged = {"findings", "registration_number", "severity"}
    beside = {"amount", "border_mode", "transshipments"} | acknowledged
    assert set(STEPS) - known - beside == set()
