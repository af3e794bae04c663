"""Terms of a card: pull, retry, errors, words of the header, properties."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from keruen.as4 import DEFAULT_MPC, AgreementRef, Property
from keruen.cli.main import main
from keruen.config import directory
from keruen.config.cards import Partner, check_card, read_card, write_card
from keruen.config.settings import Retry
from keruen.config.terms import (
    Collaboration,
    Errors,
    MessageProperty,
    PartnerRetry,
    Pull,
    Terms,
)
from keruen.errors import UsageError

ALL = Terms(
    pull=Pull(mpc="urn:keruen:mpc:kz-tj", fetch=True, interval=0.5, parallel=8),
    retry=PartnerRetry(delays=(1, 2.5), expiry_hours=4),
    errors=Errors(sign=False, heed_unsigned=True),
    collaboration=Collaboration(
        service="urn:customs",
        service_type="customs",
        actions={"PreliminaryInformation": "PI"},
        own_role="urn:a",
        agreement="urn:agreement",
        pmode="pm-1",
        two_way=False,
    ),
    properties=(
        MessageProperty(name="network", value="test"),
        MessageProperty(name="q", value='"', type="urn:t"),
    ),
)


@pytest.fixture
def partner(tmp_path: Path) -> Partner:
    return directory.init(tmp_path / "tj", "TJ", partner="KZ").card


@pytest.mark.parametrize(
    "terms",
    [
        Terms(),
        ALL,
        Terms(pull=Pull(mpc="urn:x", serve=True, again=7)),
        Terms(errors=Errors(heed_unsigned=True)),
        Terms(properties=ALL.properties),
    ],
)
def test_a_card_says_its_terms_and_is_read_back_alike(partner: Partner, terms: Terms) -> None:
    card = replace(partner, terms=terms)
    assert read_card(write_card(card)) == card


def test_a_card_of_one_who_differs_in_nothing_says_nothing_of_it(partner: Partner) -> None:
    assert "[pull]" not in write_card(partner)
    assert partner.terms == Terms()


@pytest.mark.parametrize(
    ("table", "where", "reason"),
    [
        ('[pull]\nmpc = "urn:x"', "pull", "serve = true if the partner does"),
        ('[pull]\nmpc = "urn:x"\nserve = true\nfetch = true', "pull", "one of the two pulls"),
        (f'[pull]\nmpc = "{DEFAULT_MPC}"\nserve = true', "pull.mpc", "default channel"),
        ('[pull]\nmpc = " x"\nserve = true', "pull.mpc", "blanks"),
        ("[pull]\nserve = true", "pull.mpc", "is missing"),
        ('[pull]\nmpc = "x"\nfetch = true\nparallel = 65', "pull.parallel", "64"),
        ("[retry]\ndelays = []", "retry.delays", "empty"),
        ("[retry]\nexpiry_hours = 0", "retry.expiry_hours", "> 0"),
        ("[errors]\nheed = true", "errors.heed", "no such key"),
        ('[collaboration]\nservice = "a\\u0000"', "collaboration.service", "printable"),
        ('[collaboration.actions]\nFoo = "x"', "collaboration.actions.Foo", "no message kind"),
        (
            '[collaboration.actions]\nPreliminaryInformation = "Acknowledgement"',
            "collaboration.actions.PreliminaryInformation",
            "stands for another kind",
        ),
        (
            '[[properties]]\nname = "a"\nvalue = "1"\n[[properties]]\nname = "a"\nvalue = "2"',
            "properties[1].name",
            "twice",
        ),
        ('[[properties]]\nname = "a"', "properties[0].value", "is missing"),
    ],
)
def test_a_mistake_is_named_by_key_and_line(
    partner: Partner, table: str, where: str, reason: str
) -> None:
    text = write_card(partner)
    read = check_card(f"{text}\n{table}\n")
    (mistake,) = read.mistakes
    assert mistake.key == where
    assert reason in mistake.text
    assert mistake.line is not None
    assert mistake.line > text.count("\n")


def test_what_a_card_leaves_out_of_the_schedule_is_as_in_the_settings() -> None:
    usual = Retry(delays=(9,), expiry_hours=8, timeout=7)
    assert Terms().retry_over(usual) == usual
    own = Terms(retry=PartnerRetry(expiry_hours=1)).retry_over(usual)
    assert (own.delays, own.expiry_hours, own.timeout) == ((9,), 1, 7)


def test_terms_as_the_header_has_them() -> None:
    assert ALL.collaboration.agreement_ref == AgreementRef("urn:agreement", None, "pm-1")
    assert Collaboration().agreement_ref is None
    assert ALL.message_properties == (
        Property("network", "test"),
        Property("q", '"', "urn:t"),
    )


def test_a_new_card_of_a_partner_keeps_what_was_agreed(tmp_path: Path, partner: Partner) -> None:
    root = directory.init(tmp_path / "kz", "KZ", partner="TJ").root
    path = directory.add_card(root, write_card(partner))
    path.write_text(write_card(replace(partner, terms=ALL)))
    moved = replace(partner, endpoint="http://127.0.0.1:9/as4")
    directory.add_card(root, write_card(moved))
    assert read_card(path.read_text()) == replace(moved, terms=ALL)
    other = Terms(pull=Pull(mpc="urn:new", serve=True))
    directory.add_card(root, write_card(replace(moved, terms=other)))
    assert read_card(path.read_text()).terms == other


def test_two_partners_never_share_a_channel(tmp_path: Path, partner: Partner) -> None:
    root = directory.init(tmp_path / "kz", "KZ", partner="TJ").root
    agreement = directory.agreement_text("KZ", "UZ")
    (root / "agreements" / "kz-uz.toml").write_text(agreement)
    served = Terms(pull=Pull(mpc="urn:x", serve=True))
    uz = directory.init(tmp_path / "uz", "UZ", partner="KZ").card
    for name, card in (("TJ", partner), ("UZ", uz)):
        (root / "partners" / f"{name}.toml").write_text(write_card(replace(card, terms=served)))
    with pytest.raises(UsageError) as caught:
        directory.load(root)
    assert caught.value.code == "card-doubled"
    assert "pull.mpc" in caught.value.text


def test_a_person_who_adds_a_card_sees_its_terms(tmp_path: Path, partner: Partner) -> None:
    root = directory.init(tmp_path / "kz", "KZ", partner="TJ").root
    path = tmp_path / "card.toml"
    path.write_text(write_card(replace(partner, terms=ALL)))
    shown = CliRunner().invoke(main, ["card", str(root), "--add", str(path), "--yes"])
    assert shown.exit_code == 0, shown.output
    for line in ("  [pull]", "  fetch = true", "  heed_unsigned = true", "  [[properties]]"):
        assert line in shown.output.splitlines()
