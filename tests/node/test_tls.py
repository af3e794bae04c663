"""Two whole nodes over TLS: each with the other's card, client certificates, lists, and a change of keys."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from structlog.testing import capture_logs
from tests.as4.authority import DAY, Ca, Issued, usage
from tests.exchange.papers import declaration, paper
from tests.net.sockets import free_port, listening
from tests.node.test_node import until

from keruen import service
from keruen.as4 import Certificate
from keruen.config import directory
from keruen.config.cards import write_card
from keruen.config.tls import PartnerTls
from keruen.errors import UsageError
from keruen.net import HttpTransport
from keruen.node import Node
from keruen.service import serving
from keruen.tlscontexts import partner_contexts

pytestmark = pytest.mark.slow

Roots = dict[str, Path]
NOW = datetime.now(UTC).replace(microsecond=0)
CLIENTS = Ca.root("Authority of clients", NOW)


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directories KZ and TJ with TLS certificates, by an address and by a name."""
    root = tmp_path_factory.mktemp("tls")
    for country, host in (("KZ", "127.0.0.1"), ("TJ", "localhost")):
        directory.init(root / country, country, tls_host=host)
    return root


@pytest.fixture
def roots(pristine: Path, tmp_path: Path) -> Roots:
    """Both, with each other's cards, on free ports."""
    roots = {
        country: shutil.copytree(pristine / country, tmp_path / country) for country in ("KZ", "TJ")
    }
    for root in roots.values():
        as4, console = free_port(), free_port()
        edit(root / "node.toml", "8701", str(as4))
        edit(root / "node.toml", "port = 8702", f"port = {console}")
    swap_cards(roots)
    return roots


def swap_cards(roots: Roots) -> None:
    for country, other in (("KZ", "TJ"), ("TJ", "KZ")):
        directory.add_card(roots[country], write_card(directory.load(roots[other]).card))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, path
    path.write_text(text.replace(old, new))


@contextlib.asynccontextmanager
async def running(roots: Roots) -> AsyncIterator[dict[str, Node]]:
    """Both nodes at work."""
    async with contextlib.AsyncExitStack() as stack:
        nodes: dict[str, Node] = {}
        for country, root in roots.items():
            nodes[country] = node = Node.open(root)
            stack.callback(node.close)
        for node in nodes.values():
            await stack.enter_async_context(serving(node))
        yield nodes


def submitted(node: Node) -> str:
    (result,) = node.submit([("a.json", paper(declaration()))])
    assert result.message_id is not None
    return result.message_id


def answered(node: Node, message_id: str) -> Callable[[], Any]:
    return lambda: node.answer("KZ-TJ", message_id)


def refusals(node: Node) -> list[str]:
    return [one.detail or "" for one in node.store.read(lambda r: r.refusals())]


async def exchanged(roots: Roots) -> None:
    """One message and its answer: each node has sent to the other."""
    async with running(roots) as nodes:
        message_id = submitted(nodes["KZ"])
        await until(answered(nodes["KZ"], message_id))


async def failed(roots: Roots, why: str) -> None:
    """KZ's message does not get through, and the log says why."""
    with capture_logs() as logs:
        async with running(roots) as nodes:
            submitted(nodes["KZ"])
            await until(lambda: any(re.search(why, str(one.get("why"))) for one in logs))
            assert nodes["TJ"].store.read(lambda r: r.counts())["inbox"] == {
                "waiting": 0,
                "handled": 0,
            }


async def test_two_nodes_exchange_over_tls_by_each_others_cards(roots: Roots) -> None:
    assert [str(one) for root in roots.values() for one in directory.mistakes(root)] == []
    for root in roots.values():
        assert directory.load(root).settings.address.startswith("https://")
    await exchanged(roots)


async def test_a_renewed_certificate_needs_no_new_card(roots: Roots) -> None:
    directory.make_tls(roots["TJ"], "localhost")
    await exchanged(roots)


async def test_a_certificate_for_another_host_is_not_sent_to(roots: Roots) -> None:
    shown = directory.make_tls  # the check at start would say so: made behind its back
    text = (roots["TJ"] / "node.toml").read_text()
    edit(roots["TJ"] / "node.toml", "https://localhost:", "https://as4.example:")
    shown(roots["TJ"], "as4.example")
    assert "https://as4.example:" in directory.load(roots["TJ"]).settings.address
    assert "https://localhost:" in text
    await failed(roots, "not accepted: Hostname mismatch")


