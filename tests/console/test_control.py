"""The control room: what an operator sees of partners, messages and refusals, and what can be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import text as sql
from tests.console.people import client_in
from tests.console.test_pages import words

from keruen.console.control.remedies import LEAD_OF, LEADS, REMEDIES, cause_of, lead_of
from keruen.console.control.words import WORKERS, task_of
from keruen.console.control.works import Works
from keruen.errors import LocalError
from keruen.exchange import Pong
from keruen.exchange.alarms import raise_alarm
from keruen.store import (
    Alarm,
    AuditEntry,
    Direction,
    FailedTry,
    Message,
    OutboxState,
    Refusal,
    Transaction,
)

if TYPE_CHECKING:
    from tests.console.conftest import Node

Client = TestClient[Any]
ClientAs = Callable[..., Client]
CORRIDOR = "KZ-TJ"


def seen(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    return words(answer.text)


def post(client: Client, address: str, form: str = "/account", **data: str) -> Any:
    token = re.findall(r'name="csrf" value="([^"]+)"', client.get(form).text)[0]
    return client.post(address, data={"csrf": token} | data, follow_redirects=False)


def failed(node: Node) -> Message:
    """The message that the fixture has given up."""
    rows = node.store.read(lambda r: r.message_page(equal={}, state=OutboxState.FAILED))
    assert len(rows) == 1
    return rows[0]


def address_of(one: Message) -> str:
    return f"/messages/{one.corridor}/{one.message_id}"


def trail(node: Node) -> list[AuditEntry]:
    return node.store.read(lambda r: r.audit(limit=20))


def alarm(node: Node) -> Alarm:
    node.store.write_now(
        lambda tx: raise_alarm(
            tx, node.context, CORRIDOR, "enquiry-unanswered", "number 5", "KZ has not answered"
        )
    )
    (one,) = node.store.read(lambda r: r.alarms())
    return one


# Who sees what ------------------------------------------------------------------------------------------------

SEES = {
    "/control": {"operator", "auditor", "administrator"},
    "/control/partners/KZ": {"operator", "auditor", "administrator"},
    "/control/storage": {"operator", "auditor", "administrator"},
    "/control/package": {"operator"},
    "/alarms": {"operator", "auditor", "administrator"},
    "/enquiries": {"operator", "auditor", "administrator"},
    "/refusals": {"operator", "auditor", "administrator"},
    "/messages": {"operator", "auditor"},
    "/agreements": {"officer", "operator", "analyst", "auditor", "administrator"},
    "/codelists": {"officer", "operator", "analyst", "auditor", "administrator"},
    "/quality": {"operator", "analyst", "auditor"},
}


def test_each_role_sees_the_rooms_that_are_its_own(client_as: ClientAs) -> None:
    for role in ("officer", "operator", "analyst", "auditor", "administrator"):
        client = client_as(role)
        for address, roles in SEES.items():
            expected = 200 if role in roles else 403
            assert client.get(address).status_code == expected, (role, address)


def test_what_passes_with_another_partner_is_not_there(busy: Node, client_as: ClientAs) -> None:
    one, (refused, *_) = failed(busy), busy.store.read(lambda r: r.refusals())
    alarm(busy)
    elsewhere = client_as("operator", partners={"UZ"})
    for address in (
        "/control/partners/KZ",
        address_of(one),
        f"{address_of(one)}/content",
        f"/refusals/{refused.refusal_id}",
        f"/refusals/{refused.refusal_id}/raw",
        "/agreements/KZ-TJ",
    ):
        assert elsewhere.get(address).status_code == 404, address
    assert post(elsewhere, f"{address_of(one)}/resend").status_code == 404
    assert "No partner yet." in seen(elsewhere, "/control")
    assert "No messages here." in seen(elsewhere, "/messages")
    assert "Nothing has been refused." in seen(elsewhere, "/refusals")
    assert "Nothing has been refused." in seen(elsewhere, "/refusals?partner=KZ")
    assert "Nothing waits for a person." in seen(elsewhere, "/alarms")
    assert "Nothing waits for a person." in seen(elsewhere, "/alarms?partner=KZ")


# Partners -----------------------------------------------------------------------------------------------------


def test_the_front_page_tells_of_each_partner_what_is_wrong_and_what_to_do(
    busy: Node, client: Client
) -> None:
    alarm(busy)
    page = seen(client, "/control")
    assert "Kazakhstan Line down since" in page
    assert "Failed 1 Read the cause; if the way works, send it again" in page
    assert "Alarms 1 No reply to an enquiry and its reminder" in page
    assert "Agreement not compared yet: no report has come" in page
    assert "None ends within 60 days." in page
    assert 'href="/messages?state=failed&amp;partner=KZ"' in client.get("/control").text


def test_the_way_is_tried_and_what_came_of_it_is_said(busy: Node) -> None:
    async def ping(country: str) -> Pong:
        now = datetime(2026, 11, 23, tzinfo=UTC)
        return Pong(country, "https://there", "1", "2", now, "CN=kz", 41.7)

    with client_in(busy.store, busy.context, pages={"works": Works(ping=ping)}) as client:
        answer = post(client, "/control/partners/KZ/ping")
        assert answer.status_code == 303
        page = seen(client, answer.headers["Location"])
    assert "answered with a good receipt; nothing was delivered. Milliseconds: 42" in page
    assert [(one.act, one.subject) for one in trail(busy)][:1] == [("resend", "KZ")]


def test_a_way_that_does_not_work_says_why_and_what_to_do(busy: Node) -> None:
    async def ping(country: str) -> Pong:
        raise LocalError("EBMS:0005", "no answer from https://there")

    with client_in(busy.store, busy.context, pages={"works": Works(ping=ping)}) as client:
        answer = post(client, "/control/partners/KZ/ping")
    assert answer.status_code == 422
    assert "Not done." in answer.text
    assert "EBMS:0005" in answer.text
    assert "Nobody answers at the partner&#39;s address" in answer.text


def test_what_waits_is_tried_now(busy: Node, client: Client) -> None:
    (waiting,) = busy.store.read(lambda r: r.outbox_of("KZ", (OutboxState.WAITING,), "", 10))[:1]
    late = busy.context.clock.wall() + timedelta(hours=5)
    busy.store.write_now(
        lambda tx: tx.outbox_retry(CORRIDOR, waiting.message_id, late, "EBMS:0005: silent")
    )
    assert "Nobody answers at the partner's address" in seen(client, "/control").replace(
        "&#39;", "'"
    )
    answer = post(client, "/control/partners/KZ/retry")
    assert answer.headers["Location"] == "/control/partners/KZ?done=hastened"
    entry = busy.store.read(lambda r: r.outbox_entry(CORRIDOR, waiting.message_id))
    assert entry is not None
    assert entry.next_attempt < late


# Messages -----------------------------------------------------------------------------------------------------


MIDNIGHT = datetime(2026, 11, 23, 19, tzinfo=UTC)
"""Of 24 November in Dushanbe."""


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("state=failed", lambda one, state: state is OutboxState.FAILED),
        ("kind=ArrivalInformation", lambda one, _: one.kind == "ArrivalInformation"),
        ("direction=in", lambda one, _: one.direction is Direction.IN),
        ("direction=in&kind=ArrivalInformation", lambda one, _: False),
        ("partner=UZ", lambda one, _: False),
        ("since=2026-11-24", lambda one, _: one.stored >= MIDNIGHT),
        ("until=2026-11-23", lambda one, _: one.stored < MIDNIGHT),
        ("since=x&kind=x&state=x&after=x", lambda one, _: True),
    ],
)
def test_messages_are_narrowed(
    client: Client, busy: Node, query: str, kept: Callable[[Message, OutboxState | None], bool]
) -> None:
    every = busy.store.read(lambda r: r.message_page(equal={}, limit=200))
    entries = busy.store.read(
        lambda r: r.outbox_entries(CORRIDOR, [one.message_id for one in every])
    )
    states = {one.message_id: one.state for one in entries}
    expected = sum(kept(one, states.get(one.message_id)) for one in every)
    html = client.get(f"/messages?{query}").text
    assert len(re.findall(r'<tr>\s*<td data-label="Time">', html)) == expected


def test_a_message_that_failed_says_why_and_is_sent_again(busy: Node, client: Client) -> None:
    one = failed(busy)
    page = seen(client, address_of(one))
    assert "Last error EBMS:0101" in page
    assert "The signature does not hold by the certificates on the card" in page
    answer = post(client, f"{address_of(one)}/resend")
    assert answer.status_code == 303
    assert "Queued once more" in seen(client, answer.headers["Location"])
    entry = busy.store.read(lambda r: r.outbox_entry(CORRIDOR, one.message_id))
    assert entry is not None
    assert entry.state is OutboxState.WAITING
    assert ("resend", CORRIDOR) in [(entry.act, entry.corridor) for entry in trail(busy)]


def test_what_came_is_not_sent_again_and_an_auditor_sends_nothing(
    busy: Node, client_as: ClientAs
) -> None:
    (came,) = busy.store.read(lambda r: r.messages(direction=Direction.IN, limit=1))
    answer = post(client_as("operator"), f"{address_of(came)}/resend")
    assert answer.status_code == 422
    assert "not-resendable" in answer.text
    auditor = client_as("auditor")
    assert post(auditor, f"{address_of(came)}/resend").status_code == 403
    assert "/resend" not in auditor.get(address_of(failed(busy))).text


def test_a_message_that_came_shows_its_checks_its_elements_and_its_parts(
    busy: Node, client: Client
) -> None:
    (came,) = busy.store.read(lambda r: r.messages(kind="PreliminaryInformation", limit=1))
    page = seen(client, address_of(came))
    checks = re.search(r"Checks, in their order (.*?) Proof", page)
    assert checks is not None
    assert checks[1].startswith("Size and form of the message and of its SOAP part The sender has")
    assert checks[1].endswith("Signed receipt sent")
    assert "Element by element" in page
    assert "gross mass" in page
    raw = client.get(f"{address_of(came)}/content")
    assert raw.content == came.body
    assert "sandbox" in raw.headers["Content-Security-Policy"]


def test_attempts_that_brought_no_receipt_are_told_each_with_its_cause(
    busy: Node, client: Client
) -> None:
    one = failed(busy)
    for attempt, error in enumerate(("EBMS:0005: refused", "EBMS:0302: digests differ"), start=1):
        at = busy.context.clock.wall() + timedelta(minutes=attempt)
        row = FailedTry(
            corridor=CORRIDOR, message_id=one.message_id, at=at, attempt=attempt, error=error
        )
        busy.store.write_now(partial(Transaction.add_failed_try, row=row))
    page = seen(client, address_of(one))
    assert re.search("Attempts that brought no receipt.*1 EBMS:0005: refused .* 2 EBMS:0302", page)


def test_a_proof_is_verified_and_a_change_is_found(busy: Node, client: Client) -> None:
    (came,) = busy.store.read(lambda r: r.messages(direction=Direction.IN, limit=1))
    address = f"{address_of(came)}?verify=1"
    assert "The proof holds" not in seen(client, address_of(came))
    assert "The proof holds" in seen(client, address)
    with busy.store._writing.begin() as connection:
        connection.execute(
            sql("UPDATE envelope SET receipt_id = 'x' WHERE ebms_id = :id"), {"id": came.ebms_id}
        )
    assert "What is stored is not what was logged" in seen(client, address)


# Refusals, alarms, enquiries ----------------------------------------------------------------------------------


def test_a_refusal_shows_the_check_at_which_it_stopped(busy: Node, client: Client) -> None:
    one = next(r for r in busy.store.read(lambda r: r.refusals()) if r.code == "EBMS:0101")
    html = client.get(f"/refusals/{one.refusal_id}", headers={"Accept-Language": "en"}).text
    held = re.findall(r'<li><span class="sign (good|bad)">', html)
    assert held == ["good", "bad"]
    assert "compare fingerprints by telephone" in html


def test_refusals_are_narrowed_by_code_and_day(busy: Node, client: Client) -> None:
    assert "message-invalid" not in seen(client, "/refusals?code=EBMS:0101")
    assert "EBMS:0101" in seen(client, "/refusals?code=EBMS:0101")
    assert "Nothing has been refused." in seen(client, "/refusals?until=2026-11-01")


def test_a_refused_stranger_is_not_for_whoever_sees_some_partners(
    busy: Node, client_as: ClientAs
) -> None:
    row = Refusal(
        refusal_id=busy.context.clock.new_id(), at=busy.now, source="", code="EBMS:0010", text="who"
    )
    busy.store.write_now(lambda tx: tx.add_refusal(row))
    assert "EBMS:0010" in seen(client_as("operator"), "/refusals")
    assert "EBMS:0010" not in seen(client_as("operator", partners={"KZ"}), "/refusals")


def test_an_alarm_is_settled_once_by_name(busy: Node, client_as: ClientAs) -> None:
    one = alarm(busy)
    operator, auditor = client_as("operator"), client_as("auditor")
    said = {"code": one.code, "subject": one.subject}
    assert "No reply to an enquiry" in seen(auditor, "/alarms")
    assert post(auditor, f"/alarms/{CORRIDOR}/settle", **said).status_code == 403
    assert "call the other side" in seen(operator, "/alarms")
    answer = post(operator, f"/alarms/{CORRIDOR}/settle", **said)
    assert answer.headers["Location"] == "/alarms?done=settled"
    assert "Settled; if the cause still holds" in seen(operator, "/alarms?done=settled")
    assert "number 5" not in seen(operator, "/alarms")
    assert busy.store.read(lambda r: r.alarms()) == []
    assert any(
        (e.act, e.subject, e.detail) == ("settle-alarm", one.subject, one.code) for e in trail(busy)
    )
    assert post(operator, f"/alarms/{CORRIDOR}/settle", **said).status_code == 404


# Reference ----------------------------------------------------------------------------------------------------


def test_an_agreement_is_read_article_by_article_in_the_readers_language(client: Client) -> None:
    page = words(client.get("/agreements/KZ-TJ?lang=ru").text)
    assert "Статья 1." in page
    assert "Стороны и уполномоченные органы" in page


def test_codes_are_found_by_code_and_by_word(client: Client) -> None:
    assert "KZ Kazakhstan Countries" in seen(client, "/codelists?q=kazakh")
    assert "KZ Kazakhstan" in seen(client, "/codelists/country?q=KZ")
    assert "No code is so" in seen(client, "/codelists/country?q=zzzzz")
    seen(client, "/codelists/none", status=404)


def test_storage_counts_without_removing(busy: Node, client: Client) -> None:
    assert "Would be removed now" not in seen(client, "/control/storage")
    page = seen(client, "/control/storage?count=1")
    assert "Would be removed now Consignments 0" in page
    assert busy.store.read(lambda r: r.last_purge()) is None


# What to do ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "cause"),
    [
        ("EBMS:0005: ConnectionRefusedError: [Errno 111]", "EBMS:0005"),
        ("EBMS:0101 the partner refused the signature", "EBMS:0101"),
        ("EBMS:0008: a part", "EBMS:0009"),
        ("internal-error: ValueError: x", "internal-error"),
        ("connection refused", "other"),
        ("EBMS:9999: new", "other"),
        (None, "other"),
    ],
)
def test_a_failure_is_known_by_the_code_that_it_opens_with(told: str | None, cause: str) -> None:
    assert cause_of(told) == cause


def test_whatever_leads_somewhere_leads_to_an_act_that_there_is() -> None:
    assert set(LEAD_OF) <= set(REMEDIES)
    assert set(LEAD_OF.values()) <= set(LEADS)
    for cause in LEAD_OF:
        _, place = lead_of(cause, "KZ", CORRIDOR) or ("", "")
        assert place.startswith(("/control", "/messages", "/agreements", "/enquiries", "/refusals"))


SOURCES = sorted((Path(__file__).parents[2] / "src" / "keruen").rglob("*.py"))


def test_every_worker_is_called_by_what_it_does() -> None:
    started = re.findall(r'await work\(.*, f?"([^"]+)"\)', "".join(map(Path.read_text, SOURCES)))
    assert len(started) >= 11
    assert {task_of(name)[0] for name in started} == set(WORKERS)
    assert task_of("pull KZ") == ("pull", "KZ")
