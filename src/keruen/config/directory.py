"""The node directory: made by `init`, checked by `check`, read at every start.

node.toml         settings
keys/             private keys and certificates, mode 0600
partners/*.toml   one card a partner
agreements/*.toml one agreement a corridor
instruments.toml  what was signed, and what agreements rest on
crls/             revocation lists, put there or fetched
codelists/        code lists that were imported, in versions
quarantine/       parts of large messages until they are verified; empty to look at
keruen.db         the database, unless node.toml names another one
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from keruen.agreement import Agreement, agreement_between, read_agreement
from keruen.agreement.instruments import Register
from keruen.as4 import PartyId
from keruen.clock import Clock
from keruen.config import codelists, crls, instruments, keystore, tlsfiles
from keruen.config.cards import EXPIRES, PROFILE, Partner, read_card, write_card
from keruen.config.crls import ListFolder
from keruen.config.keymaking import make_further_keys, make_keys
from keruen.config.keystore import Keys, load_keys
from keruen.config.newfile import new_file
from keruen.config.nodefiles import (
    LENIENT,
    MISSING,
    aged,
    agreement_of,
    contradictions,
    database_url,
    files,
    keyless,
    lenient,
    no_keys,
    partner_of,
    settings_of,
    unwritable_database,
)
from keruen.config.packaged import packaged_text
from keruen.config.people import secret_mistakes
from keruen.config.settings import (
    DemoClock,
    Settings,
    country_mistake,
    read_settings,
    settings_text,
)
from keruen.config.terms import Terms
from keruen.config.tls import PartnerTls, merged
from keruen.config.tlskeys import host_named, make_tls_keys
from keruen.errors import KeruenError, UsageError
from keruen.tomlfile import FileError, Read

T = TypeVar("T")

PARTY_TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
"""Scheme of party ids that no register has given (ebCore Party Id Type)."""
HOME = {"KZ": "TJ", "TJ": "KZ"}
"""The two sides of the project's own agreement."""


def make_tls(root: Path, host: str) -> Partner:
    """Make this node's TLS certificate, or a new one in its place; gives its card.

    Raises:
        UsageError: ``host-unusable``, or the first mistake in the directory.
    """
    settings = settings_of(root).must()
    make_tls_keys(root / "keys", settings.country, host, Clock.wall())
    return load(root).card


_WARNINGS = {EXPIRES, tlsfiles.WEAK, crls.AWAITED, *instruments.WARNINGS}


@dataclass(frozen=True, slots=True)
class NodeFiles:
    """Everything that a node directory says.

    Attributes:
        register: what was signed; None in a directory made before there were registers.
    """

    root: Path
    settings: Settings
    keys: Keys
    partners: tuple[Partner, ...]
    agreements: tuple[Agreement, ...]
    lists: ListFolder
    register: Register | None = None

    @property
    def database_url(self) -> str:
        """The database's address, relative paths resolved against the directory."""
        return database_url(self.root, self.settings)

    @property
    def card(self) -> Partner:
        """This node's own card."""
        return self.card_for(PROFILE)

    def card_for(self, profile: str) -> Partner:
        """This node's own card for partners of a profile.

        Raises:
            UsageError: ``keys-missing``, where it has no keys for that profile.
        """
        keys = self.keys.of(profile)
        if keys is None:
            raise no_keys(self.root, profile)
        return Partner(
            country=self.settings.country,
            party=party_of(self.settings.country),
            endpoint=self.settings.address,
            profile=profile,
            signing=(keys.signing.certificate,),
            key_agreement=(keys.decryption.certificate,),
            tls=PartnerTls(trust=tlsfiles.own_pins(self.root, self.settings.as4.tls)),
        )


def party_of(country: str) -> PartyId:
    """The AS4 party id that a node has unless its card says otherwise."""
    return PartyId(f"keruen-{country.lower()}", PARTY_TYPE)


