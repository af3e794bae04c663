"""Every rule is the agreement file's: two nodes behave otherwise when nothing but its text is edited."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from msgspec.structs import replace
from tests.as4.world import NOW
from tests.exchange.papers import PLATE, arrive, declaration, deliver, information, item, paper
from tests.exchange.test_corrections import tell
from tests.exchange.world import Pair, with_agreement

from keruen import border
from keruen.agreement import read_agreement
from keruen.customs import CustomsOffice, Declaration
from keruen.errors import LocalError
from keruen.exchange import attach
from keruen.exchange.deadlines import look
from keruen.exchange.purging import purge
from keruen.messages import Acknowledgement, ArrivalInformation, PreliminaryInformation, decode
from keruen.store import Direction

TEXT = resources.files("keruen.agreement").joinpath("kz-tj.toml").read_text(encoding="utf-8")
FLOUR = declaration()
Act = Callable[[Pair], Awaitable[Any]]


def submitted(given: Declaration = FLOUR) -> Act:
    """What the sender's node says: its findings, or that the message is queued."""

    async def act(pair: Pair) -> Any:
        (result,) = pair.kz.submit(paper(given))
        return {one.code for one in result.findings} or str(result.result)

    return act


def answered(given: Declaration = FLOUR) -> Act:
    """What the receiver answers: outcome and codes."""

    async def act(pair: Pair) -> Any:
        pair.kz.submit(paper(given))
        await pair.settle()
        return outcome(pair)

    return act


def refused(given: Declaration) -> Act:
    """What the receiver answers to a partner whose program does not keep to the agreement."""

    async def act(pair: Pair) -> Any:
        await deliver(pair, information(pair.kz, declaration=given))
        return outcome(pair)

    return act


def outcome(pair: Pair) -> Any:
    (stored,) = pair.tj.messages(kind=Acknowledgement.__name__, direction=Direction.OUT)
    message = decode(stored.body)
    assert isinstance(message, Acknowledgement)
    return {one.code for one in message.findings} or str(message.outcome)


def on_the_wire(look: Callable[[Declaration], Any], given: Declaration = FLOUR) -> Act:
    async def act(pair: Pair) -> Any:
        pair.kz.submit(paper(given))
        await pair.settle()
        (stored,) = pair.tj.messages(kind=PreliminaryInformation.__name__)
        message = decode(stored.body)
        assert isinstance(message, PreliminaryInformation)
        return look(message.declaration)

    return act


def state_after(**span: float) -> Act:
    async def act(pair: Pair) -> Any:
        (result,) = pair.kz.submit(paper(FLOUR))
        await pair.settle()
        pair.clock.advance(**span)
        pair.tj.sweep()
        pair.tj.sweep()
        return str(pair.tj.state(result.consignment_id or ""))

    return act


def came(hours: float = 40, **facts: Any) -> Act:
    """The codes of what differs when the truck comes."""

    async def act(pair: Pair) -> Any:
        (result,) = pair.kz.submit(paper(FLOUR))
        await pair.settle()
        pair.clock.advance(hours=hours)
        registered = arrive(pair.tj, **facts)
        refusals = {one.code for one in registered.findings}
        found = pair.tj.discrepancies(result.consignment_id or "")
        return refusals or {str(one.code) for one in found}

    return act


def purged_after(**span: float) -> Act:
    """How much of an annulled consignment is removed by then."""

    async def act(pair: Pair) -> Any:
        pair.kz.submit(paper(FLOUR))
        await pair.settle()
        tell(pair.kz, kind="annulment", number=FLOUR.number or "", reason="withdrawn")
        await pair.settle()
        pair.clock.advance(**span)
        return sum(one.consignments for one in purge(pair.tj.store, pair.tj.context))

    return act


async def with_a_photograph(pair: Pair) -> Any:
    """What the post says to a file that is to travel with an arrival."""
    pair.kz.submit(paper(FLOUR))
    await pair.settle()
    photo = attach(pair.tj.store, pair.tj.context, "test", "photo.jpg", [b"octets"])
    arrival = border.arrival(post="TJ-GUL", arrived=pair.clock.now(), vehicle=PLATE)
    try:
        pair.tj.store.write_now(
            lambda tx: border.register_arrival(tx, pair.tj.context, arrival, (photo,))
        )
    except LocalError as error:
        return error.code
    return "taken"


