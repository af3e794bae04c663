"""Partners of other AS4 profiles: their keys, cards and switches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from msgspec.structs import replace

from keruen.as4 import SUITES, Certificate, TokenReference, issue_key_agreement, issue_signing
from keruen.as4.curves import CURVES
from keruen.cli.main import main
from keruen.config import directory
from keruen.config.cards import (
    PROFILE,
    PROFILES,
    FourCorner,
    Partner,
    certificate_mistake,
    check_card,
    read_card,
    write_card,
)
from keruen.config.keymaking import make_further_keys
from keruen.config.keystore import folder_of, load_keys
from keruen.errors import UsageError

FURTHER = [name for name in PROFILES if name != PROFILE]


@pytest.fixture(scope="session")
def profiled(pristine: Path) -> Path:
    """The keys of Tajikistan for every profile, in a directory of their own."""
    import shutil

    root = shutil.copytree(pristine / "tj", pristine / "profiled")
    for profile in FURTHER:
        directory.make_profile_keys(root, profile, "brainpoolP256r1")
    return root


@pytest.fixture(scope="session", params=FURTHER)
def partner(request: pytest.FixtureRequest, profiled: Path) -> Partner:
    """The card of Tajikistan for a further profile."""
    return directory.load(profiled).card_for(request.param)


def test_profiles_of_cards_are_the_suites() -> None:
    assert tuple(SUITES) == PROFILES
    assert PROFILE in PROFILES


def test_a_card_of_every_profile_is_read_as_it_was_written(partner: Partner, now: Any) -> None:
    assert read_card(write_card(partner), now=now) == partner


def test_everything_that_may_be_left_out_of_a_card_survives(partner: Partner) -> None:
    told = replace(
        partner,
        token_reference=TokenReference.ISSUER_SERIAL,
        recipient_reference=TokenReference.PKIPATH,
        accept=tuple(sorted(SUITES[partner.profile].variants)),
        four_corner=FourCorner(original_sender='urn:"c1"', final_recipient="urn:c4", type="urn:t"),
    )
    assert read_card(write_card(told)) == told


def test_keys_of_a_profile_are_of_its_kind_and_from_the_local_authority(profiled: Path) -> None:
    keys = load_keys(profiled / "keys")
    authority = Certificate.from_pem((profiled / "keys" / "authority.cert.pem").read_bytes())
    issuer = x509.load_der_x509_certificate(authority.der)
    for profile in FURTHER:
        found = keys.of(profile)
        assert found is not None
        for one in (found.signing.certificate, found.decryption.certificate):
            x509.load_der_x509_certificate(one.der).verify_directly_issued_by(issuer)
        assert found.signing.chain == (authority,)
        assert found.signing.private_key is not found.decryption.private_key
    rsa_keys, ec_keys = keys.of("edelivery-1.15"), keys.of("edelivery-2.0-ec")
    assert rsa_keys
    assert ec_keys
    assert rsa_keys.signing.private_key.key_size == 3072  # type: ignore[union-attr]
    assert ec_keys.signing.private_key.curve.name == "brainpoolP256r1"  # type: ignore[union-attr]


def test_private_keys_of_every_profile_are_their_owners_alone(profiled: Path) -> None:
    for file in (profiled / "keys").glob("**/*.pem"):
        assert file.stat().st_mode & 0o077 == 0
    spoilt = profiled / "keys" / "edelivery-1.15" / "signing.key.pem"
    spoilt.chmod(0o644)
    try:
        (mistake,) = directory.mistakes(profiled)
    finally:
        spoilt.chmod(0o600)
    assert "chmod 600" in mistake.text


def test_new_keys_never_replace_old_ones(profiled: Path, now: Any) -> None:
    for profile in PROFILES:
        before = sorted(file.read_bytes() for file in (profiled / "keys").glob("**/*.pem"))
        with pytest.raises(UsageError, match="keys-exist"):
            make_further_keys(profiled / "keys", profile, "TJ", now)
        assert sorted(file.read_bytes() for file in (profiled / "keys").glob("**/*.pem")) == before


def test_a_card_for_which_there_are_no_keys_is_explained(kz: Path, partner: Partner) -> None:
    with pytest.raises(UsageError, match=f"keys {kz} --profile {partner.profile}"):
        directory.add_card(kz, write_card(partner))
    (kz / "partners" / "TJ.toml").write_text(write_card(partner))
    (mistake,) = directory.mistakes(kz)
    assert mistake.code == "keys-missing"
    assert f"keruen keys {kz} --profile {partner.profile}" in mistake.text
    assert mistake.path == str(kz / "partners" / "TJ.toml")
    with pytest.raises(UsageError, match="keys-missing"):
        directory.load(kz)
    done = CliRunner().invoke(main, ["keys", str(kz), "--profile", partner.profile])
    assert done.exit_code == 0, done.output
    assert read_card(done.output).profile == partner.profile
    assert list(directory.mistakes(kz)) == []
    shown = CliRunner().invoke(main, ["card", str(kz), "--profile", partner.profile])
    assert shown.output == done.output


def test_a_card_for_a_profile_without_keys_is_not_printed(kz: Path) -> None:
    with pytest.raises(UsageError, match="keys-missing"):
        directory.load(kz).card_for("edelivery-1.15")


def test_certificates_must_have_keys_of_the_profile(partner: Partner, card: str, now: Any) -> None:
    other = read_card(card)
    for changes in ({"signing": other.signing}, {"key_agreement": other.key_agreement}):
        (mistake,) = check_card(write_card(replace(partner, **changes)), now=now).mistakes
        assert "with an" in mistake.text
        assert "this one has another key" in mistake.text
    (mistake,) = check_card(write_card(replace(other, signing=partner.signing)), now=now).mistakes
    assert "an Ed25519 key" in mistake.text


@pytest.mark.parametrize(
    ("key", "profile", "said"),
    [
        (lambda: rsa.generate_private_key(65537, 1024), "edelivery-1.15", "has one of 1024 bits"),
        (lambda: ec.generate_private_key(ec.SECP256K1()), "edelivery-2.0-ec", "a key on secp256k1"),
        (lambda: ec.generate_private_key(ec.SECP256R1()), "edelivery-1.15", "has another key"),
    ],
    ids=["short", "curve", "kind"],
)
def test_weak_and_strange_keys_are_refused(
    certificates: Any, now: Any, key: Any, profile: str, said: str
) -> None:
    public = key().public_key()
    for purpose, certificate in both(certificates, public).items():
        wrong = certificate_mistake(certificate.pem.decode(), purpose, now, profile)
        assert wrong is not None
        assert said in wrong


@pytest.mark.parametrize("curve", CURVES)
def test_keys_on_every_curve_of_the_profile_are_taken(
    certificates: Any, now: Any, curve: str
) -> None:
    public = ec.generate_private_key(CURVES[curve].curve).public_key()
    for purpose, certificate in both(certificates, public).items():
        pem = certificate.pem.decode()
        assert certificate_mistake(pem, purpose, now, "edelivery-2.0-ec") is None
        other = {"signing": "key_agreement", "key_agreement": "signing"}[purpose]
        assert "not meant for" in (certificate_mistake(pem, other, now, "edelivery-2.0-ec") or "")


def both(certificates: Any, public: CertificatePublicKeyTypes) -> dict[str, Certificate]:
    validity = certificates._validity(-1, 700)
    return {
        "signing": issue_signing(certificates.authority, "x", public, validity),
        "key_agreement": issue_key_agreement(certificates.authority, "x", public, validity),
    }


def test_a_switch_must_be_one_of_the_profile(partner: Partner) -> None:
    text = write_card(replace(partner, accept=("rsa-oaep-mgf1p-sha1", "sha-0")))
    wrong = [mistake.key for mistake in check_card(text).mistakes]
    rsa_switch = [] if partner.profile == "edelivery-1.15" else ["accept[0]"]
    assert wrong == [*rsa_switch, "accept[1]"]


def test_a_token_reference_must_be_one_of_four(partner: Partner) -> None:
    text = write_card(partner).replace("\nsigning", '\ntoken_reference = "name"\nsigning')
    (mistake,) = check_card(text).mistakes
    assert mistake.text == "token_reference: must be one of bst, pkipath, issuer-serial, ski"


def test_check_shows_the_switches_of_each_partner_and_they_are_no_mistake(
    profiled: Path, kz: Path
) -> None:
    partner = directory.load(profiled).card_for("edelivery-1.15")
    directory.make_profile_keys(kz, "edelivery-1.15", "secp256r1")
    directory.add_card(kz, write_card(replace(partner, accept=("rsa-oaep-mgf1p-sha1",))))
    (notice,) = directory.mistakes(kz)
    assert directory.severity(notice) == "notice"
    done = CliRunner().invoke(main, ["check", str(kz)])
    assert done.exit_code == 0
    assert "notice: card-accepts: accept: rsa-oaep-mgf1p-sha1 is taken from TJ" in done.output
    assert "no mistakes" in done.output


def test_issuers_of_a_certificate_from_elsewhere_are_put_beside_it(
    profiled: Path, certificates: Any
) -> None:
    folder = folder_of(profiled / "keys", "edelivery-1.15")
    chain = folder / "signing.chain.pem"
    chain.write_bytes(certificates.authority.certificate.pem * 2)
    try:
        keys = load_keys(profiled / "keys").of("edelivery-1.15")
        chain.write_bytes(b"nothing")
        (mistake,) = directory.mistakes(profiled)
    finally:
        chain.unlink()
    assert keys is not None
    assert keys.signing.chain == (certificates.authority.certificate,) * 2
    assert "not certificates in PEM" in mistake.text
