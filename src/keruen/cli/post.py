"""Commands of the border post: expected, arrive."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table

from keruen import border
from keruen.access import Act
from keruen.attachments import attaching
from keruen.border import Arrival, ArrivalRegistered
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY, FILE
from keruen.cli.scope import audit
from keruen.node import Node

MANY = 50
"""From so many arrivals on there is a progress bar."""
LARGE_FILES = 64 * 1024 * 1024
"""From so many bytes of attached files on there is one, too."""
ARRIVALS_SIZE = 64 * 1024 * 1024
"""Bytes of a file of arrivals, at most."""


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
    _print_expected(post, rows)


def _print_expected(post: str, rows: Sequence[border.Expected]) -> None:
    """The board as a table that shows numbers whole where a terminal has 80 columns."""
    table = Table(box=box.SIMPLE, padding=0, title=f"Expected at {post}, times in UTC")
    for head, whole in (("ETA", 0), ("state", 9), ("vehicle", 12), ("reference", 20), ("kg", 1)):
        table.add_column(head, overflow="fold", min_width=whole or None)
    table.add_column("goods")
    for row in rows:
        eta = f"{row.eta.astimezone(UTC):%d.%m %H:%M}" if row.eta else "unknown"
        if row.eta_basis == "estimated":
            eta += " est."
        table.add_row(
            eta, row.state, row.vehicle or "", row.reference, row.gross_mass or "", row.title or ""
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


def moment(_: click.Context, __: click.Parameter, value: str | None) -> datetime | None:
    """A time that a person writes."""
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter("a time with offset, such as 2026-11-23T21:40+05:00") from error
    if found.tzinfo is None:
        raise click.BadParameter("the offset is missing: 2026-11-23T21:40+05:00")
    return found


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
@click.option(
    "--seal-missing", "seals_missing", multiple=True, help="Number of a seal that is not there."
)
@click.option("--weighbridge", callback=_mass, help="Gross mass of the goods, kg.")
@click.option("--arrived", callback=moment, help="When, with offset; now if left out.")
@click.option("--partial", is_flag=True, help="More of the consignment is still to come.")
@click.option("--partner", help="Country of the partner, for an unannounced arrival.")
@click.option("--remark", help="What a person should know.")
@click.option(
    "--attach",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A photograph or X-ray image that travels with it; any size that the agreement allows.",
)
@AS_JSON
def arrive(
    root: Path, source: str | None, attach: tuple[Path, ...], as_json: bool, **facts: Any
) -> None:
    """Register an arrival by plate, wagon, container or number; --from FILE registers many."""
    facts = {name: value for name, value in facts.items() if value not in (None, False, ())}
    if source is None and "post" not in facts:
        raise click.UsageError(
            "say which post: --post CODE (or give many arrivals with --from FILE)"
        )
    if source is not None and (facts or attach):
        given = _options(facts | ({"attach": attach} if attach else {}))
        raise click.UsageError(f"--from FILE says everything; leave out {', '.join(given)}")
    node = Node.open(root)
    try:
        if source is not None:
            arrivals = border.read_arrivals(output.read_file(source, ARRIVALS_SIZE))
        else:
            arrivals = [border.arrival(**{"arrived": node.context.clock.now()} | facts)]
        registered = _with_files(node, arrivals, attach) if attach else _register(node, arrivals)
        audit(node, Act.REGISTER_ARRIVAL, *(one.arrival_id for one in registered if one.arrival_id))
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
    with output.bar(wanted=len(arrivals) >= MANY) as bar:
        for arrival in bar.track(arrivals, description="Registering"):
            registered += node.arrive([arrival])
    return registered


def _with_files(
    node: Node, arrivals: Sequence[Arrival], files: Sequence[Path]
) -> list[ArrivalRegistered]:
    size = sum(path.stat().st_size for path in files)
    with output.bar(wanted=size >= LARGE_FILES) as bar:
        task = bar.add_task("Reading", total=size)
        with attaching(
            node.store, node.context, files, lambda octets: bar.advance(task, octets)
        ) as attached:
            return node.arrive(arrivals, attached)


def _print_registered(one: ArrivalRegistered) -> None:
    if one.arrival_id is None:
        click.echo(f"{one.post}: not registered")
    elif one.unannounced:
        click.echo(f"{one.post}: unannounced arrival {one.arrival_id} registered")
    else:
        part = " in part" if one.partial else ""
        click.echo(f"{one.post}: arrived{part}: {one.reference} ({one.consignment_id})")
    if one.attachments:
        files = "1 file goes" if one.attachments == 1 else f"{one.attachments} files go"
        click.echo(f"  {files} along")
    for basis in one.matched_by:
        click.echo(f"  known by {basis.rule}: declared {basis.declared}, found {basis.found}")
    for found in one.discrepancies:
        click.echo(f"  {output.discrepancy(found)}")
    output.findings(one.findings)
