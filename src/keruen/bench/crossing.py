"""Two nodes in one process: what simulated traffic leaves in their stores, without a socket or waiting.

Everything is real (declarations, AS4, handlers, answers, the clock's sweeps), only that the line between the
nodes is a call and that domain time is set by hand. Each node ends with rows as a running one has them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path

import msgspec

from keruen import border
from keruen.border import read_arrivals
from keruen.clock import Clock
from keruen.demo.play import two_directories
from keruen.exchange import (
    HANDLERS,
    Inbox,
    Receiver,
    Reply,
    Sender,
    deadlines,
    sweep,
)
from keruen.exchange.replies import answer
from keruen.messages import EnquiryOutcome
from keruen.node import Node
from keruen.simulate import Step, Submission, simulate
from keruen.store import OPEN, Direction, Transaction

HOUR = timedelta(hours=1)
NEVER = timedelta(days=1)
"""Wait after a failed attempt: there is none."""
REST = timedelta(days=6)
"""After so long what is overdue at the end of the traffic was asked for, and asked for again."""


class SetClock(Clock):
    """Domain time that stands where it was set."""

    def __init__(self, shown: datetime) -> None:
        super().__init__()
        self.shown = shown

    def now(self) -> datetime:
        """Domain time."""
        return self.shown


@dataclass(slots=True)
class Side:
    """One node, moved by hand."""

    node: Node
    sender: Sender
    inbox: Inbox
    receiver: Receiver

    def take(self, steps: Iterable[Step]) -> None:
        """Hand in the files and register the arrivals of these steps."""
        files, arrived = list[tuple[str, bytes]](), list[object]()
        for step in steps:
            if isinstance(step, Submission):
                files.append((step.name, step.data))
            else:
                arrived.append(step.data)
        self.node.submit(files)
        self.node.arrive(read_arrivals(msgspec.json.encode(arrived)))

    async def move(self) -> int:
        """Send what waits and handle what came; gives how much it was."""
        started = await self.sender.round()
        await asyncio.gather(*self.sender._tasks)  # noqa: SLF001 - waited for, not watched
        return started + await self.inbox.round()

    def look_at_the_clock(self) -> None:
        """What is overdue, and which deadlines were missed."""
        store, context = self.node.store, self.node.context
        store.write_now(lambda tx: sweep(tx, context))
        store.write_now(lambda tx: deadlines.look(tx, context))

    def answer(self) -> None:
        """What waits for a person is answered by one: it was looked for and has not come."""
        self.node.store.write_now(self._answer)

    def _answer(self, tx: Transaction) -> None:
        for row in tx.enquiries(direction=Direction.IN, states=OPEN):
            answer(tx, self.node.context, row.enquiry_id, EnquiryOutcome.NOT_ARRIVED)


class Crossing:
    """Both nodes on one clock."""

    def __init__(self, root: Path, start: datetime) -> None:
        self.clock = SetClock(start)
        two_directories(root)
        self.sides = {
            one: _side(root / one.lower(), self._post, self.clock) for one in ("KZ", "TJ")
        }
        self._receivers = {
            peer.endpoint: self.sides[country].receiver
            for side in self.sides.values()
            for country, peer in side.node.line.peers.items()
        }

    async def _post(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], _: int
    ) -> Reply:
        return await self._receivers[url].receive(content_type, _stream(chunks()))

    async def play(self, steps: Iterable[Step]) -> None:
        """Let all of it happen, an hour at a time."""
        start = self.clock.shown
        for _, group in groupby(steps, key=lambda step: (step.at - start) // HOUR):
            some = list(group)
            self.clock.shown = some[-1].at
            for country, side in self.sides.items():
                side.take(step for step in some if step.country == country)
            await self._settle()

    async def wait(self, until: datetime) -> None:
        """Let the clock go on to a time, an hour at a time."""
        while self.clock.shown < until:
            self.clock.shown = min(self.clock.shown + HOUR, until)
            await self._settle()

    async def come_to_rest(self) -> None:
        """Let the clock go on until it brings about no more: what did not come is asked for and answered."""
        await self.wait(self.clock.shown + REST)
        for side in self.sides.values():
            side.answer()
        await self._settle()

    async def _settle(self) -> None:
        await self._carry()
        for side in self.sides.values():
            side.look_at_the_clock()
        await self._carry()

    async def _carry(self) -> None:
        while sum([await side.move() for side in self.sides.values()]):
            pass

    def close(self) -> None:
        """Close both stores."""
        for side in self.sides.values():
            side.node.close()


def crossing(root: Path, *, consignments: int, seed: int, until: float = 1.0) -> datetime:
    """Make two node directories in which simulated traffic of five days has passed, or a part of it.

    Args:
        until: share of the time after which it stops, what is on the way then being left there; 1 for all of
            it, until nothing is awaited any more.

    Returns:
        Domain time at which it stopped.
    """
    made = Crossing(root, Clock.wall())
    agreement = made.sides["KZ"].node.context.agreements[0]
    traffic = simulate(agreement, seed=seed, consignments=consignments, start=made.clock.shown)
    end = traffic.start + (traffic.end - traffic.start) * until
    steps = [step for step in traffic.steps if step.at <= end]
    try:
        asyncio.run(_played(made, steps, end, whole=until >= 1))
        return made.clock.shown
    finally:
        made.close()


async def _played(made: Crossing, steps: Iterable[Step], end: datetime, *, whole: bool) -> None:
    await made.play(steps)
    await made.wait(end)
    if whole:
        await made.come_to_rest()


def _side(root: Path, post: Callable[..., object], clock: Clock) -> Side:
    opened = Node.open(root)
    node = replace(opened, context=replace(opened.context, clock=clock))
    sender = Sender(node.store, node.context, node.line, post, lambda _: NEVER, "crossing")  # type: ignore[arg-type]
    inbox = Inbox(node.store, node.context, {**HANDLERS, **border.HANDLERS})
    return Side(node, sender, inbox, Receiver(node.store, node.context, node.line))


async def _stream(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk
