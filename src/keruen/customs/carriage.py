"""How goods travel: itinerary, vehicles, containers, seals, transshipment."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from keruen.customs.parties import CustomsOffice
from keruen.customs.values import Struct


class EtaBasis(StrEnum):
    """Where an expected time of arrival comes from."""

    DECLARED = "declared"
    ESTIMATED = "estimated"


class TransportStage(StrEnum):
    """Where on the journey a means of transport is used (EAEU boxes 18 and 21)."""

    DEPARTURE = "departure"
    BORDER = "border"


class TransportKind(StrEnum):
    """What a means of transport is, as far as the source says."""

    VEHICLE = "vehicle"
    TRAILER = "trailer"
    WAGON = "wagon"
    VESSEL = "vessel"
    AIRCRAFT = "aircraft"


class ItineraryStop(Struct, frozen=True):
    """One point of the journey in order of passage; a post of a third country may have no office code."""

    ordinal: int
    country: str | None = None
    office: CustomsOffice | None = None
    place: str | None = None
    eta: datetime | None = None
    eta_basis: EtaBasis | None = None


class TransportMeans(Struct, frozen=True):
    """A truck, trailer, wagon, vessel. `identity` is the plate or number exactly as declared."""

    stage: TransportStage = TransportStage.BORDER
    kind: TransportKind = TransportKind.VEHICLE
    mode: str | None = None
    mode_declared: str | None = None
    identity: str | None = None
    identity_type: str | None = None
    vin: str | None = None
    nationality: str | None = None


class Seal(Struct, frozen=True):
    """A customs or carrier's seal."""

    number: str
    ordinal: int | None = None
    kind: str | None = None


class Container(Struct, frozen=True):
    """Transport equipment: the ISO 6346 number as declared, with the seals on it."""

    id: str = ""
    ordinal: int | None = None
    kind: str | None = None
    seals: tuple[Seal, ...] = ()


class CustomsIdentification(Struct, frozen=True):
    """How goods in transit are identified: seals of one kind, or another method (EAEU box D).

    Attributes:
        method, kind: as declared (EAEU classifiers of methods and of means of identification).
        count: seals in all.
        numbers: how many of the declaration's seals, in their order, are those of this entry.
    """

    method: str | None = None
    kind: str | None = None
    count: int | None = None
    numbers: int = 0
    descriptions: tuple[str, ...] = ()


class Transshipment(Struct, frozen=True):
    """Goods change the vehicle or the container on the way (EAEU box 55)."""

    operation: str | None = None
    carrier: int | None = None
    between_containers: bool | None = None
    country: str | None = None
    place: str | None = None
    office: str | None = None
    station: str | None = None
    transport_means: tuple[TransportMeans, ...] = ()
    text: str | None = None


class TirCarnet(Struct, frozen=True):
    """A TIR carnet in the place of a transit declaration's own conditions."""

    series: str | None = None
    number: str | None = None
    page: int | None = None
    holder: str | None = None
