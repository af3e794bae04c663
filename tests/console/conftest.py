"""A Tajik node on a cold night: what it was told, what came, and what it answered."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from litestar.testing import TestClient

# Tests are no packages, yet those of this room share who comes in.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.console.people import client_in, session_cookie
from tests.console.serving import CHROMIUM, QUIET, Served, Visitor, serving

from keruen.agreement import Agreement, read_agreement
from keruen.agreement.instruments import Register, read_register
from keruen.clock import Clock, ClockSettings
from keruen.config.instruments import first_text
from keruen.console import create_app
from keruen.customs import (
    Container,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Discrepancy,
    DiscrepancyCode,
    EtaBasis,
    GoodsItem,
    ItineraryStop,
    Packaging,
    Party,
    Seal,
    TransportKind,
    TransportMeans,
)
from keruen.exchange import HANDLERS, Context, Happening, Incoming, new_header, record, send, sweep
from keruen.messages import (
    STRUCTURE_VERSION,
    AnyMessage,
    ArrivalInformation,
    FoundItem,
    Header,
    ImportInformation,
    Mode,
    Office,
    PreliminaryInformation,
    Stage,
    encode,
    kind_of,
    structure_of,
)
from keruen.store import Direction, Envelope, InboxEntry, Message, Refusal, Store, Transaction

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BOX = "MSKU 708412-2"
NIGHT = datetime(2026, 11, 23, 20, 40, tzinfo=UTC)
"""01:40 on 24 November in Dushanbe."""


@dataclass
class Node:
    """One node, and what befalls it."""

    store: Store
    context: Context
    agreement: Agreement

    def at(self, shown: datetime) -> Node:
        """The same node at another time."""
        settings = ClockSettings(real=Clock.wall(), shown=shown, rate=0.001)
        return replace(self, context=replace(self.context, clock=Clock(settings)))

    @property
    def now(self) -> datetime:
        return self.context.clock.now()

    def receive(self, message: AnyMessage) -> None:
        """As if the partner had sent it."""
        self.store.write_now(lambda tx: self._receive(tx, message))

    def _receive(self, tx: Transaction, message: AnyMessage) -> None:
        body, header = encode(message), message.header
        ebms_id = f"{header.message_id}@kz.keruen"
        tx.add_message(
            Message(
                corridor=self.agreement.corridor,
                message_id=header.message_id,
                direction=Direction.IN,
                partner=header.sender.country,
                kind=kind_of(message),
                created=header.created,
                stored=self.now,
                body=body,
                ebms_id=ebms_id,
                consignment_id=getattr(message, "consignment_id", None),
                refers_to=header.refers_to,
            )
        )
        tx.add_envelope(self.envelope(ebms_id, Direction.IN, body))
        tx.add_inbox(
            InboxEntry(
                ebms_id=ebms_id,
                partner=header.sender.country,
                references=hashlib.sha256(body).digest(),
                received=self.now,
                action=kind_of(message),
                payload_id=header.message_id,
                mime_type="application/json",
                receipt_id=f"receipt-{header.message_id}",
                receipt_time=self.now,
                handled=self.now,
            )
        )
        plain = msgspec.json.decode(body)
        incoming = Incoming(message=message, partner=header.sender.country, plain=plain)
        HANDLERS[kind_of(message)](tx, self.context, self.agreement, incoming)

    def envelope(self, ebms_id: str, direction: Direction, body: bytes) -> Envelope:
        return Envelope(
            corridor=self.agreement.corridor,
            ebms_id=ebms_id,
            direction=direction,
            partner=self.agreement.other(self.context.country),
            envelope=b"<Envelope>" + ebms_id.encode() + b"</Envelope>",
            references=hashlib.sha256(body).digest(),
            digests="#messaging\tq0Yt0Tl2kXbqE1s4QpJx5l7v0yYw8b1o5Jk3m9n2a1c=\n"
            "cid:content\tVb2nE4w8k1Jm0s7yQ3xZr5t6u9p2a4d8f1g3h5j7k9l=",
            stored=self.now,
            receipt_id=f"receipt-{ebms_id}",
            receipt_time=self.now,
            receipt=b"<Receipt/>" if direction is Direction.OUT else None,
        )

    def answer(self, message: AnyMessage, happening: Happening) -> AnyMessage:
        """Send a message of this node about a consignment."""

        def act(tx: Transaction) -> AnyMessage:
            sent = send(tx, self.context, self.agreement, message)
            subject = str(
                getattr(message, "consignment_id", None) or getattr(message, "arrival_id", "")
            )
            record(
                tx,
                self.context,
                self.agreement.corridor,
                subject,
                happening,
                at=getattr(message, "arrived", None),
                cause=kind_of(message),
                message=message,
            )
            return sent

        return self.store.write_now(act)

    def delivered(self, message: AnyMessage) -> None:
        def act(tx: Transaction) -> None:
            header = message.header
            tx.outbox_delivered(self.agreement.corridor, header.message_id, self.now)
            ebms_id = f"{header.message_id}@{self.context.country.lower()}.keruen"
            tx.add_envelope(self.envelope(ebms_id, Direction.OUT, encode(message)))

        self.store.write_now(act)

    def header(self, kind: type[AnyMessage], **more: Any) -> Header:
        """Of a message of this node."""
        given = {"stage": Stage.EXPORT, "mode": Mode.LIVE} | more
        return new_header(self.context, self.agreement, kind, **given)

    def partner_header(self, kind: type[AnyMessage]) -> Header:
        return Header(
            message_id=self.context.clock.new_id(),
            created=self.now,
            structure=structure_of(kind),
            version=STRUCTURE_VERSION,
            agreement=self.agreement.id,
            stage=Stage.EXPORT,
            mode=Mode.LIVE,
            sender=Office(country=self.agreement.other(self.context.country)),
            receiver=Office(country=self.context.country),
        )

    def announced(self, reference: str, plate: str, **more: Any) -> PreliminaryInformation:
        """Preliminary information of the partner, received and handled."""
        message = PreliminaryInformation(
            header=self.partner_header(PreliminaryInformation),
            consignment_id=self.context.clock.new_id(),
            declaration=declaration(reference, plate, **more),
        )
        self.receive(message)
        return message


def declaration(  # an announced truck; every argument is what a test may care about
    reference: str,
    plate: str,
    *,
    eta: datetime | None = None,
    post: str | None = "TJ-FOT",
    basis: EtaBasis = EtaBasis.DECLARED,
    goods: str = "Мука пшеничная",
    hs: str = "110100",
    mass: str = "21450",
    container: str | None = None,
    items: int = 1,
    mode: str = "3",
) -> Declaration:
    office = CustomsOffice(code=post, country="TJ") if post else None
    stops = [
        ItineraryStop(ordinal=1, country="KZ", office=CustomsOffice(code="KZ-KON", country="KZ")),
        ItineraryStop(ordinal=2, country="UZ"),
    ]
    if office or eta:
        stops.append(
            ItineraryStop(ordinal=3, country="TJ", office=office, eta=eta, eta_basis=basis)
        )
    return Declaration(
        kind=DeclarationKind.EXPORT,
        number=reference,
        released=NIGHT - timedelta(hours=20),
        procedure="10",
        office_of_exit=CustomsOffice(code="KZ-KON", country="KZ"),
        containerised=container is not None,
        item_count=items,
        package_count=Decimal(840 * items),
        country_of_dispatch="KZ",
        country_of_destination="TJ",
        consignor=Party(id="990540000123", name="ТОО «Алтын Дән»"),
        consignee=Party(id="020012345", name="ҶДММ «Нони Тоҷик»"),
        carrier=Party(name="ИП Ержанов"),
        itinerary=tuple(stops),
        transport_means=(
            TransportMeans(mode=mode, identity=plate, nationality="KZ"),
            TransportMeans(
                mode=mode, identity="77BHA13", kind=TransportKind.TRAILER, nationality="KZ"
            ),
        ),
        containers=(Container(id=container),) if container else (),
        seals=(Seal(number="KZ0194522"),),
        gross_mass=Decimal(mass),
        items=tuple(
            GoodsItem(
                ordinal=ordinal,
                hs=hs,
                description=goods,
                gross_mass=Decimal(mass) / items,
                net_mass=Decimal(mass) / items - 250,
                packages=(Packaging(count=Decimal(840), kind="BG"),),
                origin="KZ",
            )
            for ordinal in range(1, items + 1)
        ),
    )


@pytest.fixture(scope="session")
def agreement() -> Agreement:
    return read_agreement((resources.files("keruen.agreement") / "kz-tj.toml").read_text("utf-8"))


@pytest.fixture
def store_url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    store = Store.open(store_url)
    yield store
    store.close()


def the_register() -> Register:
    """What the node directory of Tajikistan begins with."""
    return read_register(first_text("KZ", "TJ"))


@pytest.fixture
def node(store: Store, agreement: Agreement) -> Node:
    clock = Clock(ClockSettings(real=Clock.wall(), shown=NIGHT, rate=0.001))
    return Node(
        store,
        Context(country="TJ", agreements=(agreement,), clock=clock, register=the_register()),
        agreement,
    )


@pytest.fixture
def busy(node: Node) -> Node:
    """The node with a night's traffic: late, near, far, arrived, imported, unannounced, refused."""
    hour = timedelta(hours=1)
    before = node.at(NIGHT - 40 * hour)
    before.announced("39857201/221126/0004417", "528ADZ13", eta=NIGHT - 26 * hour)
    come = before.announced("39857201/211126/0004398", "902ABT13", eta=NIGHT - 2 * hour)
    evening = node.at(NIGHT - 6 * hour)
    evening.announced("39857201/231126/0004502", "071KLM02", eta=NIGHT - 3 * hour, container=BOX)
    evening.announced(
        "39855302/231126/0011876", "А 415 ОР 05", eta=NIGHT + hour, goods="Трубы стальные", items=3
    )
    late = node.at(NIGHT - timedelta(minutes=95))
    late.announced(
        "39855302/231126/0011901",
        "933BCA02",
        eta=NIGHT + 9 * hour,
        basis=EtaBasis.ESTIMATED,
        goods="Масло подсолнечное рафинированное",
        container="TCLU 456120-3",
    )
    late.announced("39855302/231126/0011910", "640TTA02", eta=NIGHT + 20 * hour, post="TJ-NAU")
    late.announced("39855302/231126/0011915", "219HHA02", post=None)
    late.announced("39857201/231126/0004511", "180KOA13", eta=NIGHT + 5 * hour, hs="")
    arrival = node.at(NIGHT - hour).answer(_arrival(node, come), Happening.ARRIVED)
    node.at(NIGHT - hour).delivered(arrival)
    imported = node.at(NIGHT - 0.2 * hour).answer(_import(node, come), Happening.IMPORTED)
    node.delivered(imported)
    _unannounced(node)
    node.store.write_now(lambda tx: sweep(tx, node.context))
    node.store.write_now(lambda tx: _refusals_and_failures(tx, node))
    return node


