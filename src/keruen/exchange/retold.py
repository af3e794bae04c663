"""Whether an arrival was told before, or taken back: other messages with the same id of the arrival.

An arrival is told once, and may be taken back once. What was refused was not told: it may come again, put
right. Messages travel in parallel, so that one may be taken back before it is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from keruen.exchange.kept import said
from keruen.exchange.lifecycle import WITHDRAWN, Happening
from keruen.exchange.outcomes import Standing
from keruen.exchange.versions import same_content
from keruen.messages import AnyMessage, ArrivalInformation
from keruen.store import Reader

_TOLD = frozenset({Happening.ARRIVED, Happening.PARTLY_ARRIVED, Happening.UNANNOUNCED, *WITHDRAWN})


def standing_of_arrival(
    reader: Reader, corridor: str, consignment_id: str, message: AnyMessage
) -> Standing:
    """How an arrival stands to those that were told of its consignment; anything else is the next one."""
    if not isinstance(message, ArrivalInformation):
        return Standing.NEXT
    own = [
        one
        for one in _arrivals(reader, corridor, consignment_id)
        if one.arrival_id == message.arrival_id
    ]
    alike = next((one for one in own if one.withdrawn is message.withdrawn), None)
    if alike is not None:
        same = message.withdrawn or same_content(alike, message)
        return Standing.SAME if same else Standing.OTHER
    return Standing.LATE if own and not message.withdrawn else Standing.NEXT


def as_parts_stand(
    reader: Reader, corridor: str, message: AnyMessage, happening: Happening
) -> Happening:
    """What an arrival that is taken back does to its consignment: other parts of it may have come."""
    consignment_id = getattr(message, "consignment_id", None)
    if happening is not Happening.ARRIVAL_WITHDRAWN or consignment_id is None:
        return happening
    told = standing_arrivals(_arrivals(reader, corridor, consignment_id))
    others = [one for one in told if one.arrival_id != getattr(message, "arrival_id", None)]
    return Happening.PART_WITHDRAWN if others else happening


def standing_arrivals(told: Iterable[ArrivalInformation]) -> tuple[ArrivalInformation, ...]:
    """Those that were not taken back, in their order."""
    found = tuple(told)
    withdrawn = {one.arrival_id for one in found if one.withdrawn}
    return tuple(one for one in found if one.arrival_id not in withdrawn)


def _arrivals(reader: Reader, corridor: str, consignment_id: str) -> Iterator[ArrivalInformation]:
    for event in reader.events(corridor, consignment_id):
        if event.name not in _TOLD or event.message_id is None:
            continue
        arrival = said(reader.message(corridor, event.message_id))
        if isinstance(arrival, ArrivalInformation):
            yield arrival
