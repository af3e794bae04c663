"""A code that stands more than once in a published table: which of its lines counts.

UN/ECE marks its lines (column ``Status`` or ``CI``, Recommendations 20, 21 and 28): ``D`` is deprecated, ``X``
is marked as deleted. Such a table lists a code under each quantity that it measures, and keeps what was
superseded. So a code that comes again there is no mistake: the first line that is usable counts, and what does
not is said. In a table without such marks nobody can say which line counts, and it is a mistake.
"""

from __future__ import annotations

from typing import NamedTuple

from keruen.customs.codelists.cells import CellError
from keruen.customs.codelists.columns import CODE
from keruen.customs.codelists.model import Entry

DEPRECATED = "D"
DELETED = "X"
LEFT_OUT = "code-deleted"
REPEATED = "code-repeated"


class Line(NamedTuple):
    """One line of a table."""

    number: int
    entry: Entry
    status: str = ""


class Lines:
    """The lines of a table that count, and what is said of the others.

    Args:
        marked: whether the table has a column of marks.
        several: whether a code may have several lines on the same days (correspondences).
    """

    def __init__(self, *, marked: bool, several: bool) -> None:
        self._marked, self._several = marked, several
        self._kept: dict[str, list[Line]] = {}
        self.remarks: list[tuple[int, str, str]] = []
        """Line, code and text of what became of it, where a person should know."""

    def take(self, line: Line) -> None:
        """Look at the next line.

        Raises:
            CellError: its code means something else already on some of the same days.
        """
        if self._marked and line.status == DELETED:
            said = f"{line.entry.code!r} is marked as deleted ({DELETED}); it is left out"
            self.remarks.append((line.number, LEFT_OUT, said))
            return
        before = self._kept.setdefault(line.entry.code, [])
        if any(line.entry == one.entry for one in before):
            return
        other = next((one for one in before if _overlap(one.entry, line.entry)), None)
        if other is None or self._several:
            before.append(line)
        elif self._marked:
            self._choose(before, other, line)
        else:
            said = (
                f"{line.entry.code!r} is on line {other.number} already, for some of the same days"
            )
            raise CellError(CODE, said)

    def _choose(self, before: list[Line], other: Line, line: Line) -> None:
        superseded = other.status == DEPRECATED != line.status
        counts, left = (line, other) if superseded else (other, line)
        why = f", as line {left.number} is deprecated ({DEPRECATED})" if superseded else ""
        if superseded:
            before[before.index(other)] = line
        said = f"{line.entry.code!r} is on line {other.number} already; line {counts.number} counts{why}"
        self.remarks.append((line.number, REPEATED, said))

    def entries(self) -> list[Entry]:
        """What counts, in the order of the lines."""
        kept = (line for lines in self._kept.values() for line in lines)
        return [line.entry for line in sorted(kept, key=lambda line: line.number)]


def _overlap(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both hold."""
    starts = [entry.valid_from for entry in (one, other) if entry.valid_from]
    latest = max(starts, default=None)
    return latest is None or (one.holds_on(latest) and other.holds_on(latest))