def _arrival(node: Node, come: PreliminaryInformation) -> AnyMessage:
    return ArrivalInformation(
        header=node.header(ArrivalInformation, refers_to=come.header.message_id),
        arrival_id=node.context.clock.new_id(),
        consignment_id=come.consignment_id,
        post="TJ-FOT",
        arrived=NIGHT - timedelta(minutes=70),
        registered=NIGHT - timedelta(minutes=65),
        transport_means=come.declaration.transport_means,
        seals=(Seal(number="KZ0194599"),),
        weighbridge=Decimal(21610),
        items=(FoundItem(item=1, hs="110100", packages=Decimal(836)),),
        discrepancies=(
            Discrepancy(
                code=DiscrepancyCode.OTHER_SEAL,
                declared="KZ0194522",
                found="KZ0194599",
                path="seals",
            ),
            Discrepancy(
                code=DiscrepancyCode.QUANTITY_SHORT,
                item=1,
                path="items[0].packages",
                declared="840",
                found="836",
                tolerance="1 packages",
            ),
        ),
    )


def _import(node: Node, come: PreliminaryInformation) -> AnyMessage:
    return ImportInformation(
        header=node.header(ImportInformation, refers_to=come.header.message_id),
        consignment_id=come.consignment_id,
        declaration_number="TJ-FOT/241126/0000071",
        procedure="40",
        accepted=date(2026, 11, 24),
        items=(
            FoundItem(
                item=1,
                hs="110100",
                gross_mass=Decimal(19900),
                net_mass=Decimal(21180),
                packages=Decimal(840),
                origin="RU",
            ),
        ),
        discrepancies=(
            Discrepancy(
                code=DiscrepancyCode.GROSS_MASS_DIFFERS,
                item=1,
                path="items[0].gross_mass",
                declared="21450",
                found="19900",
                tolerance="max(20 kg, 2 %)",
            ),
            Discrepancy(
                code=DiscrepancyCode.OTHER_ORIGIN,
                item=1,
                path="items[0].origin",
                declared="KZ",
                found="RU",
            ),
        ),
    )


