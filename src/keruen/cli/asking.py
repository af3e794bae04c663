"""Commands by which one side asks the other: enquire, enquiries, verify, report."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from keruen.access import Act
from keruen.agreement import Agreement
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.post import moment
from keruen.cli.scope import audit
from keruen.errors import RemoteError, UsageError
from keruen.exchange import enquiries as asking
from keruen.exchange import replies, reporting
from keruen.exchange.kept import said
from keruen.messages import EnquiryOutcome, EnquiryReply
from keruen.node import Node
from keruen.store import OPEN, Direction, EnquiryRow

POLL_SECONDS = 0.1
WAIT = click.option(
    "--wait",
    default=0.0,
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="Wait so long for the reply.",
)


@click.command()
@DIRECTORY
@click.argument("consignment")
@WAIT
@AS_JSON
def enquire(root: Path, consignment: str, wait: float, as_json: bool) -> None:
    """Ask the other side where a consignment is, by its id or its reference."""
    node = Node.open(root)
    try:
        row = node.store.write_now(
            lambda tx: asking.ask_for(tx, node.context, _consignment(tx, consignment))
        )
        audit(node, Act.ENQUIRE, row.enquiry_id, corridor=row.corridor)
        reply = _wait(node, row, wait)
    finally:
        node.close()
    _print_asked(row, reply, as_json=as_json)


def _consignment(tx: Any, named: str) -> Any:
    found = tx.by_consignment_id(named)
    by_reference = tx.consignments(reference=named, limit=2) if found is None else []
    if found is None and len(by_reference) != 1:
        why = "several consignments have" if by_reference else "no consignment has"
        raise UsageError("consignment-unknown", f"{why} the id or reference {named}")
    return found or by_reference[0]


@click.command()
@DIRECTORY
@click.option("--declaration", "number", required=True, help="Number of the declaration.")
@click.option("--partner", required=True, help="Country that is asked.")
@WAIT
@AS_JSON
def verify(root: Path, number: str, partner: str, wait: float, as_json: bool) -> None:
    """Ask the other side whether it has a declaration of this number."""
    node = Node.open(root)
    try:
        agreement = _agreement(node, partner)
        row = node.store.write_now(
            lambda tx: asking.verify(tx, node.context, agreement, number.strip())
        )
        audit(node, Act.ENQUIRE, row.enquiry_id, corridor=row.corridor)
        reply = _wait(node, row, wait)
    finally:
        node.close()
    _print_asked(row, reply, as_json=as_json)


def _agreement(node: Node, partner: str) -> Agreement:
    try:
        return node.context.agreement_with(partner.upper())
    except RemoteError as error:
        known = ", ".join(a.other(node.context.country) for a in node.context.agreements)
        raise UsageError(
            "partner-unknown", f"no agreement with {partner}; there is one with {known or 'nobody'}"
        ) from error


def _wait(node: Node, row: EnquiryRow, seconds: float) -> EnquiryReply | None:
    """The reply, once it is there."""
    end = time.monotonic() + seconds
    while True:
        now = node.store.read(lambda reader: reader.enquiry(row.corridor, row.enquiry_id))
        if now is not None and now.reply_id:
            return _reply(node, row.corridor, now.reply_id)
        if time.monotonic() >= end:
            return None
        time.sleep(POLL_SECONDS)


def _reply(node: Node, corridor: str, message_id: str) -> EnquiryReply | None:
    stored = node.store.read(lambda reader: reader.message(corridor, message_id))
    found = said(stored)
    return found if isinstance(found, EnquiryReply) else None


def _print_asked(row: EnquiryRow, reply: EnquiryReply | None, *, as_json: bool) -> None:
    if as_json:
        output.as_json({"enquiry": row, "reply": reply})
    else:
        click.echo(f"{row.partner} is asked about {row.subject}: enquiry {row.enquiry_id}")
        if reply is not None:
            _print_reply(reply)
    negative = (EnquiryOutcome.ABSENT, EnquiryOutcome.UNKNOWN, EnquiryOutcome.NOT_ARRIVED)
    sys.exit(1 if reply is not None and reply.outcome in negative else 0)


def _print_reply(reply: EnquiryReply) -> None:
    facts = msgspec.to_builtins(reply)
    click.echo(f"  {reply.header.sender.country} answers: {reply.outcome}")
    for name in ("number", "post", "country", "arrived", "remark"):
        if facts.get(name):
            click.echo(f"  {name}: {facts[name]}")
    for name, value in (facts.get("declaration") or {}).items():
        click.echo(f"  declaration {name}: {value}")


@click.command()
@DIRECTORY
@click.argument("action", type=click.Choice(["list", "answer"]), default="list")
@click.argument("enquiry", required=False)
@click.option("--all", "everything", is_flag=True, help="Those that are settled, too.")
@click.option(
    "--outcome",
    type=click.Choice([one.value for one in replies.BY_PERSON]),
    help="What became of the consignment.",
)
@click.option("--post", help="Code of the post where it is.")
@click.option("--arrived", callback=moment, help="When it arrived, with offset.")
@click.option("--country", help="Country that it was diverted to, ISO 3166.")
@click.option("--number", help="Number under which it was registered instead.")
@click.option("--remark", help="What a person should know.")
@AS_JSON
def enquiries(  # noqa: PLR0913, PLR0917 - what a person says; click passes it by keyword
    root: Path,
    action: str,
    enquiry: str | None,
    everything: bool,
    outcome: str | None,
    post: str | None,
    arrived: datetime | None,
    country: str | None,
    number: str | None,
    remark: str | None,
    as_json: bool,
) -> None:
    """List what each side asks the other, or answer what the other side asks."""
    if action == "answer" and (enquiry is None or outcome is None):
        raise click.UsageError("say which one and what: answer ENQUIRY --outcome OUTCOME")
    node = Node.open(root)
    try:
        if action == "list":
            _list(node, everything=everything, as_json=as_json)
            return
        reply = node.store.write_now(
            lambda tx: replies.answer(
                tx,
                node.context,
                enquiry or "",
                EnquiryOutcome(outcome or ""),
                post=post,
                arrived=arrived,
                country=country.upper() if country else None,
                number=number,
                remark=remark,
            )
        )
        audit(node, Act.ENQUIRE, enquiry)
    finally:
        node.close()
    if as_json:
        output.as_json(reply)
    else:
        click.echo(f"{reply.outcome} goes to {reply.header.receiver.country}")


def _list(node: Node, *, everything: bool, as_json: bool) -> None:
    states = None if everything else [one.value for one in OPEN]
    found = node.store.read(lambda reader: reader.enquiries(states=states))
    alarms = node.store.read(lambda reader: reader.alarms())
    if as_json:
        output.as_json({"enquiries": found, "alarms": alarms})
        return
    for row in found:
        who = "asked by" if row.direction is Direction.IN else "put to"
        settled = f": {row.outcome}" if row.outcome else ""
        about = f"{row.question} {row.subject}"
        click.echo(f"{row.enquiry_id} {who} {row.partner}, {about}, {row.state}{settled}")
    for alarm in alarms:
        click.echo(f"{alarm.code}: {alarm.text}")
    if not found and not alarms:
        click.echo("Nobody waits for a reply.")


@click.command()
@DIRECTORY
@click.option("--partner", help="Country that it goes to; all partners if left out.")
@click.option(
    "--since", callback=moment, help="From when, with offset; the present period if left out."
)
@click.option("--until", callback=moment, help="Until when, with offset; now if left out.")
@AS_JSON
def report(
    root: Path,
    partner: str | None,
    since: datetime | None,
    until: datetime | None,
    as_json: bool,
) -> None:
    """Report what was sent and received to the other side, which asks for what it misses."""
    node = Node.open(root)
    try:
        agreements = [_agreement(node, partner)] if partner else list(node.context.agreements)
        made = node.store.write_now(
            lambda tx: [
                reporting.by_hand(tx, node.context, one, since, until) for one in agreements
            ]
        )
    finally:
        node.close()
    if as_json:
        output.as_json(made)
        return
    for one in made:
        click.echo(
            f"{one.header.receiver.country}: {one.since:%Y-%m-%d %H:%M} to {one.until:%Y-%m-%d %H:%M} UTC"
        )
        for tally in one.tallies:
            click.echo(f"  {tally.way} {tally.kind}: {tally.count} {tally.digest[:16]}")
