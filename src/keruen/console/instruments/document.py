"""An instrument as lines of text, for a terminal, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from keruen.agreement import Period
from keruen.agreement.instruments import Instrument, Milestone, Register
from keruen.console.instruments.words import DOCUMENT
from keruen.console.texts import Texts

Rows = Iterator[tuple[str, str]]


def named(names: Mapping[str, str], language: str) -> str:
    """A name in a language, else in English, else in any that there is."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def line(one: Instrument, day: date, texts: Texts) -> str:
    """One line of the list: key, status, kind and title."""
    status = texts.label(one.status(day), "instrument-status")
    return f"{one.key}: {named(one.title, texts.language)} [{status}]"


def document(
    register: Register, one: Instrument, day: date, texts: Texts, rests: tuple[str, ...]
) -> str:
    """All that the register says of one instrument, as on a day.

    Args:
        rests: ids of the agreements that rest on it.
    """
    head = named(one.title, texts.language)
    rows = [*_heading(one, day, texts), *_days(one, texts), *_those(one, texts)]
    rows += [(say("rests", texts), agreement) for agreement in rests]
    width = max(len(title) for title, _ in rows)
    lines = [head, "=" * len(head), *(f"{title.ljust(width)}  {text}" for title, text in rows)]
    milestones = register.milestones_of(one.key)
    if milestones:
        lines += ["", say("milestones", texts)]
    for milestone in milestones:
        lines += _milestone(register, milestone, day, texts)
    return "\n".join(lines)


def say(key: str, texts: Texts) -> str:
    """A word of the document."""
    return texts.translations.pgettext("instrument", DOCUMENT[key])


def _heading(one: Instrument, day: date, texts: Texts) -> Rows:
    number = f"{one.key}" + (f" (No. {one.number})" if one.number else "")
    yield texts.label(one.kind, "instrument-kind"), number
    yield str(day), texts.label(one.status(day), "instrument-status")
    if one.field:
        yield say("field", texts), texts.label(one.field, "instrument-field")
    if one.indicator:
        yield say("measured", texts), texts.label(one.indicator, "indicator")


def _days(one: Instrument, texts: Texts) -> Rows:
    place = named(one.place, texts.language)
    signed = str(one.signed or say("not-signed", texts))
    yield say("signed", texts), f"{signed}, {place}" if place else signed
    if one.begins:
        supposed = f" ({say('supposed', texts)})" if one.supposed else ""
        yield say("in-force", texts), f"{say('from', texts)} {one.begins}{supposed}"
    if one.period != Period():
        yield say("period", texts), span(one.period, texts)
    for gap in one.suspended:
        yield say("suspended", texts), span(gap, texts)
    if one.terminated:
        yield say("terminated", texts), str(one.terminated)


def span(period: Period, texts: Texts) -> str:
    """A period: ``from 2023-01-01 until 2025-12-31``."""
    ends = (("from", period.since), ("until", period.until))
    return " ".join(f"{say(key, texts)} {day}" for key, day in ends if day)


def _those(one: Instrument, texts: Texts) -> Rows:
    for key, those in (("parties", one.parties), ("bodies", one.bodies)):
        for party in those:
            country = f" ({party.country})" if party.country else ""
            yield say(key, texts), f"{named(party.names, texts.language)}{country}"
    if one.source:
        yield say("source", texts), one.source


def _milestone(register: Register, milestone: Milestone, day: date, texts: Texts) -> Iterator[str]:
    progress = texts.label(register.progress(milestone, day), "progress")
    due = f" ({say('due', texts)} {milestone.due})" if milestone.due else ""
    yield f"  {milestone.id}: {named(milestone.title, texts.language)}{due} [{progress}]"
    for shown in register.evidence_of(milestone, day):
        source = f" ({shown.source})" if shown.source else ""
        yield f"    {shown.on} {texts.label(shown.state, 'progress')}: {shown.text}{source}"
