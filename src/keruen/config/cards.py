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
from msgspec import Meta

from keruen import tomlfile
from keruen.as4 import SUITES, Certificate, PartyId, TokenReference
from keruen.as4.key_kinds import KeyKind
from keruen.config import terms
from keruen.config.limits import PartnerLimits, limits_table
from keruen.config.settings import country_mistake, endpoint_mistake
from keruen.config.terms import Collaboration, Errors, MessageProperty, PartnerRetry, Pull, Terms
from keruen.config.tls import PartnerTls, PartnerTrust, card_tables
from keruen.config.tlschecks import partner_mistakes
from keruen.errors import UsageError
from keruen.tomlfile import FileError, Found, Read, quoted

CODE = "card-invalid"
PROFILE = "edelivery-2.0"
"""The profile that every node has keys for."""
PROFILES = tuple(SUITES)
"""AS4 profiles that a card may name."""
PURPOSES = {"signing": "signing", "key_agreement": "key agreement"}
"""Key of the card → what its certificates are for, in words."""

WARN_DAYS = 60
"""From so many days before its end `check` warns of a certificate."""
EXPIRES = "certificate-expires"
"""Code of that warning: nothing is wrong yet, but it will be."""

_MANY = 16
_PRIVATE = "PRIVATE KEY-----"
Name = Annotated[str, Meta(min_length=1, max_length=255)]
Pems = Annotated[tuple[str, ...], Meta(min_length=1, max_length=_MANY)]


