from __future__ import annotations

import base64
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keruen.wire import (
    End,
    Event,
    LimitError,
    OutgoingPart,
    PartBegin,
    PartData,
    PartEnd,
    Splitter,
    SplitterLimits,
    WireError,
    multipart_size,
    related_content_type,
    write_multipart,
)

TYPE = "multipart/related; boundary=b"
Parts = list[tuple[dict[str, str], bytes]]


def split(content_type: str, chunks: Iterable[bytes], **limits: int) -> Parts:
    """Parts of a body; also checks that events come in their order and nothing after End."""
    splitter = Splitter(content_type, SplitterLimits(**limits))
    events: list[Event] = []
    for chunk in chunks:
        events += splitter.feed(chunk)
    events += splitter.close()
    assert isinstance(events.pop(), End)
    parts: Parts = []
    inside = False
    for event in events:
        assert isinstance(event, PartBegin) is not inside
        if isinstance(event, PartBegin):
            parts.append((dict(event.headers.fields), b""))
            inside = True
        elif isinstance(event, PartData):
            assert event.data
            parts[-1] = (parts[-1][0], parts[-1][1] + event.data)
        else:
            assert isinstance(event, PartEnd)
            inside = False
    assert not inside
    return parts


def cut(octets: bytes, steps: Iterable[int]) -> list[bytes]:
    chunks, position = [], 0
    for step in steps:
        chunks.append(octets[position : position + step])
        position += step
    return [*chunks, octets[position:]]


# Octets that look like delimiters, so that every near miss is tried.
octets = st.lists(
    st.sampled_from([b"\r", b"\n", b"-", b"--", b"--b", b"\r\n--b", b"\r\n--bc", b"x", b" ", b"b"])
).map(b"".join)
cuts = st.lists(st.integers(0, 7), max_size=60)


@given(st.lists(octets.filter(lambda o: b"\n--b" not in b"\n" + o + b"\r\n"), max_size=4), cuts)
def test_what_was_written_is_read_however_it_is_cut(
    contents: list[bytes], steps: list[int]
) -> None:
    parts = [
        OutgoingPart((("A", str(i)),), lambda content=content: iter([content]), len(content))  # type: ignore[misc]
        for i, content in enumerate(contents, 1)
    ]
    body = b"".join(write_multipart(parts, "b"))
    assert len(body) == multipart_size(parts, "b")
    expected = [({"A": str(i)}, content) for i, content in enumerate(contents, 1)]
    assert split(TYPE, cut(body, steps)) == expected


@given(octets, cuts)
def test_any_body_is_read_the_same_however_it_is_cut(middle: bytes, steps: list[int]) -> None:
    body = b"--b\r\nA: 1\r\n\r\n" + middle + b"\r\n--b--\r\n"

    def outcome(chunks: list[bytes]) -> Parts | str:
        try:
            return split(TYPE, chunks)
        except WireError as error:
            return str(error)

    assert outcome(cut(body, steps)) == outcome([body])


@pytest.mark.parametrize(
    "body",
    [
        b"--b\r\nA: 1\r\n\r\nhello\r\n--b--\r\n",
        b"--b\r\nA: 1\r\n\r\nhello\r\n--b--",
        b"\r\n--b\r\nA: 1\r\n\r\nhello\r\n--b--\r\n",
        b"a preamble --b\r\n--bb\r\n--b\r\nA: 1\r\n\r\nhello\r\n--b--\r\nand an epilogue\r\n--b\r\n",
        b"--b\nA: 1\n\nhello\n--b--\n",
        b"--b \t\r\nA: 1\r\n\r\nhello\r\n--b--  \r\n",
        b"--b\r\nA:\r\n 1\r\n\r\nhello\r\n--b--\r\n",
    ],
    ids=["plain", "no-last-line-end", "empty-line-first", "preamble", "lf", "padding", "folded"],
)
def test_what_peers_send_is_tolerated(body: bytes) -> None:
    assert split(TYPE, [body]) == [({"A": "1"}, b"hello")]


@pytest.mark.parametrize(
    "content_type",
    [
        "multipart/related; boundary=b",
        'multipart/related; boundary="b"',
        'Multipart/Related;type="application/soap+xml"; BOUNDARY=b; start="<x@y>"',
        'multipart/related; start-info="a;b=\\"c"; boundary=b;',
    ],
)
def test_a_boundary_may_be_quoted_or_not(content_type: str) -> None:
    assert split(content_type, [b"--b\r\n\r\nx\r\n--b--"]) == [({}, b"x")]


