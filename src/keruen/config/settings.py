"""What a person sets in ``node.toml``, read and checked; every mistake is said with file, key and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from keruen import tomlfile
from keruen.clock import ClockSettings
from keruen.config.people import ConsoleListener, Listener, console_mistakes, is_loopback
from keruen.config.tls import ServerTls
from keruen.config.tlschecks import server_mistakes
from keruen.customs.countries import COUNTRIES
from keruen.tomlfile import Found, Read

CODE = "settings-invalid"

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - not bound to, but asked about

Seconds = Annotated[float, Meta(gt=0, le=604_800)]
Moment = Annotated[datetime, Meta(tz=True)]


class As4Listener(Listener, frozen=True, kw_only=True):
    """Where partners' server listens.

    Attributes:
        port: TCP port, 1 to 65535; partners and people need two different ones.
        host: address of this machine to listen on, ``0.0.0.0`` or ``::`` for all; without TLS loopback only.
        tls: how it speaks TLS; left out: not at all.
    """

    tls: ServerTls | None = None


class Retry(msgspec.Struct, frozen=True, kw_only=True):
    """When a message that got no receipt is sent again, with the same id.

    Attributes:
        delays: seconds before the 2nd, 3rd … attempt, each at most a week; the last one repeats.
        expiry_hours: hours after which the message has failed; at most a year.
        timeout: seconds that one attempt may take; a message of more than 512 KiB may take longer, as long as
            it moves: seconds without any octet.
    """

    delays: Annotated[tuple[Seconds, ...], Meta(min_length=1)] = (1, 5, 15, 60, 300, 900, 3600)
    expiry_hours: Annotated[float, Meta(gt=0, le=8_784)] = 72
    timeout: Annotated[float, Meta(gt=0, le=3_600)] = 60

    def delay(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts."""
        index = min(max(attempts, 1), len(self.delays)) - 1
        return timedelta(seconds=self.delays[index])


class Database(msgspec.Struct, frozen=True, kw_only=True):
    """The node's database.

    Attributes:
        url: ``sqlite:///`` and a path, relative to the node directory, or ``postgresql+psycopg://user@host/name``.
    """

    url: str = "sqlite:///keruen.db"


class Intake(msgspec.Struct, frozen=True, kw_only=True):
    """How the national system hands declarations in, beside `keruen submit`.

    Attributes:
        folder: watched folder, relative to the node directory: each file put there is taken once.
        settle: seconds for which a file must not have changed before it is taken; at most an hour.
    """

    folder: Annotated[str, Meta(min_length=1)]
    settle: Annotated[float, Meta(ge=0, le=3_600)] = 2


class Programs(msgspec.Struct, frozen=True, kw_only=True):
    """What programs may ask of the API, each token by itself.

    Attributes:
        calls_per_minute: calls of one token, all of which may come at once.
        verifications_per_hour: declarations that are verified by number: by one token, by this node at one
            partner, and by one partner here; more is trying numbers out.
    """

    calls_per_minute: Annotated[int, Meta(ge=1, le=1_000_000)] = 600
    verifications_per_hour: Annotated[int, Meta(ge=1, le=1_000_000)] = 60


class HookSettings(msgspec.Struct, frozen=True, kw_only=True):
    """An address that is told of events.

    Attributes:
        name: letters, digits and hyphens; its secret is in ``keys/webhook-NAME.secret``, made when the node
            starts.
        url: https, or http on this machine.
        happenings: names of the events that it wants, as in the life of a consignment; left out: all.
    """

    name: Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}$(?!\n)")]
    url: str
    happenings: tuple[str, ...] = ()


