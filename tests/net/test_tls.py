"""TLS over real sockets: who is connected to, who is let in, and what is spoken."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from pathlib import Path
from typing import Any

import pytest
from tests.as4.authority import DAY, Ca, Issued
from tests.net.secure import (
    EXPIRED,
    HOST,
    NOW,
    PARTNER,
    ROOT,
    SERVER,
    STRANGER,
    Files,
    revoking,
    said,
    secured,
    sent,
    told,
)
from tests.net.sockets import listening, post, speak

from keruen.as4 import RevocationLists, Trust, read_revocation_list
from keruen.config.tls import CIPHERS
from keruen.errors import UsageError
from keruen.net import HttpTransport
from keruen.net.client import LARGE

V = ssl.TLSVersion


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


# Versions and suites


def any_client(oldest: V, newest: V, ciphers: str = "ALL:@SECLEVEL=0") -> ssl.SSLContext:
    """A client of another make, which speaks whatever it is told to."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=ROOT.pem)
    context.set_ciphers(ciphers)
    context.minimum_version, context.maximum_version = oldest, newest
    return context


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion")
@pytest.mark.parametrize(
    ("spoken", "least", "taken"),
    [
        (V.TLSv1, V.TLSv1_2, False),
        (V.TLSv1_1, V.TLSv1_2, False),
        (V.TLSv1_2, V.TLSv1_2, True),
        (V.TLSv1_3, V.TLSv1_2, True),
        (V.TLSv1_2, V.TLSv1_3, False),
        (V.TLSv1_3, V.TLSv1_3, True),
    ],
)
async def test_a_version_that_is_not_agreed_gets_no_connection(
    files: Files, spoken: V, least: V, taken: bool
) -> None:
    async with secured(files.server(min_version=least)) as url:
        if taken:
            answer = await said(url, any_client(spoken, spoken))
            assert (answer.status, answer.body.split()[1]) == (200, _name(spoken))
        else:
            with pytest.raises(ssl.SSLError, match=r"(?i)alert protocol version"):
                await said(url, any_client(spoken, spoken))


def _name(version: V) -> bytes:
    return {V.TLSv1_2: b"TLSv1.2", V.TLSv1_3: b"TLSv1.3"}[version]


async def test_where_both_can_the_newest_version_is_spoken(files: Files) -> None:
    async with secured(files.server()) as url:
        reply = await sent(url, files.client())
    assert reply.body == b"https TLSv1.3"


async def test_the_client_speaks_no_older_version_than_agreed_with_the_partner(
    files: Files,
) -> None:
    old = files.server()
    old.maximum_version = V.TLSv1_2
    async with secured(old) as url:
        assert (await sent(url, files.client())).body == b"https TLSv1.2"
        with pytest.raises(OSError, match=r"TLS failed: .*version"):
            await sent(url, files.client(min_version=V.TLSv1_3))


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ("ECDHE-ECDSA-AES128-GCM-SHA256", True),
        ("ECDHE-ECDSA-CHACHA20-POLY1305", True),
        ("ECDHE-ECDSA-AES256-SHA", False),
        ("ECDHE-ECDSA-AES128-SHA256", False),
    ],
)
async def test_suites_without_authenticated_encryption_get_no_connection(
    files: Files, offered: str, taken: bool
) -> None:
    client = any_client(V.TLSv1_2, V.TLSv1_2, f"{offered}:@SECLEVEL=0")
    async with secured(files.server(ciphers=CIPHERS)) as url:
        if taken:
            assert (await said(url, client)).status == 200
        else:
            with pytest.raises(ssl.SSLError, match=r"(?i)handshake failure"):
                await said(url, client)


async def test_suites_can_be_narrowed(files: Files) -> None:
    narrow = files.server(ciphers="ECDHE-ECDSA-AES256-GCM-SHA384")
    async with secured(narrow) as url:
        with pytest.raises(ssl.SSLError, match=r"(?i)handshake failure"):
            await said(url, any_client(V.TLSv1_2, V.TLSv1_2, "ECDHE-ECDSA-AES128-GCM-SHA256"))


