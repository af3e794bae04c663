"""What the demonstration shows in the terminal: where consignments stand, what was found, what came of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rich import box
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from keruen.demo import Demonstration
from keruen.exchange import State

NAMES = {"KZ": "Kazakhstan", "TJ": "Tajikistan"}
WIDTH = 100
"""Columns of the picture in the README."""


def progress(show: Demonstration) -> Group:
    """The state of both nodes at this moment."""
    counts = {c: node.store.read(lambda reader: reader.counts()) for c, node in show.nodes.items()}
    return Group(_clock(show), Text(), Columns((_states(counts), _found(counts))))


def _clock(show: Demonstration) -> Table:
    done, total = show.fed, len(show.traffic.steps)
    line = Table.grid(padding=(0, 2))
    line.add_row(
        Text(f"{show.clock.now():%d.%m.%Y %H:%M} UTC", style="bold"),
        ProgressBar(total=total, completed=done, width=40),
        f"{done} of {total} files and arrivals",
    )
    return line


def _states(counts: dict[str, dict[str, Any]]) -> Table:
    """Consignments by state, in the order of their life; both sides should agree in the end."""
    table = Table("consignments", box=box.SIMPLE_HEAD)
    for country in counts:
        table.add_column(NAMES.get(country, country), justify="right")
    for state in State:
        row = [one["consignments"].get(state.value, 0) for one in counts.values()]
        if any(row):
            table.add_row(state.value, *map(str, row))
    table.add_section()
    for name, key in (("messages with receipt", "delivered"), ("messages waiting", "waiting")):
        table.add_row(name, *(str(one["outbox"].get(key, 0)) for one in counts.values()))
    return table


def _found(counts: dict[str, dict[str, Any]]) -> Table:
    """Coded differences known to both sides; post and import declaration may each state the same one."""
    first, second = (Counter(one["discrepancies"]) for one in counts.values())
    table = Table("differences stated", box=box.SIMPLE_HEAD)
    table.add_column("", justify="right")
    for code, count in sorted((first & second).items()):
        table.add_row(code, str(count))
    return table


def outcome(reckoning: dict[str, Any], wrong: list[str]) -> RenderableType:
    """The reckoning for a person."""
    return Group(Columns((_messages(reckoning), _truths(reckoning))), verdict(reckoning, wrong))


def _messages(reckoning: dict[str, Any]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("message", no_wrap=True)
    for name in ("sent", "accepted", "rejected"):
        table.add_column(name, justify="right")
    for kind in ("preliminary_information", "arrival_information", "import_information"):
        flow = reckoning[kind]
        rejected = flow.get("rejected", flow["sent"] - flow["accepted"])
        table.add_row(kind.replace("_", " "), *map(str, (flow["sent"], flow["accepted"], rejected)))
    return table


def _truths(reckoning: dict[str, Any]) -> Table:
    table = Table("consignments with", box=box.SIMPLE_HEAD)
    for name in ("planted", "found"):
        table.add_column(name, justify="right")
    planted, found = reckoning["planted"], reckoning["discrepancies"]
    for code in sorted({*planted, *found}):
        table.add_row(code, str(planted.get(code, 0)), str(found.get(code, 0)))
    return table


def verdict(reckoning: dict[str, Any], wrong: list[str]) -> Text:
    """One sentence that says whether all is well."""
    if wrong:
        figures = ", ".join(f"{name.replace('_', ' ')} {reckoning[name]}" for name in wrong)
        return Text(f"Something is wrong: {figures}", style="bold red")
    return Text(
        f"{reckoning['messages_sent']} messages, {reckoning['receipts_verified']} receipts verified: "
        "nothing lost or doubled, nothing missed or invented.",
        style="bold green",
    )
