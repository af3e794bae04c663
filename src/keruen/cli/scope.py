"""Which posts and partners somebody sees, as options; and who acts at the machine itself."""

from __future__ import annotations

import getpass
from collections.abc import Iterable

import click

from keruen.access import Act
from keruen.errors import UsageError
from keruen.node import Node
from keruen.people.audit import Doer, note
from keruen.store import Transaction

POSTS = click.option(
    "--post",
    "posts",
    multiple=True,
    metavar="CODE",
    help="A post that they see; left out: all. May be given several times.",
)
PARTNERS = click.option(
    "--partner",
    "partners",
    multiple=True,
    metavar="COUNTRY",
    help="A partner that they see; left out: all. May be given several times.",
)


def require_scope(node: Node, posts: Iterable[str], partners: Iterable[str]) -> None:
    """Check that there are such posts and partners.

    Raises:
        UsageError: ``post-unknown``, ``partner-unknown``.
    """
    for post in posts:
        node.require_post(post)
    known = {agreement.other(node.context.country) for agreement in node.context.agreements}
    if unknown := set(partners) - known:
        text = f"there is no agreement with {min(unknown)}; there are {', '.join(sorted(known))}"
        raise UsageError("partner-unknown", text)


def audit(node: Node, act: Act, *subjects: str | None, corridor: str | None = None) -> None:
    """Tell in the audit trail what a command did or showed, an entry for each subject, before it is printed."""
    clock, doer = node.context.clock, at_the_machine()

    def entries(tx: Transaction) -> None:
        for subject in subjects:
            note(tx, clock, doer, act, subject or "", corridor=corridor)

    if subjects:
        node.store.write_now(entries)


def at_the_machine() -> Doer:
    """Whoever runs a command, for the audit trail."""
    return Doer(None, getpass.getuser(), "command line")
