"""The API: who may call, documents taken once, events from any point on, errors as Problem Details."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from http.client import HTTPResponse
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from tests.api.conftest import Answered, Program
from tests.cli.conftest import keruen

DOCUMENTS, EVENTS = "/documents", "/events"


def problem(answer: Answered, status: int, code: str) -> dict[str, Any]:
    """The problem that an answer is."""
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json
    assert (found["status"], found["code"]) == (status, code)
    assert found["title"]
    return found


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", DOCUMENTS),
        ("GET", EVENTS),
        ("GET", f"{EVENTS}/stream"),
        ("GET", "/consignments/KZ-TJ/00000000-0000-0000-0000-000000000000"),
    ],
)
def test_nothing_is_answered_without_a_good_token_of_the_scope(
    stranger: Program, method: str, path: str
) -> None:
    answer = stranger.call(method, path)
    problem(answer, 401, "token-missing")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    forged = Program(stranger.root, stranger.port, "keruen_" + "A" * 43)
    problem(forged.call(method, path), 401, "token-missing")
    other = stranger.with_scopes("control" if "consignments" not in path else "submit")
    problem(other.call(method, path), 403, "scope-missing")


def test_a_revoked_or_expired_token_is_no_token(stranger: Program) -> None:
    program = stranger.with_scopes("events")
    assert program.call("GET", EVENTS).status == 200
    (token,) = keruen("token", "list", stranger.root, "--json").json
    assert "secret" not in token
    assert keruen("token", "revoke", stranger.root, token["token_id"]).code == 0
    problem(program.call("GET", EVENTS), 401, "token-missing")
    assert keruen("token", "revoke", stranger.root, token["token_id"]).code == 2
    assert "revoked" in keruen("token", "list", stranger.root).out


def test_a_document_is_taken_once_however_often_it_is_sent(
    stranger: Program, transit: Path
) -> None:
    program, body = stranger.with_scopes("submit", "consignments", "events"), transit.read_bytes()
    first, again = program.submit(body), program.submit(body)
    assert (first.status, first.json["result"], first.json["name"]) == (200, "queued", "a.xml")
    assert again.json == first.json
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert program.submit(body, key="two").json["result"] == "known"
    path = f"/consignments/{first.json['corridor']}/{first.json['consignment_id']}"
    found = program.call("GET", path).json
    assert found["consignment"]["consignment_id"] == first.json["consignment_id"]
    assert found["events"][0]["name"] == "released"


def test_a_key_stands_for_one_document(stranger: Program, transit: Path, export: Path) -> None:
    program = stranger.with_scopes("submit")
    program.submit(transit.read_bytes())
    problem(program.submit(export.read_bytes()), 422, "idempotency-key-reused")
    missing = program.call("POST", DOCUMENTS, transit.read_bytes())
    problem(missing, 400, "idempotency-key-missing")
    other = stranger.with_scopes("submit")
    assert other.submit(export.read_bytes()).json["code"] != "idempotency-key-reused"


def test_a_document_that_cannot_be_used_is_refused_with_its_findings(stranger: Program) -> None:
    program = stranger.with_scopes("submit")
    found = problem(program.submit(b"<a><b></a>"), 422, "document-refused")
    assert found["findings"][0]["code"] == "xml-malformed"
    assert problem(program.submit(b"<a><b></a>"), 422, "document-refused") == found


def test_what_there_is_not_is_said(stranger: Program) -> None:
    program = stranger.with_scopes("consignments", "events")
    problem(program.call("GET", "/consignments/KZ-TJ/none"), 404, "consignment-unknown")
    problem(program.call("GET", f"{EVENTS}?limit=0"), 400, "parameter-invalid")


def test_events_are_read_page_by_page_from_any_one_on(stranger: Program, transit: Path) -> None:
    program = stranger.with_scopes("submit", "events")
    program.submit(transit.read_bytes())
    answer = program.call("GET", f"{EVENTS}?limit=1")
    assert answer.headers["content-type"] == "application/cloudevents-batch+json"
    (first,) = answer.json
    assert first["type"] == "org.keruen.consignment.released"
    rest = program.call("GET", f"{EVENTS}?after={first['id']}").json
    assert first["id"] not in [one["id"] for one in rest]


def told(program: Program, count: int, path: str = f"{EVENTS}/stream", **headers: str) -> list[Any]:
    """The first events of a stream."""
    with closing(program.connection()) as connection:
        connection.request("GET", f"/api/v1{path}", headers=program.headers(**headers))
        answer = connection.getresponse()
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        return list(islice(_events(answer), count))


def _events(answer: HTTPResponse) -> Any:
    fields: dict[str, str] = {}
    while line := answer.readline():
        name, _, value = line.decode().rstrip("\r\n").partition(": ")
        if name:
            fields[name] = value
        elif "data" in fields:
            event = json.loads(fields["data"])
            assert event["id"] == fields["id"]
            yield event
            fields = {}


def test_a_stream_goes_on_after_the_last_event_that_was_seen(
    stranger: Program, transit: Path
) -> None:
    program = stranger.with_scopes("submit", "events")
    program.submit(transit.read_bytes())
    (first, *_) = told(program, 1, f"{EVENTS}/stream?after=")
    assert first["type"].endswith("released")
    (second,) = told(program, 1, Last_Event_ID=first["id"])
    assert second["id"] > first["id"]
    assert second["type"].endswith("sent")


def test_the_api_describes_itself(stranger: Program) -> None:
    described = stranger.call("GET", "/openapi.json").json
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) >= {
        "/documents",
        "/consignments/{corridor}/{consignment_id}",
        "/events",
        "/events/stream",
    }


def test_scopes_are_named(kz: Path) -> None:
    answer = keruen("token", "add", kz, "x", "--scope", "everything")
    assert answer.code == 2
    assert "scope-unknown" in answer.err
    assert "submit, events, consignments" in answer.err


def test_a_package_goes_and_its_receipts_come_back(
    stranger: Program, tj: Path, transit: Path, tmp_path: Path
) -> None:
    program = stranger.with_scopes("submit", "send", "consignments")
    one = program.submit(transit.read_bytes()).json
    packed = program.call("POST", "/partners/TJ/package")
    assert packed.headers["content-disposition"].endswith("''KZ-TJ.keruen")
    forth, receipts = tmp_path / "forth", tmp_path / "receipts"
    forth.write_bytes(packed.body)
    assert keruen("package", "import", tj, forth, "--answer", receipts).code == 0
    back = program.call("POST", "/packages", receipts.read_bytes()).json
    assert [one["fate"] for one in back["messages"]] == ["answered"]
    found = program.call("GET", f"/consignments/{one['corridor']}/{one['consignment_id']}").json
    assert found["consignment"]["state"] == "delivered"
    problem(program.call("POST", "/packages", b"no package"), 422, "package-damaged")
    problem(program.call("POST", "/partners/UZ/package"), 404, "partner-unknown")


def test_a_partner_is_told_with_its_line_and_its_certificates(stranger: Program) -> None:
    program = stranger.with_scopes("control")
    (listed,) = program.call("GET", "/partners").json
    one = program.call("GET", "/partners/TJ").json
    assert one["certificates"] == listed["certificates"]
    assert (one["country"], one["standing"]["corridor"]) == ("TJ", "KZ-TJ")
    assert one["line"] == one["standing"]["line"]
    assert {end["use"] for end in one["certificates"]} == {"signing", "key-agreement"}
    problem(program.call("GET", "/partners/UZ"), 404, "partner-unknown")


def test_the_example_client_does_what_the_page_says(stranger: Program, transit: Path) -> None:
    program = stranger.with_scopes("submit", "consignments")
    client = Path(__file__).parents[2] / "docs" / "examples" / "client.py"
    code = [line for line in client.read_text("utf-8").split('"""')[2].splitlines() if line]
    assert len([line for line in code if "import" not in line]) <= 10
    asked = [sys.executable, client, f"http://127.0.0.1:{program.port}", program.secret, transit]
    for _ in range(2):
        said = subprocess.run(list(map(str, asked)), capture_output=True, text=True, check=True)
        reference, state = said.stdout.split()
        assert reference
        assert state in ("released", "sent", "delivered")
