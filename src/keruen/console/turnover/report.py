"""Sections → a report to be handed on: HTML that stands by itself, and tagged PDF (PDF/UA-1), A4."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from keruen.console.overview.tables import Reading
from keruen.console.turnover.drawing import environment, svg
from keruen.console.turnover.sections import Section

SOURCE = Path(__file__).with_name("report.typ")


@dataclass(frozen=True, slots=True)
class Part:
    """What comes from one origin: what the node counted, or what was published.

    Attributes:
        title: in the reader's language.
        remarks: what must be known to read it.
    """

    title: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: all words in the reader's language.

    Attributes:
        made: when, in words.
    """

    language: str
    title: str
    made: str
    parts: tuple[Part, ...]
    source_heads: tuple[str, ...]
    sources: str
    contradicting: str


def report(parts: Sequence[Part], reading: Reading, now: datetime) -> Report:
    """The report of some parts; those that say nothing are left out."""
    gettext, label = reading.texts.gettext, reading.texts.label
    day, at = reading.figures.long_day(now), reading.figures.clock(now)
    columns = ("period", "reporter", "value", "basis", "source", "note")
    return Report(
        language=reading.texts.language,
        title=label("turnover", "figure-table"),
        made=f"{day}, {at} {reading.figures.offset()}",
        parts=tuple(part for part in parts if part.sections),
        source_heads=tuple(label(one, "figure-column") for one in columns),
        sources=label("turnover-figures", "figure-table"),
        contradicting=gettext("contradicts another figure of the same reporter"),
    )


def html(one: Report) -> str:
    """One file without anything beside it."""
    return environment().get_template("turnover/report.html").render(report=one)


def pdf(one: Report, now: datetime) -> bytes:
    """The same on paper; the same figures at the same time give the same bytes."""
    import typst  # noqa: PLC0415 - large

    plain = asdict(one)
    for part, whole in zip(plain["parts"], one.parts, strict=True):
        for said, section in zip(part["sections"], whole.sections, strict=True):
            said["drawn"] = svg(section, one.language) if section.drawn else None
    made = typst.compile(
        SOURCE.read_bytes(),
        format="pdf",
        sys_inputs={"report": json.dumps(plain)},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=int(now.timestamp()),
    )
    return bytes(made)
