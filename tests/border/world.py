"""Declarations with plausible values, and a node that they are handed to; a test names what it is about."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import count
from typing import Any

import msgspec
from msgspec.structs import replace

from keruen import border, formats
from keruen.agreement import Agreement, PhaseState, cut, read_agreement
from keruen.border import Arrival, ArrivalRegistered, Expected
from keruen.clock import Clock
from keruen.customs import (
    Container,
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Document,
    DocumentKind,
    EtaBasis,
    GoodsItem,
    ItineraryStop,
    Packaging,
    Party,
    Seal,
    TransportKind,
    TransportMeans,
)
from keruen.exchange import Context, Incoming, Submitted, due, prepare, rebuild, sweep, take
from keruen.messages import (
    AnyMessage,
    ArrivalInformation,
    Header,
    ImportInformation,
    Mode,
    Office,
    PreliminaryInformation,
    Stage,
    decode,
    encode,
    kind_of,
    structure_of,
)
from keruen.store import Consignment, Direction, DiscrepancyRow, Event, Message, Store, Transaction

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""When everything arrives that does not say otherwise."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
CORRIDOR = "KZ-TJ"
POST = "TJ-FOT"
RAIL_POST = "TJ-NAU"
TRUCK, TRAILER = "123 ABC 02", "45 XYZ 02"
REFERENCE = "55302/221126/0012345"
WAYBILL = "KZ 0034512"
CONTAINER = "KRNU1234565"

_numbers = count(1)


@cache
def agreement() -> Agreement:
    return read_agreement((files("keruen.agreement") / "kz-tj.toml").read_text("utf-8"))


def truck(identity: str = TRUCK, **values: Any) -> TransportMeans:
    return TransportMeans(identity=identity, **{"mode": "3", "nationality": "KZ", **values})


def trailer(identity: str = TRAILER) -> TransportMeans:
    return truck(identity, kind=TransportKind.TRAILER)


def wagon(identity: str, kind: TransportKind = TransportKind.WAGON) -> TransportMeans:
    return TransportMeans(mode="2", kind=kind, identity=identity)


def waybill(number: str = WAYBILL) -> Document:
    return Document(kind=DocumentKind.TRANSPORT, code="02015", number=number)


def preceding(number: str = REFERENCE) -> Document:
    return Document(kind=DocumentKind.PRECEDING, code="821", number=number)


def item(ordinal: int = 1, **values: Any) -> GoodsItem:
    return replace(
        GoodsItem(
            ordinal=ordinal,
            hs="1101001500",
            hs_edition="2022",
            description="Мука пшеничная",
            gross_mass=Decimal(20_200),
            net_mass=Decimal(20_000),
            packages=(Packaging(count=Decimal(400), kind="BG"),),
            origin="KZ",
            procedure="10",
        ),
        **values,
    )


def stop(
    post: str | None = POST,
    eta: datetime | None = NOON,
    basis: EtaBasis | None = EtaBasis.DECLARED,
) -> ItineraryStop:
    office = CustomsOffice(code=post, country="TJ") if post else None
    return ItineraryStop(ordinal=1, country="TJ", office=office, eta=eta, eta_basis=basis)


def export(**values: Any) -> Declaration:
    """Flour from Shymkent to Dushanbe by truck, expected at noon."""
    made = replace(
        Declaration(
            kind=DeclarationKind.EXPORT,
            number=REFERENCE,
            released=NOON - 20 * HOUR,
            office_of_exit=CustomsOffice(code="KZ-KON", country="KZ"),
            containerised=False,
            consignor=Party(id="600400084511", name="ТОО Дән"),
            consignee=Party(id="030012345", name="ҶДММ Нон"),
            country_of_dispatch="KZ",
            country_of_destination="TJ",
            itinerary=(stop(),),
            transport_means=(truck(), trailer()),
            seals=(Seal(number="KZ0451234"),),
            documents=(waybill(),),
            items=(item(),),
        ),
        **values,
    )
    return counted(made)


def counted(made: Declaration) -> Declaration:
    """With the totals of its items, where it states none."""
    packages = [item.package_count for item in made.items if item.package_count is not None]
    return replace(
        made,
        item_count=made.item_count or len(made.items),
        package_count=made.package_count or (sum(packages, Decimal(0)) if packages else None),
    )


def imported(**values: Any) -> Declaration:
    """The Tajik import declaration of the same flour, six hours after it came."""
    return replace(
        Declaration(
            kind=DeclarationKind.IMPORT,
            number=f"TJ01/I/{next(_numbers)}",
            registered=date(2026, 11, 23),
            released=NOON + 6 * HOUR,
            procedure="40",
            office=CustomsOffice(code="TJ-DUS-1", country="TJ"),
            consignor=Party(id="600400084511", name="ТОО Дән"),
            consignee=Party(id="030012345", name="ҶДММ Нон"),
            country_of_dispatch="KZ",
            country_of_destination="TJ",
            transport_means=(truck(),),
            documents=(preceding(), waybill()),
            items=(item(),),
        ),
        **values,
    )


def came(**values: Any) -> Arrival:
    """The truck, as the post sees it."""
    facts = {"vehicle": TRUCK, **values}
    return border.arrival(post=facts.pop("post", POST), arrived=facts.pop("arrived", NOON), **facts)


class StillClock(Clock):
    """Stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    def now(self) -> datetime:
        return self.at


