"""An officer's pages of one arrival: what is typed becomes what is told, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient
from tests.console.conftest import NIGHT
from tests.console.people import session_cookie

from keruen.console import create_app
from keruen.messages import ArrivalInformation, decode
from keruen.store import Direction

if TYPE_CHECKING:
    from tests.console.conftest import Node

    Client = TestClient[Any]

PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)
POST = "/posts/TJ-FOT/arrival"


@pytest.fixture
def officer(client_as: Callable[..., Client]) -> Client:
    return client_as("officer", posts={"TJ-FOT"})


def consignment_of(node: Node, plate: str) -> str:
    found = node.store.read(lambda reader: reader.consignments(limit=100))
    return next(one.consignment_id for one in found if plate in (one.vehicle or ""))


class Entry:
    """The form of one consignment, filled in and sent."""

    def __init__(self, client: Client, consignment_id: str = "", **query: str) -> None:
        self.client = client
        address = f"{POST}?consignment={consignment_id}&lang=en"
        for name, value in query.items():
            address += f"&{name}={value}"
        self.page = client.get(address)
        assert self.page.status_code == 200, self.page.text
        self.fields = dict(
            re.findall(r'<input[^>]*name="([\w-]+)" value="([^"]*)"', self.page.text)
        )
        self.fields |= {"seals": "whole"} if 'name="seals"' in self.page.text else {}
        self.fields = {
            name: value
            for name, value in self.fields.items()
            if value and not name.endswith(("-absent", "partial"))
        }

    @property
    def id(self) -> str:
        return str(self.fields["entry"])

    def check(self, files: Any = None, **typed: str) -> Any:
        data = self.fields | {name.replace("_", "-"): value for name, value in typed.items()}
        return self.client.post(POST, data=data, files=files or {"files": (None, b"")})

    def register(self) -> Any:
        token = self.fields["csrf"]
        return self.client.post(f"/arrivals/{self.id}", data={"csrf": token})


def told(node: Node) -> list[ArrivalInformation]:
    """Arrivals that were told since the fixture's own two."""
    rows = node.store.read(
        lambda reader: reader.messages(direction=Direction.OUT, kind="ArrivalInformation")
    )
    found = [decode(one.body) for one in rows if one.stored >= NIGHT]
    return [one for one in found if isinstance(one, ArrivalInformation) and one.post == "TJ-FOT"]


def test_a_short_weight_takes_the_form_and_two_keys(busy: Node, officer: Client) -> None:
    entry = Entry(officer, consignment_of(busy, "071KLM02"))
    assert entry.fields["vehicle"] == "071KLM02 + 77BHA13"
    shown = entry.check(mass="19 950,5")
    assert shown.status_code == 200
    assert "Gross mass differs" in shown.text
    assert "19,950.5" in shown.text
    assert told(busy) == []
    done = entry.register()
    assert "Arrival registered" in done.text
    (arrival,) = told(busy)
    assert str(arrival.weighbridge) == "19950.5"
    assert [one.number for one in arrival.seals] == ["KZ0194522"]
    assert [str(one.code) for one in arrival.discrepancies] == ["gross-mass-differs"]


def test_sent_twice_and_loaded_again_it_is_registered_once(busy: Node, officer: Client) -> None:
    entry = Entry(officer, consignment_of(busy, "071KLM02"))
    entry.check()
    assert entry.register().text == entry.register().text
    assert "Arrival registered" in officer.get(f"/arrivals/{entry.id}?lang=en").text
    assert "Arrival registered" in entry.check(mass="1").text
    assert len(told(busy)) == 1


def test_what_was_typed_is_there_again_until_it_is_registered(busy: Node, officer: Client) -> None:
    one = consignment_of(busy, "071KLM02")
    entry = Entry(officer, one)
    kept = officer.post(f"{POST}/draft", data=entry.fields | {"remark": "Рвётся тент"})
    assert kept.status_code == 204
    again = Entry(officer, one)
    assert again.id == entry.id
    assert "Рвётся тент" in again.page.text
    assert "What you typed at" in again.page.text
    again.check(remark="Рвётся тент")
    again.register()
    assert Entry(officer, one).id != entry.id


