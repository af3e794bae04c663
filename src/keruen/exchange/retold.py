"""Whether an arrival was told before: another message with the same id of the arrival.

An arrival is told once. What was refused was not told: it may come again, put right.
"""

from __future__ import annotations

from collections.abc import Iterator

from keruen.exchange.kept import said
from keruen.exchange.lifecycle import Happening
from keruen.exchange.outcomes import Standing
from keruen.exchange.versions import same_content
from keruen.messages import AnyMessage, ArrivalInformation
from keruen.store import Reader

_TOLD = frozenset({Happening.ARRIVED, Happening.PARTLY_ARRIVED, Happening.UNANNOUNCED})


def standing_of_arrival(
    reader: Reader, corridor: str, consignment_id: str, message: AnyMessage
) -> Standing:
    """How an arrival stands to those that were told of its consignment; anything else is the next one."""
    if not isinstance(message, ArrivalInformation):
        return Standing.NEXT
    for before in _arrivals(reader, corridor, consignment_id):
        if before.arrival_id == message.arrival_id:
            return Standing.SAME if same_content(before, message) else Standing.OTHER
    return Standing.NEXT


def _arrivals(reader: Reader, corridor: str, consignment_id: str) -> Iterator[ArrivalInformation]:
    for event in reader.events(corridor, consignment_id):
        if event.name not in _TOLD or event.message_id is None:
            continue
        arrival = said(reader.message(corridor, event.message_id))
        if isinstance(arrival, ArrivalInformation):
            yield arrival
