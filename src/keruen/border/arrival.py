"""What an officer at a border post saw, as the post's system hands it in.

One JSON object an arrival; a file holds an array of them or one a line. Unknown members are refused:
a misspelt ``seals_brokn`` must not pass for a consignment with whole seals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from keruen.border.wording import WORDING
from keruen.customs import Finding, Struct, fold, skeleton, unsound
from keruen.errors import InputError
from keruen.messages import FoundItem

T = TypeVar("T")

INVALID = "arrival-invalid"

Mark = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$(?!\n)")]
"""A plate, number or code as somebody wrote it."""
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
Remark = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Moment = Annotated[datetime, Meta(tz=True)]
Marks = Annotated[tuple[Mark, ...], Meta(max_length=1000)]

MARKS = (
    "vehicle",
    "trailers",
    "wagons",
    "containers",
    "number",
    "seals",
    "seals_broken",
    "seals_missing",
)
"""Elements that are compared with what was announced."""
IDENTIFYING = ("vehicle", "wagons", "containers", "number")
"""Elements of which an arrival names at least one."""


class InspectedItem(FoundItem, frozen=True, forbid_unknown_fields=True):
    """What an inspection found of one item; absent means not examined.

    Attributes:
        item: ordinal of the announced item; None for goods that were not announced.
        masses in kg, zero or more; as JSON number or as text.
    """

    hs: Mark | None = None
    hs_edition: Mark | None = None
    description: Remark | None = None
    gross_mass: Decimal | None = None
    net_mass: Decimal | None = None
    packages: Decimal | None = None
    origin: Country | None = None


class Arrival(Struct, frozen=True, forbid_unknown_fields=True):
    """One vehicle, train or load that came to a post of this country.

    Attributes:
        post: code of the post.
        arrived: when, with offset.
        vehicle: plate of the truck.
        number: declaration number, reference or consignment id from the driver's papers.
        seals: numbers of seals found whole; none at all means that seals were not checked.
        seals_broken: numbers of seals found broken.
        seals_missing: numbers of announced seals that were looked for and are not there.
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
    seals_missing: Marks = ()
    weighbridge: Decimal | None = None
    items: Annotated[tuple[InspectedItem, ...], Meta(max_length=1000)] = ()
    partial: bool = False
    remark: Remark | None = None
    partner: Country | None = None
    nationality: Country | None = None


def mistakes(arrival: Arrival) -> Iterator[Finding]:
    """What is well-formed but cannot be."""
    if not any(getattr(arrival, name) for name in IDENTIFYING):
        yield WORDING.finding(INVALID)
    yield from _marks(arrival)
    yield from (replace(finding, code=INVALID) for finding in unsound(arrival))
    yield from _figures(arrival)
    yield from _items(arrival)


def _marks(arrival: Arrival) -> Iterator[Finding]:
    for name in MARKS:
        value = getattr(arrival, name)
        for mark in (value,) if isinstance(value, str) else value or ():
            if not fold(mark):
                yield WORDING.finding(f"{INVALID}/mark", path=name)
    whole, broken, missing = (
        {skeleton(one) for one in seals}
        for seals in (arrival.seals, arrival.seals_broken, arrival.seals_missing)
    )
    if whole & broken:
        yield WORDING.finding(f"{INVALID}/seal-broken", path="seals_broken")
    if missing & (whole | broken):
        yield WORDING.finding(f"{INVALID}/seal-missing", path="seals_missing")


def _figures(arrival: Arrival) -> Iterator[Finding]:
    figures = [("weighbridge", arrival.weighbridge)]
    for index, item in enumerate(arrival.items):
        figures += [
            (f"items[{index}].{name}", getattr(item, name))
            for name in ("gross_mass", "net_mass", "packages")
        ]
    for path, figure in figures:
        if figure is not None and figure.is_finite() and figure < 0:
            yield WORDING.finding(f"{INVALID}/figure", path=path)


def _items(arrival: Arrival) -> Iterator[Finding]:
    seen: set[int] = set()
    for index, item in enumerate(arrival.items):
        if item.item in seen:
            yield WORDING.finding(f"{INVALID}/item", path=f"items[{index}].item")
        elif item.item is not None:
            seen.add(item.item)


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
    text = data.removeprefix(b"\xef\xbb\xbf")
    if text.lstrip().startswith(b"["):
        parts = [(None, part) for part in _decoded(text, list[msgspec.Raw])]
        return list(_each(parts))
    try:
        _decoded(text, dict[str, msgspec.Raw])
    except InputError:
        lines = enumerate(text.split(b"\n"), start=1)
        return list(_each((number, line) for number, line in lines if line.strip()))
    return list(_each([(None, text)]))


def _each(parts: Iterable[tuple[int | None, bytes | msgspec.Raw]]) -> Iterator[Arrival]:
    for index, (line, part) in enumerate(parts):
        where = f"[{index}]"
        yield _checked(_decoded(part, Arrival, where, line), where, line)


def _decoded(
    text: bytes | msgspec.Raw, kind: type[T], prefix: str = "", line: int | None = None
) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _invalid(str(error), prefix, line) from error
    except RecursionError as error:
        raise _invalid("Lists lie too deep in each other", prefix, line) from error


def _checked(arrival: Arrival, prefix: str, line: int | None = None) -> Arrival:
    for one in mistakes(arrival):
        raise _invalid(one.text, f"{prefix}.{one.path}".strip("."), line)
    return arrival


def _invalid(text: str, prefix: str, line: int | None = None) -> InputError:
    reason, _, path = text.partition(" - at `$")
    where = (prefix + path.rstrip("`")).lstrip(".")
    return InputError(
        INVALID,
        f"{reason.rstrip('.')}; `keruen schema Arrival` prints what an arrival consists of",
        path=where or None,
        line=line,
    )


def arrival_schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of one arrival; a file is an array of them, or one a line."""
    schema: dict[str, Any] = _with_numbers(msgspec.json.schema(Arrival))
    return (
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": "urn:keruen:schema:Arrival:1.0",
            "title": "Arrival",
        }
        | schema
        | {"anyOf": [{"required": [name]} for name in IDENTIFYING]}
    )


def _with_numbers(node: Any) -> Any:
    """The schema in which a decimal may also be written as a JSON number."""
    match node:
        case {"type": "string", "format": "decimal"}:
            return {**node, "type": ["string", "number"]}
        case dict():
            return {key: _with_numbers(inner) for key, inner in node.items()}
        case list() | tuple():
            return [_with_numbers(inner) for inner in node]
        case _:
            return node
