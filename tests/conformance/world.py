"""Two nodes over HTTP, watched: what was posted, what was answered, and what that says to an outsider."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from lxml import etree
from tests.as4 import forge
from tests.conformance import profiles
from tests.conformance.profiles import DEFAULT, PROFILES
from tests.exchange.papers import declaration, information, paper
from tests.exchange.world import Node, Pair, Sent
from tests.net.sockets import free_port

from keruen.as4 import (
    SUITES,
    ErrorSignal,
    Payload,
    Receipt,
    SealedMessage,
    Seeded,
    SigningIdentity,
    TokenReference,
    UserMessage,
    open_signal,
    seal,
)
from keruen.as4.encryption import read_encryption
from keruen.as4.soap import open_envelope
from keruen.exchange import Reply
from keruen.exchange.peers import SERVICE
from keruen.messages import PreliminaryInformation, encode
from keruen.net import Binding, Endpoint, HttpTransport, serve

NS = {
    "S12": "http://www.w3.org/2003/05/soap-envelope",
    "eb": "http://docs.oasis-open.org/ebxml-msg/ebms/v3.0/ns/core/200704/",
    "wsse": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
    "wsu": "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
    "wsse11": "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd",
    "ds": "http://www.w3.org/2000/09/xmldsig#",
    "dsig11": "http://www.w3.org/2009/xmldsig11#",
    "xenc": "http://www.w3.org/2001/04/xmlenc#",
    "xenc11": "http://www.w3.org/2009/xmlenc11#",
    "rfc9231": "http://www.w3.org/2021/04/xmldsig-more#",
    "ebbp": "http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0",
}
Signal = Receipt | ErrorSignal


@dataclass(frozen=True)
class Seen:
    """A request or an answer as an outsider sees it, taken apart by other means than the program's."""

    root: etree._Element
    parts: tuple[tuple[dict[str, str], bytes], ...] = ()
    """Of a multipart: header and octets of each part after the first, in their order."""

    def texts(self, path: str) -> list[str]:
        """Text of the elements at an XPath, or values of attributes."""
        found = self.root.xpath(path, namespaces=NS)
        assert isinstance(found, list)
        return [one if isinstance(one, str) else (one.text or "") for one in found]

    def text(self, path: str) -> str:
        """The only one there."""
        (one,) = self.texts(path)
        return one


def seen(content_type: str, octets: bytes) -> Seen:
    """What is in a body."""
    if not content_type.startswith("multipart/related"):
        return Seen(etree.fromstring(octets))
    boundary = content_type.partition('boundary="')[2].partition('"')[0].encode()
    _, *parts, last = (b"\r\n" + octets).split(b"\r\n--" + boundary)
    assert last.strip() == b"--"
    root, *rest = map(_part, parts)
    return Seen(etree.fromstring(root[1]), tuple(rest))


def _part(octets: bytes) -> tuple[dict[str, str], bytes]:
    head, content = octets.split(b"\r\n\r\n", 1)
    fields = (line.partition(":") for line in head.decode().strip().split("\r\n"))
    return {name.lower(): value.strip() for name, _, value in fields}, content


@dataclass
class Line:
    """Posts over HTTP and keeps what went over; a test may keep the answers back."""

    transport: HttpTransport
    sent: list[Sent] = field(default_factory=list)
    keep_back: int = 0
    """So many of the next answers are intercepted."""

    async def __call__(
        self, url: str, content_type: str, chunks: Callable[[], Iterator[bytes]], size: int
    ) -> Reply:
        sent = Sent(url, content_type, b"".join(chunks()))
        self.sent.append(sent)
        sent.reply = await self.transport(url, content_type, chunks, size)
        if self.keep_back:
            self.keep_back -= 1
            raise TimeoutError
        return sent.reply


