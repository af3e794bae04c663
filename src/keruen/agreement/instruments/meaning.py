"""What a register says that cannot be meant: every mistake, each with its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from keruen.agreement.instruments.model import Register
from keruen.customs.countries import COUNTRIES
from keruen.tomlfile import Found
from keruen.tomllines import KeyPath

EMPTY = Register()
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def mistakes(raw: dict[str, Any], known: Register = EMPTY) -> Iterator[Found]:
    """Everything that is well-formed but wrong in a register, or in what is to be added to a known one."""
    before = [one.key for one in known.instruments]
    keys = before + [one.get("key") for _, one in tables(raw, "instrument")]
    for index, one in tables(raw, "instrument"):
        if one.get("confirmed") is False:
            continue  # a person has not been over it yet
        path = ("instrument", index)
        yield from _key((*path, "key"), one.get("key"), keys[: len(before) + index])
        yield from _names((*path, "title"), one.get("title"))
        yield from _parties(path, one)
        yield from _days(path, one)
    there: list[tuple[Any, Any]] = [(one.instrument, one.id) for one in known.milestones]
    own = [(one.get("instrument"), one.get("id")) for _, one in tables(raw, "milestone")]
    milestones = there + own
    for index, one in tables(raw, "milestone"):
        path = ("milestone", index)
        yield from _of(path, one, keys)
        yield from _key((*path, "id"), one.get("id"), _ids(milestones[: len(there) + index], one))
        yield from _names((*path, "title"), one.get("title"))
    for index, one in tables(raw, "evidence"):
        yield from _evidence(("evidence", index), one, keys, milestones)


def tables(raw: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables of one name with their places, as far as they are tables."""
    found = raw.get(name)
    several = enumerate(found if isinstance(found, list) else ())
    return [(index, one) for index, one in several if isinstance(one, dict)]


def _key(path: KeyPath, key: Any, before: list[Any]) -> Iterator[Found]:
    if not isinstance(key, str):
        return
    if not _KEY.fullmatch(key):
        yield path, "must be small letters, digits and hyphens, such as kz-tj-2023-tourism"
    elif key in before:
        yield path, f"{key} is given twice"


def _ids(known: list[tuple[Any, Any]], one: dict[str, Any]) -> list[Any]:
    return [id for instrument, id in known if instrument == one.get("instrument")]


def _names(path: KeyPath, names: Any) -> Iterator[Found]:
    if names == {}:
        yield path, 'a name in at least one language is missing, such as { en = "…" }'
    for language, name in names.items() if isinstance(names, dict) else ():
        if not _LANGUAGE.fullmatch(language):
            yield (*path, language), "must be an ISO 639 code, such as ru"
        if isinstance(name, str) and not name.strip():
            yield (*path, language), "must not be empty"


def _parties(path: KeyPath, one: dict[str, Any]) -> Iterator[Found]:
    if not one.get("party"):
        yield (*path, "party"), "who signed is missing"
    for name in ("party", "body"):
        for index, party in tables(one, name):
            at, country = (*path, name, index), party.get("country")
            yield from _names((*at, "names"), party.get("names"))
            if isinstance(country, str) and country not in COUNTRIES:
                wrong = f"{country!r} is not an ISO 3166 alpha-2 code, such as KZ"
                yield (*at, "country"), wrong


def _days(path: KeyPath, one: dict[str, Any]) -> Iterator[Found]:
    signed = one.get("signed")
    for name in ("in_force", "terminated"):
        day = one.get(name)
        if isinstance(day, date) and not isinstance(signed, date):
            yield (*path, name), "needs the day of signing: signed"
        elif isinstance(day, date) and isinstance(signed, date) and day < signed:
            yield (*path, name), f"is before signed = {signed}"
    if one.get("pending") is True and "in_force" in one:
        yield (
            (*path, "pending"),
            "the entry into force is stated: in_force; take one of the two out",
        )
    yield from _period((*path, "period"), one.get("period"))
    for index, gap in tables(one, "suspended"):
        yield from _period((*path, "suspended", index), gap)


def _period(path: KeyPath, period: Any) -> Iterator[Found]:
    since, until = (
        (period.get("from"), period.get("until")) if isinstance(period, dict) else (None, None)
    )
    if isinstance(since, date) and isinstance(until, date) and until < since:
        yield (*path, "until"), f"is before from = {since}"


def _of(path: KeyPath, one: dict[str, Any], keys: list[Any]) -> Iterator[Found]:
    key = one.get("instrument")
    if isinstance(key, str) and key not in keys:
        yield (*path, "instrument"), f"there is no instrument {key}"


def _evidence(
    path: KeyPath, one: dict[str, Any], keys: list[Any], known: list[tuple[Any, Any]]
) -> Iterator[Found]:
    yield from _of(path, one, keys)
    key, milestone = one.get("instrument"), one.get("milestone")
    if key in keys and isinstance(milestone, str) and (key, milestone) not in known:
        yield (*path, "milestone"), f"{key} has no milestone {milestone}"
    if isinstance(one.get("text"), str) and not one["text"].strip():
        yield (*path, "text"), "must say what happened"
