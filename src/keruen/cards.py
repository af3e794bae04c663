"""Partner cards: what one administration gives the other so that the two can exchange.

A card says who somebody is, where they listen and which certificates they use. It comes from outside:
nothing in it is trusted before it is checked, and no value can leave the place it is written to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any

import msgspec
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from msgspec import Meta

from keruen import tomlfile
from keruen.as4 import Certificate, PartyId
from keruen.errors import UsageError
from keruen.settings import country_mistake, endpoint_mistake
from keruen.tomlfile import FileError, Found, Read, quoted

CODE = "card-invalid"
PROFILES = ("edelivery-2.0",)
"""AS4 profiles that a card may name."""
PURPOSES: dict[str, tuple[type, str, str, str]] = {
    "signing": (Ed25519PublicKey, "Ed25519", "digital_signature", "signing"),
    "key_agreement": (X25519PublicKey, "X25519", "key_agreement", "key agreement"),
}
"""Key of the card → type and name of the public key, key usage (RFC 5280, 4.2.1.3), in words."""

WARN_DAYS = 60
"""From so many days before its end `check` warns of a certificate."""
EXPIRES = "certificate-expires"
"""Code of that warning: nothing is wrong yet, but it will be."""

_MANY = 16
_PRIVATE = "PRIVATE KEY-----"
Name = Annotated[str, Meta(min_length=1, max_length=255)]
Pems = Annotated[tuple[str, ...], Meta(min_length=1, max_length=_MANY)]


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A partner card, as it is in the file.

    Attributes:
        country: the partner's country, ISO 3166 alpha-2.
        party_id: AS4 party id.
        party_type: scheme of the party id; empty where there is none.
        endpoint: address that the partner listens at.
        profile: AS4 profile.
        signing: certificates (PEM, Ed25519) that messages and receipts may be signed with.
        key_agreement: certificates (PEM, X25519) that content keys are encrypted to.
    """

    country: str
    party_id: Name
    party_type: Annotated[str, Meta(max_length=255)]
    endpoint: Annotated[str, Meta(max_length=2000)]
    profile: str
    signing: Pems
    key_agreement: Pems


class Partner(msgspec.Struct, frozen=True):
    """A partner as the node uses it: certificates parsed."""

    country: str
    party: PartyId
    endpoint: str
    profile: str
    signing: tuple[Certificate, ...]
    key_agreement: tuple[Certificate, ...]


def read_card(text: str, *, name: str = "card", now: datetime | None = None) -> Partner:
    """A partner from its card.

    Args:
        text: content of the file.
        name: file name, for the messages.
        now: refuse certificates that are not valid then; None leaves that to each message.

    Raises:
        UsageError: ``card-invalid``, the first mistake with key and line.
    """
    return check_card(text, name=name, now=now).must()


def check_card(text: str, *, name: str = "card", now: datetime | None = None) -> Read[Partner]:
    """A partner from its card, or every mistake in it."""
    if _PRIVATE in text:
        return Read(None, (_private(text, name),))

    def meaning(raw: dict[str, Any]) -> Iterator[Found]:
        yield from _meaning(raw, now)

    read = tomlfile.read(text, Card, name=name, code=CODE, meaning=meaning)
    return Read(_partner(read.value)) if read.value else Read(None, read.mistakes)


def _private(text: str, name: str) -> FileError:
    line = text[: text.index(_PRIVATE)].count("\n") + 1
    return FileError(
        CODE,
        "this holds a private key, which must never leave its node: take it out, and whoever sent it "
        "makes new keys",
        path=name,
        line=line,
    )


