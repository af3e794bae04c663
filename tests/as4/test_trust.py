"""Pinned certificates that must also have a chain, be valid, and not be revoked: at each use."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st
from tests.as4.authority import DAY, Ca, Issued, usage
from tests.as4.world import (
    KZ,
    KZ_TO_TJ,
    NOW,
    TJ,
    TJ_FROM_KZ,
    Receiver,
    body_of,
    make_node,
    payload,
    sealed,
    user_message,
)

from keruen.as4 import (
    Certificate,
    EbmsError,
    PMode,
    RevocationLists,
    SealedMessage,
    Seeded,
    SigningIdentity,
    Trust,
    read_revocation_list,
    seal,
)
from keruen.as4.trust import is_authority
from keruen.errors import LocalError

ROOT = Ca.root("Root", NOW)
MIDDLE = ROOT.sub("Middle")
LEAF = MIDDLE.issue("Leaf").certificate


def trust(*authorities: Ca, lists: tuple[bytes, ...] = (), **options: Any) -> Trust:
    certificates = tuple(one.certificate for one in authorities)
    read = [read_revocation_list(one, certificates) for one in lists]
    return Trust(authorities=certificates, lists=RevocationLists(read), **options)


def objection(certificate: Certificate | Issued, held: Trust, at: timedelta = 0 * DAY) -> str:
    if isinstance(certificate, Issued):
        certificate = certificate.certificate
    return held.objection(certificate, NOW + at) or "none"


# Chains


def test_without_authorities_being_pinned_and_valid_is_enough() -> None:
    assert objection(LEAF, Trust()) == "none"
    assert objection(LEAF, Trust(), 731 * DAY) == "CN=Leaf expired on 2028-11-22 12:00 UTC"
    assert "is valid from 2025-11-23" in objection(LEAF, Trust(), -366 * DAY)


@pytest.mark.parametrize("authorities", [(MIDDLE,), (MIDDLE, ROOT), (ROOT, MIDDLE)])
def test_a_chain_ends_at_any_authority_of_the_card(authorities: tuple[Ca, ...]) -> None:
    assert objection(LEAF, trust(*authorities)) == "none"


def test_a_chain_with_a_gap_is_none() -> None:
    assert "was issued by none of the authorities" in objection(LEAF, trust(ROOT))
    assert "was issued by none" in objection(LEAF, trust(Ca.root("Middle", NOW)))


@pytest.mark.parametrize(
    "key",
    [
        Ed25519PrivateKey.generate(),
        ec.generate_private_key(ec.SECP384R1()),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["ed25519", "ec", "rsa"],
)  # fmt: skip
def test_authorities_of_every_kind_of_key_are_believed(key: Any) -> None:
    authority = Ca.root("Any", NOW, key=key)
    leaf = authority.issue("Leaf")
    assert objection(leaf, trust(authority, lists=(authority.crl(),))) == "none"
    revoking = trust(authority, lists=(authority.crl(leaf.certificate),))
    assert "was revoked" in objection(leaf, revoking)


@pytest.mark.parametrize(
    "middle",
    [
        ROOT.issue("Not an authority"),
        ROOT.sub("May not issue", key_usage=usage(crl_sign=True)),
    ],
    ids=["not-ca", "usage"],
)
def test_only_authorities_issue(middle: Issued) -> None:
    ca = Ca(middle.key, middle.parsed, middle.above, NOW)
    assert not is_authority(ca.certificate)
    assert "was issued by none" in objection(ca.issue("Leaf"), trust(ca, ROOT))


def test_a_path_is_no_longer_than_its_authority_allows() -> None:
    short = Ca.root("Short", NOW, path_length=0)
    middle = short.sub("Too much")
    assert objection(short.issue("Leaf"), trust(short)) == "none"
    assert objection(middle.issue("Leaf"), trust(middle, short)) == "none"  # named for itself
    assert not Trust(authorities=(short.certificate,))._issuer(middle.certificate, NOW, 1)


def test_every_authority_of_the_chain_must_be_valid() -> None:
    old = ROOT.sub("Old", end=-1 * DAY)
    assert "CN=Old expired" in objection(old.issue("Leaf"), trust(old, ROOT))
    renewed = Ca(ROOT.key, Ca.root("Root", NOW, key=ROOT.key, end=-DAY).parsed, (), NOW)
    assert (
        objection(LEAF, trust(MIDDLE, renewed, ROOT)) == "none"
    )  # the valid one of the two counts
    assert "CN=Root expired" in objection(LEAF, trust(MIDDLE, renewed))


def test_a_chain_signed_with_a_weak_hash_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """No library of today signs with SHA-1, so SHA-256 is called weak for a moment."""
    monkeypatch.setattr("keruen.as4.trust.WEAK_HASHES", ("sha256",))
    assert "was issued by none" in objection(ROOT.issue("Weak"), trust(ROOT))


def test_a_circle_of_authorities_ends() -> None:
    first = Ca.root("First", NOW)
    second = first.sub("Second")
    circle = Ca(first.key, second.sub("First", key=first.key).parsed, (), NOW)
    assert "has more than 8" in objection(second.issue("Leaf"), trust(second, circle))


# Revocation


def test_a_revoked_certificate_is_told_with_day_and_reason() -> None:
    held = trust(MIDDLE, lists=(MIDDLE.crl(LEAF),))
    assert objection(LEAF, held) == "CN=Leaf was revoked on 2026-11-22 (keyCompromise)"


def test_a_revoked_authority_takes_its_certificates_with_it() -> None:
    held = trust(MIDDLE, ROOT, lists=(MIDDLE.crl(), ROOT.crl(MIDDLE.certificate)))
    assert "CN=Middle was revoked" in objection(LEAF, held)


def test_where_a_list_is_needed_nothing_holds_without_a_current_one() -> None:
    assert "no revocation list of CN=Middle" in objection(LEAF, trust(MIDDLE, lists_needed=True))
    held = trust(MIDDLE, lists=(MIDDLE.crl(),), lists_needed=True)
    assert objection(LEAF, held) == "none"
    assert "of 2026-11-22 12:00 UTC, is too old" in objection(LEAF, held, 8 * DAY)


def test_a_maximum_age_counts_instead_of_the_lists_own_word() -> None:
    lists = (MIDDLE.crl(),)
    strict = trust(MIDDLE, lists=lists, lists_needed=True, max_age=timedelta(hours=36))
    assert objection(LEAF, strict) == "none"
    assert "is too old" in objection(LEAF, strict, DAY)
    lenient = trust(MIDDLE, lists=lists, lists_needed=True, max_age=30 * DAY)
    assert objection(LEAF, lenient, 20 * DAY) == "none"


def test_an_old_list_still_revokes() -> None:
    held = trust(MIDDLE, lists=(MIDDLE.crl(LEAF),))
    assert "was revoked" in objection(LEAF, held, 300 * DAY)


def test_the_newer_of_two_lists_counts_whatever_their_order() -> None:
    old, new = MIDDLE.crl(LEAF, made=-3 * DAY), MIDDLE.crl()
    assert objection(LEAF, trust(MIDDLE, lists=(old, new))) == "none"
    assert objection(LEAF, trust(MIDDLE, lists=(new, old))) == "none"


def test_lists_that_are_replaced_count_at_the_next_use() -> None:
    held = trust(MIDDLE, lists=(MIDDLE.crl(),))
    assert objection(LEAF, held) == "none"
    held.lists.replace([read_revocation_list(MIDDLE.crl(LEAF), held.authorities)])
    assert "was revoked" in objection(LEAF, held)


def test_a_list_counts_for_the_authority_with_that_key_however_often_renewed() -> None:
    renewed = Ca(MIDDLE.key, ROOT.sub("Middle", key=MIDDLE.key).parsed, (), NOW)
    read = read_revocation_list(MIDDLE.crl(LEAF), [MIDDLE.certificate])
    held = Trust(authorities=(renewed.certificate,), lists=RevocationLists([read]))
    assert "was revoked" in objection(LEAF, held)
    namesake = Ca.root("Middle", NOW)
    other = Trust(authorities=(namesake.certificate,), lists=RevocationLists([read]))
    assert objection(namesake.issue("Leaf"), other) == "none"


# Lists that are not believed


def test_pem_and_der_are_the_same_list() -> None:
    parsed = MIDDLE.revocation_list(LEAF)
    forms = [parsed.public_bytes(Encoding.PEM), parsed.public_bytes(Encoding.DER)]
    one, two = (read_revocation_list(octets, [MIDDLE.certificate]) for octets in forms)
    assert one == two
    assert one.serials == {LEAF.serial}


STOLEN = frozenset({x509.ReasonFlags.key_compromise})


def distribution(**limits: Any) -> tuple[x509.ExtensionType, bool]:
    nothing: dict[str, Any] = dict.fromkeys(("full_name", "relative_name", "only_some_reasons"))
    kinds = ("user_certs", "ca_certs", "attribute_certs")
    flags = dict.fromkeys((*(f"only_contains_{kind}" for kind in kinds), "indirect_crl"), False)
    return x509.IssuingDistributionPoint(**{**nothing, **flags, **limits}), True


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (b"", "error parsing"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "error parsing"),
        (LEAF.der, "error parsing"),
        (MIDDLE.crl(key=ROOT.key), "no authority of that name signed it"),
        (ROOT.crl(name="Middle"), "no authority of that name signed it"),
        (ROOT.crl(), "CN=Root as its issuer, and no authority"),
        (MIDDLE.crl(extensions=[(x509.DeltaCRLIndicator(1), True)]), "has an extension 2.5.29.27"),
        (MIDDLE.crl(extensions=[distribution(indirect_crl=True)]), "is indirect"),
        (MIDDLE.crl(extensions=[distribution(only_contains_ca_certs=True)]), "some certificates"),
        (MIDDLE.crl(extensions=[distribution(only_some_reasons=STOLEN)]), "some"),
    ],
    ids=["empty", "pem", "certificate", "key", "name", "stranger", "delta", "indirect", "ca", "reasons"],
)  # fmt: skip
def test_a_list_that_proves_nothing_is_not_taken(octets: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_revocation_list(octets, [MIDDLE.certificate])


def test_a_list_with_a_place_of_distribution_is_taken() -> None:
    where = [x509.UniformResourceIdentifier("http://crl.example/middle.crl")]
    octets = MIDDLE.crl(LEAF, extensions=[distribution(full_name=where)])
    assert read_revocation_list(octets, [MIDDLE.certificate]).serials == {LEAF.serial}


def test_an_authority_without_the_right_to_sign_lists_signs_none() -> None:
    mute = Ca.root("Mute", NOW, key_usage=usage(key_cert_sign=True))
    with pytest.raises(ValueError, match="signed it"):
        read_revocation_list(mute.crl(), [mute.certificate])


@given(at=st.integers(0, 400), bit=st.integers(0, 7))
def test_a_spoilt_list_is_an_error_or_the_same_list(at: int, bit: int) -> None:
    """BER lets the signature's last bits go unused: no other octet may differ."""
    octets = bytearray(_SPOILT)
    octets[at % len(octets)] ^= 1 << bit
    try:
        read = read_revocation_list(bytes(octets), [MIDDLE.certificate])
    except ValueError:
        return
    assert read == read_revocation_list(_SPOILT, [MIDDLE.certificate])


