"""Tell the other side what became known on the way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.cli.asking import WAIT
from keruen.cli.consignment import tell
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.post import moment
from keruen.errors import UsageError
from keruen.exchange import OnTheWay


@click.command("on-the-way")
@DIRECTORY
@click.argument("consignment")
@click.option("--eta", callback=moment, help="A better ETA at the other side's entry post.")
@click.option("--post", help="Code of that post, where it is another one.")
@click.option("--vehicle", help="Plate of the vehicle that brings the goods from now on.")
@click.option("--trailer", "trailers", multiple=True, help="Plate of its trailer.")
@click.option("--nationality", metavar="CC", help="Country in which it is registered.")
@click.option("--seal", "seals", multiple=True, help="Number of a seal that is on it now.")
@click.option("--country", metavar="CC", help="Country where the vehicle was changed.")
@click.option("--place", help="Place where the vehicle was changed.")
@click.option("--at", callback=moment, help="When it was changed, with offset.")
@click.option("--reason", help="Why; the other side reads it.")
@WAIT
@AS_JSON
def on_the_way(
    root: Path,
    consignment: str,
    eta: datetime | None,
    at: datetime | None,
    wait: float,
    as_json: bool,
    **said: Any,
) -> None:
    """Tell what became known of CONSIGNMENT, a number or id: another vehicle, other seals, a better ETA."""
    facts = {"number": consignment, "eta": eta, "at": at, **said}
    given = {name: value for name, value in facts.items() if value not in (None, ())}
    try:
        told = msgspec.convert({"kind": "on-the-way", **given}, OnTheWay)
    except msgspec.ValidationError as error:
        raise UsageError("notice-invalid", str(error)) from error
    tell(root, told, as_json=as_json, wait=wait)
