"""What an officer at a border post saw, as the post's system hands it in.

One JSON object an arrival; a file holds an array of them or one a line. Unknown members are refused:
a misspelt ``seals_brokn`` must not pass for a consignment with whole seals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from keruen.customs import Struct, fold
from keruen.errors import InputError
from keruen.messages import FoundItem

Mark = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""A plate, number or code as somebody wrote it."""
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$")]
Remark = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Figure = Annotated[Decimal, Meta(extra_json_schema={"type": ["string", "number"]})]
"""A number, zero or more; as JSON number or as text."""
Moment = Annotated[datetime, Meta(tz=True)]
Marks = Annotated[tuple[Mark, ...], Meta(max_length=1000)]

IDENTIFYING = ("vehicle", "wagons", "containers", "number")
"""Elements of which an arrival names at least one."""


class InspectedItem(FoundItem, frozen=True, forbid_unknown_fields=True):
    """What an inspection found of one item; absent means not examined.

    Attributes:
        item: ordinal of the announced item; None for goods that were not announced.
        masses in kg.
    """

    gross_mass: Figure | None = None
    net_mass: Figure | None = None
    packages: Figure | None = None


class Arrival(Struct, frozen=True, forbid_unknown_fields=True):
    """One vehicle, train or load that came to a post of this country.

    Attributes:
        post: code of the post.
        arrived: when, with offset.
        vehicle: plate of the truck.
        number: declaration number, reference or consignment id from the driver's papers.
        seals: numbers of seals found whole; none at all means that seals were not checked.
        seals_broken: numbers of seals found broken.
        weighbridge: gross mass of the goods, tare deducted, kg.
        items: what an inspection found.
        partial: more of the consignment is still to come. Also derived from wagons and containers.
        partner: country of the other side, for an unannounced arrival where several agreements apply.
        nationality: country in which the vehicle is registered.
    """

    post: Mark
    arrived: Moment
    vehicle: Mark | None = None
    trailers: Marks = ()
    wagons: Marks = ()
    containers: Marks = ()
    number: Mark | None = None
    seals: Marks = ()
    seals_broken: Marks = ()
    weighbridge: Figure | None = None
    items: Annotated[tuple[InspectedItem, ...], Meta(max_length=1000)] = ()
    partial: bool = False
    remark: Remark | None = None
    partner: Country | None = None
    nationality: Country | None = None


def mistakes(arrival: Arrival) -> Iterator[tuple[str, str]]:
    """What is well-formed but cannot be: (element path, what would be right)."""
    if not any(getattr(arrival, name) for name in IDENTIFYING):
        yield "", "an arrival names a vehicle, wagons, containers or a number"
    for name in ("vehicle", "trailers", "wagons", "containers", "number", "seals", "seals_broken"):
        value = getattr(arrival, name)
        for mark in (value,) if isinstance(value, str) else value or ():
            if not fold(mark):
                yield name, "a plate or number has letters or digits"
    figures = [("weighbridge", arrival.weighbridge)]
    for index, item in enumerate(arrival.items):
        figures += [
            (f"items[{index}].{name}", getattr(item, name))
            for name in ("gross_mass", "net_mass", "packages")
        ]
    for path, figure in figures:
        if figure is not None and not (figure.is_finite() and figure >= 0):
            yield path, "a number, zero or more"


def arrival(**facts: Any) -> Arrival:
    """An arrival from its elements.

    Raises:
        InputError: ``arrival-invalid`` with the element's path.
    """
    try:
        made = msgspec.convert(facts, Arrival)
    except msgspec.ValidationError as error:
        raise _invalid(str(error), "") from error
    return _checked(made, "")


def read_arrivals(data: bytes) -> list[Arrival]:
    """Arrivals from a JSON array, or from JSON objects one a line.

    Raises:
        InputError: ``arrival-invalid`` with the path of the first mistake (``[3].arrived``), and the
            line where they stand one a line.
    """
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    return list(_array(text) if text.startswith(b"[") else _lines(text))


def _array(text: bytes) -> Iterator[Arrival]:
    try:
        parts = msgspec.json.decode(text, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _invalid(str(error), "") from error
    yield from _each((None, part) for part in parts)


def _lines(text: bytes) -> Iterator[Arrival]:
    whole = _object(text)
    if whole is not None:
        yield from _each([(None, whole)])
        return
    lines = enumerate(text.split(b"\n"), start=1)
    yield from _each((number, line) for number, line in lines if line.strip())


def _object(text: bytes) -> bytes | None:
    """The text if it is one JSON object, however many lines that takes."""
    try:
        msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return text


def _each(parts: Iterable[tuple[int | None, bytes | msgspec.Raw]]) -> Iterator[Arrival]:
    for index, (line, part) in enumerate(parts):
        try:
            read = msgspec.json.decode(part, type=Arrival)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise _invalid(str(error), f"[{index}]", line) from error
        yield _checked(read, f"[{index}]", line)


def _checked(arrival: Arrival, prefix: str, line: int | None = None) -> Arrival:
    for path, reason in mistakes(arrival):
        raise _invalid(reason, f"{prefix}.{path}".strip("."), line)
    return arrival


def _invalid(text: str, prefix: str, line: int | None = None) -> InputError:
    reason, _, path = text.partition(" - at `$")
    where = (prefix + path.rstrip("`")).lstrip(".")
    return InputError(
        "arrival-invalid",
        f"{reason}; `keruen schema Arrival` prints what an arrival consists of",
        path=where or None,
        line=line,
    )


def arrival_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one arrival; a file is an array of them, or one a line."""
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:keruen:schema:Arrival:1.0",
            "title": "Arrival",
        }
        | msgspec.json.schema(Arrival)
        | {"anyOf": [{"required": [name]} for name in IDENTIFYING]}
    )
