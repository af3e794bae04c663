"""JSON on the wire: what is written is read back, and what cannot be used is refused with its path."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.customs.strategies import structs

from keruen.customs import (
    Amount,
    Declaration,
    DeclarationKind,
    GoodsItem,
    TransportMeans,
    check,
    refuses,
)
from keruen.errors import RemoteError
from keruen.messages import (
    ASKING,
    KINDS,
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    ArrivalInformation,
    DeclarationStatus,
    EmptyVehicle,
    Enquiry,
    EnquiryReply,
    Entry,
    Header,
    ImportInformation,
    Mode,
    Office,
    PreliminaryInformation,
    Range,
    Stage,
    StatusReport,
    Tally,
    Way,
    decode,
    encode,
    kind_of,
    structure_of,
)

ID = "0199c0de-0000-7000-8000-000000000001"
OTHER = "0199c0de-0000-7000-8000-00000000000a"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HEADER = Header(
    message_id=ID,
    created=NOON,
    structure="keruen:PreliminaryInformation",
    version="1.0",
    agreement="kz-tj-2023",
    stage=Stage.EXPORT,
    mode=Mode.TEST,
    sender=Office(country="KZ", office="39857201"),
    receiver=Office(country="TJ"),
)
FLOUR = GoodsItem(ordinal=1, hs="1101001500", gross_mass=Decimal("20060.50"))
MESSAGE = PreliminaryInformation(
    header=HEADER,
    consignment_id=OTHER,
    declaration=Declaration(
        kind=DeclarationKind.EXPORT,
        number="57201/231126/0000017",
        released=NOON,
        invoice=Amount(value=Decimal(7800), currency="USD"),
        items=(FLOUR,),
    ),
)

DIGEST = "0f" * 32
ASKED: dict[str, Any] = {
    "enquiry_id": OTHER,
    "message_ids": (ID, OTHER),
    "country": "UZ",
    "declaration": DeclarationStatus(number="X-1", kind="export", released=NOON),
    "agreement_version": "1",
    "agreement_digest": DIGEST,
    "tallies": (Tally(Way.SENT, "Amendment", 1, DIGEST),),
    "ranges": (
        Range(Way.SENT, NOON, NOON + timedelta(days=1), 1, DIGEST, (Entry(ID, DIGEST),)),
        Range(Way.RECEIVED, NOON, NOON + timedelta(days=1), 0, DIGEST),
    ),
}
"""Elements of enquiries, replies and reports that have a form of their own."""

quiet = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=50
)


def messages(kind: type[AnyMessage]) -> st.SearchStrategy[AnyMessage]:
    """Any sound message of a kind; what has a form of its own is given."""
    fixed: dict[str, Any] = {"header": HEADER}
    for name in ("consignment_id", "arrival_id"):
        if name in kind.__struct_fields__:
            fixed[name] = OTHER
    for name in ("post", "declaration_number", "registration_number", "reason"):
        if name in kind.__struct_fields__:
            fixed[name] = "X-1"
    if kind.__name__ in ASKING:
        fixed |= {k: value for k, value in ASKED.items() if k in kind.__struct_fields__}
    return structs(kind, wild=False).map(
        lambda message: kind(**{**_elements(message), **fixed, **_counted(message)})
    )


def _elements(message: AnyMessage) -> dict[str, Any]:
    return {name: getattr(message, name) for name in message.__struct_fields__}


def _counted(message: AnyMessage) -> dict[str, Any]:
    """What has a least number."""
    match message:
        case PreliminaryInformation(ordinal=ordinal):
            return {"ordinal": max(1, ordinal)}
        case Amendment(ordinal=ordinal) | Annulment(ordinal=ordinal):
            return {"ordinal": max(2, ordinal)}
        case EmptyVehicle(transport_means=()):
            return {"transport_means": (TransportMeans(identity="X-1"),)}
        case _:
            return {}


def plain() -> Any:
    return json.loads(encode(MESSAGE))


def altered(path: str, value: Any) -> bytes:
    """The message with one element set."""
    message = plain()
    *groups, name = path.split(".")
    inner = message
    for group in groups:
        inner = inner[int(group)] if group.isdigit() else inner[group]
    inner[int(name) if name.isdigit() else name] = value
    return json.dumps(message).encode()


def outcome(data: bytes) -> AnyMessage | None:
    """The message, or None when it is refused; nothing else may happen."""
    try:
        return decode(data)
    except RemoteError:
        return None


def declared(data: bytes) -> Declaration:
    message = decode(data)
    assert isinstance(message, PreliminaryInformation)
    return message.declaration


def refusal(data: bytes) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        decode(data)
    assert caught.value.code == "message-invalid"
    return caught.value


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@quiet
def test_what_is_written_is_read_back(kind: str, data: st.DataObject) -> None:
    message = data.draw(messages(KINDS[kind]))
    written = encode(message)
    assert decode(written) == message
    assert encode(decode(written)) == written


@given(structs(Declaration, wild=False))
@quiet
def test_what_the_checks_pass_the_other_side_can_read(declaration: Declaration) -> None:
    message = PreliminaryInformation(header=HEADER, consignment_id=OTHER, declaration=declaration)
    if not refuses(check(declaration, today=NOON.date())):
        assert decode(encode(message)) == message


def test_the_order_of_members_is_that_of_the_model() -> None:
    assert encode(MESSAGE) == (
        b'{"kind":"PreliminaryInformation","header":{'
        b'"message_id":"0199c0de-0000-7000-8000-000000000001","created":"2026-11-23T12:00:00Z",'
        b'"structure":"keruen:PreliminaryInformation","version":"1.0","agreement":"kz-tj-2023",'
        b'"stage":"export","mode":"test","sender":{"country":"KZ","office":"39857201"},'
        b'"receiver":{"country":"TJ"}},'
        b'"consignment_id":"0199c0de-0000-7000-8000-00000000000a",'
        b'"declaration":{"kind":"export","number":"57201/231126/0000017",'
        b'"released":"2026-11-23T12:00:00Z","invoice":{"value":"7800","currency":"USD"},'
        b'"items":[{"ordinal":1,"hs":"1101001500","gross_mass":"20060.50"}]}}'
    )


def test_numbers_are_exact_as_text_and_as_json_numbers() -> None:
    for mass in ("20060.50", 20060.5, 20061):
        declaration = declared(altered("declaration.items.0.gross_mass", mass))
        assert declaration.items[0].gross_mass == Decimal(str(mass))
    data = encode(MESSAGE).replace(b'"20060.50"', b"0.10000000000000000055")
    assert declared(data).items[0].gross_mass == Decimal("0.10000000000000000055")


def test_a_member_that_is_not_known_is_passed_over() -> None:
    """A later minor version adds members; whether they are agreed is the data list's to say."""
    assert decode(altered("declaration.later", {"deep": [1, 2]})) == MESSAGE


