"""What `check` says of TLS: settings, files, cards, lists."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from msgspec.structs import replace
from tests.as4.authority import DAY, Ca, Issued

from keruen.as4 import Certificate
from keruen.config import directory
from keruen.config.cards import check_card, read_card, write_card
from keruen.config.settings import check_settings, settings_text
from keruen.config.tls import PartnerTls, PartnerTrust
from keruen.config.tlschecks import key_mistake, key_warning, names_host
from keruen.errors import KeruenError, UsageError

NOW = datetime.now(UTC).replace(microsecond=0)
ROOT = Ca.root("Root", NOW)
HOST = "as4.example.kz"


@pytest.fixture(scope="session")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node of Kazakhstan with TLS."""
    return directory.init(tmp_path_factory.mktemp("tls") / "kz", "KZ", tls_host=HOST).root


@pytest.fixture
def kz(secure: Path, tmp_path: Path) -> Path:
    return shutil.copytree(secure, tmp_path / "kz")


def put(root: Path, one: Issued, name: str = "tls") -> None:
    for suffix, text in (("cert", one.chain), ("key", one.key_pem)):
        file = root / "keys" / f"{name}.{suffix}.pem"
        file.write_text(text)
        file.chmod(0o600)


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.code, one.text) for one in directory.mistakes(root)]


def only(root: Path) -> KeruenError:
    (one,) = directory.mistakes(root)
    return one


# node.toml


def test_a_node_made_with_a_tls_host_listens_everywhere_under_that_name(secure: Path) -> None:
    settings = directory.load(secure).settings
    assert settings.as4.host == "0.0.0.0"
    assert settings.address == f"https://{HOST}:8701/as4"
    assert settings.console.host == "127.0.0.1"
    assert found(secure) == []


@pytest.mark.parametrize(
    ("host", "listens", "address"),
    [
        ("localhost", "127.0.0.1", "https://localhost:1/as4"),
        ("127.0.0.1", "127.0.0.1", "https://127.0.0.1:1/as4"),
        ("::1", "::1", "https://[::1]:1/as4"),
        ("2001:db8::1", "::", "https://[2001:db8::1]:1/as4"),
        ("192.0.2.1", "0.0.0.0", "https://192.0.2.1:1/as4"),
    ],
)
def test_a_name_or_an_address_of_either_family_will_do(
    host: str, listens: str, address: str
) -> None:
    made = check_settings(settings_text("KZ", as4_port=1, console_port=2, tls_host=host)).must()
    assert (made.as4.host, made.address) == (listens, address)


TEXT = settings_text("KZ", as4_port=8701, console_port=8702, tls_host=HOST)


@pytest.mark.parametrize(
    ("old", "new", "key", "said"),
    [
        (
            'min_version = "1.2"',
            'min_version = "1.1"',
            "as4.tls.min_version",
            "none older is spoken",
        ),
        ('min_version = "1.2"', 'min_version = "SSLv3"', "as4.tls.min_version", "one of 1.2, 1.3"),
        (
            'client_certificates = "none"',
            'client_certificates = "maybe"',
            "as4.tls.client_certificates",
            "required",
        ),
        ('key = "keys/tls.key.pem"', "", "as4.tls.key", "is missing"),
        (
            'key = "keys/tls.key.pem"',
            'kez = "x"\nkey = "x"',
            "as4.tls.kez",
            "no such key; is key meant?",
        ),
        (
            "min_version",
            'ciphers = "ROT13"\nmin_version',
            "as4.tls.ciphers",
            "names no cipher suite",
        ),
        ("min_version", 'crl = ["a.crl"]\nmin_version', "as4.tls.crl", "name it in trust"),
        (
            "min_version",
            'trust = ["x"]\ncrl = ["../a"]\nmin_version',
            "as4.tls.crl[0]",
            "a file in crls/",
        ),
        (
            "min_version",
            'trust = ["x"]\ncrl = ["ftp://x/a"]\nmin_version',
            "as4.tls.crl[0]",
            "an http address",
        ),
        (
            "min_version",
            'trust = ["x"]\ncrl = ["http://u@x/"]\nmin_version',
            "as4.tls.crl[0]",
            "an http address",
        ),
        (
            f'endpoint = "https://{HOST}:8701/as4"',
            "",
            "as4.host",
            "0.0.0.0 is no address that partners send to",
        ),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_key(
    old: str, new: str, key: str, said: str
) -> None:
    assert old in TEXT
    mistakes = check_settings(TEXT.replace(old, new, 1)).mistakes
    assert [(one.key, said in one.text) for one in mistakes] == [(key, True)]


def test_without_the_table_only_loopback_is_listened_on() -> None:
    text = re.sub(r"\[as4.tls\]\n(.+\n)+", "", TEXT)
    (mistake,) = check_settings(text).mistakes
    assert mistake.key == "as4.host"
    assert "without [as4.tls] the node listens on 127.0.0.1 or ::1" in mistake.text


# The server's files


def test_a_key_that_others_may_read_stops_the_node(kz: Path) -> None:
    (kz / "keys" / "tls.key.pem").chmod(0o640)
    with pytest.raises(UsageError, match="chmod 600"):
        directory.load(kz)


def test_a_key_of_another_certificate_stops_the_node(kz: Path) -> None:
    put(kz, Issued(ROOT.key, ROOT.server(HOST).parsed))
    with pytest.raises(
        UsageError, match=r"tls-invalid: its first certificate is not that of the key"
    ):
        directory.load(kz)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("tls.key.pem", None, "cannot be read"),
        ("tls.cert.pem", None, "cannot be read"),
        ("tls.key.pem", "nonsense", "not a private key in PEM"),
        ("tls.cert.pem", "nonsense", "holds no certificate in PEM"),
    ],
)
def test_a_file_of_no_use_is_named(kz: Path, file: str, content: str | None, said: str) -> None:
    path = kz / "keys" / file
    path.unlink() if content is None else path.write_text(content)
    mistakes = [one for one in directory.mistakes(kz) if one.path == str(path)]
    assert said in mistakes[-1].text


