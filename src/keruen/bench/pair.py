"""Two nodes on loopback, each a process of its own, and the figures of what passes between them."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keruen.bench.primitives import limit
from keruen.demo.play import COUNTRIES, two_directories
from keruen.errors import LocalError

AT_ONCE = 64
"""Messages without a receipt at any time."""


@dataclass(slots=True)
class Process:
    """One node's process."""

    running: subprocess.Popen[str]

    def ask(self, do: str, **said: Any) -> dict[str, Any]:
        """Let it do something and wait for the answer.

        Raises:
            LocalError: ``bench-node``: the process has ended.
        """
        self.begin(do, **said)
        return self.answer()

    def begin(self, do: str, **said: Any) -> None:
        """Let it do something."""
        assert self.running.stdin is not None  # noqa: S101 - it was opened with pipes
        self.running.stdin.write(json.dumps({"do": do, **said}) + "\n")
        self.running.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """Wait for what it answers."""
        assert self.running.stdout is not None  # noqa: S101 - as above
        line = self.running.stdout.readline()
        if not line:
            raise LocalError("bench-node", f"a node ended with {self.running.wait()}")
        found: dict[str, Any] = json.loads(line)
        return found


@dataclass(slots=True)
class Pair:
    """The node that sends and the node that receives."""

    sending: Process
    receiving: Process

    def measure(self, *, messages: int, count: int = 1, at_once: int = AT_ONCE) -> dict[str, Any]:
        """Send messages of `count` declarations each, and tell the limit at the time."""
        cores = min(2, os.cpu_count() or 1)
        ceiling, primitives = limit(cores)
        before = self.receiving.ask("tell")
        found = self.sending.ask("load", messages=messages, at_once=at_once, count=count)
        after = self.receiving.ask("tell")
        if after["stored"] - before["stored"] != messages:
            raise LocalError("bench-lost", f"{messages} were sent; see the receiver's log")
        cpu = found["cpu"] + after["cpu"] - before["cpu"]
        rate = messages / found["seconds"]
        return {
            "delivered_per_second": rate,
            "declarations_per_second": rate * count,
            "p50_ms": found["p50_ms"],
            "p99_ms": found["p99_ms"],
            "bytes": found["bytes"],
            "limit_per_second": ceiling,
            "share": rate / ceiling,
            "cpu_us": 1e6 * cpu / messages,
            "cpu_us_sending": 1e6 * found["cpu"] / messages,
            "cpu_share": sum(primitives.values()) / (1e6 * cpu / messages),
            "primitives_us": primitives,
        }

    def fill(self, until: int) -> None:
        """Fill both stores until each holds so many messages."""
        self.sending.begin("fill", until=until, outgoing=True)
        self.receiving.ask("fill", until=until, outgoing=False)
        self.sending.answer()


@contextlib.contextmanager
def pair(root: Path, python: tuple[str, ...] = (sys.executable,)) -> Iterator[Pair]:
    """Two fresh nodes with each other's cards, running; stopped when the context closes."""
    two_directories(root)
    processes = [_start(root / country.lower(), python) for country in COUNTRIES]
    try:
        yield Pair(*processes)
    finally:
        for process in processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.running.communicate(timeout=20)
            process.running.kill()


def _start(root: Path, python: tuple[str, ...]) -> Process:
    running = subprocess.Popen(  # noqa: S603 - our own program
        [*python, "-m", "keruen.bench.side", str(root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    process = Process(running)
    process.answer()
    return process
