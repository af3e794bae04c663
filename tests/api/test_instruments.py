"""The register by the API: how each instrument stands, what shows for it, what measures it."""

from __future__ import annotations

from tests.api.books import Books

PROTOCOL = "kz-tj-2023-preliminary-information"


def test_each_stands_as_on_the_day_that_is_asked_about(books: Books) -> None:
    before = books.get("/instruments?on=2023-05-03").json()
    assert {one["status"] for one in before} == {"not-signed"}
    today = {one["instrument"]["key"]: one["status"] for one in books.get("/instruments").json()}
    assert today[PROTOCOL] == "in-force"
    assert today["kz-tj-2023-industry"] == "expired"


def test_one_is_given_whole(books: Books) -> None:
    one = books.get(f"/instruments/{PROTOCOL}").json()
    assert one["agreements"] == ["kz-tj"]
    assert one["milestones"][0]["progress"] == "done"
    (month,) = [each for each in one["months"] if each["consignments"]]
    assert 0 <= month["on_time_share"] <= 1
    assert month["clearance_hours"] >= 0


def test_what_is_not_there_is_not_found(books: Books) -> None:
    answer = books.get("/instruments/dream")
    assert (answer.status_code, answer.json()["code"]) == (404, "instrument-unknown")
