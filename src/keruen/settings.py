"""What a person sets: ``node.toml`` and one partner card a partner, read and checked.

A card is what one administration gives the other: who it is, where it listens, which certificates it uses.
Both files are TOML; every mistake is said with file, key and line.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

from keruen import tomlfile
from keruen.as4 import Certificate, PartyId
from keruen.clock import ClockSettings
from keruen.errors import UsageError

PROFILES = ("edelivery-2.0",)
"""AS4 profiles that a card may name."""


class _Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of everything read from a file: unknown keys are mistakes."""


class Listener(_Struct, frozen=True):
    """Where one of the two servers listens."""

    port: int
    host: str = "127.0.0.1"


class Retry(_Struct, frozen=True):
    """When a message that got no receipt is sent again.

    Attributes:
        delays: seconds before the 2nd, 3rd … attempt; the last one repeats.
        expiry_hours: after this the message has failed.
        timeout: seconds that one attempt may take.
    """

    delays: tuple[float, ...] = (1, 5, 15, 60, 300, 900, 3600)
    expiry_hours: float = 72
    timeout: float = 60

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts."""
        return timedelta(seconds=self.delays[min(attempts, len(self.delays)) - 1])


class Database(_Struct, frozen=True):
    """The node's database; a path in an SQLite address is relative to the node directory."""

    url: str = "sqlite:///keruen.db"


class DemoClock(_Struct, frozen=True):
    """Shifts and speeds up domain time; for demonstrations and tests only."""

    real: datetime
    shown: datetime
    rate: float

    def settings(self) -> ClockSettings:
        """As the clock takes it."""
        return ClockSettings(real=self.real, shown=self.shown, rate=self.rate)


class Settings(_Struct, frozen=True):
    """``node.toml``."""

    country: str
    as4: Listener
    console: Listener
    database: Database = Database()
    retry: Retry = Retry()
    clock: DemoClock | None = None
    endpoint: str | None = None

    @property
    def address(self) -> str:
        """The address that partners send to: as set, else the AS4 listener's own."""
        return self.endpoint or f"http://{self.as4.host}:{self.as4.port}/as4"


class Card(_Struct, frozen=True):
    """A partner card, as it is in the file."""

    country: str
    party_id: str
    party_type: str
    endpoint: str
    profile: str
    signing: tuple[str, ...]
    key_agreement: tuple[str, ...]


class Partner(msgspec.Struct, frozen=True):
    """A partner as the node uses it: certificates parsed."""

    country: str
    party: PartyId
    endpoint: str
    profile: str
    signing: tuple[Certificate, ...]
    key_agreement: tuple[Certificate, ...]


def read_settings(text: str, *, name: str = "node.toml") -> Settings:
    """Settings from TOML.

    Raises:
        UsageError: ``settings-invalid`` with key and line.
    """
    settings = tomlfile.decode(text, Settings, name=name, code="settings-invalid")
    for key, listener in (("as4.host", settings.as4), ("console.host", settings.console)):
        if not is_loopback(listener.host):
            raise tomlfile.mistake(
                text,
                name=name,
                code="settings-invalid",
                key=key,
                reason=f"{listener.host} is not a loopback address; without TLS and log-in the node "
                "listens on 127.0.0.1 or ::1 only",
            )
    if settings.as4.port == settings.console.port:
        raise tomlfile.mistake(
            text,
            name=name,
            code="settings-invalid",
            key="console.port",
            reason="partners and people need two different ports",
        )
    return settings


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def read_card(text: str, *, name: str = "card") -> Partner:
    """A partner from its card.

    Raises:
        UsageError: ``card-invalid`` with key and line.
    """
    card = tomlfile.decode(text, Card, name=name, code="card-invalid")

    def wrong(key: str, reason: str) -> UsageError:
        return tomlfile.mistake(text, name=name, code="card-invalid", key=key, reason=reason)

    if card.profile not in PROFILES:
        raise wrong("profile", f"must be one of {', '.join(PROFILES)}")
    address = urlsplit(card.endpoint)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise wrong("endpoint", "must be an http or https address")
    if address.scheme == "http" and not is_loopback(address.hostname):
        raise wrong("endpoint", "without TLS only a loopback address may be used")
    certificates = {}
    for key in ("signing", "key_agreement"):
        try:
            certificates[key] = tuple(
                Certificate.from_pem(pem.encode()) for pem in getattr(card, key)
            )
        except ValueError as error:
            raise wrong(key, f"not a certificate in PEM: {error}") from error
        if not certificates[key]:
            raise wrong(key, "at least one certificate is needed")
    return Partner(
        country=card.country,
        party=PartyId(card.party_id, card.party_type),
        endpoint=card.endpoint,
        profile=card.profile,
        signing=certificates["signing"],
        key_agreement=certificates["key_agreement"],
    )


def write_card(partner: Partner) -> str:
    """The card of a partner as a commented TOML file."""
    signing = "\n".join(f"#   signing        {c.fingerprint}" for c in partner.signing)
    agreement = "\n".join(f"#   key agreement  {c.fingerprint}" for c in partner.key_agreement)
    return f"""\
# Keruen partner card of {partner.country}. Compare the SHA-256 fingerprints over another channel:
{signing}
{agreement}
country = "{partner.country}"
party_id = "{partner.party.value}"
party_type = "{partner.party.type or ""}"
endpoint = "{partner.endpoint}"
profile = "{partner.profile}"
signing = [{_pems(partner.signing)}]
key_agreement = [{_pems(partner.key_agreement)}]
"""


def _pems(certificates: tuple[Certificate, ...]) -> str:
    return ", ".join(f'"""\n{c.pem.decode()}"""' for c in certificates)


def settings_text(
    country: str, *, as4_port: int, console_port: int, clock: DemoClock | None = None
) -> str:
    """``node.toml`` of a new node, with comments."""
    text = f"""\
# Settings of this Keruen node. `keruen check DIR` explains every mistake.

country = "{country}"                   # ISO 3166 alpha-2
# endpoint = "https://…/as4"        # what partners send to, if it differs from the listener below

[as4]                               # for partners
host = "127.0.0.1"                  # loopback only: there is no TLS yet
port = {as4_port}

[console]                           # for this administration's people
host = "127.0.0.1"                  # loopback only: there is no log-in yet
port = {console_port}

[database]
url = "sqlite:///keruen.db"         # relative to this directory; or postgresql+psycopg://user@host/name

[retry]                             # a message that got no receipt is sent again with the same id
delays = [1, 5, 15, 60, 300, 900, 3600]   # seconds before the next attempts; the last one repeats
expiry_hours = 72                   # then it has failed
timeout = 60                        # seconds for one attempt
"""
    if clock is not None:
        text += f"""
[clock]                             # demonstration only: domain time runs faster than ours
real = {clock.real.isoformat()}
shown = {clock.shown.isoformat()}
rate = {clock.rate}
"""
    return text
