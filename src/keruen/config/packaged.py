"""The agreement that comes with the program: that of Kazakhstan and Tajikistan, as far as it is public."""

from __future__ import annotations

from functools import cache
from importlib import resources

from keruen.agreement import Agreement, read_agreement


def packaged_text() -> str:
    """The agreement as TOML, with its comments."""
    return resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")


@cache
def packaged_agreement() -> Agreement:
    """The agreement as a value."""
    return read_agreement(packaged_text())
