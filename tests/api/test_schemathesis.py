"""Schemathesis finds no fault in the API: what it says of itself holds, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.api.books import Books

from keruen.api import OPERATIONS, SCOPES, create_app
from keruen.api.openapi import PATH

EXAMPLES = 25
"""Requests of each kind for each operation; the same in every run."""
ENDLESS = "streamEvents"
"""An answer that never ends is tested with a client of its own."""
SETTINGS = {
    "seed": 5,
    "generation": {"deterministic": True, "max-examples": EXAMPLES},
    "phases": {"stateful": {"enabled": False}},
    # 422: what follows the description and is refused all the same, such as a consignment that is not awaited.
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "3xx", 401, 403, 404, 409, 422, 429, "5xx"]
        }
    },
}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_schemathesis_finds_no_fault(books: Books) -> None:
    import schemathesis

    shown = {"Authorization": f"Bearer {books.secret(*SCOPES)}"}
    config = schemathesis.Config.from_dict({**SETTINGS, "headers": shown})
    app = create_app(books.gate)
    described = schemathesis.openapi.from_asgi(f"{PATH}/openapi.json", app, config=config)
    faults, asked = set[str](), set[str]()
    for event in _run(described.exclude(operation_id=ENDLESS)):
        faults |= set(_faults(event))
        asked |= {event.recorder.label} if hasattr(event, "recorder") else set()
    assert not faults, "\n".join(faults)
    assert asked == {f"{one.method} {one.path}" for one in OPERATIONS if one.id != ENDLESS}


def _run(described: Any) -> Iterator[Any]:
    from schemathesis.engine import from_schema

    return iter(from_schema(described).execute())


def _faults(event: Any) -> Iterator[str]:
    """What an event of the run says that is wrong."""
    from schemathesis.engine import events

    if isinstance(event, events.NonFatalError | events.FatalError):
        yield f"{getattr(event, 'label', '')}: {event}"
    if isinstance(event, events.ScenarioFinished):
        for case, checks in event.recorder.checks.items():
            said = event.recorder.interactions[case].response
            for one in checks:
                if one.failure_info is not None:
                    title, asked = one.failure_info.failure.title, one.failure_info.code_sample
                    yield f"{one.name}: {title}: {asked}: {said and said.status_code} {said and said.content!r}"