async def test_nothing_is_compressed_renegotiated_or_resumed(files: Files) -> None:
    context = any_client(V.TLSv1_2, V.TLSv1_2)
    async with secured(files.server()) as url:
        port = int(url.split(":")[2].split("/")[0])
        _, writer = await asyncio.open_connection(HOST, port, ssl=context)
        connection = writer.get_extra_info("ssl_object")
        assert connection.compression() is None
        assert not connection.session.has_ticket
        assert connection.selected_alpn_protocol() is None
        writer.close()
    assert files.server().options & ssl.OP_NO_RENEGOTIATION


# Whom the client believes


@pytest.mark.parametrize(
    "believed", [(ROOT,), (SERVER,), (STRANGER, SERVER)], ids=["authority", "pinned", "either"]
)
async def test_a_server_is_known_by_its_authority_or_by_itself(
    files: Files, believed: tuple[Issued, ...]
) -> None:
    async with secured(files.server()) as url:
        assert (await sent(url, files.client(*believed))).status == 200


@pytest.mark.parametrize("shown", [SERVER, ROOT.server(HOST)], ids=["old", "new"])
async def test_two_pinned_certificates_count_during_a_change(files: Files, shown: Issued) -> None:
    other = ROOT.server(HOST)
    async with secured(files.server(shown)) as url:
        assert (await sent(url, files.client(shown, other))).status == 200
        with pytest.raises(OSError, match="not accepted"):
            await sent(url, files.client(other))


@pytest.mark.parametrize(
    ("shown", "believed", "why"),
    [
        (SERVER, STRANGER, "self-signed certificate in certificate chain"),
        (EXPIRED, ROOT, "certificate has expired"),
        (EXPIRED, EXPIRED, "certificate has expired"),
        (ROOT.server(HOST, begin=DAY), ROOT, "not yet valid"),
        (ROOT.server("192.0.2.1"), ROOT, "IP address mismatch"),
        (ROOT.server("as4.example"), ROOT, "IP address mismatch"),
        (
            SERVER.__class__(SERVER.key, ROOT.server("as4.example", key=SERVER.key).parsed),
            SERVER,
            ".",
        ),
    ],
    ids=["untrusted", "expired", "pinned-expired", "early", "address", "name", "same-key"],
)
async def test_a_server_that_is_not_the_partners_is_not_sent_to(
    files: Files, shown: Issued, believed: Issued, why: str
) -> None:
    requests: list[object] = []

    async def remembering(scope: object, receive: object, send: object) -> None:
        requests.append(scope)

    async with secured(files.server(shown), remembering) as url:
        with pytest.raises(
            OSError, match="certificate of the partner's server was not accepted: "
        ) as caught:
            await sent(url, files.client(believed))
    assert re.search(why, str(caught.value))
    assert requests == []


async def test_a_pinned_certificate_issues_no_others(files: Files) -> None:
    """SERVER's key holder makes a certificate for himself under his own."""
    below = Ca(SERVER.key, SERVER.parsed, SERVER.above, NOW).server(HOST)
    async with secured(files.server(below)) as url:
        with pytest.raises(OSError, match="not accepted"):
            await sent(url, files.client(SERVER))


async def test_nobody_is_believed_because_the_machine_does(files: Files) -> None:
    assert files.client().get_ca_certs(binary_form=True) == [ROOT.certificate.der]


async def test_https_goes_nowhere_without_agreed_trust(files: Files) -> None:
    async with secured(files.server()) as url:
        with pytest.raises(OSError, match="nothing is agreed by which the server"):
            await sent(url, None)


async def test_each_partner_is_believed_by_his_own_card_only(files: Files) -> None:
    theirs = STRANGER.server(HOST)
    async with secured(files.server()) as one, secured(files.server(theirs)) as two:
        tls = {one: files.client(ROOT), two: files.client(STRANGER)}
        swapped = {one: tls[two], two: tls[one]}
        async with HttpTransport(5, tls) as transport, HttpTransport(5, swapped) as wrong:
            for url in (one, two):
                reply = await transport(url, "text/plain", lambda: iter((b"x",)), 1)
                assert reply.status == 200
                with pytest.raises(OSError, match="not accepted"):
                    await wrong(url, "text/plain", lambda: iter((b"x",)), 1)


