"""A node directory: made whole or not at all, and every mistake in it explained at once."""

import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from keruen.config import directory
from keruen.errors import KeruenError, UsageError

Changed = Callable[..., str]


def found(root: Path) -> list[KeruenError]:
    return list(directory.mistakes(root))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_a_new_directory_is_without_mistakes(kz: Path) -> None:
    assert found(kz) == []
    assert directory.load(kz).agreements[0].id == "kz-tj"


def test_keys_are_the_owners_only(kz: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (kz / "keys").iterdir()}
    assert len(modes) == 6
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((kz / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("country", "partner", "code"),
    [
        ("XX", "TJ", "country-unknown"),
        ("kz", None, "country-unknown"),
        ("../x", None, "country-unknown"),
        ("KZ", "TJK", "country-unknown"),
        ("GB", None, "partner-needed"),
        ("KZ", "KZ", "partner-needed"),
    ],
)
def test_a_wrong_country_makes_nothing(
    tmp_path: Path, country: str, partner: str | None, code: str
) -> None:
    with pytest.raises(UsageError) as raised:
        directory.init(tmp_path / "node", country, partner=partner)
    assert raised.value.code == code
    assert not list(tmp_path.iterdir())


def test_wrong_ports_make_nothing(tmp_path: Path) -> None:
    for as4, console in ((0, 1), (70_000, 1), (5, 5)):
        with pytest.raises(UsageError, match="port"):
            directory.init(tmp_path / "node", "KZ", as4_port=as4, console_port=console)
    assert not list(tmp_path.iterdir())


def test_a_directory_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for place in (tmp_path, tmp_path / "mine.txt"):
        with pytest.raises(UsageError, match="must be new, or an empty directory"):
            directory.init(place, "KZ")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="directory-unwritable"):
        directory.init(tmp_path / "file" / "node", "KZ")


@pytest.mark.parametrize(("country", "partner"), [("GB", "FR"), ("FR", "GB"), ("KZ", "UZ")])
def test_a_node_of_another_pair_is_without_mistakes(
    tmp_path: Path, country: str, partner: str
) -> None:
    files = directory.init(tmp_path / "node", country, partner=partner)
    assert found(tmp_path / "node") == []
    assert files.agreements[0].other(country) == partner


def test_mistakes_in_every_file_are_told_at_once(kz: Path, card: str) -> None:
    directory.add_card(kz, card)
    edit(kz / "node.toml", "timeout = 60", "timeout = -60")
    edit(kz / "node.toml", "port = 8701", "port = 99999")
    edit(kz / "agreements" / "kz-tj.toml", "hours = 14", "hours = -14")
    edit(kz / "agreements" / "kz-tj.toml", "content = 1825", "content = 0")
    edit(kz / "partners" / "TJ.toml", 'country = "TJ"', 'country = "tj"')
    (kz / "keys" / "signing.key.pem").chmod(0o644)
    (kz / "keys" / "key-agreement.cert.pem").unlink()

    told = [(Path(one.path or "").name, one.line is not None) for one in found(kz)]

    assert told == [
        ("node.toml", True),
        ("node.toml", True),
        ("signing.key.pem", False),
        ("key-agreement.cert.pem", False),
        ("kz-tj.toml", True),
        ("kz-tj.toml", True),
        ("TJ.toml", True),
    ]


def test_a_place_that_is_no_node_says_how_to_make_one(tmp_path: Path) -> None:
    (mistake,) = found(tmp_path)
    assert mistake.code == "no-node"
    assert "keruen init" in mistake.text


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", "страна".encode("cp1251")])
def test_a_file_that_is_not_utf_8_is_told(kz: Path, content: bytes) -> None:
    (kz / "node.toml").write_bytes(content)
    (kz / "partners" / "TJ.toml").write_bytes(content)
    assert [one.text for one in found(kz)] == ["must be text in UTF-8"] * 2


def test_a_byte_order_mark_is_taken_off(kz: Path) -> None:
    path = kz / "node.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found(kz) == []


def test_two_agreements_or_cards_of_one_pair_are_told(kz: Path, card: str) -> None:
    directory.add_card(kz, card)
    agreement = (kz / "agreements" / "kz-tj.toml").read_text()
    (kz / "agreements" / "more.toml").write_text(agreement)
    (kz / "partners" / "more.toml").write_text(card)
    assert [one.code for one in found(kz)] == ["agreement-doubled", "card-doubled"]
    with pytest.raises(UsageError, match="agreement-doubled"):
        directory.load(kz)


