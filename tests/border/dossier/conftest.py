"""The agreement of Kazakhstan and Tajikistan, by which both sides' figures are compared."""

from __future__ import annotations

from importlib import resources

import pytest

from keruen.agreement import Agreement, read_agreement


@pytest.fixture(scope="session")
def agreement() -> Agreement:
    return read_agreement((resources.files("keruen.agreement") / "kz-tj.toml").read_text("utf-8"))
