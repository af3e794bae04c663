"""Mistakes in when, where and on what conditions an agreement holds: periods, offices, conditions, names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from keruen.agreement.datalist import ALWAYS, known_paths
from keruen.messages import PreliminaryInformation
from keruen.tomlfile import Found
from keruen.tomllines import KeyPath

DECLARED = PreliminaryInformation.__name__
"""The kind of message whose elements tell which goods are left out."""


def mistakes(raw: dict[str, Any]) -> Iterator[Found]:
    """What is well-formed but cannot be meant."""
    yield from _offset(raw)
    yield from _phases(raw)
    yield from _offices(raw)
    for index, post in _tables(raw, "post"):
        yield from _period(("post", index), post)
    yield from _crossing(raw)
    yield from _conditions(raw)
    yield from _excluded(raw)
    yield from _names(raw)


def _tables(raw: dict[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    found = raw.get(name)
    several = enumerate(found if isinstance(found, list) else ())
    return [(index, one) for index, one in several if isinstance(one, dict)]


def _table(raw: dict[str, Any], name: str) -> dict[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _offset(raw: dict[str, Any]) -> Iterator[Found]:
    offset = raw.get("dates_utc_offset_minutes")
    if isinstance(offset, int) and not -720 <= offset <= 840:  # noqa: PLR2004 - UTC-12 to UTC+14
        yield ("dates_utc_offset_minutes",), "must be -720 to 840 minutes"


def _period(path: KeyPath, table: dict[str, Any]) -> Iterator[Found]:
    since, until = table.get("from"), table.get("until")
    if isinstance(since, date) and isinstance(until, date) and until < since:
        yield (*path, "until"), f"is before from = {since}"


def _phases(raw: dict[str, Any]) -> Iterator[Found]:
    for stage in _table(raw, "phases"):
        spans = _tables(_table(raw, "phases"), stage)
        for index, span in spans:
            yield from _period(("phases", stage, index), span)
        for (_, one), (index, other) in pairwise(spans):
            until, since = one.get("until"), other.get("from")
            if not (isinstance(until, date) and isinstance(since, date) and until < since):
                yield (
                    ("phases", stage, index),
                    "begins before the period above it has ended; state until there and from here",
                )


def _offices(raw: dict[str, Any]) -> Iterator[Found]:
    countries = [party.get("country") for _, party in _tables(raw, "party")]
    for index, office in _tables(raw, "office"):
        code, country = office.get("code"), office.get("country")
        if isinstance(code, str) and not (code.strip() and code.isprintable()):
            yield ("office", index, "code"), "must be a printable code"
        if isinstance(country, str) and country not in countries:
            yield ("office", index, "country"), f"office {code} lies in neither party's country"
        yield from _period(("office", index), office)


def _crossing(raw: dict[str, Any]) -> Iterator[Found]:
    if _table(raw, "crossing").get("eta") == []:
        yield ("crossing", "eta"), "at least one basis of an ETA must count"


def _conditions(raw: dict[str, Any]) -> Iterator[Found]:
    for kind, elements in _table(raw, "data").items():
        for path, need in elements.items() if isinstance(elements, dict) else ():
            if isinstance(need, dict):
                sent = frozenset(elements) | ALWAYS
                yield from _conditional(("data", kind, path), kind, need, sent)


def _conditional(
    at: KeyPath, kind: str, need: dict[str, Any], sent: frozenset[str]
) -> Iterator[Found]:
    """A condition must be one that the receiver can check, too."""
    if not need.get("when") and not need.get("unless"):
        yield at, 'a condition is missing: when or unless; "M" requires the element always'
    for name in ("when", "unless"):
        for path, values in _table(need, name).items():
            if path not in known_paths(kind):
                yield (*at, name, path), f"{kind} has no element {path}"
            elif not any(f"{path}.".startswith(f"{one}.") for one in sent):
                yield (*at, name, path), f"{path} is not sent, so the receiver cannot know"
            if values == []:
                yield (*at, name, path), 'at least one value is missing; "*" is any'


def _excluded(raw: dict[str, Any]) -> Iterator[Found]:
    seen: set[Any] = set()
    for index, rule in _tables(raw, "excluded"):
        if rule.get("id") in seen:
            yield ("excluded", index, "id"), "is given twice"
        seen.add(rule.get("id"))
        when = _table(rule, "when")
        if "when" in rule and not when:
            yield ("excluded", index, "when"), "says nothing, so no goods would be left out"
        for path, values in when.items():
            if path not in known_paths(DECLARED):
                yield ("excluded", index, "when", path), f"{DECLARED} has no element {path}"
            if values == []:
                yield ("excluded", index, "when", path), "at least one value is missing"


def _names(raw: dict[str, Any]) -> Iterator[Found]:
    """What is named in one language of the agreement is named in all of them."""
    languages = [one for one in raw.get("languages") or () if isinstance(one, str)]
    named: list[tuple[KeyPath, Any]] = [(("title",), raw.get("title"))]
    named += [(("post", index, "names"), one.get("names")) for index, one in _tables(raw, "post")]
    named += [
        (("excluded", index, "names"), one.get("names")) for index, one in _tables(raw, "excluded")
    ]
    for path, names in named:
        if isinstance(names, dict) and names:
            for language in languages:
                if language not in names:
                    yield path, f"a name in {language} is missing, which languages promises"