def init(
    root: Path,
    country: str,
    *,
    partner: str | None = None,
    as4_port: int = 8701,
    console_port: int = 8702,
    clock: DemoClock | None = None,
    profiles: Iterable[str] = (),
    tls_host: str | None = None,
) -> NodeFiles:
    """Make a node directory with keys, also for these further profiles, and the agreement with `partner`.

    With `tls_host` also a TLS certificate for that name, and settings by which the AS4 listener uses it.

    Raises:
        UsageError: ``directory-exists``, ``country-unknown``, ``partner-needed``, ``settings-invalid``,
            ``host-unusable`` or ``directory-unwritable``.
    """
    text = agreement_text(country, partner)
    agreement = read_agreement(text)
    if tls_host is not None:
        host_named(tls_host)
    settings = settings_text(
        country, as4_port=as4_port, console_port=console_port, clock=clock, tls_host=tls_host
    )
    read_settings(settings)
    if root.exists() and not (root.is_dir() and not any(root.iterdir())):
        raise UsageError("directory-exists", "must be new, or an empty directory", path=str(root))
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = Clock(clock.settings() if clock else None).now()
        make_keys(root / "keys", country, now)
        for profile in sorted({*profiles} - {PROFILE}):
            make_further_keys(root / "keys", profile, country, now)
        if tls_host:
            make_tls_keys(root / "keys", country, tls_host, Clock.wall())
        for folder in ("partners", "agreements", crls.FOLDER):
            (root / folder).mkdir()
        (root / "agreements" / f"{agreement.id}.toml").write_text(text, encoding="utf-8")
        register = instruments.first_text(*agreement.countries)
        (root / instruments.FILE).write_text(register, encoding="utf-8")
        (root / "node.toml").write_text(settings, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            "directory-unwritable", f"cannot be written: {error.strerror}", path=error.filename
        ) from error
    return load(root)


def agreement_text(country: str, partner: str | None) -> str:
    """The agreement file of a pair of countries.

    That of Kazakhstan and Tajikistan is the project's own; another is made from it without posts and routes.

    Raises:
        UsageError: ``country-unknown`` or ``partner-needed``.
    """
    for code in (country, partner):
        if code is not None and (wrong := country_mistake(code)):
            raise UsageError("country-unknown", wrong)
    partner = partner or HOME.get(country)
    if partner is None:
        raise UsageError("partner-needed", f"say with whom {country} exchanges: --partner XX")
    if partner == country:
        raise UsageError(
            "partner-needed", f"{country} cannot exchange with itself; name another country"
        )
    text = packaged_text()
    return text if HOME.get(country) == partner else agreement_between(text, country, partner)


def load(root: Path) -> NodeFiles:
    """Read and check a node directory.

    Certificates that have expired do not stop a node: it goes on with its other partners, and receives.

    Raises:
        UsageError: the first mistake.
    """
    settings = settings_of(root).must()
    keys = load_keys(root / "keys")
    agreements = {path: agreement_of(path, settings).must() for path in files(root, "agreements")}
    partners = {path: partner_of(path, settings).must() for path in files(root, "partners")}
    register = instruments.load(root)
    for mistake in (
        *instruments.groundless(agreements, register),
        *contradictions(partners, agreements),
        *keyless(root, partners),
        *tlsfiles.mistakes(root, settings, partners),
    ):
        raise mistake
    lists = _lists(root, settings, partners.values())
    lists.refresh()
    return NodeFiles(
        root=root,
        settings=settings,
        keys=keys,
        partners=tuple(partners.values()),
        agreements=tuple(instruments.resting(one, register) for one in agreements.values()),
        lists=lists,
        register=register,
    )


def _lists(root: Path, settings: Settings, partners: Iterable[Partner]) -> ListFolder:
    server = tlsfiles.authorities_in(root, settings.as4.tls)
    return ListFolder(root / crls.FOLDER, crls.authorities_of(server, partners))


def mistakes(root: Path) -> Iterator[KeruenError]:
    """Every mistake in a node directory, file by file; `severity` tells which do not stop the node."""
    try:
        read = settings_of(root)
    except UsageError as error:
        yield error
        return
    yield from read.mistakes
    settings = read.value
    now = _now(settings)
    yield from keystore.mistakes(root / "keys", now)
    agreements: dict[Path, Agreement] = {}
    partners: dict[Path, Partner] = {}
    for path in files(root, "agreements"):
        yield from _kept(path, agreement_of(path, settings), agreements)
    for path in files(root, "partners"):
        yield from _kept(path, partner_of(path, settings), partners)
    known = len(agreements) == len(files(root, "agreements"))
    for mistake in contradictions(partners, agreements):
        if known or mistake.code != MISSING:  # the agreement may be there, but with mistakes
            yield mistake
    yield from instruments.mistakes(root, agreements, now)
    yield from keyless(root, partners)
    for path, partner in partners.items():
        yield from aged(path, partner, now)
        yield from lenient(path, partner)
    yield from codelists.mistakes(root)
    if settings is not None:
        yield from unwritable_database(root, settings)
        yield from secret_mistakes(root, settings.console.oidc)
        yield from _tls_mistakes(root, settings, partners)