async def deadline(pair: Pair) -> Any:
    """Deadlines that were missed after two hours without an answer."""
    pair.kz.submit(paper(FLOUR))
    pair.clock.advance(hours=2)
    pair.kz.store.write_now(lambda tx: look(tx, pair.kz.context))
    return {one.code for one in pair.kz.store.read(lambda r: r.deadlines_missed())}


async def mode(pair: Pair) -> Any:
    (result,) = pair.kz.submit(paper(FLOUR))
    await pair.settle()
    return pair.tj.consignment(result.consignment_id or "").mode


async def told_of_arrival(pair: Pair) -> Any:
    await came()(pair)
    await pair.settle()
    (stored,) = pair.kz.messages(kind=ArrivalInformation.__name__)
    message = decode(stored.body)
    assert isinstance(message, ArrivalInformation)
    return bool(message.transport_means)


NAMED = replace(FLOUR, office=CustomsOffice(code="39855302", name="Almaty", country="KZ"))
PERSONAL = replace(FLOUR, feature="ФЛ")
OFFICE = '[[office]]\ncode = "*"\ncountry = "KZ"'
LIVE = '{ state = "live", from = 2024-01-01 }'
RULES: dict[str, tuple[tuple[str, str], Act, Any, Any]] = {
    "deadline before crossing": (
        ('before_crossing = { "*" = 2, "2" = 2, "3" = 2 }', 'before_crossing = { "*" = 48 }'),
        submitted(),
        "queued",
        {"information-late"},
    ),
    "deadline before crossing, at the receiver": (
        ('before_crossing = { "*" = 2, "2" = 2, "3" = 2 }', 'before_crossing = { "*" = 48 }'),
        answered(),
        "accepted",
        {"information-late"},
    ),
    "deadline by mode": (
        (
            'before_crossing = { "*" = 2, "2" = 2, "3" = 2 }',
            'before_crossing = { "*" = 2, "2" = 48 }',
        ),
        submitted(),
        "queued",
        "queued",
    ),
    "which ETA counts": (
        ('eta = ["declared", "estimated"]', 'eta = ["estimated"]'),
        submitted(
            replace(
                FLOUR,
                itinerary=(replace(FLOUR.itinerary[1], ordinal=1, eta=NOW + timedelta(hours=1)),),
            )
        ),
        {"information-late"},
        "queued",
    ),
    "late after": (
        ('late_after = { "*" = 12, "2" = 24, "3" = 12 }', 'late_after = { "*" = 30 }'),
        came(hours=60),
        {"arrived-late"},
        set(),
    ),
    "overdue after": (
        ('overdue_after = { "*" = 24, "2" = 48, "3" = 24 }', 'overdue_after = { "*" = 48 }'),
        state_after(hours=70),
        "overdue",
        "under-way",
    ),
    "tolerance": (
        ("gross-mass-differs = { absolute = 20,", "gross-mass-differs = { absolute = 900,"),
        came(weighbridge=Decimal(20700)),
        {"gross-mass-differs"},
        set(),
    ),
    "phase": ((LIVE, '{ state = "test", from = 2024-01-01 }'), mode, "live", "test"),
    "phase that has ended": (
        (
            LIVE,
            f'{{ state = "live", from = 2024-01-01, until = {NOW.date() - timedelta(days=1)} }}',
        ),
        submitted(),
        "queued",
        {"phase-off"},
    ),
    "phase that begins tomorrow": (
        (LIVE, f'{{ state = "live", from = {NOW.date() + timedelta(days=2)} }}'),
        submitted(),
        "queued",
        {"phase-off"},
    ),
    "mandatory element": (
        ('"declaration.trading_country" = "O"', '"declaration.trading_country" = "M"'),
        submitted(),
        "queued",
        {"element-missing"},
    ),
    "mandatory element, at the receiver": (
        ('"declaration.items.description" = "M"', '"declaration.items.description" = "O"'),
        refused(
            replace(FLOUR, drivers=(), invoice=None, items=(item(price=None, description=None),))
        ),
        {"element-missing"},
        "accepted",
    ),
    "conditional element": (
        (
            '"declaration.trading_country" = "O"',
            '"declaration.trading_country" = { when = { "declaration.items.hs" = ["11*"] } }',
        ),
        submitted(),
        "queued",
        {"element-missing"},
    ),
    "condition that does not hold": (
        (
            '"declaration.trading_country" = "O"',
            '"declaration.trading_country" = { when = { "declaration.items.hs" = ["27*"] } }',
        ),
        submitted(),
        "queued",
        "queued",
    ),
    "element that is no longer listed": (
        ('"declaration.incoterms" = "C"\n', ""),
        on_the_wire(lambda sent: sent.incoterms, replace(FLOUR, incoterms="CPT")),
        "CPT",
        None,
    ),
    "withheld element": (
        ('  "declaration.drivers", ', '  "declaration.office.name", "declaration.drivers", '),
        on_the_wire(lambda sent: sent.office and sent.office.name, NAMED),
        "Almaty",
        None,
    ),
    "withheld element, at the receiver": (
        ('  "declaration.drivers", ', '  "declaration.office.name", "declaration.drivers", '),
        refused(replace(NAMED, drivers=(), invoice=None, items=(item(price=None),))),
        "accepted",
        {"element-not-agreed"},
    ),
    "excluded goods": (
        ('"declaration.feature" = ["ФЛ"]', '"declaration.feature" = ["ПФ"]'),
        submitted(PERSONAL),
        {"goods-excluded"},
        "queued",
    ),
    "excluded goods, at the receiver": (
        ('"declaration.feature" = ["ФЛ"]', '"declaration.feature" = ["ПФ"]'),
        refused(replace(PERSONAL, drivers=(), invoice=None, items=(item(price=None),))),
        {"goods-excluded"},
        "accepted",
    ),
    "office": (
        (OFFICE, OFFICE.replace("*", "39857201")),
        submitted(),
        "queued",
        {"office-not-participating"},
    ),
    "office that takes part later": (
        (OFFICE, f"{OFFICE}\nfrom = {NOW.date() + timedelta(days=2)}"),
        submitted(),
        "queued",
        {"office-not-participating"},
    ),
    "post that takes part no longer": (
        ('code = "TJ-GUL"\n', f'code = "TJ-GUL"\nuntil = {NOW.date() - timedelta(days=1)}\n'),
        came(),
        set(),
        {"post-unknown"},
    ),
    "retention of content": (
        ("content = 1825", "content = 30"),
        purged_after(days=60),
        0,
        1,
    ),
    "size of a file": (
        ("size = 1_073_741_824 }", "size = 5 }"),
        with_a_photograph,
        "taken",
        "attachment-too-large",
    ),
    "deadline of the acknowledgement": (
        ("acknowledgement = 1 ", "acknowledgement = 3 "),
        deadline,
        {"acknowledgement"},
        set(),
    ),
    "HS edition": (
        ('hs_edition = "2022"', 'hs_edition = "2017"'),
        on_the_wire(lambda sent: sent.items[0].hs_edition),
        "2022",
        "2017",
    ),
    "list of the arrival": (
        (
            '"transport_means" = { unless = { "consignment_id" = ["*"], "containers.id" = ["*"] } }\n',
            "",
        ),
        told_of_arrival,
        True,
        False,
    ),
}


@pytest.mark.parametrize("rule", RULES)
async def test_as_the_agreement_stands(rule: str, pair: Pair) -> None:
    _, act, as_it_stands, _ = RULES[rule]
    assert await act(pair) == as_it_stands


@pytest.mark.parametrize("rule", RULES)
async def test_a_rule_changes_with_the_text_of_the_agreement_alone(rule: str, pair: Pair) -> None:
    (old, new), act, _, edited = RULES[rule]
    assert old in TEXT
    changed = read_agreement(TEXT.replace(old, new))
    for node in (pair.kz, pair.tj):
        with_agreement(node, changed)
    assert await act(pair) == edited