def test_two_partners_need_two_party_ids(tmp_path: Path, kz: Path, card: str) -> None:
    directory.add_card(kz, card)
    (kz / "agreements" / "kz-uz.toml").write_text(directory.agreement_text("KZ", "UZ"))
    other = card.replace('country = "TJ"', 'country = "UZ"')
    (kz / "partners" / "UZ.toml").write_text(other)
    (mistake,) = found(kz)
    assert mistake.code == "card-doubled"
    assert mistake.line == 5


def test_an_agreement_of_others_and_an_own_card_are_told(kz: Path, card: str) -> None:
    (kz / "agreements" / "fr-gb.toml").write_text(directory.agreement_text("GB", "FR"))
    (kz / "partners" / "KZ.toml").write_text(card.replace('country = "TJ"', 'country = "KZ"'))
    assert [one.code for one in found(kz)] == ["agreement-invalid", "card-invalid"]


def test_a_partner_without_agreement_is_told(kz: Path, card: str) -> None:
    (kz / "partners" / "TJ.toml").write_text(card)
    (kz / "agreements" / "kz-tj.toml").unlink()
    assert [one.code for one in found(kz)] == ["agreement-missing"]


def test_a_database_where_nothing_can_be_written_is_told(kz: Path) -> None:
    edit(kz / "node.toml", "sqlite:///keruen.db", "sqlite:///nowhere/keruen.db")
    (mistake,) = found(kz)
    assert "database.url" in mistake.text
    assert mistake.line is not None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("signing.key.pem", b"", "not a private key in PEM"),
        ("signing.key.pem", b"\x00\xff junk", "not a private key in PEM"),
        ("signing.cert.pem", b"junk", "must be one certificate in PEM"),
        (
            "key-agreement.cert.pem",
            b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
            "is not",
        ),
    ],
)
def test_a_spoilt_key_file_is_told(kz: Path, name: str, content: bytes, said: str) -> None:
    (kz / "keys" / name).write_bytes(content)
    (mistake,) = found(kz)
    assert Path(mistake.path or "").name == name
    assert said in mistake.text
    with pytest.raises(UsageError, match="keys-invalid"):
        directory.load(kz)


def test_keys_in_each_others_place_are_told(kz: Path) -> None:
    keys = kz / "keys"
    (keys / "signing.key.pem").rename(keys / "x")
    (keys / "key-agreement.key.pem").rename(keys / "signing.key.pem")
    (keys / "x").rename(keys / "key-agreement.key.pem")
    assert [one.text for one in found(kz)] == ["must be an Ed25519 key", "must be an X25519 key"]


def test_a_certificate_of_another_key_is_told(kz: Path, tj: Path) -> None:
    (tj / "keys" / "signing.cert.pem").replace(kz / "keys" / "signing.cert.pem")
    (mistake,) = found(kz)
    assert "not that of the key in signing.key.pem" in mistake.text


def test_a_key_locked_with_a_password_is_told(kz: Path) -> None:
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        PrivateFormat,
        load_pem_private_key,
    )

    path = kz / "keys" / "signing.key.pem"
    key = load_pem_private_key(path.read_bytes(), None)
    lock = BestAvailableEncryption(b"word")
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock))
    (mistake,) = found(kz)
    assert "locked with a password" in mistake.text


def test_a_certificate_that_soon_ends_is_a_warning_with_its_days(
    kz: Path, changed: Changed, certificates: Any
) -> None:
    directory.add_card(kz, changed(signing=(certificates.signing(-9, 20),)))
    (warning,) = found(kz)
    assert directory.is_warning(warning)
    assert re.search(r"expires in (19|20) days", warning.text)
    assert directory.load(kz).partners


def test_a_card_all_of_whose_certificates_have_ended_is_a_mistake_but_stops_no_node(
    kz: Path, changed: Changed, certificates: Any
) -> None:
    text = changed(key_agreement=(certificates.agreement(-9, -1), certificates.agreement(-9, -3)))
    (kz / "partners" / "TJ.toml").write_text(text)
    (mistake,) = found(kz)
    assert mistake.code == "card-expired"
    assert not directory.is_warning(mistake)
    assert directory.load(kz).partners


def test_an_old_certificate_beside_a_new_one_is_no_mistake(
    kz: Path, changed: Changed, certificates: Any
) -> None:
    text = changed(signing=(certificates.signing(-9, -1), certificates.signing()))
    (kz / "partners" / "TJ.toml").write_text(text)
    assert found(kz) == []
