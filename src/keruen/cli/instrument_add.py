"""The commands that add to the register: a file, a communiqué whose documents a person confirms, evidence."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.agreement.instruments import (
    Addition,
    Evidence,
    Instrument,
    Kind,
    Proposal,
    Register,
    Shown,
    check_addition,
    instrument_text,
    instruments_of,
    propose,
    proposed,
    waiting_text,
)
from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON, DIRECTORY, FILE
from keruen.config import instruments as files
from keruen.config.newfile import new_file
from keruen.config.nodefiles import settings_of
from keruen.errors import UsageError

HEAD = """\
# Read from a communique, for a person to confirm. Compare each entry with `quoted`, put right what is wrong,
# state what was not read (`unread`), give it a key of its own, set confirmed = true; then:
# keruen instruments add DIR
"""


@click.command()
@DIRECTORY
@click.argument("file", type=FILE, required=False)
@AS_JSON
def add(root: Path, file: str | None, as_json: bool) -> None:
    """Add instruments, milestones and evidence from a TOML file.

    FILE has the tables of instruments.toml; without it the confirmed proposals of `import` are taken.
    """
    settings_of(root).must()
    path = file or str(root / files.PROPOSED)
    known = files.load(root) or Register()
    added = check_addition(_text(root, file), known, name=path).must()
    files.add(root, added.register)
    if file is None:
        _keep_waiting(root, added)
    facts = {
        "added": [one.key for one in added.register.instruments],
        "milestones": len(added.register.milestones),
        "evidence": len(added.register.evidence),
        "waiting": [one.instrument.key for one in added.waiting],
    }
    _say(facts, as_json=as_json)
    sys.exit(1 if added.waiting else 0)


def _text(root: Path, file: str | None) -> str:
    if file is not None:
        return output.read_text(file)
    path = root / files.PROPOSED
    if not path.is_file():
        text = f"nothing is proposed; propose it: keruen instruments import {root} FILE --propose"
        raise UsageError("nothing-proposed", text, path=str(path))
    return output.read_text(str(path))


def _keep_waiting(root: Path, added: Addition) -> None:
    """What entered is proposed no more; what waits goes on waiting."""
    path = root / files.PROPOSED
    if not added.waiting:
        path.unlink()
        return
    with new_file(path) as file:
        file.write("\n".join([HEAD, *map(waiting_text, added.waiting)]).encode())


def _say(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        output.as_json(facts)
        return
    click.echo(
        f"Added {len(facts['added'])} instruments, {facts['milestones']} milestones, "
        f"{facts['evidence']} pieces of evidence."
    )
    for key in facts["waiting"]:
        click.echo(f"  {key} is not confirmed and stays outside.", err=True)
    click.echo("A node that is running reads what it rests on when it starts again.", err=True)


@click.command("import")
@DIRECTORY
@click.argument("file", type=FILE)
@click.option("--signed", type=DAY, help="The day on which all of them were signed.")
@click.option("--place", help="Where all of them were signed.")
@click.option("--source", help="Where the text was published; the file's name if left out.")
@click.option("--prefix", help="How the keys begin; the file's name if left out.")
@click.option(
    "--propose", "as_file", is_flag=True, help="Write proposals into DIR instead of asking."
)
@AS_JSON
def import_(
    root: Path,
    file: str,
    signed: date | None,
    place: str | None,
    source: str | None,
    prefix: str | None,
    as_file: bool,
    as_json: bool,
) -> None:
    """Read a communique's list of signed documents, English or Russian; ask of each whether it is right.

    Nothing enters that nobody confirmed, and nothing is made up: what cannot be read stays empty.
    """
    settings_of(root).must()
    known = files.load(root) or Register()
    read = propose(output.read_text(file))
    stem = "communique" if file == "-" else _slug(Path(file).stem)
    given = Instrument(
        key="",
        kind=Kind.AGREEMENT,
        title={},
        parties=(),
        signed=signed,
        place={read[0].language: place} if place and read else {},
        source=source or ("standard input" if file == "-" else Path(file).name),
    )
    made = instruments_of(read, known, prefix or stem, given)
    pairs = [*zip(read, made, strict=True)]
    if as_json:
        output.as_json([_facts(one, instrument) for one, instrument in pairs])
    elif not pairs:
        click.echo("The text lists no signed documents.", err=True)
    if as_file and pairs:
        _propose(root, pairs)
    elif pairs and not as_json:
        _ask(root, known, pairs)
    sys.exit(0 if pairs else 1)


def _slug(name: str) -> str:
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in name.lower())
    return plain.strip("-")[:60] or "communique"


def _facts(one: Proposal, made: Instrument) -> dict[str, Any]:
    facts: dict[str, Any] = msgspec.to_builtins(made)
    at = {name: getattr(one.place, name) for name in one.place.__slots__}
    return {**facts, "quoted": one.title, "stands": at, "both": one.shared, "unread": one.unread}


def _propose(root: Path, pairs: Iterable[tuple[Proposal, Instrument]]) -> None:
    path = root / files.PROPOSED
    before = output.read_text(str(path)) if path.is_file() else HEAD
    with new_file(path) as file:
        file.write(
            "\n".join(
                [before.rstrip(), "", *(waiting_text(proposed(*one)) for one in pairs)]
            ).encode()
        )
    click.echo(f"Proposed in {path}; confirm there, then: keruen instruments add {root}", err=True)


def _ask(root: Path, known: Register, pairs: Iterable[tuple[Proposal, Instrument]]) -> None:
    """Show each proposal and ask; what is confirmed enters at once."""
    for one, made in pairs:
        click.echo(f"\n{one.place}: {one.title}", err=True)
        click.echo(_read(one), err=True)
        said = click.prompt(
            "Right? y(es), n(o), e(dit)", type=click.Choice(["y", "n", "e"]), err=True
        )
        text = instrument_text(made)
        if said == "e":
            text = click.edit(text, extension=".toml") or ""
        if said == "n" or not text.strip():
            click.echo("Left out.", err=True)
            continue
        found = check_addition(text, known, name="proposal")
        for mistake in found.mistakes:
            click.echo(f"  {mistake}", err=True)
        if found.value is None:
            click.echo("Left out: edit it, or use --propose.", err=True)
            continue
        files.add(root, found.value.register)
        known = files.must(root)
        click.echo(f"Entered as {', '.join(i.key for i in found.value.register.instruments)}.")


def _read(one: Proposal) -> str:
    ends = [day.year for day in (one.period.since, one.period.until) if day]
    parties = " | ".join(name for party in one.parties for name in party.names.values())
    lines = [
        f"  kind: {one.kind}",
        f"  parties: {parties or 'not read'}" + (f" (both: {one.shared})" if one.shared else ""),
        f"  field: {one.field or 'not read'}",
        f"  period: {'-'.join(map(str, ends)) if ends else 'none read'}",
    ]
    return "\n".join(lines)


@click.command()
@DIRECTORY
@click.argument("key", metavar="KEY")
@click.argument("milestone", metavar="MILESTONE")
@click.option(
    "--state",
    type=click.Choice([one.value for one in Shown]),
    required=True,
    help="How far it is by that.",
)
@click.option("--on", "day", type=DAY, required=True, help="The day from which it is so.")
@click.option("--text", required=True, help="What happened.")
@click.option("--source", default="", help="Where that can be looked up.")
def evidence(
    root: Path, key: str, milestone: str, state: str, day: date, text: str, source: str
) -> None:
    """Say what shows how far a milestone is; nothing that was said before is taken away."""
    shown = Evidence(
        instrument=key, milestone=milestone, on=day, state=Shown(state), text=text, source=source
    )
    files.must(root)
    files.add(root, Register(evidence=(shown,)))
    click.echo(f"{key}, {milestone}: {state} on {day}.")
