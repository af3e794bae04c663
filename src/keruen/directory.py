"""The node directory: made by `init`, checked by `check`, read at every start.

node.toml         settings
keys/             private keys and certificates, mode 0600
partners/*.toml   one card a partner
agreements/*.toml one agreement a corridor
keruen.db         the database, unless node.toml names another one
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from keruen import tomlfile
from keruen.agreement import Agreement, read_agreement
from keruen.as4 import PartyId
from keruen.clock import Clock
from keruen.errors import KeruenError, UsageError
from keruen.keystore import Keys, load_keys, make_keys
from keruen.settings import (
    DemoClock,
    Partner,
    Settings,
    read_card,
    read_settings,
    settings_text,
    write_card,
)

PARTY_TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
"""Scheme of party ids that no register has given (ebCore Party Id Type)."""
PROFILE = "edelivery-2.0"


@dataclass(frozen=True, slots=True)
class NodeFiles:
    """Everything that a node directory says."""

    root: Path
    settings: Settings
    keys: Keys
    partners: tuple[Partner, ...]
    agreements: tuple[Agreement, ...]

    @property
    def database_url(self) -> str:
        """The database's address, relative paths resolved against the directory."""
        url = self.settings.database.url
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith(prefix + "/"):
            return f"{prefix}{(self.root / url.removeprefix(prefix)).resolve()}"
        return url

    @property
    def card(self) -> Partner:
        """This node's own card."""
        return Partner(
            country=self.settings.country,
            party=party_of(self.settings.country),
            endpoint=self.settings.address,
            profile=PROFILE,
            signing=(self.keys.signing.certificate,),
            key_agreement=(self.keys.decryption.certificate,),
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
) -> NodeFiles:
    """Make a node directory with keys and the agreement with `partner`.

    Raises:
        UsageError: ``directory-exists``, ``country-unknown`` or ``partner-needed``.
    """
    if not (len(country) == 2 and country.isascii() and country.isupper()):  # noqa: PLR2004
        raise UsageError("country-unknown", f"{country!r} is no ISO 3166 alpha-2 code, such as KZ")
    if root.exists() and any(root.iterdir()):
        raise UsageError("directory-exists", "the directory is not empty", path=str(root))
    text = agreement_text(country, partner)
    agreement = read_agreement(text)
    root.mkdir(parents=True, exist_ok=True)
    now = Clock(clock.settings() if clock else None).now()
    make_keys(root / "keys", country, now)
    (root / "partners").mkdir()
    (root / "agreements").mkdir()
    (root / "agreements" / f"{agreement.id}.toml").write_text(text, encoding="utf-8")
    (root / "node.toml").write_text(
        settings_text(country, as4_port=as4_port, console_port=console_port, clock=clock),
        encoding="utf-8",
    )
    return load(root)


def agreement_text(country: str, partner: str | None) -> str:
    """The agreement file of a pair of countries.

    That of Kazakhstan and Tajikistan is the project's own; another is made from it without posts and routes.

    Raises:
        UsageError: ``partner-needed``.
    """
    text = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
    pair = {"KZ": "TJ", "TJ": "KZ"}
    partner = partner or pair.get(country)
    if partner is None or partner == country:
        raise UsageError("partner-needed", f"say with whom {country} exchanges: --partner XX")
    if pair.get(country) == partner:
        return text
    return between(text, country, partner)


def between(text: str, country: str, partner: str) -> str:
    """The same rules for two other countries: names to be filled in, no posts and routes yet."""
    kept: list[str] = []
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ").partition("#")[0].strip()
        if section in {"post", "route", "title", "party"}:
            continue
        kept.append(line)
    body = "\n".join(kept)
    first, second = sorted((country, partner))
    head, _, rest = body.partition("\n[phases]")
    replaced = {
        'id = "kz-tj"': f'id = "{first.lower()}-{second.lower()}"',
        "signed = 2023-05-04\n": "",
    }
    for old, new in replaced.items():
        head = head.replace(old, new)
    lines = [
        f'legal_basis = "state the agreement between {first} and {second} here"'
        if line.startswith("legal_basis")
        else line.replace("Kazakhstan and Tajikistan", f"{first} and {second}")
        for line in head.splitlines()
    ]
    parties = "".join(
        f'\n[[party]]\ncountry = "{c}"\nauthority = "customs administration of {c}"\n'
        "utc_offset_minutes = 0\n"
        for c in (first, second)
    )
    title = f'\n[title]\nen = "{first} – {second}: exchange of preliminary information"\n'
    return "\n".join(lines).rstrip() + "\n" + title + parties + "\n[phases]" + rest + "\n"


def load(root: Path) -> NodeFiles:
    """Read and check a node directory.

    Raises:
        UsageError: the first mistake.
    """
    _require_directory(root)
    settings = _settings(root)
    return NodeFiles(
        root=root,
        settings=settings,
        keys=load_keys(root / "keys"),
        partners=tuple(_partner(path, settings) for path in _files(root, "partners")),
        agreements=tuple(_agreement(path, settings) for path in _files(root, "agreements")),
    )


def mistakes(root: Path) -> Iterator[KeruenError]:
    """Every mistake in a node directory, file by file."""
    try:
        _require_directory(root)
        settings = _settings(root)
    except KeruenError as error:
        yield error
        return
    try:
        load_keys(root / "keys")
    except KeruenError as error:
        yield error
    covered: set[str] = set()
    for path in _files(root, "agreements"):
        try:
            covered.update(_agreement(path, settings).countries)
        except KeruenError as error:
            yield error
    for path in _files(root, "partners"):
        try:
            partner = _partner(path, settings)
        except KeruenError as error:
            yield error
            continue
        if partner.country not in covered:
            yield UsageError(
                "agreement-missing",
                f"no agreement with {partner.country}; put one into agreements/",
                path=str(path),
            )


def add_card(root: Path, text: str) -> Path:
    """Write a partner's card into the directory; gives the file.

    Raises:
        UsageError: the card is wrong, or is this node's own.
    """
    settings = _settings(root)
    partner = read_card(text)
    if partner.country == settings.country:
        raise UsageError("card-own", "this is the node's own country; add the partner's card")
    path = root / "partners" / f"{partner.country}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(write_card(partner), encoding="utf-8")
    return path


def _require_directory(root: Path) -> None:
    if not (root / "node.toml").is_file():
        raise UsageError(
            "no-node",
            f"this is no node directory; make one: keruen init {root} --country XX",
            path=str(root),
        )


def _files(root: Path, folder: str) -> list[Path]:
    return sorted((root / folder).glob("*.toml"))


def _settings(root: Path) -> Settings:
    path = root / "node.toml"
    return read_settings(_text(path), name=str(path))


def _partner(path: Path, settings: Settings) -> Partner:
    text = _text(path)
    partner = read_card(text, name=str(path))
    if partner.country == settings.country:
        raise tomlfile.mistake(
            text, name=str(path), code="card-invalid", key="country", reason="is this node's own"
        )
    return partner


def _agreement(path: Path, settings: Settings) -> Agreement:
    text = _text(path)
    agreement = read_agreement(text, name=str(path))
    if settings.country not in agreement.countries:
        raise tomlfile.mistake(
            text,
            name=str(path),
            code="agreement-invalid",
            key="party",
            reason=f"{settings.country} is no party to this agreement",
        )
    return agreement


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("file-unreadable", f"cannot be read: {error}", path=str(path)) from error
