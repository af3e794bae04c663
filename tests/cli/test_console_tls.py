"""The console beyond loopback: by TLS and by the names that are set, and not otherwise."""

from __future__ import annotations

import http.client
import ssl
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.conftest import keruen, running

from keruen.config import directory
from keruen.demo.ports import free_ports

TLS = '\n[console.tls]\ncertificate = "keys/tls.cert.pem"\nkey = "keys/tls.key.pem"\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A node with a certificate for localhost."""
    ports = free_ports(2)
    directory.init(
        tmp_path / "tj", "TJ", as4_port=ports[0], console_port=ports[1], tls_host="localhost"
    )
    return tmp_path / "tj"


def with_console(root: Path, host: str, more: str) -> None:
    path = root / "node.toml"
    before, _, after = path.read_text("utf-8").partition("[console]")
    first, _, rest = after.partition('host = "127.0.0.1"')
    path.write_text(f'{before}[console]{first}host = "{host}"{rest}\n{more}', "utf-8")


def named(root: Path, hosts: str) -> None:
    path = root / "node.toml"
    path.write_text(path.read_text("utf-8").replace("[console]", f"[console]\nhosts = {hosts}"))


def test_the_console_speaks_tls_and_answers_to_its_names(root: Path) -> None:
    with_console(root, "0.0.0.0", TLS)
    named(root, '["console.customs.example"]')
    port = directory.load(root).settings.console.port
    trust = ssl.create_default_context(cafile=str(root / "keys" / "tls-authority.cert.pem"))
    with running(root):
        for name, status in (("console.customs.example", 200), ("evil.example", 421)):
            with closing(http.client.HTTPSConnection("localhost", port, context=trust)) as line:
                line.request("GET", "/log-in", headers={"Host": name})
                answer = line.getresponse()
                assert answer.status == status
                assert answer.headers["strict-transport-security"] == "max-age=31536000"
                cookie = answer.headers.get("set-cookie", "")
                assert cookie.startswith("__Host-keruen-form-tj=") is (status == 200)


@pytest.mark.parametrize(
    ("more", "hosts", "said"),
    [
        ("", None, "without [console.tls] the console listens on 127.0.0.1"),
        (TLS, None, "say by which names browsers call the console"),
        (TLS.replace("tls.key", "nothing.key"), '["a.example"]', "nothing.key.pem"),
        (TLS + 'min_version = "1.0"\n', '["a.example"]', "must be one of 1.2, 1.3"),
    ],
)
def test_check_says_what_is_wrong(root: Path, more: str, hosts: str | None, said: str) -> None:
    with_console(root, "0.0.0.0", more)
    if hosts:
        named(root, hosts)
    answer = keruen("check", root)
    assert answer.code != 0
    assert said in " ".join((answer.out + answer.err).split())


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ('issuer = "http://id.example"\nclient_id = "a"', "must be an https address"),
        ('issuer = "https://id.example"\nclient_id = "a"\nalgorithms = ["HS256"]', "HS256"),
        ('issuer = "https://id.example"\nclient_id = "a"\nsecret = "keys/none"', "keys/none"),
        (
            (
                'issuer = "https://id.example"\nclient_id = "a"\n'
                '[[console.oidc.group]]\nname = "g"\nroles = ["king"]'
            ),
            "must be one of officer, operator",
        ),
    ],
)
def test_check_looks_at_openid_connect(root: Path, setting: str, said: str) -> None:
    with_console(root, "127.0.0.1", f"\n[console.oidc]\n{setting}\n")
    answer = keruen("check", root)
    assert answer.code != 0
    assert said in answer.out + answer.err
