"""Files that travel with messages, and refused messages, leave the console as downloads and nothing else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
from litestar.testing import TestClient
from tests.console.people import client_in
from tests.console.test_pages import words

from keruen.console.downloads import saved_as
from keruen.console.guard import INERT
from keruen.store import CHUNK, Attachment, Direction, Draft, Refusal

if TYPE_CHECKING:
    from tests.console.conftest import Node

HOSTILE = '../../<img src=x onerror="a()">\u202e;".html'
SCAN = b"<script>alert(1)</script>" + bytes(2 * CHUNK)


@pytest.fixture
def address(node: Node) -> str:
    """The page of a received message with a file of a hostile name and type."""
    message = node.store.read(lambda r: r.messages(direction=Direction.IN, limit=1))[0]
    pieces = [SCAN[:CHUNK], SCAN[CHUNK : 2 * CHUNK], SCAN[2 * CHUNK :]]
    row = Attachment(
        corridor=message.corridor,
        ebms_id=message.ebms_id,
        direction=Direction.IN,
        ordinal=1,
        content_id="scan",
        name=HOSTILE,
        mime_type="text/html",
        size=len(SCAN),
        digest=hashlib.sha256(SCAN).digest(),
        payload_id=f"scan-{message.message_id}",
    )

    def put(tx: Any) -> None:
        if not tx.attachments(message.corridor, message.ebms_id, Direction.IN):
            tx.begin_draft(Draft(payload_id=row.payload_id, owner="", begun=node.now))
            for ordinal, octets in enumerate(pieces):
                tx.add_chunk(row.payload_id, ordinal, octets)
            tx.keep_draft(row.payload_id)
            tx.add_attachment(row)

    node.store.write_now(put)
    return f"/messages/{message.corridor}/{message.message_id}"


def test_the_page_of_a_message_lists_its_files(client: TestClient[Any], address: str) -> None:
    answer = client.get(address, headers={"Accept-Language": "en"})
    page = words(answer.text)
    assert "Files As the sender names them." in page
    assert "text/html 2.1 MB" in page
    assert hashlib.sha256(SCAN).hexdigest() in page
    assert "<img" not in answer.text


def test_a_file_is_downloaded_whole_and_inert(client: TestClient[Any], address: str) -> None:
    answer = client.get(f"{address}/attachments/1", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.content == SCAN
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-length"] == str(len(SCAN))
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == INERT
    assert "sandbox" in INERT


def test_an_officer_gets_it_from_the_page_of_the_consignment(busy: Node, address: str) -> None:
    *_, corridor, message_id = address.split("/")
    message = busy.store.read(lambda r: r.message(corridor, message_id))
    assert message is not None
    page = f"/consignments/{message.consignment_id}"
    with client_in(busy.store, busy.context, "officer") as client:
        assert f'href="{page}/files/{message_id}/1" download' in client.get(page).text
        answer = client.get(f"{page}/files/{message_id}/1", headers={"Accept-Encoding": "gzip"})
        assert answer.content == SCAN
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.headers["content-security-policy"] == INERT
        (entry, *_) = busy.store.read(lambda r: r.audit(limit=1))
        assert (entry.act, entry.subject) == (
            "see-consignment",
            f"{message.consignment_id}/{message_id}/1",
        )
        assert client.get(f"{page}/files/{message_id}/2").status_code == 404
        assert client.get(f"{address}/attachments/1").status_code == 403


@pytest.mark.parametrize("path", ["/attachments/2", "/attachments/0", "/attachments/x"])
def test_what_is_not_there_is_not_found(client: TestClient[Any], address: str, path: str) -> None:
    assert client.get(address + path).status_code == 404
    assert client.get("/messages/KZ-TJ/none/attachments/1").status_code == 404


@pytest.mark.parametrize(
    ("name", "saved"),
    [
        ("scan 1.tif", "scan 1.tif"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.exe", "a.exe"),
        ('a";\r\nSet-Cookie: x', "a____Set-Cookie_ x"),
        ("...", "file"),
        ("", "file"),
        (HOSTILE, "_img src=x onerror=_a()_____.html"),
    ],
)
def test_a_name_leads_nowhere(name: str, saved: str) -> None:
    header = saved_as(name)["Content-Disposition"]
    assert header.startswith(f'attachment; filename="{saved}"; filename*=UTF-8')
    assert header.isprintable()


def test_a_cyrillic_name_stays_what_it_is() -> None:
    header = saved_as("Фото.jpg")["Content-Disposition"]
    assert header == (
        "attachment; filename=\"____.jpg\"; filename*=UTF-8''%D0%A4%D0%BE%D1%82%D0%BE.jpg"
    )


def test_a_refused_message_is_there_for_the_operator_as_it_came(
    client: TestClient[Any], node: Node
) -> None:
    one = Refusal(
        refusal_id=node.context.clock.new_id(),
        at=node.now,
        source="KZ",
        code="EBMS:0004",
        text="The message cannot be processed.",
        raw=b"Content-Type: text/html\r\n\r\n<script>alert(1)</script>",
    )
    node.store.write_now(lambda tx: tx.add_refusal(one))
    page = client.get("/refusals", headers={"Accept-Language": "en"}).text
    assert f'href="/refusals/{one.refusal_id}/raw" download' in page
    answer = client.get(f"/refusals/{one.refusal_id}/raw")
    assert answer.content == one.raw
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert client.get("/refusals/none/raw").status_code == 404