async def test_large_bodies_and_pulls_go_by_the_same_trust(files: Files) -> None:
    """They take another way through the client."""
    body = bytes(LARGE + 1)

    async def swallow(scope: object, receive: Any, send: object) -> None:
        while (await receive()).get("more_body"):
            pass
        await told(scope, receive, send)

    async def both(url: str, context: ssl.SSLContext) -> list[int]:
        async with HttpTransport(5, {url: context}) as transport:
            reply = await transport(url, "text/plain", lambda: iter((body,)), len(body))
            async with transport.fetch(url, "text/plain", b"x") as answer:
                return [reply.status, answer.status]

    async with secured(files.server(clients="required", believes=(ROOT,)), swallow) as url:
        assert await both(url, files.client(shows=PARTNER)) == [200, 200]
        for context, why in (
            (
                files.client(STRANGER, shows=PARTNER),
                "certificate of the partner's server was not accepted",
            ),
            (files.client(trust=revoking(SERVER.certificate), shows=PARTNER), "was revoked"),
        ):
            async with HttpTransport(5, {url: context}) as transport:
                with pytest.raises(OSError, match=why):
                    await transport(url, "text/plain", lambda: iter((body,)), len(body))
                with pytest.raises(OSError, match=why):
                    async with transport.fetch(url, "text/plain", b"x"):
                        pass
        async with HttpTransport(5) as transport:
            with pytest.raises(OSError, match="nothing is agreed"):
                await transport(url, "text/plain", lambda: iter((body,)), len(body))
            with pytest.raises(OSError, match="nothing is agreed"):
                async with transport.fetch(url, "text/plain", b"x"):
                    pass


@pytest.mark.parametrize(
    ("trust", "why"),
    [
        (revoking(SERVER.certificate), "CN=127.0.0.1 was revoked on .* .keyCompromise."),
        (
            Trust(authorities=(ROOT.certificate,), lists_needed=True),
            "no revocation list of CN=Root",
        ),
    ],
    ids=["revoked", "unknown"],
)
async def test_a_revoked_server_is_not_sent_to(files: Files, trust: Trust, why: str) -> None:
    async with secured(files.server()) as url:
        with pytest.raises(OSError, match=why):
            await sent(url, files.client(trust=trust))
        assert (await sent(url, files.client(trust=revoking()))).status == 200


async def test_a_pinned_server_is_revoked_by_its_authority_all_the_same(files: Files) -> None:
    known = RevocationLists(
        [read_revocation_list(ROOT.crl(SERVER.certificate), [ROOT.certificate])]
    )
    trust = Trust(authorities=(SERVER.certificate, ROOT.certificate), lists=known)
    async with secured(files.server()) as url:
        with pytest.raises(OSError, match="was revoked"):
            await sent(url, files.client(SERVER, trust=trust))


# Whom the server lets in


@pytest.mark.parametrize("clients", ["none", "optional", "required"])
async def test_a_client_certificate_is_asked_for_as_agreed(files: Files, clients: str) -> None:
    async with secured(files.server(clients=clients, believes=(ROOT,))) as url:
        shown = await sent(url, files.client(shows=PARTNER))
        names = b" CN=partner < CN=Root" if clients != "none" else b""
        assert shown.body == b"https TLSv1.3" + names
        if clients == "required":
            with pytest.raises(OSError, match=r"TLS failed: .*certificate required"):
                await sent(url, files.client())
        else:
            assert (await sent(url, files.client())).body == b"https TLSv1.3"


@pytest.mark.parametrize("spoken", [V.TLSv1_2, V.TLSv1_3])
@pytest.mark.parametrize(
    "shown",
    [
        STRANGER.server("partner"),
        ROOT.server("partner", end=-DAY),
        ROOT.sub("Middle", end=-DAY).server("partner"),
    ],
    ids=["foreign", "expired", "chain"],
)
async def test_a_client_with_a_certificate_of_no_use_is_not_let_in(
    files: Files, shown: Issued, spoken: V
) -> None:
    client = files.client(shows=shown)
    client.maximum_version = spoken
    requests: list[object] = []

    async def remembering(scope: object, receive: object, send: object) -> None:
        requests.append(scope)

    async with secured(files.server(clients="optional", believes=(ROOT,)), remembering) as url:
        with pytest.raises(OSError, match=r"TLS failed|disconnected|reset|closed|closing"):
            await sent(url, client)
    assert requests == []