@pytest.mark.parametrize("name", Header.__struct_fields__)
def test_a_header_states_all_but_what_it_refers_to(name: str) -> None:
    message = plain()
    message["header"].pop(name, None)
    data = json.dumps(message).encode()
    if name == "refers_to":
        assert decode(data) == MESSAGE
    else:
        assert name in refusal(data).text
        assert refusal(data).path == "header"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("header.message_id", ""),
        ("header.message_id", "1"),
        ("header.message_id", ID.upper()),
        ("header.message_id", ID + "\n"),
        ("header.message_id", f"{{{ID}}}"),
        ("header.message_id", 7),
        ("header.created", "2026-11-23T12:00:00"),
        ("header.created", "2026-11-23"),
        ("header.created", "9999-12-31T23:59:59-12:00"),
        ("header.created", 1_800_000_000),
        ("header.structure", ""),
        ("header.version", "1"),
        ("header.version", "one.zero"),
        ("header.version", "1.0\n"),
        ("header.agreement", ""),
        ("header.agreement", "k" * 257),
        ("header.stage", "import"),
        ("header.mode", "LIVE"),
        ("header.sender", None),
        ("header.sender.country", "KAZ"),
        ("header.sender.country", "kz"),
        ("header.receiver.country", ""),
        ("header.receiver.office", 7),
        ("header.refers_to", "x" * 257),
        ("consignment_id", "7"),
        ("consignment_id", None),
        ("ordinal", 0),
        ("ordinal", 2**31),
        ("ordinal", 10**30),
        ("ordinal", "1"),
        ("ordinal", 1.5),
        ("ordinal", True),
        ("declaration", []),
        ("declaration.kind", "exports"),
        ("declaration.number", 17),
        ("declaration.number", "1" * 257),
        ("declaration.number", "1\0"),
        ("declaration.language", "я" * 32_769),
        ("declaration.released", "2026-11-23T12:00:00"),
        ("declaration.released", "2026-02-30T12:00:00Z"),
        ("declaration.registered", "2026-11-23T12:00:00Z"),
        ("declaration.registered", "0001-01-01"),
        ("declaration.containerised", "true"),
        ("declaration.gross_mass", "NaN"),
        ("declaration.gross_mass", "sNaN"),
        ("declaration.gross_mass", "-Infinity"),
        ("declaration.gross_mass", "1e999999"),
        ("declaration.gross_mass", "1e-999999"),
        ("declaration.gross_mass", "0e999"),
        ("declaration.gross_mass", "9" * 19),
        ("declaration.gross_mass", "0." + "9" * 21),
        ("declaration.gross_mass", "9" * 100_000),
        ("declaration.gross_mass", "twenty"),
        ("declaration.gross_mass", "1,5"),
        ("declaration.gross_mass", [1]),
        ("declaration.items.0", None),
        ("declaration.items.0.ordinal", -(2**31)),
        ("declaration.items.0.gross_mass", "Infinity"),
        ("declaration.items.0.description", "\ufffe"),
    ],
)  # fmt: skip
def test_an_element_that_cannot_be_used_is_refused_by_its_path(path: str, value: Any) -> None:
    place = path if path.startswith("header") else path.replace(".0", "[0]")
    assert refusal(altered(path, value) if "." in path else set_at_root(path, value)).path == place


