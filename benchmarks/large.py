"""A large file from node to node: real processes, HTTP on loopback, and what each of them took of memory.

    .venv/bin/python benchmarks/large.py [--mib 1024] [--kind random|grey|blank]

The file is made while it is read, through a pipe: it is on disk in the two databases only. `random` cannot be
packed, `grey` packs to about a fifth, `blank` packs a thousandfold and is therefore sent as it is.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from keruen.config import directory
from keruen.config.cards import write_card
from keruen.store import CHUNK, Direction, Store

WAL = "keruen.db-wal"
PATIENCE = 1200.0


def chunks(mib: int, kind: str) -> Iterator[bytes]:
    """So many MiB, made one at a time."""
    source = random.Random(4)
    grey = bytes(octet & 3 for octet in range(256))
    for _ in range(mib):
        octets = bytes(CHUNK) if kind == "blank" else source.randbytes(CHUNK)
        yield octets.translate(grey) if kind == "grey" else octets


def made(root: Path) -> tuple[Path, Path]:
    """The directories of two nodes that know each other."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(4)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        ports = [one.getsockname()[1] for one in sockets]
    kz, tj = root / "kz", root / "tj"
    directory.init(kz, "KZ", as4_port=ports[0], console_port=ports[1])
    directory.init(tj, "TJ", as4_port=ports[2], console_port=ports[3])
    directory.add_card(kz, write_card(directory.load(tj).card))
    directory.add_card(tj, write_card(directory.load(kz).card))
    return kz, tj


@contextlib.contextmanager
def running(*roots: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """Nodes at work, each in a process of its own."""
    with contextlib.ExitStack() as stack:
        started = []
        for root in roots:
            command = [sys.executable, "-m", "keruen", "run", str(root), "--quiet"]
            process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            stack.callback(_end, process)
            started.append(process)
        for process in started:
            assert process.stderr is not None
            assert "runs. AS4" in process.stderr.readline()
        yield started


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.communicate(timeout=30)


WATCHED = """\
import resource, subprocess, sys
code = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""
"""Runs a command and tells its peak, KiB; a child's figure begins with that of whoever starts it."""


def peak_mib(pid: int) -> float:
    """The most that a process ever had in memory (VmHWM), MiB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(one for one in status.splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def arrive(root: Path, mib: int, kind: str) -> tuple[float, float, str]:
    """Register an arrival with the file; gives seconds, peak MiB of that command, and the file's SHA-256."""
    digest, pipe = hashlib.sha256(), root.parent / "scan.raw"
    os.mkfifo(pipe)

    def write() -> None:
        with pipe.open("wb") as out:
            for chunk in chunks(mib, kind):
                digest.update(chunk)
                out.write(chunk)

    writer = threading.Thread(target=write)
    command = [sys.executable, "-c", WATCHED, sys.executable, "-m", "keruen", "arrive", str(root)]
    command += ["--post", "TJ-GUL", "--vehicle", "A123BC", "--attach", str(pipe)]
    begun = time.perf_counter()
    writer.start()
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    writer.join()
    return time.perf_counter() - begun, int(told.split()[-1]) / 1024, digest.hexdigest()


def eventually(found: Callable[[], Any]) -> Any:
    """What a function gives, once it gives something."""
    last = time.monotonic() + PATIENCE
    while not (value := found()):
        if time.monotonic() > last:
            raise TimeoutError("it never came")
        time.sleep(0.05)
    return value


def measure(root: Path, mib: int, kind: str) -> dict[str, Any]:
    """Send one file and say what it took; fails unless it arrives as it was."""
    kz, tj = made(root)
    wal = {"sender": 0, "receiver": 0}
    with running(kz, tj) as (receiver, sender):
        storing, command_mib, digest = arrive(tj, mib, kind)
        store = Store.open(directory.load(kz).database_url)
        sending = Store.open(directory.load(tj).database_url)
        begun = time.perf_counter()

        def delivered() -> bool:
            for name, path in (("sender", tj), ("receiver", kz)):
                with contextlib.suppress(FileNotFoundError):
                    wal[name] = max(wal[name], (path / WAL).stat().st_size)
            return bool(sending.read(lambda r: r.outbox_counts().get("delivered")))

        try:
            eventually(delivered)
            took = time.perf_counter() - begun
            (message,) = eventually(
                lambda: store.read(lambda r: r.messages(direction=Direction.IN))
            )
            (one,) = store.read(lambda r: r.attachments("KZ-TJ", message.ebms_id, Direction.IN))
            found = hashlib.sha256()
            for chunk in store.payload(one.payload_id):
                found.update(chunk)
        finally:
            store.close()
            sending.close()
        assert found.hexdigest() == digest == one.digest.hex()
        peaks = {"sender": peak_mib(sender.pid), "receiver": peak_mib(receiver.pid)}
    return {
        "mib": mib,
        "kind": kind,
        "store_seconds": round(storing, 1),
        "deliver_seconds": round(took, 1),
        "peak_mib": {name: round(one) for name, one in (*peaks.items(), ("arrive", command_mib))},
        "wal_mib": {name: round(one / 2**20, 1) for name, one in wal.items()},
    }


def main() -> None:
    """Measure once and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("--kind", choices=["random", "grey", "blank"], default="random")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="keruen-large-") as folder:
        print(json.dumps(measure(Path(folder), given.mib, given.kind)))


if __name__ == "__main__":
    main()