_SPOILT = MIDDLE.crl(LEAF)


# At each use of a message


def issued_by(authority: Ca, pinned: Certificate) -> Certificate:
    """The same key and name, with a certificate of the authority."""
    name = pinned.subject.removeprefix("CN=")
    return authority.issue(name, public_key=pinned.public_key).certificate


NATIONAL = Ca.root("National authority", NOW)
KZ_SIGNING = issued_by(NATIONAL, KZ.signer.certificate)
TJ_AGREEMENT = issued_by(NATIONAL, TJ.decryption.certificate)


def seal_by(signer: SigningIdentity, pmode: PMode = KZ_TO_TJ) -> SealedMessage:
    entropy = Seeded(bytes(32))
    return seal(user_message(), [payload()], pmode=pmode, signer=signer, now=NOW, entropy=entropy)


def kz_message(signing: Certificate = KZ_SIGNING) -> tuple[str, bytes]:
    signer = SigningIdentity(KZ.signer.private_key, signing)
    sent = seal_by(signer)
    return sent.content_type, body_of(sent)


def pinning(*certificates: Certificate, held: Trust) -> PMode:
    return replace(TJ_FROM_KZ, partner_signing=certificates, trust=held)


def test_a_message_signed_with_a_certificate_that_has_its_chain_is_taken() -> None:
    held = trust(NATIONAL, lists=(NATIONAL.crl(),), lists_needed=True)
    received = Receiver(pinning(KZ_SIGNING, held=held)).receive_message(*kz_message())
    assert received.certificate == KZ_SIGNING


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (trust(NATIONAL, lists=(NATIONAL.crl(KZ_SIGNING),)), "was revoked on 2026-11-22"),
        (trust(NATIONAL, lists_needed=True), "no revocation list of CN=National authority"),
        (trust(Ca.root("Another", NOW)), "was issued by none of the authorities"),
    ],
    ids=["revoked", "unknown", "chain"],
)
def test_a_message_is_refused_with_the_exact_cause(held: Trust, why: str) -> None:
    receiver = Receiver(pinning(KZ_SIGNING, held=held))
    with pytest.raises(EbmsError) as caught:
        receiver.receive(*kz_message())
    assert caught.value.code == "EBMS:0101"
    assert f"the certificate that signed it: {KZ_SIGNING.subject}" in (
        caught.value.detail or ""
    ) or ("no revocation list" in (caught.value.detail or ""))
    assert why in (caught.value.detail or "")
    assert receiver.sinks == []


