"""The command that makes two administrations' records with the truth beside them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from keruen.cli import output
from keruen.cli.days import DAY
from keruen.cli.output import AS_JSON

PROFILES = ("light", "medium", "heavy")


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--days", default=365, show_default=True, type=click.IntRange(5, 3660), help="Days of trade."
)
@click.option("--seed", default=1, show_default=True, help="Another seed, another trade.")
@click.option(
    "--profile",
    default="medium",
    show_default=True,
    type=click.Choice(PROFILES),
    help="How often records are wrong.",
)
@click.option(
    "--consignments",
    type=click.IntRange(min=1),
    help="How many are exported, both ways together; 140 a day if left out.",
)
@click.option("--from", "start", type=DAY, metavar="DAY", help="First day; 2025-01-01 if left out.")
@click.option(
    "--declarations",
    default=200,
    show_default=True,
    type=click.IntRange(min=0),
    help="For how many consignments declarations and a script of arrivals are written for two nodes: "
    "a traffic of its own, not that of the tables.",
)
@AS_JSON
def simulate(
    *,
    out: Path,
    days: int,
    seed: int,
    profile: str,
    consignments: int | None,
    start: date | None,
    declarations: int,
    as_json: bool,
) -> None:
    """Make the records of both countries' trade in OUT, as Parquet, with the truth beside them.

    The same options give the same bytes.
    """
    from keruen.config.packaged import packaged_agreement
    from keruen.mirror.simulated import cleared, steps, write_simulation
    from keruen.simulate.tables import START, planned

    plan = planned(
        packaged_agreement(),
        seed=seed,
        days=days,
        consignments=consignments,
        profile=profile,
        start=start or START,
    )
    cleared(out)
    with output.bar(wanted=not as_json) as progress:
        task = progress.add_task("simulating", total=steps(plan))
        manifest = write_simulation(
            out, plan, declarations=declarations, advance=lambda: progress.advance(task)
        )
    if as_json:
        output.as_json(manifest)
        return
    for name, rows in manifest["rows"].items():
        click.echo(f"{name:<14} {rows:>11,} rows")
    click.echo(f"{'declarations':<14} {manifest['nodes'].get('declarations', 0):>11,} files")
