"""The command that measures: protocol only, node to node, beside other software, with a full store."""

from __future__ import annotations

import sys

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON

FULL = 1_000_000


@click.command()
@click.argument("what", type=click.Choice(["as4"]))
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
def bench(what: str, *, runs: int, messages: int, stored: int, as_json: bool) -> None:  # noqa: ARG001
    """Measure this machine; docs/performance.md says how, and what the figures mean."""
    from keruen.bench import Plan, measure_as4, shortfalls

    plan = Plan(runs, messages, stored, tell=lambda text: click.echo(f"{text} ...", err=True))
    report = measure_as4(plan)
    if as_json:
        output.as_json(report)
    else:
        for name, value in report.items():
            click.echo(f"{name}: {value}")
    missed = shortfalls(report)
    for one in missed:
        click.echo(f"not reached: {one}", err=True)
    sys.exit(1 if missed else 0)
