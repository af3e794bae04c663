"""What is fuzzed: each target takes octets and gives what became of them, or raises what it should not.

Besides no unexpected exception, each states what must hold of what was taken.
"""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from benchmarks.fuzzing.mutations import mutate, mutate_tree
from benchmarks.fuzzing.signing import parsed, resign
from tests.as4.world import NOW, Pair, Receiver, body_of, pair_by, payload

from keruen.as4 import (
    SOAP_CONTENT_TYPE,
    EbmsError,
    ErrorCode,
    PullRequest,
    Receipt,
    ReceivedSignal,
    ReceivedUserMessage,
    build_error,
    build_pull_request,
    build_receipt,
    open_signal,
    verify_receipt,
)
from keruen.as4.header_read import read_messaging
from keruen.as4.soap import open_envelope
from keruen.as4.xml import XmlError, canonical, canonical_payload, parse
from keruen.wire import (
    Inflater,
    PartBegin,
    PartData,
    PartEnd,
    Splitter,
    SplitterLimits,
    WireError,
    parse_headers,
    parse_media_type,
)

Run = Callable[[bytes, Random], str]
Mutate = Callable[[bytes, Random, Sequence[bytes]], bytes]
TAKEN = "taken"
CHANNEL = "urn:keruen:mpc:kz-tj"
MULTIPART = b'multipart/related; boundary="b"; type="application/soap+xml"; start="<a>"'
PART = b"--b\r\nContent-Type: application/soap+xml\r\nContent-ID: <a>\r\n\r\n<a/>\r\n"
BASE64 = b"--b\nContent-Transfer-Encoding: base64\nContent-ID: <b>\n\naGVsbG8g\nd29ybGQ=\n"
KINDS = ("eddsa", "secp256r1", "brainpoolP256r1", "rsa")


@dataclass(frozen=True)
class Target:
    """One target."""

    name: str
    share: int
    """Of the inputs; more where one costs little."""
    seeds: Sequence[bytes]
    run: Run
    mutate: Mutate = field(default=mutate)


def pieces(octets: bytes, random: Random) -> Iterator[bytes]:
    """The octets in chunks of odd sizes."""
    at = 0
    while at < len(octets):
        size = random.choice((1, 2, 3, 7, 61, 500, 4096))
        yield octets[at : at + size]
        at += size


def split(content_type: str, chunks: Iterator[bytes]) -> list[object] | str:
    """The parts, however the chunks are cut; or the code of the error."""
    parts: list[object] = []
    try:
        splitter = Splitter(content_type, SplitterLimits(100_000, 50_000, 2000, 6))
        events = [event for chunk in chunks for event in splitter.feed(chunk)] + splitter.close()
    except WireError as error:
        return error.code
    data = b""
    for event in events:
        if isinstance(event, PartBegin):
            parts.append(event.headers.fields)
        elif isinstance(event, PartData):
            data += event.data
        elif isinstance(event, PartEnd):
            parts.append(data)
            data = b""
    return parts


def splitter(octets: bytes, random: Random) -> str:
    """Cuts do not matter: the same parts, or an error both times."""
    head, _, body = octets.partition(b"\0")
    content_type = head.decode("latin-1")
    whole, cut = split(content_type, iter((body,))), split(content_type, pieces(body, random))
    assert isinstance(whole, str) == isinstance(cut, str), (whole, cut)
    assert isinstance(whole, str) or whole == cut, (whole, cut)
    return whole if isinstance(whole, str) else TAKEN


def headers(octets: bytes, _: Random) -> str:
    with contextlib.suppress(WireError):
        parse_media_type(octets.decode("latin-1"))
    try:
        found = parse_headers(octets)
    except WireError as error:
        return error.code
    return f"{TAKEN} {found.content_id is not None}"


def inflater(octets: bytes, random: Random) -> str:
    """What comes out is what zlib says, and never more than the limit and a piece."""
    inflating, out = Inflater(max_size=300_000, max_ratio=50), b""
    try:
        for chunk in pieces(octets, random):
            out += b"".join(inflating.feed(chunk))
            assert len(out) <= 300_000
        inflating.finish()
    except WireError as error:
        return error.code
    assert out == zlib.decompress(octets, 31)
    return TAKEN