def test_an_expired_certificate_is_told_from_one_that_was_never_pinned() -> None:
    receiver = Receiver(now=NOW + 400 * DAY)
    with pytest.raises(EbmsError) as caught:
        receiver.receive(*kz_message(KZ.signer.certificate))
    assert "CN=kz signing expired on" in (caught.value.detail or "")
    with pytest.raises(EbmsError) as caught:
        Receiver().receive(*kz_message())
    assert "not pinned" in (caught.value.detail or "")


def test_during_a_change_the_old_and_the_new_certificate_both_count() -> None:
    old, new = KZ.signer, make_node("kz", 40).signer
    pmode = replace(TJ_FROM_KZ, partner_signing=(old.certificate, new.certificate))
    for signer in (old, new):
        sent = seal_by(signer)
        received = Receiver(pmode).receive_message(sent.content_type, body_of(sent))
        assert received.certificate == signer.certificate


def test_during_a_change_either_key_decrypts_and_the_first_of_use_is_encrypted_to() -> None:
    new = make_node("tj", 50).decryption
    both = (TJ.decryption.certificate, new.certificate)
    for certificates in (both, both[::-1]):
        pmode = replace(KZ_TO_TJ, partner_key_agreement=certificates)
        sent = seal_by(KZ.signer, pmode)
        receiver = Receiver(keys=(TJ.decryption, new))
        receiver.receive_message(sent.content_type, body_of(sent))
        first = TJ.decryption if certificates == both else new
        Receiver(keys=(first,)).receive_message(sent.content_type, body_of(sent))


