"""A list in the versions in which it was published, each in force from a day on: one list made of them.

A later version takes the place of those before it from its first day on; what a code was before that day is
still answered by the version before. An addition keeps what it does not name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from keruen.customs.codelists.model import Entry

Entries = Mapping[str, tuple[Entry, ...]]
"""Code → its periods."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """One publication of a list.

    Attributes:
        since: first day on which it is in force; None: ever since.
        entries: all of it.
    """

    since: date | None
    entries: Entries


@dataclass(frozen=True, slots=True)
class _Span:
    """What a code is in one stretch of days."""

    since: date | None
    until: date | None
    entries: tuple[Entry, ...]


def on_top(base: Entries, addition: Entries) -> Entries:
    """A list with national additions: what they name is theirs, but names in further languages are kept."""
    return {**base, **{code: _named(base.get(code, ()), own) for code, own in addition.items()}}


def _named(before: tuple[Entry, ...], own: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if len(before) != 1 or not before[0].names:
        return own
    return tuple(replace(one, names={**before[0].names, **one.names}) for one in own)


def succession(versions: Iterable[Version]) -> Entries:
    """The entries of all versions, each held to the days on which its version is in force.

    Args:
        versions: in the order in which they were published: of two with the same first day the later counts.
    """
    by_day = {version.since: version for version in versions}
    ordered = sorted(by_day.values(), key=lambda one: one.since or date.min)
    if len(ordered) == 1 and ordered[0].since is None:
        return ordered[0].entries
    spans: dict[str, list[_Span]] = {}
    ends = [one.since and one.since - _DAY for one in ordered[1:]]
    for version, until in zip(ordered, [*ends, None], strict=True):
        for code, entries in version.entries.items():
            _lengthen(spans.setdefault(code, []), _Span(version.since, until, entries))
    return {code: tuple(_held(of_code)) for code, of_code in spans.items()}


def _lengthen(spans: list[_Span], further: _Span) -> None:
    """Add a span; one that says the same as the one right before it makes that longer."""
    last = spans[-1] if spans else None
    adjoins = last and last.until and further.since and last.until + _DAY == further.since
    if last and adjoins and last.entries == further.entries:
        spans[-1] = _Span(last.since, further.until, last.entries)
    else:
        spans.append(further)


def _held(spans: Iterable[_Span]) -> Iterable[Entry]:
    for span in spans:
        for entry in span.entries:
            since = max((day for day in (entry.valid_from, span.since) if day), default=None)
            until = min((day for day in (entry.valid_until, span.until) if day), default=None)
            if since is None or until is None or since <= until:
                yield replace(entry, valid_from=since, valid_until=until)
