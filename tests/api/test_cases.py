"""What does not add up between the two sides, for programs: listed, summed, closed, opened again, proved."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from tests.api.books import Books, pages


def of_state(books: Books, state: str) -> Any:
    return books.get(f"/cases?state={state}").json()["items"][0]


def path_of(one: Any) -> str:
    return f"/cases/{one['row']['corridor']}/{one['row']['subject']}"


def test_the_queue_is_read_page_by_page_the_oldest_first(books: Books) -> None:
    whole = books.get("/cases").json()["items"]
    assert pages(books, "/cases", 1) == whole
    assert [one["row"]["due"] for one in whole] == sorted(one["row"]["due"] for one in whole)
    assert {one["state"] for one in whole} == {"overdue", "arrived-without-export"}
    assert books.get("/cases?age=46%2B").json()["items"] == []
    assert books.get("/cases?post=TJ-DUS").json()["items"] == [
        of_state(books, "arrived-without-export")
    ]


def test_sums_say_where_most_of_them_are(books: Books) -> None:
    found = books.get("/cases/summary").json()
    assert found["states"] == {"overdue": 1, "arrived-without-export": 1}
    assert (found["count"], found["sent"], found["received"]) == (2, 0, 2)
    keys = {one["key"]: one["counts"] for one in found["sums"]["trader"]}
    assert keys["020012345"] == [1, 0, 0, 0]


def test_a_case_is_closed_once_and_opened_again(books: Books) -> None:
    place = path_of(of_state(books, "overdue"))
    closed = books.post(f"{place}/close", {"reason": "returned", "text": "Turned back."}).json()
    assert closed["closed"]
    again = books.post(f"{place}/close", {"reason": "returned"}, key="two")
    assert (again.status_code, again.json()["code"]) == (422, "case-closed")
    assert len(books.get("/cases").json()["items"]) == 1
    assert len(books.get("/cases?closed=true").json()["items"]) == 1
    opened = books.post(f"{place}/reopen", {}, key="three").json()
    assert opened["closed"] is None
    acts = books.get(place).json()["acts"]
    assert [(one["deed"], one["person"]) for one in acts] == [
        ("closed", "token a program"),
        ("reopened", "token a program"),
    ]


def test_an_arrival_is_tied_to_a_consignment_and_untied(books: Books) -> None:
    arrival, sought = (of_state(books, name) for name in ("arrived-without-export", "overdue"))
    body = {"candidate": sought["row"]["subject"]}
    tied = books.post(f"{path_of(arrival)}/link", body).json()
    assert tied["link"]["until"]
    assert tied["case"] is None
    assert [one["state"] for one in books.get("/cases").json()["items"]] == ["diverted"]
    untied = books.post(f"{path_of(arrival)}/unlink", key="two").json()
    assert untied["case"]["state"] == "arrived-without-export"
    late = books.post(f"{path_of(arrival)}/unlink", key="three").json()
    assert late["code"] == "link-unknown"


def test_the_evidence_is_one_file_that_proves_itself(books: Books) -> None:
    place = path_of(of_state(books, "overdue"))
    answer = books.get(f"{place}/evidence")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(files.pop("contents.json"))
    assert contents["files"] == {n: hashlib.sha256(f).hexdigest() for n, f in files.items()}
    assert contents["log_size"] == books.node.store.read(lambda r: r.evidence_head()[0])
    assert any(name.endswith("PreliminaryInformation/proof.json") for name in files)
    assert json.loads(files["case.json"])["case"]["state"] == "overdue"
    assert books.get(f"{place}/evidence").content == answer.content


@pytest.mark.parametrize("narrow", [{"posts": ["TJ-NAU"]}, {"partners": []}])
def test_what_is_elsewhere_is_not_there(books: Books, narrow: dict[str, list[str]]) -> None:
    place = path_of(of_state(books, "overdue"))
    secret = books.narrowed("cases", "messages", **narrow)
    headers = {"Authorization": f"Bearer {secret}"}
    assert books.get("/cases", headers=headers).json()["items"] == []
    assert books.get("/cases/summary", headers=headers).json()["count"] == 0
    for path in (place, f"{place}/evidence"):
        assert books.get(path, headers=headers).status_code == 404
    keyed = {**headers, "Idempotency-Key": "k"}
    for name, body in (("close", {"reason": "period"}), ("link", {"candidate": "x"})):
        answer = books.call("POST", f"{place}/{name}", headers=keyed, json=body)
        assert answer.status_code == 404