async def test_a_pinned_client_certificate_needs_no_authority(files: Files) -> None:
    async with secured(files.server(clients="required", believes=(PARTNER,))) as url:
        reply = await sent(url, files.client(shows=PARTNER))
        assert reply.body.startswith(b"https TLSv1.3 CN=partner")
        with pytest.raises(OSError, match=r"TLS failed|disconnected|reset|closed|closing"):
            await sent(url, files.client(shows=ROOT.server("partner")))


@pytest.mark.parametrize("spoken", [V.TLSv1_2, V.TLSv1_3])
async def test_a_client_that_is_revoked_while_the_server_runs_is_let_in_no_more(
    files: Files, spoken: V
) -> None:
    trust = revoking()
    client = files.client(shows=PARTNER)
    client.maximum_version = spoken
    server = files.server(clients="required", believes=(ROOT,), trust=trust)
    async with secured(server) as url:
        assert (await sent(url, client)).status == 200
        revoked = ROOT.crl(PARTNER.certificate, made=-DAY / 2)
        trust.lists.replace([read_revocation_list(revoked, trust.authorities)])
        with pytest.raises(OSError, match=r"TLS failed|disconnected|reset|closed|closing"):
            await sent(url, client)
        other = files.client(shows=ROOT.server("another"))
        assert (await sent(url, other)).status == 200


async def test_a_client_whose_authority_has_no_list_is_not_let_in_where_one_is_needed(
    files: Files,
) -> None:
    trust = Trust(authorities=(ROOT.certificate,), lists_needed=True)
    server = files.server(clients="required", believes=(ROOT,), trust=trust)
    async with secured(server) as url:
        with pytest.raises(OSError, match=r"TLS failed|disconnected|reset|closed|closing"):
            await sent(url, files.client(shows=PARTNER))


async def test_a_revoked_client_gets_in_by_no_old_session(files: Files) -> None:
    trust = revoking()
    server = files.server(clients="required", believes=(ROOT,), trust=trust)
    client = files.client(shows=PARTNER)
    client.maximum_version = V.TLSv1_2
    async with secured(server) as url:
        port = int(url.split(":")[2].split("/")[0])

        def handshake(session: ssl.SSLSession | None) -> ssl.SSLSession | None:
            import socket

            with socket.create_connection((HOST, port), 5) as plain:
                plain.settimeout(5)
                with _sync(client).wrap_socket(plain, server_hostname=HOST, session=session) as one:
                    one.sendall(post(b"", "text/plain"))
                    assert b" 200 " in one.recv(1000)
                    return one.session

        contexts: list[ssl.SSLContext] = []

        def _sync(context: ssl.SSLContext) -> ssl.SSLContext:
            if not contexts:
                plain = any_client(V.TLSv1_2, V.TLSv1_2)
                plain.load_cert_chain(*files.of(PARTNER))
                contexts.append(plain)
            return contexts[0]

        session = await asyncio.to_thread(handshake, None)
        revoked = ROOT.crl(PARTNER.certificate, made=-DAY / 2)
        trust.lists.replace([read_revocation_list(revoked, trust.authorities)])
        with pytest.raises((OSError, AssertionError)):
            await asyncio.to_thread(handshake, session)


# Where the other side speaks something else


async def test_plain_http_to_a_tls_port_fails_and_harms_nobody(files: Files) -> None:
    async with secured(files.server()) as url:
        plain = url.replace("https:", "http:")
        with pytest.raises(OSError, match=r"."):
            await sent(plain, None)
        reader, writer = await asyncio.open_connection(HOST, int(url.split(":")[2].split("/")[0]))
        writer.write(post(b"", "text/plain"))
        with contextlib.suppress(ConnectionError):
            assert b"HTTP" not in await asyncio.wait_for(reader.read(), 5)
        writer.close()
        assert (await sent(url, files.client())).status == 200


async def test_tls_to_a_plain_port_fails_and_harms_nobody(files: Files) -> None:
    async with listening(told) as port:
        url = f"https://{HOST}:{port}/as4"
        with pytest.raises(OSError, match=r"."):
            await sent(url, files.client())
        assert (await speak(port, post(b"", "text/plain"))).body == b"http None"


async def test_tls_is_spoken_over_both_families_of_addresses(files: Files) -> None:
    try:
        async with secured(files.server(), host="::1") as url:
            assert url.startswith("https://[::1]:")
            assert (await sent(url, files.client())).status == 200
    except UsageError:
        pytest.skip("this machine has no IPv6")
