"""The API over the books of a busy node, called in this process: no server, no second node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from litestar.testing import TestClient
from tests.console.conftest import Node

from keruen.api import SCOPES, Gate, create_app, made, parse_scopes
from keruen.api.limits import Limits, Rate, rates
from keruen.api.openapi import PATH
from keruen.errors import LocalError
from keruen.exchange import Line, Pong, Receiver, Submitted, prepare, take
from keruen.exchange.once import once
from keruen.node import TAKERS
from keruen.store import Transaction

PLENTY = {name: Rate(calls=1_000_000, seconds=1) for name in rates()}

NOBODY = Line(signing=Any, decryption=(), peers={})  # type: ignore[arg-type]
"""A line to no partner: nothing is ever signed."""


@dataclass
class Books:
    """A node's API and programs that call it."""

    node: Node
    gate: Gate
    client: TestClient[Any]
    secrets: dict[tuple[str, ...], str] = field(default_factory=dict)

    def secret(self, *scopes: str) -> str:
        """Of a token that is good for these scopes."""
        if scopes not in self.secrets:
            self.secrets[scopes] = self.narrowed(*scopes)
        return self.secrets[scopes]

    def narrowed(self, *scopes: str, **to: Iterable[str]) -> str:
        """The secret of a new token that is narrowed to ``posts`` or ``partners``."""
        clock, good = self.node.context.clock, parse_scopes(scopes)
        row, secret = made(
            clock.new_id(), clock.entropy(), "a program", good, clock.wall(), 1, **to
        )
        self.node.store.write_now(lambda tx: tx.add_api_token(row))
        return secret

    def call(
        self, method: str, path: str, *scopes: str, headers: Mapping[str, str] = {}, **more: Any
    ) -> Any:
        """The answer to a call, by a program with these scopes; with all where none is named."""
        shown = {"Authorization": f"Bearer {self.secret(*(scopes or SCOPES))}"}
        return self.client.request(method, PATH + path, headers={**shown, **headers}, **more)

    def get(self, path: str, *scopes: str, **more: Any) -> Any:
        return self.call("GET", path, *scopes, **more)

    def post(self, path: str, body: Any = None, key: str = "one", **more: Any) -> Any:
        headers = {"Idempotency-Key": key} if key else {}
        content = {} if body is None else {"json": body}
        return self.call("POST", path, headers=headers, **content, **more)


@contextmanager
def opened(node: Node, allowed: Mapping[str, Rate] = PLENTY) -> Iterator[Books]:
    """The API over a node."""

    def submit(token_id: str, key: str, name: str, data: bytes) -> tuple[Submitted, bool]:
        prepared = prepare(node.context, name, data)

        def act(tx: Transaction) -> Submitted:
            if isinstance(prepared, Submitted):
                return prepared
            return take(tx, node.context, TAKERS, prepared)

        wall = node.context.clock.wall()
        return node.store.write_now(
            lambda tx: once(tx, token_id, key, data, wall, lambda: act(tx), Submitted)
        )

    async def ping(country: str) -> Pong:
        raise LocalError("EBMS:0005", f"no answer from {country}")

    gate = Gate(
        store=node.store,
        context=node.context,
        submit=submit,
        ping=ping,
        receiver=Receiver(node.store, node.context, NOBODY),
        treaty=lambda agreement, language: f"{agreement.corridor} {language}",
        limits=Limits(dict(allowed)),
    )
    with TestClient(create_app(gate), base_url="http://127.0.0.1") as client:
        yield Books(node, gate, client)


def pages(books: Books, path: str, limit: int) -> list[Any]:
    """Every item of a list, a page at a time."""
    found: list[Any] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = books.get(path, params={"limit": limit, "cursor": cursor}).json()
        assert len(answer["items"]) <= limit
        found += answer["items"]
        cursor = answer.get("next")
    return found
