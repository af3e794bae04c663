"""What is really on the wire, decrypted: nothing that the agreement does not name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from msgspec import inspect
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import header
from tests.exchange.world import KEYS, Pair, Sent, line_of, the_agreement, with_agreement

from keruen.agreement import Requirement, known_paths
from keruen.as4 import Reception
from keruen.customs import Discrepancy, DiscrepancyCode
from keruen.exchange import send
from keruen.exchange.quarantine import Quarantine
from keruen.messages import KINDS, AnyMessage, kind_of

LISTED = tuple(the_agreement().data_list)
ALWAYS = {"kind", "header", "consignment_id", "ordinal", "withdrawn"}


def filled(type_: inspect.Type, path: str) -> Any:
    """A value in which every element is there and every text names where it stands."""
    match type_:
        case inspect.StructType(cls=cls):
            return cls(**{field.name: value_of(field, path) for field in fields(cls)})
        case inspect.UnionType(types=types):
            return filled(next(t for t in types if not isinstance(t, inspect.NoneType)), path)
        case inspect.VarTupleType(item_type=inner):
            return (filled(inner, path), filled(inner, path))
        case inspect.EnumType(cls=cls):
            return list(cls)[-1]
        case inspect.StrType(pattern=pattern):
            return next(
                one for one in (f"text of {path}", *SHAPED) if re.search(pattern or "", one)
            )
        case _:
            return LEAVES[type(type_)]


def fields(cls: type) -> Iterator[Any]:
    yield from msgspec.structs.fields(cls)


def value_of(field: Any, path: str) -> Any:
    """A default is not written: another member of the enumeration is."""
    value = filled(inspect.type_info(field.type), f"{path}/{field.name}")
    return next(one for one in type(value) if one is not value) if value is field.default else value


SHAPED = ("01a20d29-cf55-7e98-983e-86a30d8ea44e", "KZ", "1.0", "ab" * 32)
"""Texts of the shapes that elements may ask for: id, country, version, digest."""

LEAVES: dict[type, Any] = {
    inspect.DecimalType: Decimal("77.125"),
    inspect.IntType: 77,
    inspect.BoolType: True,
    inspect.DateType: date(2026, 11, 20),
    inspect.DateTimeType: NOW,
}


def whole(pair: Pair, kind: str) -> AnyMessage:
    """A message with every element that there is."""
    struct = KINDS[kind]
    values: dict[str, Any] = {"header": header(pair.kz, struct)}
    for field in fields(struct):
        if field.name in {"consignment_id", "arrival_id"}:
            values[field.name] = pair.clock.new_id()
        elif field.name == "post":
            values["post"] = "KZ-KON" if kind == "ArrivalInformation" else "TJ-FOT"
        elif field.name != "header":
            values[field.name] = filled(inspect.type_info(field.type), field.name)
    if "discrepancies" in values:
        values["discrepancies"] = tuple(
            Discrepancy(
                code=code,
                item=1,
                path="p",
                declared="d",
                found=f"found by {code}",
                tolerance="t",
            )
            for code in DiscrepancyCode
        )
    return struct(**values)


def opened(sent: Sent) -> Any:
    """The JSON in a request, as the receiver's keys open it: what an eavesdropper with them would see."""
    parts: dict[str, Quarantine] = {}
    pmode = line_of("TJ", "KZ").peers["KZ"].pmode
    reception = Reception(
        sent.content_type,
        keys=(KEYS["TJ"].decryption,),
        partners=lambda _: pmode,
        now=NOW,
        quarantine=lambda part: parts.setdefault(part, Quarantine()),
    )
    reception.receive_data(sent.body)
    reception.finish()
    (part,) = parts.values()
    return msgspec.json.decode(b"".join(part.chunks))


async def on_the_wire(pair: Pair, message: AnyMessage) -> Any:
    agreement = pair.kz.context.agreements[0]
    pair.kz.store.write_now(lambda tx: send(tx, pair.kz.context, agreement, message))
    await pair.kz.send_once()
    return opened(pair.wire.sent[-1])


