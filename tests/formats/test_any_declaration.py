"""Whatever a declaration says: a format gives back what it can say, and tells what it cannot."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from tests.customs.strategies import structs

from keruen import formats
from keruen.customs import Declaration

any_declaration = structs(Declaration, wild=False)
slower = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def again(declaration: Declaration, format: str) -> Declaration:
    return formats.read(formats.write(declaration, format)).declaration


@pytest.mark.parametrize("format", formats.FORMATS)
@slower
@given(declaration=any_declaration)
def test_what_a_format_can_say_is_the_same_when_written_again(
    format: str, declaration: Declaration
) -> None:
    said = again(declaration, format)
    assert again(said, format) == said


@pytest.mark.parametrize("format", formats.FORMATS)
@slower
@given(declaration=any_declaration)
def test_what_a_format_has_said_it_can_say(format: str, declaration: Declaration) -> None:
    assert formats.loss(again(declaration, format), format).lost == ()
