"""How the administration's own people come in, as ``[console]`` of ``node.toml`` says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta

from keruen.access import Role, SessionRules
from keruen.config.tls import VERSIONS
from keruen.errors import UsageError
from keruen.tomlfile import Found

MINUTES_A_DAY, LONGEST_HOURS = 1_440, 72
Text = Annotated[str, Meta(min_length=1, max_length=500)]
Names = tuple[Text, ...]


class Listener(msgspec.Struct, frozen=True, kw_only=True):
    """Where a server listens.

    Attributes:
        port: TCP port, 1 to 65535; partners and people need two different ones.
        host: address of this machine to listen on, ``0.0.0.0`` or ``::`` for all; without TLS loopback only.
    """

    port: Annotated[int, Meta(ge=1, le=65_535)]
    host: str = "127.0.0.1"


class ConsoleTls(msgspec.Struct, frozen=True, kw_only=True):
    """How the console speaks TLS.

    Attributes:
        certificate: file (PEM) with the server's certificate and those between it and its authority; paths are
            relative to the node directory.
        key: file (PEM) with its private key, readable by the node alone.
        min_version: the oldest version that is spoken, ``1.2`` or ``1.3``.
    """

    certificate: str
    key: str
    min_version: str = "1.2"


class Sessions(msgspec.Struct, frozen=True, kw_only=True):
    """How long people stay in.

    Attributes:
        idle_minutes: after the last page that was asked for; at most a day.
        hours: after the log-in, whatever happens; at most three days.
    """

    idle_minutes: Annotated[float, Meta(gt=0, le=MINUTES_A_DAY)] = 30
    hours: Annotated[float, Meta(gt=0, le=LONGEST_HOURS)] = 12

    @property
    def rules(self) -> SessionRules:
        """As `keruen.access` takes them."""
        idle, longest = timedelta(minutes=self.idle_minutes), timedelta(hours=self.hours)
        return SessionRules(idle=idle, longest=longest)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """What a group of the identity provider is here.

    Attributes:
        name: as the provider states it.
        roles: what its people are: officer, operator, analyst, auditor, administrator.
        posts: codes of the posts that they see; left out: all.
        partners: countries of the partners that they see; left out: all.
    """

    name: Text
    roles: Annotated[tuple[Role, ...], Meta(min_length=1)]
    posts: Names | None = None
    partners: Names | None = None


class Oidc(msgspec.Struct, frozen=True, kw_only=True):
    """Log-in by OpenID Connect (authorization code with PKCE), beside passwords.

    Attributes:
        issuer: address of the identity provider; its ``/.well-known/openid-configuration`` is read.
        client_id: under which it knows this node.
        secret: file with the client's secret, relative to the node directory; left out: a public client.
        title: what the button on the log-in page calls it.
        scopes: what is asked for, beside ``openid``.
        claim: claim of the ID token with the groups of a person.
        group: what these groups are here; who is in none comes in only if an account states their subject.
        algorithms: signatures of ID tokens that are taken.
    """

    issuer: str
    client_id: Text
    secret: str | None = None
    title: Text = "OpenID Connect"
    scopes: Names = ("profile",)
    claim: Text = "groups"
    group: tuple[Group, ...] = ()
    algorithms: Names = ("RS256", "PS256", "ES256")


class ConsoleListener(Listener, frozen=True, kw_only=True):
    """Where people's server listens, and how they come in.

    Attributes:
        port: TCP port, 1 to 65535; partners and people need two different ones.
        host: address of this machine to listen on, ``0.0.0.0`` or ``::`` for all; without TLS loopback only.
        hosts: names that browsers call it by, beside those of this machine; others are refused.
        tls: how it speaks TLS; left out: not at all, and then on loopback only.
        sessions: how long people stay in.
        oidc: log-in by OpenID Connect, beside passwords.
    """

    hosts: Names = ()
    tls: ConsoleTls | None = None
    sessions: Sessions = Sessions()
    oidc: Oidc | None = None


ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Signatures of ID tokens that can be looked at; a shared secret (HS256) and none are not among them."""


def client_secret(root: Path, oidc: Oidc) -> str | None:
    """The secret by which the identity provider knows this node; None where it is a public client.

    Raises:
        UsageError: ``oidc-secret``: the file cannot be read, or is empty.
    """
    if oidc.secret is None:
        return None
    path = root / oidc.secret
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise UsageError("oidc-secret", f"cannot be read: {error}", path=str(path)) from error
    if not text:
        raise UsageError("oidc-secret", "must hold the client's secret", path=str(path))
    return text


def secret_mistakes(root: Path, oidc: Oidc | None) -> Iterator[UsageError]:
    """What is wrong with the client's secret."""
    try:
        if oidc is not None:
            client_secret(root, oidc)
    except UsageError as mistake:
        yield mistake


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False


def console_mistakes(raw: Mapping[str, Any]) -> Iterator[Found]:
    """What is well-formed in ``[console]`` and cannot be meant."""
    host, tls = str(raw.get("host", "127.0.0.1")), raw.get("tls")
    beyond = not is_loopback(host) or "[" in host
    if beyond and tls is None:
        reason = (
            f"{host} is not loopback: without [console.tls] the console listens on 127.0.0.1 or ::1"
        )
        yield ("host",), reason
    elif beyond and not raw.get("hosts"):
        yield ("hosts",), "say by which names browsers call the console: others are refused"
    if isinstance(tls, dict) and tls.get("min_version", "1.2") not in VERSIONS:
        yield ("tls", "min_version"), f"must be one of {', '.join(VERSIONS)}"
    if isinstance(oidc := raw.get("oidc"), dict):
        yield from ((("oidc", *path), wrong) for path, wrong in _oidc_mistakes(oidc))


def _oidc_mistakes(oidc: Mapping[str, Any]) -> Iterator[Found]:
    address = urlsplit(str(oidc.get("issuer", "")))
    safe = address.scheme == "https" or (
        address.scheme == "http" and is_loopback(address.hostname or "")
    )
    if not safe or not address.hostname or address.query or address.fragment:
        yield ("issuer",), "must be an https address, or http on this machine, without a query"
    unknown = [one for one in oidc.get("algorithms", ()) if one not in ALGORITHMS]
    if unknown:
        yield ("algorithms",), f"{unknown[0]} is not among {', '.join(ALGORITHMS)}"
