"""Whatever a declaration says: a format gives back what it can say, and tells what it cannot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, given, settings
from tests.customs.strategies import structs

from keruen import formats
from keruen.customs import (
    Consignment,
    Declaration,
    DeclarationKind,
    GoodsItem,
    Party,
    TransportMeans,
    TransportStage,
)

any_declaration = structs(Declaration, wild=False)
slower = settings(max_examples=15, suppress_health_check=list(HealthCheck))

Test = TypeVar("Test", bound=Callable[..., Any])

BLANK = Declaration(kind=DeclarationKind.EXPORT, direction="", transport_nationality=" ")
"""Blank texts, where a format has a default."""
TOLD_APART = Declaration(
    kind=DeclarationKind.EXPORT,
    transport_means=(
        TransportMeans(),
        TransportMeans(stage=TransportStage.DEPARTURE, nationality="KZ"),
    ),
    transport_means_count=0,
    transport_nationality="TJ",
    departure_means_count=1,
    departure_nationality="KZ",
)
"""What is said of vehicles at the border where none is named there."""

BARE_NUMBER = Declaration(kind=DeclarationKind.EXPORT, number="51712/241126/0020688")
"""A number that tells the day of its registration."""
BARE_MODES = Declaration(
    kind=DeclarationKind.EXPORT,
    transport_means=(
        TransportMeans(identity_type="?"),
        TransportMeans(mode="3"),
        TransportMeans(mode_declared="40"),
    ),
)
"""Vehicles of which only the mode is known."""
UNORDERED = Declaration(
    kind=DeclarationKind.TRANSIT,
    consignments=(
        Consignment(ordinal=3),
        Consignment(ordinal=1),
        Consignment(ordinal=0, item_count=1),
        Consignment(ordinal=3),
    ),
    items=(GoodsItem(ordinal=3, consignment=1), GoodsItem(ordinal=2)),
)
"""Consignments whose ordinals are not their places, or are none."""

BARE_BOX = Declaration(
    kind=DeclarationKind.EXPORT,
    transport_means=(TransportMeans(identity_type="?"), TransportMeans(mode="3")),
    departure_nationality="KZ",
    departure_mode="20",
)
"""A box of which only the mode is known, and one with a vehicle."""
LONG_PROCEDURE = Declaration(
    kind=DeclarationKind.IMPORT,
    items=(GoodsItem(ordinal=1, procedure="1 2 3", additional_procedures=("4 5 6",)),),
)
"""Procedures that are no pairs of codes."""


def found_before(test: Test) -> Test:
    """Try what once was wrong beside what is drawn."""
    for declaration in (
        BLANK,
        TOLD_APART,
        BARE_NUMBER,
        BARE_MODES,
        UNORDERED,
        BARE_BOX,
        LONG_PROCEDURE,
    ):
        test = example(declaration=declaration)(test)
    return test


def again(declaration: Declaration, format: str) -> Declaration:
    return formats.read(formats.write(declaration, format)).declaration


@pytest.mark.parametrize("format", formats.FORMATS)
@slower
@found_before
@given(declaration=any_declaration)
def test_what_a_format_can_say_is_the_same_when_written_again(
    format: str, declaration: Declaration
) -> None:
    said = again(declaration, format)
    assert again(said, format) == said


@pytest.mark.parametrize("format", formats.FORMATS)
@slower
@found_before
@given(declaration=any_declaration)
def test_what_a_format_has_said_it_can_say(format: str, declaration: Declaration) -> None:
    assert formats.loss(again(declaration, format), format).lost == ()


@pytest.mark.parametrize("format", formats.FORMATS)
def test_no_format_loses_a_blank_text_or_white_space_around_one(format: str) -> None:
    declaration = Declaration(
        kind=DeclarationKind.EXPORT, language=" ", consignor=Party(name=" ТОО \u00a0")
    )
    assert formats.loss(declaration, format).lost == ()
