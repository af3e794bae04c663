"""The folder ``crls/``: revocation lists as files ↔ what is known of revoked certificates.

A list gets there by hand, or is fetched; it is read again when its file changes. It counts only for an
authority that ``node.toml`` or a card names, and a list that cannot be used leaves the last good one in force.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from threading import RLock
from urllib.parse import urlsplit

from keruen.as4 import (
    Certificate,
    RevocationList,
    RevocationLists,
    Trust,
    read_revocation_list,
)
from keruen.config.cards import Partner
from keruen.config.newfile import new_file
from keruen.config.tls import PartnerTls, PartnerTrust, ServerTls, is_address, max_age, parsed
from keruen.errors import UsageError

FOLDER = "crls"
LIMIT = 16 << 20
"""Octets of a list at most: a longer one is cut, and so no list. 100 000 entries take 4 million."""
AWAITED = "crl-awaited"
"""Code of the warning that a list was not fetched yet: a node that runs does that by itself."""

Stamp = tuple[int, int]


class ListFolder:
    """The lists of a folder, as good as they were last.

    Args:
        folder: ``crls/`` of a node; need not exist.
        authorities: for whom a list is believed.
    """

    def __init__(self, folder: Path, authorities: Iterable[Certificate]) -> None:
        self.lists = RevocationLists()
        self._folder = folder
        self._authorities = tuple(dict.fromkeys(authorities))
        self._stamps: dict[Path, Stamp] = {}
        self._known: dict[Path, RevocationList] = {}
        self._lock = RLock()
        """Fetching and looking at the folder go on in threads."""

    def refresh(self) -> list[UsageError]:
        """Read what has changed since the last time; gives what is wrong with it."""
        with self._lock:
            return self._refresh()

    def _refresh(self) -> list[UsageError]:
        stamps = dict(self._found())
        changed = [path for path, stamp in stamps.items() if self._stamps.get(path) != stamp]
        gone = self._known.keys() - stamps.keys()
        self._stamps = stamps
        wrong = [mistake for path in changed if (mistake := self._read(path))]
        for path in gone:
            del self._known[path]
        if changed or gone:
            self.lists.replace(self._known.values())
        return wrong

    def keep(self, place: str, octets: bytes) -> RevocationList:
        """Put a list that was fetched into its file, if it is good and no older than the one there.

        Raises:
            ValueError: why it is not kept.
        """
        new = read_revocation_list(octets, self._authorities)
        with self._lock:
            self._keep(place, new, octets)
        return new

    def _keep(self, place: str, new: RevocationList, octets: bytes) -> None:
        path = file_of(self._folder, place)
        known = self._known.get(path)
        if known is not None and new.this_update < known.this_update:
            made = f"{new.this_update:%Y-%m-%d %H:%M}"
            raise ValueError(f"is of {made} UTC, older than the one that is there")
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with new_file(path) as file:
            file.write(octets)
        self._refresh()

    def known(self, place: str) -> RevocationList | None:
        """The list of a place that a file names."""
        return self._known.get(file_of(self._folder, place))

    def _found(self) -> Iterator[tuple[Path, Stamp]]:
        for path in sorted(self._folder.glob("*")) if self._folder.is_dir() else ():
            if path.is_file() and not path.name.startswith("."):
                stat = path.stat()
                yield path, (stat.st_mtime_ns, stat.st_size)

    def _read(self, path: Path) -> UsageError | None:
        try:
            with path.open("rb") as file:
                octets = file.read(LIMIT)
            self._known[path] = read_revocation_list(octets, self._authorities)
        except (OSError, ValueError) as error:
            return UsageError("crl-invalid", f"this revocation list {error}", path=str(path))
        return None


def file_of(folder: Path, place: str) -> Path:
    """The file of a list: as a person named it, or after the address that it is fetched from."""
    if not is_address(place):
        return folder / place
    host = "".join(c for c in urlsplit(place).hostname or "" if c.isalnum() or c in ".-")
    return folder / f"{host}-{hashlib.sha256(place.encode()).hexdigest()[:12]}.crl"


def authorities_of(
    server: Iterable[Certificate], partners: Iterable[Partner]
) -> Iterator[Certificate]:
    """Everybody whose lists are believed."""
    yield from server
    for one in partners:
        yield from (*one.tls.anchors, *parsed(one.tls.clients), *parsed(one.trust.authorities))


def places_of(server: ServerTls | None, partners: Iterable[Partner]) -> dict[str, float | None]:
    """Where lists come from → how many hours old one may be; None: as it says itself."""
    tables: list[PartnerTls | PartnerTrust | ServerTls] = [server] if server else []
    for one in partners:
        tables += [one.tls, one.trust]
    return {place: table.crl_max_age_hours for table in tables for place in table.crl}


def trust_of(
    stated: PartnerTls | PartnerTrust | ServerTls,
    authorities: Sequence[Certificate],
    lists: RevocationLists,
) -> Trust:
    """What a table says about certificates of these authorities."""
    return Trust(
        authorities=tuple(authorities),
        lists=lists,
        lists_needed=bool(stated.crl),
        max_age=max_age(stated.crl_max_age_hours),
    )


def mistakes(
    folder: ListFolder, ages: Mapping[str, float | None], root: Path, now: datetime
) -> Iterator[UsageError]:
    """What is wrong with the lists that are asked for.

    Args:
        folder: where they are.
        ages: of `places_of`.
        root: the node directory.
        now: the machine's time.
    """
    yield from folder.refresh()
    for place, hours in ages.items():
        path, known = file_of(root / FOLDER, place), folder.known(place)
        if known is None:
            if not path.exists():
                yield _missing(place, path)
            continue
        end = known.ends(max_age(hours))
        if end is None or end < now:
            made = f"{known.this_update:%Y-%m-%d %H:%M}"
            reason = f"the revocation list of {known.issuer}, of {made} UTC, is too old to be used"
            yield UsageError("crl-old", reason, path=str(path))


def distrusted(
    path: Path, partner: Partner, lists: RevocationLists, now: datetime
) -> Iterator[UsageError]:
    """Pinned certificates of a card that its own authorities or their lists forbid."""
    trust = trust_of(PartnerTrust(), parsed(partner.trust.authorities), lists)
    for words, certificates in (
        ("signing", partner.signing),
        ("key agreement", partner.key_agreement),
    ):
        for one in certificates:
            wrong = trust.objection(one, now) if one.valid_at(now) else None
            if wrong:
                reason = f"the certificate for {words} is of no use: {wrong}"
                yield UsageError("card-distrusted", reason, path=str(path))


def _missing(place: str, path: Path) -> UsageError:
    if is_address(place):
        reason = f"the revocation list of {place} was not fetched yet; a node that runs does that"
        return UsageError(AWAITED, reason, path=str(path))
    reason = "this revocation list is asked for and is not there; put it there"
    return UsageError("crl-missing", reason, path=str(path))
