"""Checks of numbers that the administrations of both countries give out, and of plates.

Sources: the number of a declaration by decision 257 of the Commission of the Customs Union of 2010 (office,
date, serial), with the lengths of structure R.055; BIN and IIN by the rules of Kazakhstan's national registers
(12 digits, the last a check digit of weights 1–11, or 3–11, 1, 2 where these give 10); the Tajik taxpayer's
number of nine digits. How Tajikistan numbers declarations is not public, so nothing is asked of that.
**Pilot**: the forms of plates are those that are seen on the road, wide on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from operator import mul

from keruen.customs.coded import EAEU, declared_in
from keruen.customs.findings import Finding, warning
from keruen.customs.keys import fold
from keruen.customs.model import Declaration, Party, TransportKind
from keruen.customs.walking import Ground

_NUMBER = re.compile(r"(?:\d{2}|\d{5}|\d{8})/(\d{6})/[0-9A-ZА-Я]{5,7}(?:/\d{1,2})?", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DIGITS = re.compile(r"[0-9]+")
TAX_DIGITS = {"KZ": 12, "TJ": 9}
"""Country → digits of a taxpayer's number."""
PARTIES = ("consignor", "consignee", "declarant", "representative", "carrier", "principal")
_WEIGHTS: tuple[tuple[int, ...], ...] = (tuple(range(1, 12)), (*range(3, 12), 1, 2))
_ZEROS = tuple(ord("0") * sum(weights) for weights in _WEIGHTS)
"""What the digit zero as an octet weighs in all places together."""
PLATES = {
    "KZ": (
        re.compile(r"[0-9]{2,3}[A-Z]{2,3}[0-9]{2}|[A-Z][0-9]{3}[A-Z]{2,3}|[A-Z][0-9]{4}[A-Z]{2}"),
        "123 ABC 02, 123 AB 02, 12 ABC 02",
    ),
    "TJ": (re.compile(r"[0-9]{3,4}[A-Z]{1,3}[0-9]{2}"), "1234 AB 01, 1234 A 01"),
}
"""Country → its plates, folded, and how they are written."""
_STROKE = re.compile("[/|,;]")
_BY_ROAD = frozenset({TransportKind.VEHICLE, TransportKind.TRAILER})
ROAD = "3"


def number(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """A number of the EAEU is office, date and serial, and its date is that of registration."""
    stated = declaration.number
    if stated is None or declared_in(declaration) not in EAEU or "/" not in stated:
        return
    parts = _NUMBER.fullmatch(stated)
    day = _day(parts[1]) if parts else None
    if day is None:
        yield warning("declaration-number-malformed", "number", stated)
    elif declaration.registered is not None and day != declaration.registered:
        yield warning("declaration-number-date", "number", stated, declaration.registered)


def _day(digits: str) -> date | None:
    """The day that six digits DDMMYY name."""
    try:
        return date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


def document_id(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """The EAEU's electronic documents (structures R.…) are named by a UUID: EDocId."""
    stated = declaration.document_id
    if stated and (declaration.structure or "").startswith("R.") and not _UUID.fullmatch(stated):
        yield warning("document-id-malformed", "document_id", stated)


def tax_numbers(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Taxpayers of both countries have numbers of their form."""
    for name in PARTIES:
        party = getattr(declaration, name)
        if party is not None and party.id:
            yield from _tax_number(f"{name}.id", party.id, _country_of(party))


def _country_of(party: Party) -> str | None:
    return party.country or (party.address.country if party.address else None)


def _tax_number(path: str, stated: str, country: str | None) -> Iterator[Finding]:
    length = TAX_DIGITS.get(country or "")
    if length is None:
        return
    if len(stated) != length or not _DIGITS.fullmatch(stated):
        yield warning("tax-number-malformed", path, stated, length)
    elif country == "KZ" and (right := bin_digit(stated)) != int(stated[-1]):
        yield warning("tax-number-check-digit", path, stated, "–" if right is None else right)


def bin_digit(digits: str) -> int | None:
    """The check digit of a BIN or IIN by its first eleven digits; None for such as are not given out."""
    numbers = digits[:11].encode()
    for weights, zeros in zip(_WEIGHTS, _ZEROS, strict=True):
        digit: int = (sum(map(mul, numbers, weights)) - zeros) % 11
        if digit < 10:  # noqa: PLR2004 - ten is no digit
            return digit
    return None


def plates(declaration: Declaration, _ground: Ground) -> Iterator[Finding]:
    """Plates of both countries' vehicles have the form of their country; several stand apart by a stroke."""
    for index, means in enumerate(declaration.transport_means):
        known = PLATES.get(means.nationality or "")
        if known is None or not means.identity or means.kind not in _BY_ROAD:
            continue
        if means.mode in (None, ROAD) and not _all_plates(means.identity, known[0]):
            path = f"transport_means[{index}].identity"
            yield warning("plate-malformed", path, means.identity, known[1])


def _all_plates(identity: str, form: re.Pattern[str]) -> bool:
    return all(form.fullmatch(fold(one)) for one in _STROKE.split(identity) if one.strip())
