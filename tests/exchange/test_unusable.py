"""Messages that were delivered and cannot be used: kept with the reason, answered, harmless."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from tests.exchange.papers import (
    answers,
    arrived,
    declaration,
    deliver,
    header,
    information,
    item,
    number,
    paper,
    rejected,
    sealed_by,
)
from tests.exchange.world import CORRIDOR, Pair, the_agreement, with_agreement

from keruen.agreement import Agreement, PhaseState
from keruen.exchange import HANDLERS, Context, Incoming, State
from keruen.messages import (
    Mode,
    Office,
    Outcome,
    PreliminaryInformation,
    Stage,
    encode,
)
from keruen.store import OutboxState, Transaction

WRONG_HEADERS: dict[str, dict[str, Any]] = {
    "header.sender.country": {"sender": Office(country="TJ")},
    "header.receiver.country": {"receiver": Office(country="UZ")},
    "header.agreement": {"agreement": "kz-uz"},
    "header.structure": {"structure": "keruen:Acknowledgement"},
    "header.version": {"version": "2.0"},
    "header.mode": {"mode": Mode.TEST},
}


@pytest.mark.parametrize("path", WRONG_HEADERS)
async def test_a_header_that_contradicts_sender_or_agreement_begins_no_consignment(
    pair: Pair, path: str
) -> None:
    wrong = header(pair.kz, PreliminaryInformation, **WRONG_HEADERS[path])
    message = information(pair.kz, header=wrong)
    code = "phase-differs" if path == "header.mode" else "header-mismatch"
    assert await rejected(pair, message) == {path: code}
    assert pair.tj.counts()["consignments"] == {}
    (refusal,) = pair.tj.refusals()
    assert (refusal.code, refusal.detail, refusal.raw) == (code, path, encode(message))


async def test_all_that_is_wrong_with_a_header_is_said_at_once(pair: Pair) -> None:
    wrong = header(pair.kz, PreliminaryInformation, agreement="other", version="9.0")
    found = await rejected(pair, information(pair.kz, header=wrong))
    assert found.keys() == {"header.agreement", "header.version"}


async def test_a_minor_version_is_taken(pair: Pair) -> None:
    newer = header(pair.kz, PreliminaryInformation, version="1.7")
    await deliver(pair, information(pair.kz, header=newer))
    assert pair.tj.counts()["consignments"] == {"accepted": 1}


async def test_a_phase_that_is_off_is_answered_in_the_phase_in_which_it_came(pair: Pair) -> None:
    phases = {Stage.EXPORT: PhaseState.OFF, Stage.TRANSIT: PhaseState.TEST}
    with_agreement(pair.tj, replace(the_agreement(), phases=phases))
    found = await rejected(pair, information(pair.kz))
    assert found == {"header.mode": "phase-differs"}
    (answer,) = answers(pair.tj)
    assert (answer.header.stage, answer.header.mode) == (Stage.EXPORT, Mode.LIVE)


async def test_a_kind_that_is_not_the_action_is_refused(pair: Pair) -> None:
    found = await rejected(pair, information(pair.kz), action="ArrivalInformation")
    assert found == {"kind": "kind-mismatch"}


async def test_an_element_that_is_not_in_the_data_list_is_rejected_with_its_path(
    pair: Pair,
) -> None:
    whole = declaration()
    found = await rejected(pair, information(pair.kz, declaration=whole))
    assert found == {
        "declaration.drivers": "element-not-agreed",
        "declaration.invoice": "element-not-agreed",
        "declaration.items.price": "element-not-agreed",
    }
    assert pair.tj.counts()["consignments"] == {"rejected": 1}


async def test_a_member_that_this_release_does_not_know_is_rejected_with_its_path(
    pair: Pair,
) -> None:
    message = information(pair.kz)
    plain = msgspec.to_builtins(message)
    plain["declaration"]["items"][0]["shoe_size"] = 43
    await deliver(pair, msgspec.json.encode(plain))
    (answer,) = answers(pair.tj)
    assert [(f.code, f.path) for f in answer.findings] == [
        ("element-not-agreed", "declaration.items.shoe_size")
    ]


async def test_a_mandatory_element_that_is_missing_is_rejected_with_its_path(pair: Pair) -> None:
    bare = declaration(drivers=(), invoice=None, items=(item(price=None, hs=None),))
    found = await rejected(pair, information(pair.kz, declaration=bare))
    assert found["declaration.items[0].hs"] == "element-missing"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"{",
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"kind": "Gossip"}',
        b'{"kind": "PreliminaryInformation", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
)
async def test_what_is_no_message_is_refused_and_answered(pair: Pair, body: bytes) -> None:
    await deliver(pair, body)
    (answer,) = answers(pair.tj)
    assert answer.outcome is Outcome.REJECTED
    assert [finding.code for finding in answer.findings] == ["message-invalid"]
    (refusal,) = pair.tj.refusals()
    assert (refusal.code, refusal.raw) == ("message-invalid", body)
    assert answer.header.refers_to == (refusal.message_id or "").partition("@")[0]
    await pair.settle()
    assert pair.tj.counts()["outbox"] == {"delivered": 1}


async def test_an_unreadable_message_of_another_program_is_answered_without_reference(
    pair: Pair,
) -> None:
    await deliver(pair, b"{}", message_id="not-a-uuid@holodeck")
    (answer,) = answers(pair.tj)
    assert answer.header.refers_to is None


def crashing(tx: Transaction, context: Context, agreement: Agreement, incoming: Incoming) -> None:
    HANDLERS["PreliminaryInformation"](tx, context, agreement, incoming)
    raise ZeroDivisionError("a defect")


async def test_a_handler_that_crashes_leaves_nothing_and_the_sender_is_told(pair: Pair) -> None:
    pair.tj.inbox.handlers = {**pair.tj.handlers, "PreliminaryInformation": crashing}
    message = information(pair.kz)
    assert await rejected(pair, message) == {"": "internal-error"}
    (refusal,) = pair.tj.refusals()
    assert refusal.detail == "ZeroDivisionError('a defect')"
    assert refusal.raw == encode(message)
    assert pair.tj.counts()["consignments"] == {}
    (answer,) = answers(pair.tj)
    assert "defect" not in encode(answer).decode()


async def test_a_poison_message_does_not_hold_up_its_batch(mixed_pair: Pair) -> None:
    pair = mixed_pair
    pair.kz.submit(*(paper(number(n)) for n in range(1, 8)))
    await pair.kz.send_once()
    for poison in (b"{}", encode(arrived(pair.kz))):
        sent = sealed_by(pair.kz, poison)
        await pair.tj.take(sent.content_type, b"".join(sent.chunks()))
    pair.kz.submit(*(paper(number(n)) for n in range(8, 12)))
    await pair.kz.send_once()
    assert pair.tj.counts()["inbox"]["waiting"] == 13
    assert await pair.tj.inbox.round() == 13
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 13}
    assert pair.tj.counts()["consignments"] == {"accepted": 11}
    assert pair.tj.counts()["refusals"] == 2


async def test_a_message_of_a_partner_without_agreement_leaves_the_queue(pair: Pair) -> None:
    await pair.tj.take(*request(pair))
    pair.tj.inbox.context = dataclasses.replace(pair.tj.context, agreements=())
    assert await pair.tj.inbox.round() == 1
    assert pair.tj.counts()["inbox"] == {"waiting": 0, "handled": 1}
    (refusal,) = pair.tj.refusals()
    assert refusal.code == "agreement-unknown"
    assert await pair.tj.inbox.round() == 0


async def test_while_the_database_is_away_a_message_waits(pair: Pair) -> None:
    await pair.tj.take(*request(pair))
    write = pair.tj.store.write

    async def broken(operation: Any) -> Any:
        raise OSError("the database is away")

    pair.tj.store.write = broken  # type: ignore[method-assign]
    with pytest.raises(OSError, match="away"):
        await pair.tj.inbox.round()
    pair.tj.store.write = write  # type: ignore[method-assign]
    assert pair.tj.counts()["inbox"]["waiting"] == 1
    await pair.tj.inbox.round()
    assert pair.tj.counts()["consignments"] == {"accepted": 1}
    assert pair.tj.refusals() == []


def request(pair: Pair) -> tuple[str, bytes]:
    sent = sealed_by(pair.kz, information(pair.kz))
    return sent.content_type, b"".join(sent.chunks())


async def test_refusals_are_told_across_the_line_and_both_come_to_rest(pair: Pair) -> None:
    """An Acknowledgement of a refused message reaches the sender and rejects what it announced."""
    phases = {Stage.EXPORT: PhaseState.TEST, Stage.TRANSIT: PhaseState.TEST}
    with_agreement(pair.tj, replace(the_agreement(), phases=phases))
    (result,) = pair.kz.submit(paper(declaration()))
    await pair.settle()
    assert pair.kz.state(result.consignment_id or "") is State.REJECTED
    assert pair.kz.counts()["outbox"] == {str(OutboxState.DELIVERED): 1}
    assert pair.kz.refusals() == []
    assert (
        pair.tj.store.read(lambda r: r.consignment(CORRIDOR, result.consignment_id or "")) is None
    )
