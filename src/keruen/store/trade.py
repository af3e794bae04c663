"""Rows of trade: what each side declared of a consignment, and series that others published.

`TradedRow` is a projection of events and messages, rebuilt with the others; `PublishedSeries` is kept as it was
imported.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.rows import Role, Row


class Side(StrEnum):
    """Whose declaration it is."""

    EXPORTER = "exporter"
    IMPORTER = "importer"


class TradedRow(Row, frozen=True):
    """What one side declared of a live consignment.

    Attributes:
        source: id of the message that told of an import; empty for the exporter's declaration, of which the
            version counts that holds.
        month: in which it was released or accepted, ``2026-11``.
        value: statistical value, else customs value, else price, in US cents; None where it is withheld or not
            stated in US dollars for every item.
        net_mass: grams; None where an item states none.
    """

    corridor: str
    consignment_id: str
    side: Side
    source: str
    month: str
    role: Role
    partner: str
    post: str | None = None
    value: int | None = None
    net_mass: int | None = None


class TradedSums(Row, frozen=True):
    """Traded rows of a month added up.

    Attributes:
        consignments: how many; of them `valued` state a value and `weighed` a net mass.
        value: US cents; `net_mass`: grams.
    """

    month: str
    side: Side
    role: Role
    partner: str
    consignments: int
    valued: int
    weighed: int
    value: int
    net_mass: int


class TradedWanted(Row, frozen=True):
    """Which rows are added up; None leaves a side open.

    Attributes:
        since, until: first and last month, ``2026-11``.
        chapters: only consignments with goods of these HS chapters.
    """

    since: str | None = None
    until: str | None = None
    chapters: frozenset[str] | None = None
    narrowed: Narrowed = EVERYTHING


class PublishedSeries(Row, frozen=True):
    """A file of published figures, byte for byte.

    Attributes:
        name: of the file.
        sha256: of its content, in hexadecimal.
    """

    series_id: str
    name: str
    imported: datetime
    sha256: str
    content: bytes
