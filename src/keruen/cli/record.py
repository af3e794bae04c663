"""What both sides know of a consignment: either prints the same."""

from __future__ import annotations

from pathlib import Path

import click

from keruen.access import Act
from keruen.cli import output
from keruen.cli.consignment import find
from keruen.cli.output import AS_JSON, DIRECTORY, LANGUAGE
from keruen.cli.scope import audit
from keruen.errors import InputError
from keruen.exchange.joining import joint_record
from keruen.exchange.joint import JointRecord
from keruen.node import Node
from keruen.store import Reader


@click.command()
@DIRECTORY
@click.argument("consignment")
@LANGUAGE
@AS_JSON
def record(root: Path, consignment: str, language: str, as_json: bool) -> None:
    """Print what both sides know of CONSIGNMENT, a declaration's number or a consignment's id.

    It is made of the messages between the two nodes alone, so that both print the same, down to the digest, as
    soon as nothing is on the way, in whatever language. Times are UTC.
    """
    node = Node.open(root)
    try:
        found = node.store.read(lambda reader: _record(reader, consignment))
        audit(node, Act.SEE_CONSIGNMENT, found.consignment_id, corridor=found.corridor)
    finally:
        node.close()
    if as_json:
        output.as_json(found)
        return
    from keruen.console.recorded import Recorder
    from keruen.console.texts import texts_in

    for line in Recorder(texts_in(language)).lines(found):
        click.echo(line)


def _record(reader: Reader, named: str) -> JointRecord:
    found = find(reader, named)
    if found.removed is not None:
        raise InputError(
            "content-removed",
            f"the content of {named} was removed on {found.removed:%Y-%m-%d} by the agreement's retention",
        )
    return joint_record(reader, found)
