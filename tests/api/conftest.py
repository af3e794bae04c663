"""A running node and a program that calls it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

# Tests are no packages, yet this room uses the nodes of another.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.api.books import Books, opened
from tests.cli.conftest import export, keruen, kz, pristine, running, tj, transit
from tests.console.conftest import Node, agreement, busy, node, store, store_url

from keruen.config import directory

__all__ = [
    "agreement",
    "busy",
    "export",
    "kz",
    "node",
    "pristine",
    "store",
    "store_url",
    "tj",
    "transit",
]


@dataclass(frozen=True)
class Answered:
    """What the node answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Program:
    """A program of the administration."""

    root: Path
    port: int
    secret: str | None = None

    def with_scopes(self, *scopes: str) -> Program:
        """The same with a new token."""
        options = [part for scope in scopes for part in ("--scope", scope)]
        made = keruen("token", "add", self.root, "a program", *options, "--json")
        return Program(self.root, self.port, made.json["secret"])

    def connection(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=10)

    def headers(self, **headers: str) -> dict[str, str]:
        shown = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return shown | {name.replace("_", "-"): value for name, value in headers.items()}

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answered:
        with closing(self.connection()) as connection:
            connection.request(method, f"/api/v1{path}", body, self.headers(**headers))
            answer = connection.getresponse()
            fields = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(answer.status, fields, answer.read())

    def submit(self, body: bytes, key: str = "one") -> Answered:
        return self.call("POST", "/documents?name=a.xml", body, Idempotency_Key=key)


@pytest.fixture
def stranger(kz: Path) -> Iterator[Program]:
    """A program without a token, beside the running node of KZ."""
    with running(kz):
        yield Program(kz, directory.load(kz).settings.console.port)


@pytest.fixture
def books(busy: Node) -> Iterator[Books]:
    """The API over a busy node's books, in this process."""
    with opened(busy) as found:
        yield found
