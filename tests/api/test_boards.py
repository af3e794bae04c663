"""Boards of posts: what is awaited by the clock, what came; and consignments by whatever was read of them."""

from __future__ import annotations

import pytest
from tests.api.books import Books, pages

from keruen.border.schedule import Standing


def test_a_board_counts_what_its_pages_list(books: Books) -> None:
    posts = {one["code"]: one for one in books.get("/posts").json()}
    assert sum(posts["TJ-FOT"]["expected"].values()) > 3
    for standing in Standing:
        found = books.get(f"/posts/TJ-FOT/expected?standing={standing}").json()["items"]
        assert len(found) == posts["TJ-FOT"]["expected"].get(standing, 0)
        assert {one["standing"] for one in found} <= {standing}


def test_a_board_is_read_page_by_page_by_the_clock(books: Books) -> None:
    whole = books.get("/posts/TJ-FOT/expected").json()["items"]
    etas = [one["consignment"].get("eta", "9") for one in whole]
    assert etas == sorted(etas)
    assert pages(books, "/posts/TJ-FOT/expected", 1) == whole


def test_a_board_says_where_a_vehicle_is_best_sent(books: Books) -> None:
    whole = books.get("/posts/TJ-FOT/expected").json()["items"]
    hints = {one["consignment"]["reference"]: one["hint"] for one in whole}
    assert hints["39855302/231126/0011901"] == {"lane": "finding", "estimated": True}


def test_what_came_is_on_the_board_of_its_post(books: Books) -> None:
    (came,) = books.get("/posts/TJ-FOT/arrived").json()["items"]
    assert came["reference"] == "39857201/211126/0004398"
    assert books.get("/posts/TJ-NAU/arrived").json()["items"] == []


def test_a_post_of_another_country_is_none_here(books: Books) -> None:
    answer = books.get("/posts/KZ-KON/expected")
    assert (answer.status_code, answer.json()["code"]) == (404, "post-unknown")
    assert "TJ-FOT" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("read", "how", "kind"),
    [
        ("071 klm 02", "equal", "vehicle"),
        ("О71КLМО2", "alike", "vehicle"),
        ("MSKU7084122", "equal", "container"),
        ("071K", "beginning", "vehicle"),
    ],
)
def test_a_consignment_is_found_and_it_is_said_why(
    books: Books, read: str, how: str, kind: str
) -> None:
    (found,) = books.get("/find", params={"q": read}).json()
    assert (found["how"], found["kind"]) == (how, kind)
    assert found["consignment"]["reference"] == "39857201/231126/0004502"


def test_a_journey_says_when_something_came(books: Books) -> None:
    (came,) = books.get("/posts/TJ-FOT/arrived").json()["items"]
    whole = books.get(f"/consignments/{came['corridor']}/{came['consignment_id']}").json()
    *passed, entry = whole["journey"]
    assert {(one["kind"], one["timing"]) for one in passed} == {("crossing", "passed")}
    assert (entry["office"]["code"], entry["actual"]) == ("TJ-FOT", came["arrived"])
    assert (entry["timing"], entry["by"]) == ("within", "PT3000S")
