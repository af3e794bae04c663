"""The files of a node become TLS contexts: one for its AS4 listener, one for each partner it sends to."""

from __future__ import annotations

import ssl
from pathlib import Path

from keruen.clock import Clock
from keruen.config.cards import Partner
from keruen.config.crls import trust_of
from keruen.config.directory import NodeFiles
from keruen.config.tls import VERSIONS, parsed
from keruen.config.tlsfiles import authorities_in
from keruen.net import Terms, client_context, server_context


def listener_context(files: NodeFiles) -> ssl.SSLContext | None:
    """How the AS4 listener speaks TLS; None where it does not."""
    tls = files.settings.as4.tls
    if tls is None:
        return None
    own = authorities_in(files.root, tls)
    trusts = [trust_of(tls, own, files.lists.lists)]
    anchors = [*own]
    for partner in files.partners:
        clients = parsed(partner.tls.clients)
        anchors += clients
        trusts.append(trust_of(partner.tls, clients, files.lists.lists))
    terms = Terms(
        now=Clock.wall,
        chain=files.root / tls.certificate,
        key=files.root / tls.key,
        anchors=tuple(dict.fromkeys(anchors)),
        trusts=tuple(trusts),
        min_version=VERSIONS[tls.min_version],
        ciphers=tls.ciphers,
    )
    return server_context(terms, tls.client_certificates)


def console_context(files: NodeFiles) -> ssl.SSLContext | None:
    """How the console speaks TLS; None where it does not."""
    tls = files.settings.console.tls
    if tls is None:
        return None
    terms = Terms(
        now=Clock.wall,
        chain=files.root / tls.certificate,
        key=files.root / tls.key,
        anchors=(),
        trusts=(),
        min_version=VERSIONS[tls.min_version],
    )
    return server_context(terms, "none")


def partner_contexts(files: NodeFiles) -> dict[str, ssl.SSLContext]:
    """Endpoint of a partner → how to connect to it."""
    return {
        one.endpoint: _partner_context(files, one)
        for one in files.partners
        if one.endpoint.startswith("https:")
    }


def _partner_context(files: NodeFiles, partner: Partner) -> ssl.SSLContext:
    tls, anchors = partner.tls, partner.tls.anchors
    terms = Terms(
        now=Clock.wall,
        chain=_path(files.root, tls.certificate),
        key=_path(files.root, tls.key),
        anchors=anchors,
        trusts=(trust_of(tls, anchors, files.lists.lists),),
        min_version=VERSIONS[tls.min_version],
    )
    return client_context(terms, system=tls.system)


def _path(root: Path, name: str | None) -> Path | None:
    return None if name is None else root / name
