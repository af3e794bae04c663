"""The queue of cases: what is open, why, what may belong to it; closed, opened again, tied, proved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from tests.console.conftest import NIGHT

from keruen.access import Role
from keruen.store.cases import CaseState

if TYPE_CHECKING:
    from tests.console.conftest import AnyClient, Node

PLACE = "/reconciliation"


def words(text: str) -> str:
    return " ".join(html.fromstring(text).text_content().split())


def rows(client: AnyClient, asked: str = "") -> list[str]:
    page = html.fromstring(client.get(PLACE + asked).text)
    return [
        " ".join(row.text_content().split())
        for row in page.xpath("//table[caption='Reconciliation']/tbody/tr")
    ]


def subject(node: Node, state: CaseState) -> str:
    acts: Any = node.store.read(
        lambda r: r.cases(_everything(node), limit=50),
    )
    return str(next(one.subject for one in acts if one.state is state))


def _everything(node: Node) -> Any:
    from keruen.exchange.cases import wanted

    return wanted(node.now, states=tuple(CaseState))


def post(client: AnyClient, path: str, **said: str) -> Any:
    token = re.findall(r'name="csrf" value="(\w+)"', client.get(PLACE).text)[0]
    form = {"csrf": token, **said}
    return client.post(PLACE + path, data=form, follow_redirects=False)


@pytest.fixture
def arrival(busy: Node) -> str:
    return subject(busy, CaseState.WITHOUT_EXPORT)


@pytest.fixture
def overdue(busy: Node) -> str:
    return subject(busy, CaseState.EXPECTED)


def test_the_oldest_stands_first_and_what_is_expected_is_no_case(client: AnyClient) -> None:
    first, second = rows(client)
    assert first.startswith("Overdue 0 from Kazakhstan")
    assert second.startswith("Arrived without export 0")
    assert len(rows(client, "?state=expected")) > 2


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("?post=TJ-DUS", 1),
        ("?side=sender", 0),
        ("?trader=020012345", 1),
        ("?trader=-", 1),
        ("?chapter=11", 1),
        ("?age=15-45", 0),
        ("?order=value", 2),
        ("?page=1", 0),
        ("?closed=1", 0),
        ("?state=nonsense&age=nonsense&page=-1", 2),
    ],
)
def test_the_queue_is_narrowed(client: AnyClient, asked: str, count: int) -> None:
    assert len(rows(client, asked)) == count


def test_who_sees_one_post_sees_its_cases(
    client_as: Callable[..., AnyClient], overdue: str, arrival: str
) -> None:
    operator = client_as(Role.OPERATOR, posts={"TJ-DUS"})
    assert [row.split(" 0 ")[0] for row in rows(operator)] == ["Arrived without export"]
    assert operator.get(f"{PLACE}/{overdue}").status_code == 404
    assert operator.get(f"{PLACE}/{overdue}/evidence").status_code == 404
    assert post(operator, f"/{overdue}/close", reason="period").status_code == 404
    assert operator.get(f"{PLACE}/{arrival}").status_code == 200


def test_an_analyst_sees_and_closes_a_case_but_no_declaration(
    client_as: Callable[..., AnyClient], overdue: str
) -> None:
    analyst = client_as(Role.ANALYST)
    page = words(analyst.get(f"{PLACE}/{overdue}").text)
    assert "the agreement allows after it, is over" in page
    assert "The whole consignment" not in page
    assert "Ask the other side" not in page
    assert post(analyst, f"/{overdue}/close", reason="period").status_code == 303
    assert analyst.get(f"{PLACE}/{overdue}/evidence").status_code == 403


def test_a_case_is_closed_with_a_reason_and_opened_again(
    client: AnyClient, busy: Node, overdue: str
) -> None:
    assert post(client, f"/{overdue}/close").status_code == 422
    told = post(client, f"/{overdue}/close", reason="returned", text="Turned <b>back</b>")
    assert told.headers["location"] == f"{PLACE}/{overdue}?done=case-closed"
    page = client.get(told.headers["location"]).text
    assert "Turned &lt;b&gt;back&lt;/b&gt;" in page
    assert "opens it again" in words(page)
    assert len(rows(client, "?closed=1")) == 1
    assert "open it again first" in post(client, f"/{overdue}/close", reason="period").text
    assert post(client, f"/{overdue}/reopen").status_code == 303
    assert len(rows(client)) == 2
    trail = busy.store.read(lambda r: r.audit(act="close-case", limit=9))
    assert [(one.outcome, one.detail) for one in trail if one.outcome == "done"] == [
        ("done", "reopened"),
        ("done", "returned"),
    ]
    assert {one.subject for one in trail} == {overdue}


def test_a_candidate_is_compared_taken_and_undone(
    client: AnyClient, busy: Node, arrival: str
) -> None:
    late = busy.at(NIGHT - timedelta(hours=10)).announced(
        "39855302/031126/0010001", "312EEA02", eta=NIGHT - timedelta(hours=9)
    )
    page = client.get(f"{PLACE}/{arrival}").text
    assert "+50 Plate of the vehicle: 312EEA02" in words(page)
    assert "Both sides, with this candidate" in words(page)
    taken = post(client, f"/{arrival}/link", candidate=late.consignment_id)
    assert "It can be undone until" in words(client.get(taken.headers["location"]).text)
    assert post(client, f"/{arrival}/unlink").status_code == 303
    assert "Nothing was taken" in words(post(client, f"/{arrival}/unlink").text)


def test_the_other_side_is_asked(client: AnyClient, busy: Node, overdue: str) -> None:
    assert "39857201/221126/0004417" in client.get(f"{PLACE}/{overdue}").text
    post(client, f"/{overdue}/ask", number="39857201/221126/0004417")
    (asked,) = busy.store.read(lambda r: r.enquiries(limit=5))
    assert (asked.question, asked.subject) == ("declaration", "39857201/221126/0004417")
    assert "Write the number" in words(post(client, f"/{overdue}/ask").text)


def test_the_evidence_is_saved_as_one_file(client: AnyClient, overdue: str) -> None:
    answer = client.get(f"{PLACE}/{overdue}/evidence")
    assert f'filename="KZ-TJ-{overdue}.zip"' in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"case.json", "record.json", "contents.json"} <= set(archive.namelist())


def test_what_is_no_case_is_not_there(client: AnyClient) -> None:
    assert client.get(f"{PLACE}/nothing").status_code == 404
    assert post(client, "/nothing/close", reason="period").status_code == 404
