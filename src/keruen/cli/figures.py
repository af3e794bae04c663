"""The command that prints figures: on time, arrived, missing, differing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.scope import require_scope
from keruen.errors import UsageError
from keruen.exchange.figures import By, Figure, by, overview
from keruen.exchange.figures.csvfile import csv_file
from keruen.exchange.figures.period import wanted
from keruen.node import Node
from keruen.store import Role

COLUMNS = (
    "key", "label", "announced", "arrived", "unannounced", "timed", "on_time", "on_time_share",
    "differing", "missing",
)  # fmt: skip


@click.command()
@DIRECTORY
@click.option(
    "--by",
    "grouping",
    type=click.Choice([one.value for one in By]),
    default="month",
    show_default=True,
    help="What the table has a row for.",
)
@click.option("--from", "since", type=DAY, metavar="DAY", help="First day; 30 days if left out.")
@click.option("--to", "until", type=DAY, metavar="DAY", help="Last day; today if left out.")
@click.option("--partner", help="Country at the other side; all partners if left out.")
@click.option("--post", metavar="CODE", help="One entry post; all if left out.")
@click.option("--direction", type=click.Choice(["in", "out"]), help="What comes, or what leaves.")
@AS_JSON
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a spreadsheet.")
def figures(  # noqa: PLR0913, PLR0917 - options
    root: Path,
    grouping: str,
    since: date | None,
    until: date | None,
    partner: str | None,
    post: str | None,
    direction: str | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Count consignments by the day of their ETA: on time, arrived, missing, with discrepancies."""
    if as_json and as_csv:
        raise UsageError("options-exclude", "give --json or --csv, not both")
    node = Node.open(root)
    try:
        require_scope(node, (), [partner] if partner else [])
        role = {None: None, "in": Role.RECEIVER, "out": Role.SENDER}[direction]
        asked = wanted(node.context, since, until, role=role, partner=partner, post=post)
        now = node.context.clock.now()
        whole, table = node.store.read(
            lambda reader: (overview(reader, asked, now), by(reader, asked, now, By(grouping)))
        )
    finally:
        node.close()
    if as_json:
        output.as_json({"since": asked.since, "until": asked.until, "overview": whole, "by": table})
    elif as_csv:
        for line in csv_file([COLUMNS, *(_cells(one) for one in table)], mark=False):
            click.echo(line, nl=False)
    else:
        _print([*table, whole.total])


def _cells(one: Figure) -> list[str | int | float | None]:
    return [getattr(one, name) for name in COLUMNS]


def _print(found: Iterable[Figure]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE, padding=0)
    table.add_column("")
    for head in ("announced", "arrived", "on time", "differing", "missing"):
        table.add_column(head, justify="right", no_wrap=True)
    rows = list(found)
    for number, one in enumerate(rows):
        name = one.label or one.key or ("all" if number == len(rows) - 1 else "not stated")
        table.add_row(name, *_numbers(one))
    Console().print(table)


def _numbers(one: Figure) -> list[str]:
    share = "–" if one.on_time_share is None else f"{100 * one.on_time_share:.0f} %"
    return [str(one.announced), str(one.arrived), share, str(one.differing), str(one.missing)]
