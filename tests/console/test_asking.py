"""The sender's page of what does not come: ask with a button, then wait for the reply; once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from tests.console.people import client_in
from tests.console.test_pages import words
from tests.exchange.papers import declaration, paper
from tests.exchange.world import Pair, pair_of

from keruen.store import Direction, EnquiryState


@pytest.fixture
def pair(new_database: Callable[[], str]) -> Iterator[Pair]:
    made = pair_of(new_database(), new_database())
    yield made
    made.close()


async def test_what_is_overdue_is_asked_for_with_a_button_and_only_once(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    pair.clock.advance(hours=90)
    pair.kz.sweep()
    address = f"/consignments/{result.consignment_id}"
    with client_in(pair.kz.store, pair.kz.context, "operator") as client:
        shown = client.get(f"{address}?lang=en").text
        assert "ask the other side where it is." in words(shown)
        (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', shown))
        done = client.post(f"{address}/enquire", data={"csrf": token}, follow_redirects=False)
        assert (done.status_code, done.headers["Location"]) == (303, f"{address}#enquiries")
        assert re.search(r"Wait for the reply: on \w+ \d+ at", words(client.get(address).text))
        again = client.post(f"{address}/enquire", data={"csrf": token})
        assert again.status_code == 422
        assert "The other side was asked already" in words(again.text)
    (row,) = pair.kz.store.read(lambda r: r.enquiries(consignment_id=result.consignment_id))
    assert (row.direction, row.state) == (Direction.OUT, EnquiryState.ASKED)
