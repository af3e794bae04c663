"""Java programs with an AS4 endpoint and an AS4 client, as processes of their own.

`phase4/` is a harness of ours around phase4. `wss4j/` is a program of ours on WSS4J, Santuario and Angus Mail,
which do the security and the MIME of phase4, Holodeck and Domibus. Nobody of this project wrote any of these.
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
BUILDS = HERE.parents[1] / "build"
BUILD_PATIENCE = 600
PATIENCE = 60
UNRESOLVED = ("Could not resolve dependencies", "could not be resolved")
"""What Maven says where an artifact, or a plugin of its own, is not to be had, or the network is not."""


@dataclass(frozen=True)
class Program:
    """A Maven project of this room, and where it is built."""

    name: str

    @property
    def sources(self) -> Path:
        return HERE / self.name

    @property
    def built(self) -> Path:
        return BUILDS / f"interop-{self.name}"

    def build(self) -> str:
        """Class path, compiled if need be; skips the test where Java or the libraries are missing."""
        for tool in ("java", "mvn"):
            if shutil.which(tool) is None:
                pytest.skip(f"{self.name} needs {tool}; on Debian: apt-get install maven")
        self.built.mkdir(parents=True, exist_ok=True)
        with (self.built / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not self._fresh():
                self._compile()
        return f"{self.built / 'classes'}:{self.built / 'libraries'}/*"

    def _fresh(self) -> bool:
        stamp = self.built / "stamp"
        sources = [self.sources / "pom.xml", *self.sources.rglob("*.java")]
        return stamp.exists() and all(s.stat().st_mtime <= stamp.stat().st_mtime for s in sources)

    def _compile(self) -> None:
        """Without the network if that will do."""
        for name in ("classes", "libraries"):
            shutil.rmtree(self.built / name, ignore_errors=True)
        for offline in (["-o"], []):
            done = self._maven(*offline)
            if done.returncode == 0:
                (self.built / "stamp").touch()
                return
        for line in done.stdout.splitlines():
            if any(words in line for words in UNRESOLVED):
                pytest.skip(f"{self.name} cannot be had here: {line[:400]}")
        pytest.fail(f"Maven cannot build {self.name}:\n{done.stdout[-4000:]}")

    def _maven(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["mvn", "-B", "-q", "compile", "dependency:copy-dependencies", *options],
            cwd=self.sources,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=BUILD_PATIENCE,
            check=False,
        )


WSS4J, PHASE4 = Program("wss4j"), Program("phase4")


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
class Counterpart:
    """One of the programs, listening, and sending what it is asked to."""

    process: subprocess.Popen[str]
    url: str
    folder: Path

    def report(self, message_id: str) -> dict[str, str]:
        """What it says of a message that it accepted."""
        file = self.folder / "received" / message_id / "report.properties"
        lines = file.read_text("utf-8").splitlines()
        pairs = (line.partition("=") for line in lines if not line.startswith("#"))
        return {name: value.replace("\\", "") for name, _, value in pairs}

    def payloads(self, message_id: str) -> list[bytes]:
        """The payloads it decrypted and unpacked, in the order of the header; none if refused."""
        files = (self.folder / "received" / message_id).glob("*.payload")
        return [file.read_bytes() for file in sorted(files, key=lambda file: int(file.stem))]

    def send(self, values: Mapping[str, object]) -> list[str]:
        """What it says, told by `values` what to send and where."""
        file = self.folder / "message.properties"
        file.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
        assert self.process.stdin is not None
        self.process.stdin.write(f"{file}\n")
        self.process.stdin.flush()
        return list(iter(lambda: _line(self.process), ""))


@contextmanager
def running(classpath: str, keys: Path, folder: Path) -> Iterator[Counterpart]:
    """Run a program; it ends with its standard input, or else is killed."""
    received, log = folder / "received", folder / "log"
    received.mkdir()
    java = ["java", "-Xmx256m", "-XX:+UseSerialGC", "-cp", classpath]
    with log.open("w") as errors:
        process = subprocess.Popen(
            [*java, "keruen.interop.Peer", str(keys), str(received)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            word, _, port = _line(process).partition(" ")
            assert word == "listening", log.read_text()
            yield Counterpart(process, f"http://127.0.0.1:{int(port)}/as4", folder)
        finally:
            _end(process)


def _line(process: subprocess.Popen[str]) -> str:
    """What it says next; empty also if it ends before, or is killed for taking too long."""
    assert process.stdout is not None
    timer = Timer(PATIENCE, process.kill)
    timer.start()
    try:
        return process.stdout.readline().rstrip("\n")
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
