"""Consignments as rows of a list, whatever list; all that the rows show is read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from keruen.border import Found, lanes
from keruen.border.schedule import Standing
from keruen.console.views import Row
from keruen.store import Consignment, IdentifierKind, Reader

By = Callable[[Consignment], Standing | None]


def rows(
    reader: Reader,
    found: Sequence[Consignment],
    standing: By = lambda _: None,
    *,
    by: Sequence[Found] = (),
    now: datetime | None = None,
) -> tuple[Row, ...]:
    """Consignments as rows of a list.

    Args:
        standing: how a consignment stands by the clock, where that is shown.
        by: the marks by which they were found.
        now: for hints that look at the clock.
    """
    ids = [one.consignment_id for one in found]
    hints = lanes(reader, found, now)
    boxes: dict[str, list[str]] = defaultdict(list)
    for key in reader.identifiers_among(ids):
        if key.kind is IdentifierKind.CONTAINER:
            boxes[key.consignment_id].append(key.declared)
    because = {one.consignment.consignment_id: one for one in by}
    return tuple(
        Row(
            consignment=one,
            standing=standing(one),
            containers=tuple(boxes[one.consignment_id]),
            discrepancies=hints[one.consignment_id].discrepancies,
            hint=hints[one.consignment_id],
            found=because.get(one.consignment_id),
        )
        for one in found
    )
