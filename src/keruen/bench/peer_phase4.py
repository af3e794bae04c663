"""phase4 measured beside two nodes: two of its processes, client to server over loopback HTTP.

The program is `tests/interop/phase4`, as `./test -m interop` builds it. Both sides have the keys of the two
nodes, and what is sent is what they send.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from keruen.bench.material import content
from keruen.bench.pair import pair
from keruen.errors import LocalError

CHECKOUT = Path(__file__).parents[3]
BUILT = CHECKOUT / "build" / "interop-phase4"
AT_ONCE = 8
"""Messages under way: with more threads phase4 does less on two cores, with fewer it waits."""
WARM_UP = 3000
"""Messages until Java has compiled what counts."""
SHARE = 2
"""A run of phase4 has this many times fewer messages than one of ours."""


@dataclass(slots=True)
class Process:
    """One of its processes: takes messages, and sends what a file describes."""

    running: subprocess.Popen[str]
    keys: Path

    def line(self) -> str:
        """What it says next.

        Raises:
            LocalError: ``bench-peer``: the process has ended.
        """
        assert self.running.stdout is not None  # noqa: S101 - it was opened with pipes
        line = self.running.stdout.readline()
        if not line:
            raise LocalError("bench-peer", f"phase4 ended with {self.running.wait()}")
        return line.rstrip("\n")

    def cpu(self) -> float:
        """Seconds of process time so far (proc_pid_stat(5), utime and stime)."""
        text = Path(f"/proc/{self.running.pid}/stat").read_text()
        fields = text.rpartition(")")[2].split()
        return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")

    def load(self, values: Mapping[str, object]) -> dict[str, float]:
        """Send so many messages at once; what came of them."""
        assert self.running.stdin is not None  # noqa: S101 - as above
        file = self.keys / "load.properties"
        file.write_text("".join(f"{name}={value}\n" for name, value in values.items()))
        self.running.stdin.write(f"{file}\n")
        self.running.stdin.flush()
        said = " ".join(iter(self.line, ""))
        word, *figures = said.split()
        if word != "load":
            raise LocalError("bench-peer", f"phase4 could not send: {said}")
        receipted, seconds, p50, p99 = map(float, figures)
        return {"per_second": receipted / seconds, "p50_ms": p50, "p99_ms": p99}


@dataclass(slots=True)
class Both:
    """The process that sends and the one that receives."""

    client: Process
    server: Process
    message: Mapping[str, object]

    def measure(self, messages: int) -> dict[str, float]:
        """Send so many; `cpu_us` is the process time of both for each."""
        before = self._cpu()
        found = self.client.load({**self.message, "messages": messages})
        return {**found, "cpu_us": 1e6 * (self._cpu() - before) / messages}

    def _cpu(self) -> float:
        return sum(one.cpu() for one in (self.client, self.server))


def phase4(root: Path, *, runs: int, messages: int) -> dict[str, Any]:
    """Its receipted messages a second and our ratio, in turn with two nodes; or why it was not measured."""
    if (reason := _missing()) is not None:
        return {"not_measured": f"{reason}; ./test -m interop in a checkout makes it"}
    with pair(root / "nodes") as nodes, _started(root) as both:
        nodes.measure(messages=messages)
        both.measure(WARM_UP)
        rounds = [
            (both.measure(messages // SHARE), nodes.measure(messages=messages)) for _ in range(runs)
        ]
    theirs, ours = [one for one, _ in rounds], [one for _, one in rounds]
    return {
        **{name: _median(one[name] for one in theirs) for name in theirs[0]},
        "keruen_per_second": _median(one["delivered_per_second"] for one in ours),
        "keruen_cpu_us": _median(one["cpu_us"] for one in ours),
        "ratio": _ratio((o["delivered_per_second"], t["per_second"]) for t, o in rounds),
        "cpu_ratio": _ratio((t["cpu_us"], o["cpu_us"]) for t, o in rounds),
        "at_once": AT_ONCE,
        "version": _version(),
    }


def _ratio(pairs: Iterable[tuple[float, float]]) -> float:
    return round(statistics.median(one / other for one, other in pairs), 2)


def _median(figures: Iterable[float]) -> float:
    return round(statistics.median(figures), 1)


def _missing() -> str | None:
    if shutil.which("java") is None:
        return "no java"
    return None if (BUILT / "stamp").exists() else f"no {BUILT}"


def _version() -> str:
    (jar,) = BUILT.glob("libraries/phase4-lib-*.jar")
    return jar.stem.removeprefix("phase4-lib-")


@contextlib.contextmanager
def _started(root: Path) -> Iterator[Both]:
    """Both of its processes."""
    with contextlib.ExitStack() as stack:
        client, _ = stack.enter_context(_running(_keys(root, "kz", "tj")))
        server, port = stack.enter_context(_running(_keys(root, "tj", "kz")))
        yield Both(client, server, _message(root, f"http://127.0.0.1:{int(port)}/as4"))


@contextlib.contextmanager
def _running(keys: Path) -> Iterator[tuple[Process, str]]:
    """A process that keeps nothing of what it receives, and its port."""
    classpath = f"{BUILT / 'classes'}:{BUILT / 'libraries'}/*"
    with (keys / "log").open("w") as log:
        running = subprocess.Popen(  # noqa: S603 - our own program
            ["java", "-Xmx512m", "-cp", classpath, "keruen.interop.Peer", str(keys)],  # noqa: S607
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        process = Process(running, keys)
        yield process, process.line().removeprefix("listening ")
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=20)
        running.kill()


def _keys(root: Path, own: str, partner: str) -> Path:
    """Own keys, and in ``partner`` the other one's certificates."""
    folder = root / f"phase4-{own}"
    shutil.copytree(root / "nodes" / own / "keys", folder)
    (folder / "partner").mkdir()
    for file in (root / "nodes" / partner / "keys").glob("*.cert.pem"):
        shutil.copy(file, folder / "partner" / file.name)
    return folder


def _message(root: Path, url: str) -> dict[str, object]:
    """What is sent: the benchmark's message, compressed as ours are."""
    payload = root / "payload.json"
    payload.write_bytes(content(1, 1))
    return {
        "url": url,
        "at-once": AT_ONCE,
        "from": "keruen-kz",
        "to": "keruen-tj",
        "party-type": "urn:oasis:names:tc:ebcore:partyid-type:unregistered",
        "agreement": "urn:agreement:1",
        "service": "urn:keruen:exchange:1",
        "action": "Benchmark",
        "conversation": "benchmark",
        "0.file": payload,
        "0.mime-type": "application/json",
        "0.packed": "true",
    }