def test_a_draft_can_be_forgotten(busy: Node, officer: Client) -> None:
    one = consignment_of(busy, "071KLM02")
    entry = Entry(officer, one)
    entry.check(mass="5")
    officer.post(f"/arrivals/{entry.id}/discard", data={"csrf": entry.fields["csrf"]})
    assert Entry(officer, one).id != entry.id


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"mass": "19,950"}, "Thousand or decimals?"),
        ({"mass": "heavy"}, "Write a number"),
        ({"arrived": "yesterday"}, "Write day and time"),
        ({"item_1_origin": "Kazakhstan"}, "Write two letters"),
        ({"seals": "differ"}, "which seal is not whole"),
        ({"seal_1": "broken"}, "one of them is not"),
        ({"seals": "differ", "seal_1": "other"}, "number of the other seal"),
    ],
)
def test_a_mistake_is_shown_at_its_field(
    busy: Node, officer: Client, typed: dict[str, str], says: str
) -> None:
    answer = Entry(officer, consignment_of(busy, "071KLM02")).check(**typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_seals_and_items_are_told_one_by_one(busy: Node, officer: Client) -> None:
    entry = Entry(officer, consignment_of(busy, "415"))
    shown = entry.check(
        seals="differ",
        seal_1="missing",
        item_1_packages="830",
        item_2_absent="1",
        more_1_hs="220300",
    )
    for code in ("Other seal", "Fewer packages", "Other goods"):
        assert code in shown.text, code
    entry.register()
    (arrival,) = told(busy)
    found = [(str(d.code), d.item, d.found) for d in arrival.discrepancies]
    assert ("other-seal", None, None) in found
    assert ("quantity-short", 1, "830") in found
    assert ("quantity-short", 2, "0") in found
    assert ("other-goods", None, "220300") in found


def test_photographs_are_known_by_content_and_travel_along(busy: Node, officer: Client) -> None:
    entry = Entry(officer, consignment_of(busy, "071KLM02"))
    refused = entry.check(files={"files": ("scan.png", b"<script>alert(1)</script>")})
    assert refused.status_code == 422
    assert "no picture" in refused.text
    shown = entry.check(files={"files": ("..\\seal.exe", PNG)})
    assert "seal.exe" in shown.text
    assert "1 file goes along" in entry.register().text
    (arrival,) = told(busy)
    sent = busy.store.read(
        lambda reader: reader.attachments(
            "KZ-TJ", f"{arrival.header.message_id}@tj.keruen", Direction.OUT
        )
    )
    assert [(one.mime_type, one.size) for one in sent] == [("image/png", len(PNG))]


def test_a_vehicle_that_nobody_announced_is_registered_too(busy: Node, officer: Client) -> None:
    entry = Entry(officer)
    shown = entry.check(vehicle="777 ZZZ 05", mass="12000")
    assert "as unannounced" in shown.text
    assert "Unannounced" in entry.register().text
    (arrival,) = told(busy)
    assert arrival.consignment_id is None


def test_what_has_come_is_not_registered_again(busy: Node, officer: Client) -> None:
    answer = Entry(officer, consignment_of(busy, "902ABT13")).check()
    assert answer.status_code == 422
    assert "registered before" in answer.text
    assert told(busy) == []


def test_an_entry_is_its_persons_own(busy: Node, client_as: Callable[..., Client]) -> None:
    one = Entry(client_as("officer", name="zarina"), consignment_of(busy, "071KLM02"))
    one.check()
    other = client_as("officer", name="umed")
    assert other.get(f"/arrivals/{one.id}").status_code == 404
    elsewhere = client_as("officer", posts={"TJ-NAU"}, name="parviz")
    assert elsewhere.get(POST).status_code == 404
    assert client_as("auditor", name="eye").get(POST).status_code == 403


def test_a_mistake_is_undone_and_registered_anew(busy: Node, officer: Client) -> None:
    one = consignment_of(busy, "071KLM02")
    entry = Entry(officer, one)
    entry.check(mass="19950")
    assert "Undo: take the arrival back" in entry.register().text
    assert f'href="/arrivals/{entry.id}"' in officer.get("/posts/TJ-FOT?lang=en").text
    token = {"csrf": entry.fields["csrf"]}
    undone = officer.post(f"/arrivals/{entry.id}/undo", data=token)
    assert "Arrival taken back" in undone.text
    assert officer.post(f"/arrivals/{entry.id}/undo", data=token).status_code == 200
    assert [arrival.withdrawn for arrival in told(busy)] == [True, False]
    again = Entry(officer, one)
    assert again.fields["mass"] == "19950"
    again.check(mass="21450")
    assert "agrees with what was declared" in again.register().text


def test_what_is_old_cannot_be_undone(busy: Node, client_as: Callable[..., Client]) -> None:
    entry = Entry(client_as("officer"), consignment_of(busy, "071KLM02"))
    entry.check()
    entry.register()
    later = busy.at(NIGHT + timedelta(hours=2))
    name, secret = session_cookie(busy.store, later.context, "officer")
    app = create_app(store=busy.store, context=later.context)
    with TestClient(app, base_url="http://127.0.0.1", cookies={name: secret}) as client:
        page = client.get(f"/arrivals/{entry.id}?lang=en").text
        assert "Undo" not in page
        assert "Arrival registered" in page
