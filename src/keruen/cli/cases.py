"""Commands about what is open between the two sides: list it, show one, close it, take a candidate, undo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.scope import at_the_machine, require_scope
from keruen.errors import UsageError
from keruen.exchange import cases as matters
from keruen.node import Node
from keruen.people.audit import note
from keruen.store import Reader, Role, Transaction
from keruen.store.casequeries import CaseOrder
from keruen.store.cases import CaseRow, CaseState

STATES = [one.value for one in CaseState if one is not CaseState.ARRIVED]
CASE = click.argument("case", metavar="CASE")
TEXT = click.option("--text", default="", help="Why, in words.")


@click.group()
def cases() -> None:
    """What does not add up between the two sides: which consignments, why, how long."""


@cases.command("list")
@DIRECTORY
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="How it stands.")
@click.option("--age", type=click.Choice(matters.BANDS), help="Days since its time was over.")
@click.option("--side", type=click.Choice(["sent", "received"]), help="Who announced it.")
@click.option("--partner", help="Country at the other side.")
@click.option("--post", help="Code of the entry post.")
@click.option("--trader", help="Number of this country's trader.")
@click.option("--carrier", help="Number of the carrier, or its name.")
@click.option("--chapter", help="Chapter of the Harmonized System.")
@click.option("--by", "order", type=click.Choice(["age", "value"]), default="age", help="First.")
@click.option("--closed", is_flag=True, help="Those that a person closed.")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="Rows at most."
)
@AS_JSON
def listed(  # noqa: PLR0913, PLR0917 - options
    root: Path,
    states: tuple[str, ...],
    age: str | None,
    side: str | None,
    partner: str | None,
    post: str | None,
    trader: str | None,
    carrier: str | None,
    chapter: str | None,
    order: str,
    closed: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List what is open, the oldest or the most valuable first; and who and where has most of it."""
    node = Node.open(root)
    try:
        require_scope(node, [post] if post else [], [partner] if partner else [])
        keys = {"post": post, "trader": trader, "carrier": carrier, "chapter": chapter}
        asked = matters.wanted(
            node.context.clock.now(),
            states=tuple(CaseState(one) for one in states),
            age=age,
            closed=closed,
            role={None: None, "sent": Role.SENDER, "received": Role.RECEIVER}[side],
            partner=partner,
            keys={name: value for name, value in keys.items() if value is not None},
        )
        found, whole = node.store.read(
            lambda reader: (
                matters.queue(reader, asked, order=CaseOrder(order), limit=limit),
                matters.summary(reader, asked),
            )
        )
    finally:
        node.close()
    if as_json:
        output.as_json({"cases": found, "summary": whole})
    else:
        _print(found, whole)


def _print(found: list[matters.Aged], whole: matters.Summary) -> None:
    for one in found:
        row = one.row
        where = f" {row.post}" if row.post else ""
        click.echo(
            f"{one.days:>5} d  {one.state.value:<24} {row.partner}{where}  {row.reference}  {row.subject}"
        )
    states = ", ".join(f"{name} {count}" for name, count in whole.states.items())
    click.echo(f"{whole.count} open: {states}" if whole.count else "nothing is open")


@cases.command()
@DIRECTORY
@CASE
@AS_JSON
def show(root: Path, case: str, as_json: bool) -> None:
    """Show one case: how it stands, what may be its other half and why, what persons did with it."""
    from keruen.border.cases import likely, link_of

    def look(reader: Reader) -> dict[str, Any]:
        row = _found(reader, case)
        return {
            "case": matters.seen(row, node.context.clock.now()),
            "candidates": likely(reader, node.context, row),
            "link": link_of(reader, node.context, row.corridor, row.subject),
            "acts": reader.case_acts(row.corridor, row.subject),
        }

    node = Node.open(root)
    try:
        found = node.store.read(look)
    finally:
        node.close()
    if as_json:
        output.as_json(found)
        return
    _print_one(found)