def _unannounced(node: Node) -> None:
    message = ArrivalInformation(
        header=node.header(ArrivalInformation),
        arrival_id=node.context.clock.new_id(),
        post="TJ-DUS",
        arrived=NIGHT - timedelta(minutes=20),
        registered=NIGHT,
        transport_means=(TransportMeans(mode="3", identity="312EEA02"),),
        weighbridge=Decimal(8400),
    )
    node.answer(message, Happening.UNANNOUNCED)


def _refusals_and_failures(tx: Transaction, node: Node) -> None:
    waiting = tx.messages(direction=Direction.OUT)
    tx.outbox_failed(
        node.agreement.corridor,
        waiting[-1].message_id,
        "EBMS:0101 the partner refused the signature",
    )
    tx.outbox_retry(node.agreement.corridor, waiting[-2].message_id, node.now, "connection refused")
    tx.add_refusal(
        Refusal(
            refusal_id=node.context.clock.new_id(),
            at=node.now - timedelta(hours=4),
            source="KZ",
            code="EBMS:0101",
            text="the message does not pass the security checks",
            detail="SignedInfo: signature does not verify with the pinned certificate",
            message_id="4d1c@kz.keruen",
        )
    )
    tx.add_refusal(
        Refusal(
            refusal_id=node.context.clock.new_id(),
            at=node.now,
            source="KZ",
            code="message-invalid",
            text="the message does not follow its JSON Schema",
            detail="$.declaration.items[0].gross_mass",
        )
    )


