"""With whom the node exchanges, and what each may send beside its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.as4.world import pair_by
from tests.console.people import client_in

from keruen.config.cards import Partner
from keruen.console.control.works import Works
from keruen.console.texts import LANGUAGES

if TYPE_CHECKING:
    from tests.console.conftest import Node

SWITCH = "rsa-oaep-mgf1p-sha256"


def partner(profile: str, *accept: str) -> Partner:
    """Kazakhstan, by one profile."""
    kz = pair_by({"edelivery-1.15": "rsa"}.get(profile, "eddsa")).kz
    return Partner(
        country="KZ",
        party=kz.party,
        endpoint="https://as4.example/as4",
        profile=profile,
        signing=(kz.signer.certificate,),
        key_agreement=(kz.decryption.certificate,),
        accept=accept,
    )


def page(busy: Node, *partners: Partner, language: str = "en") -> str:
    with client_in(busy.store, busy.context, pages={"works": Works(partners=partners)}) as client:
        answer: Any = client.get("/control/partners/KZ", headers={"Accept-Language": language})
    assert answer.status_code == 200
    return str(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_partner_is_shown_with_its_profile_and_the_end_of_its_certificates(
    busy: Node, language: str
) -> None:
    shown = page(busy, partner("edelivery-2.0"), language=language)
    assert "customs-kz" in shown
    assert "edelivery-2.0" in shown
    assert "2027" in shown
    assert '<span class="sign warn">rsa' not in shown


def test_every_switch_that_is_on_is_shown(busy: Node) -> None:
    shown = page(busy, partner("edelivery-1.15", SWITCH, "rsa-oaep-mgf1p-sha1"))
    assert f'<span class="sign warn">{SWITCH}</span>' in shown
    assert '<span class="sign warn">rsa-oaep-mgf1p-sha1</span>' in shown


def test_a_node_without_partners_says_how_to_get_one(busy: Node) -> None:
    assert "There is no card of this partner." in page(busy)