def _print_one(found: dict[str, Any]) -> None:
    one = found["case"]
    closed = f", closed {one.row.closed:%Y-%m-%d %H:%M}" if one.row.closed else ""
    click.echo(f"{one.row.reference}: {one.state.value}, {one.days} days{closed}")
    for likely in found["candidates"]:
        click.echo(f"  {likely.score:>4}  {likely.kind.value} {likely.reference} {likely.subject}")
        for reason in likely.evidence:
            click.echo(
                f"        {reason.weight:+} {reason.rule}: {reason.declared} / {reason.found}"
            )
    for act in found["acts"]:
        words = " ".join(part for part in (act.reason, act.candidate, act.text) if part)
        click.echo(f"  {act.at:%Y-%m-%d %H:%M} {act.deed.value} by {act.person}: {words}")


@cases.command()
@DIRECTORY
@CASE
@click.option(
    "--reason",
    required=True,
    type=click.Choice([one.value for one in matters.REASONS]),
    help="What became of it.",
)
@TEXT
@AS_JSON
def close(root: Path, case: str, reason: str, text: str, as_json: bool) -> None:
    """Close CASE with a reason; news of it opens it again."""

    def act(tx: Transaction, node: Node, person: str) -> Any:
        row = _found(tx, case)
        why = matters.Reason(reason)
        return matters.close(tx, node.context, row, reason=why, text=text, person=person)

    _acted(root, case, "close-case", act, as_json=as_json, detail=reason)


@cases.command()
@DIRECTORY
@CASE
@TEXT
@AS_JSON
def reopen(root: Path, case: str, text: str, as_json: bool) -> None:
    """Open CASE again that a person closed."""

    def act(tx: Transaction, node: Node, person: str) -> Any:
        return matters.reopen(tx, node.context, _found(tx, case), text=text, person=person)

    _acted(root, case, "close-case", act, as_json=as_json, detail="reopened")


@cases.command()
@DIRECTORY
@CASE
@click.argument("candidate")
@AS_JSON
def link(root: Path, case: str, candidate: str, as_json: bool) -> None:
    """Say that CANDIDATE, one of those that `show` names, is the other half of CASE."""
    from keruen.border.cases import link as tie

    def act(tx: Transaction, node: Node, person: str) -> Any:
        tie(tx, node.context, _found(tx, case), candidate, person=person)
        return {"case": case, "candidate": candidate}

    _acted(root, case, "link-case", act, as_json=as_json, detail=candidate)


@cases.command()
@DIRECTORY
@CASE
@AS_JSON
def unlink(root: Path, case: str, as_json: bool) -> None:
    """Undo what was taken for the other half of CASE, as long as it can be undone."""
    from keruen.border.cases import unlink as untie

    def act(tx: Transaction, node: Node, person: str) -> Any:
        corridor = next(
            (a.corridor for a in node.context.agreements if tx.case_acts(a.corridor, case)), ""
        )
        untie(tx, node.context, corridor, case, person=person)
        return {"case": case}

    _acted(root, case, "link-case", act, as_json=as_json, detail="undone")


def _acted(
    root: Path,
    case: str,
    act: str,
    do: Callable[[Transaction, Node, str], Any],
    *,
    as_json: bool,
    detail: str,
) -> None:
    """Do it and note it in the audit trail, in one transaction."""
    doer = at_the_machine()

    def write(tx: Transaction) -> Any:
        found = do(tx, node, doer.name)
        note(tx, node.context.clock, doer, act, case, detail=detail)
        return found

    node = Node.open(root)
    try:
        found = node.store.write_now(write)
    finally:
        node.close()
    if as_json:
        output.as_json(found)
    else:
        click.echo(f"{case}: {detail}")


def _found(reader: Reader, named: str) -> CaseRow:
    found = reader.case_named(named)
    if found is None:
        raise UsageError(
            "case-unknown",
            f"nothing is open or closed under {named}; `keruen cases list` names the ids",
        )
    return found
