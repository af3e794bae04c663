"""Every certificate that a node stands on, its own and its partners', for messages and TLS: when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from keruen.as4 import Certificate
from keruen.config.cards import Partner
from keruen.config.directory import NodeFiles
from keruen.config.keystore import Keys
from keruen.config.tls import parsed
from keruen.config.tlsfiles import certificates_in
from keruen.errors import UsageError

NOTICE, WARNING, URGENT = 60, 30, 7
"""Days before its end from which a certificate is spoken of, from which it is time, and past time."""


class Purpose(StrEnum):
    """What a certificate is for."""

    SIGNING = "signing"
    KEY_AGREEMENT = "key-agreement"
    AUTHORITY = "authority"
    """Issues the certificates of messages."""
    TLS_SERVER = "tls-server"
    TLS_CLIENT = "tls-client"
    TLS_TRUST = "tls-trust"
    """The partner's server, or whoever issues its certificate."""
    CONSOLE = "console"


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """A certificate and when it ends.

    Attributes:
        country: whose it is.
        use: what it is for.
        days_left: whole days until it ends; negative when it has ended.
    """

    country: str
    use: Purpose
    subject: str
    fingerprint: str
    ends: datetime
    days_left: int

    @property
    def stage(self) -> str:
        """``ended``, ``urgent``, ``soon``, ``coming`` or ``good``."""
        if self.days_left < 0:
            return "ended"
        steps = (("urgent", URGENT), ("soon", WARNING), ("coming", NOTICE))
        return next((name for name, days in steps if self.days_left <= days), "good")


Used = tuple[Purpose, Sequence[Certificate]]


def endings(files: NodeFiles, now: datetime) -> tuple[Ending, ...]:
    """All of them, those that end first before the others; a file that cannot be read is left out."""
    own = _endings(files.settings.country, _own(files), now)
    partners = (ending for one in files.partners for ending in endings_of(one, now))
    return tuple(sorted({*own, *partners}, key=lambda one: (one.ends, one.country, one.use)))


def endings_of(partner: Partner, now: datetime) -> tuple[Ending, ...]:
    """Those of a partner's card."""
    return tuple(_endings(partner.country, _of(partner), now))


def _endings(country: str, used: Iterable[Used], now: datetime) -> Iterator[Ending]:
    for use, certificates in used:
        for one in certificates:
            yield Ending(
                country=country,
                use=use,
                subject=one.subject,
                fingerprint=one.fingerprint,
                ends=one.not_after,
                days_left=(one.not_after - now).days,
            )


def _of(partner: Partner) -> Iterator[Used]:
    yield Purpose.SIGNING, partner.signing
    yield Purpose.KEY_AGREEMENT, partner.key_agreement
    yield Purpose.AUTHORITY, parsed(partner.trust.authorities)
    yield Purpose.TLS_TRUST, partner.tls.anchors
    yield Purpose.TLS_CLIENT, parsed(partner.tls.clients)


def _own(files: NodeFiles) -> Iterator[Used]:
    yield from _keys(files.keys)
    for keys in files.keys.further.values():
        yield from _keys(keys)
    tls, console = files.settings.as4.tls, files.settings.console.tls
    if tls is not None:
        yield Purpose.TLS_SERVER, _in(files.root / tls.certificate)[:1]
        yield Purpose.AUTHORITY, [one for name in tls.trust for one in _in(files.root / name)]
    if console is not None:
        yield Purpose.CONSOLE, _in(files.root / console.certificate)[:1]
    for partner in files.partners:
        if partner.tls.certificate:
            yield Purpose.TLS_CLIENT, _in(files.root / partner.tls.certificate)[:1]


def _keys(keys: Keys) -> Iterator[Used]:
    yield Purpose.SIGNING, (keys.signing.certificate,)
    yield Purpose.AUTHORITY, keys.signing.chain
    yield Purpose.KEY_AGREEMENT, (keys.decryption.certificate,)


def _in(path: Path) -> tuple[Certificate, ...]:
    try:
        return certificates_in(path)
    except UsageError:  # `keruen check` says what is wrong with it
        return ()