def test_parts_may_lack_headers_and_content() -> None:
    body = b"--b\r\n\r\nx\r\n--b\r\nA: 1\r\n\r\n\r\n--b\r\nA: 2\r\n\r\n--b--"
    assert split(TYPE, [body]) == [({}, b"x"), ({"A": "1"}, b""), ({"A": "2"}, b"")]


@given(st.binary(max_size=300), cuts)
def test_a_body_that_is_not_multipart_is_one_part(body: bytes, steps: list[int]) -> None:
    content_type = "application/soap+xml; charset=UTF-8"
    assert split(content_type, cut(body, steps)) == [({"Content-Type": content_type}, body)]


@given(st.binary(max_size=200), st.integers(1, 80), cuts)
def test_base64_is_undone(content: bytes, width: int, steps: list[int]) -> None:
    text = base64.b64encode(content)
    lines = b"\r\n".join(text[i : i + width] for i in range(0, len(text), width))
    body = b"--b\r\nContent-Transfer-Encoding: BASE64\r\n\r\n" + lines + b"\r\n--b--"
    assert [part[1] for part in split(TYPE, cut(body, steps))] == [content]


@pytest.mark.parametrize("encoding", ["binary", "8bit", "7bit"])
def test_other_transfer_encodings_are_the_octets_themselves(encoding: str) -> None:
    body = f"--b\r\nContent-Transfer-Encoding: {encoding}\r\n\r\na=\r\n--b--".encode()
    assert split(TYPE, [body])[0][1] == b"a="


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        ("multipart/related", b"", "without a usable boundary"),
        ('multipart/related; boundary=""', b"", "without a usable boundary"),
        ("multipart/related; boundary=a; boundary=b", b"", "given twice"),
        ("nonsense", b"", "no media type"),
        ("a/b; x=y z", b"", "cannot be read"),
        (TYPE, b"", "before its closing boundary"),
        (TYPE, b"--b\r\nA: 1\r\n\r\nhello", "before its closing boundary"),
        (TYPE, b"--b\r\nA: 1\r\n\r\nhello\r\n--b", "line|before its closing boundary"),
        (TYPE, b"--b\r\nno colon\r\n\r\nx\r\n--b--", "without a field name"),
        (TYPE, b"--b\r\nContent-ID: <a>\r\ncontent-id: <b>\r\n\r\nx\r\n--b--", "repeated"),
        (TYPE, b"--b\r\nContent-Transfer-Encoding: x-uu\r\n\r\nx\r\n--b--", "not supported"),
        (TYPE, b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--b--", "not base64"),
        (TYPE, b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJ\r\n--b--", "cut short"),
        (TYPE, b"--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQQ==QQ==\r\n--b--", "base64"),
    ],
)
def test_what_is_wrong_is_refused(content_type: str, body: bytes, text: str) -> None:
    with pytest.raises(WireError, match=text) as refused:
        split(content_type, cut(body, [9] * 20))
    assert refused.value.code == "wire-mime"


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        ({"header_size": 10}, "header size of a part exceeds the limit of 10"),
        ({"part_size": 4}, "size of a part exceeds the limit of 4"),
        ({"parts": 1}, "number of parts exceeds the limit of 1"),
        ({"total_size": 40}, "message size exceeds the limit of 40"),
    ],
)
@pytest.mark.parametrize("step", [1, 1000])
def test_limits_hold(limits: dict[str, int], text: str, step: int) -> None:
    body = b"--b\r\nAA: 1234567\r\n\r\nhello\r\n--b\r\n\r\nx\r\n--b--\r\n"
    assert len(split(TYPE, [body])) == 2
    with pytest.raises(LimitError, match=text) as refused:
        split(TYPE, cut(body, [step] * len(body)), **limits)
    assert refused.value.code == "wire-limit"


def test_a_header_without_end_is_refused_before_it_fills_the_memory() -> None:
    splitter = Splitter(TYPE)
    splitter.feed(b"--b\r\n")
    lines = [b"X: " + b"y" * 1000 + b"\r\n"] * 16
    for line in lines:
        splitter.feed(line)
    with pytest.raises(LimitError, match="header size"):
        splitter.feed(lines[0])


def test_the_content_type_of_a_written_body_is_understood() -> None:
    body = b"--q=1\r\n\r\nx\r\n--q=1--\r\n"
    content_type = related_content_type("q=1", "application/soap+xml", "root@kz")
    assert split(content_type, [body]) == [({}, b"x")]
    parameters = Splitter(content_type).media_type.parameters
    assert parameters["start"] == "<root@kz>"
    assert parameters["type"] == "application/soap+xml"
