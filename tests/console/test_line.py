"""What the pages tell of the line: the AS4 header with its properties, and what could not be delivered."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.console.people import client_in

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.console.test_pages import words
from tests.exchange.firewall import changed
from tests.exchange.papers import declaration, paper
from tests.exchange.world import CORRIDOR, Node, Pair, pair_of

from keruen.as4 import Property
from keruen.store import Direction


@pytest.fixture
def pair(tmp_path: Path) -> Any:
    made = pair_of(f"sqlite:///{tmp_path / 'kz.db'}", f"sqlite:///{tmp_path / 'tj.db'}")
    yield made
    made.close()


def reading(node: Node) -> Callable[[str], str]:

    def read(address: str) -> str:
        with client_in(node.store, node.context) as client:
            answer = client.get(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return words(answer.text)

    return read


async def test_a_message_shows_its_header_and_the_properties_that_came_with_it(
    pair: Pair,
) -> None:
    changed(pair.kz, "TJ", properties=(Property("network", "test <b>", "urn:kind"),))
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    (message,) = pair.tj.messages(direction=Direction.IN)
    page = reading(pair.tj)(f"/messages/{CORRIDOR}/{message.message_id}")
    assert "AS4 service urn:keruen:exchange:1" in page
    assert f"Conversation {result.consignment_id}" in page
    assert "– network urn:kind test &lt;b&gt;" in page
    assert "MimeType application/json" in page
    (answer,) = pair.tj.messages(direction=Direction.OUT)
    page = reading(pair.tj)(f"/messages/{CORRIDOR}/{answer.message_id}")
    assert f"Answers the AS4 id {message.ebms_id}" in page


async def test_what_could_not_be_delivered_is_told_in_the_history_with_its_code(
    pair: Pair,
) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    pair.wire.lose_requests = 1
    pair.clock.advance(hours=73)
    await pair.kz.send_once()
    page = reading(pair.kz)(f"/consignments/{result.consignment_id}")
    assert "No receipt came" in page
    assert "EBMS:0301" in page
    assert "Not delivered The message could not be delivered EBMS:0202 EBMS:0005" in page


async def test_what_the_partner_probably_has_is_counted_by_itself(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    assert "Probably received" not in reading(pair.kz)("/")
    message_id = result.message_id or ""
    pair.kz.store.write_now(lambda tx: tx.outbox_probable(CORRIDOR, message_id, "EBMS:4001"))
    assert "Probably received, no receipt 1" in reading(pair.kz)("/")
    assert "EBMS:4001" in reading(pair.kz)("/messages?direction=out")
