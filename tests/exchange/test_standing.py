"""How the line to a partner is, by what went and came; and how soon a certificate ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keruen.config.endings import Ending, Purpose
from keruen.exchange.standing import Condition, condition_of
from keruen.store.line import LineState

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = timedelta(hours=24)


@pytest.mark.parametrize(
    ("failing", "heard", "condition"),
    [
        (0, NOW - DAY, Condition.UP),
        (0, NOW - DAY - timedelta(seconds=1), Condition.SILENT),
        (0, None, Condition.SILENT),
        (1, NOW, Condition.DOWN),
    ],
)
def test_a_line_is_down_before_it_is_silent(
    failing: int, heard: datetime | None, condition: Condition
) -> None:
    line = LineState(partner="KZ", waiting=failing, failing=failing)
    assert condition_of(line, heard, NOW, DAY) is condition


@pytest.mark.parametrize(
    ("days", "stage"),
    [
        (-1, "ended"),
        (0, "urgent"),
        (7, "urgent"),
        (8, "soon"),
        (30, "soon"),
        (31, "coming"),
        (60, "coming"),
        (61, "good"),
    ],
)
def test_a_certificate_is_spoken_of_60_30_and_7_days_before_its_end(days: int, stage: str) -> None:
    one = Ending(
        country="KZ", use=Purpose.SIGNING, subject="", fingerprint="", ends=NOW, days_left=days
    )
    assert one.stage == stage
