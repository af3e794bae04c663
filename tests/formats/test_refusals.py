from __future__ import annotations

import time

import pytest
from tests.formats.files import ASYCUDA, ESADOUT, FILES, JSON, WCO_DM, shared

from keruen import formats
from keruen.errors import InputError

LAUGHS = """<?xml version="1.0"?>
<!DOCTYPE ASYCUDA [
  <!ENTITY a "ha">
  <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<ASYCUDA>&c;</ASYCUDA>
"""
STRANGER = '<!DOCTYPE ASYCUDA SYSTEM "file:///etc/passwd"><ASYCUDA/>'


def refusal(data: bytes) -> InputError:
    began = time.perf_counter()
    with pytest.raises(InputError) as refused:
        formats.read(data)
    assert time.perf_counter() - began < 60, "a stranger's file must not hang the node"
    error = refused.value
    assert error.exit_code == 3
    assert "\n" not in str(error)
    assert len(str(error)) < 400
    return error


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data).code == "input-empty"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_file_is_refused_with_the_line_where_it_ends(name: str, share: float) -> None:
    data = FILES[name].encode()
    end = round(len(data) * share)
    error = refusal(data[:end])
    assert error.code in {"input-truncated", "xml-malformed", "json-malformed"}
    assert error.line is not None
    assert abs(error.line - data.count(b"\n", 0, end) - 1) <= 1


@pytest.mark.parametrize("name", FILES)
def test_no_beginning_of_a_file_makes_the_reader_fail(name: str) -> None:
    data = FILES[name].encode()
    for end in range(len(data.rstrip()) - 1):
        refusal(data[:end])


@pytest.mark.parametrize("text", [LAUGHS, STRANGER, f"<!-- no --><?why?>{STRANGER}"])
def test_a_dtd_is_refused(text: str) -> None:
    assert refusal(text.encode()).code == "xml-dtd"
    assert refusal(text.encode("utf-16")).code == "xml-dtd"


def test_a_dtd_is_refused_with_its_line() -> None:
    assert refusal(LAUGHS.encode()).line == 2


def test_an_entity_without_a_dtd_is_refused() -> None:
    error = refusal(ASYCUDA.replace(">EX<", ">&secret;<").encode())
    assert (error.code, error.line) == ("xml-malformed", 4)


def test_a_mentioned_dtd_is_none() -> None:
    text = ASYCUDA.replace(">EX<", "><![CDATA[EX]]><!-- <!DOCTYPE x> --><")
    assert formats.read(text.encode()).declaration.type == "EX"


def test_an_encoding_that_is_not_stated_is_refused() -> None:
    body = ESADOUT.partition("?>")[2].strip()
    assert refusal(body.encode("windows-1251")).code == "encoding-wrong"
    assert refusal(ESADOUT.encode("windows-1251")).code == "encoding-wrong"
    assert refusal(JSON.replace("E 77", "Э 77").encode("windows-1251")).code == "encoding-wrong"


def test_an_encoding_that_is_stated_wrongly_is_refused() -> None:
    text = ESADOUT.replace('encoding="utf-8"', 'encoding="windows-1251"')
    error = refusal(text.encode())
    assert (error.code, error.line) == ("encoding-wrong", 1)


@pytest.mark.parametrize("name", ["utf-7", "utf-32", "ebcdic-cp-us", "no-such"])
def test_an_encoding_that_is_not_taken_is_refused(name: str) -> None:
    text = ESADOUT.replace('encoding="utf-8"', f'encoding="{name}"')
    error = refusal(text.encode())
    assert error.code == "encoding-unknown"
    assert name in error.text


def test_utf_32_is_refused() -> None:
    for encoding in ("utf-32", "utf-32-le", "utf-32-be"):
        assert refusal(ASYCUDA.encode(encoding)).code in {"encoding-unknown", "format-unknown"}


def test_fifty_megabytes_are_refused_at_once() -> None:
    data = b"<ASYCUDA>" + b"x" * 50_000_000
    assert refusal(data).code == "input-too-large"


