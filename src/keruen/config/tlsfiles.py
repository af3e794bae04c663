"""The files of TLS in a node directory: made by `init`, read for the listener and for partners, and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from keruen.as4 import Certificate
from keruen.as4.certificates import belongs_to
from keruen.as4.revocation import parsed_of
from keruen.as4.trust import is_authority, issued_by, out_of_validity
from keruen.config.cards import Partner, expiring
from keruen.config.keystore import OTHERS, load_key, read_file
from keruen.config.settings import Settings
from keruen.config.tls import ServerTls, parsed
from keruen.config.tlschecks import key_mistake, key_warning, names_host
from keruen.errors import UsageError

WEAK = "key-weak"
"""Code of the warning that a key is shorter than the profile asks for."""
_PURPOSES = {
    "server": (ExtendedKeyUsageOID.SERVER_AUTH, "a server"),
    "client": (ExtendedKeyUsageOID.CLIENT_AUTH, "a client"),
}


def certificates_in(path: Path) -> tuple[Certificate, ...]:
    """All certificates of a PEM file.

    Raises:
        UsageError: ``tls-invalid``, ``keys-invalid``.
    """
    try:
        return tuple(map(Certificate.of, x509.load_pem_x509_certificates(read_file(path))))
    except ValueError as error:
        raise _invalid(path, "holds no certificate in PEM") from error


def authorities_in(root: Path, tls: ServerTls | None) -> tuple[Certificate, ...]:
    """The authorities that ``[as4.tls]`` names.

    Raises:
        UsageError: as `certificates_in`.
    """
    return tuple(c for name in (tls.trust if tls else ()) for c in certificates_in(root / name))


def own_pins(root: Path, tls: ServerTls | None) -> tuple[str, ...]:
    """What a partner is to trust: the node's TLS authority if it issued the certificate, else that itself."""
    if tls is None:
        return ()
    chain = certificates_in(root / tls.certificate)
    own = root / "keys" / "tls-authority.cert.pem"
    if own.is_file():
        (authority,) = certificates_in(own)
        if issued_by(chain[-1], authority):
            return (authority.pem.decode(),)
    return (chain[0].pem.decode(),)


def mistakes(
    root: Path, settings: Settings, partners: Mapping[Path, Partner], now: datetime | None = None
) -> Iterator[UsageError]:
    """Every mistake in the files of TLS; with `now` also what time has done to them, and warnings.

    Args:
        root: the node directory.
        settings: of the node.
        partners: card by card.
        now: the machine's time.
    """
    tls = settings.as4.tls
    if tls is not None:
        found = list(_pair_mistakes(root / tls.certificate, root / tls.key, "server", now))
        yield from found
        if not found:
            yield from _name_mistake(root / tls.certificate, settings.address)
        yield from _trust_mistakes(root, tls, partners, now)
    console = settings.console.tls
    if console is not None:
        yield from _pair_mistakes(root / console.certificate, root / console.key, "server", now)
    for path, partner in partners.items():
        if partner.tls.certificate and partner.tls.key:
            files = (root / partner.tls.certificate, root / partner.tls.key)
            yield from _pair_mistakes(*files, "client", now)
        if now is not None:
            yield from _card_mistakes(path, partner, now)
    yield from _contradictions(partners)


def _pair_mistakes(
    chain_file: Path, key_file: Path, purpose: str, now: datetime | None
) -> Iterator[UsageError]:
    """A certificate with its chain, and its key."""
    try:
        chain, key = certificates_in(chain_file), load_key(key_file)
    except UsageError as mistake:
        yield mistake
        return
    own = chain[0]
    if key_file.stat().st_mode & OTHERS:
        reason = f"other users may read this private key; run: chmod 600 {key_file}"
        yield _invalid(key_file, reason)
    if not belongs_to(own, key):
        yield _invalid(
            chain_file, f"its first certificate is not that of the key in {key_file.name}"
        )
    if wrong := key_mistake(own) or _use_mistake(own, purpose) or _order_mistake(chain):
        yield _invalid(chain_file, wrong)
    if now is not None:
        yield from _aged(own, now, chain_file)


