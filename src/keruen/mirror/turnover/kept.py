"""What a node has of turnover: its own counting, and published series that were imported into it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from keruen.customs import Struct
from keruen.errors import UsageError
from keruen.mirror.turnover.compare import Comparison, compared
from keruen.mirror.turnover.model import Figure, Measure
from keruen.mirror.turnover.own import own_figures
from keruen.mirror.turnover.series import Series, read_series
from keruen.store import Reader, Transaction
from keruen.store.pages import EVERYTHING, Narrowed
from keruen.store.trade import PublishedSeries, TradedWanted

INVALID = "series-invalid"


class Kept(Struct, frozen=True, omit_defaults=False):
    """A series as it was imported.

    Attributes:
        name: of the file; `sha256` of its content.
        figures: how many it has.
    """

    series_id: str
    name: str
    imported: datetime
    sha256: str
    figures: int


class Turnover(Struct, frozen=True, omit_defaults=False):
    """All that a node knows of turnover.

    Attributes:
        own: what it counted of declarations; `published`: what series say.
        withheld: whether a value is missing of what it counted: prices travel only where agreed.
    """

    own: tuple[Comparison, ...] = ()
    published: tuple[Comparison, ...] = ()
    series: tuple[Kept, ...] = ()
    withheld: bool = False


def turnover_of(
    reader: Reader, country: str, today: date, narrowed: Narrowed = EVERYTHING
) -> Turnover:
    """Turnover of a node of a country.

    Args:
        narrowed: whose consignments count; what was published is for everybody.
    """
    sums = reader.traded_sums(TradedWanted(narrowed=narrowed))
    own = own_figures(sums, country, today)
    kept = reader.published_series()
    return Turnover(
        own=compared(own),
        published=compared(_once(_series(one.content, one.name) for one in kept)),
        series=tuple(_kept(one) for one in kept),
        withheld=any(one.partial for one in own if one.measure is Measure.USD_MLN),
    )


def import_series(tx: Transaction, row: PublishedSeries) -> Kept:
    """Keep a series; one with a mistake changes nothing.

    Raises:
        FileError: ``series-invalid``, the first mistake, which knows the others.
        UsageError: ``series-known``: this very file was imported before.
    """
    series = _series(row.content, row.name)
    if series.mistakes:
        first, *others = series.mistakes
        first.others = tuple(others)
        raise first
    if any(one.sha256 == row.sha256 for one in tx.published_series()):
        raise UsageError("series-known", "this very file was imported before", path=row.name)
    tx.add_series(row)
    return _kept(row)


def series_row(series_id: str, name: str, content: bytes, now: datetime) -> PublishedSeries:
    """A file as it is kept."""
    digest = hashlib.sha256(content).hexdigest()
    return PublishedSeries(
        series_id=series_id, name=name, imported=now, sha256=digest, content=content
    )


@lru_cache(maxsize=32)
def _series(content: bytes, name: str) -> Series:
    try:
        return read_series(content.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        text = "the file must be text in UTF-8"
        raise UsageError(INVALID, text, path=name, line=line) from error


def _kept(row: PublishedSeries) -> Kept:
    return Kept(
        series_id=row.series_id,
        name=row.name,
        imported=row.imported,
        sha256=row.sha256,
        figures=len(_series(row.content, row.name).figures),
    )


def _once(several: Iterable[Series]) -> tuple[Figure, ...]:
    """The figures of all series; what two say alike, from the same source, once."""
    found: dict[object, Figure] = {}
    for one in (figure for series in several for figure in series.figures):
        key = (one.period, one.flow, one.reporter, one.value, one.basis, one.source)
        found.setdefault(key, one)
    return tuple(found.values())