def xml(octets: bytes, _: Random) -> str:
    """Canonical form is canonical: made again from itself, it is the same."""
    with contextlib.suppress(XmlError):
        plain = canonical_payload(octets)
        assert canonical_payload(plain) == plain
    try:
        once = canonical(parse(octets))
        assert canonical(parse(once)) == once
    except XmlError:
        return "refused"
    return TAKEN


def header(octets: bytes, _: Random) -> str:
    try:
        return f"{TAKEN} {type(read_messaging(open_envelope(octets).messaging)).__name__}"
    except EbmsError as error:
        return error.code


def mutate_envelope(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
    root = parsed(octets)
    mutate_tree(root, random)
    return parsed_back(root)


def parsed_back(root: object) -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)  # type: ignore[call-overload,no-any-return]


def messages(pair: Pair) -> list[bytes]:
    """Valid messages: content type, NUL, body."""
    from keruen.as4 import Payload

    plain = Payload("plain@kz", "text/plain", lambda: iter((b"a\rb\n" * 9,)), compress=False)
    tree = Payload("tree@kz", "application/xml", lambda: iter((b"<a b='c'>d</a>",)), compress=False)
    sent = [pair.sealed(), pair.sealed(plain, tree), pair.sealed(payload(b"[1]"))]
    return [one.content_type.encode() + b"\0" + body_of(one) for one in sent]


def receive(pair: Pair, octets: bytes, random: Random) -> tuple[ReceivedUserMessage | None, str]:
    """What TJ makes of it; a refusal can be answered, and leaves nothing in quarantine."""
    head, _, body = octets.partition(b"\0")
    receiver = pair.receiver()
    try:
        received = receiver.receive(head.decode("latin-1"), body, random.choice((100, 1 << 16)))
    except EbmsError as error:
        assert all(sink.discarded for sink in receiver.sinks)
        answer_to(error, pair, receiver)
        return None, error.code
    assert isinstance(received, ReceivedUserMessage), "a signal was taken"
    return received, TAKEN


def answer_to(error: EbmsError, pair: Pair, receiver: Receiver) -> None:
    body = build_error(error, pmode=None, signer=None, signal_id="e@tj", timestamp=NOW)
    signal = open_signal(SOAP_CONTENT_TYPE, body, pmode=pair.kz_to_tj, now=NOW)
    assert not isinstance(signal, Receipt)
    assert [one.code for one in signal.errors] == [error.code]


def reception(pair: Pair) -> Run:
    """Nobody signed it anew: what is taken is one of the originals."""
    originals = {receive(pair, seed, Random(1))[0].message for seed in messages(pair)}  # type: ignore[union-attr]

    def run(octets: bytes, random: Random) -> str:
        received, outcome = receive(pair, octets, random)
        assert received is None or received.message in originals
        return outcome

    return run


def reception_resigned(pair: Pair) -> Run:
    """The partner signed it: whatever is taken can be receipted, and the sender takes the receipt."""

    def run(octets: bytes, random: Random) -> str:
        received, outcome = receive(pair, octets, random)
        if received is not None:
            receipt_for(received, pair)
        return outcome

    return run


def receipt_for(received: ReceivedUserMessage, pair: Pair) -> None:
    body = build_receipt(
        received.envelope,
        pmode=pair.tj_from_kz,
        signer=pair.tj.signer,
        receipt_id="r@tj",
        timestamp=NOW,
    )
    receipt = open_signal(SOAP_CONTENT_TYPE, body, pmode=pair.kz_to_tj, now=NOW)
    assert isinstance(receipt, Receipt)
    verify_receipt(receipt, received.message.message_id, received.references)


def inside(mutation: Mutate) -> Mutate:
    """The envelope of a message changed, the rest as it was."""

    def change(octets: bytes, random: Random, seeds: Sequence[bytes]) -> bytes:
        start, end = octets.index(b"<?xml"), octets.index(b"</S12:Envelope>") + 15
        return octets[:start] + mutation(octets[start:end], random, seeds) + octets[end:]

    return change


def then_resigned(pair: Pair) -> Mutate:
    def change(octets: bytes, random: Random, _: Sequence[bytes]) -> bytes:
        root = parsed(octets)
        mutate_tree(root, random)
        resign(root, pair.kz.signer, pair.suite)
        return parsed_back(root)

    return change


