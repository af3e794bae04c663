"""A running node tells the example listener of the documents what happens."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import pytest
from tests.cli.conftest import EXAMPLES, eventually, keruen, running

from keruen.demo.ports import free_ports

pytestmark = pytest.mark.slow


def test_the_listener_of_the_documents_hears_of_a_consignment(
    kz: Path, tj: Path, transit: Path, tmp_path: Path
) -> None:
    (port,) = free_ports(1)
    with (kz / "node.toml").open("a") as settings:
        settings.write(f'[[webhook]]\nname = "national"\nurl = "http://127.0.0.1:{port}/keruen"\n')
    assert keruen("check", kz).code == 0
    heard, secret = tmp_path / "heard", kz / "keys" / "webhook-national.secret"
    with running(kz, tj), heard.open("w") as out:
        eventually(secret.exists)
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
        command = [sys.executable, str(EXAMPLES / "listener.py"), str(secret), str(port)]
        listener = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        try:
            keruen("submit", kz, transit)
            eventually(lambda: len(heard.read_text().splitlines()) >= 4, seconds=20)
        finally:
            listener.kill()
            listener.wait()
    types = [json.loads(line)["type"] for line in heard.read_text().splitlines()]
    names = ["released", "sent", "delivered", "accepted"]
    assert types[:4] == [f"org.keruen.consignment.{name}" for name in names]


def test_a_hook_that_waits_is_shown_by_status(kz: Path, transit: Path) -> None:
    (port,) = free_ports(1)
    with (kz / "node.toml").open("a") as settings:
        settings.write(f'[[webhook]]\nname = "national"\nurl = "http://127.0.0.1:{port}/"\n')
    with running(kz):
        keruen("submit", kz, transit)
        eventually(lambda: keruen("status", kz, "--json").json["webhooks_waiting"])
    assert "webhook national waits" in keruen("status", kz).out


def test_what_is_wrong_with_a_webhook_is_said_by_key_and_line(kz: Path) -> None:
    with (kz / "node.toml").open("a") as settings:
        settings.write('[[webhook]]\nname = "a"\nurl = "http://far.example/"\n' * 2)
    answer = keruen("check", kz)
    assert answer.code == 1
    assert "webhook[0].url" in answer.out + answer.err
    assert "another webhook has this name" in answer.out + answer.err
