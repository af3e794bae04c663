"""TLS contexts: versions, suites and trust as agreed, and a look at revocation lists in every handshake.

OpenSSL checks the chain, the dates and the host name. The lists change while the node runs, so they are looked
up when OpenSSL is content and before a single octet of HTTP is read or written.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from keruen.as4 import Certificate, Trust

_PUBLIC_FORM_DER = 2
"""``_ssl.ENCODING_DER``; Python 3.13 gives the verified chain without it."""

_NO_TLS = {"HTTP_REQUEST", "HTTPS_PROXY_REQUEST", "WRONG_VERSION_NUMBER"}
"""What OpenSSL calls a client that does not speak TLS at all; to such a one nothing is said."""

Clock = Callable[[], datetime]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is agreed about TLS, on one side of it."""

    now: Clock
    """The machine's time, aware."""
    chain: Path | None = None
    """File with the certificate that this side shows, and those between it and its authority."""
    key: Path | None = None
    anchors: tuple[Certificate, ...] = ()
    """Certificates of the other side, or of authorities that issue them."""
    trusts: tuple[Trust, ...] = ()
    """Where their revocation lists are, authorities by authorities."""
    min_version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2
    ciphers: str | None = None
    """Suites of TLS 1.2."""


class CheckedContext(ssl.SSLContext):
    """A context whose handshakes fail when a revocation list says so."""

    terms: Terms

    def check(self, other: ssl.SSLObject) -> None:
        """Look at what the other side showed.

        Raises:
            ssl.SSLCertVerificationError: it is not to be believed.
        """
        chain = verified_chain(other)
        now = self.terms.now()
        for trust in self.terms.trusts:
            if chain and (wrong := trust.chain_objection(chain, now)):
                raise ssl.SSLCertVerificationError(1, f"certificate verify failed: {wrong}")


class _CheckedObject(ssl.SSLObject):
    _failure: ssl.SSLError | None = None

    def do_handshake(self) -> None:
        """Shake hands, then look at revocation lists: asyncio writes nothing in between.

        asyncio drops what OpenSSL has to say to a client that is refused. So a server asks for more octets
        first, by which the alert gets out, and fails when they come or the connection ends.
        """
        if self._failure is not None:
            raise self._failure
        try:
            super().do_handshake()
            if isinstance(self.context, CheckedContext):
                self.context.check(self)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            raise
        except ssl.SSLError as error:
            if not self.server_side:
                raise
            log.info("TLS refused", why=str(error.args[-1]))
            if error.reason in _NO_TLS:
                raise
            self._failure = error
            raise ssl.SSLWantReadError from error


def server_context(terms: Terms, clients: str) -> ssl.SSLContext:
    """The context of a listener.

    Args:
        terms: with the certificate to show.
        clients: ``none``, ``optional`` or ``required``: what a client must show.
    """
    context = _context(ssl.PROTOCOL_TLS_SERVER, terms)
    context.verify_mode = {
        "none": ssl.CERT_NONE,
        "optional": ssl.CERT_OPTIONAL,
        "required": ssl.CERT_REQUIRED,
    }[clients]
    context.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_TICKET
    context.num_tickets = 0  # a resumed session would not show its certificate again
    return context


def client_context(terms: Terms, *, system: bool = False) -> ssl.SSLContext:
    """The context for connections to one partner: the host name is always checked.

    Args:
        terms: whom to believe, and what to show.
        system: also believe the authorities that this machine trusts.
    """
    context = _context(ssl.PROTOCOL_TLS_CLIENT, terms)
    if system:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context


def _context(protocol: int, terms: Terms) -> CheckedContext:
    context = CheckedContext(protocol)
    context.terms = terms
    context.sslobject_class = _CheckedObject
    context.minimum_version = terms.min_version
    context.options |= ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # a pinned certificate needs no authority
    context.set_alpn_protocols(["http/1.1"])
    if terms.ciphers:
        context.set_ciphers(terms.ciphers)
    if terms.anchors:
        context.load_verify_locations(cadata="".join(c.pem.decode() for c in terms.anchors))
    if terms.chain:
        context.load_cert_chain(terms.chain, terms.key)
    return context


def verified_chain(connection: ssl.SSLObject) -> tuple[Certificate, ...]:
    """What the other side showed and OpenSSL verified, its own certificate first; empty if nothing."""
    shown = connection.getpeercert(binary_form=True)
    if shown is None:
        return ()
    found: Sequence[Any] = connection._sslobj.get_verified_chain() or ()  # type: ignore[attr-defined] # noqa: SLF001
    chain = tuple(
        Certificate.from_der(one if isinstance(one, bytes) else one.public_bytes(_PUBLIC_FORM_DER))
        for one in found
    )
    return chain or (Certificate.from_der(shown),)
