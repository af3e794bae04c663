"""Commands about one consignment: annul it, show its versions; and an empty vehicle, which has none."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.access import Act
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.post import moment
from keruen.cli.scope import audit
from keruen.cli.work import answers_to, audit_submitted
from keruen.errors import InputError, UsageError
from keruen.exchange import (
    Annulled,
    LeavesEmpty,
    OnTheWay,
    Result,
    Submitted,
    Version,
    notice,
    versions,
)
from keruen.exchange.differences import differences
from keruen.exchange.intake import take
from keruen.node import Node
from keruen.store import Consignment, Reader


@click.command()
@DIRECTORY
@click.argument("consignment")
@click.option("--reason", required=True, help="Why it is annulled; the other side reads it.")
@AS_JSON
def annul(root: Path, consignment: str, reason: str, as_json: bool) -> None:
    """Tell the other side that CONSIGNMENT, a declaration's number or a consignment's id, was annulled."""
    tell(root, Annulled(number=consignment, reason=reason), as_json=as_json)


@click.command()
@DIRECTORY
@click.option("--vehicle", required=True, help="Plate of the truck.")
@click.option("--post", required=True, help="Code of the other side's entry post.")
@click.option(
    "--eta",
    required=True,
    metavar="TIME",
    callback=moment,
    help="When it is expected there, with offset.",
)
@click.option("--trailer", "trailers", multiple=True, help="Plate of a trailer.")
@click.option("--nationality", metavar="CC", help="Country in which the vehicle is registered.")
@click.option("--remark", help="Anything else; the other side reads it.")
@AS_JSON
def empty(
    root: Path,
    vehicle: str,
    post: str,
    eta: datetime,
    trailers: tuple[str, ...],
    nationality: str | None,
    remark: str | None,
    as_json: bool,
) -> None:
    """Tell the other side that a vehicle leaves without goods."""
    said: dict[str, Any] = {
        "kind": "empty-vehicle",
        "vehicle": vehicle,
        "post": post,
        "eta": eta,
        "trailers": trailers,
    }
    optional = {"nationality": nationality, "remark": remark}
    said |= {name: value for name, value in optional.items() if value is not None}
    try:
        told = msgspec.convert(said, LeavesEmpty)
    except msgspec.ValidationError as error:
        raise UsageError("notice-invalid", str(error)) from error
    tell(root, told, as_json=as_json)


def tell(
    root: Path, said: Annulled | LeavesEmpty | OnTheWay, *, as_json: bool, wait: float = 0
) -> None:
    """Act on a notice as if the national system had handed it in; print what came of it and exit.

    Args:
        wait: seconds to wait for the partner's answer.
    """
    node = Node.open(root)
    try:
        told = notice("command line", said)
        result = node.store.write_now(lambda tx: take(tx, node.context, {}, told))
        audit_submitted(node, [result])
        answer = answers_to(node, [result], wait).get(result.message_id or "")
    finally:
        node.close()
    if as_json:
        output.as_json(msgspec.to_builtins(result) | ({"answer": answer} if answer else {}))
    else:
        _print(result)
        if answer:
            click.echo(f"  {result.partner}: {answer['outcome']}")
    refused = result.result is Result.REFUSED or (answer or {}).get("outcome") == "rejected"
    sys.exit(3 if refused else 1 if result.findings else 0)


def _print(result: Submitted) -> None:
    words = {
        Result.QUEUED: f"queued for {result.partner}",
        Result.KNOWN: "known, nothing done again",
    }
    about = f" as consignment {result.consignment_id}" if result.consignment_id else ""
    click.echo(f"{result.reference}: {words.get(result.result, 'refused')}{about}")
    output.findings(result.findings)


@click.command()
@DIRECTORY
@click.argument("consignment")
@click.option("--versions", "compared", is_flag=True, help="Say what each version changed.")
@click.option(
    "--language",
    type=click.Choice(("en", "kk", "ru", "tg")),
    default="en",
    show_default=True,
    help="Language in which it is said that content was removed.",
)
@AS_JSON
def show(root: Path, consignment: str, compared: bool, language: str, as_json: bool) -> None:
    """Show CONSIGNMENT, a declaration's number or a consignment's id: state, events, every version."""
    node = Node.open(root)
    try:
        plain = node.store.read(lambda reader: _shown(reader, consignment, compared=compared))
        one = plain["consignment_id"]
        audit(node, Act.SEE_CONSIGNMENT, one, corridor=plain["corridor"])
    finally:
        node.close()
    if as_json:
        output.as_json(plain)
    else:
        _print_shown(plain)
        _print_removed(plain, language)


def _shown(reader: Reader, named: str, *, compared: bool) -> dict[str, Any]:
    one = find(reader, named)
    stated = versions(reader, one.corridor, one.consignment_id)
    events = reader.events(one.corridor, one.consignment_id)
    return {
        **msgspec.to_builtins(one),
        "events": [{"name": e.name, "at": e.at, "cause": e.cause} for e in events],
        "versions": [
            _version(version, _before(stated, place) if compared else None)
            for place, version in enumerate(stated)
        ],
    }


def find(reader: Reader, named: str) -> Consignment:
    """The consignment that a number or an id names; of several with one number the newest.

    Raises:
        InputError: ``consignment-unknown``.
    """
    by_id = reader.by_consignment_id(named.strip().lower())
    found = [by_id] if by_id else reader.consignments(reference=named.strip(), limit=1)
    if not found:
        raise InputError(
            "consignment-unknown", f"there is no consignment {named}; give its number or its id"
        )
    return found[0]


def _before(stated: tuple[Version, ...], place: int) -> Version | None:
    """The last version before this one that states a declaration."""
    return next((one for one in reversed(stated[:place]) if one.declaration is not None), None)


def _version(one: Version, before: Version | None) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "ordinal": one.ordinal,
        "kind": one.kind,
        "created": one.created,
        "validity": one.validity,
        "message_id": one.message_id,
        "reason": one.reason,
        "findings": [finding.code for finding in one.findings],
    }
    if before is not None and before.declaration is not None and one.declaration is not None:
        plain["changed"] = msgspec.to_builtins(differences(before.declaration, one.declaration))
    return plain


def _print_removed(plain: dict[str, Any], language: str) -> None:
    """Why there is no more, where the agreement's retention has removed it."""
    if plain["removed"] is not None:
        from keruen.console.removed import removed_text
        from keruen.console.texts import texts_in

        at = datetime.fromisoformat(plain["removed"])
        click.echo(removed_text(texts_in(language), at))


def _print_shown(plain: dict[str, Any]) -> None:
    for name in (
        "reference",
        "consignment_id",
        "state",
        "mode",
        "role",
        "partner",
        "vehicle",
        "post",
    ):
        click.echo(f"{name}: {plain.get(name) or '-'}")
    click.echo("events:")
    for event in plain["events"]:
        click.echo(f"  {_when(event['at'])} {event['name']}")
    click.echo("versions:")
    for one in plain["versions"]:
        reason = f": {one['reason']}" if one["reason"] else ""
        click.echo(
            f"  {one['ordinal']} {one['kind']} {_when(one['created'])} {one['validity']}{reason}"
        )
        for change in one.get("changed", ()):
            before, after = change.get("before", "-"), change.get("after", "-")
            click.echo(f"      {change['path']}: {before} → {after}")


def _when(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