class World:
    """The Tajik node: what is announced to it, what comes, what is imported, and what it says."""

    def __init__(self, store: Store, *agreements: Agreement) -> None:
        self.store = store
        self.clock = StillClock(NOON)
        self.context = Context(
            country="TJ", agreements=agreements or (agreement(),), clock=self.clock
        )

    def announce(self, declaration: Declaration | None = None, **values: Any) -> str:
        """Preliminary information comes in; gives the consignment's id."""
        message = preliminary(declaration or export(), **values)
        self.store.write_now(lambda tx: self._incoming(tx, message))
        return message.consignment_id

    def _incoming(self, tx: Transaction, message: PreliminaryInformation) -> None:
        header = message.header
        stored = Message(
            corridor=CORRIDOR,
            message_id=header.message_id,
            direction=Direction.IN,
            partner="KZ",
            kind=kind_of(message),
            created=header.created,
            stored=self.clock.now(),
            body=encode(message),
            ebms_id=f"{header.message_id}@kz",
            consignment_id=message.consignment_id,
        )
        tx.add_message(stored)
        incoming = Incoming(message=message, partner="KZ", plain=msgspec.json.decode(stored.body))
        of = next(one for one in self.context.agreements if one.corridor == CORRIDOR)
        border.information_and_matching(tx, self.context, of, incoming)

    def arrive(self, **facts: Any) -> list[ArrivalRegistered]:
        """The truck is registered; `facts` say what is different."""
        return self.register(came(**facts))

    def register(self, arrival: Arrival) -> list[ArrivalRegistered]:
        return self.store.write_now(lambda tx: border.register_arrival(tx, self.context, arrival))

    def submit(self, declaration: Declaration | None = None, **values: Any) -> Submitted:
        """The national system hands an import declaration in."""
        made = declaration or imported(**values)
        document = prepare(self.context, "import.json", formats.write(made, formats.JSON))
        assert not isinstance(document, Submitted), document.findings
        return self.store.write_now(lambda tx: take(tx, self.context, border.TAKERS, document))

    def pass_time(self, by: timedelta) -> int:
        """The clock goes on and the sweep runs; gives how many consignments were marked."""
        self.clock.at += by
        found = self.store.read(lambda r: due(r, self.context))
        self.store.write_now(lambda tx: sweep(tx, self.context))
        return len(found.departed) + len(found.overdue)

    def expected(self, post: str = POST, **values: Any) -> list[Expected]:
        return self.store.read(lambda r: border.expected(r, self.context, post, **values))

    def consignment(self, consignment_id: str) -> Consignment:
        found = self.store.read(lambda r: r.consignment(CORRIDOR, consignment_id))
        assert found is not None
        return found

    def state(self, consignment_id: str) -> str:
        return self.consignment(consignment_id).state

    def codes(self, consignment_id: str) -> list[str]:
        """Codes of the differences that stand."""
        return sorted(row.discrepancy.code.value for row in self.differences(consignment_id))

    def differences(self, consignment_id: str) -> list[DiscrepancyRow]:
        return self.store.read(lambda r: r.discrepancies(CORRIDOR, consignment_id))

    def events(self, consignment_id: str) -> list[Event]:
        return self.store.read(lambda r: r.events(CORRIDOR, consignment_id))

    def sent(self) -> list[AnyMessage]:
        """What this node says, the oldest first."""
        stored = self.store.read(lambda r: r.messages(direction=Direction.OUT, limit=1000))
        return [decode(one.body) for one in reversed(stored)]

    def arrivals(self) -> list[ArrivalInformation]:
        return [one for one in self.sent() if isinstance(one, ArrivalInformation)]

    def imports(self) -> list[ImportInformation]:
        return [one for one in self.sent() if isinstance(one, ImportInformation)]

    def books(self) -> Any:
        """All that is in the tables that a refusal must not touch."""

        def everything(reader: Any) -> Any:
            ids = [one.consignment_id for one in reader.consignments(limit=1000)]
            return (
                reader.counts(),
                reader.consignments(limit=1000),
                [reader.identifiers(CORRIDOR, one) for one in ids],
                [reader.discrepancies(CORRIDOR, one) for one in ids],
                [reader.import_matches(CORRIDOR, one) for one in ids],
            )

        return self.store.read(everything)

    def rebuild(self) -> None:
        rebuild(self.store, self.context)


def preliminary(
    declaration: Declaration,
    *,
    stage: Stage = Stage.EXPORT,
    mode: Mode = Mode.LIVE,
    consignment_id: str | None = None,
) -> PreliminaryInformation:
    """As the other side would send it, cut to the agreement's data list."""
    message = PreliminaryInformation(
        header=Header(
            message_id=str(uuid.uuid4()),
            created=NOON - 20 * HOUR,
            structure=structure_of(PreliminaryInformation),
            version="1.0",
            agreement="kz-tj",
            stage=stage,
            mode=mode,
            sender=Office(country="KZ"),
            receiver=Office(country="TJ"),
        ),
        consignment_id=consignment_id or str(uuid.uuid4()),
        declaration=declaration,
    )
    sent = cut(message, agreement())
    assert isinstance(sent, PreliminaryInformation)
    return sent


def with_phases(**phases: PhaseState) -> Agreement:
    return replace(agreement(), phases={Stage(name): phase for name, phase in phases.items()})


def containers(*numbers: str) -> tuple[Container, ...]:
    return tuple(Container(id=number) for number in numbers)


def seals(*numbers: str) -> tuple[Seal, ...]:
    return tuple(Seal(number=number) for number in numbers)
