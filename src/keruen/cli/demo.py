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

from keruen.access import Role
from keruen.access.passwords import DEMONSTRATION
from keruen.cli import output, picture
from keruen.demo import Demonstration, demonstration, faults, reckon

DAYS = 5.0
"""Domain time that the traffic spans."""
STOPS = {signal.SIGINT, signal.SIGTERM}
DRAW_SECONDS = 0.5
SHARE_TOLD = 10
"""Without a terminal, progress is told each time so many more percent are done."""


@click.command()
@click.option(
    "--once", is_flag=True, help="Stop when the traffic is over, and print the reckoning."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option(
    "--consignments",
    default=220,
    show_default=True,
    type=click.IntRange(min=20),
    help="How many are on the road.",
)
@click.option("--seed", default=2023, show_default=True, help="Another seed, another traffic.")
@click.option("--seconds", type=click.FloatRange(min=5), help="Our time that the traffic takes.")
@click.option("--dir", "root", type=click.Path(path_type=Path), help="Keep the two nodes here.")
def demo(
    *,
    once: bool,
    as_json: bool,
    consignments: int,
    seed: int,
    seconds: float | None,
    root: Path | None,
) -> None:
    """Two nodes, Kazakhstan and Tajikistan, exchange a small traffic on a fast clock."""
    with tempfile.TemporaryDirectory(prefix="keruen-demo-") as temporary:
        began = time.monotonic()
        with demonstration(
            root or Path(temporary),
            consignments=consignments,
            seed=seed,
            days=DAYS,
            seconds=seconds or (35 if once else 240),
        ) as show:
            _follow(show, quiet=as_json)
            reckoning = reckon(show, time.monotonic() - began)
            wrong = faults(reckoning)
            if as_json:
                output.as_json(reckoning)
            else:
                Console().print(picture.outcome(reckoning, wrong))
            if not once:
                click.echo("The nodes go on running; Ctrl-C stops them.", err=True)
                signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)  # else it ends us, not the nodes
                signal.sigwait(STOPS)
    sys.exit(3 if wrong else 0)


def _follow(show: Demonstration, *, quiet: bool) -> None:
    """Run the traffic to its end, telling a person how far it is."""
    console = Console(stderr=True)
    console.print("Two nodes are running, each with its own directory, keys and database.")
    for country, address in show.addresses().items():
        console.print(f"  {picture.NAMES.get(country, country)}: {address}")
    console.print(f"Log in as {', '.join(Role)}; the password of each is {DEMONSTRATION}")
    if quiet:
        show.run(lambda _: None)
    elif console.is_terminal:
        _draw(show, console)
    else:
        _tell(show, console)


def _draw(show: Demonstration, console: Console) -> None:
    last = 0.0
    with Live(console=console, refresh_per_second=4) as live:

        def draw(state: Demonstration) -> None:
            nonlocal last
            if time.monotonic() - last > DRAW_SECONDS:
                last = time.monotonic()
                live.update(picture.progress(state))

        show.run(draw)
        live.update(picture.progress(show))


def _tell(show: Demonstration, console: Console) -> None:
    told = 0

    def tell(state: Demonstration) -> None:
        nonlocal told
        share = 100 * state.fed // len(state.traffic.steps)
        if share >= told + SHARE_TOLD:
            told = share
            console.print(f"{state.clock.now():%d.%m.%Y %H:%M} UTC: {share} % handed in")

    show.run(tell)
