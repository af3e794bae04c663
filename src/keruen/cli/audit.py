"""Who looked at what and who did what: the audit trail, searched and printed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click
import msgspec

from keruen.cli.days import DAY
from keruen.cli.output import DIRECTORY
from keruen.exchange.figures.csvfile import csv_file
from keruen.node import Node
from keruen.people.trail import Search, everything, table
from keruen.store import AuditEntry


@click.command()
@DIRECTORY
@click.option("--who", metavar="NAME", help="Only what this user did.")
@click.option("--act", metavar="ACT", help="Only this act, such as see-consignment or log-in.")
@click.option("--subject", metavar="ID", help="Only what was about this.")
@click.option("--from", "since", type=DAY, help="From this day on, UTC.")
@click.option("--to", "until", type=DAY, help="Up to and with this day, UTC.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for a table.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines for a program.")
def audit(
    root: Path,
    *,
    who: str | None,
    act: str | None,
    subject: str | None,
    since: date | None,
    until: date | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Print the audit trail of the console, the newest entry first."""
    search = Search(who=who, act=act, subject=subject, since=since, until=until)
    node = Node.open(root)
    try:
        found = everything(node.store, search)
        if as_csv:
            for line in csv_file(table(found), mark=False):
                click.echo(line, nl=False)
            return
        for entry in found:
            click.echo(_json(entry) if as_json else _line(entry))
    finally:
        node.close()


def _json(entry: AuditEntry) -> str:
    return json.dumps(msgspec.to_builtins(entry), ensure_ascii=False)


def _line(entry: AuditEntry) -> str:
    detail = f" ({entry.detail})" if entry.detail else ""
    who = f"{entry.name} from {entry.address}"
    return (
        f"{entry.at:%Y-%m-%d %H:%M:%S}Z {who}: {entry.act} {entry.subject}: {entry.outcome}{detail}"
    )