def small_rsa(bits: int) -> Issued:
    return ROOT.server(HOST, key=rsa.generate_private_key(65537, bits))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (ROOT.server(HOST, key=ec.generate_private_key(ec.SECP192R1())), "EC key of 192 bits"),
        (small_rsa(1024), "RSA key of 1024 bits; 2048 are the least"),
        (ROOT.server("other.example"), f"CN=other.example is not for {HOST}, which partners connect to"),
        (ROOT.server(HOST, end=-DAY), "expired on"),
        (ROOT.server(HOST, begin=DAY), "is valid from"),
        (ROOT.server(HOST), ""),
    ],
    ids=["ec", "rsa", "name", "expired", "early", "good"],
)  # fmt: skip
def test_a_certificate_of_no_use_is_explained(kz: Path, one: Issued, said: str) -> None:
    put(kz, one)
    texts = [text for _, text in found(kz)]
    assert (said in texts[0]) if said else texts == []


def test_a_certificate_for_clients_only_is_no_servers(kz: Path) -> None:
    from cryptography import x509

    def clients_only(builder: Any) -> Any:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
        return builder.add_extension(usage, critical=False)

    put(kz, ROOT.issue(HOST, more=clients_only))
    assert any("is not meant for a server" in text for _, text in found(kz))


def test_a_chain_in_the_wrong_order_is_told(kz: Path) -> None:
    leaf = ROOT.sub("Middle").server(HOST)
    put(kz, Issued(leaf.key, leaf.parsed, leaf.above[::-1]))
    assert "CN=Root stands after CN=as4.example.kz and did not issue it" in only(kz).text


def test_a_key_shorter_than_the_profile_asks_for_is_warned_of(kz: Path) -> None:
    put(kz, small_rsa(2048))
    warning = only(kz)
    assert (warning.code, directory.is_warning(warning)) == ("key-weak", True)
    assert "RSA key of 2048 bits; eDelivery AS4 2.0 asks for more than 3000" in warning.text
    directory.load(kz)


def test_a_certificate_that_soon_ends_is_warned_of(kz: Path) -> None:
    put(kz, ROOT.server(HOST, end=20 * DAY))
    warning = only(kz)
    assert (warning.code, directory.is_warning(warning)) == ("certificate-expires", True)


def test_an_expired_certificate_is_told_and_does_not_stop_the_node(kz: Path) -> None:
    put(kz, ROOT.server(HOST, end=-DAY))
    assert not directory.is_warning(only(kz))
    directory.load(kz)


def test_asking_for_certificates_that_nobody_could_have_is_told(kz: Path) -> None:
    edit(kz / "node.toml", 'client_certificates = "none"', 'client_certificates = "required"')
    assert only(kz).code == "tls-nobody"
    edit(kz / "node.toml", "[as4.tls]", '[as4.tls]\ntrust = ["keys/tls-authority.cert.pem"]')
    assert found(kz) == []


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("pattern", "host", "fits"),
    [
        ("as4.example.kz", "AS4.example.KZ", True),
        ("*.example.kz", "as4.example.kz", True),
        ("*.example.kz", "example.kz", False),
        ("*.example.kz", "a.b.example.kz", False),
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("::1", "0:0::1", True),
    ],
)
def test_a_certificate_is_for_the_hosts_that_it_names(pattern: str, host: str, fits: bool) -> None:
    assert names_host(ROOT.server(pattern).certificate, host) is fits
    assert not names_host(ROOT.issue(host).certificate, host)  # a common name is no host name