async def test_another_nodes_authority_is_not_believed(roots: Roots) -> None:
    for name in ("tls-authority.key.pem", "tls-authority.cert.pem"):
        (roots["TJ"] / "keys" / name).unlink()
    directory.make_tls(roots["TJ"], "localhost")
    await failed(roots, "not accepted: unable to get local issuer certificate")


# Client certificates


def put(root: Path, name: str, one: Issued) -> None:
    for suffix, text in (("cert", one.chain), ("key", one.key_pem)):
        file = root / "keys" / f"{name}.{suffix}.pem"
        file.write_text(text)
        file.chmod(0o600)


def agree_on_clients(roots: Roots, kz: Issued, *taken: Issued, required: bool = True) -> None:
    """KZ shows TJ a client certificate; TJ takes these of KZ. TJ shows none and KZ wants none."""
    put(roots["KZ"], "client", kz)
    card = roots["KZ"] / "partners" / "TJ.toml"
    local = '[tls]\ncertificate = "keys/client.cert.pem"\nkey = "keys/client.key.pem"'
    edit(card, "[tls]", local)
    pems = ", ".join(f'"""\n{one.pem}"""' for one in taken)
    edit(roots["TJ"] / "partners" / "KZ.toml", "[tls]", f"[tls]\nclients = [{pems}]")
    if required:
        edit(
            roots["TJ"] / "node.toml",
            'client_certificates = "none"',
            'client_certificates = "required"',
        )


def show_none(roots: Roots) -> None:
    """KZ shows TJ no certificate after all."""
    card = roots["KZ"] / "partners" / "TJ.toml"
    lines = card.read_text().splitlines(keepends=True)
    card.write_text(
        "".join(line for line in lines if not line.startswith(("certificate =", "key =")))
    )


OLD, NEW = CLIENTS.server("KZ client"), CLIENTS.server("KZ client, new")


@pytest.mark.parametrize("shown", [OLD, NEW], ids=["old", "new"])
async def test_both_client_certificates_are_taken_during_a_change(
    roots: Roots, shown: Issued
) -> None:
    agree_on_clients(roots, shown, OLD, NEW)
    await exchanged(roots)


async def test_a_client_certificate_that_is_not_on_the_card_is_not_let_in(roots: Roots) -> None:
    agree_on_clients(roots, NEW, OLD)
    await failed(roots, "TLS failed|closed|disconnected|reset")


async def test_a_partner_that_shows_none_is_not_let_in(roots: Roots) -> None:
    agree_on_clients(roots, OLD, OLD)
    show_none(roots)
    await failed(roots, "certificate required")


async def test_where_certificates_are_optional_the_message_is_refused_with_its_cause(
    roots: Roots,
) -> None:
    agree_on_clients(roots, OLD, OLD, required=False)
    edit(
        roots["TJ"] / "node.toml",
        'client_certificates = "none"',
        'client_certificates = "optional"',
    )
    show_none(roots)
    async with running(roots) as nodes:
        submitted(nodes["KZ"])
        await until(lambda: refusals(nodes["TJ"]))
        assert "shows no client certificate, which KZ is not agreed to" in refusals(nodes["TJ"])[0]


# Revocation lists


def with_list(roots: Roots, place: str, signing: Ca) -> None:
    """KZ's certificates are issued by an authority; TJ asks for its list."""
    for name, use in (("signing", "digital_signature"), ("key-agreement", "key_agreement")):
        file = roots["KZ"] / "keys" / f"{name}.cert.pem"
        key = Certificate.from_pem(file.read_bytes()).public_key
        allowed = usage(**{use: True})
        file.write_text(signing.issue(f"KZ {name}", public_key=key, key_usage=allowed).pem)
    directory.introduce(roots["TJ"], write_card(directory.load(roots["KZ"]).card)).take()
    card = roots["TJ"] / "partners" / "KZ.toml"
    table = f'\n[trust]\nauthorities = ["""\n{signing.pem}"""]\ncrl = ["{place}"]\n'
    card.write_text(card.read_text() + table)


def kz_signing(roots: Roots) -> Any:
    return directory.load(roots["KZ"]).keys.signing.certificate


