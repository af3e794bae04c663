"""The command that shows everything: two nodes, a small traffic, and what came of it."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table

from keruen.cli import output
from keruen.demo import Demonstration, demonstration, reckon

DAYS = 5.0


@click.command()
@click.option(
    "--once", is_flag=True, help="Stop when the traffic is over, and print the reckoning."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--consignments", default=220, show_default=True, type=click.IntRange(min=20))
@click.option("--seed", default=2023, show_default=True, help="Another seed, another traffic.")
@click.option("--seconds", type=click.FloatRange(min=5), help="Our time that the traffic takes.")
@click.option("--dir", "root", type=click.Path(path_type=Path), help="Keep the two nodes here.")
def demo(
    once: bool,
    as_json: bool,
    consignments: int,
    seed: int,
    seconds: float | None,
    root: Path | None,
) -> None:
    """Two nodes, Kazakhstan and Tajikistan, exchange a small traffic on a fast clock."""
    seconds = seconds or (35 if once else 240)
    with tempfile.TemporaryDirectory(prefix="keruen-demo-") as temporary:
        began = time.monotonic()
        with demonstration(
            root or Path(temporary),
            consignments=consignments,
            seed=seed,
            days=DAYS,
            seconds=seconds,
        ) as show:
            _show(show, as_json=as_json)
            reckoning = reckon(show, time.monotonic() - began)
            if as_json:
                output.as_json(reckoning)
            else:
                _print(reckoning)
            if not once:
                click.echo("The nodes go on running; Ctrl-C stops them.")
                signal.sigwait({signal.SIGINT, signal.SIGTERM})
    good = not any(reckoning[key] for key in ("missed", "spurious", "lost", "duplicated"))
    sys.exit(0 if good else 3)


def _show(show: Demonstration, *, as_json: bool) -> None:
    console = Console(stderr=True)
    console.print("Two nodes are running, each with its own directory, keys and database.")
    for country, address in show.addresses().items():
        console.print(f"  {country}: {address}")
    if as_json or not console.is_terminal:
        show.run(lambda _: None)
        return
    last = 0.0
    with Live(console=console, refresh_per_second=4) as live:

        def draw(state: Demonstration) -> None:
            nonlocal last
            if time.monotonic() - last > 0.5:  # noqa: PLR2004 - half a second
                last = time.monotonic()
                live.update(_picture(state))

        show.run(draw)
        live.update(_picture(show))


def _picture(show: Demonstration) -> Table:
    """Where the consignments of both sides stand, as one small table."""
    done, total = show.fed, len(show.traffic.steps)
    table = Table(
        "",
        *show.nodes,
        title=f"{show.clock.now():%d.%m.%Y %H:%M} UTC   {done} of {total} steps   "
        f"{'█' * (30 * done // total):░<30}",
    )
    counts = {c: node.store.read(lambda reader: reader.counts()) for c, node in show.nodes.items()}
    states = sorted({state for one in counts.values() for state in one["consignments"]})
    for state in states:
        table.add_row(state, *(str(one["consignments"].get(state, 0)) for one in counts.values()))
    table.add_section()
    for name, key in (("sent and receipted", "delivered"), ("waiting", "waiting")):
        table.add_row(name, *(str(one["outbox"].get(key, 0)) for one in counts.values()))
    return table


def _print(reckoning: dict[str, object]) -> None:
    table = Table("", "", title="What came of it", show_header=False)
    for key, value in reckoning.items():
        shown = (
            ", ".join(f"{name} {count}" for name, count in value.items())
            if isinstance(value, dict)
            else str(value)
        )
        table.add_row(key.replace("_", " "), shown)
    Console().print(table)
