"""An officer's browser: one connection over which pages of another process are fetched."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from keruen.access import Role
from keruen.config import directory
from keruen.demo.play import wait_for_port
from keruen.errors import LocalError
from keruen.node import Node
from keruen.people.accounts import Wanted, made
from keruen.people.sessions import begun
from keruen.store import Transaction

OK = 200
STOPPING_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: how long it took to come, ms, and what it weighs, octets, on the wire and unpacked."""

    milliseconds: float
    wire: int
    text: str

    @property
    def size(self) -> int:
        """Octets, unpacked."""
        return len(self.text.encode())


@dataclass(slots=True)
class Visitor:
    """Somebody who is in."""

    port: int
    cookie: str
    connection: http.client.HTTPConnection

    @classmethod
    def of(cls, port: int, cookie: str) -> Visitor:
        """A browser with this session's cookie."""
        return cls(port, cookie, http.client.HTTPConnection("127.0.0.1", port, timeout=60))

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def headers(self, language: str) -> dict[str, str]:
        """What a browser in which somebody reads that language sends."""
        cookie = f"{self.cookie}; keruen-language={language}"
        return {"Cookie": cookie, "Accept-Encoding": "gzip"}

    def fetch(self, path: str, language: str = "ru", *, fragment: bool = False) -> Fetched:
        """Fetch a page whole.

        Args:
            fragment: only its main part, as an open page does.

        Raises:
            LocalError: ``bench-page``: it did not come.
        """
        begun_at = time.perf_counter()
        extra = {"X-Fragment": "1"} if fragment else {}
        self.connection.request("GET", path, headers=self.headers(language) | extra)
        answer = self.connection.getresponse()
        octets = answer.read()
        took = 1000 * (time.perf_counter() - begun_at)
        if answer.status != OK:
            raise LocalError("bench-page", f"{path} was answered with {answer.status}")
        packed = answer.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(octets) if packed else octets).decode()
        return Fetched(took, len(octets), text)


def officer(node: Node) -> str:
    """The cookie of an officer who is in, made past the log-in: a log-in takes its time on purpose."""
    clock = node.context.clock
    wanted = Wanted(
        name=f"officer-{clock.new_id()[-12:]}", display="Мадина", roles=frozenset({Role.OFFICER})
    )

    def operation(tx: Transaction) -> str:
        account = made(tx, clock, wanted, None)
        return begun(tx, clock, account, complete=True, address="127.0.0.1", agent="bench")[1]

    return f"keruen-session-{node.context.country.lower()}={node.store.write_now(operation)}"


@contextlib.contextmanager
def running(root: Path) -> Iterator[int]:
    """A node runs in a process of its own while the context is open; gives its console's port."""
    port = directory.load(root).settings.console.port
    with (root / "node.log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "keruen", "run", str(root), "--quiet"],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_for_port(port, process)
        yield port
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOPPING_SECONDS)
        process.kill()
