"""Revocation lists fetched over HTTP into the folder, and what is not taken."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.as4.authority import DAY
from tests.net.secure import NOW, PARTNER, ROOT, STRANGER
from tests.net.sockets import free_port, listening

from keruen.as4 import RevocationList
from keruen.config.crls import ListFolder, file_of
from keruen.net import ListFetcher

LIMIT = 10_000


class Shop:
    """A server that hands out what it was given, and counts."""

    def __init__(self, *answers: bytes, status: int = 200, **headers: str) -> None:
        self.answers, self.status, self.asked = list(answers), status, 0
        self.headers = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]

    async def __call__(self, scope: dict, receive: Callable, send: Callable) -> None:  # type: ignore[type-arg]
        self.asked += 1
        body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        start = {"type": "http.response.start", "status": self.status}
        await send({**start, "headers": self.headers})
        await send({"type": "http.response.body", "body": body})


def folder_in(path: Path) -> ListFolder:
    return ListFolder(path / "crls", [ROOT.certificate])


def fetcher(folder: ListFolder, *places: str) -> ListFetcher:
    return ListFetcher(places, folder.keep, LIMIT, seconds=0.05, again_seconds=0.01)


async def fetched(shop: Shop, folder: ListFolder) -> bool:
    async with listening(shop) as port:
        return await fetcher(folder).fetch(f"http://127.0.0.1:{port}/root.crl")


def serials(folder: ListFolder) -> set[int] | None:
    known = folder.lists.of(ROOT.certificate)
    return set(known.serials) if known else None


async def test_a_list_is_fetched_and_kept_for_the_next_start(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    with capture_logs() as logs:
        assert await fetched(Shop(ROOT.crl(PARTNER.certificate)), folder)
    assert serials(folder) == {PARTNER.certificate.serial}
    again = folder_in(tmp_path)
    assert again.refresh() == []
    assert serials(again) == {PARTNER.certificate.serial}
    (event,) = [one for one in logs if one["event"] == "revocation list"]
    assert (event["of"], event["revoked"]) == ("CN=Root", 1)
    assert event["made"].startswith(f"{NOW - DAY:%Y-%m-%d}")


@pytest.mark.parametrize(
    ("shop", "why"),
    [
        (Shop(b"<html>"), "error parsing"),
        (Shop(b""), "error parsing"),
        (Shop(STRANGER.crl()), "no authority of that name signed it"),
        (Shop(ROOT.crl(key=STRANGER.key)), "no authority of that name signed it"),
        (Shop(ROOT.crl(made=-2 * DAY)), "older than the one that is there"),
        (Shop(bytes(LIMIT + 1)), f"more than {LIMIT} octets"),
        (Shop(ROOT.crl(), status=404), "answers 404"),
        (Shop(ROOT.crl(), status=302, location="http://127.0.0.1:1/"), "answers 302"),
        (Shop(gzip.compress(ROOT.crl()), content_encoding="gzip"), "error parsing"),
    ],
    ids=["html", "empty", "stranger", "forged", "older", "huge", "missing", "moved", "packed"],
)
async def test_what_is_no_good_leaves_the_last_good_one_in_force(
    tmp_path: Path, shop: Shop, why: str
) -> None:
    folder = folder_in(tmp_path)
    async with listening(Shop(ROOT.crl(PARTNER.certificate))) as port:
        place = f"http://127.0.0.1:{port}/root.crl"
        assert await fetcher(folder).fetch(place)
    before = file_of(tmp_path / "crls", place).read_bytes()
    async with listening(shop, port=port):
        with capture_logs() as logs:
            assert not await fetcher(folder).fetch(place)
    assert why in logs[-1]["why"]
    assert file_of(tmp_path / "crls", place).read_bytes() == before
    assert serials(folder) == {PARTNER.certificate.serial}


async def test_a_server_that_is_away_is_no_disaster(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    with capture_logs() as logs:
        assert not await fetcher(folder).fetch(f"http://127.0.0.1:{free_port()}/root.crl")
    assert "connect" in logs[-1]["why"].lower()


async def test_lists_are_fetched_again_and_again_each_by_its_own_clock(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    good, bad = Shop(ROOT.crl(), ROOT.crl(PARTNER.certificate, made=-DAY / 2)), Shop(b"no list")
    async with listening(good) as one, listening(bad) as two:
        places = [f"http://127.0.0.1:{port}/root.crl" for port in (one, two)]
        worker = fetcher(folder, *places)
        task = asyncio.create_task(worker.run())
        async with asyncio.timeout(10):
            while good.asked < 3 or bad.asked < 3 or not serials(folder):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert serials(folder) == {PARTNER.certificate.serial}


def test_the_file_of_an_address_stays_in_the_folder(tmp_path: Path) -> None:
    for place in (
        "http://x/../../y",
        "http://..:80/",
        "https://crl.example/a?b=/../c",
        "http://[::1]/c",
    ):
        file = file_of(tmp_path, place)
        assert file.resolve().parent == tmp_path.resolve()
        assert file.name.endswith(".crl")
    assert file_of(tmp_path, "http://x/a") != file_of(tmp_path, "http://x/b")


# Files put there by hand


def test_a_file_that_changes_is_read_again_and_one_that_goes_is_forgotten(tmp_path: Path) -> None:
    folder, file = folder_in(tmp_path), tmp_path / "crls" / "root.crl"
    assert folder.refresh() == []
    file.parent.mkdir()
    file.write_bytes(ROOT.crl())
    folder.refresh()
    assert serials(folder) == set()
    file.write_bytes(ROOT.crl(PARTNER.certificate, made=-DAY / 2))
    folder.refresh()
    assert serials(folder) == {PARTNER.certificate.serial}
    file.unlink()
    folder.refresh()
    assert serials(folder) is None


def test_a_file_that_is_spoilt_leaves_the_last_good_list_in_force(tmp_path: Path) -> None:
    folder, file = folder_in(tmp_path), tmp_path / "crls" / "root.crl"
    file.parent.mkdir()
    file.write_bytes(ROOT.crl(PARTNER.certificate))
    folder.refresh()
    file.write_bytes(b"half a li")
    (mistake,) = folder.refresh()
    assert (mistake.code, mistake.path) == ("crl-invalid", str(file))
    assert folder.refresh() == []  # said once
    assert serials(folder) == {PARTNER.certificate.serial}


def test_what_is_known_of_a_place_is_what_was_read(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    (tmp_path / "crls").mkdir()
    (tmp_path / "crls" / "root.crl").write_bytes(ROOT.crl())
    folder.refresh()
    assert isinstance(folder.known("root.crl"), RevocationList)
    assert folder.known("other.crl") is None
