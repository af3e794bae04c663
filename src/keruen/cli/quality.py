"""The command that shows the quality of what each side supplies."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.errors import UsageError
from keruen.exchange.score import Part
from keruen.exchange.scores import Scored, scores
from keruen.node import Node

BAR = 10
"""Characters of a full bar."""
HEADS = {
    Part.COMPLETENESS: "complete-\nness",
    Part.TIMELINESS: "timeli-\nness",
    Part.CORRECTIONS: "correc-\ntions",
}
"""Heads of the parts whose names are too long for a terminal of 80 columns."""
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@click.command()
@DIRECTORY
@click.option("--partner", help="Country at the other side; all partners if left out.")
@click.option("--month", metavar="YYYY-MM", help="One month; all if left out.")
@click.option("--office", help="One customs office or post, by its code.")
@AS_JSON
def quality(
    root: Path, partner: str | None, month: str | None, office: str | None, as_json: bool
) -> None:
    """Score the quality of what each side supplies: 0 to 100 by month and office, with its parts."""
    if month is not None and not _MONTH.fullmatch(month):
        raise UsageError("month-invalid", f"{month} is no month; write it as 2026-11")
    node = Node.open(root)
    try:
        chosen = _known(node, partner)
        found = node.store.read(
            lambda reader: scores(reader, node.context, partner=chosen, month=month, office=office)
        )
    finally:
        node.close()
    if as_json:
        output.as_json(found)
    elif found:
        _print(found)
    else:
        click.echo("Nothing live has been answered there yet, so there is nothing to score.")


def _known(node: Node, partner: str | None) -> str | None:
    if partner is None:
        return None
    known = [agreement.other(node.context.country) for agreement in node.context.agreements]
    if partner.upper() not in known:
        raise UsageError(
            "partner-unknown",
            f"no agreement with {partner}; there is one with {', '.join(known) or 'nobody'}",
        )
    return partner.upper()


def _print(found: tuple[Scored, ...]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for (supplier, judge), several in groupby(found, key=lambda one: (one.supplier, one.judge)):
        table = Table(
            box=box.SIMPLE,
            padding=0,
            title=f"{supplier} to {judge}",
            title_justify="left",
        )
        table.add_column("month", no_wrap=True)
        table.add_column("office", no_wrap=True)
        table.add_column("score", justify="right", no_wrap=True)
        table.add_column("", no_wrap=True)
        for part in Part:
            table.add_column(HEADS.get(part, part.value), justify="right", no_wrap=True)
        for one in several:
            table.add_row(*_row(one))
        console.print(table)


def _row(one: Scored) -> list[str]:
    office = "all" if one.office is None else one.office or "–"
    score = one.quality.score
    shown = "–" if score is None else f"{score:.1f}"
    parts = [_percent(one.quality.parts.get(part)) for part in Part]
    return [one.month, office, shown, bar(score), *parts]


def bar(score: float | None) -> str:
    """A score as a bar of at most `BAR` characters."""
    full = round((score or 0) / 100 * BAR)
    return "█" * full + "░" * (BAR - full)


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f}"
