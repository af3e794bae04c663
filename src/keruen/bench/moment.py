"""How long an event takes from its commit in one process to an open board that another one serves."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

import msgspec

from keruen.bench.visitor import Visitor
from keruen.border import read_arrivals
from keruen.errors import LocalError
from keruen.node import Node
from keruen.store import Consignment

PATIENCE = 20


@dataclass(slots=True)
class OpenBoard:
    """A page that listens, as its script does."""

    visitor: Visitor
    path: str
    line: http.client.HTTPConnection
    answer: http.client.HTTPResponse

    @classmethod
    def of(cls, visitor: Visitor, path: str) -> OpenBoard:
        """Open the stream and take its first sign of life."""
        line = http.client.HTTPConnection("127.0.0.1", visitor.port, timeout=PATIENCE)
        line.request("GET", "/events", headers=visitor.headers("ru"))
        board = cls(visitor, path, line, line.getresponse())
        next(board.told())
        return board

    def close(self) -> None:
        """Listen no more."""
        self.answer.close()
        self.line.close()

    def told(self) -> Iterator[str]:
        """The names of what the stream tells, as they come."""
        while line := self.answer.readline():
            if line.startswith(b"event:"):
                yield line.removeprefix(b"event:").strip().decode()
        raise LocalError("bench-stream", "the console has ended the stream of events")

    def shows(self, consignment_id: str) -> bool:
        """Wait for news and fetch the board; gives whether it shows the consignment as arrived."""
        for name in self.told():
            if name == "change":
                page = self.visitor.fetch(self.path, fragment=True)
                return consignment_id in page.text.rpartition('id="arrived"')[2]
        return False


def event_milliseconds(node: Node, board: OpenBoard, one: Consignment) -> float:
    """From the commit of an arrival to the board that shows it.

    Raises:
        LocalError: ``bench-event``: the board fetched anew does not show it.
    """
    arrival = {
        "post": one.post,
        "arrived": node.context.clock.now().astimezone(UTC),
        "number": one.reference,
        "vehicle": one.vehicle,
    }
    [registered] = node.arrive(read_arrivals(msgspec.json.encode([arrival])))
    committed = time.perf_counter()
    while not board.shows(one.consignment_id):
        if time.perf_counter() - committed > PATIENCE:
            raise LocalError("bench-event", f"the board never showed {registered}")
    return 1000 * (time.perf_counter() - committed)
