"""Plays the two national systems and the border posts before two running nodes.

Both nodes run on one fast clock and know nothing of what was planted. Files are handed in and arrivals
registered when their time has come.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec.structs import replace

from keruen.agreement import Agreement
from keruen.border import Arrival, ArrivalRegistered, read_arrivals
from keruen.clock import Clock
from keruen.config import directory
from keruen.config.cards import write_card
from keruen.config.settings import DemoClock, address_of
from keruen.demo.ports import free_ports
from keruen.demo.visitors import admit_everybody
from keruen.errors import LocalError
from keruen.exchange import Result
from keruen.node import Node
from keruen.simulate import Step, Submission, Traffic, simulate
from keruen.store import Reader

COUNTRIES = ("KZ", "TJ")
START_SECONDS = 30
"""Machine seconds that a node may take to start."""
QUIET_SECONDS = 60
"""Machine seconds without any progress after which the demonstration gives up."""
POLL_SECONDS = 0.05

Progress = Callable[["Demonstration"], None]


@dataclass(slots=True)
class Demonstration:
    """Two nodes, their directories and processes, and the traffic that is fed to them."""

    root: Path
    clock: Clock
    traffic: Traffic
    nodes: dict[str, Node]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    fed: int = 0

    def start(self, country: str) -> None:
        """Start the process of one node and wait until it answers."""
        node = self.nodes[country]
        with (node.files.root / "node.log").open("ab") as log:
            self.processes[country] = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "keruen", "run", str(node.files.root), "--quiet"],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )
        wait_for_port(node.files.settings.as4.port, self.processes[country])

    def stop(self) -> None:
        """Stop both nodes."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
        for node in self.nodes.values():
            node.close()

    def addresses(self) -> dict[str, str]:
        """Console address of each country."""
        return {
            country: address_of(node.files.settings.console) for country, node in self.nodes.items()
        }

    def feed(self, steps: Sequence[Step]) -> None:
        """Hand in the files and register the arrivals of these steps, in their order."""
        for country, kind, group in _grouped(steps):
            node = self.nodes[country]
            if kind is Submission:
                files = ((s.name, s.data) for s in group if isinstance(s, Submission))
                _must_be_taken(one for one in node.submit(files) if one.result == Result.REFUSED)
            else:
                data = msgspec.json.encode([s.data for s in group])
                for arrival in read_arrivals(data):
                    _must_be_taken(one for one in _arrive(node, arrival) if one.arrival_id is None)
            self.fed += len(group)

    def run(self, progress: Progress) -> None:
        """Feed the whole traffic by the clock and wait until both nodes have nothing left to do.

        Raises:
            LocalError: ``demo-stuck`` when nothing moves any more before the end.
        """
        steps = list(self.traffic.steps)
        last_change, seen = time.monotonic(), ""
        while True:
            now = self.clock.now()
            ready = [step for step in steps[:200] if step.at <= now]
            if ready:
                self.feed(ready)
                del steps[: len(ready)]
            progress(self)
            if not steps and now >= self.traffic.end and self.settled():
                return
            state = f"{len(steps)} {self.last_events()}"
            if state != seen or steps or now < self.traffic.end:
                last_change, seen = time.monotonic(), state
            elif time.monotonic() - last_change > QUIET_SECONDS:
                raise LocalError("demo-stuck", f"nothing moves; see {self.root}/*/node.log")
            if not ready:
                time.sleep(POLL_SECONDS)

    def settled(self) -> bool:
        """Whether nothing waits on either side."""
        return all(node.store.read(is_settled) for node in self.nodes.values())

    def last_events(self) -> str:
        """Changes whenever something happens on either side."""
        return " ".join(
            node.store.read(lambda reader: reader.last_event_id()) for node in self.nodes.values()
        )


def _arrive(node: Node, arrival: Arrival) -> list[ArrivalRegistered]:
    """Register an arrival; of a vehicle that comes before its announcement no items can be ticked off."""
    registered = node.arrive([arrival])
    if any(found.code == "item-unknown" for one in registered for found in one.findings):
        return node.arrive([replace(arrival, items=())])
    return registered


def _must_be_taken(refused: Iterable[object]) -> None:
    for one in refused:
        raise LocalError("demo-refused", f"a node refused what was simulated: {one}")


def is_settled(reader: Reader) -> bool:
    """Whether a node has neither messages to send nor messages to handle."""
    counts = reader.counts()
    return not counts["outbox"].get("waiting") and not counts["inbox"].get("waiting")


def _grouped(steps: Sequence[Step]) -> Iterator[tuple[str, type[Step], list[Step]]]:
    """Neighbours of one country and kind together."""
    group: list[Step] = []
    for step in steps:
        if group and (step.country, type(step)) != (group[0].country, type(group[0])):
            yield group[0].country, type(group[0]), group
            group = []
        group.append(step)
    if group:
        yield group[0].country, type(group[0]), group


@contextlib.contextmanager
def demonstration(
    root: Path, *, consignments: int, seed: int, days: float, seconds: float
) -> Iterator[Demonstration]:
    """Two fresh nodes on loopback with each other's cards, running; stopped when the context closes.

    Args:
        days: domain time that the traffic spans.
        seconds: machine time that it takes.
    """
    wall = Clock.wall()
    setting = DemoClock(real=wall, shown=wall, rate=days * 86_400 / seconds)
    files = two_directories(root, setting)
    clock = Clock(setting.settings())
    agreement: Agreement = files["KZ"].agreements[0]
    traffic = simulate(
        agreement, seed=seed, consignments=consignments, start=clock.now(), days=days
    )
    demo = Demonstration(
        root=root,
        clock=clock,
        traffic=traffic,
        nodes={country: Node.open(root / country.lower()) for country in COUNTRIES},
    )
    try:
        for country in COUNTRIES:
            admit_everybody(demo.nodes[country])
            demo.start(country)
        yield demo
    finally:
        demo.stop()


def two_directories(root: Path, clock: DemoClock | None = None) -> dict[str, directory.NodeFiles]:
    """Two fresh node directories on free ports of loopback, each with the other's card."""
    ports = free_ports(4)
    files = {
        country: directory.init(
            root / country.lower(),
            country,
            as4_port=ports[2 * index],
            console_port=ports[2 * index + 1],
            clock=clock,
        )
        for index, country in enumerate(COUNTRIES)
    }
    first, second = files.values()
    directory.add_card(first.root, write_card(second.card))
    directory.add_card(second.root, write_card(first.card))
    return files


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens on a loopback port.

    Raises:
        LocalError: ``demo-start`` when the process ended or took too long.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(POLL_SECONDS)
    raise LocalError("demo-start", f"a node did not start; it ended with {process.poll()}")