def _use_mistake(certificate: Certificate, purpose: str) -> str | None:
    usage, words = _PURPOSES[purpose]
    try:
        extensions = parsed_of(certificate).extensions
        allowed = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return None
    fits = usage in allowed or ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE in allowed
    return None if fits else f"{certificate.subject} is not meant for {words} (extended key usage)"


def _order_mistake(chain: tuple[Certificate, ...]) -> str | None:
    for below, above in pairwise(chain):
        if not issued_by(below, above):
            return f"{above.subject} stands after {below.subject} and did not issue it"
    return None


def _aged(certificate: Certificate, now: datetime, path: Path) -> Iterator[UsageError]:
    if wrong := out_of_validity(certificate, now):
        yield _invalid(path, wrong)
    else:
        yield from expiring(certificate, now, str(path))
    if weak := key_warning(certificate):
        yield UsageError(WEAK, weak, path=str(path))


def _name_mistake(path: Path, address: str) -> Iterator[UsageError]:
    host = urlsplit(address).hostname or ""
    (own, *_) = certificates_in(path)
    if not names_host(own, host):
        reason = f"{own.subject} is not for {host}, which partners connect to ({address})"
        yield UsageError("tls-name", reason, path=str(path))


def _trust_mistakes(
    root: Path, tls: ServerTls, partners: Mapping[Path, Partner], now: datetime | None
) -> Iterator[UsageError]:
    for name in tls.trust:
        try:
            for one in certificates_in(root / name):
                if now is not None:
                    yield from _aged(one, now, root / name)
        except UsageError as mistake:
            yield mistake
    named = tls.trust or any(one.tls.clients for one in partners.values())
    if tls.client_certificates == "required" and not named and now is not None:
        reason = "clients must show a certificate, and nobody's is trusted: see trust, and clients on cards"
        yield UsageError("tls-nobody", f"[as4.tls] {reason}", path=str(root / "node.toml"))


def _card_mistakes(path: Path, partner: Partner, now: datetime) -> Iterator[UsageError]:
    """What time has done to the certificates of a card, and whether the server can be connected to at all."""
    groups = (
        ("its server's TLS certificate", partner.tls.anchors),
        ("its clients' TLS certificates", parsed(partner.tls.clients)),
        ("its authorities", parsed(partner.trust.authorities)),
    )
    for words, certificates in groups:
        yield from _aged_group(path, words, certificates, now)
    host, anchors = urlsplit(partner.endpoint).hostname or "", partner.tls.anchors
    open_to_all = partner.tls.system or any(map(is_authority, anchors)) or not anchors
    if not open_to_all and not any(names_host(one, host) for one in anchors):
        reason = f"no certificate in [tls] trust is for {host}, the host of the endpoint"
        yield UsageError("tls-name", reason, path=str(path))


def _aged_group(
    path: Path, words: str, certificates: tuple[Certificate, ...], now: datetime
) -> Iterator[UsageError]:
    """Of several that stand beside each other one must be of use."""
    valid = [one for one in certificates if one.valid_at(now)]
    if certificates and not valid:
        reason = f"nothing that is valid is known of {words}; ask for a new card"
        yield UsageError("card-expired", reason, path=str(path))
    if valid:
        yield from expiring(max(valid, key=lambda one: one.not_after), now, str(path))
    for one in valid:
        if weak := key_warning(one):
            yield UsageError(WEAK, weak, path=str(path))


def _contradictions(partners: Mapping[Path, Partner]) -> Iterator[UsageError]:
    """One address can be trusted in one way only."""
    first: dict[str, tuple[Path, Partner]] = {}
    for path, one in partners.items():
        known_path, known = first.setdefault(one.endpoint, (path, one))
        if one.endpoint.startswith("https:") and known.tls != one.tls:
            reason = (
                f"has the endpoint of {known_path.name}, and another [tls]; make both say the same"
            )
            yield UsageError("card-invalid", reason, path=str(path))


def _invalid(path: Path, reason: str) -> UsageError:
    return UsageError("tls-invalid", reason, path=str(path))
