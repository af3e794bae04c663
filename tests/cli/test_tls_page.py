"""The how-to of TLS, run as it stands."""

from __future__ import annotations

import contextlib
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import ROOT, end, keruen

from keruen.config.cards import Card
from keruen.config.settings import As4Listener
from keruen.config.tls import PartnerTls, PartnerTrust, ServerTls
from keruen.demo.ports import free_ports

PAGE = (ROOT / "docs" / "how-to" / "tls.md").read_text(encoding="utf-8")
PORTS = ("8701", "8702", "8711", "8712")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A directory like the project's, with nothing of earlier nodes in it."""
    (tmp_path / "run").symlink_to(ROOT / "run")
    return tmp_path


@pytest.mark.slow
def test_the_commands_of_the_page_do_what_it_says(place: Path) -> None:
    ports = dict(zip(PORTS, map(str, free_ports(4)), strict=True))
    commands = [line for block in blocks("sh") for line in block.splitlines()]
    with contextlib.ExitStack() as stack:
        for command in commands:
            line = re.sub("|".join(PORTS), lambda port: ports[port[0]], command)
            if line.startswith("./run run"):
                words = shlex.split(line)
                node = subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, text=True)
                stack.callback(end, node)
                assert node.stderr
                assert "AS4: https://localhost:" in node.stderr.readline()
                continue
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=place,
                input="y\n",
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert done.returncode == 0, done
            assert "Traceback" not in done.stderr
    assert {path.stem for path in (place / "kz" / "keys").glob("tls*.key.pem")} == {
        *("tls.key", "tls-authority.key"),
    }


def test_the_page_names_only_keys_that_there_are() -> None:
    known = {"as4": As4Listener, "as4.tls": ServerTls, "tls": PartnerTls, "trust": PartnerTrust}
    for block in blocks("toml"):
        for name, table in _tables(tomllib.loads(block)):
            assert set(table) <= set(known[name].__struct_fields__), name


def _tables(raw: dict, prefix: str = "") -> list[tuple[str, dict]]:  # type: ignore[type-arg]
    found = []
    for name, value in raw.items():
        if isinstance(value, dict):
            found.append((prefix + name, value))
            found += _tables(value, f"{prefix}{name}.")
    return found


def test_every_key_of_tls_is_explained_on_the_page() -> None:
    for struct in (ServerTls, PartnerTls, PartnerTrust):
        for field in struct.__struct_fields__:
            assert re.search(rf"[`\n\[]{field}\b", PAGE), field
    assert {"tls", "trust"} <= set(Card.__struct_fields__)


# `init` and `keys`


def test_init_with_a_tls_host_says_so_in_json_and_card(tmp_path: Path) -> None:
    root = tmp_path / "kz"
    made = keruen("init", root, "--country", "KZ", "--tls-host", "as4.example.kz", "--json")
    assert made.json["endpoint"] == "https://as4.example.kz:8701/as4"
    shown = keruen("card", root, "--json").json
    (fingerprint,) = shown["tls"]
    assert re.fullmatch(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", fingerprint)
    assert keruen("check", root).code == 0
    assert keruen("keys", root, "--tls-host", "as4.example.kz", "--json").json["tls"] == [
        fingerprint
    ]


def test_keys_for_a_node_without_tls_says_what_node_toml_needs(tmp_path: Path) -> None:
    root = tmp_path / "kz"
    keruen("init", root, "--country", "KZ")
    answer = keruen("keys", root, "--tls-host", "127.0.0.1")
    assert answer.code == 0
    assert "[as4.tls]" in answer.err
    text = (root / "node.toml").read_text()
    (table,) = re.findall(r"\[as4\.tls\]\n(?:.+\n)+", answer.err)
    (root / "node.toml").write_text(text.replace("[console]", f"{table}\n[console]"))
    assert keruen("check", root).code == 0
    assert keruen("card", root, "--json").json["endpoint"].startswith("https://127.0.0.1:")


@pytest.mark.parametrize("options", [[], ["--tls-host", "x", "--profile", "edelivery-1.15"]])
def test_keys_makes_one_thing_at_a_time(tmp_path: Path, options: list[str]) -> None:
    answer = keruen("keys", tmp_path, *options)
    assert answer.code == 2
    assert "--profile NAME or --tls-host HOST" in answer.err


def test_a_host_of_no_use_is_an_error_in_one_line(tmp_path: Path) -> None:
    answer = keruen("init", tmp_path / "kz", "--country", "KZ", "--tls-host", "a b")
    assert answer.code == 2
    assert answer.err.startswith("keruen: ")
    assert len(answer.err.splitlines()) == 1
    assert not (tmp_path / "kz").exists()
