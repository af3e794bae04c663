"""Reads a communiqué: a list of signed documents in plain text → proposals for a person to confirm.

Nothing is made up. A party, a field or a period is a stretch of the text; what cannot be read stays empty and
is named in `Proposal.unread`. A list of which the text does not say that it was signed gives nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from keruen.agreement.instruments.bodies import parties
from keruen.agreement.instruments.lists import Item, Listing, listings
from keruen.agreement.instruments.model import Field, Kind, Party
from keruen.agreement.instruments.vocabulary import (
    BEFORE_KIND,
    FIELDS,
    KINDS,
    LISTED,
    NOT_SIGNED,
    SIGNED,
)
from keruen.agreement.model import Period

_RANGE = re.compile(
    r"""(?ix) (?<![\d]) ((?:19|20)\d\d) \s* (?: [-–—/] | to | through | until | and | по | до ) \s*
      (?P<until>(?:(?:19|20)\d\d) | \d\d) (?!\d)"""
)
_YEAR = re.compile(r"(?ix) (?<!\w) (?: for | на ) \s+ (?:the\s+year\s+)? (20\d\d) (?!\d)")
HEADING = 100
"""Characters of a paragraph between a list and what says that it was signed: a place, a date, "as follows:"."""
_JOINT = re.compile(r"(?i)\b(?:joint|совместн\w+)\b")
"""Before the kind, and part of its name: "joint plan"."""
_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a text: lines and columns from 1, the last column included."""

    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        """``3:1-4:56``."""
        return f"{self.line}:{self.column}-{self.end_line}:{self.end_column}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one item of a list says, for a person to confirm.

    Attributes:
        title: the item, word for word, in one line.
        language: ISO 639 code of the item.
        shared: what both parties are, where the text says it once for both (``the Governments of``).
        place: of the item in the text.
        unread: what could not be read: ``parties``, ``field``, ``period``.
    """

    number: int | None
    kind: Kind
    title: str
    language: str
    parties: tuple[Party, ...]
    shared: str
    field: Field | None
    period: Period
    place: Place
    unread: tuple[str, ...]


def propose(text: str) -> tuple[Proposal, ...]:
    """A proposal for each document that a text lists as signed, in its order."""
    return tuple(
        proposal
        for listing in listings(text)
        if _of_signed(listing)
        for item in listing.items
        if (proposal := _proposal(text, item))
    )


def _of_signed(listing: Listing) -> bool:
    """Whether what leads to a list says that it was signed; headings and introductions leave it to others."""
    for said in listing.lead:
        if NOT_SIGNED.search(said):
            return False
        if SIGNED.search(said):
            return True
        if len(said) > HEADING or (said.endswith(":") and not LISTED.search(said)):
            return False
    return False


def _proposal(text: str, item: Item) -> Proposal | None:
    whole = " ".join(text[item.start : item.end].split())
    kind = _kind(whole)
    if kind is None:
        return None
    two, shared = parties(whole)
    named = tuple(
        Party(names={_language(whole): whole[one.start : one.end]}, country=one.country)
        for one in two
    )
    subject = whole
    for one in reversed(two):
        subject = subject[: one.start] + " " * (one.end - one.start) + subject[one.end :]
    field = _field(subject) or _fitting(whole)
    period = _period(whole)
    read = {"parties": named, "field": field, "period": period != Period()}
    return Proposal(
        number=item.number,
        kind=kind,
        title=whole,
        language=_language(whole),
        parties=named,
        shared=shared,
        field=field,
        period=period,
        place=_place(text, item.start, item.end),
        unread=tuple(name for name, found in read.items() if not found),
    )


def _kind(text: str) -> Kind | None:
    """What an item calls itself in its first words; None for one that is no document."""
    before = BEFORE_KIND.match(text)
    at = before.end() if before else 0
    joint = (found.start() for found in _JOINT.finditer(text, 0, at))
    starts = {0, at, *joint}
    found = (kind for pattern, kind in KINDS if any(pattern.match(text, one) for one in starts))
    return next(found, None)


def _field(text: str) -> Field | None:
    """What the earliest word that belongs to a field says."""
    found = ((match.start(), field) for pattern, field in FIELDS if (match := pattern.search(text)))
    return min(found, default=(0, None))[1]


def _fitting(text: str) -> Field | None:
    """The first field of the table that a word belongs to: names of bodies speak of several."""
    return next((field for pattern, field in FIELDS if pattern.search(text)), None)


def _period(text: str) -> Period:
    """The years that an item states; open where it states none."""
    if found := _RANGE.search(text):
        since = int(found[1])
        until = int(found["until"])
        until += since // 100 * 100 if until < 100 else 0  # noqa: PLR2004 - 2023-25
        return _years(since, until)
    year = _YEAR.search(text)
    return _years(int(year[1]), int(year[1])) if year else Period()


def _years(since: int, until: int) -> Period:
    if until < since:
        return Period()
    return Period(since=date(since, 1, 1), until=date(until, 12, 31))


def _language(text: str) -> str:
    return "ru" if len(_CYRILLIC.findall(text)) > len(_LATIN.findall(text)) else "en"


def _place(text: str, start: int, end: int) -> Place:
    return Place(*_line_column(text, start), *_line_column(text, end - 1))


def _line_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