class DemoClock(msgspec.Struct, frozen=True, kw_only=True):
    """Shifts and speeds up domain time; for demonstrations and tests only.

    Attributes:
        real: machine time, with offset, at which `shown` is shown.
        shown: domain time, with offset, at `real`.
        rate: domain seconds in one second.
    """

    real: Moment
    shown: Moment
    rate: Annotated[float, Meta(gt=0, le=1_000_000)]

    def settings(self) -> ClockSettings:
        """As the clock takes it."""
        return ClockSettings(real=self.real, shown=self.shown, rate=self.rate)


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The file ``node.toml``.

    Attributes:
        country: this administration's country, ISO 3166 alpha-2.
        as4: where partners' messages come in.
        console: where the console for the administration's own people is.
        database: where everything is stored.
        retry: when a message that got no receipt is sent again.
        intake: how the national system hands declarations in, beside `keruen submit`; left out: not at all.
        webhook: addresses that are told of events.
        api: what programs may ask of the API.
        clock: demonstration only: domain time that runs faster than ours.
        endpoint: address that partners send to, where it differs from the listener's own.
    """

    country: str
    as4: As4Listener
    console: ConsoleListener
    database: Database = Database()
    retry: Retry = Retry()
    intake: Intake | None = None
    webhook: tuple[HookSettings, ...] = ()
    api: Programs = Programs()
    clock: DemoClock | None = None
    endpoint: str | None = None

    @property
    def address(self) -> str:
        """The address that partners send to: as set, else the AS4 listener's own."""
        return self.endpoint or f"{address_of(self.as4)}as4"


def address_of(listener: Listener) -> str:
    """The address of the root page of a listener."""
    host = f"[{listener.host}]" if ":" in listener.host else listener.host
    secure = getattr(listener, "tls", None) is not None
    return f"{'https' if secure else 'http'}://{host}:{listener.port}/"


def read_settings(text: str, *, name: str = "node.toml") -> Settings:
    """Settings from TOML.

    Raises:
        UsageError: ``settings-invalid``, the first mistake with key and line.
    """
    return check_settings(text, name=name).must()


def check_settings(text: str, *, name: str = "node.toml") -> Read[Settings]:
    """Settings from TOML, or every mistake in them."""
    return tomlfile.read(text, Settings, name=name, code=CODE, meaning=_meaning)


def _meaning(raw: dict[str, Any]) -> Iterator[Found]:
    if (country := raw.get("country")) is not None and (wrong := country_mistake(country)):
        yield ("country",), wrong
    if (endpoint := raw.get("endpoint")) is not None and (wrong := endpoint_mistake(endpoint)):
        yield ("endpoint",), wrong
    tables = {name: raw.get(name) for name in ("as4", "console", "database")}
    as4, console, database = (one if isinstance(one, dict) else {} for one in tables.values())
    if wrong := _host_mistake(as4):
        yield ("as4", "host"), wrong
    yield from ((("console", *path), wrong) for path, wrong in console_mistakes(console))
    yield from _tls_mistakes(as4, raw.get("endpoint"))
    if as4.get("port") is not None and as4.get("port") == console.get("port"):
        yield ("console", "port"), "partners and people need two different ports"
    yield from _hook_mistakes(raw.get("webhook"))
    if wrong := _database_mistake(str(database.get("url", Database().url))):
        yield ("database", "url"), wrong


def _hook_mistakes(hooks: object) -> Iterator[Found]:
    names: set[object] = set()
    for index, hook in enumerate(hooks if isinstance(hooks, list) else ()):
        if not isinstance(hook, dict):
            continue
        if wrong := endpoint_mistake(hook.get("url", "")):
            yield ("webhook", index, "url"), wrong
        if hook.get("name") in names:
            yield ("webhook", index, "name"), "another webhook has this name"
        names.add(hook.get("name"))


def _host_mistake(listener: Mapping[str, Any]) -> str | None:
    host = str(listener.get("host", "127.0.0.1"))
    if is_loopback(host) and "[" not in host:
        return None
    if "tls" not in listener:
        return f"{host} is not loopback: without [as4.tls] the node listens on 127.0.0.1 or ::1"
    return None


def _tls_mistakes(as4: Mapping[str, Any], endpoint: object) -> Iterator[Found]:
    tls, host = as4.get("tls"), as4.get("host")
    if not isinstance(tls, dict):
        return
    for path, reason in server_mistakes(tls):
        yield ("as4", "tls", *path), reason
    if host in _EVERYWHERE and endpoint is None:
        yield ("as4", "host"), f"{host} is no address that partners send to: set endpoint, too"


def _database_mistake(url: str) -> str | None:
    sqlite = url.startswith("sqlite:///") and url.removeprefix("sqlite:///") not in {"", ":memory:"}
    if sqlite or url.startswith(("postgresql://", "postgresql+psycopg://")):
        return None
    return "must be sqlite:///keruen.db, sqlite:////path/keruen.db or postgresql+psycopg://user@host/name"


