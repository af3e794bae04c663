"""What a post awaits: everything counted, the most pressing shown, whatever has piled up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import event
from tests.console.people import client_in

from keruen.access import Person, Role
from keruen.console import reading
from keruen.console.board import posts
from keruen.console.board.posts import Watch
from keruen.console.reading import PAGE
from keruen.messages import Enquiry, Question

if TYPE_CHECKING:
    from tests.console.conftest import Node

EVERYBODY = Person(user_id="u", name="u", display="U", roles=frozenset(Role))
LARGE = ("consignment", "message", "outbox", "inbox", "envelope", "event", "identifier", "payload")
"""Tables that grow without end."""


def post(node: Node, code: str = "TJ-DUS", mark: str = "") -> dict[str, Any]:
    view = node.store.read(lambda r: posts.post(Watch(r, node.context, UTC, EVERYBODY), code, mark))
    assert view is not None
    return view


def told(node: Node, number: int, **ago: float) -> None:
    node.announced(
        f"39855302/231126/{number:07}",
        f"{number:03}AAA02",
        eta=node.now - timedelta(**ago),
        post="TJ-DUS",
    )


def test_what_is_long_overdue_stands_last_and_hides_nothing(node: Node) -> None:
    for number, hours in enumerate((100, 80, 5, 1, -1, -5)):
        told(node, number, hours=hours)
    view = post(node)
    shown = [(str(g.standing), [r.consignment.vehicle[:3] for r in g.rows]) for g in view["groups"]]
    assert shown == [
        ("overdue", ["003", "002"]),
        ("due-soon", ["004"]),
        ("on-time", ["005"]),
        ("long-overdue", ["001", "000"]),
    ]
    assert view["figures"].expected == 4


def test_what_was_announced_late_is_counted_and_marked(node: Node, store: Any) -> None:
    told(node, 1, hours=-1)
    told(node, 2, hours=-9)
    view = post(node)
    assert view["figures"].late == 1
    hints = {row.consignment.vehicle[:3]: row.hint for g in view["groups"] for row in g.rows}
    assert (hints["001"].late, hints["002"].late) == (True, False)


def test_a_full_board_shows_the_first_and_counts_the_rest(node: Node, store: Any) -> None:
    for number in range(PAGE + 3):
        told(node, number, minutes=-150 - number)
    group = post(node)["groups"][0]
    assert (len(group.rows), group.count) == (PAGE, PAGE + 3)
    with client_in(store, node.context) as client:
        assert "3 more are not shown" in client.get("/posts/TJ-DUS?lang=en").text
        first = client.get("/consignments?lang=en").text
        older = re.search(r'href="(\?role=&amp;before=[^"]+)"', first)
        assert older
        second = client.get("/consignments" + older[1].replace("&amp;", "&")).text
    links = re.compile(r"/consignments/([0-9a-f-]{36})")
    both = [*links.findall(first), *links.findall(second)]
    assert len(both) == len(set(both)) == PAGE + 3


def test_a_mark_is_found_however_much_is_expected(node: Node) -> None:
    for number in range(PAGE + 3):
        told(node, number, minutes=number)
    groups = post(node, mark="052AAA02")["groups"]
    assert [r.consignment.vehicle for g in groups for r in g.rows] == ["052AAA02 + 77BHA13"]
    assert post(node, code="TJ-FOT", mark="052AAA02")["groups"] == ()


def test_a_mark_shows_only_what_is_expected_there(busy: Node) -> None:
    assert post(busy, "TJ-FOT", "902ABT13")["groups"] == ()
    assert [g.count for g in post(busy, "TJ-FOT", "071KLM02")["groups"]] == [1]


def test_what_the_other_side_asks_is_narrowed_to_the_posts_of_the_operator(busy: Node) -> None:
    one = next(
        one
        for one in busy.store.read(lambda r: r.consignments())
        if one.reference == "39855302/231126/0011901"
    )
    busy.receive(
        Enquiry(
            header=busy.partner_header(Enquiry),
            enquiry_id=busy.context.clock.new_id(),
            question=Question.ARRIVAL,
            consignment_id=one.consignment_id,
            expected=one.eta,
        )
    )

    def subjects(posts_seen: frozenset[str] | None) -> list[str]:
        person = msgspec.structs.replace(EVERYBODY, posts=posts_seen)
        view = busy.store.read(lambda r: posts.start(Watch(r, busy.context, UTC, person)))
        return [row.subject for row in view["asked"]]

    assert subjects(None) == [one.reference]
    assert subjects(frozenset({one.post or ""})) == [one.reference]
    assert subjects(frozenset({"TJ-NAU"})) == []


@pytest.fixture
def asked(busy: Node) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that the pages send to the database."""
    statements: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        statements.append((statement, parameters))

    event.listen(busy.store._reading, "before_cursor_execute", note)
    yield statements
    event.remove(busy.store._reading, "before_cursor_execute", note)


def test_no_page_reads_a_growing_table_from_end_to_end(
    client: TestClient[Any], busy: Node, asked: list[tuple[str, Any]]
) -> None:
    one = busy.store.read(lambda r: r.consignments(states=["formalities"]))[0]
    told = busy.store.read(lambda r: r.messages(kind="ImportInformation"))[0]
    for address in (
        "/",
        "/posts/TJ-FOT",
        "/posts/-",
        "/search?q=071",
        "/consignments?role=sender",
        f"/consignments?before={one.consignment_id}",
        f"/consignments/{one.consignment_id}",
        f"/messages?before={told.message_id}",
        f"/messages/{told.corridor}/{told.message_id}",
    ):
        assert client.get(address).status_code == 200
    busy.store.read(reading.stamp)
    statements = [one for one in asked if one[0].startswith("SELECT")]
    assert len(statements) > 30
    with busy.store._reading.connect() as connection:
        for statement, parameters in statements:
            found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            for *_, step in found.fetchall():
                whole = re.fullmatch(rf"SCAN ({'|'.join(LARGE)})", step)
                assert not whole, (step, statement)
