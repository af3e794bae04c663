"""One consignment as its papers will have it: goods, vehicle, seals, parties, route and departure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from keruen.agreement import Agreement, Route, find_route
from keruen.customs import (
    CustomsOffice,
    Declaration,
    DeclarationKind,
    Party,
    Person,
    TransportMeans,
)
from keruen.errors import UsageError
from keruen.simulate.goods import (
    RAIL,
    ROAD,
    Goods,
    Load,
    load_truck,
    load_wagons,
    pick,
)
from keruen.simulate.marks import Marks
from keruen.simulate.traders import Traders

DIRECTIONS = {"KZ": 62, "TJ": 38}
"""Sending country → share of the consignments."""
MODES = {ROAD: 70, RAIL: 30}
"""Transport mode → share of the consignments."""
CONTAINERS = 0.15
"""Share of trucks that carry a container."""
FORMATS = {
    ("KZ", ROAD): ("esadout", "wco-dm"),
    ("KZ", RAIL): ("esadout",),
    ("TJ", ROAD): ("asycuda", "json"),
    ("TJ", RAIL): ("json",),
}
"""What the national systems write: a form with one line for the vehicle is not used for trains."""
OTHER_POSTS = {"TJ-FOT": ("TJ-DUS", 9), "TJ-NAU": ("TJ-PAK", 7)}
"""Entry post of the route table → another one on the same way, and hours more to it."""
OTHER_POST = 0.25
"""Share of declarants who name the other post."""
EXITS = {"KZ": ("KZ-KON", "KZ-KOR", "KZ-SAR"), "TJ": ("TJ-FOT", "TJ-GUL", "TJ-NAU")}
"""Where goods leave a country: by road through Uzbekistan, by road through Kyrgyzstan, by rail."""
CLEARANCE = timedelta(hours=32)
"""From the ETA until all is over: late arrival, mark as overdue, import declaration."""
TRIES = 100


@dataclass(frozen=True, slots=True)
class Transport:
    """What carries the goods. `trailer` and `container` may be absent; a train has wagons only."""

    carrier: Party
    nationality: str
    driver: Person | None = None
    vehicle: str | None = None
    trailer: str | None = None
    container: str | None = None
    wagons: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Consignment:
    """What will be declared of one consignment.

    Attributes:
        format: of the declaration file, as `keruen.formats` names it.
        post, travel: entry post and journey as the declarant expects them, where the format can say so.
        waybill: number of the transport document.
        serial: number in the register of declarations; 0 until it is registered.
    """

    sender: str
    receiver: str
    mode: str
    format: str
    office: CustomsOffice
    destination: CustomsOffice
    route: Route
    post: str
    travel: timedelta
    released: datetime
    exporter: Party
    importer: Party
    transport: Transport
    waybill: str
    document_id: str
    loads: tuple[Load, ...]
    serial: int = 0


class Caravan:
    """Draws consignments of both directions, one after the other.

    Args:
        agreement: posts and route table.
        start, days: when all this happens.
    """

    def __init__(self, agreement: Agreement, rng: Random, start: datetime, days: float) -> None:
        self.marks = Marks(rng)
        self._traders = Traders(rng)
        self._agreement = agreement
        self._rng = rng
        self._start = start
        self._span = timedelta(days=days)

    def draw(self) -> Consignment:
        """The next consignment.

        Raises:
            UsageError: ``days-too-few`` when no journey fits the span.
        """
        for _ in range(TRIES):
            drawn = self._draw()
            if drawn is not None:
                return drawn
        raise UsageError(
            "days-too-few",
            f"no journey and its clearance fit {self._span / timedelta(days=1):g} days; take 5",
        )

    def draw_shared(self) -> tuple[Consignment, Consignment]:
        """Groupage: two consignments of two importers in one truck, each with its own papers.

        Papers that tell no time do not tell either that two consignments travel together.
        """
        first = self.draw()
        while first.mode != ROAD or first.format == "asycuda":
            first = self.draw()
        first = replace(first, loads=load_truck(self._rng, first.loads[0].goods, share=2))
        goods = pick(self._rng, first.sender, ROAD)
        second = replace(
            first,
            importer=self._traders.firm(first.receiver),
            waybill=self.marks.waybill(first.sender, ROAD),
            document_id=self.marks.document_id(),
            loads=load_truck(self._rng, goods, share=2),
        )
        return first, second

    def _draw(self) -> Consignment | None:
        rng = self._rng
        sender = rng.choices(tuple(DIRECTIONS), tuple(DIRECTIONS.values()))[0]
        mode = rng.choices(tuple(MODES), tuple(MODES.values()))[0]
        receiver = self._agreement.other(sender)
        office = self._traders.office(sender, mode)
        route = self._route(office, mode, receiver)
        format = rng.choice(FORMATS[sender, mode])
        post, travel = route.post, timedelta(hours=route.hours)
        if format == "esadout":
            post, travel = self._declared(post, travel)
        spare = self._span - travel - CLEARANCE
        if spare < timedelta(0):
            return None
        goods = pick(rng, sender, mode)
        transport = self._train(goods) if mode == RAIL else self._truck(goods, sender, receiver)
        return Consignment(
            sender=sender,
            receiver=receiver,
            mode=mode,
            format=format,
            office=office,
            destination=self._traders.office(receiver, mode),
            route=route,
            post=post,
            travel=travel,
            released=(self._start + rng.random() * spare).replace(second=0, microsecond=0),
            exporter=self._traders.firm(sender),
            importer=self._traders.firm(receiver),
            transport=transport,
            waybill=self.marks.waybill(sender, mode),
            document_id=self.marks.document_id(),
            loads=load_wagons(rng, goods, len(transport.wagons))
            if transport.wagons
            else load_truck(rng, goods),
        )

    def _route(self, office: CustomsOffice, mode: str, receiver: str) -> Route:
        papers = Declaration(
            kind=DeclarationKind.EXPORT, office=office, transport_means=(TransportMeans(mode=mode),)
        )
        route = find_route(papers, self._agreement, receiver)
        if route is None:
            raise UsageError("route-missing", f"the route table has no way for {office.code}")
        return route

    def _declared(self, post: str, travel: timedelta) -> tuple[str, timedelta]:
        """A declarant knows his way better than the route table."""
        other, hours = OTHER_POSTS.get(post, (post, 0))
        if self._rng.random() < OTHER_POST and self._agreement.post(other) is not None:
            post, travel = other, travel + timedelta(hours=hours)
        return post, travel * self._rng.uniform(0.9, 1.1)

    def _truck(self, goods: Goods, sender: str, receiver: str) -> Transport:
        nationality = self._rng.choice((sender, receiver))
        in_container = goods.net > 0 and self._rng.random() < CONTAINERS
        return Transport(
            carrier=self._traders.carrier(nationality),
            nationality=nationality,
            driver=self._traders.driver(nationality),
            vehicle=self.marks.truck(nationality),
            trailer=self.marks.trailer(nationality),
            container=self.marks.container() if in_container else None,
            seals=(self.marks.seal(sender),),
        )

    def _train(self, goods: Goods) -> Transport:
        count = self._rng.randrange(2, 13)
        return Transport(
            carrier=Party(name="АО «Үлгі Темір Жолы»"),
            nationality="KZ",
            wagons=tuple(self.marks.wagon(goods.wagon) for _ in range(count)),
        )


def exit_post(consignment: Consignment, agreement: Agreement) -> CustomsOffice:
    """Where the consignment leaves its country."""
    road, mountains, rail = EXITS[consignment.sender]
    if consignment.mode == RAIL:
        return post_office(agreement, rail)
    return post_office(agreement, mountains if "KG" in consignment.route.via else road)


def post_office(agreement: Agreement, code: str) -> CustomsOffice:
    """A post of the agreement as an office of a declaration."""
    post = agreement.post(code)
    if post is None:
        raise UsageError("post-unknown", f"the agreement has no post {code}")
    return CustomsOffice(code=code, name=post.name("ru"), country=post.country)
