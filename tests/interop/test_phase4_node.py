"""A whole node, as a process of its own, with phase4 in its partner's place, both ways over HTTP."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy, copytree
from time import monotonic, sleep
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from tests.interop.counterpart import PATIENCE, PHASE4, Counterpart, running
from tests.interop.line import Line

from keruen.as4 import TEST_ACTION, TEST_SERVICE
from keruen.demo.play import two_directories, wait_for_port

pytestmark = [
    pytest.mark.interop,
    pytest.mark.parametrize("program", [PHASE4], indirect=True, ids=lambda program: program.name),
]

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
KERUEN = (sys.executable, "-m", "keruen")

Found = TypeVar("Found")


@dataclass
class Exchange:
    """KZ is a running node, TJ is phase4 with the keys that a node of TJ would have."""

    kz: Path
    tj: Path
    phase4: Counterpart
    url: str
    """Where KZ takes messages, over `from_tj`."""
    to_tj: Line
    from_tj: Line

    def handed_in(self, root: Path, file: Path) -> tuple[str, str, bytes]:
        """Id, kind and body of the message that a declaration becomes."""
        done = keruen("submit", root, file, "--json")
        [said] = json.loads(done.stdout)
        return said["message_id"], *of(
            root, "SELECT kind, body FROM message WHERE message_id = ?", said["message_id"]
        )

    def send(self, content: bytes, **values: object) -> list[str]:
        """What phase4 says, having sent this to KZ."""
        file = self.phase4.folder / "0.out"
        file.write_bytes(content)
        told = {
            "url": self.url,
            "message-id": f"{uuid4()}@tj",
            "from": "keruen-tj",
            "to": "keruen-kz",
            "party-type": "urn:oasis:names:tc:ebcore:partyid-type:unregistered",
            "service": "urn:keruen:exchange:1",
            "conversation": "of phase4",
            "0.file": file,
            "0.mime-type": "application/json",
            "0.packed": "true",
        }
        return self.phase4.send(told | values)

    def arrived(self, action: str) -> list[dict[str, Any]]:
        """Documents of this kind that phase4 handed to its application."""
        reports = (self.phase4.folder / "received").glob("*/report.properties")
        ids = [report.parent.name for report in reports]
        return [
            json.loads(self.phase4.payloads(one)[0])
            for one in ids
            if self.phase4.report(one)["action"] == action
        ]


def keruen(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a command of the program."""
    command = [*KERUEN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)


def of(root: Path, query: str, *values: str) -> Any:
    """The first row that a node's database has."""
    with closing(sqlite3.connect(root / "keruen.db")) as database:
        return database.execute(query, values).fetchone()


def state(root: Path, message_id: str) -> str:
    """Where an outgoing message stands."""
    [found] = of(root, "SELECT state FROM outbox WHERE message_id = ?", message_id)
    return str(found)


def eventually(found: Callable[[], Found]) -> Found:
    """What a function gives once it gives something."""
    last = monotonic() + PATIENCE
    while not (value := found()):
        assert monotonic() < last, "nothing came in time"
        sleep(0.05)
    return value


def another(name: str, folder: Path) -> Path:
    """An example with a reference of its own."""
    text = (EXAMPLES / name).read_text("utf-8")
    file = folder / f"{uuid4()}.xml"
    number = f"{uuid4().int % 10**7:07}"
    file.write_text(text.replace("0025546", number), "utf-8")
    return file


@contextmanager
def node(root: Path, port: int) -> Iterator[None]:
    """`keruen run`."""
    with (root / "log").open("w") as log:
        process = subprocess.Popen([*KERUEN, "run", str(root), "--quiet"], stdout=log, stderr=log)
    try:
        wait_for_port(port, process)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.fixture(scope="module")
def exchange(classpath: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exchange]:
    """Both, running."""
    folder = tmp_path_factory.mktemp("exchange")
    files = two_directories(folder)
    kz, tj = files["KZ"].root, files["TJ"].root
    keys = Path(copytree(tj / "keys", folder / "phase4-keys"))
    (keys / "partner").mkdir()
    for file in (kz / "keys").glob("*.cert.pem"):
        copy(file, keys / "partner" / file.name)
    place = folder / "phase4"
    place.mkdir()
    to_tj, from_tj = Line(), Line(f"http://127.0.0.1:{files['KZ'].settings.as4.port}/as4")
    with ExitStack() as stack:
        phase4 = stack.enter_context(running(classpath, keys, place))
        to_tj.target = phase4.url
        card = kz / "partners" / "TJ.toml"
        own = f"http://127.0.0.1:{files['TJ'].settings.as4.port}/as4"
        text = card.read_text("utf-8").replace(own, stack.enter_context(to_tj.open()))
        card.write_text(f"{text}\n[collaboration]\ntwo_way = false\n", "utf-8")
        stack.enter_context(node(kz, files["KZ"].settings.as4.port))
        url = stack.enter_context(from_tj.open())
        yield Exchange(kz, tj, phase4, url, to_tj, from_tj)


def test_a_ping_passes_both_ways(exchange: Exchange) -> None:
    done = keruen("ping", exchange.kz, "TJ")
    assert done.returncode == 0, done.stderr
    said = exchange.send(b"{}", service=TEST_SERVICE, action=TEST_ACTION)
    assert said[-1] == "result SUCCESS"


def test_a_document_of_the_node_is_delivered_to_phase4(exchange: Exchange, tmp_path: Path) -> None:
    message_id, kind, body = exchange.handed_in(exchange.kz, another("transit-kz.xml", tmp_path))
    eventually(lambda: state(exchange.kz, message_id) == "delivered")
    assert json.loads(body) in exchange.arrived(kind)


def test_a_document_of_phase4_is_handled_and_answered(exchange: Exchange) -> None:
    message_id, kind, body = exchange.handed_in(exchange.tj, EXAMPLES / "export-tj.xml")
    assert exchange.send(body, action=kind)[-1] == "result SUCCESS"
    [answer] = eventually(
        lambda: [
            one
            for one in exchange.arrived("Acknowledgement")
            if one["header"]["refers_to"] == message_id
        ]
    )
    assert answer["outcome"] == "accepted"


def test_a_message_whose_receipt_was_lost_counts_as_probably_received(
    exchange: Exchange, tmp_path: Path
) -> None:
    """The node sends it again; phase4 delivers it once, and says duplicate in place of the receipt."""
    exchange.to_tj.lose = b"PreliminaryInformation"
    message_id, kind, body = exchange.handed_in(exchange.kz, another("transit-kz.xml", tmp_path))
    eventually(lambda: state(exchange.kz, message_id) == "probable")
    assert exchange.arrived(kind).count(json.loads(body)) == 1


def test_what_phase4_repeats_gets_the_same_receipt_and_is_taken_once(exchange: Exchange) -> None:
    ebms_id = f"{uuid4()}@tj"
    exchange.from_tj.lose = ebms_id.encode()
    exchange.from_tj.passed.clear()
    said = exchange.send(
        b"{}", **{"message-id": ebms_id, "action": "PreliminaryInformation", "retries": 2}
    )
    assert said[-1] == "result SUCCESS"
    [first, second] = exchange.from_tj.passed
    assert first == second
    assert of(exchange.kz, "SELECT count(*) FROM inbox WHERE ebms_id = ?", ebms_id) == (1,)


def test_phase4_reads_our_refusal(exchange: Exchange) -> None:
    said = exchange.send(b"{}", action="Nonsense")
    assert said[-1] == "result AS4_ERROR_MESSAGE_RECEIVED"
    assert said[0].startswith("error EBMS:")
