"""Which cells of a table with its totals must not be published, so that no small one can be worked out.

A cell is small where a reporter has fewer lines in it than asked (primary). A reader knows that the cells of
a row sum to its total, so of each row none or at least two are left out; and since even then one may follow
from several rows together, the equations are solved for what is left out until nothing has one solution
only (secondary). Solving is exact: modulo a prime, with whole coefficients.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, product

from keruen.errors import UsageError

TOTAL = "total"
Key = tuple[str, ...]
Figures = tuple[int, int, int, int]
"""Cents of the exporter and of the importer, and the lines of each."""
PRIME = (1 << 61) - 1
MOST = 4000
"""Cells left out, at most: more cannot be proven in a reasonable time."""


def with_totals(cells: Mapping[Key, Figures]) -> dict[Key, Figures]:
    """The cells and all their totals; the first column, the flow, has none."""
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (flow, *rest), figures in cells.items():
        for key in product(*((one, TOTAL) for one in rest)):
            held = sums[flow, *key]
            for place, figure in enumerate(figures):
                held[place] += figure
    return {key: (one[0], one[1], one[2], one[3]) for key, one in sums.items()}


def rows(keys: Iterable[Key]) -> list[list[Key]]:
    """Every total with the cells that sum to it, the total first."""
    found: dict[tuple[int, Key], list[Key]] = defaultdict(list)
    for key in keys:
        for place in range(1, len(key)):
            total = (*key[:place], TOTAL, *key[place + 1 :])
            if key[place] != TOTAL:
                found[place, total].append(key)
    return [[total, *cells] for (_, total), cells in found.items()]


def suppressed(table: Mapping[Key, Figures], least: int) -> dict[Key, str]:
    """What to leave out of a table with its totals: cell → ``primary`` or ``secondary``.

    Args:
        least: lines that a reporter must have in a cell, if it has any.

    Raises:
        UsageError: ``too-many-suppressed``.
    """
    found = {
        key: "primary"
        for key, (_, _, exported, imported) in table.items()
        if 0 < exported < least or 0 < imported < least
    }
    equations = rows(table)
    while more := set(_alone(table, equations, found)) or set(_solved(table, equations, found)):
        found |= dict.fromkeys(more, "secondary")
        if len(found) > MOST:
            raise UsageError(
                "too-many-suppressed",
                f"more than {MOST} cells would be left out; publish by fewer columns, or by hs2",
            )
    return found


def _alone(
    table: Mapping[Key, Figures], equations: list[list[Key]], found: Mapping[Key, str]
) -> Iterator[Key]:
    """A companion for each cell that is the only one left out of its row."""
    for row in equations:
        hidden = [key for key in row if key in found]
        if len(hidden) == 1:
            yield _companion(table, row, found)


def _companion(table: Mapping[Key, Figures], row: Iterable[Key], found: Mapping[Key, str]) -> Key:
    """The smallest cell of a row that is still shown; a cell before a total."""
    shown = [key for key in row if key not in found]
    return min(shown, key=lambda key: (key.count(TOTAL), table[key][0] + table[key][1], key))


def _solved(
    table: Mapping[Key, Figures], equations: list[list[Key]], found: Mapping[Key, str]
) -> Iterator[Key]:
    """A companion for the first cell that all equations together give away.

    Of one of its rows, if something of it is still shown, else of any row of its flow: what gives it away
    is there.
    """
    left_out = [
        {key: 1 if place else -1 for place, key in enumerate(row) if key in found}
        for row in equations
    ]
    given_away = _determined([row for row in left_out if row])
    open_rows = [row for row in equations if any(key not in found for key in row)]
    near = (row for key in given_away for row in open_rows if key in row)
    of_its_flow = (row for key in given_away for row in open_rows if key[0] == row[0][0])
    row = next(chain(near, of_its_flow), None)
    if row is not None:
        yield _companion(table, row, found)


def _determined(equations: list[dict[Key, int]]) -> list[Key]:
    """Unknowns that have one value in all solutions: alone in their row of the reduced echelon form."""
    pivots: dict[Key, dict[Key, int]] = {}
    for equation in equations:
        row = dict(equation)
        for key in [one for one in equation if one in pivots]:
            if key in row:
                _subtract(row, pivots[key], row[key])
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        inverse = pow(factor, -1, PRIME)
        row = {key: value * inverse % PRIME for key, value in row.items()}
        for other in pivots.values():
            if pivot in other:
                _subtract(other, row, other[pivot])
        pivots[pivot] = row
    return sorted(key for key, row in pivots.items() if len(row) == 1)


def _subtract(row: dict[Key, int], other: Mapping[Key, int], factor: int) -> None:
    for key, value in other.items():
        left = (row.get(key, 0) - factor * value) % PRIME
        if left:
            row[key] = left
        else:
            row.pop(key, None)
