"""The command that sets two administrations' figures side by side and explains their gap."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from keruen.cli import output
from keruen.cli.output import AS_JSON

if TYPE_CHECKING:
    from keruen.mirror.statistics import Line, Question, Summary

TABLE = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option("--exports", required=True, type=TABLE, help="The exporter's lines, Parquet.")
@click.option("--imports", required=True, type=TABLE, help="The importer's lines, Parquet.")
@click.option(
    "--links", type=FOLDER, help="What `keruen reconcile` wrote; exact keys decide if left out."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="For the answer."
)
@click.option(
    "--by",
    default="hs6,month",
    show_default=True,
    help="What a cell is, besides the flow: hs2, hs4 or hs6, month, mode, office, trader.",
)
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    type=click.Choice(["duckdb", "spark"]),
    help="What executes the SQL.",
)
@click.option(
    "--factor",
    default=1.06,
    show_default=True,
    type=click.FloatRange(1, 2),
    help="CIF over FOB where no freight is declared.",
)
@click.option("--correlation", type=TABLE, help="Codes of two editions of the HS, CSV.")
@click.option("--figures-only", is_flag=True, help="Both figures of each cell, no explanation.")
@click.option(
    "--suppress",
    type=click.IntRange(2, 1000),
    metavar="N",
    help="Write what may be published, too: no cell with fewer lines can be worked out.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV beside each Parquet file.")
@click.option(
    "--open",
    "cell_asked",
    metavar="CELL",
    help="Open a cell of the answer in --out: hs6=250100,month=2025-03.",
)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1, 100_000),
    help="Lines of a cell at most.",
)
@AS_JSON
def mirror(  # noqa: PLR0913 - options
    *,
    exports: Path,
    imports: Path,
    links: Path | None,
    out: Path,
    by: str,
    engine: str,
    factor: float,
    correlation: Path | None,
    figures_only: bool,
    suppress: int | None,
    as_csv: bool,
    cell_asked: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Set both reporters' figures side by side, cell by cell, and explain their gap line by line."""
    from keruen.mirror.statistics import Engine, Question, answer, cell, opened, where, write_csv
    from keruen.mirror.statistics.correlation import correlation as read_correlation
    from keruen.mirror.statistics.publication import publish

    if cell_asked is not None:
        _show(opened(out, exports, imports, where(cell_asked), limit), as_json=as_json)
        return
    out.mkdir(parents=True, exist_ok=True)
    asked = Question(
        exports=exports,
        imports=imports,
        by=cell(by),
        links=links,
        correlation=read_correlation(correlation, out / "correlation.parquet")
        if correlation
        else None,
        factor=factor,
        explain=not figures_only,
    )
    with output.bar(wanted=not as_json) as bar:
        bar.add_task("comparing", total=None)
        found = answer(asked, out, Engine(engine))
    left_out = publish(out, asked.by, suppress) if suppress else None
    if as_csv:
        write_csv(out)
    if as_json:
        output.as_json({**msgspec.structs.asdict(found), "published": left_out})
        return
    _print(found, asked)
    if left_out:
        click.echo(
            f"published {left_out['cells']} cells and totals but for {left_out['primary']} small ones "
            f"and {left_out['secondary']} that would give them away"
        )


def _print(found: Summary, asked: Question) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    click.echo(
        f"{found.cells} cells by {', '.join(asked.by)}\n"
        f"exporter {found.exported_usd:,.2f} USD in {found.export_lines} lines\n"
        f"importer {found.imported_usd:,.2f} USD in {found.import_lines} lines\n"
        f"gap      {found.gap_usd:,.2f} USD: {_share(found.relative_asymmetry)} of the exporter's, "
        f"{_share(found.symmetric_asymmetry)} of the mean"
    )
    if not found.reasons:
        return
    table = Table(box=box.SIMPLE, padding=(0, 1))
    for head in ("reason", "adds to the gap, USD", "moves, USD"):
        table.add_column(head, justify="left" if head == "reason" else "right", no_wrap=True)
    for reason, amount in found.reasons.items():
        table.add_row(reason, f"{amount:,.2f}", f"{found.moved[reason]:,.2f}")
    Console().print(table)
    click.echo(
        f"freight  {found.freight_declared_usd:,.2f} USD declared; {found.freight_factor_usd:,.2f} "
        f"USD by the factor {asked.factor:g} over all linked lines"
    )


def _share(share: float | None) -> str:
    return "no share" if share is None else f"{100 * share:+.2f} %"


def _show(lines: list[Line], *, as_json: bool) -> None:
    if as_json:
        output.as_json(lines)
        return
    for one in lines:
        sides = (
            f"{name} {side.id} {side.date} {side.hs6} {side.net_mass_kg} kg {side.value_usd} USD"
            for name, side in (("export", one.exported), ("import", one.imported))
            if side is not None
        )
        click.echo(f"{one.amount_usd:>16,.2f}  {one.reason:<24} {'; '.join(sides)}")
    if not lines:
        click.echo("Nothing differs there.", err=True)
