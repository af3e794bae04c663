"""The audit trail: searched, paged, taken away as CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Stream

from keruen.access import Act
from keruen.console.downloads import saved_as
from keruen.console.entry.trail import note
from keruen.console.entry.words import ACTS
from keruen.console.rendering import Asked, Desk
from keruen.exchange.figures.csvfile import csv_file
from keruen.people.trail import Search, everything, table
from keruen.store import AuditEntry

TheDesk = NamedDependency[Desk]
FIELDS = ("who", "deed", "subject", "since", "until")
"""Of the search, as they stand in the address."""
AUDIT = "/administration/audit"
PAGE = 50


@get(AUDIT, act=Act.SEE_AUDIT, audited=True, sync_to_thread=True)
def audit(request: Asked, desk: TheDesk, before: FromQuery[str] = "") -> Response[str]:
    """Who looked at what and who did what, the newest first."""
    asked = _asked(request)
    search = _search(asked)
    note(request, subject=urlencode(asked))
    found = desk.store.read(lambda reader: search.page(reader, before or None, PAGE + 1))
    view: dict[str, Any] = {
        "entries": found[:PAGE],
        "asked": dict.fromkeys(FIELDS, "") | asked,
        "acts": list(ACTS),
        "query": urlencode(asked),
        "further": found[PAGE - 1].entry_id if len(found) > PAGE else None,
    }
    return desk.page(request, "administration/audit.html", view)


@get(f"{AUDIT}.csv", act=Act.SEE_AUDIT, audited=True, sync_to_thread=False)
def as_csv(request: Asked, desk: TheDesk) -> Stream:
    """All that was searched for, as a table."""
    asked = _asked(request)
    entries = everything(desk.store, _search(asked))
    note(request, subject=urlencode(asked), detail="csv")
    lines = csv_file(table(entries), mark=False)
    return Stream(lines, media_type="text/csv", headers=saved_as("audit.csv"))


@get(f"{AUDIT}.json", act=Act.SEE_AUDIT, audited=True, sync_to_thread=False)
def as_json(request: Asked, desk: TheDesk) -> Stream:
    """The same as one JSON array."""
    asked = _asked(request)
    entries = everything(desk.store, _search(asked))
    note(request, subject=urlencode(asked), detail="json")
    return Stream(_array(entries), media_type="application/json", headers=saved_as("audit.json"))


def _asked(request: Asked) -> dict[str, str]:
    """What the fields of the search say."""
    typed = {name: request.query_params.get(name, "").strip() for name in FIELDS}
    return {name: text for name, text in typed.items() if text}


def _search(asked: Mapping[str, str]) -> Search:
    """What was asked for; a day that is none leaves that side open."""
    return Search(
        who=asked.get("who", "").casefold(),
        act=asked.get("deed"),
        subject=asked.get("subject"),
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _array(entries: Iterator[AuditEntry]) -> Iterator[str]:
    mark = "["
    for entry in entries:
        yield mark + json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)
        mark = ",\n"
    yield "]" if mark != "[" else "[]"


ROUTES = (audit, as_csv, as_json)