def test_a_revoked_certificate_is_not_encrypted_to() -> None:
    revoked = trust(NATIONAL, lists=(NATIONAL.crl(TJ_AGREEMENT),))
    spare = issued_by(NATIONAL, TJ.decryption.certificate)
    pmode = replace(KZ_TO_TJ, partner_key_agreement=(TJ_AGREEMENT, spare), trust=revoked)
    assert seal_by(KZ.signer, pmode).size
    alone = replace(pmode, partner_key_agreement=(TJ_AGREEMENT,))
    with pytest.raises(LocalError, match="customs-tj: CN=tj key agreement was revoked"):
        seal_by(KZ.signer, alone)


def test_of_two_certificates_with_one_key_the_one_of_use_is_meant() -> None:
    """A renewed certificate with the old key has the same subject key identifier."""
    old = NATIONAL.issue("kz signing", public_key=KZ.signer.certificate.public_key, end=-DAY)
    receiver = Receiver(pinning(old.certificate, KZ_SIGNING, held=Trust()))
    assert receiver.receive_message(*kz_message()).certificate == KZ_SIGNING


def test_a_receipt_signed_with_a_revoked_certificate_is_none() -> None:
    from keruen.as4 import build_receipt, open_signal

    message = sealed()
    received = Receiver().receive_message(message.content_type, body_of(message))
    certificate = issued_by(NATIONAL, TJ.signer.certificate)
    signer = SigningIdentity(TJ.signer.private_key, certificate)
    receipt = build_receipt(
        received.envelope, pmode=TJ_FROM_KZ, signer=signer, receipt_id="r@tj", timestamp=NOW
    )
    pmode = replace(KZ_TO_TJ, partner_signing=(certificate,), trust=trust(NATIONAL))
    assert open_signal("application/soap+xml", receipt, pmode=pmode, now=NOW).signed
    pmode.trust.lists.replace(
        [read_revocation_list(NATIONAL.crl(certificate), pmode.trust.authorities)]
    )
    with pytest.raises(EbmsError, match="EBMS:0101"):
        open_signal("application/soap+xml", receipt, pmode=pmode, now=NOW)
