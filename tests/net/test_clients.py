"""A connection by TLS as one partner carries no message of another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.as4.authority import Issued
from tests.exchange.papers import information, sealed_by
from tests.exchange.world import Pair, cut
from tests.net.secure import PARTNER, ROOT, STRANGER, Files, secured

from keruen.as4 import SignalHeader
from keruen.exchange import Connection, Reply
from keruen.net import Endpoint, HttpTransport

KZ_CLIENT = PARTNER
UZ_CLIENT = ROOT.server("client of UZ")
UNKNOWN = ROOT.server("client of nobody")


def agreed(pair: Pair, clients: tuple[Issued, ...], others: tuple[Issued, ...] = ()) -> None:
    """TJ agrees with KZ on client certificates, and with a third partner, UZ."""
    receiver = pair.tj.receiver
    kz = replace(receiver.line.peers["KZ"], clients=tuple(one.certificate for one in clients))
    party = replace(kz.pmode.partner, value="customs-uz")
    uz_pmode = replace(kz.pmode, partner=party)
    uz = replace(kz, country="UZ", pmode=uz_pmode, clients=tuple(c.certificate for c in others))
    receiver.line = replace(receiver.line, peers={"KZ": kz, "UZ": uz})


async def sent_by(
    pair: Pair, files: Files, shows: Issued | None, clients: str = "optional"
) -> Reply:
    """KZ's message over a connection that shows this."""
    message = sealed_by(pair.kz, information(pair.kz))
    server = files.server(clients=clients, believes=(ROOT,))
    async with secured(server, Endpoint(pair.tj.receiver)) as url:
        tls = {url: files.client(shows=shows)}
        async with HttpTransport(5, tls) as transport:
            return await transport(url, message.content_type, message.chunks, message.size)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.mark.parametrize(
    ("clients", "others", "shows"),
    [
        ((KZ_CLIENT,), (UZ_CLIENT,), KZ_CLIENT),
        ((UNKNOWN, KZ_CLIENT), (), KZ_CLIENT),
        ((ROOT,), (), KZ_CLIENT),
        ((), (UZ_CLIENT,), None),
        ((), (UZ_CLIENT,), UNKNOWN),
        ((), (), KZ_CLIENT),
    ],
    ids=["own", "change", "authority", "nothing-agreed", "nobody's", "nothing"],
)
async def test_a_message_is_taken_over_a_connection_of_its_sender(
    pair: Pair,
    files: Files,
    clients: tuple[Issued, ...],
    others: tuple[Issued, ...],
    shows: Issued | None,
) -> None:
    agreed(pair, clients, others)
    reply = await sent_by(pair, files, shows)
    assert b"NonRepudiationInformation" in reply.body
    assert pair.tj.counts()["inbox"]["waiting"] == 1


@pytest.mark.parametrize(
    ("clients", "others", "shows", "why"),
    [
        (
            (),
            (UZ_CLIENT,),
            UZ_CLIENT,
            "shows CN=client of UZ, which is of UZ, and the message is of KZ",
        ),
        ((KZ_CLIENT,), (UZ_CLIENT,), UZ_CLIENT, "shows CN=client of UZ, which KZ is not agreed to"),
        (
            (KZ_CLIENT,),
            (),
            UNKNOWN,
            "shows CN=client of nobody, which KZ is not agreed to connect with",
        ),
        (
            (KZ_CLIENT,),
            (),
            None,
            "shows no client certificate, which KZ is not agreed to connect with",
        ),
        ((STRANGER,), (), KZ_CLIENT, "shows CN=partner, which KZ is not agreed to connect with"),
    ],
    ids=["another's", "another's-both", "nobody's", "none", "authority"],
)
async def test_a_message_over_a_connection_of_somebody_else_is_refused(
    pair: Pair,
    files: Files,
    clients: tuple[Issued, ...],
    others: tuple[Issued, ...],
    shows: Issued | None,
    why: str,
) -> None:
    agreed(pair, clients, others)
    reply = await sent_by(pair, files, shows)
    assert b'errorCode="EBMS:0101"' in reply.body
    assert b"client" not in reply.body  # the cause is for the operator alone
    (refusal,) = pair.tj.refusals()
    assert why in (refusal.detail or "")
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 0}


async def test_without_tls_a_partner_with_agreed_client_certificates_is_refused(pair: Pair) -> None:
    agreed(pair, (KZ_CLIENT,))
    message = sealed_by(pair.kz, information(pair.kz))

    reply = await pair.tj.receiver.receive(
        message.content_type, cut(b"".join(message.chunks())), None, Connection()
    )
    assert b'errorCode="EBMS:0101"' in reply.body


async def test_a_signal_counts_only_over_a_connection_of_its_signer(pair: Pair) -> None:
    """A receipt by callback does not say who sent it: partners whose connection this is not are left out."""
    agreed(pair, (KZ_CLIENT,), (UZ_CLIENT,))

    line = pair.tj.receiver.line
    header = SignalHeader("s@kz", pair.clock.now(), None, "receipt")

    def found(*chain: Issued) -> set[str]:
        over = Connection(tuple(one.certificate for one in chain)).over(line)
        modes = over.find(header)
        assert isinstance(modes, tuple)
        return {over.country_of(mode) for mode in modes}

    assert found(KZ_CLIENT) == {"KZ"}
    assert found(UZ_CLIENT) == {"UZ"}
    assert found() == set()
