"""Commands of daily work: submit, expected, arrive, status."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from keruen import border
from keruen.border import Arrival, ArrivalRegistered
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY, FILE, FILES
from keruen.customs import Finding
from keruen.errors import InputError
from keruen.exchange import Result, Submitted
from keruen.formats.documents import SIZE
from keruen.node import Node, waiting

POLL_SECONDS = 0.1
BATCH = 50
ARRIVALS_SIZE = 64 * 1024 * 1024
"""Bytes of a file of arrivals, at most."""


@click.command()
@DIRECTORY
@FILES
@click.option(
    "--wait",
    default=0.0,
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Wait so long for the partner's answers.",
)
@AS_JSON
def submit(root: Path, files: tuple[str, ...], wait: float, as_json: bool) -> None:
    """Hand declarations in: export and transit go to the partner, imports are matched."""
    node = Node.open(root)
    try:
        results = _submit(node, files)
        answers = _wait(node, results, wait) if wait else {}
    finally:
        node.close()
    if as_json:
        output.as_json([_submitted(one, answers) for one in results])
    else:
        for one in results:
            _print_submitted(one, answers)
    refused = any(one.result is Result.REFUSED for one in results)
    rejected = any(answer.get("outcome") == "rejected" for answer in answers.values())
    sys.exit(3 if refused or rejected else 1 if any(one.findings for one in results) else 0)


def _submit(node: Node, files: Sequence[str]) -> list[Submitted]:
    results: list[Submitted] = []
    with Progress(console=Console(stderr=True), transient=True, disable=len(files) < BATCH) as bar:
        task = bar.add_task("Submitting", total=len(files))
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            results += _submit_batch(node, batch)
            bar.advance(task, len(batch))
    return results


def _submit_batch(node: Node, paths: Sequence[str]) -> Iterator[Submitted]:
    """Answers in the order of the files; one that cannot be read keeps nothing from the others."""
    unread: dict[int, Submitted] = {}
    documents: list[tuple[str, bytes]] = []
    for index, path in enumerate(paths):
        try:
            documents.append((path, output.read_file(path, SIZE)))
        except InputError as error:
            finding = Finding(code=error.code, text=error.text)
            unread[index] = Submitted(name=path, result=Result.REFUSED, findings=(finding,))
    taken = iter(node.submit(documents))
    return (unread.get(index) or next(taken) for index in range(len(paths)))


def _wait(node: Node, results: Sequence[Submitted], seconds: float) -> dict[str, dict[str, Any]]:
    """Answers of the partner by message id, as far as they come in time."""
    end = time.monotonic() + seconds
    missing = {one.message_id: one for one in waiting(results) if one.message_id}
    answers: dict[str, dict[str, Any]] = {}
    while missing and time.monotonic() < end:
        for message_id, one in list(missing.items()):
            answer = node.answer(one.corridor or "", message_id)
            if answer is not None:
                answers[message_id] = msgspec.to_builtins(answer)
                del missing[message_id]
        if missing:
            time.sleep(POLL_SECONDS)
    return answers


def _submitted(one: Submitted, answers: dict[str, dict[str, Any]]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    answer = answers.get(one.message_id or "")
    if answer:
        plain["answer"] = {
            key: answer[key]
            for key in ("outcome", "registration_number", "findings")
            if key in answer
        }
    return plain


def _print_submitted(one: Submitted, answers: dict[str, dict[str, Any]]) -> None:
    words = {
        Result.QUEUED: f"queued for {one.partner}",
        Result.KNOWN: "known, nothing done again",
        Result.REFUSED: "refused",
        Result.MATCHED: "matched",
        Result.UNMATCHED: "kept, unmatched",
    }[one.result]
    about = " ".join(part for part in (one.kind, one.reference) if part)
    tail = f" as consignment {one.consignment_id}" if one.consignment_id else ""
    click.echo(f"{one.name}: {words}{tail}" + (f" ({about})" if about else ""))
    output.findings(one.findings)
    answer = answers.get(one.message_id or "")
    if answer:
        number = answer.get("registration_number")
        click.echo(f"  {one.partner}: {answer['outcome']}" + (f", {number}" if number else ""))
        for finding in answer.get("findings", ()):
            click.echo(f"    {finding['code']} {finding.get('path', '')}: {finding['text']}")


@click.command()
@DIRECTORY
@click.option("--post", required=True, help="Code of the post.")
@click.option(
    "--limit", default=200, show_default=True, type=click.IntRange(min=1), help="Rows at most."
)
@AS_JSON
def expected(root: Path, post: str, limit: int, as_json: bool) -> None:
    """List what is on the way to a post, the next one first."""
    node = Node.open(root)
    try:
        node.require_post(post)
        rows = node.store.read(
            lambda reader: border.expected(reader, node.context, post, limit=limit)
        )
    finally:
        node.close()
    if as_json:
        output.as_json(rows)
        return
    if not rows:
        click.echo(f"Nothing is expected at {post}.")
        return
    table = Table(
        "ETA", "state", "vehicle", "reference", "goods", "kg", title=f"Expected at {post}"
    )
    for row in rows:
        eta = f"{row.eta:%d.%m %H:%M}" if row.eta else "unknown"
        if row.eta_basis == "estimated":
            eta += " est."
        table.add_row(
            eta, row.state, row.vehicle or "", row.reference, row.title or "", row.gross_mass or ""
        )
    Console().print(table)


def _mass(_: click.Context, __: click.Parameter, value: str | None) -> Decimal | None:
    if value is None:
        return None
    try:
        mass = Decimal(value)
    except InvalidOperation as error:
        raise click.BadParameter("a mass in kg, such as 20150.5") from error
    if not mass.is_finite() or mass < 0:
        raise click.BadParameter("a mass in kg, zero or more")
    return mass


def _moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("a time with offset, such as 2026-11-23T21:40+05:00") from error
    if moment.tzinfo is None:
        raise click.BadParameter("the offset is missing: 2026-11-23T21:40+05:00")
    return moment


@click.command()
@DIRECTORY
@click.option(
    "--from",
    "source",
    type=FILE,
    help="Arrivals as a JSON array or JSON lines; - is standard input.",
)
@click.option("--post", help="Code of the post.")
@click.option("--vehicle", help="Plate of the truck.")
@click.option("--trailer", "trailers", multiple=True, help="Plate of a trailer.")
@click.option("--wagon", "wagons", multiple=True, help="Number of a wagon.")
@click.option("--container", "containers", multiple=True, help="Number of a container.")
@click.option("--number", help="Declaration number, reference or consignment id.")
@click.option("--seal", "seals", multiple=True, help="Number of a seal found whole.")
@click.option("--seal-broken", "seals_broken", multiple=True, help="Number of a seal found broken.")
@click.option("--weighbridge", callback=_mass, help="Gross mass of the goods, kg.")
@click.option("--arrived", callback=_moment, help="When, with offset; now if left out.")
@click.option("--partial", is_flag=True, help="More of the consignment is still to come.")
@click.option("--partner", help="Country of the partner, for an unannounced arrival.")
@click.option("--remark", help="What a person should know.")
@AS_JSON
def arrive(root: Path, source: str | None, as_json: bool, **facts: Any) -> None:
    """Register an arrival by plate, wagon, container or number; --from FILE registers many."""
    facts = {name: value for name, value in facts.items() if value not in (None, False, ())}
    if source is None and "post" not in facts:
        raise click.UsageError(
            "say which post: --post CODE (or give many arrivals with --from FILE)"
        )
    if source is not None and facts:
        raise click.UsageError(
            f"--from FILE says everything; leave out {', '.join(_options(facts))}"
        )
    node = Node.open(root)
    try:
        if source is not None:
            arrivals = border.read_arrivals(output.read_file(source, ARRIVALS_SIZE))
        else:
            arrivals = [border.arrival(**{"arrived": node.context.clock.now()} | facts)]
        registered = _register(node, arrivals)
    finally:
        node.close()
    if as_json:
        output.as_json(registered)
    elif not arrivals:
        click.echo("Nothing was registered: the file holds no arrivals.")
    else:
        for one in registered:
            _print_registered(one)
    refused = any(one.arrival_id is None for one in registered)
    sys.exit(3 if refused else 1 if any(o.discrepancies or o.findings for o in registered) else 0)


def _options(facts: dict[str, Any]) -> list[str]:
    """How a person wrote these options."""
    parameters = click.get_current_context().command.params
    return [one.opts[0] for one in parameters if one.name in facts]


def _register(node: Node, arrivals: Sequence[Arrival]) -> list[ArrivalRegistered]:
    registered: list[ArrivalRegistered] = []
    with Progress(
        console=Console(stderr=True), transient=True, disable=len(arrivals) < BATCH
    ) as bar:
        for arrival in bar.track(arrivals, description="Registering"):
            registered += node.arrive([arrival])
    return registered


def _print_registered(one: ArrivalRegistered) -> None:
    if one.arrival_id is None:
        click.echo(f"{one.post}: not registered")
    elif one.unannounced:
        click.echo(f"{one.post}: unannounced arrival {one.arrival_id} registered")
    else:
        part = " in part" if one.partial else ""
        click.echo(f"{one.post}: arrived{part}: {one.reference} ({one.consignment_id})")
    for basis in one.matched_by:
        click.echo(f"  known by {basis.rule}: declared {basis.declared}, found {basis.found}")
    for found in one.discrepancies:
        item = f" item {found.item}" if found.item is not None else ""
        click.echo(
            f"  {found.code}{item}: declared {found.declared or '–'}, found {found.found or '–'}"
            + (f" (tolerance {found.tolerance})" if found.tolerance else "")
        )
    output.findings(one.findings)


@click.command()
@DIRECTORY
@AS_JSON
def status(root: Path, as_json: bool) -> None:
    """Count what was sent and received, what waits and what failed."""
    node = Node.open(root)
    try:
        counts = node.store.read(lambda reader: reader.counts())
        failed = node.store.read(lambda reader: reader.outbox_failures(limit=20))
    finally:
        node.close()
    counts = {"country": node.context.country, "now": node.context.clock.now(), **counts}
    if as_json:
        output.as_json({**counts, "failures": failed})
        return
    for name, value in counts.items():
        if isinstance(value, dict):
            click.echo(f"{name}:")
            for key, count in value.items():
                click.echo(f"  {key}: {count}")
        else:
            click.echo(f"{name}: {value}")
    for entry in failed:
        click.echo(f"failed: {entry.message_id} to {entry.partner}: {entry.last_error}")
