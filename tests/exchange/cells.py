"""Cells of the tables, tried on a node: states are built once, and what a cell does is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace
from sqlalchemy import Connection
from tests.exchange.papers import arrived, declaration, header, information, item
from tests.exchange.world import CORRIDOR, Node, Pair, the_agreement

from keruen.agreement import Agreement
from keruen.customs import Struct, TransportMeans
from keruen.exchange import HANDLERS, Incoming, State
from keruen.exchange.facts import begun
from keruen.exchange.incoming import UnusableError, check_header
from keruen.exchange.outcomes import TAKEN_BY, Case
from keruen.messages import (
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    EmptyVehicle,
    ImportInformation,
    Outcome,
    decode,
    encode,
    kind_of,
)
from keruen.store import Direction, Event, Message, Role, Transaction

CONTENT = declaration(drivers=(), invoice=None, items=(item(price=None),))


class Did(Struct, frozen=True):
    """What a message did.

    Attributes:
        outcome: of the business answer; None where there was none.
        codes: of its findings, or of those for which the message was refused whole.
        whole: whether it was refused whole.
        happened: what was recorded of the consignment.
        state: of the consignment afterwards; None where it is not known.
        sent: kinds of the messages that it made the node send.
    """

    outcome: Outcome | None = None
    codes: tuple[str, ...] = ()
    whole: bool = False
    happened: tuple[str, ...] = ()
    state: State | None = None
    sent: tuple[str, ...] = ()


class Bench:
    """A node in one transaction that is never committed: `cell` gives a part of it that is taken back."""

    def __init__(self, node: Node, connection: Connection) -> None:
        self.node, self.connection = node, connection
        self.tx = Transaction(connection)

    @contextmanager
    def cell(self) -> Iterator[Transaction]:
        """What is done within is taken back at the end."""
        with self.connection.begin_nested() as point:
            yield Transaction(self.connection)
            point.rollback()

    def took(
        self,
        message: AnyMessage,
        agreement: Agreement | None = None,
        subject: str = "",
        look: Callable[[Transaction], object] = lambda _: None,
    ) -> Did:
        """What a message does to a consignment; `look` sees what else it has done, before it is taken back."""
        with self.cell() as tx:
            before = {row.message_id for row in tx.messages(direction=Direction.OUT)}
            try:
                take(tx, self.node, agreement or the_agreement(), message)
            except UnusableError as error:
                look(tx)
                codes = tuple(one.code for one in error.findings)
                return Did(codes=codes, whole=True, **_of(tx, subject))
            look(tx)
            return Did(**_answer(tx, message, before), **_of(tx, subject))


@contextmanager
def bench(node: Node) -> Iterator[Bench]:
    """A node to try cells on."""
    with node.store._writing.connect() as connection, connection.begin() as transaction:
        yield Bench(node, connection)
        transaction.rollback()


def _of(tx: Transaction, subject: str) -> dict[str, Any]:
    one = tx.consignment(CORRIDOR, subject)
    happened = tuple(event.name for event in tx.events(CORRIDOR, subject))
    return {"happened": happened, "state": State(one.state) if one else None}


def _answer(tx: Transaction, message: AnyMessage, before: set[str]) -> dict[str, Any]:
    made = tx.messages(direction=Direction.OUT)[::-1]
    sent = [row for row in made if row.message_id not in before]
    for row in sent:
        answer = decode(row.body)
        if isinstance(answer, Acknowledgement) and row.refers_to == message.header.message_id:
            codes = tuple(one.code for one in answer.findings)
            return {"outcome": answer.outcome, "codes": codes}
    return {"sent": tuple(row.kind for row in sent)}


def message_of(  # noqa: PLR0911 - one for each case
    case: Case, node: Node, consignment: str
) -> AnyMessage:
    """A message that nothing is wrong with, from `node`."""
    match case:
        case Case.ANNOUNCEMENT:
            return information(node, consignment_id=consignment, declaration=CONTENT, ordinal=2)
        case Case.AMENDMENT:
            return Amendment(
                header=header(node, Amendment),
                consignment_id=consignment,
                ordinal=2,
                declaration=CONTENT,
            )
        case Case.ANNULMENT:
            return Annulment(
                header=header(node, Annulment), consignment_id=consignment, ordinal=2, reason="sold"
            )
        case Case.EMPTY_VEHICLE:
            return EmptyVehicle(
                header=header(node, EmptyVehicle),
                consignment_id=consignment,
                transport_means=(TransportMeans(identity="1"),),
                post="TJ-GUL",
                eta=node.clock.now(),
            )
        case Case.ARRIVAL:
            return arrived(node, consignment_id=consignment)
        case Case.PARTIAL_ARRIVAL:
            return arrived(node, consignment_id=consignment, partial=True)
        case Case.UNANNOUNCED_ARRIVAL:
            return arrived(node, arrival_id=consignment)
        case Case.WITHDRAWN_ARRIVAL:
            return arrived(node, consignment_id=consignment, withdrawn=True)
        case Case.IMPORT:
            number = header(node, ImportInformation)
            return ImportInformation(
                header=replace(number, sender=replace(number.sender, office="TJ-DUS")),
                consignment_id=consignment,
                declaration_number="IM-1",
            )


def sides(pair: Pair, case: Case) -> tuple[Node, Node]:
    """Who sends a message and who takes it."""
    taken_by_receiver = TAKEN_BY[case][0] is Role.RECEIVER
    return (pair.kz, pair.tj) if taken_by_receiver else (pair.tj, pair.kz)


def put(
    tx: Transaction, node: Node, role: Role, consignment: str, state: State, mode: str = "live"
) -> None:
    """A consignment in a state, however it came there."""
    partner = "KZ" if node.country == "TJ" else "TJ"
    first = information(node, consignment_id=consignment)
    event = Event(
        corridor=CORRIDOR, event_id=node.clock.new_id(), consignment_id=consignment, name="x",
        at=node.clock.now(), recorded=node.clock.now(), cause="test",
    )  # fmt: skip
    row = begun(node.context, event, first)
    tx.put_consignment(replace(row, role=role, partner=partner, state=state, mode=mode))


def every_state(
    one: Bench, role: Callable[[State], Role], mode: str = "live"
) -> dict[State | None, str]:
    """State → id of a consignment that is in it; the id under None is of none."""
    found: dict[State | None, str] = {state: one.node.clock.new_id() for state in (None, *State)}
    for state, consignment in found.items():
        if state is not None:
            put(one.tx, one.node, role(state), consignment, state, mode)
    return found


def take(tx: Transaction, node: Node, agreement: Agreement, message: AnyMessage) -> None:
    """As the inbox does, but for payload and envelope."""
    incoming = Incoming(message, message.header.sender.country, to_builtins(message))
    check_header(node.context, agreement, incoming)
    tx.add_message(
        Message(
            corridor=CORRIDOR,
            message_id=message.header.message_id,
            direction=Direction.IN,
            partner=incoming.partner,
            kind=kind_of(message),
            created=message.header.created,
            stored=node.clock.now(),
            body=encode(message),
            ebms_id=f"{message.header.message_id}@x",
            consignment_id=getattr(message, "consignment_id", None),
        )
    )
    HANDLERS[kind_of(message)](tx, node.context, agreement, incoming)