def _meaning(raw: dict[str, Any], now: datetime | None) -> Iterator[Found]:
    if (country := raw.get("country")) is not None and (wrong := country_mistake(country)):
        yield ("country",), wrong
    for key in ("party_id", "party_type"):
        value = raw.get(key)
        if isinstance(value, str) and (not value.isprintable() or value != value.strip()):
            yield (key,), "must be printable, without blanks around it"
    if (endpoint := raw.get("endpoint")) is not None and (wrong := endpoint_mistake(endpoint)):
        yield ("endpoint",), wrong
    if "profile" in raw and raw["profile"] not in PROFILES:
        yield ("profile",), f"must be one of {', '.join(PROFILES)}"
    for key in PURPOSES:
        pems = raw.get(key)
        for index, pem in enumerate(pems if isinstance(pems, list) else ()):
            if isinstance(pem, str) and (wrong := certificate_mistake(pem, key, now)):
                yield (key, index), wrong


def certificate_mistake(pem: str, purpose: str, now: datetime | None) -> str | None:
    """What is wrong with a certificate (PEM) for a purpose, ``signing`` or ``key_agreement``, if anything."""
    if pem.count("-----BEGIN CERTIFICATE-----") != 1:
        return "must be one certificate in PEM (-----BEGIN CERTIFICATE----- …)"
    try:
        parsed = x509.load_pem_x509_certificate(pem.encode())
        key, usage = parsed.public_key(), _usage(parsed)
        certificate = Certificate.of(parsed)
    except (ValueError, UnsupportedAlgorithm) as error:
        return f"is not a certificate in PEM: {error}"
    kind, algorithm, use, words = PURPOSES[purpose]
    if not isinstance(key, kind):
        return (
            f"must be a certificate for {words} with an {algorithm} key; this one has another key"
        )
    if usage is not None and not getattr(usage, use):
        return f"this certificate is not meant for {words} (its key usage does not say so)"
    return validity_mistake(certificate, now) if now else None


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def validity_mistake(certificate: Certificate, now: datetime) -> str | None:
    """Why a certificate may not be used at `now`, if so."""
    if certificate.not_after < now:
        return f"{certificate.subject} expired on {certificate.not_after:%Y-%m-%d}"
    if certificate.not_before > now:
        return (
            f"{certificate.subject} is valid from {certificate.not_before:%Y-%m-%d %H:%M} UTC only"
        )
    return None


def expiring(certificate: Certificate, now: datetime, path: str) -> Iterator[UsageError]:
    """A warning while there is still time to replace a certificate."""
    days = (certificate.not_after - now).days
    if 0 <= days < WARN_DAYS:
        yield UsageError(
            EXPIRES,
            f"{certificate.subject} expires in {days} days, on {certificate.not_after:%Y-%m-%d}; "
            "replace it before",
            path=path,
        )


def _partner(card: Card) -> Partner:
    signing, key_agreement = (
        tuple(Certificate.from_pem(pem.encode()) for pem in pems)
        for pems in (card.signing, card.key_agreement)
    )
    return Partner(
        country=card.country,
        party=PartyId(card.party_id, card.party_type or None),
        endpoint=card.endpoint,
        profile=card.profile,
        signing=signing,
        key_agreement=key_agreement,
    )


def write_card(partner: Partner) -> str:
    """The card of a partner as a commented TOML file."""
    signing = "\n".join(f"#   signing        {c.fingerprint}" for c in partner.signing)
    agreement = "\n".join(f"#   key agreement  {c.fingerprint}" for c in partner.key_agreement)
    return f"""\
# Keruen partner card of {partner.country}. Compare the SHA-256 fingerprints over another channel:
{signing}
{agreement}
country = {quoted(partner.country)}
party_id = {quoted(partner.party.value)}
party_type = {quoted(partner.party.type or "")}
endpoint = {quoted(partner.endpoint)}
profile = {quoted(partner.profile)}
signing = [{_pems(partner.signing)}]
key_agreement = [{_pems(partner.key_agreement)}]
"""


def _pems(certificates: tuple[Certificate, ...]) -> str:
    return ", ".join(f'"""\n{c.pem.decode()}"""' for c in certificates)
