"""A card comes from outside: what it says is checked before anything is written."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from keruen.as4 import PartyId
from keruen.config import directory
from keruen.config.cards import check_card, read_card, write_card
from keruen.config.keystore import Keys
from keruen.errors import UsageError

Changed = Callable[..., str]
VISIBLE = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40)


def reasons(text: str, now: Any) -> list[str]:
    return [one.text for one in check_card(text, now=now).mistakes]


def with_value(card: str, key: str, value: str) -> str:
    assert re.search(rf"^{key} = ", card, re.MULTILINE)
    return re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", card, count=1, flags=re.MULTILINE)


def test_a_card_is_read_as_it_was_written(pristine: Path, card: str, now: Any) -> None:
    own = directory.load(pristine / "tj").card
    assert read_card(card, now=now) == own
    assert write_card(read_card(card)) == card


@given(name=VISIBLE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_no_party_id_can_leave_its_place_in_the_file(card: str, name: str) -> None:
    partner = replace(read_card(card), party=PartyId(name, name))
    text = write_card(partner)
    assert tomllib.loads(text).keys() == tomllib.loads(card).keys()
    assert read_card(text).party == partner.party


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("country", '"../../x"', "not an ISO 3166 alpha-2 code"),
        ("country", '"tj"', "not an ISO 3166 alpha-2 code"),
        ("country", '"XX"', "not an ISO 3166 alpha-2 code"),
        ("country", "762", "must be text in quotes"),
        ("party_id", '""', "party_id: must be"),
        ("party_id", '"x\\u0007y"', "must be printable"),
        ("party_id", '"x\\u202Ey"', "must be printable"),
        ("party_id", '" x"', "without blanks around it"),
        ("endpoint", '"http://127.0.0.1:99999/as4"', "endpoint: must be an http or https address"),
        ("endpoint", '"ftp://127.0.0.1/as4"', "must be an http or https address"),
        ("endpoint", '"https://"', "must be an http or https address"),
        ("endpoint", '"https://[::1/as4"', "must be an http or https address"),
        ("endpoint", '"https://as4.example/ x"', "without spaces"),
        ("endpoint", '"https://user:word@as4.example/"', "without a user"),
        ("endpoint", '"http://as4.example/as4"', "only a loopback address"),
        ("profile", '"edelivery-9"', "must be one of edelivery-2.0"),
        ("profile", '"x"\nfee = 1', "fee: there is no such key"),
    ],
)
def test_a_wrong_value_is_told_with_its_line(card: str, key: str, value: str, said: str) -> None:
    text = with_value(card, key, value)
    found = [one for one in check_card(text).mistakes if said in one.text]
    assert len(found) == 1
    assert found[0].line is not None
    assert text.splitlines()[found[0].line - 1].startswith((key, "fee"))


def test_every_mistake_of_a_card_is_told_at_once(card: str, now: Any) -> None:
    text = with_value(card, "country", '"kz"')
    text = with_value(text, "endpoint", '"nowhere"')
    text = re.sub(r"key_agreement = .*", 'key_agreement = ["no pem", 5]', text, flags=re.DOTALL)
    assert [one.key for one in check_card(text, now=now).mistakes] == [
        "country",
        "endpoint",
        "key_agreement[0]",
        "key_agreement[1]",
    ]


def test_each_certificate_must_be_for_its_purpose(
    pristine: Path, changed: Changed, certificates: Any, now: Any
) -> None:
    keys: Keys = directory.load(pristine / "tj").keys
    signing, agreement = keys.signing.certificate, keys.decryption.certificate
    assert "Ed25519" in reasons(changed(signing=(agreement,)), now)[0]
    assert "X25519" in reasons(changed(key_agreement=(signing,)), now)[0]
    assert (
        "not meant for signing"
        in reasons(changed(signing=(certificates.authority.certificate,)), now)[0]
    )
    assert not reasons(changed(signing=(signing, certificates.signing())), now)


def test_an_expired_certificate_is_refused_when_it_is_added(
    changed: Changed, certificates: Any, now: Any
) -> None:
    old = changed(signing=(certificates.signing(), certificates.signing(-9, -2)))
    assert re.search(r"signing\[1\]: CN=Strange signing expired on \d{4}-", reasons(old, now)[0])
    early = changed(key_agreement=(certificates.agreement(3, 90),))
    assert "is valid from" in reasons(early, now)[0]
    assert not reasons(old, None)  # a node that starts leaves that to each message


def test_a_private_key_in_a_card_is_refused(card: str, pristine: Path) -> None:
    key = (pristine / "tj" / "keys" / "signing.key.pem").read_text()
    for text in (f"{card}\n# {key}", with_value(card, "party_id", f'"""{key}"""')):
        (mistake,) = check_card(text).mistakes
        assert "private key" in mistake.text
        assert mistake.line is not None
        assert "PRIVATE KEY" in text.splitlines()[mistake.line - 1]


def test_two_certificates_in_one_text_are_refused(card: str, now: Any) -> None:
    pem = re.search(r"-----BEGIN.*?-----END CERTIFICATE-----\n", card, re.DOTALL)
    assert pem
    assert "one certificate" in reasons(card.replace(pem[0], pem[0] * 2, 1), now)[0]


def test_a_card_without_certificates_is_refused(card: str, now: Any) -> None:
    text = re.sub(r"signing = \[.*?\]", "signing = []", card, count=1, flags=re.DOTALL)
    assert reasons(text, now) == ["signing: must be a list, not an empty one"]


def test_a_card_never_leaves_partners(kz: Path, card: str) -> None:
    with pytest.raises(UsageError, match="country"):
        directory.add_card(kz, with_value(card, "country", '"../../x"'))
    assert not list(kz.parent.glob("x*"))
    assert directory.add_card(kz, card) == kz / "partners" / "TJ.toml"


def test_an_own_card_is_not_added(kz: Path, tj: Path) -> None:
    with pytest.raises(UsageError, match="card-own"):
        directory.add_card(kz, write_card(directory.load(kz).card))


def test_a_card_that_no_agreement_covers_is_not_added(kz: Path, card: str) -> None:
    with pytest.raises(UsageError, match="no agreement with UZ"):
        directory.add_card(kz, with_value(card, "country", '"UZ"'))
    assert not list((kz / "partners").iterdir())


def test_a_new_card_takes_the_place_of_the_old_one_whatever_its_file_is_called(
    kz: Path, card: str, changed: Changed, certificates: Any
) -> None:
    directory.add_card(kz, card).rename(kz / "partners" / "tajikistan.toml")
    new = changed(signing=(certificates.signing(),))
    introduction = directory.introduce(kz, new)
    assert introduction.replaces
    assert introduction.before == read_card(card)
    assert introduction.take() == kz / "partners" / "tajikistan.toml"
    assert [path.name for path in (kz / "partners").iterdir()] == ["tajikistan.toml"]
    assert directory.load(kz).partners == (read_card(new),)


def test_a_card_that_cannot_be_read_may_be_replaced(kz: Path, card: str) -> None:
    (kz / "partners" / "TJ.toml").write_text("broken = ")
    introduction = directory.introduce(kz, card)
    assert (introduction.replaces, introduction.before) == (True, None)
    introduction.take()
    assert len(directory.load(kz).partners) == 1


def test_a_card_that_cannot_be_written_leaves_the_old_one(
    kz: Path, card: str, changed: Changed, certificates: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = directory.add_card(kz, card)

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        directory.add_card(kz, changed(signing=(certificates.signing(),)))
    assert path.read_text() == card
    assert list(path.parent.iterdir()) == [path]
