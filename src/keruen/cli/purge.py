"""Removes what was kept as long as the agreement says, now instead of once a day."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import asdict

from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.exchange.purging import purge as purging
from keruen.exchange.retention import Purged
from keruen.exchange.runs import noted
from keruen.node import Node


@click.command()
@DIRECTORY
@click.option("--dry-run", is_flag=True, help="Count only; remove nothing.")
@AS_JSON
def purge(root: Path, dry_run: bool, as_json: bool) -> None:
    """Remove content that was kept as long as the agreement says; digests and proof stay.

    A running node does so once a day. Nothing of a consignment goes before it has ended. It may be stopped at
    any time, and goes on when it is called again.
    """
    node = Node.open(root)
    try:
        done = _purged(node, dry_run=dry_run)
    finally:
        node.close()
    if as_json:
        output.as_json({"dry_run": dry_run, **asdict(done)})
        return
    click.echo("Would be removed:" if dry_run else "Removed:")
    for name, count in asdict(done).items():
        click.echo(f"  {name}: {count}")


def _purged(node: Node, *, dry_run: bool) -> Purged:
    done = Purged()
    with output.bar() as bar:
        task = bar.add_task("Removing", total=None)
        for some in purging(node.store, node.context, dry_run=dry_run):
            done += some
            bar.update(task, completed=done.consignments + done.messages)
    if not dry_run:
        node.store.write_now(lambda tx: noted(tx, node.context, done))
    return done
