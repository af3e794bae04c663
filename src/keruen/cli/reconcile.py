"""The command that finds who is whose in two administrations' tables, and what is missing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON

if TYPE_CHECKING:
    from keruen.mirror.matching import Summary

TABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--exports", required=True, type=TABLE, help="Parquet table of the exporter's side.")
@click.option("--imports", required=True, type=TABLE, help="Parquet table of the importer's side.")
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for links, missing, orphans and differences.",
)
@click.option(
    "--as-of",
    type=DAY,
    metavar="DAY",
    help="Day on which the tables were drawn up; their latest day if left out.",
)
@AS_JSON
def reconcile(
    *, exports: Path, imports: Path, out: Path, as_of: date | None, as_json: bool
) -> None:
    """Link two administrations' tables; write who is whose, what never came, what nobody announced."""
    from keruen.mirror import matching

    with output.bar(wanted=not as_json) as progress:
        task = progress.add_task("reconciling", total=len(matching.STEPS))
        summary = matching.reconcile(
            exports, imports, out, as_of=as_of, advance=lambda _: progress.advance(task)
        )
    if as_json:
        output.as_json({**asdict(summary), "out": str(out)})
    else:
        _print(summary, out)


def _print(summary: Summary, out: Path) -> None:
    click.echo(
        f"{summary.exports_linked:,} of {summary.exports:,} exports and {summary.imports_linked:,} of "
        f"{summary.imports:,} imports are linked, {summary.split:,} split and {summary.merged:,} merged "
        f"consignments among them; {summary.review:,} links are for a person to look at."
    )
    for name in ("missing", "orphans", "differences"):
        counted: dict[str, int] = getattr(summary, name)
        told = ", ".join(f"{code} {count:,}" for code, count in counted.items()) or "none"
        click.echo(f"{name}: {told}")
    click.echo(f"as of {summary.as_of}; written to {out}")
