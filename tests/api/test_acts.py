"""What programs do: done once for each key, refused with reasons, described by what they get."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.books import Books
from tests.console.conftest import NIGHT

from keruen.store import Direction, OutboxState


def awaited(books: Books) -> Any:
    """A consignment that is expected at TJ-FOT."""
    found = books.get("/consignments?state=accepted&state=under-way&post=TJ-FOT").json()["items"]
    return found[0]


def arrival(books: Books, **more: Any) -> dict[str, Any]:
    number = awaited(books)["consignment_id"]
    when = NIGHT.isoformat()
    return {"arrival": {"post": "TJ-FOT", "arrived": when, "number": number, **more}}


def test_an_arrival_is_registered_once(books: Books) -> None:
    body = arrival(books, weighbridge="19000")
    first, again = books.post("/arrivals", body), books.post("/arrivals", body)
    (one,) = first.json()
    assert one["arrival_id"]
    assert [found["code"] for found in one["discrepancies"]] == ["gross-mass-differs"]
    assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
    assert "idempotency-replayed" not in first.headers
    other = books.post("/arrivals", body, key="two")
    assert (other.status_code, other.json()["code"]) == (422, "arrival-refused")
    assert other.json()["findings"]


def test_a_key_stands_for_one_request(books: Books) -> None:
    books.post("/arrivals", arrival(books))
    other = books.post("/arrivals", arrival(books, weighbridge="1"))
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    missing = books.post("/arrivals", arrival(books), key="")
    assert (missing.status_code, missing.json()["code"]) == (400, "idempotency-key-missing")


def test_what_would_come_of_an_arrival_is_said_and_not_done(books: Books) -> None:
    body = arrival(books, weighbridge="19000")["arrival"]
    outlook = books.post("/arrivals/outlook", body, key="").json()
    assert not outlook["refused"]
    assert outlook["consignments"][0]["discrepancies"][0]["code"] == "gross-mass-differs"
    assert books.post("/arrivals", {"arrival": body}).status_code == 200


def test_an_arrival_that_cannot_be_is_refused(books: Books) -> None:
    nothing = {"arrival": {"post": "TJ-FOT", "arrived": NIGHT.isoformat()}}
    refused = books.post("/arrivals", nothing).json()
    assert (refused["status"], refused["code"]) == (422, "arrival-invalid")
    elsewhere = books.post("/arrivals", arrival(books, post="KZ-KON")).json()
    assert (elsewhere["status"], elsewhere["code"]) == (404, "post-unknown")
    misspelt = books.post("/arrivals", arrival(books, seals_brokn=["A1"])).json()
    assert (misspelt["status"], misspelt["code"]) == (400, "body-invalid")
    assert "seals_brokn" in misspelt["detail"]


def test_a_photograph_travels_with_an_arrival(books: Books) -> None:
    photograph = b"\x89PNG\r\n\x1a\n" + bytes(3_000_000)
    path = "/attachments?name=seal.dat"
    sent: dict[str, Any] = {"content": photograph, "headers": {"Idempotency-Key": "photo"}}
    first, again = books.call("POST", path, **sent), books.call("POST", path, **sent)
    uploaded = first.json()
    assert (uploaded["mime_type"], uploaded["size"]) == ("image/png", len(photograph))
    assert again.json() == uploaded
    (told,) = books.post(
        "/arrivals", {**arrival(books), "attachments": [uploaded["attachment_id"]]}
    ).json()
    assert told["attachments"] == 1
    message = f"/messages/KZ-TJ/{told['message_id']}"
    (file,) = books.get(message).json()["attachments"]
    assert (file["name"], file["size"]) == ("seal.dat", len(photograph))
    octets = books.get(f"{message}/attachments/1")
    assert octets.content == photograph
    assert octets.headers["content-type"] == "application/octet-stream"


def test_an_upload_is_its_programs_own(books: Books) -> None:
    sent: dict[str, Any] = {"content": b"scan", "headers": {"Idempotency-Key": "scan"}}
    uploaded = books.call("POST", "/attachments?name=a.pdf", "arrivals", **sent).json()
    body = {**arrival(books), "attachments": [uploaded["attachment_id"]]}
    foreign = books.post("/arrivals", body).json()
    assert (foreign["status"], foreign["code"]) == (404, "attachment-unknown")


def test_an_upload_without_a_file_is_refused(books: Books) -> None:
    empty = books.call("POST", "/attachments?name=a.pdf", headers={"Idempotency-Key": "x"}).json()
    assert (empty["status"], empty["code"]) == (400, "body-missing")


def test_a_message_is_sent_again(books: Books) -> None:
    outgoing = books.get("/messages?direction=out").json()["items"]
    failed = next(one for one in outgoing if one["state"] == "failed")
    path = f"/messages/{failed['corridor']}/{failed['message_id']}"
    assert books.post(f"{path}/resend").json()["state"] == OutboxState.WAITING
    (incoming, *_) = books.get(f"/messages?direction={Direction.IN}").json()["items"]
    foreign = f"/messages/{incoming['corridor']}/{incoming['message_id']}/resend"
    assert books.post(foreign, key="two").json()["code"] == "not-resendable"


def test_a_declaration_is_verified(books: Books) -> None:
    asked = books.post("/verifications", {"number": "TJ/1", "partner": "KZ"}).json()
    assert (asked["question"], asked["subject"], asked["state"]) == ("declaration", "TJ/1", "asked")
    listed = books.get("/enquiries?question=declaration&direction=out").json()["items"]
    assert [one["enquiry_id"] for one in listed] == [asked["enquiry_id"]]
    nobody = books.post("/verifications", {"number": "TJ/1", "partner": "UZ"}, key="two").json()
    assert (nobody["status"], nobody["code"]) == (404, "partner-unknown")


def test_only_what_is_ours_is_enquired_about(books: Books) -> None:
    one = awaited(books)
    body = {name: one[name] for name in ("corridor", "consignment_id")}
    refused = books.post("/enquiries", body).json()
    assert (refused["status"], refused["code"]) == (422, "not-awaited")


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"{", "application/json", 400, "body-malformed"),
        (b"\xff", "application/json", 400, "body-malformed"),
        (b"[" * 5000, "application/json", 400, "body-invalid"),
        (b"{}", "application/json", 400, "body-invalid"),
        (b"{}", "text/plain", 415, "not-json"),
        (b'"' + b"x" * (2 << 20) + b'"', "application/json", 413, "body-too-large"),
    ],
)
def test_a_body_that_cannot_be_used_is_said(
    books: Books, content: bytes, media_type: str, status: int, code: str
) -> None:
    headers = {"Idempotency-Key": "one", "Content-Type": media_type}
    answer = books.call("POST", "/enquiries", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_no_operation_is_at_is_a_problem(books: Books) -> None:
    nowhere, method = books.get("/nowhere"), books.call("DELETE", "/messages")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "address-unknown")
    assert (method.status_code, method.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in method.headers["allow"]
