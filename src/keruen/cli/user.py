"""Who may come into the console: user add, list, change, disable, enable, password, factor."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from keruen.access import Role
from keruen.cli import output
from keruen.cli.output import AS_JSON, DIRECTORY
from keruen.cli.scope import PARTNERS, POSTS, at_the_machine, require_scope
from keruen.node import Node
from keruen.people.accounts import Wanted, folded, person_of
from keruen.people.administration import Office
from keruen.store import Account, Reader

NAME = click.argument("name")
ROLES = click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What they are; may be given several times.",
)
DISPLAY = click.option("--display", default="", help="What others call them; left out: NAME.")
SPEAKS = click.option(
    "--language", type=click.Choice(["kk", "ru", "tg", "en"]), help="The language of their pages."
)
SUBJECT = click.option(
    "--subject", metavar="TEXT", help='Issuer and subject of OpenID Connect, as "ISSUER SUBJECT".'
)
NO_PASSWORD = click.option(
    "--no-password", is_flag=True, help="They come in by OpenID Connect only."
)


@click.group()
def user() -> None:
    """Say who may come into the console.

    A password is asked for without echo, or is the first line of standard input.
    """


@user.command("add")
@DIRECTORY
@NAME
@ROLES
@POSTS
@PARTNERS
@DISPLAY
@SPEAKS
@SUBJECT
@NO_PASSWORD
@AS_JSON
def add(root: Path, name: str, *, no_password: bool, as_json: bool, **wanted: Any) -> None:
    """Make a user; they are asked to change the password when they first come in."""
    with _office(root) as (node, office):
        chosen = _wanted(node, name, **wanted)
        password = None if no_password else asked_password()
        _tell(office.make(chosen, password), as_json, "may come in")


@user.command("list")
@DIRECTORY
@AS_JSON
def list_(root: Path, as_json: bool) -> None:
    """List all users, never their passwords."""
    node = Node.open(root)
    try:
        rows = node.store.read(Reader.accounts)
    finally:
        node.close()
    if as_json:
        output.as_json([facts(row) for row in rows])
        return
    for row in rows:
        state = f"disabled {row.disabled:%Y-%m-%d}" if row.disabled else "may come in"
        click.echo(f"{row.name} ({row.display}): {row.roles}; {state}{_scope(row)}")
    if not rows:
        click.echo("There are no users: keruen user add DIR NAME --role administrator")


@user.command("change")
@DIRECTORY
@NAME
@ROLES
@POSTS
@PARTNERS
@DISPLAY
@SPEAKS
@SUBJECT
@AS_JSON
def change(root: Path, name: str, *, as_json: bool, **wanted: Any) -> None:
    """Give a user other roles, posts and partners in place of what they had; ends their sessions."""
    with _office(root) as (node, office):
        _tell(office.change(name, _wanted(node, name, **wanted)), as_json, "is changed")


@user.command("password")
@DIRECTORY
@NAME
@AS_JSON
def password(root: Path, name: str, as_json: bool) -> None:
    """Give a user another password, which they are asked to change; ends their sessions."""
    with _office(root) as (_, office):
        _tell(office.set_password(name, asked_password()), as_json, "has another password")


def _simple(
    command: str, text: str, act: Callable[[Office, str], Account], said: str
) -> click.Command:
    """A command that does one thing to one user."""

    @click.command(command, help=text)
    @DIRECTORY
    @NAME
    @AS_JSON
    def run(root: Path, name: str, as_json: bool) -> None:
        with _office(root) as (_, office):
            _tell(act(office, name), as_json, said)

    return run


user.add_command(
    _simple(
        "disable",
        "Let a user in no more; ends their sessions at once.",
        Office.disable,
        "may not come in any more",
    )
)
user.add_command(
    _simple(
        "enable",
        "Let a user in again, and forget how often they failed to log in.",
        Office.enable,
        "may come in again",
    )
)
user.add_command(
    _simple(
        "drop-factor",
        "Forget a user's second factor, where the telephone is lost.",
        Office.drop_second_factor,
        "comes in by password alone",
    )
)


def asked_password() -> str:
    """A new password: asked twice without echo, or the first line of standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().rstrip("\r\n")


def facts(row: Account) -> dict[str, object]:
    """What may be told of an account."""
    person = person_of(row)
    return {
        "user_id": row.user_id,
        "name": row.name,
        "display": row.display,
        "roles": sorted(person.roles),
        "posts": None if person.posts is None else sorted(person.posts),
        "partners": None if person.partners is None else sorted(person.partners),
        "language": row.language,
        "subject": row.subject,
        "created": row.created,
        "disabled": row.disabled,
    }


@contextmanager
def _office(root: Path) -> Iterator[tuple[Node, Office]]:
    node = Node.open(root)
    try:
        yield node, Office(node.store, node.context.clock, at_the_machine())
    finally:
        node.close()


def _wanted(
    node: Node,
    name: str,
    *,
    roles: tuple[str, ...],
    posts: tuple[str, ...],
    partners: tuple[str, ...],
    display: str,
    language: str | None,
    subject: str | None,
) -> Wanted:
    require_scope(node, posts, partners)
    return Wanted(
        name=folded(name),
        display=display,
        roles=frozenset(map(Role, roles)),
        posts=frozenset(posts) or None,
        partners=frozenset(partners) or None,
        language=language,
        subject=subject,
    )


def _scope(row: Account) -> str:
    posts = f"; posts {row.posts}" if row.posts is not None else ""
    return posts + (f"; partners {row.partners}" if row.partners is not None else "")


def _tell(row: Account, as_json: bool, said: str) -> None:
    if as_json:
        output.as_json(facts(row))
    else:
        click.echo(f"{row.name} {said}: {row.roles}{_scope(row)}.")
