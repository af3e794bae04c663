"""A day, as people write it to commands."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType[date]):
    """A day as in ISO 8601."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day such as 2027-01-31", param, ctx)


DAY = Day()