class FourCorner(msgspec.Struct, frozen=True, kw_only=True):
    """Who stands behind the two nodes (eDelivery AS4, Four Corner enhancement).

    Attributes:
        original_sender: message property originalSender of what this node sends.
        final_recipient: message property finalRecipient of what this node sends.
        type: attribute type of both properties; empty where there is none.
    """

    original_sender: Name
    final_recipient: Name
    type: Annotated[str, Meta(max_length=255)] = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A partner card, as it is in the file.

    Attributes:
        country: the partner's country, ISO 3166 alpha-2.
        party_id: AS4 party id.
        party_type: scheme of the party id; empty where there is none.
        endpoint: address that the partner listens at.
        profile: AS4 profile: edelivery-2.0 (Ed25519 and X25519), edelivery-2.0-ec (EC keys on secp256r1,
            secp384r1, secp521r1 or brainpoolP256r1) or edelivery-1.15 (RSA).
        signing: certificates (PEM) that messages and receipts may be signed with, with keys of the profile.
        key_agreement: certificates (PEM) that content keys are encrypted to, with keys of the profile.
        token_reference: how this node refers to its own certificate in what it signs for the partner: bst,
            pkipath, issuer-serial or ski.
        recipient_reference: how this node refers to the partner's certificate that it encrypts to; as above.
        accept: names of variants beside the profile's algorithms that are taken from this partner all the
            same; edelivery-1.15 has rsa-oaep-mgf1p-sha256, rsa-oaep-mgf1p-sha1, rsa-oaep-sha256-mgf1sha1 and
            rsa-oaep-sha1-mgf1sha1.
        four_corner: where other parties stand behind the two nodes, messages name them.
        tls: how the partner and this node speak TLS with each other.
        trust: what must hold of the certificates above beyond being named here.
        limits: what is taken of the partner at most.
        pull: where one of the two takes no connections, it pulls.
        retry: when a message that got no receipt is sent again, where that differs for this partner.
        errors: what errors are worth between the two.
        collaboration: words of the AS4 header, where the partner's software has others.
        properties: properties of every message to this partner.
    """

    country: str
    party_id: Name
    party_type: Annotated[str, Meta(max_length=255)]
    endpoint: Annotated[str, Meta(max_length=2000)]
    profile: str
    signing: Pems
    key_agreement: Pems
    token_reference: TokenReference = TokenReference.BST
    recipient_reference: TokenReference = TokenReference.SKI
    accept: Annotated[tuple[str, ...], Meta(max_length=_MANY)] = ()
    four_corner: FourCorner | None = None
    tls: PartnerTls = PartnerTls()
    trust: PartnerTrust = PartnerTrust()
    limits: PartnerLimits = PartnerLimits()
    pull: Pull | None = None
    retry: PartnerRetry = PartnerRetry()
    errors: Errors = Errors()
    collaboration: Collaboration = Collaboration()
    properties: Annotated[tuple[MessageProperty, ...], Meta(max_length=_MANY)] = ()


class Partner(msgspec.Struct, frozen=True):
    """A partner as the node uses it: certificates parsed."""

    country: str
    party: PartyId
    endpoint: str
    profile: str
    signing: tuple[Certificate, ...]
    key_agreement: tuple[Certificate, ...]
    token_reference: TokenReference = TokenReference.BST
    recipient_reference: TokenReference = TokenReference.SKI
    accept: tuple[str, ...] = ()
    four_corner: FourCorner | None = None
    tls: PartnerTls = PartnerTls()
    trust: PartnerTrust = PartnerTrust()
    limits: PartnerLimits = PartnerLimits()
    terms: Terms = Terms()


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
    yield from partner_mistakes(raw, endpoint)
    yield from terms.mistakes(raw)
    if "profile" in raw and raw["profile"] not in PROFILES:
        yield ("profile",), f"must be one of {', '.join(PROFILES)}"
        return
    yield from _meaning_by_profile(raw, raw.get("profile", PROFILE), now)


def _meaning_by_profile(raw: dict[str, Any], profile: str, now: datetime | None) -> Iterator[Found]:
    known = SUITES[profile].variants
    for index, name in enumerate(_listed(raw, "accept")):
        if name not in known:
            names = ", ".join(sorted(known)) or "none"
            yield ("accept", index), f"is no variant of {profile}; there are: {names}"
    for key in PURPOSES:
        for index, pem in enumerate(_listed(raw, key)):
            if isinstance(pem, str) and (wrong := certificate_mistake(pem, key, now, profile)):
                yield (key, index), wrong


def _listed(raw: dict[str, Any], key: str) -> list[Any]:
    found = raw.get(key)
    return found if isinstance(found, list) else []


def keys_of(profile: str, purpose: str) -> tuple[KeyKind, str]:
    """Kind of keys of a profile for a purpose, and the key usage of their certificates (RFC 5280, 4.2.1.3)."""
    suite = SUITES[profile]
    if purpose == "signing":
        return suite.signature.keys, "digital_signature"
    return suite.key_transport.keys, suite.key_transport.usage


def certificate_mistake(
    pem: str, purpose: str, now: datetime | None, profile: str = PROFILE
) -> str | None:
    """What is wrong with a certificate (PEM) for a purpose, ``signing`` or ``key_agreement``, if anything."""
    if pem.count("-----BEGIN CERTIFICATE-----") != 1:
        return "must be one certificate in PEM (-----BEGIN CERTIFICATE----- …)"
    try:
        parsed = x509.load_pem_x509_certificate(pem.encode())
        key, usage = parsed.public_key(), _usage(parsed)
        certificate = Certificate.of(parsed)
    except (ValueError, UnsupportedAlgorithm) as error:
        return f"is not a certificate in PEM: {error}"
    kind, use = keys_of(profile, purpose)
    words = PURPOSES[purpose]
    if wrong := kind.mistake(key):
        return f"must be a certificate for {words} with an {kind.name} key; this one {wrong}"
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
        token_reference=card.token_reference,
        recipient_reference=card.recipient_reference,
        accept=card.accept,
        four_corner=card.four_corner,
        tls=card.tls,
        trust=card.trust,
        limits=card.limits,
        terms=Terms(
            pull=card.pull,
            retry=card.retry,
            errors=card.errors,
            collaboration=card.collaboration,
            properties=card.properties,
        ),
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
{"".join(_further(partner))}"""


def _further(partner: Partner) -> Iterator[str]:
    """Keys that may be left out, where they say something else than their default; tables last."""
    if partner.token_reference is not TokenReference.BST:
        yield f"token_reference = {quoted(partner.token_reference)}\n"
    if partner.recipient_reference is not TokenReference.SKI:
        yield f"recipient_reference = {quoted(partner.recipient_reference)}\n"
    if partner.accept:
        yield f"accept = [{', '.join(map(quoted, partner.accept))}]\n"
    if (corners := partner.four_corner) is not None:
        yield "\n[four_corner]\n"
        yield f"original_sender = {quoted(corners.original_sender)}\n"
        yield f"final_recipient = {quoted(corners.final_recipient)}\n"
        yield f"type = {quoted(corners.type)}\n"
    yield card_tables(partner.tls, partner.trust)
    yield from limits_table(partner.limits)
    yield from terms.written(partner.terms)


def _pems(certificates: tuple[Certificate, ...]) -> str:
    return ", ".join(f'"""\n{c.pem.decode()}"""' for c in certificates)
