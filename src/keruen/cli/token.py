"""Who may call the API: token add, list, revoke."""

from __future__ import annotations

from pathlib import Path

import click

from keruen.api import SCOPES, made, parse_scopes
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.scope import PARTNERS, POSTS, at_the_machine, require_scope
from keruen.errors import UsageError
from keruen.node import Node
from keruen.people.audit import Deed, note
from keruen.store import ApiToken, Reader, Transaction


@click.group()
def token() -> None:
    """Say which programs may call the API."""


@token.command("add")
@DIRECTORY
@click.argument("name")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    required=True,
    metavar="SCOPE",
    help=f"What it may do: {', '.join(SCOPES)}; may be given several times.",
)
@click.option(
    "--days",
    default=365,
    show_default=True,
    type=click.IntRange(1, 3660),
    help="For how long it is good.",
)
@POSTS
@PARTNERS
@AS_JSON
def add(
    root: Path,
    name: str,
    *,
    scopes: tuple[str, ...],
    days: int,
    posts: tuple[str, ...],
    partners: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a token for a program; its secret is shown this once."""
    chosen = parse_scopes(scopes)
    node = Node.open(root)
    try:
        require_scope(node, posts, partners)
        clock = node.context.clock
        row, secret = made(
            clock.new_id(),
            clock.entropy(),
            name,
            chosen,
            clock.wall(),
            days,
            posts=posts or None,
            partners=partners or None,
        )

        def operation(tx: Transaction) -> None:
            tx.add_api_token(row)
            detail = f"{row.name}: {row.scopes}"
            note(tx, clock, at_the_machine(), Deed.MAKE_TOKEN, row.token_id, detail=detail)

        node.store.write_now(operation)
    finally:
        node.close()
    if as_json:
        output.as_json({**_facts(row), "secret": secret})
        return
    click.echo(secret)
    click.echo(
        f"{row.token_id}: good for {row.scopes} until {row.expires:%Y-%m-%d}. "
        "The line above is shown this once.",
        err=True,
    )


@token.command("list")
@DIRECTORY
@AS_JSON
def list_(root: Path, as_json: bool) -> None:
    """List all tokens, without their secrets."""
    node = Node.open(root)
    try:
        rows = node.store.read(Reader.api_tokens)
        wall = node.context.clock.wall()
    finally:
        node.close()
    if as_json:
        output.as_json([_facts(row) for row in rows])
        return
    for row in rows:
        state = "revoked" if row.revoked else "expired" if row.expires <= wall else "good"
        click.echo(
            f"{row.token_id} {state} until {row.expires:%Y-%m-%d}: {row.name} ({row.scopes})"
        )
    if not rows:
        click.echo("There are no tokens: keruen token add DIR NAME --scope submit")


@token.command("revoke")
@DIRECTORY
@click.argument("token_id")
def revoke(root: Path, token_id: str) -> None:
    """End a token at once."""
    node = Node.open(root)
    try:
        wall = node.context.clock.wall()

        def operation(tx: Transaction) -> bool:
            if ended := tx.revoke_api_token(token_id, wall):
                note(tx, node.context.clock, at_the_machine(), Deed.REVOKE_TOKEN, token_id)
            return ended

        ended = node.store.write_now(operation)
    finally:
        node.close()
    if not ended:
        raise UsageError("token-unknown", "there is no such token, or it is revoked already")
    click.echo(f"{token_id} is revoked.")


def _facts(row: ApiToken) -> dict[str, object]:
    names = ("token_id", "name", "scopes", "posts", "partners", "created", "expires", "revoked")
    return {name: getattr(row, name) for name in names}
