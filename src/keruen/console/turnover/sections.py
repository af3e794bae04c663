"""Comparisons → sections: a chart, a table and the sources of its figures; for the page and for reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from keruen.console.overview.tables import Reading
from keruen.console.turnover import said
from keruen.console.turnover.pairs import Pairs, pairs
from keruen.mirror.turnover import Comparison, Figure, Flow, Measure, Reported

PLAIN = {Measure.USD_MLN: ""}
"""What names of charts leave out."""


@dataclass(frozen=True, slots=True)
class Source:
    """One figure with where it stands.

    Attributes:
        href: of the publication, where that has an address.
        quoted: whether the note stands as somebody else wrote it, in whatever language.
        contradicts: whether it is one of several that do not agree.
    """

    period: str
    reporter: str
    value: str
    basis: str
    source: str
    href: str | None
    note: str
    quoted: bool
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One flow, measured in one unit.

    Attributes:
        name: of its chart, as a file: ``KZ-TJ``, ``turnover-KZ-TJ``, ``KZ-TJ-net-mass-t``.
        heads, rows: of the table; the first column is the period.
        described: the chart in words.
    """

    name: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[Source, ...]
    drawn: Pairs | None
    described: str


def sections(
    found: Iterable[Comparison], reading: Reading, opening: str = ""
) -> tuple[Section, ...]:
    """One a measure and flow, in the order of the comparisons.

    Args:
        opening: of their names, where there are several of a flow.
    """
    grouped = groupby(found, key=lambda one: (one.measure, one.flow))
    return tuple(
        _section(list(of), reading, opening + name_of(flow, measure))
        for (measure, flow), of in grouped
    )


def _section(found: Sequence[Comparison], reading: Reading, name: str) -> Section:
    flow, measure = found[0].flow, found[0].measure
    unit = reading.texts.label(measure, "measure")
    title = f"{said.flow(reading, flow)}, {unit}"
    drawn = pairs(
        found,
        partial(said.period, reading),
        partial(said.amount, reading, measure=measure),
        partial(said.ratio, reading),
    )
    rows = tuple(tuple(_row(one, reading)) for one in found)
    return Section(
        name=name,
        title=title,
        heads=tuple(_heads(found[0], reading)),
        rows=rows,
        sources=tuple(source for one in found for source in _sources(one, reading)),
        drawn=drawn,
        described=_described(drawn),
    )


def name_of(flow: Flow, measure: Measure) -> str:
    """The name of a chart."""
    opening = ("turnover",) if flow.both else ()
    ending = PLAIN.get(measure, str(measure))
    return "-".join((*opening, flow.first, flow.second, *((ending,) if ending else ())))


def _heads(one: Comparison, reading: Reading) -> Iterator[str]:
    label = reading.texts.label
    yield label("period", "figure-column")
    for second in (False, True):
        yield said.reporter(reading, one, second=second)
        yield label("growth", "figure-column")
    yield label("difference", "figure-column")
    yield f"{label('ratio', 'figure-column')} {one.second.reporter} : {one.first.reporter}"


def _row(one: Comparison, reading: Reading) -> Iterator[str]:
    yield said.period(reading, one.period)
    for side in (one.first, one.second):
        yield said.amount(reading, side.value, one.measure)
        yield said.growth(reading, side.growth)
    yield said.signed(reading, one.difference, one.measure)
    yield said.ratio(reading, one.ratio)


def _sources(one: Comparison, reading: Reading) -> Iterator[Source]:
    for side in (one.first, one.second):
        for figure in side.figures:
            yield _source(figure, side, reading)


def _source(figure: Figure, side: Reported, reading: Reading) -> Source:
    link = figure.source.startswith(("https://", "http://"))
    place = f"{figure.series}:{figure.line}" if figure.line else figure.series
    own = _of_how_many(figure, reading)
    return Source(
        period=said.period(reading, figure.period),
        reporter=reading.texts.country(figure.reporter),
        value=said.amount(reading, figure.value, figure.measure),
        basis=reading.texts.label(figure.basis, "basis"),
        source=figure.source or place,
        href=figure.source if link else None,
        note=own or figure.note,
        quoted=not own,
        contradicts=side.contradicting,
    )


def _of_how_many(figure: Figure, reading: Reading) -> str:
    """Of a node's own: how many consignments state what is added up, where not all do."""
    if not figure.partial:
        return ""
    text = reading.texts.gettext("%(stated)s of %(all)s consignments state it")
    number = reading.figures.number
    return text % {"stated": number(figure.stated or 0), "all": number(figure.counted or 0)}


def _described(drawn: Pairs | None) -> str:
    if drawn is None:
        return ""
    said_of = (
        f"{pair.label}: {', '.join(bar.text for bar in pair.bars)}"
        + (f"; {pair.compared}" if pair.compared else "")
        for pair in drawn.pairs
    )
    return ". ".join(said_of)
