"""Lists: narrowed by filters, read page by page without a gap, however much comes meanwhile."""

from __future__ import annotations

import pytest
from tests.api.books import Books, pages

LISTS = ["/consignments", "/messages", "/enquiries", "/arrivals", "/refusals", "/alarms"]


@pytest.mark.parametrize("path", LISTS)
def test_pages_together_are_the_list(books: Books, path: str) -> None:
    whole = books.get(path, params={"limit": 200}).json()
    assert "next" not in whole
    assert pages(books, path, 2) == whole["items"]


def test_what_comes_meanwhile_moves_nothing(books: Books) -> None:
    first = books.get("/consignments?limit=3").json()
    books.node.announced("39855302/241126/0012001", "777NEW02")
    books.node.announced("39855302/241126/0012002", "778NEW02")
    second = books.get(f"/consignments?limit=3&cursor={first['next']}").json()
    ids = [one["consignment_id"] for one in (*first["items"], *second["items"])]
    assert len(set(ids)) == 6
    assert ids == sorted(ids, reverse=True)


def test_filters_narrow_together(books: Books) -> None:
    found = books.get("/consignments?state=overdue&state=accepted&role=receiver&post=TJ-FOT").json()
    states = {one["state"] for one in found["items"]}
    assert states
    assert states <= {"overdue", "accepted"}
    assert {one["post"] for one in found["items"]} == {"TJ-FOT"}
    assert books.get("/consignments?partner=UZ").json()["items"] == []


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("limit=0", 400, "parameter-invalid"),
        ("limit=many", 400, "parameter-invalid"),
        ("role=nobody", 400, "parameter-invalid"),
        ("role=null", 400, "parameter-invalid"),
        ("unheard=of", 400, "parameter-invalid"),
        ("cursor=abc", 422, "cursor-invalid"),
        ("cursor=(", 400, "parameter-invalid"),
    ],
)
def test_what_is_asked_wrongly_is_said(books: Books, asked: str, status: int, code: str) -> None:
    answer = books.get(f"/consignments?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
