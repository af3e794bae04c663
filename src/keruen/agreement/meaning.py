"""What an agreement file says that cannot be meant: every mistake, each with its key.

Works on the TOML values as they are, so that a mistake in one place hides none in another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from keruen.agreement import terms
from keruen.agreement.datalist import ALWAYS, known_paths, required_paths
from keruen.customs import DiscrepancyCode
from keruen.customs.countries import COUNTRIES
from keruen.messages import (
    KINDS,
    Acknowledgement,
    ArrivalInformation,
    ImportInformation,
    PreliminaryInformation,
)
from keruen.tomlfile import Found

CONTENT = tuple(kind for kind in KINDS if kind != Acknowledgement.__name__)
"""Message kinds that carry what was declared or found: what has no data list is not exchanged."""
ESSENTIAL = tuple(
    kind.__name__ for kind in (PreliminaryInformation, ArrivalInformation, ImportInformation)
)
"""Kinds without which nothing is exchanged at all."""
MEASURED = (
    DiscrepancyCode.QUANTITY_SHORT,
    DiscrepancyCode.QUANTITY_OVER,
    DiscrepancyCode.GROSS_MASS_DIFFERS,
    DiscrepancyCode.NET_MASS_DIFFERS,
    DiscrepancyCode.VALUE_DIFFERS,
)
"""Differences of an amount; lateness has its own deadline, and the others are there or not."""
YEAR_HOURS = 8784
CENTURY_DAYS = 36_525
MOST_FILES = 27
"""Files with one message: many peers take 28 payloads, and the message itself is one."""
LARGEST_FILE = 1 << 40
"""Octets."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
_MODE = re.compile(r"[1-9]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


def mistakes(raw: dict[str, Any]) -> Iterator[Found]:
    """Everything that is well-formed but wrong in an agreement file."""
    yield from _heading(raw)
    yield from _parties(raw)
    yield from terms.mistakes(raw)
    yield from _deadlines(raw)
    yield from _reporting(raw)
    yield from _tolerances(raw)
    yield from _posts(raw)
    yield from _routes(raw)
    yield from _data_list(raw)
    yield from _attachments(raw)
    for name, days in _table(raw, "retention").items():
        if isinstance(days, int) and not 0 < days <= CENTURY_DAYS:
            yield ("retention", name), f"must be 1 to {CENTURY_DAYS} days"


def _table(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _tables(raw: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    found = raw.get(name)
    return [
        (index, one)
        for index, one in enumerate(found if isinstance(found, list) else ())
        if isinstance(one, dict)
    ]


def _countries(raw: dict[str, Any]) -> list[Any]:
    return [party.get("country") for _, party in _tables(raw, "party")]


def _heading(raw: dict[str, Any]) -> Iterator[Found]:
    if isinstance(raw.get("id"), str) and not _ID.fullmatch(raw["id"]):
        yield ("id",), "must be letters, digits and hyphens, such as kz-tj"
    for name in ("version", "legal_basis"):
        if isinstance(raw.get(name), str) and not raw[name].strip():
            yield (name,), "must not be empty"
    if isinstance(raw.get("hs_edition"), str) and not re.fullmatch(r"\d{4}", raw["hs_edition"]):
        yield (
            ("hs_edition",),
            "must be the year of an edition of the Harmonized System, such as 2022",
        )
    for index, language in enumerate(raw.get("languages") or ()):
        if isinstance(language, str) and not _LANGUAGE.fullmatch(language):
            yield ("languages", index), "must be an ISO 639 code, such as ru"
    if raw.get("title") == {}:
        yield ("title",), "a title in at least one language is missing"


def _parties(raw: dict[str, Any]) -> Iterator[Found]:
    parties = _tables(raw, "party")
    if len(parties) != 2:  # noqa: PLR2004 - an agreement has two sides
        yield ("party",), f"an agreement has exactly two [[party]] tables, not {len(parties)}"
    for index, party in parties:
        country, offset = party.get("country"), party.get("utc_offset_minutes")
        if isinstance(country, str) and country not in COUNTRIES:
            yield (
                ("party", index, "country"),
                f"{country!r} is not an ISO 3166 alpha-2 code, such as KZ",
            )
        elif country in _countries(raw)[:index]:
            yield ("party", index, "country"), "the two parties must be two countries"
        if isinstance(offset, int) and not -720 <= offset <= 840:  # noqa: PLR2004 - UTC-12 to UTC+14
            yield ("party", index, "utc_offset_minutes"), "must be -720 to 840 minutes"


def _deadlines(raw: dict[str, Any]) -> Iterator[Found]:
    for name, value in _table(raw, "deadlines").items():
        by_mode = isinstance(value, dict)
        if by_mode and "*" not in value:
            yield ("deadlines", name), 'a deadline for any other mode ("*") is missing'
        for mode, hours in value.items() if by_mode else [("", value)]:
            path = ("deadlines", name, mode) if by_mode else ("deadlines", name)
            if by_mode and mode != "*" and not _MODE.fullmatch(mode):
                yield path, 'must be "*" or a transport mode of UN/ECE Rec 19, 1 to 9'
            if isinstance(hours, int | Decimal) and not (
                Decimal(hours).is_finite() and 0 <= hours <= YEAR_HOURS
            ):
                yield path, f"must be 0 to {YEAR_HOURS} hours"


def _reporting(raw: dict[str, Any]) -> Iterator[Found]:
    for name, hours in _table(raw, "reporting").items():
        if isinstance(hours, int | Decimal) and not (
            Decimal(hours).is_finite() and (0 if name == "after" else 1) <= hours <= YEAR_HOURS
        ):
            yield (
                ("reporting", name),
                f"must be {0 if name == 'after' else 1} to {YEAR_HOURS} hours",
            )


def _tolerances(raw: dict[str, Any]) -> Iterator[Found]:
    for code, bounds in _table(raw, "tolerances").items():
        if not isinstance(bounds, dict):
            continue
        if code in {one.value for one in DiscrepancyCode} - {*MEASURED}:
            yield (
                ("tolerances", code),
                f"has no amount to be tolerated; there are {', '.join(MEASURED)}",
            )
        if not {"absolute", "percent"} & bounds.keys():
            yield ("tolerances", code), "an absolute or a percent bound is missing"
        for name in ("absolute", "percent"):
            bound = bounds.get(name, 0)
            if isinstance(bound, int | Decimal) and not (Decimal(bound).is_finite() and bound >= 0):
                yield ("tolerances", code, name), "must be a number, zero or more"


def _posts(raw: dict[str, Any]) -> Iterator[Found]:
    seen: set[Any] = set()
    for index, post in _tables(raw, "post"):
        code, country = post.get("code"), post.get("country")
        if isinstance(code, str):
            if not code.strip() or not code.isprintable():
                yield ("post", index, "code"), "must be a printable code"
            if code in seen:
                yield ("post", index, "code"), f"another [[post]] has the code {code}"
            seen.add(code)
        if isinstance(country, str) and country not in _countries(raw):
            yield ("post", index, "country"), f"post {code} lies in neither party's country"
        yield from _modes(("post", index, "modes"), post.get("modes"))
        if post.get("names") == {}:
            yield ("post", index, "names"), "a name in at least one language is missing"


def _modes(path: tuple[str | int, ...], modes: Any) -> Iterator[Found]:
    if modes == []:
        yield path, "at least one transport mode is needed"
    for index, mode in enumerate(modes if isinstance(modes, list) else ()):
        if isinstance(mode, str) and not _MODE.fullmatch(mode):
            yield (*path, index), "must be a transport mode of UN/ECE Rec 19, 1 to 9"


def _routes(raw: dict[str, Any]) -> Iterator[Found]:
    posts = {post.get("code"): post for _, post in _tables(raw, "post") if post.get("code")}
    seen: set[tuple[Any, ...]] = set()
    for index, route in _tables(raw, "route"):
        code, mode, hours = route.get("post"), route.get("mode"), route.get("hours")
        modes = posts.get(code, {}).get("modes")
        if isinstance(code, str) and code not in posts:
            yield ("route", index, "post"), f"no [[post]] has the code {code}"
        elif isinstance(modes, list) and isinstance(mode, str) and mode not in modes:
            yield ("route", index, "mode"), f"post {code} does not take transport mode {mode}"
        if isinstance(hours, int) and not 0 < hours <= YEAR_HOURS:
            yield ("route", index, "hours"), f"must be 1 to {YEAR_HOURS} hours"
        for place, country in enumerate(route.get("via") or ()):
            if isinstance(country, str) and country not in COUNTRIES:
                yield (
                    ("route", index, "via", place),
                    f"{country!r} is not an ISO 3166 alpha-2 code, such as UZ",
                )
        yield from _stops(index, route, hours)
        key = (route.get("office"), mode, code)
        if key in seen:
            yield (
                ("route", index),
                "never used: an earlier [[route]] has this office, mode and post",
            )
        seen.add(key)


def _stops(index: int, route: dict[str, Any], hours: Any) -> Iterator[Found]:
    before = 0
    for place, stop in enumerate(route.get("stops") or ()):
        country = stop.get("country") if isinstance(stop, dict) else None
        path = ("route", index, "stops", place)
        if isinstance(country, str) and country not in COUNTRIES:
            yield (*path, "country"), f"{country!r} is not an ISO 3166 alpha-2 code, such as UZ"
        reached = stop.get("hours") if isinstance(stop, dict) else None
        if isinstance(reached, int) and isinstance(hours, int):
            if not before <= reached <= hours:
                yield (
                    (*path, "hours"),
                    f"must be {before} to {hours} hours: stops follow each other",
                )
            before = max(before, reached)


def _data_list(raw: dict[str, Any]) -> Iterator[Found]:
    data = _table(raw, "data")
    withheld = _table(raw, "withheld").get("elements")
    kept_back = [one for one in withheld or () if isinstance(one, str)]
    for kind in ESSENTIAL:
        if kind not in data:
            yield ("data", kind), "is missing: without it nothing says what may be sent"
    for kind, elements in data.items():
        if not known_paths(kind):
            yield ("data", kind), f"there is no message {kind}; there are {', '.join(CONTENT)}"
        elif isinstance(elements, dict):
            yield from _elements(kind, elements, kept_back)
    everywhere = {path for kind in CONTENT for path in known_paths(kind)}
    for index, path in enumerate(kept_back):
        if path not in everywhere:
            yield ("withheld", "elements", index), f"no message has an element {path}"


def _attachments(raw: dict[str, Any]) -> Iterator[Found]:
    for kind, rule in _table(raw, "attachments").items():
        if kind not in CONTENT:
            known = ", ".join(CONTENT)
            yield ("attachments", kind), f"no message {kind} carries files; there are {known}"
        for name, most in (("files", MOST_FILES), ("size", LARGEST_FILE)):
            value = rule.get(name) if isinstance(rule, dict) else None
            if isinstance(value, int) and not 0 < value <= most:
                yield ("attachments", kind, name), f"must be 1 to {most}"


def _elements(kind: str, elements: dict[str, Any], withheld: list[str]) -> Iterator[Found]:
    for path in elements:
        around = next((one for one in withheld if f"{path}.".startswith(f"{one}.")), None)
        if path not in known_paths(kind):
            yield ("data", kind, path), f"{kind} has no element {path}"
        elif around == path:
            yield ("data", kind, path), f"{path} is both listed and withheld"
        elif around:
            yield ("data", kind, path), f"{path} is listed, but {around} is withheld"
    for path in required_paths(kind, frozenset(elements) | ALWAYS):
        yield ("data", kind), f"{path} is not listed, but {kind} cannot be written without it"