def country_mistake(country: object) -> str | None:
    """What is wrong with a country code, if anything."""
    if country in COUNTRIES:
        return None
    return f"{country!r} is not an ISO 3166 alpha-2 code in capitals, such as KZ"


def endpoint_mistake(endpoint: object) -> str | None:
    """What is wrong with the address of an AS4 endpoint, if anything."""
    text = str(endpoint)
    try:
        address = urlsplit(text)
        host, port = address.hostname, address.port
    except ValueError as error:
        return f"must be an http or https address: {error}"
    if not (text.isascii() and text.isprintable()) or " " in text:
        return "must be an http or https address without spaces"
    if address.scheme not in ("http", "https") or not host or port == 0:
        return "must be an http or https address, such as https://as4.example/as4"
    if "@" in address.netloc or address.fragment:
        return "must be an address without a user, a password or a fragment"
    if address.scheme == "http" and not is_loopback(host):
        return "without TLS (https) only a loopback address may be used"
    return None


def settings_text(
    country: str,
    *,
    as4_port: int,
    console_port: int,
    clock: DemoClock | None = None,
    tls_host: str | None = None,
) -> str:
    """``node.toml`` of a new node, with comments; with `tls_host` for the certificate that `init` makes."""
    host = _listening(tls_host) if tls_host else "127.0.0.1"
    what = "all addresses of this machine" if host in _EVERYWHERE else "loopback"
    where = what if tls_host else "loopback only, unless there is [as4.tls]: see docs/how-to/tls.md"
    text = f"""\
# Settings of this Keruen node. `keruen check DIR` explains every mistake.

{_line(f'country = "{country}"', "ISO 3166 alpha-2")}
{_endpoint_line(tls_host, as4_port)}

[as4]                                  # for partners
{_line(f'host = "{host}"', where)}
port = {as4_port}
{TLS_TABLE if tls_host else ""}
[console]                              # for this administration's people
host = "127.0.0.1"                     # loopback only, unless there is [console.tls]: see docs/how-to/users.md
port = {console_port}

[database]
url = "sqlite:///keruen.db"            # relative to this directory; or postgresql+psycopg://user@host/name

[retry]                                # a message that got no receipt is sent again with the same id
delays = [1, 5, 15, 60, 300, 900, 3600]   # seconds before the next attempts; the last one repeats
expiry_hours = 72                      # then it has failed
timeout = 60                           # seconds for one attempt

# [intake]                             # the national system puts files into a folder: see
# folder = "in"                        # docs/how-to/national-system.md

[api]                                  # for this administration's programs, each token by itself
calls_per_minute = 600                 # all of which may come at once
verifications_per_hour = 60            # declarations verified by number; by one partner here, too

# [[webhook]]                          # is told of events: see docs/how-to/events.md
# name = "national"
# url = "https://events.example/keruen"
"""
    if clock is not None:
        text += f"""
[clock]                                # demonstration only: domain time runs faster than ours
real = {clock.real.isoformat()}
shown = {clock.shown.isoformat()}
rate = {clock.rate}
"""
    return text


TLS_TABLE = """
[as4.tls]
certificate = "keys/tls.cert.pem"      # with those between it and its authority, if there are any
key = "keys/tls.key.pem"
min_version = "1.2"                    # or "1.3"
client_certificates = "none"           # or "optional", "required": what partners must show
"""


def _listening(tls_host: str) -> str:
    """Where the listener of a node of that name is bound to."""
    if is_loopback(tls_host):
        return "127.0.0.1" if tls_host == "localhost" else tls_host
    return "::" if ":" in tls_host else "0.0.0.0"  # noqa: S104 - with TLS


def _endpoint_line(tls_host: str | None, port: int) -> str:
    if tls_host is None:
        return _line('# endpoint = "https://…/as4"', _ENDPOINT)
    host = f"[{tls_host}]" if ":" in tls_host else tls_host
    return _line(f'endpoint = "https://{host}:{port}/as4"', "what partners send to")


def _line(setting: str, comment: str) -> str:
    """Comments stand under each other, where there is room."""
    return f"{setting:<38} # {comment}"


_ENDPOINT = "what partners send to, if it differs from the listener below"
