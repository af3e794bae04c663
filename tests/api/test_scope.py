"""Who may what: every operation by its scope; tokens narrowed to posts and partners; the audit trail."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.api.books import Books, opened
from tests.console.conftest import NIGHT, Node

from keruen.api import OPERATIONS, SCOPES
from keruen.api.limits import CALLS, VERIFICATIONS, Rate
from keruen.api.operation import Operation
from keruen.api.tokens import SCOPE_OF
from keruen.messages import Enquiry, Question
from keruen.store import Reader

FILLED = {
    "corridor": "KZ-TJ",
    "country": "KZ",
    "code": "TJ-FOT",
    "ordinal": "1",
    "list_id": "country",
}
GUARDED = [one for one in OPERATIONS if one.scope]


def path_of(one: Operation) -> str:
    return re.sub(r"{(\w+)}", lambda found: FILLED.get(found[1], "none"), one.path)


@pytest.fixture(scope="module")
def paths() -> dict[str, str]:
    return {one.id: path_of(one) for one in GUARDED}


def test_every_operation_needs_its_scope_and_no_other(books: Books, paths: dict[str, str]) -> None:
    for one in GUARDED:
        others = tuple(scope for scope in SCOPES if scope != one.scope)
        path = "/api/v1" + paths[one.id]
        assert books.client.request(one.method, path).status_code == 401, one.id
        refused = books.call(one.method, paths[one.id], *others)
        assert (refused.status_code, refused.json()["code"]) == (403, "scope-missing"), one.id


def test_every_act_of_a_program_has_a_scope() -> None:
    assert {one.act for one in GUARDED} <= set(SCOPE_OF)
    assert {one.id for one in OPERATIONS if one.scope is None} == {"getHealth", "getReadiness"}


def narrowed(books: Books, path: str, **to: Any) -> Any:
    shown = {"Authorization": f"Bearer {books.narrowed(*SCOPES, **to)}"}
    return books.client.get("/api/v1" + path, headers=shown)


def test_a_token_sees_only_its_posts(books: Books) -> None:
    listed = narrowed(books, "/consignments", posts=["TJ-NAU"]).json()["items"]
    assert {one["post"] for one in listed} == {"TJ-NAU"}
    assert [one["code"] for one in narrowed(books, "/posts", posts=["TJ-NAU"]).json()] == ["TJ-NAU"]
    assert narrowed(books, "/posts/TJ-FOT/expected", posts=["TJ-NAU"]).status_code == 404
    (other, *_) = books.get("/consignments?post=TJ-FOT").json()["items"]
    path = f"/consignments/{other['corridor']}/{other['consignment_id']}"
    assert books.get(path).status_code == 200
    hidden = narrowed(books, path, posts=["TJ-NAU"])
    assert (hidden.status_code, hidden.json()["code"]) == (404, "consignment-unknown")
    assert narrowed(books, "/find?q=071KLM02", posts=["TJ-NAU"]).json() == []
    messages = narrowed(books, "/messages", posts=["TJ-NAU"]).json()["items"]
    assert {one["consignment_id"] for one in messages} == {one["consignment_id"] for one in listed}


def test_no_consignment_of_another_post_is_named_as_linked(books: Books) -> None:
    one = books.node.announced("39855302/241126/0012001", "777NEW02", post="TJ-NAU", eta=NIGHT)
    other = books.node.announced("39855302/241126/0012002", "777NEW02", eta=NIGHT)
    path = f"/consignments/KZ-TJ/{one.consignment_id}"
    assert other.consignment_id in books.get(path).json()["belongs_to"]
    assert other.consignment_id not in narrowed(books, path, posts=["TJ-NAU"]).json()["belongs_to"]


def test_an_enquiry_about_a_consignment_of_another_post_is_not_there(books: Books) -> None:
    about = books.node.announced("39855302/241126/0012001", "777NEW02")
    books.node.receive(
        Enquiry(
            header=books.node.partner_header(Enquiry),
            enquiry_id=books.node.context.clock.new_id(),
            question=Question.ARRIVAL,
            consignment_id=about.consignment_id,
        )
    )
    (asked,) = books.get("/enquiries?direction=in").json()["items"]
    path = f"/enquiries/KZ-TJ/{asked['enquiry_id']}"
    assert narrowed(books, path, posts=["TJ-FOT"]).status_code == 200
    hidden = narrowed(books, path, posts=["TJ-NAU"])
    assert (hidden.status_code, hidden.json()["code"]) == (404, "enquiry-unknown")


@pytest.mark.parametrize("path", ["/consignments", "/messages", "/arrivals", "/enquiries"])
def test_a_token_sees_only_its_partners(books: Books, path: str) -> None:
    assert narrowed(books, path, partners=["UZ"]).json()["items"] == []


@pytest.mark.parametrize(
    "path", ["/refusals", "/alarms", "/deadlines", "/status", "/events", "/events/stream"]
)
def test_what_concerns_all_is_not_for_a_narrowed_token(books: Books, path: str) -> None:
    refused = narrowed(books, path, partners=["KZ"])
    assert (refused.status_code, refused.json()["code"]) == (403, "scope-narrowed")


def test_the_audit_trail_tells_what_programs_did_and_looked_at(books: Books) -> None:
    (one, *_) = books.get("/consignments?post=TJ-FOT").json()["items"]
    books.get(f"/consignments/{one['corridor']}/{one['consignment_id']}")
    books.get("/consignments/KZ-TJ/none")
    books.get("/find?q=071KLM02")
    books.post("/verifications", {"number": "TJ/1", "partner": "KZ"})
    books.post("/verifications", {"number": "TJ/1", "partner": "KZ"})
    told = books.node.store.read(Reader.audit)[::-1]
    assert [(row.detail, row.outcome) for row in told] == [
        ("getConsignment", "done"),
        ("getConsignment", "failed"),
        ("findConsignments", "done"),
        ("verifyDeclaration", "done"),
    ]
    assert {row.name for row in told} == {"token a program"}
    assert told[0].subject == f"{one['corridor']} {one['consignment_id']}"
    assert told[2].subject == "071KLM02"


def test_a_program_that_calls_too_often_is_told_to_wait(busy: Node) -> None:
    with opened(
        busy, {CALLS: Rate(calls=2, seconds=60), VERIFICATIONS: Rate(calls=9, seconds=1)}
    ) as books:
        answers = [books.get("/posts", "consignments") for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert answers[0].headers["ratelimit"].startswith('"calls";r=1;t=')
        assert answers[2].json()["code"] == "rate-limit"
        assert 0 < int(answers[2].headers["retry-after"]) <= 30
        assert books.get("/alarms", "control").status_code == 200


def test_verifications_have_a_limit_of_their_own(busy: Node) -> None:
    rates = {CALLS: Rate(calls=99, seconds=1), VERIFICATIONS: Rate(calls=1, seconds=3600)}
    with opened(busy, rates) as books:
        body = {"number": "TJ/1", "partner": "KZ"}
        assert books.post("/verifications", body).status_code == 200
        refused = books.post("/verifications", {**body, "number": "TJ/2"}, key="two")
        assert (refused.status_code, refused.json()["code"]) == (429, "rate-limit")
        assert int(refused.headers["retry-after"]) > 3500
        assert books.get("/enquiries").status_code == 200
