"""What the page of turnover asks for, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from keruen.access import Person
from keruen.console.overview.tables import Reading
from keruen.console.turnover import said
from keruen.console.turnover.parts import parts
from keruen.console.turnover.report import Report, report
from keruen.exchange.context import Context
from keruen.exchange.figures.period import today
from keruen.mirror.turnover import Choice, Flow, Length, Turnover, turnover_of
from keruen.store import Reader
from keruen.store.pages import Narrowed

PATH = "/turnover"
YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, and at what."""

    context: Context
    person: Person
    choice: Choice
    reading: Reading

    def found(self, reader: Reader) -> Turnover:
        """All that the person may see."""
        seen = Narrowed(posts=self.person.posts, partners=self.person.partners)
        return turnover_of(reader, self.context.country, today(self.context), seen)

    def report(self, found: Turnover) -> Report:
        """What is shown of it."""
        return report(
            parts(found, self.choice, self.reading), self.reading, self.context.clock.now()
        )

    def address(self, path: str) -> str:
        """An address with the same choice."""
        return f"{PATH}{path}?{urlencode(dict(_kept(self.choice)))}"


def choice_of(typed: Mapping[str, str]) -> Choice:
    """What was chosen; what there is not is left out."""
    length = typed.get("length")
    return Choice(
        length=Length(length) if length in tuple(Length) else None,
        flow=typed.get("flow") or None,
        since=_year(typed.get("since", "")),
        until=_year(typed.get("until", "")),
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text[:4]) in YEARS else None


def _kept(choice: Choice) -> Iterator[tuple[str, str]]:
    for name in ("length", "flow", "since", "until"):
        if (value := getattr(choice, name)) is not None:
            yield name, str(value)


def page(look: Look, found: Turnover) -> dict[str, Any]:
    """All of the page."""
    return {
        "look": look,
        "choice": look.choice,
        "report": look.report(found),
        "flows": tuple((str(flow), said.flow(look.reading, flow)) for flow in _flows(found)),
        "series": found.series,
        "known": bool(found.own or found.published),
    }


def _flows(found: Turnover) -> tuple[Flow, ...]:
    every = {one.flow for one in (*found.own, *found.published)}
    return tuple(sorted(every, key=lambda flow: (flow.both, flow)))
