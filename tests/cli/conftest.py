"""Nodes for the command line: directories that know each other, running in a thread or as processes."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog
from click.testing import CliRunner

from keruen.cli.main import main
from keruen.config import directory
from keruen.config.cards import write_card
from keruen.demo.ports import free_ports
from keruen.node import Node
from keruen.service import serving
from keruen.store import Store
from keruen.telemetry import log_to_stderr

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"


@dataclass(frozen=True)
class Answer:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def keruen(*arguments: str | Path, given: str | bytes | None = None) -> Answer:
    """Run a command in this process."""
    result = CliRunner().invoke(main, [str(one) for one in arguments], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    for stream in (result.stdout, result.stderr):
        assert "Traceback" not in stream
        assert "internal-error" not in stream
    return Answer(result.exit_code, result.stdout, result.stderr)


def make_node(root: Path, country: str, *partners: str) -> Path:
    """A node directory with an agreement with each of the partners."""
    ports = free_ports(2)
    directory.init(root, country, partner=partners[0], as4_port=ports[0], console_port=ports[1])
    for partner in partners[1:]:
        text = directory.agreement_text(country, partner)
        (root / "agreements" / f"{partner}.toml").write_text(text)
    return root


def introduce(one: Path, other: Path) -> None:
    """Give each the other's card."""
    directory.add_card(one, write_card(directory.load(other).card))
    directory.add_card(other, write_card(directory.load(one).card))


@contextlib.contextmanager
def running(*roots: Path) -> Iterator[None]:
    """The nodes of these directories really run, on loopback, in a thread of their own."""
    ready, stop, failure = threading.Event(), threading.Event(), list[BaseException]()

    async def work() -> None:
        async with contextlib.AsyncExitStack() as stack:
            for root in roots:
                node = Node.open(root)
                stack.callback(node.close)
                await stack.enter_async_context(serving(node))
            ready.set()
            await asyncio.to_thread(stop.wait)

    def run() -> None:
        try:
            asyncio.run(work())
        except BaseException as error:  # noqa: BLE001 - told in the test's own thread
            failure.append(error)
        finally:
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(30)
    try:
        if not failure:
            yield
    finally:
        stop.set()
        thread.join(30)
    if failure:
        raise failure[0]


@contextlib.contextmanager
def processes(*roots: Path) -> Iterator[list[subprocess.Popen[str]]]:
    """`keruen run` of each directory as a process of its own, once all of them answer."""
    with contextlib.ExitStack() as stack:
        started = []
        for root in roots:
            process = subprocess.Popen(
                [sys.executable, "-m", "keruen", "run", str(root), "--quiet"],
                stderr=subprocess.PIPE,
                text=True,
            )
            stack.callback(end, process)
            started.append(process)
        for process in started:
            assert process.stderr
            assert "runs. AS4: http://127.0.0.1:" in process.stderr.readline()
        yield started


def end(process: subprocess.Popen[str]) -> None:
    """Stop a process as an operator does."""
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stderr:
        process.stderr.close()


def rows(root: Path) -> Mapping[str, int]:
    """How many rows each table of a node's database has."""
    with contextlib.closing(sqlite3.connect(root / "keruen.db")) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables
        }


def eventually(found: Callable[[], Any], seconds: float = 10) -> Any:
    """What a function gives once it gives something."""
    last = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < last, "nothing came in time"
        time.sleep(0.02)
    return value


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directories kz and tj with each other's cards and empty databases."""
    root = tmp_path_factory.mktemp("nodes")
    introduce(make_node(root / "kz", "KZ", "TJ"), make_node(root / "tj", "TJ", "KZ"))
    for country in ("kz", "tj"):
        Store.open(directory.load(root / country).database_url).close()
    return root


@pytest.fixture
def kz(pristine: Path, tmp_path: Path) -> Path:
    """The node of Kazakhstan, not running."""
    return shutil.copytree(pristine / "kz", tmp_path / "kz")


@pytest.fixture
def tj(pristine: Path, tmp_path: Path) -> Path:
    """The node of Tajikistan, not running."""
    return shutil.copytree(pristine / "tj", tmp_path / "tj")


@pytest.fixture(scope="session")
def transit() -> Path:
    """A transit declaration of Kazakhstan to Tajikistan, EAEU."""
    return EXAMPLES / "transit-kz.xml"


@pytest.fixture(scope="session")
def export() -> Path:
    """An export declaration of Tajikistan to Kazakhstan, ASYCUDA."""
    return EXAMPLES / "export-tj.xml"


@pytest.fixture(scope="session", autouse=True)
def quiet() -> Iterator[None]:
    """Logs of nodes in this process stay out of what commands print."""
    log_to_stderr(quiet=True)
    yield
    structlog.reset_defaults()
