"""Webhooks: each event is told in order, signed, until it is taken, from where it stopped."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from msgspec import json
from tests.exchange.papers import number, paper
from tests.exchange.world import Pair

from keruen.exchange import Hook, Webhook
from keruen.store import Store

SECRET = b"s" * 32


@dataclass
class Address:
    """A system that is told, and how it answers."""

    answers: list[int | Exception] = field(default_factory=list)
    told: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)

    async def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> int:
        assert url == "https://events.example"
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, Exception):
            raise answer
        expected = hmac.new(
            SECRET,
            b".".join(
                (headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body)
            ),
            hashlib.sha256,
        )
        mark = f"v1,{base64.b64encode(expected.digest()).decode()}"
        assert headers["webhook-signature"] == mark
        self.told.append((dict(headers), json.decode(body)))
        return answer

    @property
    def happened(self) -> list[str]:
        return [event["data"]["happened"] for _, event in self.told]

    @property
    def ids(self) -> list[str]:
        return [event["id"] for _, event in self.told]


def webhook(pair: Pair, address: Address, *happenings: str) -> Webhook:
    hook = Hook("national", "https://events.example", SECRET, frozenset(happenings))
    return Webhook(
        pair.kz.store, pair.kz.context, hook, address, lambda n: timedelta(seconds=10 * n)
    )


async def test_each_event_is_told_once_and_in_order_as_a_cloud_event(pair: Pair) -> None:
    (submitted,) = pair.kz.submit(paper(number(1)))
    await pair.settle()
    address = Address()
    hook = webhook(pair, address)
    assert await hook.round() == 4
    assert await hook.round() == 0
    assert address.happened == ["released", "sent", "delivered", "accepted"]
    assert address.ids == sorted(address.ids)
    headers, event = address.told[0]
    assert headers["Content-Type"] == "application/cloudevents+json"
    assert event["specversion"] == "1.0"
    assert event["source"] == "urn:keruen:node:kz"
    assert event["type"] == "org.keruen.consignment.released"
    assert event["subject"] == submitted.consignment_id
    assert event["data"]["reference"] == "55301/231126/0000001"


async def test_what_is_not_taken_is_told_again_later_and_nothing_overtakes_it(pair: Pair) -> None:
    pair.kz.submit(paper(number(1)), paper(number(2)))
    address = Address([204, 500, ConnectionRefusedError("nobody listens"), 204])
    hook = webhook(pair, address)
    assert await hook.round() == 1
    assert await hook.round() == 0, "its time has not come"
    pair.clock.advance(seconds=11)
    assert await hook.round() == 0
    position = pair.kz.store.read(lambda reader: reader.hook_position("national"))
    assert position is not None
    assert (position.attempts, position.event_id) == (2, address.ids[0])
    assert "nobody listens" in (position.last_error or "")
    pair.clock.advance(seconds=21)
    assert await hook.round() == 1
    first, refused, again = address.ids
    assert first < refused == again


async def test_a_node_that_starts_again_goes_on_where_it_stopped(pair: Pair) -> None:
    pair.kz.submit(paper(number(1)))
    await webhook(pair, before := Address()).round()
    await pair.settle()
    await webhook(pair, after := Address()).round()
    assert before.happened == ["released"]
    assert after.happened == ["sent", "delivered", "accepted"]


async def test_only_the_events_that_it_wants_are_told_and_the_others_are_passed(pair: Pair) -> None:
    pair.kz.submit(paper(number(1)))
    await pair.settle()
    address = Address()
    hook = webhook(pair, address, "accepted")
    assert await hook.round() == 4
    assert address.happened == ["accepted"]


async def test_an_address_that_is_gone_is_left_alone(pair: Pair) -> None:
    pair.kz.submit(paper(number(1)))
    address = Address([410])
    hook = webhook(pair, address)
    await hook.round()
    pair.clock.advance(days=1)
    assert await hook.round() == 0
    assert len(address.told) == 1


async def test_positions_are_kept_on_both_databases(mixed_pair: Pair) -> None:
    for node in (mixed_pair.kz, mixed_pair.tj):
        _check_positions(node.store)


def _check_positions(store: Store) -> None:
    from keruen.store import HookPosition, Transaction

    for event in ("", "a", "b"):
        row = HookPosition(hook="h", event_id=event, attempts=1, last_error="x")
        store.write_now(partial(Transaction.put_hook_position, row=row))
    assert store.read(lambda reader: reader.hook_positions()) == [row]