def test_strength_is_a_matter_of_bits() -> None:
    def of(key: Any) -> Certificate:
        return ROOT.issue("x", key=key).certificate

    good = [rsa.generate_private_key(65537, 3072), ec.generate_private_key(ec.SECP256R1())]
    assert [key_mistake(of(key)) or key_warning(of(key)) for key in good] == [None, None]


# Cards

SERVER = ROOT.server("127.0.0.1")
Changed = Callable[..., str]


def with_tls(card: str, held: PartnerTrust | None = None, **tls: Any) -> str:
    partner = read_card(card)
    endpoint = "https://127.0.0.1:9/as4" if tls else partner.endpoint
    changed = replace(
        partner, endpoint=endpoint, tls=PartnerTls(**tls), trust=held or PartnerTrust()
    )
    return write_card(changed)


def test_a_card_with_tls_is_read_as_it_was_written(card: str) -> None:
    text = with_tls(
        card,
        PartnerTrust(authorities=(ROOT.pem,), crl=("root.crl",), crl_max_age_hours=36.5),
        trust=(SERVER.pem, "system"),
        clients=(ROOT.pem,),
        crl=("http://crl.example/root.crl",),
        min_version="1.3",
    )
    assert check_card(text).mistakes == ()
    read = read_card(text)
    assert write_card(read) == text
    assert read.tls.system
    assert read.tls.anchors == (SERVER.certificate,)


def test_a_certificate_cannot_leave_its_place_in_the_file(card: str) -> None:
    """What stands around the PEM in somebody else's card is not written again."""
    pem = f'"""\\n[trust]\\n{SERVER.pem}\\n"""'
    text = write_card(replace(read_card(card), tls=PartnerTls(trust=(pem,))))
    assert read_card(text).tls.trust == (SERVER.pem,)


@pytest.mark.parametrize(
    ("tables", "key", "said"),
    [
        ({"trust": ()}, "endpoint", "https needs [tls] with trust"),
        ({"trust": ("no pem",)}, "tls.trust[0]", "must be one certificate in PEM"),
        ({"trust": (SERVER.pem + ROOT.pem,)}, "tls.trust[0]", "must be one certificate in PEM"),
        ({"trust": (small_rsa(1024).pem,)}, "tls.trust[0]", "2048 are the least"),
        (
            {"trust": ("system",), "clients": ("system",)},
            "tls.clients[0]",
            "must be one certificate",
        ),
        ({"trust": ("system",), "min_version": "1.0"}, "tls.min_version", "none older is spoken"),
        ({"trust": ("system",), "certificate": "x"}, "tls.key", "go together"),
        ({"trust": ("system",), "crl": ("a/b",)}, "tls.crl[0]", "the name of a file in crls/"),
    ],
)
def test_a_wrong_value_is_told_with_its_key(
    card: str, tables: dict[str, Any], key: str, said: str
) -> None:
    lines = "\n".join(f"{name} = {json.dumps(value)}" for name, value in _toml(tables).items())
    text = card.replace('endpoint = "http:', 'endpoint = "https:') + f"\n[tls]\n{lines}\n"
    mistakes = check_card(text).mistakes
    assert [(one.key, said in one.text) for one in mistakes] == [(key, True)]


