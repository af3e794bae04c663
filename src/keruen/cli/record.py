"""What both sides know of a consignment: either prints the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import click

from keruen.cli import output
from keruen.cli.consignment import find
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.errors import InputError
from keruen.exchange.joining import joint_record
from keruen.exchange.joint import JointArrival, JointRecord, JointStop, JointVersion
from keruen.node import Node
from keruen.store import Reader

NOTHING = "-"


@click.command()
@DIRECTORY
@click.argument("consignment")
@AS_JSON
def record(root: Path, consignment: str, as_json: bool) -> None:
    """Print what both sides know of CONSIGNMENT, a declaration's number or a consignment's id.

    It is made of the messages between the two nodes alone, so that both print the same, down to the digest, as
    soon as nothing is on the way. Times are UTC.
    """
    node = Node.open(root)
    try:
        found = node.store.read(lambda reader: _record(reader, consignment))
    finally:
        node.close()
    if as_json:
        output.as_json(found)
    else:
        for line in lines(found):
            click.echo(line)


def _record(reader: Reader, named: str) -> JointRecord:
    found = find(reader, named)
    if found.removed is not None:
        raise InputError(
            "content-removed",
            f"the content of {named} was removed on {found.removed:%Y-%m-%d} by the agreement's retention",
        )
    return joint_record(reader, found)


def lines(one: JointRecord) -> Iterator[str]:
    """A record as people read it, one part after the other."""
    yield f"Consignment {one.consignment_id}"
    yield f"  {one.sender} → {one.receiver}, {one.stage}, {one.mode}: {one.state or NOTHING}"
    yield f"  declaration {one.reference or NOTHING}"
    yield f"  registered as {one.registration_number or NOTHING}{', late' if one.late else ''}"
    yield f"  vehicle {_list(one.vehicles)}, containers {_list(one.containers)}, seals {_list(one.seals)}"
    yield f"  gross mass {f'{one.gross_mass} kg' if one.gross_mass is not None else NOTHING}"
    yield from _part("Journey", map(_stop, one.itinerary))
    yield from _part("Versions", (line for each in one.versions for line in _version(each)))
    yield from _part(
        "Messages",
        (
            f"{_at(m.created)} {m.sender} {m.kind} {m.message_id}: {m.outcome or NOTHING}"
            for m in one.messages
        ),
    )
    yield from _part("Arrivals", map(_arrival, one.arrivals))
    yield from _part(
        "Imports",
        (
            f"{m.declaration_number}, procedure {m.procedure or NOTHING}, {m.accepted or NOTHING}"
            for m in one.imports
        ),
    )
    yield from _part(
        "Discrepancies",
        (output.discrepancy(each.discrepancy) for each in one.discrepancies),
    )
    yield f"Digest {one.digest}"


def _part(title: str, rows: Iterator[str] | map[str]) -> Iterator[str]:
    yield f"{title}:"
    yield from (f"  {row}" for row in rows)


def _list(marks: tuple[str, ...]) -> str:
    return " + ".join(marks) or NOTHING


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%SZ}"


def _stop(one: JointStop) -> str:
    where = ", ".join(part for part in (one.country, one.office, one.place) if part)
    when = f" {_at(one.eta)} {one.eta_basis or 'declared'}" if one.eta else ""
    return f"{where or NOTHING}{when}"


def _version(one: JointVersion) -> Iterator[str]:
    reason = f": {one.reason}" if one.reason else ""
    noted = f" ({', '.join(one.findings)})" if one.findings else ""
    yield f"{one.ordinal} {one.kind} {_at(one.created)} {one.validity}{reason}{noted}"
    for change in one.changed:
        yield f"    {change.path}: {change.before or NOTHING} → {change.after or NOTHING}"


def _arrival(one: JointArrival) -> str:
    facts = (
        ("vehicle", _list(one.vehicles)),
        ("containers", _list(one.containers)),
        ("seals", _list(one.seals)),
        ("broken", _list(one.seals_broken)),
        ("weighbridge", f"{one.weighbridge} kg" if one.weighbridge is not None else NOTHING),
    )
    told = ", ".join(f"{name} {value}" for name, value in facts if value != NOTHING)
    part = " in part" if one.partial else ""
    return f"{_at(one.arrived)} {one.post}{part}: {told or NOTHING}"