def _tls_mistakes(
    root: Path, settings: Settings, partners: Mapping[Path, Partner]
) -> Iterator[UsageError]:
    """What is wrong with TLS and with revocation lists; both go by the machine's time."""
    wall = Clock.wall()
    yield from tlsfiles.mistakes(root, settings, partners, wall)
    try:
        lists = _lists(root, settings, partners.values())
    except UsageError:
        return  # said already
    places = crls.places_of(settings.as4.tls, partners.values())
    yield from crls.mistakes(lists, places, root, wall)
    for path, partner in partners.items():
        yield from crls.distrusted(path, partner, lists.lists, _now(settings))


def _now(settings: Settings | None) -> datetime:
    """The node's own time: domain time, where settings shift it."""
    return Clock(settings.clock.settings() if settings and settings.clock else None).now()


def make_profile_keys(root: Path, profile: str, curve: str) -> Partner:
    """Make this node's keys of a further profile; gives its card for that profile.

    Raises:
        UsageError: ``keys-exist``, or the first mistake in the directory.
    """
    settings = settings_of(root).must()
    now = _now(settings)
    make_further_keys(root / "keys", profile, settings.country, now, curve=curve)
    lists = _lists(root, settings, ())
    return NodeFiles(root, settings, load_keys(root / "keys"), (), (), lists).card_for(profile)


def severity(mistake: KeruenError) -> str:
    """``error``, ``warning`` where nothing is wrong yet but will be, ``notice`` where somebody chose so."""
    if mistake.code in _WARNINGS:
        return "warning"
    return "notice" if mistake.code == LENIENT else "error"


def is_warning(mistake: KeruenError) -> bool:
    """Whether it stops no node."""
    return severity(mistake) != "error"


def _kept(path: Path, read: Read[T], into: dict[Path, T]) -> tuple[FileError, ...]:
    if read.value is not None:
        into[path] = read.value
    return read.mistakes


@dataclass(frozen=True, slots=True)
class Introduction:
    """A partner's card that was read and checked, before it is taken.

    Attributes:
        path: the file that it will be.
        replaces: whether there is such a file already.
        before: the partner in that file; None where there is none, or where it cannot be read.
    """

    partner: Partner
    path: Path
    replaces: bool
    before: Partner | None

    @property
    def known(self) -> bool:
        """Whether this very card is there already."""
        return self.before is not None and write_card(self.before) == write_card(self.partner)

    def take(self) -> Path:
        """Write the card: whoever reads the file meanwhile sees the old one or the new one, whole."""
        self.path.parent.mkdir(exist_ok=True)
        with new_file(self.path) as file:
            file.write(write_card(self.partner).encode())
        return self.path


def introduce(root: Path, text: str, *, name: str = "card") -> Introduction:
    """Read a partner's card and find where it belongs; changes nothing.

    What the card before says of TLS and of revocation, and this one does not, stays.

    Raises:
        UsageError: the card is wrong, has expired, is this node's own, or is one that no agreement covers.
    """
    settings = settings_of(root).must()
    partner = read_card(text, name=name, now=_now(settings))
    if partner.country == settings.country:
        raise UsageError(
            "card-own", "this is a card of the node's own country; add the partner's", path=name
        )
    agreements = {path: agreement_of(path, settings).must() for path in files(root, "agreements")}
    there = {path: partner_of(path, settings).value for path in files(root, "partners")}
    path = next(
        (path for path, one in there.items() if one and one.country == partner.country),
        root / "partners" / f"{partner.country}.toml",
    )
    if partner.tls.certificate or partner.tls.key:
        reason = "[tls]: a card from outside says nothing about this node's files; take certificate and key out"
        raise UsageError("card-invalid", reason, path=name)
    before = there.get(path)
    if before is not None:
        tls, trust = merged(partner.tls, before.tls), merged(partner.trust, before.trust)
        partner = replace(partner, tls=tls, trust=trust)
    if before is not None and partner.terms == Terms():  # a new card does not end what was agreed
        partner = replace(partner, terms=before.terms)
    others = {path: one for path, one in there.items() if one and one.country != partner.country}
    for mistake in contradictions({**others, path: partner}, agreements):
        raise UsageError(mistake.code, mistake.text, path=name)
    for mistake in keyless(root, {path: partner}):
        raise UsageError(mistake.code, mistake.text, path=name)
    return Introduction(partner, path, path.exists(), before)


def add_card(root: Path, text: str) -> Path:
    """Take a partner's card without asking anybody; gives the file.

    Raises:
        UsageError: as `introduce`.
    """
    return introduce(root, text).take()