def paths_of(plain: Any, prefix: str = "") -> Iterator[str]:
    """Paths of the leaves, without indexes."""
    if isinstance(plain, dict):
        for name, inner in plain.items():
            yield from paths_of(inner, f"{prefix}.{name}" if prefix else name)
    elif isinstance(plain, list | tuple) and plain and isinstance(plain[0], dict | list):
        for inner in plain:
            yield from paths_of(inner, prefix)
    else:
        yield prefix


def is_allowed(path: str, kind: str) -> bool:
    agreement = the_agreement()
    steps = path.split(".")
    groups = {".".join(steps[:n]) for n in range(1, len(steps) + 1)}
    if groups & set(agreement.withheld):
        return False
    return bool(groups & (ALWAYS | set(agreement.data_list[kind])))


@pytest.mark.parametrize("kind", LISTED)
async def test_of_a_message_with_every_element_only_the_agreed_ones_are_on_the_wire(
    pair: Pair, kind: str
) -> None:
    message = whole(pair, kind)
    assert len(set(paths_of(msgspec.to_builtins(message)))) >= len(leaves_of(kind))
    found = set(paths_of(await on_the_wire(pair, message)))
    assert [path for path in found if not is_allowed(path, kind)] == []
    assert {path for path in leaves_of(kind) if is_allowed(path, kind)} <= found


def leaves_of(kind: str) -> set[str]:
    """Elements of a kind that hold no others."""
    paths = known_paths(kind)
    groups = {path.rpartition(".")[0] for path in paths}
    return {path for path in paths if path not in groups and not path.startswith("header.")}


@pytest.mark.parametrize("kind", LISTED)
async def test_no_text_of_a_withheld_element_is_anywhere_on_the_wire(pair: Pair, kind: str) -> None:
    message = whole(pair, kind)
    plain = msgspec.json.encode(await on_the_wire(pair, message)).decode()
    for secret in ("drivers", "signatory", "invoice", "customs_value", "charges", "price"):
        assert f"/{secret}" not in plain
        assert f'"{secret}"' not in plain
    assert "found by value-differs" not in plain


async def test_a_difference_in_a_value_that_nobody_listed_is_not_told_either(pair: Pair) -> None:
    with_agreement(pair.kz, replace(the_agreement(), withheld=()))
    plain = await on_the_wire(pair, whole(pair, "ImportInformation"))
    assert "value-differs" not in [one["code"] for one in plain["discrepancies"]]


async def test_an_element_travels_when_the_agreement_comes_to_name_it(pair: Pair) -> None:
    agreed = the_agreement()
    listed = {**agreed.data_list["ImportInformation"], "items.value": Requirement.OPTIONAL}
    lists = {**agreed.data_list, "ImportInformation": listed}
    with_agreement(pair.kz, replace(agreed, data_list=lists, withheld=()))
    plain = await on_the_wire(pair, whole(pair, "ImportInformation"))
    assert plain["items"][0]["value"] == {
        "value": "77.125",
        "currency": "text of items/value/currency",
    }
    assert "value-differs" in [one["code"] for one in plain["discrepancies"]]


async def test_an_acknowledgement_tells_of_the_message_only_what_findings_name(pair: Pair) -> None:
    message = whole(pair, "Acknowledgement")
    plain = await on_the_wire(pair, message)
    assert plain.keys() == {
        "kind", "header", "outcome", "consignment_id", "registration_number", "findings"
    }  # fmt: skip
    told = {"code", "text", "severity", "path", "declared", "values"}
    assert set(plain["findings"][0]) <= told


async def test_header_and_envelope_tell_nothing_of_the_content(pair: Pair) -> None:
    """What travels unencrypted: ids, parties, kind, time."""
    message = whole(pair, "PreliminaryInformation")
    await on_the_wire(pair, message)
    (sent,) = pair.wire.sent
    assert b"text of" not in sent.body
    assert b"77.125" not in sent.body
    for hidden in ("office", "declaration", "header"):
        assert f"<{hidden}".encode() not in sent.body


async def test_what_is_stored_as_sent_is_what_was_sent(pair: Pair) -> None:
    message = whole(pair, "PreliminaryInformation")
    plain = await on_the_wire(pair, message)
    (stored,) = pair.kz.messages()
    assert msgspec.json.decode(stored.body) == plain
    assert stored.kind == kind_of(message)
    assert isinstance(stored.created, datetime)