AnyClient = TestClient[Any]


@pytest.fixture
def client_as(busy: Node) -> Iterator[Callable[..., AnyClient]]:
    """Gives a client in which somebody of a role is: ``client_as("officer", posts={"TJ-FOT"})``."""
    with ExitStack() as open_clients:

        def come(*roles: str, **scope: Any) -> AnyClient:
            client = client_in(busy.store, busy.context, *roles, **scope)
            return open_clients.enter_context(client)

        yield come


@pytest.fixture
def client(client_as: Callable[..., AnyClient]) -> AnyClient:
    """A client in which somebody of every role is."""
    return client_as()


@pytest.fixture(scope="module")  # until it is closed no other event loop runs in this thread
def chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def served(busy: Node) -> Iterator[Served]:
    """The pages of the busy node on a port of this machine."""
    with serving(create_app(store=busy.store, context=busy.context)) as served:
        yield served


@pytest.fixture
def site(served: Served) -> str:
    return served.address


@pytest.fixture
def browser_as(chromium: Browser, busy: Node) -> Callable[..., Visitor]:
    """Gives a browser in which somebody of a role is: ``browser_as("officer", posts={"TJ-FOT"})``."""
    return lambda *roles, **scope: Visitor(
        chromium, session_cookie(busy.store, busy.context, *roles, **scope)
    )


@pytest.fixture
def browser(browser_as: Callable[..., Visitor]) -> Visitor:
    """A browser in which somebody of every role is."""
    return browser_as()