@dataclass
class Exchange:
    """Both nodes, and the line between them."""

    pair: Pair
    line: Line
    urls: dict[str, str]
    profile: str = DEFAULT

    @property
    def kz(self) -> Node:
        """The sender, in most tests."""
        return self.pair.kz

    @property
    def tj(self) -> Node:
        """The receiver, in most tests."""
        return self.pair.tj

    async def push(self) -> Sent:
        """KZ's national system hands in a declaration; it goes out once."""
        self.kz.submit(paper(declaration()))
        await self.kz.send_once()
        return self.line.sent[-1]

    async def again(self, later: float = 3600) -> int:
        """Time passes; what is due is sent. Gives how many messages."""
        self.pair.clock.advance(seconds=later)
        return await self.kz.send_once()

    async def post(self, content_type: str, body: bytes) -> Reply:
        """The answer to any octets that are posted to TJ."""
        return await self.line(self.urls["TJ"], content_type, lambda: iter((body,)), len(body))

    async def send(self, sent: SealedMessage) -> Reply:
        """The answer to a message that a program other than KZ's could have made."""
        return await self.post(sent.content_type, b"".join(sent.chunks()))

    async def send_and_see(self, sent: SealedMessage) -> Seen:
        """A message as it was on the wire, after it was receipted."""
        assert isinstance(self.signal(await self.send(sent)), Receipt)
        return seen(sent.content_type, self.line.sent[-1].body)

    async def refused_for(self, message: forge.Wire) -> list[str]:
        """Codes that a forged message is refused for; checks that nothing was delivered."""
        before = self.waiting()
        error = self.signal(await self.post(message.content_type, message.body))
        assert isinstance(error, ErrorSignal)
        assert self.waiting() == before
        return [one.code for one in error.errors]

    def signal(self, reply: Reply | None) -> Signal:
        """What TJ's answer says to KZ, who verifies it."""
        assert reply is not None
        pmode = self.kz.line.peers["TJ"].pmode
        now = self.pair.clock.now()
        return open_signal(reply.content_type, reply.body, pmode=pmode, now=now)

    def decrypted(self, content_type: str, body: bytes) -> list[bytes]:
        """The parts of a request to TJ as they were before encryption, by TJ's key and bare AES-GCM."""
        request = seen(content_type, body)
        envelope = open_envelope(etree.tostring(request.root))
        keys = read_encryption(envelope, SUITES[self.profile], self.tj.line.decryption)
        return [
            AESGCM(keys[header["content-id"].strip("<>")].key).decrypt(
                octets[:12], octets[12:], None
            )
            for header, octets in request.parts
        ]

    def waiting(self) -> list[bytes]:
        """Payloads that were delivered to TJ's inbox and wait to be handled."""
        entries = self.tj.store.read(lambda reader: reader.inbox_waiting(99))
        return [self._payload(entry.payload_id) for entry in entries]

    def _payload(self, payload_id: str) -> bytes:
        return self.tj.store.write_now(lambda tx: b"".join(tx.payload(payload_id)))


each_profile = pytest.mark.parametrize("exchange", PROFILES, indirect=True)
"""The test runs under every AS4 profile."""


@contextlib.asynccontextmanager
async def connected(pair: Pair, profile: str = DEFAULT) -> AsyncIterator[Exchange]:
    """Both nodes listening on loopback, their messages going over HTTP."""
    for node, partner in ((pair.kz, "TJ"), (pair.tj, "KZ")):
        node.line = profiles.line(profile, node.country, partner)
        node.__post_init__()
    bindings = [
        Binding(node.country, Endpoint(node.receiver), "127.0.0.1", free_port())
        for node in (pair.kz, pair.tj)
    ]
    urls = {one.name: f"http://{one.host}:{one.port}/as4" for one in bindings}
    async with serve(bindings), HttpTransport(5) as transport:
        line = Line(transport)
        for node in (pair.kz, pair.tj):
            peers = {
                country: dataclasses.replace(peer, endpoint=urls[country])
                for country, peer in node.line.peers.items()
            }
            node.sender.line = dataclasses.replace(node.line, peers=peers)
            node.sender.transport = line
        yield Exchange(pair, line, urls, profile)


def json_payload(node: Node, **values: Any) -> Payload:
    """A business message as a payload."""
    octets = encode(information(node))
    return Payload("content", "application/json", lambda: iter((octets,)), **values)


def sealed(
    node: Node,
    *payloads: Payload,
    without_payload: bool = False,
    signer: SigningIdentity | None = None,
    reference: TokenReference = TokenReference.BST,
    **changes: Any,
) -> SealedMessage:
    """A message of `node` that its own program would not have made just so."""
    peer = next(iter(node.line.peers.values()))
    header = UserMessage(
        message_id=f"{node.clock.new_id()}@{node.country.lower()}",
        timestamp=node.clock.now(),
        sender=peer.pmode.own,
        sender_role=peer.pmode.own_role,
        receiver=peer.pmode.partner,
        receiver_role=peer.pmode.partner_role,
        service=SERVICE,
        action=PreliminaryInformation.__name__,
        conversation_id="c-1",
    )
    return seal(
        dataclasses.replace(header, **changes),
        () if without_payload else payloads or (json_payload(node),),
        pmode=dataclasses.replace(peer.pmode, token_reference=reference),
        signer=signer or node.line.signing,
        now=node.clock.now(),
        entropy=Seeded(node.clock.entropy()),
    )
