"""Packages by the console: saved, taken on the other side, and their answers carried back."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.console.people import client_in
from tests.console.test_pages import words
from tests.exchange.papers import declaration, paper
from tests.exchange.world import Node, Pair, pair_of

from keruen.console.control.works import Works
from keruen.store import OutboxState

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = pair_of(f"sqlite:///{tmp_path / 'kz.db'}", f"sqlite:///{tmp_path / 'tj.db'}")
    yield made
    made.close()


def pages_of(node: Node, *roles: str) -> TestClient[Any]:
    works = Works(receiver=node.receiver)
    return client_in(node.store, node.context, *roles, pages={"works": works})


def token(client: TestClient[Any], address: str = "/control/package") -> dict[str, str]:
    return {"csrf": re.findall(r'name="csrf" value="([^"]+)"', client.get(address).text)[0]}


def saved(client: TestClient[Any], country: str) -> bytes:
    answer = client.post(f"/control/partners/{country}/package", data=token(client))
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.content


def taken(client: TestClient[Any], octets: bytes) -> Any:
    return client.post(
        "/control/package",
        data=token(client),
        files={"package": ("a.keruen", octets)},
        headers=ENGLISH,
    )


def test_a_package_goes_there_and_its_receipts_come_back(pair: Pair) -> None:
    (result,) = pair.kz.submit(paper(declaration()))
    with pages_of(pair.kz) as kz, pages_of(pair.tj) as tj:
        package = saved(kz, "TJ")
        page = words(taken(tj, package).text)
        assert "taken 1" in page
        assert "1 answer is to be carried back" in page
        assert "known before, receipted again 1" in words(taken(tj, package).text)
        (package_id,) = re.findall(r"/control/package/([^/]+)/answer", taken(tj, package).text)
        answer = tj.post(f"/control/package/{package_id}/answer", data=token(tj))
        assert "receipt or error, applied 1" in words(taken(kz, answer.content).text)
        gone = tj.post(f"/control/package/{package_id}/answer", data=token(tj))
        assert gone.status_code == 404
    assert pair.kz.outbox(result.message_id or "").state is OutboxState.DELIVERED


def test_what_is_no_package_is_said_to_be_none(pair: Pair) -> None:
    with pages_of(pair.tj) as tj:
        answer = taken(tj, b"not a package")
        assert answer.status_code == 422
        assert "package-damaged" in answer.text
        empty = tj.post("/control/package", data=token(tj), headers=ENGLISH)
        assert empty.status_code == 422


def test_a_package_for_somebody_else_is_not_taken(pair: Pair) -> None:
    pair.kz.submit(paper(declaration()))
    with pages_of(pair.kz) as kz:
        answer = taken(kz, saved(kz, "TJ"))
    assert answer.status_code == 422
    assert "package-foreign" in answer.text


def test_an_auditor_carries_nothing(pair: Pair) -> None:
    with pages_of(pair.kz, "auditor") as kz:
        assert kz.get("/control/package").status_code == 403
        form = token(kz, "/account")
        assert kz.post("/control/partners/TJ/package", data=form).status_code == 403
