"""The commands of the register: what the two countries signed, how it stands, what shows for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.agreement.instruments import Instrument, Register
from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.instrument_add import add, evidence, import_
from keruen.cli.output import AS_JSON, DIRECTORY, LANGUAGE
from keruen.clock import Clock
from keruen.config import directory
from keruen.config import instruments as files
from keruen.config.nodefiles import settings_of
from keruen.errors import UsageError

ON = click.option("--on", "day", type=DAY, help="The day that is asked about; today if left out.")


@click.group()
def instruments() -> None:
    """Keep the register of what was signed: list, show, add, import from a communique."""


for one in (add, import_, evidence):
    instruments.add_command(one)


@instruments.command("list")
@DIRECTORY
@ON
@LANGUAGE
@AS_JSON
def list_(root: Path, day: date | None, language: str, as_json: bool) -> None:
    """List what was signed, and how it stands on a day."""
    day = day or today(root)
    register = files.must(root)
    if as_json:
        output.as_json([facts_of(register, one, day) for one in register.instruments])
        return
    from keruen.console.instruments.document import line
    from keruen.console.texts import texts_in

    for one in register.instruments:
        click.echo(line(one, day, texts_in(language)))


@instruments.command()
@DIRECTORY
@click.argument("key", metavar="KEY")
@ON
@LANGUAGE
@AS_JSON
def show(root: Path, key: str, day: date | None, language: str, as_json: bool) -> None:
    """Show one instrument: parties, days, milestones and what shows for them."""
    day = day or today(root)
    register = files.must(root)
    one = must_be(register, key)
    rests = _resting_on(root, key)
    if as_json:
        output.as_json({**facts_of(register, one, day), "agreements": rests})
        return
    from keruen.console.instruments.document import document
    from keruen.console.texts import texts_in

    click.echo(document(register, one, day, texts_in(language), rests))


def today(root: Path) -> date:
    """This day by the node's own clock.

    Raises:
        UsageError: the first mistake in its settings.
    """
    clock = settings_of(root).must().clock
    return Clock(clock.settings() if clock else None).now().date()


def must_be(register: Register, key: str) -> Instrument:
    """The instrument of a key.

    Raises:
        UsageError: ``instrument-unknown``.
    """
    one = register.get(key)
    if one is None:
        there = ", ".join(one.key for one in register.instruments) or "none"
        raise UsageError("instrument-unknown", f"there is no instrument {key}; there are {there}")
    return one


def facts_of(register: Register, one: Instrument, day: date) -> dict[str, Any]:
    """What a program is told of an instrument, as on a day."""
    facts: dict[str, Any] = msgspec.to_builtins(one)
    return {
        **facts,
        "on": day,
        "status": one.status(day),
        "supposed": one.supposed,
        "indicator": one.indicator,
        "milestones": [
            {
                "id": milestone.id,
                "title": milestone.title,
                "due": milestone.due,
                "progress": register.progress(milestone, day),
                "evidence": [
                    {"on": e.on, "state": e.state, "text": e.text, "source": e.source}
                    for e in register.evidence_of(milestone, day)
                ],
            }
            for milestone in register.milestones_of(one.key)
        ],
    }


def _resting_on(root: Path, key: str) -> tuple[str, ...]:
    agreements = directory.load(root).agreements
    return tuple(one.id for one in agreements if one.instrument == key)
