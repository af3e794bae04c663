"""What the national system tells beside declarations: annulments, empty vehicles, changes on the way.

    {"kind": "annulment", "number": "55301/231126/0000001", "reason": "the buyer withdrew"}
    {"kind": "empty-vehicle", "vehicle": "123ABC02", "post": "TJ-GUL", "eta": "2026-11-25T06:00:00+05:00"}
    {"kind": "on-the-way", "number": "55301/231126/0000001", "vehicle": "01A777BC", "country": "UZ"}

Unknown members are refused: a misspelt one must not pass for one that was left out.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from keruen.customs import Finding, Struct, TransportKind, TransportMeans

Text = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")]
Mark = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")]
Moment = Annotated[datetime, Meta(tz=True)]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
ROAD = "3"
"""Transport mode, UN/ECE Rec 19."""


class _Notice(Struct, frozen=True, tag_field="kind", forbid_unknown_fields=True):
    pass


class Annulled(_Notice, frozen=True, tag="annulment"):
    """A declaration was annulled.

    Attributes:
        number: number or reference of the declaration, or the id of the consignment.
        annulled: when, with offset.
    """

    number: Mark
    reason: Text
    annulled: Moment | None = None


class LeavesEmpty(_Notice, frozen=True, tag="empty-vehicle"):
    """A vehicle leaves without goods.

    Attributes:
        vehicle: plate of the truck.
        post: code of the other side's entry post.
        eta: when it is expected there.
        departed: when it left.
        nationality: country in which the vehicle is registered.
        mode: transport mode, UN/ECE Rec 19.
    """

    vehicle: Mark
    post: Mark
    eta: Moment
    trailers: tuple[Mark, ...] = ()
    departed: Moment | None = None
    nationality: Country | None = None
    mode: Annotated[str, Meta(pattern=r"^[1-9]$(?!\n)")] = ROAD
    remark: Text | None = None

    @property
    def means(self) -> tuple[TransportMeans, ...]:
        """The vehicle and its trailers."""
        return _means(self.vehicle, self.trailers, self.mode, self.nationality)


class OnTheWay(_Notice, frozen=True, tag="on-the-way"):
    """What became known of a consignment on its way; it goes to the other side as an amendment.

    Attributes:
        number: number or reference of the declaration, or the id of the consignment.
        eta: a better ETA at the other side's entry post.
        post: code of that post, where it is another one.
        vehicle: plate of the vehicle that brings the goods from now on.
        nationality: country in which it is registered.
        mode: transport mode, UN/ECE Rec 19.
        seals: numbers of the seals that are on it now.
        country, place, at: where and when the vehicle or the seals were changed.
        reason: the other side reads it.
    """

    number: Mark
    eta: Moment | None = None
    post: Mark | None = None
    vehicle: Mark | None = None
    trailers: tuple[Mark, ...] = ()
    nationality: Country | None = None
    mode: Annotated[str, Meta(pattern=r"^[1-9]$(?!\n)")] = ROAD
    seals: tuple[Mark, ...] = ()
    country: Country | None = None
    place: Text | None = None
    at: Moment | None = None
    reason: Text | None = None

    @property
    def means(self) -> tuple[TransportMeans, ...]:
        """The vehicle and its trailers; none where it is the same as before."""
        if self.vehicle is None:
            return ()
        return _means(self.vehicle, self.trailers, self.mode, self.nationality)

    @property
    def wrong(self) -> tuple[str, str] | None:
        """What it lacks: (element, what would be right)."""
        if not (self.eta or self.post or self.vehicle or self.seals):
            return "", "say what is new: eta, post, vehicle or seals"
        if self.trailers and not self.vehicle:
            return "vehicle", "a trailer comes with a vehicle; name that, too"
        if (self.place or self.at) and not self.country:
            return "country", "a place lies in a country; name that, too"
        return None


def _means(
    vehicle: str, trailers: tuple[str, ...], mode: str, nationality: str | None
) -> tuple[TransportMeans, ...]:
    marks = [(TransportKind.VEHICLE, vehicle), *((TransportKind.TRAILER, one) for one in trailers)]
    return tuple(
        TransportMeans(kind=kind, mode=mode, identity=mark, nationality=nationality)
        for kind, mark in marks
    )


Said = Annulled | LeavesEmpty | OnTheWay
"""What a notice can say."""


class Notice(Struct, frozen=True):
    """A notice that was read, ready to be acted on; `digest` is that of its file."""

    name: str
    digest: bytes
    body: bytes
    said: Said


class _Tagged(msgspec.Struct):
    kind: str = ""


_KINDS = frozenset({"annulment", "empty-vehicle", "on-the-way"})


def notice(name: str, said: Said) -> Notice:
    """A notice that comes from no file: the same one is the same again."""
    body = msgspec.json.encode(said)
    return Notice(name=name, digest=hashlib.sha256(body).digest(), body=body, said=said)


def read_notice(name: str, data: bytes) -> Notice | Finding | None:
    """The notice in a document, or what is wrong with it; None where the document is something else."""
    if not _is_notice(data):
        return None
    try:
        said = msgspec.json.decode(data, type=Said)
    except msgspec.ValidationError as error:
        text, _, path = str(error).partition(" - at `$")
        return Finding(code="notice-invalid", path=path.rstrip("`").lstrip("."), text=f"{text}.")
    return Notice(name=name, digest=hashlib.sha256(data).digest(), body=data, said=said)


def _is_notice(data: bytes) -> bool:
    if data.lstrip()[:1] != b"{":
        return False
    try:
        return msgspec.json.decode(data, type=_Tagged).kind in _KINDS
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
