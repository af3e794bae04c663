"""The commands that measure: messages between nodes, and pages over years of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON

FULL = 1_000_000


@click.group()
def bench() -> None:
    """Measure this machine; docs/performance.md says how, and what the figures mean."""


@bench.command()
@click.option(
    "--runs", default=5, show_default=True, type=click.IntRange(1, 99), help="Runs of each figure."
)
@click.option(
    "--messages",
    default=2000,
    show_default=True,
    type=click.IntRange(min=100),
    help="Messages of one run.",
)
@click.option(
    "--stored",
    default=FULL,
    show_default=True,
    type=click.IntRange(min=1000),
    help="Messages in the store when it is full.",
)
@AS_JSON
def as4(*, runs: int, messages: int, stored: int, as_json: bool) -> None:
    """Protocol only, node to node, beside other software, with a full store."""
    from keruen.bench import Plan, measure_as4, shortfalls

    plan = Plan(runs, messages, stored, tell=_tell)
    report = measure_as4(plan)
    _end(report, shortfalls(report), as_json=as_json)


@bench.command()
@click.option(
    "--consignments",
    default=FULL,
    show_default=True,
    type=click.IntRange(min=200),
    help="Consignments in the store, at least.",
)
@click.option(
    "--requests",
    default=400,
    show_default=True,
    type=click.IntRange(min=20),
    help="Requests of each kind of page.",
)
@click.option(
    "--events",
    default=20,
    show_default=True,
    type=click.IntRange(1, 100),
    help="Events that an open board waits for.",
)
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the filled store is kept, and taken from the next time.",
)
@click.option("--database", help="An empty database, postgresql+psycopg://…, in place of SQLite.")
@AS_JSON
def console(
    *,
    consignments: int,
    requests: int,
    events: int,
    folder: Path | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Pages of a node with years in its store, and how soon an open board shows an event."""
    from keruen.bench.console import COLD, Plan, measure_console, shortfalls

    with output.bar() as bar:
        task = bar.add_task("filling", total=consignments)
        plan = Plan(
            consignments=consignments,
            requests=requests,
            cold=COLD,
            events=events,
            url=database,
            folder=folder,
            tell=_tell,
            grown=lambda count: bar.update(task, completed=count),
        )
        report = measure_console(plan)
    _end(report, shortfalls(report), as_json=as_json)


@bench.command()
@click.option(
    "--lines",
    default=10_000_000,
    show_default=True,
    type=click.IntRange(min=1000),
    help="Lines of each side.",
)
@click.option(
    "--consignments",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=500),
    help="Consignments of each simulated traffic.",
)
@AS_JSON
def mirror(*, lines: int, consignments: int, as_json: bool) -> None:
    """Mirror statistics of millions of lines; how much of simulated gaps is rightly explained."""
    from keruen.bench.mirror import Plan, measure_mirror, shortfalls

    report = measure_mirror(Plan(lines, consignments, tell=_tell))
    _end(report, shortfalls(report), as_json=as_json)


QUICK = 2000
PROFILES = ("light", "medium", "heavy")


@bench.command()
@click.option(
    "--consignments",
    default=20_000,
    show_default=True,
    type=click.IntRange(min=100),
    help="Consignments of each run.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(PROFILES),
    default=PROFILES,
    show_default=True,
    help="How often records are wrong; several may be given.",
)
@click.option(
    "--seeds",
    multiple=True,
    type=click.IntRange(min=10),
    default=(101,),
    show_default=True,
    help="Simulated trades; 1 to 9 are those that the matcher was made with.",
)
@click.option("--quick", is_flag=True, help="One small run, without Splink.")
@click.option(
    "--dir",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where tables and results are kept.",
)
@AS_JSON
def reconcile(
    *,
    consignments: int,
    profiles: tuple[str, ...],
    seeds: tuple[int, ...],
    quick: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Reconcile simulated tables, and judge it by their truth; Splink beside it on the same lines."""
    import tempfile

    from keruen.bench.reconciling import Plan, measure_reconcile, shortfalls

    with tempfile.TemporaryDirectory() as room:
        plan = Plan(
            consignments=QUICK if quick else consignments,
            profiles=PROFILES[1:2] if quick else profiles,
            seeds=seeds,
            folder=folder or Path(room),
            peer=not quick,
            tell=_tell,
        )
        report = measure_reconcile(plan)
    _end(report, shortfalls(report), as_json=as_json)


def _tell(text: str) -> None:
    click.echo(f"{text} ...", err=True)


def _end(report: dict[str, Any], missed: Sequence[str], *, as_json: bool) -> None:
    """Print what was measured; 1 if an aim was not reached."""
    if as_json:
        output.as_json(report)
    else:
        for name, value in report.items():
            click.echo(f"{name}: {value}")
    for one in missed:
        click.echo(f"not reached: {one}", err=True)
    sys.exit(1 if missed else 0)