def set_at_root(name: str, value: Any) -> bytes:
    return json.dumps(plain() | {name: value}).encode()


@pytest.mark.parametrize("name", ["items", "seals", "documents"])
def test_a_list_is_a_list(name: str) -> None:
    assert refusal(altered(f"declaration.{name}", {"0": {}})).path == f"declaration.{name}"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b"{}",
        b'"text"',
        b"7",
        b"not JSON",
        encode(MESSAGE)[:-1],
        encode(MESSAGE) + b"{}",
        b"\xef\xbb\xbf" + encode(MESSAGE),
        encode(MESSAGE).decode().encode("utf-16"),
        encode(MESSAGE).replace(b"kz-tj-2023", b"kz-\xff"),
        encode(MESSAGE).replace(b"kz-tj-2023", b"kz-\\ud800"),
        encode(MESSAGE).replace(b'"20060.50"', b"NaN"),
        encode(MESSAGE).replace(b'"20060.50"', b"1e999999"),
        encode(MESSAGE).replace(b'"20060.50"', b"9" * 5_000),
    ],
    ids=lambda data: repr(data[:12]),
)
def test_what_is_no_message_is_refused(data: bytes) -> None:
    assert "does not follow its JSON Schema" in refusal(data).text


@pytest.mark.parametrize("kind", ["Correction", "preliminaryinformation", "", None, 7])
def test_an_unknown_kind_is_refused(kind: Any) -> None:
    assert refusal(json.dumps(plain() | {"kind": kind}).encode()).path == "kind"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "PreliminaryInformation"])
def test_one_kind_is_not_another(kind: str) -> None:
    refusal(json.dumps(plain() | {"kind": kind}).encode())


@pytest.mark.parametrize("nested", [b"[", b'{"x":'])
def test_depth_without_end_is_refused(nested: bytes) -> None:
    closing = b"]" if nested == b"[" else b"}"
    deep = nested * 100_000 + b"1" + closing * 100_000
    assert "too deep" in refusal(encode(MESSAGE)[:-1] + b',"later":' + deep + b"}").text


def test_a_member_that_stands_twice_is_refused() -> None:
    """Another reader might take the other one."""
    twice = encode(MESSAGE).replace(b'"hs":', b'"hs":"2710124500","hs":')
    assert "hs" in refusal(twice).text
    escaped = encode(MESSAGE).replace(b'"hs":', b'"\\u0068s":"2710124500","hs":')
    assert "hs" in refusal(escaped).text
    unknown = encode(MESSAGE)[:-1] + b',"later":{"a":1,"a":1}}'
    assert "stands twice" in refusal(unknown).text


@given(st.binary())
def test_any_bytes_are_a_message_or_a_refusal(data: bytes) -> None:
    assert outcome(data) is None


@given(st.integers(0, len(encode(MESSAGE)) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_message_is_a_message_or_a_refusal(place: int, bite: bytes) -> None:
    data = encode(MESSAGE)
    message = outcome(data[:place] + bite + data[place + len(bite) :])
    if message is not None:
        assert decode(encode(message)) == message


def test_a_refusal_keeps_an_intruders_text_short() -> None:
    twice = b'{"kind":"X","' + b"a" * 10_000 + b'":1,"' + b"a" * 10_000 + b'":1}'
    assert len(refusal(encode(MESSAGE)[:-1] + b',"later":' + twice + b"}").text) < 300
    told = refusal(json.dumps(plain() | {"kind": "\x1b[2J\0" + "K" * 10_000}).encode()).text
    assert len(told) < 300
    assert told.isprintable()


def test_an_offset_is_kept_as_an_instant() -> None:
    dushanbe = NOON.astimezone(timezone(timedelta(hours=5)))
    message = decode(altered("header.created", dushanbe.isoformat()))
    assert message.header.created == NOON


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_named_after_its_structure(kind: str) -> None:
    assert structure_of(KINDS[kind]) == f"keruen:{kind}"


def test_kinds_are_those_that_are_exchanged() -> None:
    assert kind_of(MESSAGE) == "PreliminaryInformation"
    assert list(KINDS.values()) == [
        PreliminaryInformation,
        Amendment,
        Annulment,
        EmptyVehicle,
        Acknowledgement,
        ArrivalInformation,
        ImportInformation,
        Enquiry,
        EnquiryReply,
        StatusReport,
    ]
