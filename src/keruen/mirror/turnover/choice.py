"""Which comparisons somebody wants to see. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from keruen.customs import Struct
from keruen.mirror.turnover.compare import Comparison
from keruen.mirror.turnover.period import Length


class Choice(Struct, frozen=True):
    """What is shown; what is left out narrows nothing.

    Attributes:
        length: of the periods.
        flow: as `Flow` is written: ``KZ-TJ``, ``KZ+TJ``.
        reporter: ISO code; of the other one nothing is left out, rows without this one are.
        since, until: first and last year.
    """

    length: Length | None = None
    flow: str | None = None
    reporter: str | None = None
    since: int | None = None
    until: int | None = None

    def takes(self, one: Comparison) -> bool:
        """Whether a comparison is shown."""
        return (
            self.length in (None, one.period.length)
            and self.flow in (None, str(one.flow))
            and (self.since or 0) <= one.period.year <= (self.until or one.period.year)
            and (self.reporter is None or self._reported(one))
        )

    def _reported(self, one: Comparison) -> bool:
        return any(
            side.value is not None and side.reporter == self.reporter
            for side in (one.first, one.second)
        )


def narrowed(found: Iterable[Comparison], choice: Choice) -> tuple[Comparison, ...]:
    """What of all comparisons is shown."""
    return tuple(one for one in found if choice.takes(one))