async def test_a_list_that_is_put_there_counts_while_the_node_runs(
    roots: Roots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "LISTS_SECONDS", 0.02)
    national = Ca.root("National", NOW)
    with_list(roots, "national.crl", national)
    file = roots["TJ"] / "crls" / "national.crl"
    file.write_bytes(national.crl())
    assert [one.code for one in directory.mistakes(roots["TJ"])] == []
    async with running(roots) as nodes:
        first = submitted(nodes["KZ"])
        await until(answered(nodes["KZ"], first))
        file.write_bytes(national.crl(kz_signing(roots), made=-DAY / 2))
        lists = nodes["TJ"].files.lists.lists
        await until(lambda: (known := lists.of(national.certificate)) and known.serials)
        again = nodes["KZ"].submit([("b.json", paper(declaration(number="55301/231126/0000002")))])
        assert again[0].message_id
        await until(lambda: refusals(nodes["TJ"]))
        assert "CN=KZ signing was revoked on" in refusals(nodes["TJ"])[0]


async def test_a_list_is_fetched_before_the_first_message_can_be_believed(roots: Roots) -> None:
    national = Ca.root("National", NOW)

    async def shop(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": national.crl()})

    async with listening(shop) as port:
        with_list(roots, f"http://127.0.0.1:{port}/national.crl", national)
        (awaited,) = directory.mistakes(roots["TJ"])
        assert awaited.code == "crl-awaited"
        assert directory.is_warning(awaited)
        await exchanged(roots)
    assert list(directory.mistakes(roots["TJ"])) == []


async def test_without_its_list_a_message_is_refused(roots: Roots) -> None:
    with_list(roots, "national.crl", Ca.root("National", NOW))
    async with running(roots) as nodes:
        submitted(nodes["KZ"])
        await until(lambda: refusals(nodes["TJ"]))
        assert "there is no revocation list of CN=National" in refusals(nodes["TJ"])[0]


# A change of signing keys


async def test_the_old_and_the_new_signing_certificate_both_count_during_a_change(
    roots: Roots,
) -> None:
    """TJ has a card of KZ with both; KZ signs with the old one, then with the new one."""
    keys = roots["KZ"] / "keys"
    before = {file: file.read_bytes() for file in keys.glob("signing.*")}
    old = directory.load(roots["KZ"]).card
    other = directory.init(roots["KZ"].parent / "new", "KZ")
    fresh = {
        keys / file.name: file.read_bytes() for file in (other.root / "keys").glob("signing.*")
    }
    both = replace(old, signing=(*old.signing, *other.card.signing))
    directory.add_card(roots["TJ"], write_card(both))
    for number, files in enumerate((before, fresh)):
        for file, octets in files.items():
            file.write_bytes(octets)
        async with running(roots) as nodes:
            reference = f"55301/231126/000001{number}"
            (result,) = nodes["KZ"].submit([("a.json", paper(declaration(number=reference)))])
            await until(answered(nodes["KZ"], result.message_id or ""))


# Nothing but loopback without TLS


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
async def test_without_tls_a_node_that_listens_elsewhere_does_not_start(
    tmp_path: Path, host: str
) -> None:
    root = directory.init(tmp_path / "kz", "KZ").root
    edit(
        root / "node.toml",
        'host = "127.0.0.1"                     # loopback only, unless',
        f'host = "{host}" #',
    )
    with pytest.raises(UsageError, match=r"is not loopback: without .as4.tls. the node listens on"):
        Node.open(root)


async def test_with_tls_a_node_listens_everywhere_and_the_console_on_loopback(roots: Roots) -> None:
    edit(
        roots["TJ"] / "node.toml",
        'host = "127.0.0.1"                     # loopback\n',
        'host = "0.0.0.0"\n',
    )
    await exchanged(roots)
    text = (roots["TJ"] / "node.toml").read_text()
    (roots["TJ"] / "node.toml").write_text(
        re.sub(r'(\[console\].*\n)host = "127.0.0.1"', r'\1host = "0.0.0.0"', text)
    )
    with pytest.raises(UsageError, match=r"console.host: 0.0.0.0 is not loopback"):
        Node.open(roots["TJ"])


async def test_a_partner_may_be_believed_as_this_machine_believes(roots: Roots) -> None:
    card = directory.load(roots["TJ"]).card
    directory.add_card(roots["KZ"], write_card(replace(card, tls=PartnerTls(trust=("system",)))))
    files = directory.load(roots["KZ"])
    (context,) = partner_contexts(files).values()
    assert len(context.get_ca_certs()) != 1
    url = card.endpoint
    async with HttpTransport(1, partner_contexts(files)) as transport:
        with pytest.raises(OSError, match="connect"):
            await transport(url, "text/plain", _nothing, 0)


def _nothing() -> Iterator[bytes]:
    yield b""