def _toml(tables: dict[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in tables.items()}


def test_a_list_without_an_authority_is_believed_by_nobody(card: str) -> None:
    (mistake,) = check_card(f'{card}\n[trust]\ncrl = ["a.crl"]\n').mistakes
    assert mistake.key == "trust.crl"
    assert "name it in authorities" in mistake.text


def test_a_card_from_outside_says_nothing_of_this_nodes_files(kz: Path, card: str) -> None:
    text = with_tls(card, trust=("system",), certificate="/etc/passwd", key="keys/signing.key.pem")
    with pytest.raises(UsageError, match="says nothing about this node's files"):
        directory.introduce(kz, text)


def test_what_a_new_card_does_not_say_of_tls_stays(kz: Path, card: str) -> None:
    own: dict[str, Any] = {
        "clients": (ROOT.pem,),
        "min_version": "1.3",
        "certificate": "c.pem",
        "key": "k.pem",
    }
    trust = PartnerTrust(authorities=(ROOT.pem,), crl=("root.crl",))
    path = directory.add_card(kz, with_tls(card, trust=(SERVER.pem,)))
    path.write_text(with_tls(card, trust, trust=(SERVER.pem,), **own))
    other = ROOT.server("127.0.0.1")
    introduction = directory.introduce(kz, with_tls(card, trust=(other.pem,)))
    assert introduction.partner.tls == PartnerTls(trust=(other.pem,), **own)
    assert introduction.partner.trust == trust
    assert not introduction.known


@pytest.mark.parametrize(
    ("tls", "code", "said"),
    [
        (
            {"trust": (ROOT.server("127.0.0.1", end=-DAY).pem,)},
            "card-expired",
            "its server's TLS certificate",
        ),
        (
            {"trust": (SERVER.pem,), "clients": (ROOT.server("x", end=-DAY).pem,)},
            "card-expired",
            "its clients'",
        ),
        (
            {"trust": (ROOT.server("127.0.0.1", end=9 * DAY).pem,)},
            "certificate-expires",
            "expires in",
        ),
        (
            {"trust": (ROOT.server("other.example").pem,)},
            "tls-name",
            "is for 127.0.0.1, the host of the endpoint",
        ),
        ({"trust": (small_rsa(2048).pem, ROOT.pem)}, "key-weak", "RSA key of 2048 bits"),
        (
            {"trust": (ROOT.pem,), "crl": ("root.crl",)},
            "crl-missing",
            "is asked for and is not there",
        ),
        (
            {"trust": (ROOT.pem,), "crl": ("http://x/root.crl",)},
            "crl-awaited",
            "was not fetched yet",
        ),
    ],
)
def test_what_time_and_chance_did_to_a_card_is_told(
    kz: Path, card: str, tls: dict[str, Any], code: str, said: str
) -> None:
    path = directory.add_card(kz, with_tls(card, trust=(SERVER.pem,)))
    path.write_text(with_tls(card, **tls))
    assert [(one[0], said in one[1]) for one in found(kz)] == [(code, True)]


def test_of_two_pinned_servers_one_may_be_expired(kz: Path, card: str) -> None:
    old = ROOT.server("127.0.0.1", end=-DAY)
    directory.add_card(kz, with_tls(card, trust=(old.pem, SERVER.pem)))
    assert found(kz) == []


@pytest.mark.parametrize(
    ("octets", "code", "said"),
    [
        (b"nonsense", "crl-invalid", "error parsing"),
        (Ca.root("Root", NOW).crl(), "crl-invalid", "no authority of that name signed it"),
        (ROOT.crl(made=-9 * DAY, due=-DAY), "crl-old", "is too old to be used"),
    ],
    ids=["nonsense", "forged", "old"],
)
def test_a_list_of_no_use_is_told(kz: Path, card: str, octets: bytes, code: str, said: str) -> None:
    directory.add_card(kz, with_tls(card, trust=(ROOT.pem,), crl=("root.crl",)))
    (kz / "crls" / "root.crl").write_bytes(octets)
    assert [(one[0], said in one[1]) for one in found(kz)] == [(code, True)]


def test_a_pinned_certificate_that_the_named_authority_did_not_issue_is_told(
    kz: Path, card: str
) -> None:
    directory.add_card(kz, card)
    path = kz / "partners" / "TJ.toml"
    path.write_text(f'{card}\n[trust]\nauthorities = ["""\n{ROOT.pem}"""]\n')
    texts = [text for code, text in found(kz) if code == "card-distrusted"]
    assert [re.match(r"the certificate for (\w+)", text)[1] for text in texts] == ["signing", "key"]  # type: ignore[index]


def test_one_address_is_trusted_in_one_way(kz: Path, card: str) -> None:
    (kz / "agreements" / "gb.toml").write_text(directory.agreement_text("KZ", "UZ"))
    directory.add_card(kz, with_tls(card, trust=(SERVER.pem,)))
    other = read_card(with_tls(card, trust=(ROOT.pem,)))
    uz = write_card(replace(other, country="UZ", party=replace_party(other.party)))
    directory.add_card(kz, uz)
    assert ("card-invalid", True) in [
        (code, "has the endpoint of" in text) for code, text in found(kz)
    ]


def replace_party(party: Any) -> Any:
    from dataclasses import replace

    return replace(party, value="keruen-uz")


# keruen keys --tls-host


def test_a_certificate_is_renewed_under_the_same_authority(kz: Path) -> None:
    before = directory.load(kz).card
    old = (kz / "keys" / "tls.cert.pem").read_bytes()
    after = directory.make_tls(kz, HOST)
    assert (kz / "keys" / "tls.cert.pem").read_bytes() != old
    assert after == before
    assert found(kz) == []
    assert oct((kz / "keys" / "tls.key.pem").stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize("host", ["", "a b", "as4..kz", "https://x", "ә.kz", "a/b"])
def test_what_is_no_host_gets_no_certificate(kz: Path, host: str) -> None:
    with pytest.raises(UsageError, match="host-unusable"):
        directory.make_tls(kz, host)
    assert found(kz) == []
