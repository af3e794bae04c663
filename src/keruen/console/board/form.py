"""What was typed into the arrival's form → what the officer saw, or what is to be put right. Pure.

A form is a mapping of field names to texts, as a browser sends it. Nothing is said of what was left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from keruen.border import Arrival, arrival
from keruen.border.marks import among, is_trailer, wagons_of
from keruen.console.board.figures import Mistake, MistakeError, country, figure, moment
from keruen.customs import Declaration, GoodsItem, Seal, Struct, TransportKind
from keruen.errors import InputError

Typed = Mapping[str, str]

LONGEST = 4000
"""Characters of one field that are kept."""
FIELDS = 10_000
"""Fields of one form that are kept: a declaration has up to 1000 items."""
EXTRA = ("1", "2", "3")
"""Rows for goods that nobody announced."""
WHOLE, DIFFER, UNCHECKED = "whole", "differ", "unchecked"
RAIL = "2"

_FIELDS = {"trailers": "vehicle", "wagons": "vehicle", "weighbridge": "mass", "": "vehicle"}
"""Elements of an arrival that the form calls otherwise."""

_LIST = re.compile(r"[+,;\n]")
_MARKS = re.compile(r"[/,;\n]")


class Asked(Struct, frozen=True):
    """What a form is about: the post, the consignment if one was chosen, and the administration's own time."""

    post: str
    now: datetime
    zone: tzinfo
    consignment_id: str = ""
    announced: Declaration | None = None
    by_rail: bool = False


def kept(fields: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Fields as they are stored with a draft: what is not empty."""
    texts = ((name[:100], value.strip()[:LONGEST]) for name, value in list(fields)[:FIELDS])
    return {name: value for name, value in texts if value}


def seen(typed: Typed, asked: Asked) -> Arrival:
    """The arrival that a form tells of.

    Raises:
        MistakeError: all that is to be put right, field by field.
    """
    mistakes: list[Mistake] = []
    facts: dict[str, Any] = {"post": asked.post}
    for read in (_when, _means, _seals, _goods, _words):
        try:
            facts |= read(typed, asked)
        except MistakeError as error:
            mistakes += error.mistakes
    if mistakes:
        raise MistakeError(*mistakes)
    try:
        return arrival(**facts)
    except InputError as error:
        field = (error.path or "").partition("[")[0]
        raise MistakeError(Mistake(_FIELDS.get(field, field), "value")) from error


def _when(typed: Typed, asked: Asked) -> dict[str, Any]:
    return {"arrived": moment(typed, "arrived", asked.zone) or asked.now}


def _words(typed: Typed, asked: Asked) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "number": asked.consignment_id or typed.get("number"),
        "partner": typed.get("partner"),
        "remark": typed.get("remark"),
    }
    return facts | {"partial": "partial" in typed}


# What it came on ---------------------------------------------------------------------------------------------


def _means(typed: Typed, asked: Asked) -> dict[str, Any]:
    known = asked.announced.means() if asked.announced else ()
    names = [one.identity for one in known if one.identity]
    marks = list(_split(typed.get("vehicle", ""), names))
    trailers = [one.identity for one in known if one.identity and is_trailer(one)]
    wagons = marks if asked.by_rail else [one for one in marks if among(one, wagons_of(known))]
    road = [one for one in marks if one not in wagons]
    first = next((one for one in road if not among(one, trailers)), None)
    return {
        "vehicle": first,
        "trailers": tuple(one for one in road if one != first),
        "wagons": tuple(wagons),
        "containers": _listed(typed.get("containers", "")),
    }


def _split(text: str, names: list[str]) -> Iterator[str]:
    """Marks that were written together; one that was announced with such a sign in it stays whole."""
    for part in filter(None, map(str.strip, text.split("+"))):
        if among(part, names):
            yield part
        else:
            yield from filter(None, map(str.strip, _MARKS.split(part)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, _LIST.split(text))))


def vehicles(announced: Declaration) -> str:
    """The vehicle as it was announced, as the form shows it."""
    names = (one.identity for one in announced.means() if one.identity)
    return " + ".join(dict.fromkeys(names))


def is_by_rail(announced: Declaration | None) -> bool:
    """Whether wagons are announced."""
    return announced is not None and any(
        one.mode == RAIL or one.kind is TransportKind.WAGON for one in announced.means()
    )


# Seals -------------------------------------------------------------------------------------------------------


def declared_seals(announced: Declaration | None) -> tuple[str, ...]:
    """Numbers of the seals that were announced, each once."""
    seals: Iterable[Seal] = announced.all_seals() if announced else ()
    return tuple(dict.fromkeys(one.number for one in seals if one.number))


def _seals(typed: Typed, asked: Asked) -> dict[str, Any]:
    declared = declared_seals(asked.announced)
    more = _listed(typed.get("seals-more", ""))
    if not declared:
        return {"seals": more}
    answer = typed.get("seals")
    if answer is None:
        raise MistakeError(Mistake("seals", "seals-answer"))
    if answer == UNCHECKED:
        return {"seals": more}
    states = _states(typed, declared)
    changed = [number for number, (state, _) in states.items() if state != WHOLE]
    if (answer == WHOLE) == bool(changed or more):
        raise MistakeError(
            Mistake("seals", "seals-contradict" if changed or more else "seals-which")
        )
    return {
        "seals": (*_of(states, WHOLE), *_others(states), *more),
        "seals_broken": _of(states, "broken"),
        "seals_missing": _of(states, "missing"),
    }


def _states(typed: Typed, declared: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """Seal → how it was found, and the other number in its place."""
    found = {}
    for place, number in enumerate(declared, start=1):
        state = typed.get(f"seal-{place}", WHOLE)
        other = typed.get(f"seal-{place}-number", "")
        if state == "other" and not other:
            raise MistakeError(Mistake(f"seal-{place}-number", "seal-number"))
        found[number] = ("other", other) if other else (state, "")
    return found


def _of(states: Mapping[str, tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(number for number, (state, _) in states.items() if state == wanted)


def _others(states: Mapping[str, tuple[str, str]]) -> tuple[str, ...]:
    return tuple(other for state, other in states.values() if state == "other")


# Goods -------------------------------------------------------------------------------------------------------


def _goods(typed: Typed, asked: Asked) -> dict[str, Any]:
    items = asked.announced.items if asked.announced else ()
    found = [
        _absent(one) if f"item-{one.ordinal}-absent" in typed else _inspected(typed, one.ordinal)
        for one in items
    ]
    found += [_seen_goods(typed, f"more-{row}") for row in EXTRA]
    return {"weighbridge": figure(typed, "mass"), "items": [one for one in found if one]}


def _absent(item: GoodsItem) -> dict[str, Any]:
    """Nothing of an announced item was found; told by what it was announced in."""
    element = "packages" if item.package_count else "gross_mass"
    return {"item": item.ordinal, element: Decimal(0)}


def _inspected(typed: Typed, ordinal: int) -> dict[str, Any]:
    facts = _seen_goods(typed, f"item-{ordinal}")
    return {"item": ordinal, **facts} if facts else {}


def _seen_goods(typed: Typed, row: str) -> dict[str, Any]:
    """What was found of one item, or of goods that nobody announced."""
    facts = {
        "hs": typed.get(f"{row}-hs"),
        "description": typed.get(f"{row}-description"),
        "gross_mass": figure(typed, f"{row}-gross"),
        "net_mass": figure(typed, f"{row}-net"),
        "packages": figure(typed, f"{row}-packages"),
        "origin": country(typed, f"{row}-origin"),
    }
    return {name: value for name, value in facts.items() if value is not None}
