"""A Java program with an AS4 endpoint and an AS4 client: ours, on WSS4J, Santuario and Angus Mail.

These libraries do the security and the MIME of phase4, Holodeck and Domibus; nobody of this project
wrote them. `wss4j/` holds the program.
"""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer

import pytest

from keruen.as4 import Certificate
from keruen.config.keymaking import make_further_keys, make_keys
from keruen.config.keystore import Keys, folder_of, load_keys

HERE = Path(__file__).parent
PROJECT = HERE / "wss4j"
BUILD = HERE.parents[1] / "build" / "interop-wss4j"
BUILD_PATIENCE = 600
PATIENCE = 60


def build() -> str:
    """Class path of the program, compiled if need be; skips the test where Java is missing."""
    for tool in ("java", "mvn"):
        if shutil.which(tool) is None:
            pytest.skip(f"the counterpart needs {tool}; on Debian: apt-get install maven")
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _fresh():
            _compile()
    return f"{BUILD / 'classes'}:{BUILD / 'libraries'}/*"


def _fresh() -> bool:
    stamp = BUILD / "stamp"
    sources = [PROJECT / "pom.xml", *PROJECT.rglob("*.java")]
    return stamp.exists() and all(s.stat().st_mtime <= stamp.stat().st_mtime for s in sources)


def _compile() -> None:
    """Without the network if that will do."""
    goals = ["mvn", "-B", "-q", "compile", "dependency:copy-dependencies"]
    for offline in (["-o"], []):
        done = subprocess.run(
            [*goals, *offline],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_PATIENCE,
            check=False,
        )
        if done.returncode == 0:
            (BUILD / "stamp").touch()
            return
    pytest.fail(f"Maven cannot build the counterpart:\n{done.stdout[-4000:]}")


@dataclass(frozen=True)
class Sides:
    """Keys of both for one profile, made and kept as a node does."""

    profile: str
    keruen: Keys
    counterpart: Path
    """Folder of the counterpart's keys; ``partner/`` in it has Keruen's certificates."""

    @classmethod
    def make(cls, folder: Path, profile: str, curve: str = "secp256r1") -> Sides:
        ours, theirs = folder / "keruen", folder / "counterpart"
        for one, country in ((ours, "KZ"), (theirs, "XX")):
            now = datetime.now(UTC)
            make_keys(one, country, now)
            if profile != "edelivery-2.0":
                make_further_keys(one, profile, country, now, curve=curve)
        _gather(ours, profile, theirs / "partner", "*.cert.pem")
        if profile != "edelivery-2.0":
            _gather(theirs, profile, theirs, "*.pem")
        keys = load_keys(ours).of(profile)
        assert keys is not None
        return cls(profile, keys, theirs)

    def certificate(self, name: str) -> Certificate:
        """The counterpart's certificate of that name."""
        return Certificate.from_pem((self.counterpart / f"{name}.cert.pem").read_bytes())


def _gather(keys: Path, profile: str, into: Path, names: str) -> None:
    """Copy the authority's files and those of a profile into one folder."""
    into.mkdir(exist_ok=True)
    for file in (*keys.glob(f"authority{names[1:]}"), *folder_of(keys, profile).glob(names)):
        if file.parent != into:
            shutil.copy(file, into / file.name)


@dataclass(frozen=True)
class Endpoint:
    """The counterpart, listening."""

    url: str
    out: Path

    def report(self, message_id: str) -> dict[str, str]:
        """What it says of a message that it accepted."""
        lines = (self.out / message_id / "report.properties").read_text("utf-8").splitlines()
        pairs = (line.partition("=") for line in lines if not line.startswith("#"))
        return {name: value.replace("\\", "") for name, _, value in pairs}

    def payloads(self, message_id: str) -> list[bytes]:
        """The payloads it decrypted and unpacked, in the order of the header; none if refused."""
        files = (self.out / message_id).glob("*.payload")
        return [file.read_bytes() for file in sorted(files, key=lambda file: int(file.stem))]


@dataclass(frozen=True)
class Counterpart:
    """The program with its keys."""

    classpath: str
    keys: Path
    folder: Path

    def command(self, main: str, *arguments: str) -> list[str]:
        """How to run one of its main classes."""
        java = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", self.classpath]
        return [*java, f"keruen.interop.{main}", str(self.keys), *arguments]

    @contextmanager
    def listening(self) -> Iterator[Endpoint]:
        """Run the endpoint; it ends with its standard input, or else is killed."""
        out = self.folder / "received"
        out.mkdir()
        command = self.command("Server", str(out))
        with (self.folder / "server.log").open("w") as log:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
            try:
                word, _, port = _first_line(process).partition(" ")
                assert word == "listening", (self.folder / "server.log").read_text()
                yield Endpoint(f"http://127.0.0.1:{int(port)}/as4", out)
            finally:
                _end(process)

    def send(self, url: str, values: Mapping[str, object]) -> str:
        """What the client prints, told by `values` what to send; fails with its complaint."""
        file = self.folder / "message.properties"
        file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
        done = subprocess.run(
            self.command("Client", url, str(file)),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def _first_line(process: subprocess.Popen[str]) -> str:
    """What it says first; empty if it ends before, or is killed for taking too long."""
    assert process.stdout is not None
    timer = Timer(PATIENCE, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
