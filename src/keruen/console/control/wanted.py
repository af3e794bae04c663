"""What a list of the control room is narrowed to, as its address says; what makes no sense narrows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from keruen.customs import Struct
from keruen.messages import KINDS
from keruen.store import Direction, OutboxState

PAGE = 50
"""Rows of a list that one page shows."""
AFTER = "after"
_BETWEEN = "~"
LONGEST = 200


class Wanted(Struct, frozen=True):
    """A list's filters.

    Attributes:
        since, until: whole days in the node's own time, both included; ISO 8601, or empty.
        after: place of the last row of the page before.
    """

    partner: str = ""
    direction: str = ""
    kind: str = ""
    state: str = ""
    code: str = ""
    since: str = ""
    until: str = ""
    after: str = ""

    def equal(self) -> dict[str, object]:
        """Columns of a message with their values; None leaves one open."""
        direction = self.direction if self.direction in tuple(Direction) else None
        kind = self.kind if self.kind in KINDS else None
        return {"direction": direction, "kind": kind, "partner": self.partner or None}

    @property
    def outbox_state(self) -> OutboxState | None:
        """The state on the line that is wanted."""
        return OutboxState(self.state) if self.state in tuple(OutboxState) else None

    def span(self, zone: timezone) -> tuple[datetime | None, datetime | None]:
        """From when, and before when."""
        last = _midnight(self.until, zone)
        return _midnight(self.since, zone), last + timedelta(days=1) if last else None

    def place(self) -> tuple[datetime, str] | None:
        """Time and id of the row after which the page begins."""
        at, _, key = self.after.partition(_BETWEEN)
        try:
            moment = datetime.fromisoformat(at)
        except ValueError:
            return None
        return (moment, key) if key and moment.tzinfo else None

    def older(self, place: str) -> str:
        """The address of the next page."""
        kept = {name: getattr(self, name) for name in self.__struct_fields__ if name != AFTER}
        return "?" + urlencode({**{k: v for k, v in kept.items() if v}, AFTER: place})


def wanted(params: Mapping[str, Any]) -> Wanted:
    """The filters of an address."""
    names = Wanted.__struct_fields__
    return Wanted(**{name: str(params.get(name, "")).strip()[:LONGEST] for name in names})


def place_of(at: datetime, key: str) -> str:
    """A row's place, as the address of the next page says it."""
    return f"{at.isoformat()}{_BETWEEN}{key}"


def _midnight(day: str, zone: timezone) -> datetime | None:
    try:
        return datetime.combine(datetime.fromisoformat(day).date(), time(), zone) if day else None
    except (ValueError, OverflowError):
        return None
