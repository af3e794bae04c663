"""Partner cards → what the page of partners shows."""

from __future__ import annotations

from datetime import datetime

from keruen.config.cards import Partner
from keruen.customs import Struct


class Ending(Struct, frozen=True):
    """A certificate and when it ends."""

    subject: str
    end: datetime


class Shown(Struct, frozen=True):
    """One partner.

    Attributes:
        accept: variants that are taken from it beside its profile.
    """

    country: str
    party_id: str
    endpoint: str
    profile: str
    accept: tuple[str, ...]
    certificates: tuple[Ending, ...]


def shown(partner: Partner) -> Shown:
    """What is shown of a partner."""
    return Shown(
        country=partner.country,
        party_id=partner.party.value,
        endpoint=partner.endpoint,
        profile=partner.profile,
        accept=partner.accept,
        certificates=tuple(
            Ending(one.subject, one.not_after) for one in (*partner.signing, *partner.key_agreement)
        ),
    )