def test_millions_of_small_elements_are_refused() -> None:
    assert refusal(b"<ASYCUDA>" + b"<a/>" * 3_000_000).code == "input-too-large"
    assert refusal(b'{"kind":' + b"[],".join([b""] * 3_000_000)).code == "input-too-large"


def test_a_text_beyond_all_measure_is_refused() -> None:
    assert refusal(b"<ASYCUDA><a>" + b"x" * 11_000_000).code == "input-too-large"


def test_elements_too_deep_in_each_other_are_refused() -> None:
    assert refusal(b"<ASYCUDA>" + b"<a>" * 300 + b"</a>" * 300).code == "input-too-deep"
    assert refusal(b'{"kind":' * 500).code == "input-too-deep"
    assert refusal(b'{"kind":' + b"[" * 400_000).code == "input-too-deep"


def test_brackets_in_a_text_are_not_deep() -> None:
    text = JSON.replace('"E 77"', f'"{"[" * 60}\\\\"')
    assert formats.read(text.encode()).declaration.number == "[" * 60 + "\\"


def test_many_quotes_take_no_time() -> None:
    assert refusal(b'{"kind": "' + b'\\"' * 2_000_000).code == "input-truncated"


def test_the_sample_that_is_not_well_formed_is_refused_with_its_line() -> None:
    error = refusal(shared("samples/wco-dm/TT_EX002a.xml").read_bytes())
    assert (error.code, error.line) == ("xml-malformed", 72)


def test_text_after_the_document_is_refused() -> None:
    assert refusal(f"{WCO_DM}<more/>".encode()).code == "xml-malformed"
    assert refusal(f"{JSON}{JSON}".encode()).code == "json-malformed"


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ('"number":', '"number": "1", "number":', "json-duplicate", "number"),
        ("1020.75", "1e999999", "number-unusable", "items[0].gross_mass"),
        ("1020.75", "1e99999999999999999999999", "number-unusable", "items[0].gross_mass"),
        ("1020.75", "NaN", "number-unusable", "items[0].gross_mass"),
        ("1020.75", "-Infinity", "number-unusable", "items[0].gross_mass"),
        ("1020.75", '"NaN"', "number-unusable", "items[0].gross_mass"),
        ("1020.75", "1" * 5000, "number-unusable", "items[0].gross_mass"),
        ("1020.75", '"heavy"', "declaration-invalid", "items[0].gross_mass"),
        ("1020.75", "[1]", "declaration-invalid", "items[0].gross_mass"),
        ('"ordinal": 1', '"ordinal": 1.5', "declaration-invalid", "items[0].ordinal"),
        ('"ordinal": 1, ', "", "declaration-invalid", "items[0]"),
        ('"export"', '"smuggling"', "declaration-invalid", "kind"),
        ('"export"', "null", "declaration-invalid", "kind"),
        ('"E 77"', '"E\\u000077"', "text-unusable", "number"),
        ('"E 77"', '"E\\ud80077"', "text-unusable", "number"),
        ('"E 77"', '"E", "created": "2026-02-01T10:00:00"', "time-without-offset", "created"),
        ('"E 77"', '"E", "registered": "0001-02-01"', "date-unusable", "registered"),
        ('"E 77"', '"E", "registered": "yesterday"', "declaration-invalid", "registered"),
        ('"number"', '"num\\u0000ber"', "value-invalid", "'num\\x00ber'"),
    ],
)
def test_json_that_is_no_declaration_is_refused_with_the_path(
    old: str, new: str, code: str, path: str
) -> None:
    assert old in JSON
    error = refusal(JSON.replace(old, new).encode())
    assert (error.code, error.path) == (code, path)


def test_json_is_refused_with_its_line() -> None:
    error = refusal(JSON.replace('"E 77",', '"E 77"').encode())
    assert (error.code, error.line) == ("json-malformed", 4)


@pytest.mark.parametrize("text", ["[1e5, 2]", '{"a": 1}', "{", "[", "[[]", '{"kind"'])
def test_other_json_is_refused(text: str) -> None:
    assert refusal(text.encode()).code in {"format-unknown", "input-truncated"}
