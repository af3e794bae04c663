"""Numbers and times as people write them → values, or what would be right. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import NamedTuple

_SPACES = re.compile(r"[\s\u00a0\u202f']")
_FIGURE = re.compile(r"\d{1,12}(?:[.,]\d{1,6})?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
"""``19,950`` is 19 950 to one reader and 19.95 to another: a thousandfold difference is not guessed."""


class Mistake(NamedTuple):
    """One field that is to be put right; `code` is a word of the table ``mistake``."""

    field: str
    code: str


class MistakeError(Exception):
    """What was typed cannot be taken as it is."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__(", ".join(one.code for one in mistakes))
        self.mistakes = mistakes


def figure(typed: Mapping[str, str], field: str) -> Decimal | None:
    """A mass or a number of packages; None for an empty field.

    Spaces part thousands, point or comma the decimals.

    Raises:
        MistakeError: ``figure`` or ``figure-unclear``.
    """
    text = _SPACES.sub("", typed.get(field, ""))
    if not text:
        return None
    if not _FIGURE.fullmatch(text):
        raise MistakeError(Mistake(field, "figure"))
    if _UNCLEAR.fullmatch(text):
        raise MistakeError(Mistake(field, "figure-unclear"))
    return Decimal(text.replace(",", "."))


def moment(typed: Mapping[str, str], field: str, zone: tzinfo) -> datetime | None:
    """A time of the administration's own clock, as ``2026-11-24T01:40``; None for an empty field.

    Raises:
        MistakeError: ``moment``.
    """
    text = typed.get(field, "")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError as error:
        raise MistakeError(Mistake(field, "moment")) from error
    return found if found.tzinfo else found.replace(tzinfo=zone)


def country(typed: Mapping[str, str], field: str) -> str | None:
    """A country by its two letters; None for an empty field.

    Raises:
        MistakeError: ``country``.
    """
    text = typed.get(field, "").upper()
    if text and not _COUNTRY.fullmatch(text):
        raise MistakeError(Mistake(field, "country"))
    return text or None