def signals(pair: Pair) -> list[bytes]:
    """A receipt, a signed and an unsigned error."""
    common = {"signer": pair.tj.signer, "timestamp": NOW}
    wrong = EbmsError(ErrorCode.OTHER, detail="x", ref_to_message_id="0193-1@kz")
    return [
        build_receipt(pair.sealed().envelope, pmode=pair.tj_from_kz, receipt_id="r@tj", **common),  # type: ignore[arg-type]
        build_error(wrong, pmode=pair.tj_from_kz, signal_id="e@tj", **common),  # type: ignore[arg-type]
        build_error(wrong, pmode=None, signer=None, signal_id="e@tj", timestamp=NOW),
    ]


def signal(pair: Pair) -> Run:
    """What counts as a good receipt for the message has exactly its digests."""
    sent = pair.sealed()

    def run(octets: bytes, _: Random) -> str:
        try:
            found = open_signal(SOAP_CONTENT_TYPE, octets, pmode=pair.kz_to_tj, now=NOW)
            if isinstance(found, Receipt):
                verify_receipt(found, sent.message.message_id, sent.references)
        except EbmsError as error:
            return error.code
        return f"{TAKEN} {type(found).__name__}{' signed' if found.signed else ''}"

    return run


def pull(pair: Pair) -> Run:
    """Only who signed for the channel gets from it; what was signed for it is not changed."""

    def run(octets: bytes, _: Random) -> str:
        receiver = Receiver(pmode=replace(pair.kz_to_tj, mpc=CHANNEL), keys=(pair.kz.decryption,))
        try:
            received = receiver.receive(SOAP_CONTENT_TYPE, octets)
        except EbmsError as error:
            return error.code
        assert isinstance(received, ReceivedSignal)
        assert isinstance(received.signal, PullRequest)
        assert (received.signal.message_id, received.signal.mpc) == ("pull@tj", CHANNEL)
        return TAKEN

    return run


def pull_request(pair: Pair) -> bytes:
    pmode = replace(pair.tj_from_kz, mpc=CHANNEL)
    return build_pull_request(
        pmode=pmode, signer=pair.tj.signer, message_id="pull@tj", timestamp=NOW
    )


def targets() -> list[Target]:
    """All of them."""
    found = [
        Target(
            "splitter",
            25,
            [MULTIPART + b"\0" + PART * 2 + BASE64 + b"--b--\r\n", b"text/xml\0<a/>"],
            splitter,
        ),
        Target("headers", 15, [PART, MULTIPART, b"A: b\r\n c\r\nD:e"], headers),
        Target(
            "inflater",
            10,
            [gzip.compress(b"abc" * 99, mtime=0), gzip.compress(bytes(200_000), mtime=0)],
            inflater,
        ),
    ]
    eddsa = pair_by("eddsa")
    envelopes = [eddsa.sealed().envelope, *signals(eddsa)]
    found += [
        Target(
            "xml",
            8,
            [
                *envelopes,
                b"<?xml version='1.0' encoding='koi8-r'?><a xmlns:b='urn:c' b:d='&#10;'/>",
            ],
            xml,
        ),
        Target("header", 8, envelopes, header, mutate_envelope),
    ]
    for kind in KINDS:
        found += _of_suite(pair_by(kind), kind, 4 if kind == "eddsa" else 1)
    return found


def _of_suite(pair: Pair, kind: str, weight: int) -> list[Target]:
    sent, answers, resigned = messages(pair), signals(pair), then_resigned(pair)
    return [
        Target(f"reception octets {kind}", weight, sent, reception(pair)),
        Target(f"reception xml {kind}", weight, sent, reception(pair), inside(mutate_envelope)),
        Target(
            f"reception resigned {kind}", weight, sent, reception_resigned(pair), inside(resigned)
        ),
        Target(f"signal octets {kind}", weight, answers, signal(pair)),
        Target(f"signal xml {kind}", weight, answers, signal(pair), mutate_envelope),
        Target(f"pull xml {kind}", weight, [pull_request(pair)], pull(pair), mutate_envelope),
    ]
